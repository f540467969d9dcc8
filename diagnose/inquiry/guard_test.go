package inquiry_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/request"
)

// An answers is a server in a few lines: status, text, and header fields as name, value, name, value; those that
// begin with a colon are of the connection.
type answers func(q diagnose.Question) (status int, text string, header []string)

// asked runs a diagnosis against it and returns every question that was sent, too.
func asked(t *testing.T, c diagnose.Case, f answers) (diagnose.Report, []diagnose.Question) {
	t.Helper()
	if c.Now.IsZero() {
		c.Now = time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	}
	var all []diagnose.Question
	r, err := diagnose.Run(t.Context(), inquiry.New(c), func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
		all = append(all, q)
		if q.Request == nil {
			return diagnose.Answer{}, nil
		}
		x := exchange(*q.Request, f, q)
		if x == nil {
			return diagnose.Answer{Refused: "no consent"}, nil
		}
		return diagnose.Answer{Exchange: x}, nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r, all
}

// refusedHere is the status of a probe that gets no consent.
const refusedHere = -1

// exchange is what f makes of r; a status below 100 is so many milliseconds without an answer.
func exchange(r request.Request, f answers, q diagnose.Question) *request.Exchange {
	status, text, header := f(q)
	if status == refusedHere {
		return nil
	}
	x := &request.Exchange{Request: r, Took: time.Millisecond, Hops: []request.Hop{{Sent: request.Sent{Method: r.Method, URL: r.URL, Header: r.Header, Proto: "HTTP/1.1"}}}}
	if status < 100 {
		x.Failure = &request.Failure{Phase: request.PhaseWait, Cause: text, Text: text, Err: context.DeadlineExceeded}
		if text == "connection_timeout" {
			x.Failure.Phase = request.PhaseConnect
		}
		return x
	}
	res := &request.Response{Status: status, Header: []request.Field{{Name: "Content-Type", Value: "application/json"}}, Body: request.NewContent([]byte(text))}
	if strings.HasPrefix(text, "<") {
		res.Header[0].Value = "text/html"
	}
	hop := &x.Hops[0]
	for i := 0; i+1 < len(header); i += 2 {
		switch header[i] {
		case ":proto":
			hop.Sent.Proto = header[i+1]
			continue
		case ":remote":
			hop.Conn.Remote = header[i+1]
			continue
		case ":resolved":
			hop.Conn.Resolved = append(hop.Conn.Resolved, header[i+1])
			continue
		case ":proxy":
			hop.Conn.Proxy = header[i+1]
			continue
		}
		res.Header = append(res.Header, request.Field{Name: header[i], Value: header[i+1]})
	}
	x.Hops[0].Response = res
	return x
}

// opaque is a search that is refused without a word, with something to vary.
func opaque() request.Request {
	return request.Request{Method: "GET", URL: "https://api.test/items?a=1&b=2&c=3&d=4&e=5",
		Header: []request.Field{{Name: "X-One", Value: "1"}, {Name: "X-Two", Value: "2"}},
		Auth:   request.Auth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: "3f9c2d71aa0b4e55"}}}}
}

// TestARunEndsBeforeItDoesHarm: each rule of §10 and §11 ends a run that would go on otherwise.
func TestARunEndsBeforeItDoesHarm(t *testing.T) {
	const refused = `{"error":"Bad Request"}`
	patient, _ := asked(t, diagnose.Case{Request: opaque()}, func(diagnose.Question) (int, string, []string) { return 400, refused, nil })
	for _, c := range []struct {
		name, why string
		most      int // probes
		f         answers
	}{
		{"a rate limit's reserve", "rate limit leaves 5", 1, func(diagnose.Question) (int, string, []string) {
			return 400, refused, []string{"RateLimit", `"default";r=5;t=10`}
		}},
		{"a fifth of the quota", "rate limit leaves 20", 1, func(diagnose.Question) (int, string, []string) {
			return 400, refused, []string{"X-RateLimit-Remaining", "20", "X-RateLimit-Limit", "100"}
		}},
		{"429 twice", "asked twice", 5, func(q diagnose.Question) (int, string, []string) {
			if q.N == 1 {
				return 400, refused, nil
			}
			return 429, `{}`, nil
		}},
		{"three times nothing", "3 probes in a row", 5, func(q diagnose.Question) (int, string, []string) {
			if q.N == 1 {
				return 400, refused, nil
			}
			return 503, `{}`, nil
		}},
		{"a lock that threatens", "may lock the account", 2, func(q diagnose.Question) (int, string, []string) {
			if q.N == 1 {
				return 400, refused, nil
			}
			return 400, `{"error":"Too many login attempts"}`, nil
		}},
		{"423", "may lock the account", 2, func(q diagnose.Question) (int, string, []string) {
			if q.N == 1 {
				return 400, refused, nil
			}
			return 423, `{}`, nil
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, all := asked(t, diagnose.Case{Request: opaque()}, c.f)
			if len(all) > c.most || len(r.Probes) >= len(patient.Probes) {
				t.Errorf("%d probes, at most %d; %d when nothing is wrong", len(all), c.most, len(patient.Probes))
			}
			if !strings.Contains(strings.Join(r.Untested, "\n"), c.why) {
				t.Errorf("the report does not say why: %q", r.Untested)
			}
		})
	}
}

