package inquiry

import (
	"slices"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/ladder"
	"culprit/request"
)

// The layers are the failures that were taken off the original request, each hidden by the one before it.
type layers struct {
	first  scene                        // that of the original request
	peeled []diagnose.Edit              // what mends those that were taken off
	then   map[diagnose.ElementID]scene // the failure that was an element's own, where there are several; nil for none
}

// remember keeps the failure at hand for the elements of edits: it was theirs, whatever is found behind it.
func (l *layers) remember(edits []diagnose.Edit, s scene) {
	if l.then == nil {
		l.then = map[diagnose.ElementID]scene{}
	}
	for _, e := range edits {
		l.then[e.Element] = s
	}
}

// composed are edits and those that were peeled before, one for an element: what was added as a guess and then changed as
// the server asked for is one thing that was missing.
func (l *layers) composed(edits []diagnose.Edit) []diagnose.Edit {
	all := slices.Concat(edits, l.peeled)
	for n := len(all) - 1; n > 0; n-- {
		first := all[n]
		at := slices.IndexFunc(all[:n], func(e diagnose.Edit) bool { return e.Element == first.Element })
		if at < 0 || all[at].Op == diagnose.Remove || first.Op == diagnose.Remove {
			continue
		}
		all[at].Op, all[at].Cause = first.Op, first.Cause
		all = slices.Delete(all, n, n+1)
	}
	return all
}

// unneeded takes back what was peeled of elements that the server did not name for certain, as far as the request passes
// without it: what it seemed to mend may be what a guess broke. It returns the edits that are left and their pass.
func (a *asker) unneeded(edits []diagnose.Edit, x *request.Exchange, n int) ([]diagnose.Edit, *request.Exchange, int) {
	for _, p := range slices.Clone(a.peeled) {
		sure := slices.ContainsFunc(a.then[p.Element].evidence, func(e diagnose.Evidence) bool { return e.Element == p.Element && e.Ratio >= outspoken })
		other := func(e diagnose.Edit) bool { return e.Element == p.Element }
		rest, others := slices.DeleteFunc(slices.Clone(a.peeled), other), slices.DeleteFunc(slices.Clone(edits), other)
		base, err := element.Apply(a.Request, rest)
		if err != nil || sure || len(rest) == len(a.peeled) || len(others) == 0 {
			continue
		}
		r, err := element.Apply(base, others)
		if err != nil {
			continue
		}
		pass, out, at := a.settle(r, ladder.Probe{Kind: diagnose.Confirm, Step: diagnose.Isolation, Edits: slices.Concat(rest, others), Why: "is " + string(p.Element) + " needed, too?"})
		if out != diagnose.Pass {
			continue
		}
		a.base, a.peeled, a.oracle.fails = base, rest, nil
		edits, x, n = others, pass, at
		if len(rest) == 0 && a.first.exchange != nil {
			a.oracle.set(a.first.exchange, a.Request, 0)
		}
	}
	return edits, x, n
}

// alone keeps x, the failure of a request in which of all that was found only one edit is not made, for that one.
func (f *failure) alone(e diagnose.Edit, r request.Request, x *request.Exchange) {
	if x.Response() == nil {
		return
	}
	s := scene{index: element.Of(r), exchange: x, hits: f.scene.hits}
	s.evidence = f.read(s)
	f.remember([]diagnose.Edit{e}, s)
}

// causeThen is causeOf by the failure that was the element's own: of two faults, each has its answer.
func (a *asker) causeThen(e diagnose.Edit) diagnose.CauseID {
	s, ok := a.then[e.Element]
	if !ok {
		return a.causeOf(e)
	}
	now, x := a.scene, a.oracle.exchange
	a.scene, a.oracle.exchange = s, s.exchange
	cause := a.causeOf(e)
	a.scene, a.oracle.exchange = now, x
	return cause
}

// saidOf is what the server said of an element, in its own failure before the one at hand; "" for nothing.
func (f *failure) saidOf(id diagnose.ElementID) string {
	for _, evs := range [][]diagnose.Evidence{f.then[id].evidence, f.scene.evidence} {
		for _, e := range evs {
			if e.Element == id && e.Ratio >= namedRatio && e.Text != "" {
				return e.Text
			}
		}
	}
	return ""
}

// unsolved are the elements that the server names in the failure behind those that were peeled, when it named those,
// too: they are faults of the original request, and not of what was put in.
func (f *failure) unsolved() []diagnose.Evidence {
	for _, e := range f.peeled {
		if f.saidOf(e.Element) == "" || e.Element == "body" {
			return nil // in a body that was put in, what is missing was never there
		}
	}
	if len(f.peeled) == 0 {
		return nil
	}
	return slices.DeleteFunc(f.accused(), func(e diagnose.Evidence) bool {
		_, sent := f.original.Get(e.Element) // what is missed may be missed for what was put in
		return !sent || e.Missing || e.Cause == "" || caused(e, f.peeled) || within(f.peeled, e.Element)
	})
}

// names reports that an answer names an element. What the first one named, too, and is named again once the other complaint is
// gone, is one of two that were there from the beginning.
func (s scene) names(id diagnose.ElementID) bool {
	return slices.ContainsFunc(s.evidence, func(e diagnose.Evidence) bool { return e.Element == id && e.Ratio >= namedRatio })
}

// addBehind adds what is known of a second fault to a verdict on the first.
func (d *detective) addBehind(second []diagnose.Evidence) {
	if len(d.result.culprits) == 0 {
		return
	}
	first := d.result.culprits[0]
	for _, e := range second {
		if slices.ContainsFunc(d.result.culprits, func(c diagnose.Culprit) bool { return c.Element == e.Element }) {
			continue
		}
		c := diagnose.Culprit{Element: e.Element, Cause: e.Cause, Standing: diagnose.Named, Confidence: first.Confidence, Explanation: e.Text, Fix: e.Cause.Cause().Fix, Evidence: first.Evidence, With: first.With}
		if e.Ratio < outspoken && !d.first.names(e.Element) {
			c.Standing, c.Confidence = diagnose.Suspected, .5 // what was put in may have called for it
		}
		d.result.culprits = append(d.result.culprits, c)
		d.result.summary += " Behind it: " + sentence(e.Cause, e.Element, e.Text)
		d.board.mark(e.Element, false)
	}
}
