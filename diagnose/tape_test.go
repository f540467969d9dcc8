package diagnose

import "testing"

// A run that is taken up again comes to the same verdict: it is told once.
func TestATapeTellsAVerdictOnce(t *testing.T) {
	var tape Tape
	stopped := Report{Verdict: Verdict{Outcome: OutcomeInconclusive}}
	found := Report{Verdict: Verdict{Outcome: OutcomeIsolated, Cause: "expired_token"}}
	for i, c := range []struct {
		report Report
		fresh  bool
	}{{stopped, true}, {found, true}, {found, false}, {stopped, false}} {
		if got := tape.Fresh(c.report); got != c.fresh {
			t.Errorf("report %d: fresh is %v", i+1, got)
		}
	}
}
