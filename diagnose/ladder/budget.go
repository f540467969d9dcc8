package ladder

import (
	"fmt"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// Left is how many probes may still be sent for a proof.
func (l *Ladder) Left() int { return l.c.Case.Budget.Probes + l.c.Spare - l.Cost.Probes }

// UsedUp reports that the budget of probes ended the run.
func (l *Ladder) UsedUp() bool { return strings.HasPrefix(l.Stopped, budgetOf) }

// Ended reports that the person ended the run.
func (l *Ladder) Ended() bool { return l.Stopped == byPerson }

// byPerson is the reason of a run that a person ended.
const byPerson = "it was stopped"

// budgetOf begins the reason of a run that has no probes left.
const budgetOf = "the budget of "

// allowed checks the budgets before a probe is even asked for.
func (l *Ladder) allowed(s diagnose.Safety, k diagnose.Kind) bool {
	switch {
	case l.Stopped != "":
		return false
	case l.Cost.Probes >= l.c.Case.Budget.Probes && (k != diagnose.Confirm || l.Cost.Probes >= l.c.Case.Budget.Probes+l.c.Spare):
		l.Stopped = fmt.Sprintf(budgetOf+"%d probes is used up", l.c.Case.Budget.Probes)
		return false
	case s >= diagnose.S5 && l.NoWrites:
		return false
	case s >= diagnose.S5 && l.Cost.Wrote >= l.c.Case.Budget.Unsafe:
		l.Stopped = fmt.Sprintf("%d probes that change data have passed, the limit", l.c.Case.Budget.Unsafe)
		return false
	case s == diagnose.S6:
		return false
	case l.c.Meek && (k == diagnose.Contrast || k == diagnose.Control):
		return false
	case k == diagnose.Contrast && l.malformed >= l.c.Case.Budget.Malformed:
		return false
	}
	return true
}

// refused remembers what is not to be asked again. A refusal of another path or method says nothing about this
// one.
func (l *Ladder) refused(step diagnose.Step, s diagnose.Safety, why string, r request.Request) {
	switch {
	case why == diagnose.Skipped:
		l.Skipped[step] = true
	case why == "stopped":
		l.Stopped = byPerson
	case why == diagnose.NotThis: // of others it says nothing
	case s >= diagnose.S3 && r.Method == l.c.Case.Request.Method && element.SplitURL(r.URL).Path == element.SplitURL(l.c.Case.Request.URL).Path:
		l.NoWrites = true
	}
}

func (l *Ladder) count(s diagnose.Safety, rec diagnose.ProbeRecord, k diagnose.Kind) {
	l.Cost.Probes++
	l.Cost.Duration += rec.Duration
	if k == diagnose.Contrast || k == diagnose.Control {
		l.malformed++
	}
	if s < diagnose.S4 {
		return
	}
	l.Cost.Unsafe++
	if rec.Wrote() {
		l.Cost.Wrote++
	}
}
