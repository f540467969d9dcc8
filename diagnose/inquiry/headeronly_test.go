package inquiry_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"strings"
	"sync"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/request"
)

// counting answers every connection with reply once the header came, and counts what comes after the header.
func counting(t *testing.T, reply string) (url string, headers func() []string, extra func() int) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var seen []string
	var more int
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			wg.Go(func() {
				defer c.Close()
				var all []byte
				b := make([]byte, 4<<10)
				answered := false
				for {
					n, err := c.Read(b)
					all = append(all, b[:n]...)
					if !answered && bytes.Contains(all, []byte("\r\n\r\n")) {
						_, _ = io.WriteString(c, reply) // the client may be gone
						answered = true
					}
					if err != nil {
						break
					}
				}
				header, body, _ := bytes.Cut(all, []byte("\r\n\r\n"))
				mu.Lock()
				defer mu.Unlock()
				if len(header) > 0 {
					seen, more = append(seen, string(header)), more+len(body)
				}
			})
		}
	})
	stop := sync.OnceFunc(func() { l.Close(); wg.Wait() })
	t.Cleanup(stop)
	return "http://" + l.Addr().String(), func() []string { stop(); return seen }, func() int { return more }
}

// TestTheBodyStaysHere: without consent a write is looked at by its header alone (K10), and no byte of its body goes
// out, whatever the server answers.
func TestTheBodyStaysHere(t *testing.T) {
	for _, c := range []struct{ name, reply, outcome string }{
		{"it refuses", "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", diagnose.OutcomeExplained},
		{"it refuses how it came", "HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nContent-Length: 55\r\n\r\nThe plain HTTP request was sent to HTTPS port. nginx...", diagnose.OutcomeExplained},
		{"it refuses the whole of it", "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", diagnose.OutcomeInconclusive},
		{"it asks for the body", "HTTP/1.1 100 Continue\r\n\r\n", diagnose.OutcomeInconclusive},
		{"it knows no expectation", "", diagnose.OutcomeInconclusive},
		{"it expects nothing", "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n", diagnose.OutcomeInconclusive},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			url, headers, extra := counting(t, c.reply)
			_, e := open(t)
			r := request.Request{Method: "POST", URL: url + "/orders", Header: []request.Field{{Name: "Content-Type", Value: "application/json"}},
				Body: request.Body{Kind: request.RawBody, Text: `{"sku":"TEA-0007","quantity":2}`},
				Auth: request.Auth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: "3f9c2d71aa0b4e55"}}}}
			report := diagnoseIt(t, e, diagnose.Case{Request: r, Production: true})
			posts := 0
			for _, h := range headers() {
				if strings.HasPrefix(h, "POST ") {
					posts++
					if !strings.Contains(h, "Expect: 100-continue") || !strings.Contains(h, "Content-Length: 31") {
						t.Errorf("sent %q", h)
					}
				}
			}
			if posts != 1 || extra() != 0 {
				t.Errorf("%d POSTs, %d bytes of body", posts, extra())
			}
			if report.Verdict.Outcome != c.outcome || report.Cost.Unsafe != 0 {
				t.Errorf("%s, %+v", report.Verdict.Summary, report.Cost)
			}
		})
	}
}

