package inquiry

import (
	"cmp"
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/diagnose/repair"
	"culprit/request/jsontext"
)

// descend looks inside of a container that the request passes without: usually one leaf in it is wrong, and the rest
// is as it should be. It returns nothing when no change of a leaf and no removal of a part passes, too; the container is
// then the culprit.
func (d *detective) descend(found []diagnose.Edit) progress {
	if len(found) == 1 && found[0].Op == diagnose.Rename {
		return d.misnamed(found[0])
	}
	if len(found) != 1 || found[0].Op != diagnose.Remove {
		return nothing
	}
	c, ok := d.scene.index.Get(found[0].Element)
	if !ok {
		return nothing
	}
	if raw, container := c.Value.(json.RawMessage); !container {
		if found[0].Source == "baseline" {
			return nothing // a request that works goes without it
		}
		if d.shorterPasses(c) {
			found[0].Cause, found[0].Weight = "request_header_too_large", 2*strong
			return nothing
		}
		if p := d.part(found); p != nothing {
			return p
		}
		if p := d.ofMany(c); p != nothing {
			return p
		}
		return d.otherValue(c)
	} else if len(raw) < 3 {
		return nothing
	}
	if p := d.ofOne(c); p != nothing {
		return p
	}
	if p := d.combineIn(c.ID, hopeful); p != nothing {
		return p
	}
	if found[0].Source != "baseline" {
		d.unknown = d.strange(c)
	}
	return nothing
}

// descendBehind looks inside of a container that is left out where the request needs other changes, too: with those made, the
// failure is that of the container alone.
func (d *detective) descendBehind(found []diagnose.Edit, at seen) progress {
	i := slices.IndexFunc(found, func(e diagnose.Edit) bool {
		c, ok := d.scene.index.Get(e.Element)
		raw, container := c.Value.(json.RawMessage)
		return ok && container && len(raw) > 2 && e.Op == diagnose.Remove && e.Source != "baseline"
	})
	if i < 0 || len(found) < 2 || d.ladder.Noise.Seen() || d.ladder.Stopped != "" {
		return nothing
	}
	others := slices.Delete(slices.Clone(found), i, i+1)
	x, out, n := d.vary(others, diagnose.Bisect, "what fails with the rest of it mended?")
	if out != diagnose.Same && out != diagnose.Other || x.Response() == nil {
		return nothing
	}
	d.peel(others, x, n)
	d.survey()
	if p := d.descend(found[i : i+1]); p != nothing {
		return p
	}
	d.prove(found[i:i+1], at.exchange, at.n, nil)
	return solved
}

// ofOne asks whether a container that the request passes without holds one value where the value itself belongs, or is one
// thing where a list of such things does.
func (d *detective) ofOne(c diagnose.Element) progress {
	raw, _ := c.Value.(json.RawMessage)
	if v, ok := repair.OnlyValue(raw); ok {
		edit := diagnose.Edit{Element: c.ID, Op: diagnose.Set, To: v, Source: "transform", Cause: "invalid_body_property_type", Weight: 1, Why: "the only value in it"}
		if p := d.try([]diagnose.Edit{edit}, diagnose.Repair, edit.Why); p != nothing {
			return p
		}
	}
	if raw[0] != '{' {
		return nothing
	}
	edit := diagnose.Edit{Element: c.ID, Op: diagnose.Set, To: json.RawMessage("[" + string(raw) + "]"), Source: "transform", Cause: "invalid_body_property_type", Weight: 1, Why: "a list of one"}
	return d.mend(edit)
}

// ofMany asks whether a text under a name in the plural, without which the request passes, belongs in a list.
func (d *detective) ofMany(c diagnose.Element) progress {
	_, text := c.Value.(string)
	if !text || !c.ID.Is("body") || !slices.ContainsFunc(d.scene.hits, func(h diagnose.Hit) bool { return h.Rule == "N28" && h.Element == c.ID }) {
		return nothing
	}
	return d.mend(diagnose.Edit{Element: c.ID, Op: diagnose.Set, To: json.RawMessage("[" + c.Text + "]"), Source: "transform", Cause: "invalid_body_property_type", Weight: 1, Why: "a list of one"})
}

// isItem reports the removal of one object of a list, of which the answer says no more than that it is not liked: one
// member of it is wrong, mostly.
func (f *failure) isItem(edits []diagnose.Edit) bool {
	if len(edits) != 1 || edits[0].Op != diagnose.Remove || !f.base.Reads() && (!f.Writes || f.Production) {
		return false
	}
	id := edits[0].Element
	e, ok := f.scene.index.Get(id)
	raw, container := e.Value.(json.RawMessage)
	return ok && container && strings.HasPrefix(string(raw), "{") && id.IsItem()
}

