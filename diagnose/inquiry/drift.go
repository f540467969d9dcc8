package inquiry

import (
	"fmt"
	"slices"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// failed notes what it means that a request that should pass fails now as well. One that worked once, without any
// difference but what the failing request was given, says that the world changed and not the request: drift (§7.2).
// One that was only believed to pass says nothing.
func (d *detective) failed(good diagnose.Known, out diagnose.Outcome) {
	if slices.ContainsFunc(d.drifted, func(k diagnose.Known) bool { return k.Label == good.Label }) {
		return // tried before, in an earlier stage
	}
	if !good.Worked() {
		d.notes.finding(diagnose.Isolation, good.Label+" does not pass either")
		return
	}
	d.notes.finding(diagnose.Isolation, good.Label+" fails now too: the difference is not in the request alone")
	d.hint(good.Label + " does not work now either: look at the server, its data, or the credentials")
	if out == diagnose.Same && !volatileDiffer(d.base, good) {
		d.drifted = append(d.drifted, good)
	}
}

// drift concludes that it is not the request, when nothing else was found.
func (d *detective) drift() bool {
	if len(d.drifted) == 0 || len(d.peeled) > 0 {
		return false
	}
	text := fmt.Sprintf("It is not the request: %s fails now in the same way. The server, its data, the credentials or the time changed since.", d.drifted[0].Label)
	d.notes.finding(diagnose.Isolation, text)
	d.conclude(diagnose.OutcomeExplained, text, diagnose.Culprit{
		Element: "server", Cause: "drift", Standing: diagnose.Suspected, Confidence: 0.7, Explanation: text,
		Fix: diagnose.CauseID("drift").Cause().Fix, Evidence: d.oracle.fails,
	})
	return true
}

// volatileDiffer reports that two requests differ in what is never taken from another one.
func volatileDiffer(base request.Request, good diagnose.Known) bool {
	a, b := element.Of(base), element.Of(good.Request)
	for _, pair := range [][2]*element.Index{{a, b}, {b, a}} {
		for _, e := range pair[0].Elements {
			if other, _ := pair[1].Get(e.ID); element.Volatile(e.ID) && other.Text != e.Text {
				return true
			}
		}
	}
	return false
}
