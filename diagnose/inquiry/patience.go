package inquiry

import (
	"fmt"
	"slices"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/ladder"
)

// comesBack asks a server that takes nothing now again at the time that it names, once and never before (§10): what passes
// then failed for no other reason. Nobody waits longer than a pause of the run for that.
func (d *detective) comesBack(wait time.Duration) {
	status := d.oracle.exchange.Status()
	if repeats(d.oracle.exchange) == 0 {
		return // a limit: the server has said all there is to say
	}
	if wait > ladder.Rest {
		d.hint(fmt.Sprintf("the server asks to come back in %v, and was not asked before", wait.Round(time.Second)))
		return
	}
	x, out, n := d.send(d.base, ladder.Probe{Kind: diagnose.Replay, Step: diagnose.Reproduce, Again: true, Wait: d.ladder.Later(wait),
		Why: fmt.Sprintf("does it pass after the %v that the server asks to wait?", wait), Pass: "the server was only busy"})
	switch out {
	case diagnose.Same:
		d.oracle.calibrate(x, n)
	case diagnose.Pass:
		text := fmt.Sprintf("%d with the word to come back in %v, and then it passes", status, wait)
		d.notes.finding(diagnose.Reproduce, text)
		d.conclude(diagnose.OutcomeExplained, sentence("overloaded", "server", text), diagnose.Culprit{
			Element: "server", Cause: "overloaded", Standing: diagnose.Isolated, Confidence: 0.9, Explanation: text, Fix: diagnose.CauseID("overloaded").Cause().Fix,
			Evidence: append(slices.Clone(d.oracle.fails), n), With: diagnose.Tally{Seen: 1, Tried: 1}, Without: diagnose.Tally{Seen: 1, Tried: 1},
		})
	}
}

// asksToWait reports a server that says it takes no requests now, in a word or in the time when it will.
func (f *failure) asksToWait() bool {
	x := f.oracle.exchange
	return x.Status() == 503 && slices.ContainsFunc(f.read(scene{index: element.Of(f.base), exchange: x}), func(e diagnose.Evidence) bool {
		return e.Kind != "status" && e.Ratio >= namedRatio && (e.Cause == "overloaded" || e.Cause == "maintenance")
	})
}
