package inquiry_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/request"
)

func stopped(r request.Request) *request.Exchange {
	f := &request.Failure{Phase: request.PhaseWait, Cause: "cancelled", Text: "The exchange was stopped.", Err: errors.New("stopped")}
	return &request.Exchange{Request: r, Failure: f}
}

func TestAnExchangeThatWasStoppedAccusesNobody(t *testing.T) {
	r := request.Request{URL: "http://127.0.0.1:1/slow"}
	recorded := stopped(r)
	for name, c := range map[string]diagnose.Case{
		"recorded": {Request: r, Recorded: recorded, Now: time.Now()},
		"replayed": {Request: r, Now: time.Now()},
	} {
		t.Run(name, func(t *testing.T) {
			report, err := diagnose.Run(t.Context(), inquiry.New(c), func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
				if q.Request == nil {
					return diagnose.Answer{}, nil
				}
				return diagnose.Answer{Exchange: stopped(*q.Request)}, nil
			}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if v := report.Verdict; v.Outcome != diagnose.OutcomeInconclusive || len(v.Culprits) > 0 {
				t.Errorf("%s, %+v", v.Outcome, v.Culprits)
			}
		})
	}
}

// A port of clear text is asked over TLS, and what answers there over http wants credentials: both are told.
func TestAFailureBehindOneOfTheTransport(t *testing.T) {
	r := staged(t, diagnose.Case{Request: sending("GET", "https://api.test:8080/stock/12")}, func(r *request.Request) (int, string, *request.Failure) {
		if strings.HasPrefix(r.URL, "https:") {
			return 0, "", &request.Failure{Phase: request.PhaseTLS, Cause: "scheme_mismatch", Text: "The port answers in clear text.", Err: net.ErrClosed}
		}
		return 401, `{"error":"Missing bearer token"}`, nil
	})
	var got []string
	for _, c := range r.Verdict.Culprits {
		got = append(got, string(c.Element)+" "+string(c.Cause))
	}
	if want := "url.scheme scheme_mismatch, auth missing_credentials"; strings.Join(got, ", ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, ", "), want)
	}
}