// TestCredentialsOfAWriteAreTakenAwayFromItsHeaderAlone: K1 of a write that nobody allowed (§6): its body stays here, and
// what it says decides between a credential that is read and one that is not. In production it is not sent.
func TestCredentialsOfAWriteAreTakenAwayFromItsHeaderAlone(t *testing.T) {
	for name, c := range map[string]struct {
		anonymous  int // what is answered without credentials; 0 asks for the body
		production bool
		says       string
	}{
		"they are read":     {401, false, "the credentials are accepted, and do not allow this"},
		"they are not read": {403, false, "it is refused with and without credentials"},
		"nobody knows":      {0, false, "the request is understood and refused"},
		"production":        {401, true, "the request is understood and refused"},
	} {
		t.Run(name, func(t *testing.T) {
			kase := withToken("/orders")
			kase.Request.Method, kase.Request.Body = "POST", request.Body{Kind: request.RawBody, Type: "application/json", Text: `{"sku":"TEA-0007","quantity":2}`}
			kase.Production = c.production
			bare := 0
			r, _ := asked(t, kase, func(q diagnose.Question) (int, string, []string) {
				if q.Request.Method == "POST" && q.Safety == diagnose.S3 && q.Request.Auth.Scheme == "" {
					bare++
				}
				switch {
				case q.Safety > diagnose.S3:
					return refusedHere, "", nil
				case q.Request.Method == "HEAD":
					return 200, "", nil
				case q.Request.Auth.Scheme != "":
					return 403, `{"error":"no"}`, nil
				case c.anonymous == 0:
					return 2, "response_timeout", nil
				}
				return c.anonymous, `{"error":"no"}`, nil
			})
			if !strings.Contains(words(r), c.says) {
				t.Errorf("not said: %q\n%s", c.says, words(r))
			}
			if want := map[bool]int{false: 1, true: 0}[c.production]; bare != want {
				t.Errorf("%d without credentials, want %d", bare, want)
			}
		})
	}
}

// TestSilenceLetsNoSizeThrough: a server refuses a body for its size, by its header alone, and then says nothing in time,
// cannot be reached, or asks to come later. No size is said to be let through.
func TestSilenceLetsNoSizeThrough(t *testing.T) {
	for _, then := range []func(diagnose.Question) (int, string, []string){
		always(2, "response_timeout"), always(2, "connection_timeout"), always(429, `{"error":"later"}`), always(503, `{"error":"later"}`),
	} {
		r, _ := asked(t, many(), func(q diagnose.Question) (int, string, []string) {
			if q.Request.Settings.WithholdBody && len(q.Request.Body.Text) < 5000 {
				return then(q)
			}
			return 413, `{"error":"large"}`, nil
		})
		if strings.Contains(words(r), "let through") {
			t.Errorf("said: %s", words(r))
		}
	}
}

// TestWhatActsWithoutABodyGetsNoHeader: a server that ignores the body would act on the header alone.
func TestWhatActsWithoutABodyGetsNoHeader(t *testing.T) {
	for name, r := range map[string]request.Request{
		"no body":      {Method: "POST", URL: "https://api.test/jobs"},
		"an empty one": {Method: "POST", URL: "https://api.test/jobs", Body: request.Body{Kind: request.RawBody, Text: "{}"}},
		"DELETE":       {Method: "DELETE", URL: "https://api.test/jobs/1", Body: request.Body{Kind: request.RawBody, Text: `{"a":1}`}},
		"a verb":       {Method: "POST", URL: "https://api.test/jobs/1/run", Body: request.Body{Kind: request.RawBody, Text: `{"a":1}`}},
	} {
		_, all := asked(t, diagnose.Case{Request: r}, always(403, `{}`))
		for _, q := range all {
			if q.Request != nil && q.Request.Settings.WithholdBody {
				t.Errorf("%s: %s %s went out", name, q.Request.Method, q.Request.URL)
			}
		}
	}
}

// TestWhatStandsOutIsMendedUnsent: a write that nobody may send, and in it what a check is sure of: how to mend it is said, as
// not sent; what a check only wonders about is left alone.
func TestWhatStandsOutIsMendedUnsent(t *testing.T) {
	for body, want := range map[string]string{`{"weight":"12.50","note":"x"}`: `{"weight":12.50,"note":"x"}`, `{"note":"x","flag":null}`: ""} {
		r, err := diagnose.Run(t.Context(), inquiry.New(guarded(body)), func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
			if q.Request == nil || q.Safety >= diagnose.S4 {
				return diagnose.Answer{Refused: "no consent"}, nil
			}
			return diagnose.Answer{Exchange: exchange(*q.Request, always(1, ""), q)}, nil
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if f := r.Verdict.Repair; f != nil {
			got = f.Request.Body.Text
		}
		if got != want || r.Verdict.Outcome != diagnose.OutcomeInconclusive || r.Verdict.Repair != nil && r.Verdict.Repair.Verified {
			t.Errorf("%s: %s, mended %q, want %q", body, r.Verdict.Outcome, got, want)
		}
	}
}
