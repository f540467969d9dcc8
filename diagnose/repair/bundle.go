package repair

import (
	"strings"

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
		i := strings.LastIndexAny(string(e.Element), "/:")
		return e.Element[:i+1] + diagnose.ElementID(to)
	}
	return ""
}

// conflict reports whether two elements are one, or one holds the other.
func conflict(a, b diagnose.ElementID) bool {
	if a == b || holds(a, b) || holds(b, a) {
		return true
	}
	return false
}

func holds(whole, part diagnose.ElementID) bool {
	w, p := string(whole), string(part)
	switch {
	case w == "body":
		return strings.HasPrefix(p, "body:") || strings.HasPrefix(p, "form:") || strings.HasPrefix(p, "multipart:")
	case w == "url":
		return strings.HasPrefix(p, "url.") || strings.HasPrefix(p, "query:")
	case w == "url.path":
		return strings.HasPrefix(p, "url.path[")
	case w == "url.query":
		return strings.HasPrefix(p, "query:")
	case w == "auth":
		return p == "header:Authorization"
	case w == "header:Cookie":
		return strings.HasPrefix(p, "cookie:")
	}
	return strings.HasPrefix(w, "body:") && strings.HasPrefix(p, w+"/")
}
