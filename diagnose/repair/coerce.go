package repair

import (
	"encoding/json"
	"math"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/request/jsontext"
	"culprit/request/lazyre"
)

// A form is a value to try with its harm.
type form struct {
	habit.Form
	harm float64
}

// coercions are the ways in which a value can become what the server wants, best first.
func (g *generator) coercions(el diagnose.Element, w want) []form {
	var out []form
	try := func(v any, odds, harm float64, why string) {
		out = append(out, form{habit.Form{Value: g.dressed(el.ID, v), Why: why, Odds: odds}, harm})
	}
	text, isText := el.Value.(string)
	for _, t := range w.types {
		switch t {
		case "number", "integer":
			n, ok := asNumber(el)
			if !ok {
				break
			}
			if f, err := n.Float64(); t == "integer" && err == nil && f != math.Trunc(f) {
				n = numberOf(math.Trunc(f))
			}
			try(bounded(n, w), 1, .05, "as a number")
		case "boolean":
			if b := habit.Truth(plain(el)); b != nil {
				try(*b, 1, .02, "as true or false")
			}
		case "string":
			if !isText && el.Text != "null" && !isContainer(el) {
				try(el.Text, 1, .05, "as text")
			}
		case "array":
			switch {
			case isText && json.Valid([]byte(text)) && strings.HasPrefix(strings.TrimSpace(text), "["):
				try(json.RawMessage(text), 1, .05, "the list that the text holds")
			case isText && habit.Of(lastName(el.ID)) == habit.List && strings.Contains(text, ","):
				for _, f := range habit.List.Forms(text, g.opt.Now) {
					try(f.Value, 1, .1, f.Why)
				}
			case isContainer(el) && fromZero(el) != nil:
				try(fromZero(el), 1, .05, "the list that its numbers count")
			case !strings.HasPrefix(el.Text, "[") && el.Text != "":
				try(json.RawMessage("["+rawOf(el)+"]"), 1, .05, "as a list")
			}
		case "object":
			switch {
			case isText && json.Valid([]byte(text)) && strings.HasPrefix(strings.TrimSpace(text), "{"):
				try(json.RawMessage(text), 1, .05, "the object that the text holds")
			case strings.HasPrefix(el.Text, "["):
				var items []json.RawMessage
				if json.Unmarshal([]byte(el.Text), &items) == nil && len(items) > 0 {
					try(items[0], 1, .1, "the first of the list")
				}
			}
		}
	}
	if strings.HasPrefix(el.Text, "[") && len(w.types) > 0 && w.types[0] != "array" && w.types[0] != "object" {
		var items []json.RawMessage
		if json.Unmarshal([]byte(el.Text), &items) == nil && len(items) > 0 {
			try(items[0], .9, .1, "the first of the list")
		}
	}
	if raw, ok := el.Value.(json.RawMessage); ok && strings.HasPrefix(el.Text, "{") && len(w.types) > 0 && w.types[0] != "array" && w.types[0] != "object" {
		if v, ok := OnlyValue(raw); ok {
			try(v, .9, .1, "the only value in it")
		}
	}
	if len(out) == 0 {
		out = g.clamped(el, w)
	}
	return out
}

// clamped brings numbers and text within the bounds that the server names (§8: 40, harm .05).
func (g *generator) clamped(el diagnose.Element, w want) []form {
	var out []form
	add := func(v any, why string) {
		out = append(out, form{habit.Form{Value: g.dressed(el.ID, v), Why: why, Odds: 1}, .05})
	}
	if n, ok := asNumber(el); ok && (w.min != nil || w.max != nil) {
		if b := bounded(n, w); b != n {
			if _, isText := el.Value.(string); isText && len(w.types) == 0 {
				add(b.String(), "within the bounds that the server names")
			}
			add(b, "within the bounds that the server names")
		}
	}
	text, isText := el.Value.(string)
	if !isText {
		if arr := jsonItems(el); arr != nil && w.length > 0 && len(arr) > w.length {
			b, err := json.Marshal(arr[:w.length])
			if err == nil {
				add(json.RawMessage(b), "as many as the server takes")
			}
		}
		return out
	}
	r := []rune(text)
	switch {
	case w.length > 0 && len(r) > w.length:
		add(string(r[:w.length]), "cut to the length that the server takes")
	case w.least > len(r):
		add(text+strings.Repeat("x", w.least-len(r)), "as long as the server wants it")
	case text == "" && w.empty:
		add(g.example(el.ID, w), "a usual value")
	}
	return out
}

