package inquiry

import (
	"slices"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// otherChoices tries the other values that the server allows when the first one makes it miss a neighbour: a choice may
// decide what else an object holds, and the object was made for another one (a tagged union). It does nothing where the
// first one does well, or what comes to light lies elsewhere.
func (d *detective) otherChoices(a diagnose.Evidence, edits []diagnose.Edit) progress {
	if len(edits) != 1 || len(a.Allowed) < 2 || a.Missing || edits[0].Op != diagnose.Set {
		return nothing
	}
	x, out, _ := d.vary(edits, diagnose.Repair, "the server names "+list(edits))
	if out != diagnose.Other || !d.missesNeighbour(x, edits[0]) {
		return nothing
	}
	tries := namedTries - 1
	for _, alt := range d.repairsOf(a.Element) {
		if alt.Op != diagnose.Set || alt.To == edits[0].To || !allowedBy(a, alt) {
			continue
		}
		if tries--; tries < 0 {
			break
		}
		x, out, n := d.vary([]diagnose.Edit{alt}, diagnose.Repair, "another one of what the server allows")
		if out == diagnose.Pass {
			d.board.narrow([]diagnose.Edit{alt})
			d.prove([]diagnose.Edit{alt}, x, n, nil)
			return solved
		}
	}
	return nothing
}

func allowedBy(a diagnose.Evidence, e diagnose.Edit) bool {
	to, ok := e.To.(string)
	return ok && slices.Contains(a.Allowed, to)
}

// missesNeighbour reports that an answer misses a member of the object that an edit changed, or does not want one there.
func (f *failure) missesNeighbour(x *request.Exchange, edit diagnose.Edit) bool {
	r, err := element.Apply(f.base, []diagnose.Edit{edit})
	if err != nil || !edit.Element.Is("body") || x == nil {
		return false
	}
	return slices.ContainsFunc(f.read(scene{index: element.Of(r), exchange: x}), func(e diagnose.Evidence) bool {
		// Parsers that read an object twice say of a missing member only its name.
		return e.Ratio >= namedRatio && (e.Missing || e.Cause == "unexpected_body_property" && e.Element.Within(edit.Element.Parent()))
	})
}
