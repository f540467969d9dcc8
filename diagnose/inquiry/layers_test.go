package inquiry_test

import (
	"encoding/json"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// TestEveryLayerHasItsOwnCause: of two faults, one behind the other, each is called by the answer that was its own.
func TestEveryLayerHasItsOwnCause(t *testing.T) {
	put := get("/files/a")
	put.Method, put.Auth, put.Body = "PUT", request.Auth{}, request.Body{Kind: request.RawBody, Text: `{"a":1}`}
	put.Header = []request.Field{{Name: "Content-Type", Value: "application/json"}, {Name: "Content-MD5", Value: "1B2M2Y8AsgTpgAmY7PhCfg=="}, {Name: "If-Match", Value: `"r5"`}}
	report, all := asked(t, diagnose.Case{Request: put, Writes: true}, func(q diagnose.Question) (int, string, []string) {
		switch h := q.Request.Header; {
		case request.Has(h, "Content-MD5"):
			return 400, `{"message":"Content-MD5 does not match"}`, nil
		case request.Has(h, "If-Match"):
			return 412, `{"message":"the file has changed"}`, nil
		}
		return 200, `{}`, nil
	})
	causes := map[diagnose.ElementID]diagnose.CauseID{}
	for _, c := range report.Verdict.Culprits {
		causes[c.Element] = c.Cause
	}
	if len(causes) != 2 || causes["header:Content-MD5"] == "precondition_failed" || causes["header:If-Match"] != "precondition_failed" {
		t.Errorf("got %v after %d probes", causes, len(all))
	}
}

// TestWhatIsNamedBehindAnotherFaultIsTold: the second fault cannot be mended, and both are told.
func TestWhatIsNamedBehindAnotherFaultIsTold(t *testing.T) {
	post := get("/flights")
	post.Method, post.Auth, post.Body = "POST", request.Auth{}, request.Body{Kind: request.RawBody, Text: `{"plane":"D-ABCD","gate":"nowhere"}`}
	post.Header = []request.Field{{Name: "Content-Type", Value: "application/json"}}
	report, all := asked(t, diagnose.Case{Request: post, Writes: true}, func(q diagnose.Question) (int, string, []string) {
		if !request.Has(q.Request.Header, "Idempotency-Key") {
			return 400, `{"message":"Idempotency-Key header is required"}`, nil
		}
		return 422, `{"errors":[{"field":"gate","message":"is not a gate of this airport"}]}`, nil
	})
	got := []string{}
	for _, c := range report.Verdict.Culprits {
		got = append(got, string(c.Element))
	}
	if strings.Join(got, " ") != "header:Idempotency-Key body:/gate" || !strings.Contains(report.Verdict.Summary, "Behind it") {
		t.Errorf("got %v after %d probes: %s", got, len(all), report.Verdict.Summary)
	}
}

// TestABrokenBodyIsMendedNotReplaced: another request of the operation is no repair of what this one wanted to say.
func TestABrokenBodyIsMendedNotReplaced(t *testing.T) {
	post := get("/flights")
	post.Method, post.Auth = "POST", request.Auth{}
	post.Header = []request.Field{{Name: "Content-Type", Value: "application/json"}}
	good := post
	post.Body = request.Body{Kind: request.RawBody, Text: `{"plane":"D-ABCD","seats":[1,2,]}`}
	good.Body = request.Body{Kind: request.RawBody, Text: `{"plane":"D-EFGH","seats":[7]}`}
	c := diagnose.Case{Request: post, Writes: true, Good: []diagnose.Known{{Label: "the saved request flights/new", Request: good, From: diagnose.FromSibling}}}
	report, all := asked(t, c, func(q diagnose.Question) (int, string, []string) {
		if !json.Valid([]byte(q.Request.Body.Text)) {
			return 400, `{"message":"The body is not JSON"}`, nil
		}
		return 200, `{}`, nil
	})
	if fix := report.Verdict.Repair; fix == nil || fix.Request.Body.Text != `{"plane":"D-ABCD","seats":[1,2]}` {
		t.Errorf("after %d probes the fix is %+v", len(all), fix)
	}
}