func jsonItems(el diagnose.Element) []json.RawMessage {
	var items []json.RawMessage
	if raw, ok := el.Value.(json.RawMessage); ok && json.Unmarshal(raw, &items) == nil {
		return items
	}
	return nil
}

// bounded returns the number nearest to n that the bounds allow.
func bounded(n json.Number, w want) json.Number {
	f, err := n.Float64()
	if err != nil {
		return n
	}
	g := f
	if w.max != nil {
		g = math.Min(g, *w.max)
	}
	if w.min != nil {
		g = math.Max(g, *w.min)
	}
	if g == f {
		return n
	}
	return numberOf(g)
}

func asNumber(el diagnose.Element) (json.Number, bool) {
	switch v := el.Value.(type) {
	case json.Number:
		return v, true
	case string:
		return habit.Number(v)
	case bool:
		if v {
			return "1", true
		}
		return "0", true
	}
	return "", false
}

// plain is a scalar as text.
func plain(el diagnose.Element) string {
	if s, ok := el.Value.(string); ok {
		return s
	}
	return el.Text
}

// rawOf is a value as JSON.
func rawOf(el diagnose.Element) string {
	if s, ok := el.Value.(string); ok {
		return string(jsontext.Quote(s))
	}
	return el.Text
}

func isContainer(el diagnose.Element) bool {
	_, raw := el.Value.(json.RawMessage)
	return raw
}

// dressed writes a value as its place carries it: JSON in a body of JSON, text everywhere else.
func (g *generator) dressed(id diagnose.ElementID, v any) any {
	if id.Is("body") && g.x.XML() == nil {
		return v
	}
	return element.Plain(v)
}

// kindOf is what the server says about the form of a value, else what its name promises.
func kindOf(id diagnose.ElementID, w want) habit.Kind {
	named := habit.Of(lastName(id))
	if w.kind != habit.Free {
		if w.kind == habit.Date && named == habit.DateTime {
			return named
		}
		return w.kind
	}
	return named
}

// example makes up a value of the kind, type and bounds that are known.
func (g *generator) example(id diagnose.ElementID, w want) any {
	k := kindOf(id, w)
	v := k.Example(g.opt.Now)
	if len(w.types) > 0 {
		v = ofType(w.types[0], v)
	} else if k == habit.Free {
		v = plainExample(lastName(id))
	}
	if n, ok := v.(json.Number); ok {
		v = bounded(n, w)
	}
	if s, ok := v.(string); ok && w.least > len(s) {
		v = s + strings.Repeat("x", w.least-len(s))
	} else if ok && w.length > 0 && len(s) > w.length {
		v = s[:w.length]
	}
	return g.dressed(id, v)
}

// plainExample makes up text for names that promise no form.
func plainExample(name string) any {
	words := habit.Words(name)
	if len(words) == 0 {
		return "test"
	}
	if slices.Contains([]string{"max", "min", "num"}, words[0]) && len(words) > 1 {
		return json.Number("10") // max_tokens
	}
	switch words[len(words)-1] {
	case "name", "firstname", "lastname", "username", "title", "city", "street":
		return "Test"
	case "since", "skip":
		return json.Number("0")
	case "password":
		return "Passw0rd!example"
	case "items", "products", "entries", "values":
		return json.RawMessage("[]")
	case "address", "customer", "user", "metadata", "data", "attributes", "options", "settings":
		return json.RawMessage("{}")
	}
	return "test"
}

var digitsOnly = lazyre.New(`^-?[0-9]+$`)

// ofType brings an example into a JSON type.
func ofType(typ string, v any) any {
	switch typ {
	case "integer", "number":
		if n, ok := v.(json.Number); ok && (typ == "number" || digitsOnly.MatchString(n.String())) {
			return n
		}
		return json.Number("1")
	case "boolean":
		if b, ok := v.(bool); ok {
			return b
		}
		return true
	case "array":
		return json.RawMessage("[]")
	case "object":
		return json.RawMessage("{}")
	}
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return "test"
}

// lastName is the name of an element: the last key of a pointer, the name of a header or parameter.
func lastName(id diagnose.ElementID) string {
	kind, rest, ok := id.Cut()
	if !ok {
		return string(id)
	}
	if kind != "body" {
		name, _, _ := strings.Cut(rest, "#")
		return name
	}
	parts := jsontext.Split(rest)
	for i := len(parts) - 1; i >= 0; i-- {
		if !digitsOnly.MatchString(parts[i]) {
			return parts[i]
		}
	}
	return ""
}
