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
	for _, e := range edits {
		if e.Harm > safeHarm || e.Weight < leastWorth || e.Widens || e.Source == "deletion" {
			continue
		}
		clash := false
		for _, o := range out {
			clash = clash || conflict(e.Element, o.Element) || target(e) != "" && conflict(target(e), o.Element) || target(o) != "" && conflict(target(o), e.Element)
		}
		if !clash {
			out = append(out, e)
		}
	}
	return out
}

// Together joins sets of edits into one: of two that stand in each other's way the first stays. The order of the
// request is kept within each set.
func Together(sets ...[]diagnose.Edit) []diagnose.Edit {
	var out []diagnose.Edit
	for _, set := range sets {
		for _, e := range set {
			clash := false
			for _, o := range out {
				clash = clash || conflict(e.Element, o.Element)
			}
			if !clash {
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

// conflict reports whether two elements are one, or one holds the other.
func conflict(a, b diagnose.ElementID) bool {
	return a == b || holds(a, b) || holds(b, a)
}

func holds(whole, part diagnose.ElementID) bool {
	switch whole {
	case "body":
		return part.Is("body") || part.Is("form") || part.Is("multipart")
	case "url":
		return part.InURL() || part.Is("query")
	case "url.path":
		return part.IsSegment()
	case "url.query":
		return part.Is("query")
	case "auth":
		return part == "header:Authorization"
	case "header:Cookie":
		return part.Is("cookie")
	}
	return whole.Is("body") && part.Within(whole)
}