// inside looks into a container that the answer names without saying what is wrong with it: one value in it, mostly.
func (d *detective) inside() progress {
	if len(d.peeled) > 0 {
		return nothing // what was put in may be what it means
	}
	for _, e := range d.scene.evidence {
		c, ok := d.scene.index.Get(e.Element)
		if _, container := c.Value.(json.RawMessage); ok && container && e.Ratio >= anyEvidence && e.Ratio < namedRatio && e.Kind == "pointer" && !d.said.unchanged {
			return d.combineIn(e.Element, hopeless)
		}
	}
	return nothing
}

// coarse is the number of values in a container from which leaving all of it out says too little.
const coarse = 4

// tooCoarse concludes with a suspicion when a request passes without a whole container, and nothing inside it was found:
// something in it is wrong or missing from it, and the container is hardly what the server does not take.
func (d *detective) tooCoarse(edits []diagnose.Edit) bool {
	if len(edits) != 1 || edits[0].Op != diagnose.Remove || edits[0].Source != "deletion" || d.odds(edits[0].Element) >= strong {
		return false
	}
	id := edits[0].Element
	leaves := 0
	for _, e := range d.scene.index.Elements {
		if _, container := e.Value.(json.RawMessage); !container && e.ID.Within(id) {
			leaves++
		}
	}
	if leaves < coarse {
		return false
	}
	text := "The request passes without " + element.InWords(id) + ": something in it is not accepted, or missing from it. What it is was not found."
	d.notes.finding(diagnose.Isolation, text)
	cause := diagnose.CauseID("invalid_body_property_value")
	d.conclude(diagnose.OutcomeInconclusive, text, diagnose.Culprit{Element: id, Cause: cause, Standing: diagnose.Suspected, Confidence: .5, Explanation: text, Fix: cause.Cause().Fix})
	return true
}

// othersTried is how many other values are tried of a member that the request passes without.
const othersTried = 3

// worthOther are the odds below which another value is not tried there.
const worthOther = .1

// otherValue asks whether a member that the request passes without passes with another value, too. Then it is the value
// that the server does not take, and not the member. Where none passes, a name that no API has tells whether the
// server minds members that it does not know.
func (d *detective) otherValue(e diagnose.Element) progress {
	if d.odds(e.ID) >= namedRatio {
		return nothing // something said already what is wrong with it
	}
	places := repair.Places(d.scene.index, d.scene.repairs, repair.Options{Now: d.Now})
	i := slices.IndexFunc(places, func(p repair.Place) bool { return p.Element == e.ID })
	if i < 0 {
		return nothing
	}
	others := likeliest(places[i].Changes)
	if k := plainly(e); len(others) == 0 && k != habit.Free {
		usual := diagnose.Edit{Element: e.ID, Op: diagnose.Set, To: k.Example(d.Now), Source: "transform", Cause: "invalid_body_property_value", Why: "another value of its kind"}
		others = []repair.Change{{Edit: usual}}
	}
	for _, c := range others {
		if p := d.inBulk(round{[]diagnose.Edit{c.Edit}, c.Edit.Why}); p != nothing {
			return p
		}
	}
	if d.unknown = d.strange(e); d.unknown == strict {
		return d.respelt(e)
	}
	return nothing
}

// plainly is the kind of a value of the one form that its name promises, which hardly a check refuses, or of an address under
// any name; Free of others.
func plainly(e diagnose.Element) habit.Kind {
	k := habit.Of(e.ID.Last())
	if text, _ := e.Value.(string); k == habit.Free && strings.HasPrefix(text, "https://") {
		k = habit.URL
	}
	if odd, _ := k.Odd(e.Value, !e.ID.Is("body")); !k.Plain() || e.Text == "" || odd != habit.Fine {
		return habit.Free
	}
	return k
}

// respeltTried is how many other spellings of a fixed word are tried of a member that the request passes without.
const respeltTried = 5