// A write that may not be sent goes to a port that takes no connection, so that a handshake fails there as well: what is
// told is the connection, in every run.
func TestTheLowestLayerThatFailsIsTold(t *testing.T) {
	for range 20 {
		c := diagnose.Case{Request: sending("POST", "https://api.test/orders"), Now: time.Now()}
		r, err := diagnose.Run(t.Context(), inquiry.New(c), func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
			if q.Look == nil {
				return diagnose.Answer{Refused: "it may change data"}, nil
			}
			if q.Look.Layer == "dns" {
				return diagnose.Answer{Sight: &diagnose.Sight{OK: true, Text: "api.test has an address"}}, nil
			}
			f := &request.Failure{Phase: request.PhaseConnect, Cause: "connection_refused", Text: "refused", Err: net.ErrClosed}
			if q.Look.Layer == "tls" {
				f = &request.Failure{Phase: request.PhaseTLS, Cause: "tls_handshake_failed", Text: "no handshake", Err: net.ErrClosed}
			}
			return diagnose.Answer{Sight: &diagnose.Sight{Text: f.Text, Failure: f}}, nil
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if v := r.Verdict; len(v.Culprits) == 0 || v.Culprits[0].Cause != "connection_refused" {
			t.Fatalf("got %+v, want connection_refused", v.Culprits)
		}
	}
}

// What is not to be sent is looked at where it would go: --resolve and a proxy take the place of the host's name.
func TestLooksGoWhereTheRequestGoes(t *testing.T) {
	for _, c := range []struct {
		name     string
		settings request.Settings
		want     []string
	}{
		{"the host", request.Settings{}, []string{"dns ", "tcp "}},
		{"resolve", request.Settings{Resolve: []request.Override{{Host: "api.example.com", Port: "80", To: "127.0.0.1"}}}, []string{"tcp 127.0.0.1:80"}},
		{"resolve of another", request.Settings{Resolve: []request.Override{{Host: "other.example.com", To: "127.0.0.1"}}}, []string{"dns ", "tcp "}},
		{"proxy", request.Settings{Proxy: request.Proxy{URL: "http://proxy.example.com:3128"}}, nil},
		{"socket", request.Settings{UnixSocket: "/run/app.sock"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			r := request.Request{Method: "POST", URL: "http://api.example.com/orders", Settings: c.settings}
			_, err := diagnose.Run(t.Context(), inquiry.New(diagnose.Case{Request: r, Production: true, Now: time.Now()}), func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
				if q.Look == nil {
					return diagnose.Answer{Refused: "no consent"}, nil
				}
				got = append(got, q.Look.Layer+" "+q.Look.Address)
				return diagnose.Answer{Sight: &diagnose.Sight{OK: true, Text: "fine"}}, nil
			}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != len(c.want) {
				t.Fatalf("looks %q, want %q", got, c.want)
			}
			for i := range got {
				if got[i] != c.want[i] {
					t.Errorf("look %q, want %q", got[i], c.want[i])
				}
			}
		})
	}
}

// TestTheOtherAddressOfThisMachine: a server that listens at ::1 alone refuses 127.0.0.1, and the other way round. The other
// one is looked at, and asked unless that would take credentials to another origin.
func TestTheOtherAddressOfThisMachine(t *testing.T) {
	token := request.Auth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: "3f9c2d71aa0b4e55"}}}
	for _, c := range []struct {
		name, url, other string // other listens; "" for none
		auth             request.Auth
		status           int
		cause            diagnose.CauseID
		fix, hint        string
	}{
		{"it passes", "http://127.0.0.1:3000/a", "::1", request.Auth{}, 200, "ip_family_mismatch", "http://[::1]:3000/a", ""},
		{"the other way round", "http://[::1]:3000/a", "127.0.0.1", request.Auth{}, 200, "ip_family_mismatch", "http://127.0.0.1:3000/a", ""},
		{"localhost is one of them", "http://localhost:3000/a", "::1", request.Auth{}, 200, "ip_family_mismatch", "http://[::1]:3000/a", ""},
		{"it answers otherwise", "http://127.0.0.1:3000/a", "::1", request.Auth{}, 404, "ip_family_mismatch", "http://[::1]:3000/a", ""},
		{"with a credential", "http://127.0.0.1:3000/a", "::1", token, 200, "connection_refused", "", "something listens at [::1]:3000"},
		{"nobody listens", "http://127.0.0.1:3000/a", "", request.Auth{}, 200, "connection_refused", "", ""},
		{"not this machine", "http://192.0.2.7:3000/a", "::1", request.Auth{}, 200, "connection_refused", "", ""},
	} {
		c2 := diagnose.Case{Request: request.Request{Method: "GET", URL: c.url, Auth: c.auth}, Now: time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)}
		r, err := diagnose.Run(t.Context(), inquiry.New(c2), func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
			switch {
			case q.Look != nil && q.Look.Host == c.other:
				return diagnose.Answer{Sight: &diagnose.Sight{OK: true, Text: "ok", Found: []string{q.Look.Host + " answers"}}}, nil
			case q.Look != nil && q.Look.Layer == "dns":
				return diagnose.Answer{Sight: &diagnose.Sight{OK: true, Text: "ok", Found: []string{"127.0.0.1"}}}, nil
			case q.Look != nil:
				host := strings.Replace(q.Look.Host, "localhost", "127.0.0.1", 1)
				text := net.JoinHostPort(host, q.Look.Port) + " does not answer"
				return diagnose.Answer{Sight: &diagnose.Sight{Text: text, Found: []string{text}}}, nil
			case q.Request == nil:
				return diagnose.Answer{}, nil
			case c.other != "" && strings.Contains(q.Request.URL, c.other) && q.Request.URL != c.url:
				return diagnose.Answer{Exchange: exchange(*q.Request, always(c.status, `{}`), q)}, nil
			}
			f := &request.Failure{Phase: request.PhaseConnect, Cause: "connection_refused", Text: "Nothing listens at this address.", Err: errors.New("refused")}
			return diagnose.Answer{Exchange: &request.Exchange{Request: *q.Request, Failure: f, Hops: []request.Hop{{}}}}, nil
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		fix := ""
		if r.Verdict.Repair != nil {
			fix = r.Verdict.Repair.Request.URL
		}
		if r.Verdict.Cause != c.cause || fix != c.fix || !strings.Contains(fmt.Sprint(r.Hints), c.hint) {
			t.Errorf("%s: %s %q, fix %q, hints %v", c.name, r.Verdict.Cause, r.Verdict.Summary, fix, r.Hints)
		}
	}
}
