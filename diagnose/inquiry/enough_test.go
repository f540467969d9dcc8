package inquiry_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/request"
)

// A credential whose scheme stands there twice is no credential. Where the server challenges it, the pair seen once, with a
// failure before and after it, is enough to isolate it, not to confirm it. Where the server says nothing, chance would
// have given that pair as well, and so it is with a fault that nothing spoke for.
func TestAFaultThatTheServerSpeaksOfNeedsOnePair(t *testing.T) {
	challenge := []request.Field{{Name: "WWW-Authenticate", Value: `Bearer error="invalid_request"`}}
	for _, c := range []struct {
		name, auth string
		header     []request.Field
		status     int
		says       []request.Field
		culprit    diagnose.ElementID
		passes     int
		probes     int
		sure       diagnose.Standing
	}{
		{"the scheme twice, and challenged", "Bearer Bearer abcdefghij", nil, 401, challenge, "auth", 1, 3, diagnose.Isolated},
		{"the scheme twice, and not a word", "Bearer Bearer abcdefghij", nil, 400, nil, "auth", 3, 6, diagnose.Confirmed},
		{"a header that the server does not like", "Bearer abcdefghij", []request.Field{{Name: "X-Mode", Value: "b"}}, 400, nil, "header:X-Mode", 2, 0, diagnose.Confirmed},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := request.Request{Method: "GET", URL: "https://api.test/list", Header: append([]request.Field{{Name: "Authorization", Value: c.auth}}, c.header...)}
			report, _ := under(t, 1, diagnose.Case{Request: r}, func(_ *rand.Rand, q diagnose.Question) (int, []request.Field, request.Conn) {
				if strings.Contains(request.Get(q.Request.Header, "Authorization"), "Bearer Bearer") || request.Has(q.Request.Header, "X-Mode") {
					return c.status, c.says, request.Conn{}
				}
				return 200, nil, request.Conn{}
			})
			got := report.Verdict.Culprits
			if len(got) != 1 || got[0].Element != c.culprit || got[0].Standing != c.sure {
				t.Fatal(shown(got))
			}
			if n := got[0].Without.Seen; n < c.passes || c.probes > 0 && (n != c.passes || report.Cost.Probes != c.probes) {
				t.Errorf("%d passes in %d probes", n, report.Cost.Probes)
			}
		})
	}
}

// The server names one of six parameters: the others stay in the minimal request, for a second pass is not asked for, and
// without one nothing shows that the server can do without them.
func TestTheSmallerRequestMustFailForTheSame(t *testing.T) {
	for _, c := range []struct {
		first          string // what the server checks before the limit
		minimal        string
		probes, passes int
	}{
		{"limit=", "https://api.test/list?a=1&b=2&c=3&d=4&e=5&limit=1000", 3, 1},
		{"a=1", "https://api.test/list?a=1&b=2&c=3&d=4&e=5&limit=1000", 3, 1},
	} {
		r := request.Request{Method: "GET", URL: "https://api.test/list?a=1&b=2&c=3&d=4&e=5&limit=1000"}
		passes := 0
		report, _ := asked(t, diagnose.Case{Request: r}, func(q diagnose.Question) (int, string, []string) {
			switch {
			case !strings.Contains(q.Request.URL, c.first):
				return 422, `{"errors":[{"field":"a","message":"is required"}]}`, nil
			case strings.Contains(q.Request.URL, "limit=1000"):
				return 422, `{"errors":[{"field":"limit","message":"must be at most 100"}]}`, nil
			}
			passes++
			return 200, `{"items":[1]}`, nil
		})
		v := report.Verdict
		if len(v.Culprits) != 1 || v.Culprits[0].Element != "query:limit" || v.Culprits[0].Standing != diagnose.Confirmed || report.Cost.Probes != c.probes || passes != c.passes {
			t.Errorf("%s in %d probes, %d passes", shown(v.Culprits), report.Cost.Probes, passes)
		}
		if v.Minimal == nil || v.Minimal.Request.URL != c.minimal {
			t.Errorf("minimal %+v", v.Minimal)
		}
	}
}

