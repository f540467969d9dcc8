package element

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/jsontext"
	"culprit/request/secret"
)

// Diff returns the edits that turn from into to, one for each element that differs, in the order of the
// search. Volatile elements and how the request is sent are left out.
func Diff(from, to request.Request) []diagnose.Edit {
	if elsewhere(from.Auth, to.Auth) {
		to = writtenOut(to)
	}
	a, b := Of(from), Of(to)
	var edits []diagnose.Edit
	add := func(id diagnose.ElementID, op diagnose.Op, v any) {
		edits = append(edits, diagnose.Edit{Element: id, Op: op, To: v, Source: "baseline", Weight: 1})
	}
	jsonBoth := a.json != nil && b.json != nil
	sameBody := from.Body.Kind == to.Body.Kind && (jsonBoth || a.json == nil && b.json == nil)
	diffOf(a, b, func(id diagnose.ElementID) bool { return !skip(id) && !id.InBody() }, add)
	switch {
	case jsonBoth:
		d := jsonDiff{a.text, b.text, add}
		d.nodes("", a.json, b.json)
	case a.xml != nil && b.xml != nil:
		edits = append(edits, markupDiff(a, b)...)
	case sameBody && from.Body.Kind != request.RawBody || sameBody && isForm(from) && isForm(to):
		n := len(edits)
		diffOf(a, b, isMember, add)
		if len(edits) == n && from.Body.Kind == request.RawBody && !bodyEqual(from.Body, to.Body) {
			add("body", diagnose.Set, to.Body) // a text that only its type calls a form has no members to differ in
		}
	case !bodyEqual(from.Body, to.Body):
		if to.Body.Kind == request.NoBody {
			add("body", diagnose.Remove, nil)
		} else {
			add("body", diagnose.Set, to.Body)
		}
	}
	return edits
}

// elsewhere reports an API key that the other request has in another place, or not at all: the element "auth" has a value
// and no place.
func elsewhere(from, to request.Auth) bool {
	same := from.Scheme == "apikey" && from.InQuery() == to.InQuery() && strings.EqualFold(from.Param("key"), to.Param("key"))
	return to.Scheme == "apikey" && to.Param("key") != "" && !same
}

// writtenOut is r with its API key as a field of the header or a parameter.
func writtenOut(r request.Request) request.Request {
	id := diagnose.ID("header", r.Auth.Param("key"))
	if r.Auth.InQuery() {
		id = diagnose.ID("query", r.Auth.Param("key"))
	}
	out := r.Clone()
	out.Auth = request.Auth{}
	if err := apply(&out, diagnose.Edit{Element: id, Op: diagnose.Add, To: r.Auth.Param("value")}); err != nil {
		return r
	}
	return out
}

func bodyEqual(a, b request.Body) bool {
	return a.Kind == b.Kind && a.Text == b.Text && a.Path == b.Path &&
		slices.Equal(a.Fields, b.Fields) && slices.Equal(a.Parts, b.Parts)
}

func isMember(id diagnose.ElementID) bool { return id.InBody() && id != "body" }

// skip leaves out path segments (url.path says it all) and what is volatile.
func skip(id diagnose.ElementID) bool {
	return id.IsSegment() || Volatile(id)
}

// diffOf adds the edits that turn those elements of a that count into those of b.
func diffOf(a, b *Index, counts func(diagnose.ElementID) bool, add func(diagnose.ElementID, diagnose.Op, any)) {
	for _, e := range a.Elements {
		if !counts(e.ID) {
			continue
		}
		other, ok := b.Get(e.ID)
		switch {
		case !ok:
			add(e.ID, diagnose.Remove, nil)
		case other.Text != e.Text:
			add(e.ID, diagnose.Set, other.Text)
		}
	}
	for _, e := range b.Elements {
		if _, ok := a.Get(e.ID); !ok && counts(e.ID) {
			add(e.ID, diagnose.Add, e.Text)
		}
	}
}

// texts are the values of a body in XML by their paths.
func (x *Index) texts() map[string]string {
	out := make(map[string]string, len(x.xml))
	for _, v := range x.xml {
		out[v.Path] = v.Text
	}
	return out
}

// markupDiff is value by value where that makes the one body of the other, else the whole body.
func markupDiff(a, b *Index) []diagnose.Edit {
	var edits []diagnose.Edit
	diffOf(a, b, isMember, func(id diagnose.ElementID, op diagnose.Op, v any) {
		if quoted, ok := v.(string); ok {
			v = jsontext.Unquote([]byte(quoted))
		}
		edits = append(edits, diagnose.Edit{Element: id, Op: op, To: v, Source: "baseline", Weight: 1})
	})
	if r, err := Apply(a.Request, edits); err == nil && maps.Equal(Of(r).texts(), b.texts()) {
		return edits
	}
	return []diagnose.Edit{{Element: "body", Op: diagnose.Set, To: b.Request.Body, Source: "baseline", Weight: 1}}
}

type jsonDiff struct {
	from, to string
	add      func(diagnose.ElementID, diagnose.Op, any)
}

