package inquiry

import (
	"slices"

	"culprit/diagnose"
	"culprit/diagnose/chance"
	"culprit/diagnose/lint"
	"culprit/request"
)

// How often both halves of a pair must be seen before an element is accused (§3.6, §10) is decided here and nowhere else.
// One rule holds: a server that fails by chance must not have given the answers of the run more often than doubt. What the
// server says of the element chance does not say; there the pair seen once, with a failure before and after it, is enough.

// next is what the proof asks for next: the request as it is or mended, or nothing, for it is enough or no more can be had.
func (d *detective) next(p *proof) (mended, more bool) {
	if d.once(p.accused) {
		return false, p.failures() < 2 || !p.failedAfter()
	}
	plan := chance.Plan(d.run(p), d.most(p), d.price(p))
	switch {
	case len(plan) > 0:
		return plan[0], true
	case plan == nil && !d.base.Safe():
		return false, p.failures() < failuresOfOne || !p.failedAfter() // it stays with one pass
	}
	return false, !p.failedAfter()
}

// once reports that one pair is enough.
func (d *detective) once(edits []diagnose.Edit) bool {
	return d.telling(edits) && !unstable(d.oracle.exchange) && !d.ladder.noise.seen()
}

// failuresOfOne is how often a write has to fail whose mended form may pass only once (§3.6).
const failuresOfOne = 3

// lucky reports that chance may well have given the answers of the run.
func (d *detective) lucky(p *proof) bool {
	return !d.off.confirmation && !d.once(p.accused) && chance.Luck(d.run(p)) > d.most(p)
}

// telling reports that the answer speaks of each of edits: in words, by a pointer, in a field, by a status that is about
// nothing else; or that it challenges what a check of the request alone is sure of.
func (d *detective) telling(edits []diagnose.Edit) bool {
	return d.off.confirmation || d.inWords(edits) || !slices.ContainsFunc(edits, func(e diagnose.Edit) bool {
		said := 0.0
		for _, v := range d.scene.evidence {
			if about(v.Element, e) && v.Kind != "responder" {
				said = max(said, v.Ratio)
			}
		}
		return said < namedRatio && (said < challenged || d.checked(e) < sure)
	})
}

// inWords reports that the answer speaks of each of edits in words, by a pointer or a position, in a field, or that the
// transport does. A status, a challenge and who answered are no words: they come from a backend that is ill, too.
func (d *detective) inWords(edits []diagnose.Edit) bool { return speaks(d.scene.evidence, edits) }

// speaks is inWords for the evidence of one answer.
func speaks(said []diagnose.Evidence, edits []diagnose.Edit) bool {
	return !slices.ContainsFunc(edits, func(e diagnose.Edit) bool {
		return !slices.ContainsFunc(said, func(v diagnose.Evidence) bool {
			least := namedRatio + 0.
			switch v.Kind {
			case "text", "pointer":
				least = strong
			case "status", "challenge", "responder":
				return false
			}
			return v.Element == e.Element && v.Ratio >= least
		})
	})
}

// checked are the odds at which a check of the request alone finds e at fault.
func (d *detective) checked(e diagnose.Edit) float64 {
	odds := 1.0
	for _, h := range d.check(d.scene.index, lint.FactsOf(d.Case)) {
		if about(h.Element, e) {
			odds = max(odds, h.Odds)
		}
	}
	return odds
}

// checkedAll reports that a check of the request alone speaks with these odds for each of edits.
func (d *detective) checkedAll(edits []diagnose.Edit, odds float64) bool {
	return len(edits) > 0 && !slices.ContainsFunc(edits, func(e diagnose.Edit) bool { return d.checked(e) < odds })
}

// about reports whether id is the element that e accuses; one that is there twice is one.
func about(id diagnose.ElementID, e diagnose.Edit) bool {
	return singular(id) == singular(e.Element) || id == shownAs(e)
}

// singular is an element without the number of its appearance: query:tag for query:tag#1.
func singular(id diagnose.ElementID) diagnose.ElementID { first, _ := id.Numbered(); return first }

// unstable reports a failure of a kind that often comes and goes: a server error, a connection that broke.
func unstable(x *request.Exchange) bool {
	return repeats(x) > 0 && (x.Status() >= 500 || x.Response() == nil)
}
