package inquiry

import (
	"fmt"
	"slices"

	"culprit/diagnose"
)

// goingOn says of a run whose budget was too small for what it set out to prove how to go on: with the next larger one. What
// a server does not name takes about a dozen probes, two thirds of them to rule out chance; a quick look has six.
func (d *detective) goingOn() {
	budget := d.Budget.Probes
	unproved := d.result.outcome == diagnose.OutcomeInconclusive && len(d.result.culprits) > 0 && d.result.culprits[0].Without.Tried > 0
	if d.result.outcome != diagnose.OutcomeInconclusive || !d.ladder.UsedUp() && !(unproved && d.ladder.Left() < fewLeft) {
		return
	}
	next := ""
	for _, name := range diagnose.Depths() {
		if diagnose.Depth(name).Or().Probes > budget {
			next = name
			break
		}
	}
	if next == "" {
		return
	}
	text := fmt.Sprintf("go on with more probes: %d are too few to find what the server does not name", budget)
	if unproved {
		text = fmt.Sprintf("go on with more probes: %d are too few to rule out chance where the server does not name the cause", budget)
	}
	d.result.hints = append([]diagnose.Hint{{Text: text, Flag: "--depth " + next}}, d.result.hints...)
}

// fewLeft is how many probes of a budget are too few to tell a culprit from chance: what a proof takes at least.
const fewLeft = 6

// unallowed says of what is not proved because probes that may change data were refused what would prove it.
func (d *detective) unallowed() {
	proved := slices.ContainsFunc(d.result.culprits, func(c diagnose.Culprit) bool {
		return c.Standing == diagnose.Confirmed || c.Standing == diagnose.Isolated
	})
	if !d.ladder.NoWrites || proved || slices.ContainsFunc(d.result.hints, func(h diagnose.Hint) bool { return h.Flag == allowWrites }) {
		return
	}
	if o := d.result.outcome; o == diagnose.OutcomeExplained || o == diagnose.OutcomeInconclusive {
		d.hintBy(allowWrites, "allow probes that may change data, on a test system if possible, to prove it")
	}
}

// allowWrites is the flag that allows them for the whole run.
const allowWrites = "--allow-writes"
