package diagnose

import (
	"testing"

	"culprit/request"
)

// What could not be sent has changed nothing, while it runs and in the end; what was sent and not answered may have.
func TestWhatMayHaveChangedData(t *testing.T) {
	answered := &request.Exchange{Hops: []request.Hop{{Response: &request.Response{Status: 201}}}}
	lost := func(p request.Phase) *request.Exchange {
		return &request.Exchange{Failure: &request.Failure{Phase: p}, Hops: []request.Hop{{}}}
	}
	for _, c := range []struct {
		safety  Safety
		outcome Outcome
		status  int
		x       *request.Exchange
		want    bool
	}{
		{S5, Pass, 201, answered, true},
		{S5, Same, 400, answered, false},
		{S4, Pass, 201, answered, false},
		{S5, Unresolved, 0, lost(request.PhaseConnect), false},
		{S5, Unresolved, 0, lost(request.PhaseTLS), false},
		{S5, Unresolved, 0, lost(request.PhaseWait), true},
		{S5, Refused, 0, nil, false},
		{S5, "", 0, nil, false},
	} {
		p := ProbeRecord{Safety: c.safety.String(), Outcome: c.outcome, Status: c.status, Answer: &Answer{Exchange: c.x}}
		if got := p.Wrote(); got != c.want {
			t.Errorf("%s %s %d: %v, want %v", c.safety, c.outcome, c.status, got, c.want)
		}
	}
}