// respelt asks whether a member that the request passes without passes with its word in another spelling. Where the server
// takes no member that it does not know, only that tells a word that is none of its choices from a member that it does not
// have.
func (d *detective) respelt(e diagnose.Element) progress {
	text, ok := e.Value.(string)
	if !ok || !data(e.ID) {
		return nothing
	}
	forms := repair.Respelt(text)
	for _, to := range forms[:min(respeltTried, len(forms))] {
		edit := diagnose.Edit{Element: e.ID, Op: diagnose.Set, To: to, Source: "transform", Cause: "invalid_body_property_value", Why: "the word in another spelling"}
		if e.ID.Is("query") {
			edit.Cause = "invalid_request_parameter"
		}
		if p := d.inBulk(round{[]diagnose.Edit{edit}, edit.Why}); p != nothing {
			return p
		}
	}
	return nothing
}

// likeliest are the other values that are worth a try, best first, the last of them of another type.
func likeliest(changes []repair.Change) []repair.Change {
	set := slices.DeleteFunc(slices.Clone(changes), func(c repair.Change) bool { return c.Edit.Op != diagnose.Set })
	slices.SortStableFunc(set, func(a, b repair.Change) int { return cmp.Compare(b.Odds, a.Odds) })
	out := slices.DeleteFunc(slices.Clone(set), func(c repair.Change) bool { return c.Odds < worthOther })
	out = out[:min(othersTried, len(out))]
	for _, c := range set {
		if c.Edit.Cause == "invalid_body_property_type" && !slices.ContainsFunc(out, func(o repair.Change) bool { return reflect.DeepEqual(o.Edit.To, c.Edit.To) }) {
			return append(out, c)
		}
	}
	return out
}

// A strictness is whether a server refuses members that it does not know; the zero value says nothing.
type strictness int

const (
	tolerant strictness = iota + 1
	strict
)

// strange asks for the strictness by giving a member that the request passes without a name that no API has.
func (a *asker) strange(e diagnose.Element) strictness {
	if !data(e.ID) && !e.ID.Is("header") || e.ID.Is("header") && !a.base.Safe() || !a.Writes && !a.base.Reads() {
		return 0
	}
	x, out, _ := a.vary([]diagnose.Edit{{Element: e.ID, Op: diagnose.Rename, To: "zz_unheard_of", Source: "contrast", Weight: 1}}, diagnose.Control, "is a name that no API has refused, too?")
	switch {
	case out == diagnose.Pass, out == diagnose.Other && x.Status() == 409: // what it makes is there already: it was read to its end
		return tolerant
	case out == diagnose.Other && x.Status()/100 == 4 && x.Status() != a.oracle.exchange.Status():
		return tolerant // one that it does not know is refused in another way than this one, which it knows
	case out == diagnose.Same:
		return strict
	}
	return 0
}

// misnamed asks whether a request that passes with another name for one of its values passes with any: then the server only
// overlooks what it does not know, and the value is at fault. It returns nothing when the name is.
func (d *detective) misnamed(e diagnose.Edit) progress {
	c, ok := d.scene.index.Get(e.Element)
	if !ok || e.Source == "server" || e.Source == "baseline" || d.strange(c) != tolerant {
		return nothing
	}
	without := []diagnose.Edit{{Element: e.Element, Op: diagnose.Remove, Source: "deletion", Weight: e.Weight}}
	x, out, n := d.vary(without, diagnose.Repair, "any name passes: without it?")
	if out != diagnose.Pass {
		return nothing
	}
	if p := d.descend(without); p != nothing {
		return p
	}
	d.unknown = tolerant
	d.prove(without, x, n, nil)
	return solved
}

// asItems turns removals of items that a known good request does not have into edits that make them like its first
// item: the request may be meant to have them, and only one of their members be wrong. nil when there are none.
func (f *failure) asItems(edits []diagnose.Edit, good *element.Index) []diagnose.Edit {
	root, src := f.scene.index.JSON()
	model, goodSrc := good.JSON()
	if root == nil || model == nil {
		return nil
	}
	var out []diagnose.Edit
	changed := false
	for _, e := range edits {
		pointer, ok := e.Element.In("body")
		i := strings.LastIndexByte(pointer, '/')
		if !ok || e.Op != diagnose.Remove || i < 1 {
			out = append(out, e)
			continue
		}
		item, list := root.At(pointer), model.At(pointer[:i])
		if item == nil || item.Kind != jsontext.Object || list == nil || list.Kind != jsontext.Array || len(list.Children) == 0 || list.Children[0].Kind != jsontext.Object {
			out = append(out, e)
			continue
		}
		changed = true
		for _, l := range like(pointer, source{item, src}, source{list.Children[0], goodSrc}) {
			l.Source = "baseline"
			out = append(out, l)
		}
	}
	if !changed {
		return nil
	}
	return out
}
