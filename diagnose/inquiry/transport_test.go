package inquiry_test

import (
	"context"
	"errors"
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
