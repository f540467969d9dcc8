package inquiry

import (
	"slices"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/repair"
	"culprit/request"
)

// refine takes the answer to one edit at its word: where it names the edited element and says which values it takes,
// the first of them is tried in place of the guessed one. What was missing and is now not liked was put in the right
// place.
func (d *detective) refine(x *request.Exchange, edits []diagnose.Edit) progress {
	if len(edits) != 1 || d.refining || edits[0].Op != diagnose.Add && edits[0].Op != diagnose.Set || x.Response() == nil {
		return nothing
	}
	r, err := element.Apply(d.base, edits)
	if err != nil {
		return nothing
	}
	after := scene{index: element.Of(r), exchange: x}
	after.evidence = d.read(after)
	i := slices.IndexFunc(after.evidence, func(e diagnose.Evidence) bool {
		return e.Element == edits[0].Element && !e.Missing && e.Ratio >= namedRatio && (len(e.Allowed) > 0 || e.Expected != "")
	})
	if i < 0 || slices.ContainsFunc(d.scene.evidence, func(e diagnose.Evidence) bool { return e.Element == edits[0].Element && len(e.Allowed) > 0 }) {
		return nothing
	}
	d.refining = true
	defer func() { d.refining = false }()
	for _, c := range repair.For(after.index, after.evidence[i:i+1], nil, repair.Options{Now: d.Now, Status: x.Status()}) {
		if c.Element != edits[0].Element || c.Op != diagnose.Set || c.Source != "server" {
			continue
		}
		better := edits[0]
		better.To, better.Why = c.To, c.Why
		return d.try([]diagnose.Edit{better}, diagnose.Repair, "the server says which values it takes")
	}
	return nothing
}

// atStake is what a cause without an element is about: a conflict of a request that names its resource is about that.
func (f *failure) atStake(cause diagnose.CauseID) diagnose.ElementID {
	switch f.base.Method {
	case "PUT", "PATCH", "DELETE":
		if cause == "conflict" || cause == "already_exists" || cause == "precondition_failed" {
			return f.resource()
		}
	}
	return "server"
}
