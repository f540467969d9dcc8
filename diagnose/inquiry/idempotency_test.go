package inquiry_test

import (
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/request"
)

func keyed() diagnose.Case {
	c := write("/payments", `{"amount":"9.90","currency":"euro","note":"x"}`)
	c.Request.Header = append(c.Request.Header, request.Field{Name: "Idempotency-Key", Value: "the-original"})
	return c
}

// TestAKeyThatIsAddedIsNew: where the server asks for a key, it gets one that it has not seen: not in an earlier run, and not
// with another body, which a second fault behind the first makes necessary. Nor is a key that was used replaced by a word.
func TestAKeyThatIsAddedIsNew(t *testing.T) {
	bodies := map[string]string{} // by key, as a server remembers them for a day
	server := func(q diagnose.Question) (int, string, []string) {
		if q.Request.Safe() {
			return 404, `{"error":"no"}`, nil
		}
		key, body := request.Get(q.Request.Header, "Idempotency-Key"), q.Request.Body.Text
		was, seen := bodies[key]
		switch bodies[key] = body; {
		case key == "":
			return 400, `{"error":"The Idempotency-Key header is required"}`, nil
		case seen && was != body:
			return 422, `{"error":"Idempotency-Key was already used with another body"}`, nil
		case strings.Contains(body, `"euro"`):
			return 422, `{"errors":[{"field":"currency","message":"currency must be one of EUR, USD"}]}`, nil
		}
		return 201, `{"id":1}`, nil
	}
	for run, note := range []string{"x", "y", "x"} {
		c := write("/payments", `{"amount":9.9,"currency":"euro","note":"`+note+`"}`)
		c.Now = time.Date(2030, 1, 2, 3, 4, run, 0, time.UTC)
		r, all := asked(t, c, server)
		if v := r.Verdict; len(v.Culprits) != 2 || v.Repair == nil || !v.Repair.Verified {
			t.Errorf("run %d: %s %s", run, v.Outcome, v.Summary)
		}
		for _, q := range all {
			if key := request.Get(q.Request.Header, "Idempotency-Key"); key != "" && len(key) != 36 {
				t.Errorf("run %d: the key %q", run, key)
			}
		}
	}
}

// TestEveryPayloadHasAKeyOfItsOwn: only the request as it is has the original's key; no other key goes out with two bodies.
func TestEveryPayloadHasAKeyOfItsOwn(t *testing.T) {
	_, all := asked(t, keyed(), always(400, `{"error":"no"}`))
	bodies, variations := map[string]string{}, 0
	for _, q := range all {
		if q.Request == nil || q.Request.Safe() {
			continue
		}
		key := request.Get(q.Request.Header, "Idempotency-Key")
		switch {
		case len(q.Edits) == 0 && q.Request.Body.Text == keyed().Request.Body.Text && request.Get(q.Request.Header, "Content-Type") == "application/json" && !q.Request.Settings.WithholdBody:
			if key != "the-original" {
				t.Errorf("the request as it is has the key %q", key)
			}
			continue
		case key == "the-original":
			t.Errorf("%s: the original's key", q.Why)
		case key == "":
			continue // left out on purpose
		}
		variations++
		if was, ok := bodies[key]; ok && was != q.Request.Body.Text {
			t.Errorf("%s: the key of another body", q.Why)
		}
		bodies[key] = q.Request.Body.Text
	}
	if variations < 3 {
		t.Errorf("only %d variations, so that the test says nothing", variations)
	}
}

// TestAKeyThatWasUsedIsTheCulprit: a server that repeats its first answer to a key accuses no field of the body.
func TestAKeyThatWasUsedIsTheCulprit(t *testing.T) {
	r, _ := asked(t, keyed(), func(q diagnose.Question) (int, string, []string) {
		if request.Get(q.Request.Header, "Idempotency-Key") == "the-original" {
			return 400, `{"error":"no"}`, nil
		}
		return 201, `{}`, nil
	})
	if c := r.Verdict.Culprits; len(c) != 1 || c[0].Element != "header:Idempotency-Key" || c[0].Cause != "idempotency_key_reused" {
		t.Errorf("%s %+v", r.Verdict.Outcome, c)
	}
}
