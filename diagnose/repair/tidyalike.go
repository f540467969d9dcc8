package repair

import (
	"encoding/json"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request/jsontext"
)

// What the values, the items and the names beside one say of it: the form that all others have.

// A namesake counts the members of one name by the type of their value.
type namesake struct{ numbers, texts, others int }

// countNamesakes counts the members of a JSON body by their last token.
func countNamesakes(all []diagnose.Element) map[string]namesake {
	out := map[string]namesake{}
	for _, e := range all {
		if !e.ID.Is("body") {
			continue
		}
		n := out[e.ID.Last()]
		switch e.Value.(type) {
		case json.Number:
			n.numbers++
		case string:
			n.texts++
		default:
			n.others++
		}
		out[e.ID.Last()] = n
	}
	return out
}

// asNamesakes writes a value in the type that all other members of the same name have, when they agree.
func (g *generator) asNamesakes(e diagnose.Element) any {
	if !e.ID.Is("body") || e.ID.IsItem() {
		return nil
	}
	if g.namesakes == nil {
		g.namesakes = countNamesakes(g.x.Elements)
	}
	n := g.namesakes[e.ID.Last()]
	if n.others > 0 {
		return nil
	}
	switch v := e.Value.(type) {
	case string:
		if n.numbers > 0 && n.texts == 1 {
			if to, ok := habit.Number(v); ok {
				return to
			}
			if n.numbers > 1 || !prose(e.ID.Last()) {
				return json.Number("1")
			}
		}
	case json.Number:
		if n.numbers == 1 && (n.texts > 1 || n.texts == 1 && prose(e.ID.Last())) { // of one each the name decides
			return v.String()
		}
	}
	return nil
}

// asItems writes the one text in a list of numbers as a number: the one that it spells, or that of another item.
func (g *generator) asItems(e diagnose.Element) (json.Number, bool) {
	text, ok := e.Value.(string)
	list, item := parent(e.ID)
	if !ok || !item {
		return "", false
	}
	var like json.Number
	numbers := 0
	for _, o := range g.x.Elements {
		if at, ok := parent(o.ID); !ok || at != list || o.ID == e.ID {
			continue
		}
		n, ok := o.Value.(json.Number)
		if !ok {
			return "", false
		}
		like, numbers = n, numbers+1
	}
	if numbers < 2 {
		return "", false
	}
	for _, read := range []func(string) (json.Number, bool){habit.Number, habit.Spelled} {
		if n, ok := read(text); ok {
			return n, true
		}
	}
	return like, true
}

// parent is the list that an item of the body lies in; ok is false for what is no item.
func parent(id diagnose.ElementID) (list string, ok bool) {
	pointer, ok := id.In("body")
	i := strings.LastIndexByte(pointer, '/')
	return pointer[:max(i, 0)], ok && i > 0 && digitsOnly.MatchString(pointer[i+1:])
}

// tidyList wraps an object where the name promises many, takes repetitions out, and writes all items in one type.
func (g *generator) tidyList(e diagnose.Element, name string, raw json.RawMessage) (any, string, diagnose.CauseID) {
	text := strings.TrimSpace(string(raw))
	if strings.HasPrefix(text, "{") {
		if plural(name) && !e.ID.IsItem() && !mapLike(name) {
			return json.RawMessage("[" + text + "]"), "as a list", typeCauseID
		}
		return nil, "", ""
	}
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) != nil || len(items) < 2 {
		return nil, "", ""
	}
	var once []json.RawMessage
	texts, changed := 0, false
	for _, it := range items {
		if it[0] == '"' {
			texts++
		}
		if slices.ContainsFunc(once, func(o json.RawMessage) bool { return string(o) == string(it) }) {
			changed = true
			continue
		}
		once = append(once, it)
	}
	if texts > 0 && texts < len(items) && (texts > 1 || len(items) == 2) { // one text among numbers is mended by itself
		for i, it := range once {
			if it[0] != '"' && it[0] != '{' && it[0] != '[' && string(it) != "null" {
				once[i], changed = json.RawMessage(jsontext.Quote(string(it))), true
			}
		}
	}
	if !changed {
		return nil, "", ""
	}
	b, err := json.Marshal(once)
	if err != nil {
		return nil, "", ""
	}
	return json.RawMessage(b), "every item once, all of one type", valueCauseID
}

// A manner is how the names of a request are written.
type manner struct {
	snake, camel int            // members of the body of more than one word, with a low line and without
	named, low   map[string]int // by kind of element: those with a name, and those of them that begin with a small letter
}

// written looks at all names of the request, once.
func (g *generator) written() *manner {
	if g.manner != nil {
		return g.manner
	}
	m := &manner{named: map[string]int{}, low: map[string]int{}}
	for _, e := range g.x.Elements {
		name, kind := lastName(e.ID), e.ID.Kind()
		if e.ID.Is("body") && len(habit.Words(name)) > 1 {
			if strings.Contains(name, "_") {
				m.snake++
			} else {
				m.camel++
			}
		}
		if e.ID.Is(kind) && name != "" && !e.ID.IsItem() {
			if m.named[kind]++; startsLow(name) {
				m.low[kind]++
			}
		}
	}
	g.manner = m
	return m
}

// siblingStyle is the name of a member in the style of the other members of the whole body, where it alone is
// written in another one.
func (g *generator) siblingStyle(e diagnose.Element) string {
	name := lastName(e.ID)
	w := habit.Words(name)
	if !e.ID.Is("body") || e.ID.IsItem() || len(w) < 2 {
		return ""
	}
	snake := strings.Contains(name, "_")
	same, other := g.written().snake, g.written().camel
	if !snake {
		same, other = other, same
	}
	if same > 1 || other < 2 { // it is one of the same
		return ""
	}
	if !snake {
		return habit.Snake.Join(w)
	}
	return habit.Camel.Join(w)
}

// siblingCapital is the name of a field with a capital letter, where all others have one: Twilio, and what Go writes by
// itself.
func (g *generator) siblingCapital(e diagnose.Element) string {
	kind := e.ID.Kind()
	name := lastName(e.ID)
	if name == "" || kind == "header" || kind == "cookie" || e.ID.IsItem() || !startsLow(name) {
		return ""
	}
	if m := g.written(); m.low[kind] > 1 || m.named[kind] < 3 { // it is one of them
		return ""
	}
	return habit.Capital(name)
}

func startsLow(name string) bool { return name[0] >= 'a' && name[0] <= 'z' }