func (d jsonDiff) nodes(pointer string, a, b *jsontext.Node) {
	id := diagnose.ID("body", pointer)
	raw := func() json.RawMessage { return json.RawMessage(d.to[b.Start:b.End]) }
	switch {
	case a.Kind != b.Kind && pointer == "":
		d.add("body", diagnose.Set, d.to)
	case a.Kind != b.Kind:
		d.add(id, diagnose.Set, raw())
	case a.Kind == jsontext.Object:
		d.objects(pointer, a, b)
	case a.Kind == jsontext.Array && len(a.Children) == 0 && len(b.Children) > 0 && pointer != "":
		d.add(id, diagnose.Set, raw()) // what is wrong with it is that it is empty: any one of the items may do
	case a.Kind == jsontext.Array:
		d.arrays(pointer, a, b)
	case d.from[a.Start:a.End] != d.to[b.Start:b.End]:
		d.add(id, diagnose.Set, raw())
	}
}

func (d jsonDiff) objects(pointer string, a, b *jsontext.Node) {
	before, after := a.Lookup(), b.Lookup()
	for _, c := range a.Children {
		p := pointer + "/" + jsontext.Token(c.Key)
		if other := after(c.Key); other != nil {
			d.nodes(p, c, other)
		} else {
			d.add(diagnose.ID("body", p), diagnose.Remove, nil)
		}
	}
	for _, c := range b.Children {
		if before(c.Key) == nil {
			d.add(diagnose.ID("body", pointer).Child(c.Key), diagnose.Add, json.RawMessage(d.to[c.Start:c.End]))
		}
	}
}

func (d jsonDiff) arrays(pointer string, a, b *jsontext.Node) {
	for i := range max(len(a.Children), len(b.Children)) {
		p := pointer + "/" + strconv.Itoa(i)
		switch {
		case i >= len(b.Children):
			d.add(diagnose.ID("body", p), diagnose.Remove, nil)
		case i >= len(a.Children):
			c := b.Children[i]
			d.add(diagnose.ID("body", p), diagnose.Add, json.RawMessage(d.to[c.Start:c.End]))
		default:
			d.nodes(p, a.Children[i], b.Children[i])
		}
	}
}

// Changes shows edits as before and after: what gets another name or another place is gone from the one and there in the
// other. Secret values are not masked here.
func Changes(x *Index, edits []diagnose.Edit) []diagnose.Change {
	changes := make([]diagnose.Change, 0, len(edits))
	for _, e := range edits {
		c := diagnose.Change{Element: e.Element}
		if el, ok := x.Get(e.Element); ok {
			c.From = &el.Text
		} else if e.Element == "url" { // its parts are the elements
			c.From = &x.Request.URL
		}
		if at := movedTo(e); at != "" && c.From != nil {
			changes = append(changes, c, diagnose.Change{Element: at, To: c.From})
			continue
		}
		if e.Op != diagnose.Remove {
			to := Shown(e)
			c.To = &to
		}
		changes = append(changes, c)
	}
	return changes
}

// movedTo is where an element is after an edit that gives it another name or place; "" for other edits.
func movedTo(e diagnose.Edit) diagnose.ElementID {
	to, _ := e.To.(string)
	switch {
	case to == "":
	case e.Op == diagnose.Move:
		return diagnose.ElementID(to)
	case e.Op == diagnose.Rename:
		if e.Element.Is("body") {
			return e.Element.Beside(to)
		}
		if kind, _, named := e.Element.Cut(); named {
			return diagnose.ID(kind, to)
		}
	}
	return ""
}

// Shown writes the new value of an edit as it will stand in the request.
func Shown(e diagnose.Edit) string {
	switch to := e.To.(type) {
	case nil:
		if e.Op == diagnose.Remove {
			return ""
		}
		return "null"
	case string:
		if e.Element.Is("body") && e.Op != diagnose.Rename && e.Op != diagnose.Move {
			return string(jsontext.Quote(to))
		}
		return to
	case request.Body:
		if to.Kind == request.RawBody {
			return to.Text
		}
		return string(to.Kind)
	default:
		return string(Raw(to))
	}
}

// Phrase is Phrase of an edit to x without its value where that is a credential too short to be found in a text.
func (x *Index) Phrase(e diagnose.Edit) string {
	to, ok := e.To.(string)
	if n, number := e.To.(json.Number); number {
		to, ok = n.String(), true
	}
	if raw, is := e.To.(json.RawMessage); is {
		to, ok = strings.Trim(string(raw), `"`), true
	}
	if !ok || to == "" || len(to) >= minDerived || e.Op != diagnose.Set && e.Op != diagnose.Add {
		return Phrase(e)
	}
	have, _ := x.Get(e.Element)
	name := e.Element.Last()
	if have.Secret || secret.Sensitive(name) || slices.ContainsFunc(x.Request.Secrets, func(s request.Secret) bool { return s.Value == to }) {
		e.To = secret.Mask(to)
	}
	return Phrase(e)
}

// Phrase says in one short line what an edit does: `body:/qty = 5`, `without header:Accept`.
func Phrase(e diagnose.Edit) string {
	switch e.Op {
	case diagnose.Remove:
		return "without " + string(e.Element)
	case diagnose.Rename:
		return fmt.Sprintf("%s renamed to %v", e.Element, e.To)
	case diagnose.Move:
		return fmt.Sprintf("%s moved to %v", e.Element, e.To)
	case diagnose.Add:
		return fmt.Sprintf("with %s = %s", e.Element, Shown(e))
	}
	return fmt.Sprintf("%s = %s", e.Element, Shown(e))
}
