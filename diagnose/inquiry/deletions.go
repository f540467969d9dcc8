package inquiry

import (
	"cmp"
	"math"
	"slices"

	"culprit/diagnose"
)

const (
	// required is the share of elements believed to be required, for the size of deletion groups (§14.2).
	required = 0.3
	// blindly is how many members of a body are left out one by one when nothing speaks against them: most are
	// required, and then no probe of this kind can pass.
	blindly = 5
	// fewParameters is how many parameters of a query are left out one by one: with one that is required among them, no
	// group passes.
	fewParameters = 4
)

// deletions leaves out what may be optional, one by one where most is required (a body), in small groups
// elsewhere; only a pass counts (§2, stage 8f).
func (d *detective) deletions() progress {
	if d.said.unchanged {
		return nothing
	}
	var single, grouped, query []diagnose.Edit
	for _, e := range d.scene.repairs {
		switch {
		case e.Source != "deletion" || !d.relevant(e.Element) || d.isDefault(e.Element) || d.combined && data(e.Element):
		case data(e.Element) && !e.Element.Is("query"):
			single = append(single, e)
		case e.Element.Is("query"):
			query = append(query, e)
		default:
			grouped = append(grouped, e)
		}
	}
	size := max(1, int(math.Floor(-1/math.Log(1-required))))
	slices.Reverse(single) // what was added last stands last
	slices.SortStableFunc(single, func(a, b diagnose.Edit) int { return cmp.Compare(b.Weight, a.Weight) })
	single = single[:min(len(single), blindly)]
	if slices.Reverse(query); len(query) <= fewParameters {
		single = append(query, single...)
	} else {
		grouped = append(query, grouped...)
	}
	for group := range chunks(grouped, size, single) {
		x, out, n := d.vary(group, diagnose.Deletion, "does it work without "+list(group)+"?")
		switch {
		case out == diagnose.Pass:
			return d.bisect(group, x, n)
		case d.ladder.Stopped != "":
			return nothing
		}
	}
	return nothing
}

// isDefault reports an element that nobody wrote: the client adds it to requests that work, too.
func (f *failure) isDefault(id diagnose.ElementID) bool {
	e, ok := f.scene.index.Get(id)
	return ok && e.Default
}

// chunks yields groups of size, then each of singles.
func chunks(groups []diagnose.Edit, size int, singles []diagnose.Edit) func(func([]diagnose.Edit) bool) {
	return func(yield func([]diagnose.Edit) bool) {
		for g := range slices.Chunk(groups, size) {
			if !yield(g) {
				return
			}
		}
		for g := range slices.Chunk(singles, 1) {
			if !yield(g) {
				return
			}
		}
	}
}
