package inquiry

import (
	"net/textproto"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/evidence"
	"culprit/diagnose/repair"
	"culprit/request"
	"culprit/request/jsontext"
	"culprit/request/secret"
)

// topics puts into the request what the words of the answer may be the names of, all at once: first as header fields and,
// where nothing is written, parameters, which most servers pass over when they do not know them; then as members of the
// body. What passes is narrowed down; an answer that names one of them has found its place.
func (d *detective) topics() progress {
	if st := d.oracle.exchange.Status(); d.pointsAnywhere() || st != 400 && st != 403 && st != 412 && st != 422 && st != 428 {
		return nothing
	}
	words := evidence.Topics(d.oracle.exchange, d.scene.index.Elements)
	if len(words) == 0 {
		return nothing
	}
	var outside, inside []diagnose.ElementID
	root, _ := d.scene.index.JSON()
	for _, w := range words {
		if secret.Sensitive(w) {
			continue // no credential is guessed
		}
		name := textproto.CanonicalMIMEHeaderKey(w)
		outside = append(outside, diagnose.ID("header", "X-"+name), diagnose.ID("header", "X-"+name+"-Id"))
		if d.base.Safe() {
			outside = append(outside, diagnose.ID("query", w), diagnose.ID("query", w+"_id"))
		} else if root != nil && root.Kind == jsontext.Object {
			inside = append(inside, diagnose.ID("body", "/"+w))
		}
	}
	if p := d.introduce(outside); p != nothing || len(inside) == 0 {
		return p
	}
	return d.introduce(inside)
}

// unheardOf is an element of the same place as id with a name that no API has.
func unheardOf(id diagnose.ElementID) diagnose.ElementID {
	switch kind := id.Kind(); kind {
	case "header":
		return "header:X-Zz-Unheard-Of"
	case "body":
		return "body:/zz_unheard_of"
	default:
		return diagnose.ID(kind, "zz_unheard_of")
	}
}

// pointsAnywhere reports that the answer speaks of something that the request has, however vaguely.
func (f *failure) pointsAnywhere() bool {
	return slices.ContainsFunc(f.scene.evidence, func(e diagnose.Evidence) bool {
		_, there := f.scene.index.Get(e.Element)
		return e.Ratio >= namedRatio && e.Element != "" || there && e.Element != "auth" && strings.HasPrefix(e.Source, "body")
	})
}

// introduce adds elements that are not there, with values that their names suggest, in one probe.
func (d *detective) introduce(ids []diagnose.ElementID) progress {
	var edits []diagnose.Edit
	for _, id := range ids {
		if _, ok := d.scene.index.Get(id); ok {
			continue
		}
		lacks := []diagnose.Evidence{{Kind: "text", Element: id, Missing: true, Ratio: namedRatio}}
		added := slices.DeleteFunc(repair.For(d.scene.index, lacks, nil, repair.Options{Now: d.Now}), func(e diagnose.Edit) bool { return e.Element != id || e.Op != diagnose.Add })
		if len(added) > 0 {
			e := added[0]
			e.Source, e.Cause, e.Why = "transform", "", "the answer speaks of it"
			edits = append(edits, e)
		}
	}
	if len(edits) == 0 || d.ladder.Stopped != "" {
		return nothing
	}
	x, out, n := d.vary(edits, diagnose.Repair, "what the answer speaks of, and the request does not have")
	switch out {
	case diagnose.Pass:
		return d.bisect(edits, x, n)
	case diagnose.Other:
		known := d.recognised(x, edits)
		return d.whichLeads(append(known, slices.DeleteFunc(edits, func(e diagnose.Edit) bool {
			return slices.ContainsFunc(known, func(k diagnose.Edit) bool { return k.Element == e.Element })
		})...), x)
	}
	return nothing
}

// whichLeads finds the one of a few additions that leads to the other failure that all of them led to. Where a name that no API
// has leads there as well, the server refuses what it does not know, and nothing is learned.
func (d *detective) whichLeads(edits []diagnose.Edit, all *request.Exchange) progress {
	for _, e := range edits[:min(len(edits), elsewhereTries)] {
		if d.ladder.Stopped != "" {
			break
		}
		x, out, n := d.vary([]diagnose.Edit{e}, diagnose.Bisect, "is it "+string(e.Element)+" that it speaks of?")
		switch {
		case out == diagnose.Pass:
			d.prove([]diagnose.Edit{e}, x, n, nil)
			return solved
		case out == diagnose.Other && x.Status() == all.Status():
			strange := diagnose.Edit{Element: unheardOf(e.Element), Op: diagnose.Add, To: e.To, Source: "contrast"}
			if y, same, _ := d.vary([]diagnose.Edit{strange}, diagnose.Control, "does a name that no API has change it, too?"); same == diagnose.Other && y.Status() == x.Status() {
				return nothing // anything that is added does: it says nothing of what it is called
			}
			d.peel([]diagnose.Edit{e}, x, n)
			kind, name, _ := e.Element.Cut()
			cause := byKind(kind, name, e, d.original)
			text := "the server speaks of it, and answers " + outcomeText(x) + " to one that was made up"
			d.conclude(diagnose.OutcomeExplained, sentence(cause, e.Element, text), diagnose.Culprit{
				Element: e.Element, Cause: cause, Standing: diagnose.Named, Confidence: .85, Explanation: text, Fix: cause.Cause().Fix, Evidence: d.oracle.fails, With: diagnose.Tally{Seen: 1, Tried: 1},
			})
			return deeper
		}
	}
	return nothing
}

// recognised returns the edits whose elements another answer names: those to look at first.
func (f *failure) recognised(x *request.Exchange, edits []diagnose.Edit) []diagnose.Edit {
	r, err := element.Apply(f.base, edits)
	if err != nil {
		return nil
	}
	after := f.read(scene{index: element.Of(r), exchange: x})
	return slices.DeleteFunc(slices.Clone(edits), func(e diagnose.Edit) bool {
		return !slices.ContainsFunc(after, func(v diagnose.Evidence) bool { return v.Element == e.Element && v.Ratio >= challenged })
	})
}
