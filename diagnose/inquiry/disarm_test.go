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