// TestABreakerPausesOnce: a server that says nothing for a while is left alone for thirty seconds and asked once; it
// answers, and the run goes on to its end. The second time it ends.
func TestABreakerPausesOnce(t *testing.T) {
	for _, c := range []struct {
		name  string
		mute  func(n int) bool
		stops bool
	}{
		{"once", func(n int) bool { return n >= 2 && n <= 4 }, false},
		{"twice", func(n int) bool { return n >= 2 && n <= 4 || n >= 7 }, true},
		{"still", func(n int) bool { return n >= 2 }, true},
	} {
		n := 0
		r, all := asked(t, diagnose.Case{Request: opaque()}, func(diagnose.Question) (int, string, []string) {
			if n++; c.mute(n) {
				return 503, `{}`, nil
			}
			return 400, `{"error":"Bad Request"}`, nil
		})
		var pauses []diagnose.Question
		for _, q := range all {
			if q.Wait >= 30*time.Second {
				pauses = append(pauses, q)
			}
		}
		if len(pauses) != 1 || pauses[0].N != 5 || !strings.Contains(pauses[0].Why, "after a pause of 30 s, because 3 probes in a row") {
			t.Errorf("%s: paused before %+v", c.name, pauses)
		}
		if got := strings.Contains(strings.Join(r.Untested, "\n"), "it was not better"); got != c.stops {
			t.Errorf("%s: ended by the breaker: %v; %q", c.name, got, r.Untested)
		}
	}
}

// TestAnOwnFailureIsNoHarm: a hunt for a 429 is not ended by that 429.
func TestAnOwnFailureIsNoHarm(t *testing.T) {
	r, _ := asked(t, diagnose.Case{Request: opaque()}, func(diagnose.Question) (int, string, []string) {
		return 429, `{}`, []string{"RateLimit", `"default";r=0;t=1`}
	})
	if v := r.Verdict; v.Outcome != diagnose.OutcomeExplained || v.Cause != "rate_limit_exceeded" {
		t.Errorf("%+v", v)
	}
}

func TestTheClockOfTheWall(t *testing.T) {
	slow := func(q diagnose.Question) *request.Exchange {
		x := exchange(*q.Request, func(diagnose.Question) (int, string, []string) { return 400, `{}`, nil }, q)
		x.Took = 50 * time.Second
		return x
	}
	n := 0
	r, err := diagnose.Run(t.Context(), inquiry.New(diagnose.Case{Request: opaque(), Now: time.Now()}), func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
		n++
		return diagnose.Answer{Exchange: slow(q)}, nil
	}, nil)
	if err != nil || n != 3 { // after 0 s, 50 s and 100 s
		t.Errorf("%d probes of 50 s each in 120 s, %v", n, err)
	}
	if got := strings.Join(r.Untested, "\n"); !strings.Contains(got, "2 min") {
		t.Errorf("the report does not say why: %q", got)
	}
}

// TestProbesAreSpreadOverTheWindow: ten requests left for twenty seconds are two seconds apart.
func TestProbesAreSpreadOverTheWindow(t *testing.T) {
	_, all := asked(t, diagnose.Case{Request: opaque()}, func(diagnose.Question) (int, string, []string) {
		return 400, `{}`, []string{"RateLimit", `"default";r=10;t=20`, "RateLimit-Policy", `"default";q=40`}
	})
	if len(all) < 2 || all[0].Wait != 0 || all[1].Wait != 2*time.Second {
		t.Errorf("%d probes, the second held back %v", len(all), all[min(1, len(all)-1)].Wait)
	}
}

// TestNobodyIsLockedOut: on production, after the third refused probe, those with credentials come a minute apart,
// and what garbles credentials comes once.
func TestNobodyIsLockedOut(t *testing.T) {
	r := opaque()
	r.Auth.Params[0].Value = "Bearer " + r.Auth.Params[0].Value + " " // worth mending
	r.Header = append(r.Header, request.Field{Name: "X-Api-Key", Value: "8d1f0c22be7745a1"})
	for _, production := range []bool{true, false} {
		_, all := asked(t, diagnose.Case{Request: r, Production: production, Budget: diagnose.Depth("deep")}, func(q diagnose.Question) (int, string, []string) {
			return 401, `{"error":"invalid_token"}`, []string{"WWW-Authenticate", `Bearer error="invalid_token"`}
		})
		rejected, soon := 0, 0
		for _, q := range all {
			if q.Request == nil || q.Request.Auth.Scheme == "" && !request.Has(q.Request.Header, "X-Api-Key") {
				continue
			}
			if rejected++; rejected > 3 && q.Wait < time.Minute {
				soon++
			}
		}
		if production && (soon > 0 || rejected > 5) {
			t.Errorf("production: %d probes with refused credentials, %d of them too soon", rejected, soon)
		}
		if !production && rejected < 3 {
			t.Errorf("elsewhere: only %d, so that the test says nothing", rejected)
		}
	}
}
