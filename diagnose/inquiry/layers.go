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
		return !sent || e.Missing || e.Ratio < outspoken || e.Cause == "" || caused(e, d.peeled) || within(d.peeled, e.Element)
	})
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
