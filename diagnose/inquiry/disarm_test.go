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

// TestAFilterRefusesAValue: a page without a word of the application refuses a write for one of its values.
func TestAFilterRefusesAValue(t *testing.T) {
	post := get("/notes")
	post.Method, post.Auth = "POST", request.Auth{}
	post.Body = request.Body{Kind: request.RawBody, Text: `{"title":"Shopping","text":"1' OR '1'='1","tag":"<b>new</b>"}`}
	post.Header = []request.Field{{Name: "Content-Type", Value: "application/json"}}
	report, all := asked(t, diagnose.Case{Request: post, Writes: true}, func(q diagnose.Question) (int, string, []string) {
		if strings.Contains(q.Request.Body.Text, "' OR '") {
			return 403, "<html><title>403 Forbidden</title></html>", []string{"Content-Type", "text/html"}
		}
		return 201, `{}`, nil
	})
	if c := report.Verdict.Culprits; len(c) != 1 || c[0].Element != "body:/text" || c[0].Cause != "blocked_by_waf" {
		t.Errorf("got %s after %d probes", shown(c), len(all))
	}
}

// TestAnApplicationForbidsAValue: a 403 that goes with one value is a filter's where a page of somebody else says it, or where
// the value is an attack; the application's own answer says that its own rule forbids the value.
func TestAnApplicationForbidsAValue(t *testing.T) {
	const own = `{"error":"forbidden","id":"7f31"}`
	for name, c := range map[string]struct {
		value, answer, kind string
		header              []string
		cause               diagnose.CauseID
	}{
		"its own, quoted":  {"it's internal", own, "application/json", nil, "business_rule_violation"},
		"its own answer":   {"internal", own, "application/json", nil, "business_rule_violation"},
		"a page":           {"it's <b>internal</b>", "<html><h1>Access denied</h1></html>", "text/html", nil, "blocked_by_waf"},
		"behind an edge":   {"internal", own, "application/json", []string{"Server", "cloudflare", "CF-RAY", "1-FRA"}, "business_rule_violation"},
		"a page, harmless": {"internal", "<html><h1>Access denied</h1></html>", "text/html", nil, "blocked_by_waf"},
		"an edge itself":   {"it's internal", "error code: 1020", "text/plain", []string{"Server", "cloudflare", "CF-RAY", "1-FRA"}, "blocked_by_waf"},
		"what attacks":     {"' OR '1'='1", own, "application/json", nil, "blocked_by_waf"},
		"an empty answer":  {"it's internal", "", "", nil, "blocked_by_waf"},
	} {
		post, good := get("/notes"), get("/notes")
		for _, r := range []*request.Request{&post, &good} {
			r.Method, r.Header = "POST", []request.Field{{Name: "Content-Type", Value: "application/json"}}
			r.Body = request.Body{Kind: request.RawBody, Text: `{"title":"Diary","visibility":"public"}`}
		}
		post.Body.Text = strings.Replace(post.Body.Text, "public", c.value, 1)
		report, all := asked(t, diagnose.Case{Request: post, Writes: true, Good: []diagnose.Known{{Label: "the last pass", Request: good}}}, func(q diagnose.Question) (int, string, []string) {
			if strings.Contains(q.Request.Body.Text, c.value) {
				return 403, c.answer, append([]string{"Content-Type", c.kind}, c.header...)
			}
			return 201, `{"id":1}`, nil
		})
		if got := report.Verdict.Culprits; len(got) != 1 || got[0].Element != "body:/visibility" || got[0].Cause != c.cause {
			t.Errorf("%s: %s after %d probes, want %s", name, shown(got), len(all), c.cause)
		}
	}
}

// TestATextThatIsTooLong: the text that makes most of a body that is too large is made shorter, and nothing else.
func TestATextThatIsTooLong(t *testing.T) {
	post := get("/notes")
	post.Method, post.Auth = "POST", request.Auth{}
	post.Body = request.Body{Kind: request.RawBody, Text: `{"title":"Diary","text":"` + strings.Repeat("tea ", 2000) + `"}`}
	post.Header = []request.Field{{Name: "Content-Type", Value: "application/json"}}
	report, all := asked(t, diagnose.Case{Request: post, Writes: true}, func(q diagnose.Question) (int, string, []string) {
		if len(q.Request.Body.Text) > 3000 {
			return 413, `<html><title>413</title></html>`, []string{"Content-Type", "text/html"}
		}
		return 201, `{}`, nil
	})
	fix := report.Verdict.Repair
	if c := report.Verdict.Culprits; len(c) != 1 || c[0].Cause != "payload_too_large" || fix == nil || !fix.Verified || !strings.Contains(fix.Request.Body.Text, `"title":"Diary"`) {
		t.Errorf("got %s after %d probes", shown(c), len(all))
	}
}

// TestAPathOneWordAway: a write is not sent to another path; HEAD tells that it exists.
func TestAPathOneWordAway(t *testing.T) {
	post := get("/v1/payment")
	post.Method, post.Auth, post.Body = "POST", request.Auth{}, request.Body{Kind: request.RawBody, Text: `{"amount":"1.00"}`}
	answer := func(q diagnose.Question) (int, string, []string) {
		if strings.HasSuffix(q.Request.URL, "/v1/payments") {
			return 405, `{"error":"method"}`, nil
		}
		return 404, `{"error":"not found"}`, nil
	}
	asked := 0
	report, err := diagnose.Run(t.Context(), inquiry.New(diagnose.Case{Request: post, Writes: true, Now: time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)}), func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
		asked++
		if q.Request == nil || q.Request.Method == "POST" && q.Request.URL != post.URL {
			return diagnose.Answer{Refused: "no consent"}, nil
		}
		return diagnose.Answer{Exchange: exchange(*q.Request, answer, q)}, nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if c := report.Verdict.Culprits; len(c) != 1 || c[0].Element != "url.path" || c[0].Cause != "wrong_path" || report.Verdict.Repair == nil || report.Verdict.Repair.Verified {
		t.Errorf("got %s after %d probes", shown(c), asked)
	}
}
