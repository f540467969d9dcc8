package inquiry

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/diagnose/ladder"
	"culprit/diagnose/repair"
	"culprit/request/jsontext"
	"culprit/request/lazyre"
)

// What the API shows of itself: the records that a read of the same path answers with look like what a write to it has to
// hold. A read is safe and needs no consent.

// records is how many of them are compared with at most, examined how many bytes of an answer are read for them.
const records, examined = 50, 1 << 18

// example reads the path that a write goes to, and keeps the records that look like its body.
func (a *asker) example() progress {
	root, _ := a.scene.index.JSON()
	if a.base.Safe() || a.examples != nil || root == nil || root.Kind != jsontext.Object || len(root.Children) < 2 || !a.readable() {
		return nothing
	}
	x, _, _ := a.send(reader(a.base), ladder.Probe{Kind: diagnose.Contrast, Step: diagnose.Endpoints}) // as it was answered
	if x == nil || x.Response() == nil {
		return nothing
	}
	text := x.Response().Body.Head(examined)
	tree, _ := jsontext.Parse(text)
	if tree == nil {
		return nothing
	}
	a.examples = []source{}
	tree.Walk(func(_ string, n *jsontext.Node) bool {
		if n.Kind != jsontext.Object || len(a.examples) == records {
			return n.Kind != jsontext.Object
		}
		shared := 0
		for _, c := range root.Children {
			if n.Child(c.Key) != nil {
				shared++
			}
		}
		if shared >= max(2, len(root.Children)/2) {
			a.examples = append(a.examples, source{n, string(text)})
			return false
		}
		return true
	})
	if len(a.examples) > 0 {
		a.notes.finding(diagnose.Endpoints, "the path can be read, and what it holds looks like the body that is refused: its values are tried")
	}
	return nothing
}

// fromExamples moves suspicion by the records that the API shows: what they have in a place is right there, what none of
// them has is hardly known, and what all of them have is missed.
func (a *asker) fromExamples(h *hunt) {
	root, _ := a.scene.index.JSON()
	if root == nil || len(a.examples) == 0 {
		return
	}
	for i := range h.places {
		pointer, ok := h.places[i].Element.In("body")
		shown, known := a.shown(pointer)
		e, sent := a.scene.index.Get(h.places[i].Element)
		switch _, container := e.Value.(json.RawMessage); {
		case !ok || !known:
			continue
		case !sent:
			h.places[i].Fault *= seenFine
		case len(shown) == 0: // no record has it
			h.places[i].Fault += unheard
			for j, c := range h.places[i].Changes {
				if c.Edit.Op == diagnose.Remove {
					h.places[i].Changes[j].Odds, h.places[i].Changes[j].Harm = .9, .2
				}
			}
		case container:
		case slices.Contains(shown, e.Text):
			h.places[i].Fault *= seenFine
		default:
			shownInstead(&h.places[i], e, shown)
		}
	}
	a.missed(h, "", root)
}

const (
	// unheard are the odds that a name is one too many which no record has, missed that one is missing which all have,
	// beside a single value to be wrong.
	unheard, missed = 1.0, 1.5
	// seenFine is how much less a value is suspected that a record has, seenOther how much more one of another type or
	// look than all of them have.
	seenFine, seenOther = .2, 4.0
	// copied is how many values of the records are tried in one place.
	copied = 3
)

// shown are the values, as JSON, that the records have at a pointer, the commonest first; known is false when none has what
// should hold them.
func (a *asker) shown(pointer string) (values []string, known bool) {
	count := map[string]int{}
	above := pointer[:max(0, strings.LastIndexByte(pointer, '/'))]
	for _, r := range a.examples {
		if holder := r.At(above); holder == nil || holder.Kind == jsontext.Array || len(holder.Children) == 0 {
			continue
		}
		known = true
		if n := r.At(pointer); n != nil && n.Kind != jsontext.Null {
			v := r.text(n)
			if count[v]++; count[v] == 1 {
				values = append(values, v)
			}
		}
	}
	slices.SortStableFunc(values, func(v, w string) int { return count[w] - count[v] })
	return values, known
}

