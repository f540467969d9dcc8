package dossier

import (
	"context"
	"testing"

	"culprit/collections"
	"culprit/diagnose"
	"culprit/request"
)

// kept remembers what it was given.
type kept []collections.Record

func (k *kept) Record(_ context.Context, r collections.Record) error { *k = append(*k, r); return nil }

// A pass that a diagnosis saw is good for the next one only when the request's own assertions say so.
func TestAPassIsKeptWithWhatTheAssertionsSay(t *testing.T) {
	x := &request.Exchange{Hops: []request.Hop{{Response: &request.Response{Status: 200, Body: request.NewContent([]byte(`{"total":0}`))}}}}
	r := diagnose.Report{Verdict: diagnose.Verdict{Outcome: diagnose.OutcomePassing},
		Probes: []diagnose.ProbeRecord{{Kind: diagnose.Replay, Outcome: diagnose.Pass, Answer: &diagnose.Answer{Exchange: x}}}}
	for value, want := range map[string]bool{"0": true, "3": false} {
		s := Subject{Entry: &collections.Entry{Path: "a"}, Resolved: collections.Resolved{Asserts: []collections.Assert{{Expression: "res.body.total", Operator: "eq", Value: value}}}}
		var k kept
		if err := Keep(t.Context(), s, &k, r); err != nil || len(k) != 1 {
			t.Fatalf("%v, %d records", err, len(k))
		}
		if k[0].Passed != want || len(k[0].Checks) != 1 {
			t.Errorf("total eq %s: passed %v, checks %+v", value, k[0].Passed, k[0].Checks)
		}
	}
}