// Before a byte was sent nothing of the request but where it goes can be at fault: a body that looks odd is left alone.
func TestWhatWasNeverSentIsNotVaried(t *testing.T) {
	for _, phase := range []request.Phase{request.PhaseResolve, request.PhaseConnect, request.PhaseTLS} {
		r := request.Request{Method: "GET", URL: "https://api.test/list?since=2026-13-45", Header: []request.Field{{Name: "Authorization", Value: "Bearer Bearer abc"}, {Name: "Accept", Value: "aplication/json"}}}
		report, err := diagnose.Run(t.Context(), inquiry.New(diagnose.Case{Request: r, Now: time.Now()}), func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
			if q.Request == nil {
				return diagnose.Answer{Refused: "not here"}, nil
			}
			f := &request.Failure{Phase: phase, Cause: map[request.Phase]string{request.PhaseResolve: "dns_name_not_found", request.PhaseConnect: "connection_refused", request.PhaseTLS: "tls_alert"}[phase], Text: "it fails", Err: errors.New("it fails")}
			return diagnose.Answer{Exchange: &request.Exchange{Request: *q.Request, Failure: f}}, nil
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range report.Probes {
			for _, e := range p.Question.Edits {
				if s := fmt.Sprint(e.Element); strings.HasPrefix(s, "auth") || strings.HasPrefix(s, "header") || strings.HasPrefix(s, "query") {
					t.Errorf("%s: %s was varied", phase, s)
				}
			}
		}
	}
}

// Of two orders that differ in ten values one is written in capitals: it is searched first, and of a write that has
// consent two variations pass at most, the request that works is not sent itself.
func TestALikelyDifferenceIsSearchedFirst(t *testing.T) {
	order := func(x, speed string) request.Request {
		return write("/orders", fmt.Sprintf(`{"a":"%[1]s1","b":"%[1]s2","c":"%[1]s3","d":"%[1]s4","speed":%[2]q,"e":"%[1]s5","f":"%[1]s6","g":"%[1]s7","h":"%[1]s8","i":"%[1]s9"}`, x, speed)).Request
	}
	c := diagnose.Case{Request: order("x", "FAST"), Writes: true, Good: []diagnose.Known{{Label: "the good request", Request: order("y", "fast")}}}
	passes := 0
	r, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
		if strings.Contains(q.Request.Body.Text, "FAST") {
			return 400, `{"error":"Bad Request"}`, nil
		}
		passes++
		return 201, `{"ok":true}`, nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "body:/speed" || passes > 2 {
		t.Errorf("%s, %d writes in %d probes", shown(got), passes, r.Cost.Probes)
	}
}

// A server error that stays without all that may be left out is hardly the request's: what makes servers throw is tried, and
// nothing else is varied.
func TestAServerErrorOfABareRequestEndsTheGuesses(t *testing.T) {
	url := "https://api.test/list?"
	for i := range 12 {
		url += fmt.Sprintf("p%d=%d&", i, i)
	}
	r, _ := asked(t, diagnose.Case{Request: request.Request{Method: "GET", URL: strings.TrimSuffix(url, "&")}}, func(q diagnose.Question) (int, string, []string) {
		return 500, `{"error":"Internal Server Error"}`, nil
	})
	if v := r.Verdict; v.Outcome != diagnose.OutcomeExplained || v.Cause != "server_error" || r.Cost.Probes > 7 {
		t.Errorf("%s %s in %d probes", v.Outcome, v.Cause, r.Cost.Probes)
	}
}

// The server refuses the value of a member: another value is tried before the member is left out, and that of a request
// that works before a guess.
func TestARefusedValueIsReplacedBeforeItIsLeftOut(t *testing.T) {
	answer := func(q diagnose.Question) (int, string, []string) {
		switch b := q.Request.Body.Text; {
		case strings.Contains(b, `"zz"`):
			return 422, `{"errors":[{"field":"code","message":"is not sold here"}]}`, nil
		case !strings.Contains(b, "code"):
			return 422, `{"errors":[{"field":"code","message":"is required"}]}`, nil
		}
		return 201, `{"ok":true}`, nil
	}
	for _, good := range []string{"", `{"code":"A7","n":2}`} {
		c := write("/orders", `{"code":"zz","n":1}`)
		c.Writes = true
		if good != "" {
			c.Good = []diagnose.Known{{Label: "good", Request: write("/orders", good).Request}}
		}
		r, asked := asked(t, c, answer)
		if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "body:/code" || got[0].Standing != diagnose.Confirmed || r.Cost.Probes != 3 {
			t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
		}
		if len(asked) > 1 && (asked[1].Edits[0].Op != diagnose.Set || good != "" && asked[1].Edits[0].Source != "baseline") {
			t.Errorf("first %+v", asked[1].Edits[0])
		}
	}
}

// What does not speak HTTP does so every time, and its root is no better.
func TestAnotherProtocolIsAskedOnce(t *testing.T) {
	n := 0
	report, err := diagnose.Run(t.Context(), inquiry.New(diagnose.Case{Request: request.Request{Method: "GET", URL: "http://192.0.2.1:22/list"}, Now: time.Now()}), func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
		if q.Request == nil {
			return diagnose.Answer{Refused: "not here"}, nil
		}
		n++
		f := &request.Failure{Phase: request.PhaseRead, Cause: "not_http_service", Text: "it speaks SSH", Err: errors.New("malformed")}
		return diagnose.Answer{Exchange: &request.Exchange{Request: *q.Request, Failure: f}}, nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if n != 1 || report.Verdict.Cause != "not_http_service" {
		t.Errorf("%s in %d probes", report.Verdict.Cause, n)
	}
}

// The parser says at which byte it stopped, which is where a check of the request finds the fault: chance says no such
// thing, so one pair confirms it, and of a write one pass.
func TestAPositionIsAWordOfTheServer(t *testing.T) {
	r, _ := asked(t, write("/orders", `{"name":"Ada","n":3,}`), func(q diagnose.Question) (int, string, []string) {
		if i := strings.Index(q.Request.Body.Text, ",}"); i >= 0 {
			return 400, fmt.Sprintf(`{"detail":"The body is not JSON: invalid character '}' looking for beginning of object key string (offset %d)."}`, i+2), nil
		}
		return 201, `{"ok":true}`, nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "body" || got[0].Standing != diagnose.Confirmed || r.Cost.Probes != 3 {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
}
