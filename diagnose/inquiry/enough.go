package inquiry

import (
	"slices"

	"culprit/diagnose"
	"culprit/diagnose/chance"
	"culprit/request"
	"culprit/request/jsontext"
)

// How often both halves of a pair must be seen before an element is accused (§3.6, §10) is decided here and nowhere else.
// One rule holds: a server that fails by chance must not have given the answers of the run more often than doubt. What the
// server says of the element chance does not say; there the pair seen once, with a failure before and after it, is enough.

// next is what the proof asks for next: the request as it is or mended, or nothing, for it is enough or no more can be had.
func (a *asker) next(p *proof) (mended, more bool) {
	if a.once(p.accused) {
		return false, p.failures() < 2 || !p.failedAfter()
	}
	plan := chance.Plan(a.run(p), a.doubted(p), a.price(p))
	switch {
	case len(plan) > 0:
		return plan[0], true
	case plan == nil && !a.base.Reads():
		return false, p.failures() < failuresOfOne || !p.failedAfter() // it stays with one pass
	}
	return false, !p.failedAfter()
}

// once reports that one pair is enough.
func (a *asker) once(edits []diagnose.Edit) bool {
	return a.telling(edits) && !unstable(a.oracle.exchange) && !a.ladder.Noise.Seen()
}

// failuresOfOne is how often a write has to fail whose mended form may pass only once (§3.6).
const failuresOfOne = 3

// lucky reports that chance may well have given the answers of the run.
func (a *asker) lucky(p *proof) bool {
	return !a.off.confirmation && !a.once(p.accused) && !a.doubted(p).Excludes(a.run(p))
}

// telling reports that the answer speaks of each of edits: in words, by a pointer, in a field, by a status that is about
// nothing else; or that it challenges what a check of the request alone is sure of.
func (f *failure) telling(edits []diagnose.Edit) bool {
	return f.off.confirmation || f.inWords(edits) || !slices.ContainsFunc(edits, func(e diagnose.Edit) bool {
		said := 0.0
		for _, v := range f.scene.evidence {
			if (about(v.Element, e) || misses(v, e)) && v.Kind != "responder" {
				said = max(said, v.Ratio)
			}
		}
		return e.Source != follows && said < namedRatio && (said < challenged || f.checked(e) < sure)
	})
}

// inWords reports that the answer speaks of each of edits in words, by a pointer or a position, in a field, or that the
// transport does. A status, a challenge and who answered are no words: they come from a backend that is ill, too.
func (f *failure) inWords(edits []diagnose.Edit) bool { return speaks(f.scene.evidence, edits) }

// speaks is inWords for the evidence of one answer.
func speaks(said []diagnose.Evidence, edits []diagnose.Edit) bool {
	return !slices.ContainsFunc(edits, func(e diagnose.Edit) bool {
		return e.Source != follows && !slices.ContainsFunc(said, func(v diagnose.Evidence) bool {
			least := namedRatio + 0.
			switch v.Kind {
			case "text", "pointer":
				least = strong
			case "status", "challenge", "responder":
				return false
			}
			return (v.Element == e.Element || misses(v, e)) && v.Ratio >= least
		})
	})
}

// checked are the odds at which a check of the request alone finds e at fault.
func (f *failure) checked(e diagnose.Edit) float64 {
	odds := 1.0
	for _, h := range f.ownHits() {
		if about(h.Element, e) {
			odds = max(odds, h.Odds)
		}
	}
	return odds
}

// checkedAll reports that a check of the request alone speaks with these odds for each of edits.
func (f *failure) checkedAll(edits []diagnose.Edit, odds float64) bool {
	return len(edits) > 0 && !slices.ContainsFunc(edits, func(e diagnose.Edit) bool { return f.checked(e) < odds })
}

// about reports whether id is the element that e accuses; one that is there twice is one.
func about(id diagnose.ElementID, e diagnose.Edit) bool {
	return singular(id) == singular(e.Element) || id == shownAs(e)
}

// misses reports that v says what is missing by the name that e gives it: an answer need not say where.
func misses(v diagnose.Evidence, e diagnose.Edit) bool {
	name, _ := e.To.(string)
	switch {
	case e.Element == "body" && e.Op == diagnose.Set && v.Cause == "missing_body_property": // what is asked for stands at the root now
		root, err := jsontext.Parse([]byte(name))
		return err == nil && root.Kind == jsontext.Object && root.Child(v.Element.Last()) != nil
	case !v.Missing || !v.Element.InBody() || !e.Element.InBody():
		return false
	case e.Op == diagnose.Add:
		name = e.Element.Last()
	case e.Op != diagnose.Rename:
		return false
	}
	return name != "" && v.Element.Last() == name
}

// singular is an element without the number of its appearance: query:tag for query:tag#1.
func singular(id diagnose.ElementID) diagnose.ElementID { first, _ := id.Numbered(); return first }

// unstable reports a failure of a kind that often comes and goes: a server error, a connection that broke.
func unstable(x *request.Exchange) bool {
	return repeats(x) > 0 && (x.Status() >= 500 || x.Response() == nil)
}
