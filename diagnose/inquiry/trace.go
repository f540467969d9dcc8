package inquiry

import (
	"encoding/json"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/repair"
)

// worthTracing is the number of members from which halving them costs less than leaving them out one by one.
const worthTracing = 5

// trace halves the members of a body whose refusal says nothing, and is not the only one that the server has: "failed to
// read the request" before "invalid content". The member is looked for without which the first becomes the other.
func (d *detective) trace() progress {
	root, _ := d.scene.index.JSON()
	if s := d.oracle.exchange.Status(); s != 400 && s != 422 || root == nil || len(d.peeled) > 0 || d.said.unchanged || len(d.accused()) > 0 || d.wordless() || !d.Writes && !d.base.Safe() {
		return nothing
	}
	var members []diagnose.Edit
	for _, e := range d.scene.index.Elements {
		if e.ID.Is("body") && e.ID.Place() == "body:/" && e.ID.Last() != "" {
			members = append(members, diagnose.Edit{Element: e.ID, Op: diagnose.Remove, Source: "deletion", Cause: "invalid_body_property_value", Why: "without it"})
		}
	}
	if len(members) < worthTracing {
		return nothing
	}
	if said, opaque := d.empty(); opaque || slices.ContainsFunc(said, func(e diagnose.Evidence) bool { return e.Missing && e.Ratio >= namedRatio }) {
		return nothing // it says what it misses, and would say what it refuses
	}
	// Invariant: without members[lo:] another failure is answered, without members[hi:] the same.
	lo, hi := 0, len(members)
	for hi-lo > 1 {
		m := (lo + hi) / 2
		x, out, n := d.vary(members[m:], diagnose.Bisect, "does it fail in the same way without the members from here on?")
		switch out {
		case diagnose.Pass:
			return d.bisect(members[m:], x, n)
		case diagnose.Same:
			hi = m
		case diagnose.Other:
			lo = m
		default:
			return nothing
		}
	}
	return d.stumbles(members[lo])
}

// stumbles looks at a member without which the failure becomes another one: it is left out, given other values, or looked
// into.
func (d *detective) stumbles(without diagnose.Edit) progress {
	x, out, n := d.vary([]diagnose.Edit{without}, diagnose.Deletion, "does it fail in another way without "+element.InWords(without.Element)+"?")
	switch {
	case out == diagnose.Pass:
		if p := d.descend([]diagnose.Edit{without}); p != nothing {
			return p
		}
		d.prove([]diagnose.Edit{without}, x, n, nil)
		return solved
	case out != diagnose.Other || d.missesOne(x, []diagnose.Edit{without}):
		return nothing
	}
	if e, _ := d.scene.index.Get(without.Element); e.Value != nil {
		if _, container := e.Value.(json.RawMessage); container {
			return d.combineIn(without.Element, hopeless)
		}
	}
	h := d.hunt("", nil)
	i := slices.IndexFunc(h.places, func(p repair.Place) bool { return p.Element == without.Element })
	if i < 0 {
		return nothing
	}
	for _, c := range valuesOf(h.places[i].Changes) {
		if p := d.inBulk(round{[]diagnose.Edit{c.Edit}, c.Edit.Why}); p != nothing {
			return p
		}
	}
	return nothing
}

// worded is the number of words from which an answer says more than its status.
const worded = 3

// wordless reports an answer that has no words, or none but those of its status (RFC 9110 §15).
func (f *failure) wordless() bool {
	r := f.oracle.exchange.Response()
	if r == nil {
		return true
	}
	text := strings.ToLower(string(r.Body.Head(1 << 10)))
	for _, phrase := range []string{"bad request", "unprocessable entity", "unprocessable content"} {
		text = strings.ReplaceAll(text, phrase, "")
	}
	return len(strings.Fields(text)) < worded
}
