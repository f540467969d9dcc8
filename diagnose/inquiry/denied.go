package inquiry

import (
	"net/textproto"
	"slices"
	"strings"

	"golang.org/x/net/http/httpguts"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/request"
)

// deny takes a reading of the answer back that an experiment has refuted: what is said to be missing was put in, or what
// is said to be unknown was left out, and the answer x says so still, in the same words. Then it is missing somewhere else,
// or the words mean something else; they explain nothing here.
func (f *failure) deny(x *request.Exchange, edits []diagnose.Edit) {
	still := f.read(scene{index: f.scene.index, exchange: x}) // of the request as it was: what is there now is not missing
	for i, e := range f.scene.evidence {
		at := slices.IndexFunc(edits, func(c diagnose.Edit) bool { return c.Element == e.Element })
		if at < 0 || e.Element == "" || e.Ratio < namedRatio || !slices.ContainsFunc(still, func(s diagnose.Evidence) bool {
			return s.Element == e.Element && s.Cause == e.Cause && s.Text == e.Text
		}) {
			continue
		}
		put := edits[at].Op == diagnose.Add || edits[at].Op == diagnose.Set
		switch {
		case e.Missing && put && edits[at].To != "" && !notOnlyMissing(e.Text):
		case e.Cause == "unexpected_body_property" && edits[at].Op == diagnose.Remove:
		default:
			continue
		}
		if f.denied.Element == "" {
			f.denied = e
		}
		f.scene.evidence[i].Ratio = 1
	}
}

// notOnlyMissing reports words that say "missing" of what may be there and not liked.
func notOnlyMissing(text string) bool {
	low := strings.ToLower(text)
	return strings.Contains(low, "invalid") || strings.Contains(low, "not valid") || strings.Contains(low, "or empty") || strings.Contains(low, "or wrong") || strings.Contains(low, "incorrect")
}

// elsewhereTries is how many other places of a name are tried.
const elsewhereTries = 3

// otherPlaces puts what the answer misses, and misses still where it seemed to belong, where requests have such names too:
// the query, a header field, the body.
func (d *detective) otherPlaces(e diagnose.Evidence) progress {
	kind, _, named := e.Element.Cut()
	name := e.Element.Last()
	if !e.Missing || !named || name == "" || d.ladder.Stopped != "" || slices.ContainsFunc(d.accused(), func(o diagnose.Evidence) bool { return o.Element == e.Element }) {
		return nothing
	}
	repairs := d.repairsOf(e.Element)
	if len(repairs) == 0 {
		return nothing
	}
	dashed := textproto.CanonicalMIMEHeaderKey(strings.ReplaceAll(name, "_", "-"))
	places := []diagnose.ElementID{diagnose.ID("header", "X-"+dashed), diagnose.ID("query", name), diagnose.ID("header", dashed)}
	if short := habit.Short(name); short != "" {
		places = append([]diagnose.ElementID{diagnose.ID(kind, short)}, places...)
		if kind == "body" {
			places[0] = e.Element.Beside(short)
		}
	}
	if d.base.Body.Kind == request.FormBody {
		places = append(places, diagnose.ID("form", name))
	}
	tries := elsewhereTries
	for _, p := range places {
		if p.Is("header") && !httpguts.ValidHeaderFieldName(p.Name()) {
			continue // no field has such a name
		}
		if p == e.Element || p.Is(kind) && p.Last() == name && !p.Is("header") || strings.HasPrefix(p.Name(), "X-X-") {
			continue
		}
		if tries--; tries < 0 || d.ladder.Stopped != "" {
			break
		}
		edit := diagnose.Edit{Element: p, Op: diagnose.Add, To: element.Plain(added(repairs)), Source: "server", Weight: repairs[0].Weight, Why: "the server asks for it and does not say where it belongs"}
		if p := d.mend(edit); p != nothing {
			return p
		}
		if d.readThere(edit) {
			d.explain(byKind(p.Kind(), p.Name(), edit, d.scene.index), p, e.Text+"; put there it is read, and the value that was made up refused", certainty)
			return nothing
		}
	}
	return nothing
}

// readThere reports that the answer to a request with e in it speaks of what e put in, and no longer of what is missing: the
// place is right, and only a person knows the value.
func (a *asker) readThere(e diagnose.Edit) bool {
	r, err := element.Apply(a.base, []diagnose.Edit{e})
	m, sent := a.ladder.Sighted(r)
	return err == nil && sent && m.Outcome == diagnose.Other && slices.ContainsFunc(a.read(scene{index: element.Of(r), exchange: m.Exchange}), func(v diagnose.Evidence) bool {
		return v.Element == e.Element && !v.Missing && v.Ratio >= namedRatio
	})
}
