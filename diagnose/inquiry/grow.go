package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
)

// rungs are the groups of elements in the order in which a request grows from the simplest one (§7.6): method
// and path alone, then credentials, negotiation, parameters, the body, other headers, cookies.
var rungs = []struct {
	name string
	has  func(e diagnose.Element) bool
}{
	{"the credentials", func(e diagnose.Element) bool { return e.ID == "auth" }},
	{"the usual headers", func(e diagnose.Element) bool { return e.Group == "header" && !e.Default }},
	{"the query", func(e diagnose.Element) bool { return e.Group == "query" }},
	{"the body", func(e diagnose.Element) bool { return e.ID == "body" }},
	{"the other headers", func(e diagnose.Element) bool { return e.Group == "header:custom" }},
	{"the cookies", func(e diagnose.Element) bool { return e.Group == "cookie" }},
}

// grow looks for the group with which the failure comes, from the simplest request upwards, by halves. A rung
// that passes hands what it left out to the bisection. It is for safe methods: a simpler request of another
// method may act.
func (d *detective) grow() progress {
	if !d.base.Safe() {
		return nothing
	}
	groups, names := d.groups()
	// Invariant: the request with groups[:lo] does not show the failure, the one with groups[:hi] does.
	lo, hi := -1, len(groups)
	for hi-lo > 1 {
		m := (lo + hi) / 2
		above := slices.Concat(groups[m:]...)
		if len(above) == 0 {
			break
		}
		x, out, n := d.vary(above, diagnose.Bisect, "the simplest request that may still fail: without "+strings.Join(names[m:], ", "))
		switch {
		case out == diagnose.Pass:
			return d.bisect(above, x, n)
		case out == diagnose.Same:
			hi = m
		case out == diagnose.Refused:
			return nothing
		default:
			lo = m
		}
	}
	if lo >= 0 && hi > 0 && hi <= len(names) {
		d.notes.finding(diagnose.Isolation, "the failure comes with "+names[hi-1])
		d.hint("the failure comes with " + names[hi-1] + ": look there first")
	}
	return nothing
}

// groups returns the removals that take each rung away, for the rungs that the request has.
func (f *failure) groups() (groups [][]diagnose.Edit, names []string) {
	elements := element.Of(f.base).Elements
	for _, r := range rungs {
		var edits []diagnose.Edit
		for _, e := range elements {
			if r.has(e) {
				edits = append(edits, diagnose.Edit{Element: e.ID, Op: diagnose.Remove, Source: "deletion", Weight: f.odds(e.ID), Why: "leave out " + r.name})
			}
		}
		if len(edits) > 0 {
			groups, names = append(groups, edits), append(names, r.name)
		}
	}
	return groups, names
}
