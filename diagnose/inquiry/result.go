package inquiry

import (
	"culprit/diagnose"
	"culprit/request"
)

// A result is what the investigation concluded.
type result struct {
	outcome  string
	summary  string
	culprits []diagnose.Culprit
	fix      []diagnose.Edit // to the original
	fixed    int             // status of the repaired request, 0 when it was not sent
	verified bool
	minimal  *request.Request
	hints    []diagnose.Hint
	answer   []diagnose.Departure // of a success
}

func (r *result) done() bool { return r.outcome != "" }

// hint says what would help.
func (d *detective) hint(text string) { d.hintBy("", text) }

// hintBy says what would help, and the flag of the command line that does it.
func (d *detective) hintBy(flag, text string) {
	d.result.hints = append(d.result.hints, diagnose.Hint{Text: text, Flag: flag})
}

// conclude ends the investigation with a verdict.
func (d *detective) conclude(outcome, summary string, culprits ...diagnose.Culprit) {
	d.result.outcome, d.result.summary, d.result.culprits = outcome, summary, culprits
	for _, c := range culprits {
		d.board.mark(c.Element, c.Standing == diagnose.Confirmed || c.Standing == diagnose.Isolated)
	}
}
