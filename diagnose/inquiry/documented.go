package inquiry

import (
	"cmp"
	"slices"

	"culprit/diagnose"
)

// documented is what the API's document says against the request, when there is one and the answer itself does
// not name anything: the server's own word goes first, for a document may be out of date.
func (d *detective) documented() []diagnose.Evidence {
	if d.Spec == nil {
		return nil
	}
	return d.Spec.Check(d.base)
}

// bySpec adds the document's repairs to those that were found otherwise, best first.
func (d *detective) bySpec(repairs []diagnose.Edit) []diagnose.Edit {
	if d.Spec == nil {
		return repairs
	}
	all := append(d.Spec.Edits(d.base, d.Now), repairs...)
	slices.SortStableFunc(all, func(a, b diagnose.Edit) int { return cmp.Compare(b.Weight, a.Weight) })
	return all
}

// known are the requests that are believed to pass: those that were given or recorded, then those that the
// document describes.
func (d *detective) known() []diagnose.Known {
	if d.Spec == nil {
		return d.Good
	}
	return append(slices.Clone(d.Good), d.Spec.Known(d.base, d.Now)...)
}