// shownInstead tries what the records have in place of what is sent.
func shownInstead(p *repair.Place, e diagnose.Element, shown []string) {
	other := true
	for _, v := range shown {
		other = other && unlike(e.Text, v) > 1
	}
	name := e.ID.Last()
	if k := habit.Of(name); made.MatchString(name) || (k == habit.ID || k == habit.UUID) && !other {
		return // another one of them
	}
	if other {
		p.Fault = max(p.Fault, seenOther)
		for i := range p.Changes {
			p.Changes[i].Odds *= seenFine
		}
	}
	respelt := func(v string) bool { return strings.HasPrefix(e.Text, `"`) && bare(v) != "" && bare(v) == bare(e.Text) }
	slices.SortStableFunc(shown, func(v, w string) int { // the same in another spelling is what was meant
		switch {
		case respelt(v) == respelt(w):
			return 0
		case respelt(v):
			return -1
		}
		return 1
	})
	if respelt(shown[0]) {
		p.Fault = max(p.Fault, 2*seenOther)
	}
	var changes []repair.Change
	for i, v := range shown[:min(copied, len(shown))] {
		cause := diagnose.CauseID("invalid_body_property_value")
		if typeOf(v) != typeOf(e.Text) {
			cause = "invalid_body_property_type"
		} else if other && !respelt(v) {
			cause = "invalid_body_property_format"
		}
		c := diagnose.Edit{Element: e.ID, Op: diagnose.Set, To: decoded(v), Source: "sibling", Cause: cause, Why: "as in a record that the API shows"}
		p.Changes = slices.DeleteFunc(p.Changes, func(o repair.Change) bool { return o.Edit.Op == diagnose.Set && reflect.DeepEqual(o.Edit.To, c.To) })
		changes = append(changes, repair.Change{Edit: c, Odds: .8 / float64(i+1), Harm: .1})
	}
	p.Changes = append(changes, p.Changes...)
}

// missed adds the members that all records have and this object does not, but for those that a server makes itself.
func (a *asker) missed(h *hunt, pointer string, n *jsontext.Node) {
	for _, c := range n.Children {
		if c.Kind == jsontext.Object {
			a.missed(h, pointer+"/"+jsontext.Token(c.Key), c)
		}
	}
	first := a.examples[0].At(pointer)
	if first == nil || first.Kind != jsontext.Object {
		return
	}
	for _, m := range first.Children {
		at := pointer + "/" + jsontext.Token(m.Key)
		everywhere := !slices.ContainsFunc(a.examples, func(r source) bool { return r.At(pointer) != nil && r.At(at) == nil })
		if n.Child(m.Key) != nil || !everywhere || made.MatchString(m.Key) || m.Kind == jsontext.Null {
			continue
		}
		id := diagnose.ID("body", at)
		e := diagnose.Edit{Element: id, Op: diagnose.Add, To: decoded(a.examples[0].text(m)), Source: "sibling", Cause: "missing_body_property", Weight: 1, Why: "all records that the API shows have it"}
		h.places = slices.DeleteFunc(h.places, func(p repair.Place) bool { return p.Element == id })
		h.places = append(h.places, repair.Place{Element: id, Fault: missed, Changes: []repair.Change{{Edit: e, Odds: .95, Harm: .1}}})
	}
}

// made are names of members that servers make themselves.
var made = lazyre.New(`(?i)^(_.*|id|uuid|guid|url|uri|href|self|links|object|etag|rev(ision)?|version|.*_(url|link|href)|(created|updated|modified|inserted|deleted|edited)([_-]?(at|on|by|date|time))?|(node|object)_?id|.*_count)$`)

// decoded is a value as edits hold it: scalars as such, containers as JSON.
func decoded(raw string) any {
	switch typeOf(raw) {
	case '{', '[':
		return json.RawMessage(raw)
	case '"':
		return jsontext.Unquote([]byte(raw))
	case 't':
		return raw == "true"
	}
	return json.Number(raw)
}
