package inquiry_test

import (
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// TestTheTagOfNow: a write on a resource that shows a tag, refused without a word. The tag comes from the resource, or
// from the whole that it is a part of; where nothing shows one, no condition is accused.
func TestTheTagOfNow(t *testing.T) {
	for _, w := range []struct {
		name, sent, shows string
		cause             diagnose.CauseID // "" for no culprit of the condition
	}{
		{"the condition is stale", `"v1"`, "/sheds/7/roof", "precondition_failed"},
		{"the whole shows the tag", `"v1"`, "/sheds/7", "precondition_failed"},
		{"there is no condition", "", "/sheds/7/roof", "precondition_required"},
		{"nothing shows a tag", `"v1"`, "", ""},
		{"the condition is right", `"v2"`, "/sheds/7/roof", ""},
	} {
		t.Run(w.name, func(t *testing.T) {
			c := write("/sheds/7/roof", `{"colour":"red"}`)
			c.Request.Method = "PUT"
			if w.sent != "" {
				c.Request.Header = request.Set(c.Request.Header, "If-Match", w.sent)
			}
			report, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
				path := q.Request.URL[strings.Index(q.Request.URL, "/sheds"):]
				switch {
				case q.Request.Method == "GET" && path == w.shows:
					return 200, `{"id":7}`, []string{"ETag", `"v2"`}
				case q.Request.Method == "PUT" && path == "/sheds/7/roof" && request.Get(q.Request.Header, "If-Match") == `"v2"` && w.sent != `"v2"`:
					return 200, `{"id":7}`, nil
				}
				return 400, `{"error":"Bad Request"}`, nil
			})
			got := diagnose.CauseID("")
			for _, c := range report.Verdict.Culprits {
				if c.Element == "header:If-Match" && c.Standing != diagnose.Suspected {
					got = c.Cause
				}
			}
			if got != w.cause {
				t.Errorf("got %q, want %q\n%s", got, w.cause, words(report))
			}
		})
	}
}

// TestAKeyOfTheWrongForm: a new Idempotency-Key of the same form tells a key that was used from one whose form is wrong.
func TestAKeyOfTheWrongForm(t *testing.T) {
	for _, w := range []struct {
		name  string
		takes func(key string) bool
		cause diagnose.CauseID
	}{
		{"it was used", func(key string) bool { return key != "" && key != "order-17" }, "idempotency_key_reused"},
		{"it has to be a UUID", func(key string) bool { return len(key) == 36 && strings.Count(key, "-") == 4 }, "invalid_request_header"},
	} {
		t.Run(w.name, func(t *testing.T) {
			c := write("/things", `{"a":1}`)
			c.Request.Header = request.Set(c.Request.Header, "Idempotency-Key", "order-17")
			report, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
				if q.Request.Method == "POST" && w.takes(request.Get(q.Request.Header, "Idempotency-Key")) {
					return 201, `{"id":1}`, nil
				}
				return 400, `{"error":"Bad Request"}`, nil
			})
			if v := report.Verdict; len(v.Culprits) != 1 || v.Culprits[0].Cause != w.cause || v.Culprits[0].Element != "header:Idempotency-Key" {
				t.Errorf("got %s %+v\n%s", v.Outcome, v.Culprits, words(report))
			}
		})
	}
}

// TestAContainerIsOnlySuspected: nothing inside was found, so that the container is named as the place, not as the fault.
func TestAContainerIsOnlySuspected(t *testing.T) {
	report, _ := asked(t, write("/things", `{"plan":{"kq":"a-x","zv":"b-x","wj":"c-x","qy":"d-x"},"vol":true}`), func(q diagnose.Question) (int, string, []string) {
		if q.Request.Method == "POST" && !strings.Contains(q.Request.Body.Text, "plan") && strings.Contains(q.Request.Body.Text, "vol") {
			return 201, `{"id":1}`, nil
		}
		return 400, `{"error":"Bad Request"}`, nil
	})
	v := report.Verdict
	if len(v.Culprits) != 1 || v.Culprits[0].Element != "body:/plan" || v.Culprits[0].Standing != diagnose.Suspected || v.Repair == nil {
		t.Errorf("got %s %+v\n%s", v.Outcome, v.Culprits, words(report))
	}
}
