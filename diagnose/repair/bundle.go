package repair

import (
	"culprit/diagnose"
)

// The bounds of the safe bundle: §8 asks for harm ≤ .1; below a weight of 1.5 an edit is no suspicion (§2 step 8e).
const (
	safeHarm   = .1
	leastWorth = 1.5
)

// Bundle returns the edits that can be tried together in one request: those that hardly break anything, the best
// for each element, none in the way of another. The order is kept.
func Bundle(edits []diagnose.Edit) []diagnose.Edit {
	var out []diagnose.Edit
	var touched, made standing
	for _, e := range edits {
		if e.Harm > safeHarm || e.Weight < leastWorth || e.Widens || e.Source == "deletion" {
			continue
		}
		to := target(e)
		if touched.clash(e.Element) || to != "" && touched.clash(to) || made.clash(e.Element) {
			continue
		}
		touched.add(e.Element)
		if to != "" {
			made.add(to)
		}
		out = append(out, e)
	}
	return out
}

// Together joins sets of edits into one: of two that stand in each other's way the first stays. The order of the
// request is kept within each set.
func Together(sets ...[]diagnose.Edit) []diagnose.Edit {
	var out []diagnose.Edit
	var touched standing
	for _, set := range sets {
		for _, e := range set {
			if !touched.clash(e.Element) {
				touched.add(e.Element)
				out = append(out, e)
			}
		}
	}
	return out
}

// target is the element that a move or a rename makes.
func target(e diagnose.Edit) diagnose.ElementID {
	to, _ := e.To.(string)
	switch e.Op {
	case diagnose.Move:
		return diagnose.ElementID(to)
	case diagnose.Rename:
		return e.Element.Beside(to)
	}
	return ""
}
