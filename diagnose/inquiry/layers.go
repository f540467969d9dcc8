package inquiry

import (
	"slices"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// remember keeps the failure at hand for the elements of edits: it was theirs, whatever is found behind it.
func (d *detective) remember(edits []diagnose.Edit, s scene) {
	if d.then == nil {
		d.then = map[diagnose.ElementID]scene{}
	}
	for _, e := range edits {
		d.then[e.Element] = s
	}
}

// composed are edits and those that were peeled before, one for an element: what was added as a guess and then changed as
// the server asked for is one thing that was missing.
func (d *detective) composed(edits []diagnose.Edit) []diagnose.Edit {
	all := slices.Concat(edits, d.peeled)
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
func (d *detective) unneeded(edits []diagnose.Edit, x *request.Exchange, n int) ([]diagnose.Edit, *request.Exchange, int) {
	for _, p := range slices.Clone(d.peeled) {
		sure := slices.ContainsFunc(d.then[p.Element].evidence, func(e diagnose.Evidence) bool { return e.Element == p.Element && e.Ratio >= outspoken })
		other := func(e diagnose.Edit) bool { return e.Element == p.Element }
		rest, others := slices.DeleteFunc(slices.Clone(d.peeled), other), slices.DeleteFunc(slices.Clone(edits), other)
		base, err := element.Apply(d.Request, rest)
		if err != nil || sure || len(rest) == len(d.peeled) || len(others) == 0 {
			continue
		}
		r, err := element.Apply(base, others)
		if err != nil {
			continue
		}
		pass, out, at := d.settle(r, probe{kind: diagnose.Confirm, step: diagnose.Isolation, edits: slices.Concat(rest, others), why: "is " + string(p.Element) + " needed, too?"})
		if out != diagnose.Pass {
			continue
		}
		d.base, d.peeled, d.oracle.fails = base, rest, nil
		edits, x, n = others, pass, at
		if len(rest) == 0 && d.first.exchange != nil {
			d.oracle.set(d.first.exchange, d.Request, 0)
		}
	}
	return edits, x, n
}

// alone keeps x, the failure of a request in which of all that was found only one edit is not made, for that one.
func (d *detective) alone(e diagnose.Edit, r request.Request, x *request.Exchange) {
	if x.Response() == nil {
		return
	}
	s := scene{index: element.Of(r), exchange: x, hits: d.scene.hits}
	s.evidence = d.read(s)
	d.remember([]diagnose.Edit{e}, s)
}

// causeThen is causeOf by the failure that was the element's own: of two faults, each has its answer.
func (d *detective) causeThen(e diagnose.Edit) diagnose.CauseID {
	s, ok := d.then[e.Element]
	if !ok {
		return d.causeOf(e)
	}
	now, x := d.scene, d.oracle.exchange
	d.scene, d.oracle.exchange = s, s.exchange
	cause := d.causeOf(e)
	d.scene, d.oracle.exchange = now, x
	return cause
}

// saidOf is what the server said of an element, in its own failure before the one at hand; "" for nothing.
func (d *detective) saidOf(id diagnose.ElementID) string {
	for _, evs := range [][]diagnose.Evidence{d.then[id].evidence, d.scene.evidence} {
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
func (d *detective) unsolved() []diagnose.Evidence {
	for _, e := range d.peeled {
		if d.saidOf(e.Element) == "" || e.Element == "body" {
			return nil // in a body that was put in, what is missing was never there
		}
	}
	if len(d.peeled) == 0 {
		return nil
	}
	return slices.DeleteFunc(d.accused(), func(e diagnose.Evidence) bool {
		_, sent := d.original.Get(e.Element) // what is missed may be missed for what was put in
		return !sent || e.Missing || e.Ratio < outspoken && !d.saidAtFirst(e.Element) || e.Cause == "" || caused(e, d.peeled) || within(d.peeled, e.Element)
	})
}

// saidAtFirst reports that the first answer named an element, too: what is named again once the other complaint is gone is
// one of two that were there from the beginning.
func (d *detective) saidAtFirst(id diagnose.ElementID) bool {
	return slices.ContainsFunc(d.first.evidence, func(e diagnose.Evidence) bool { return e.Element == id && e.Ratio >= namedRatio })
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
		d.result.culprits = append(d.result.culprits, c)
		d.result.summary += " Behind it: " + sentence(e.Cause, e.Element, e.Text)
		d.board.mark(e.Element, false)
	}
}
