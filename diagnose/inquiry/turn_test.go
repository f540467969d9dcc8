package inquiry_test

import (
	"context"
	"slices"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/lab"
	"culprit/diagnose/spec"
	"culprit/request"
)

// caseOf brings a lab into the state of an instance and returns what a person who kept everything would know of it:
// a request that worked, the answers from before the world turned, the failure on a kept connection, the document.
func caseOf(t *testing.T, l *lab.Lab, e *request.Engine, f lab.Fault) diagnose.Case {
	t.Helper()
	if f.Prepare != nil {
		f.Prepare(l)
	}
	c := diagnose.Case{Request: f.Request(l), Writes: true}
	if f.Good != nil {
		c.Good = []diagnose.Known{{Label: "the known good request", Request: f.Good(l)}}
	}
	turn := f.Turn
	if turn == nil {
		return c
	}
	for range turn.Earlier {
		x := sent(t, e, f.Request(l))
		c.Earlier = append(c.Earlier, diagnose.Known{Label: "an earlier pass", Request: x.Request, From: diagnose.FromHistory, Exchange: x})
		c.Past = append(c.Past, x.Took)
	}
	slices.Reverse(c.Earlier)
	slices.Reverse(c.Past)
	if turn.Happens != nil {
		turn.Happens(l)
	}
	if turn.Kept {
		sent(t, e, f.Request(l))
		c.Recorded, _ = e.Do(t.Context(), f.Request(l), nil)
	}
	if turn.Document != "" {
		doc, err := spec.Load([]byte(turn.Document), "")
		if err != nil {
			t.Error(err)
			return c
		}
		c.Spec = doc
	}
	return c
}

// sent sends a request as a person does, and wants it to pass.
func sent(t *testing.T, e *request.Engine, r request.Request) *request.Exchange {
	t.Helper()
	x, err := e.Do(t.Context(), r, nil)
	if err != nil || x.Status()/100 != 2 {
		t.Errorf("%s %s does not pass: %v, %d", r.Method, r.URL, err, x.Status())
	}
	return x
}

// One pass of a request that changes data makes the kept connection a suspect, and only where it ended without a byte.
func TestAWriteThatFailedOnAKeptConnection(t *testing.T) {
	for _, c := range []struct {
		name, failure string
		reused        bool
		want          diagnose.CauseID
	}{
		{"closed as it was used again", "keepalive_race", true, "keepalive_race"},
		{"no answer in time", "response_timeout", true, "intermittent_failure"},
		{"closed, and it was new", "empty_response", false, "intermittent_failure"},
	} {
		k := write("/rows", `{"n":1}`)
		k.Writes = true
		k.Recorded = &request.Exchange{
			Request: k.Request, Failure: &request.Failure{Phase: request.PhaseWait, Cause: c.failure, Text: c.failure, Err: context.Canceled},
			Hops: []request.Hop{{Sent: request.Sent{Method: "POST"}, Conn: request.Conn{Reused: c.reused}}},
		}
		r, _ := asked(t, k, always(200, `{"ok":true}`))
		got := r.Verdict.Culprits
		if len(got) != 1 || got[0].Cause != c.want || c.want == "keepalive_race" && got[0].Standing != diagnose.Suspected {
			t.Errorf("%s: got %s %s", c.name, r.Verdict.Outcome, shown(got))
		}
	}
}
