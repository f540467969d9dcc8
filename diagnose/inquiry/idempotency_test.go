package inquiry_test

import (
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

func keyed() diagnose.Case {
	c := write("/payments", `{"amount":"9.90","currency":"euro","note":"x"}`)
	c.Request.Header = append(c.Request.Header, request.Field{Name: "Idempotency-Key", Value: "the-original"})
	return c
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
