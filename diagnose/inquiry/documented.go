package inquiry

import (
	"cmp"
	"slices"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
)

// documented adds what a document says about the request to what lint says.
func (f *failure) documented(x *element.Index, now time.Time, hits []diagnose.Hit) []diagnose.Hit {
	if f.Spec == nil {
		return hits
	}
	hits = slices.Concat(hits, f.Spec.Hits(x.Request, now))
	slices.SortStableFunc(hits, func(a, b diagnose.Hit) int { return cmp.Compare(b.Odds, a.Odds) })
	return hits
}

// documentedSure are the odds of what a document requires or forbids.
const documentedSure = 60

// asDocumented tries at once what a document is sure of when that is more than one thing: one at a time would
// pass only at the last.
func (d *detective) asDocumented() progress {
	var all []diagnose.Edit
	for _, h := range d.scene.hits {
		if h.Rule != "spec" || h.Odds < documentedSure || len(h.Edits) == 0 || h.Edits[0].Widens || !d.relevant(h.Element) ||
			slices.ContainsFunc(all, func(e diagnose.Edit) bool { return e.Element == h.Edits[0].Element }) {
			continue
		}
		all = append(all, h.Edits[0])
	}
	if len(all) < 2 {
		return nothing
	}
	x, out, n := d.vary(all, diagnose.Repair, "everything as documented")
	if out == diagnose.Pass { // servers take more than they document: what is needed is less than all of it
		return d.bisect(all, x, n)
	}
	return nothing
}

// believed are the requests that should pass: what passed before, then what a document makes.
func (f *failure) believed() []diagnose.Known {
	if f.Spec == nil {
		return f.Good
	}
	return slices.Concat(f.Good, f.Spec.Known(f.base, f.Now))
}
