package repair

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// tidyUp returns one edit for each value that could be written in a form which more servers take, and which hardly a
// server that took the old one refuses: words in lower case, codes without blanks, lists without repetition, names
// in the style of their siblings. They are meant to be tried together. For a request about which nothing is known.
func tidyUp(x *element.Index, opt Options) []diagnose.Edit {
	g := &generator{x: x, opt: opt}
	return g.each(g.tidied)
}

// Fine is Tidy without what may be meant as it is: dates, codes and lists in a form that is as usual, choices in
// capitals.
func Fine(x *element.Index, opt Options) []diagnose.Edit {
	l := &places{generator: &generator{x: x, opt: opt}}
	return slices.DeleteFunc(tidyUp(x, opt), func(e diagnose.Edit) bool { return l.tidyHarm(e) >= likelyFine })
}

// each asks for another value of every element that holds data, and leaves out what stands in the way of another.
func (g *generator) each(better func(e diagnose.Element, kind string) (any, string, diagnose.CauseID)) []diagnose.Edit {
	var out []diagnose.Edit
	var touched standing
	for _, e := range g.x.Elements {
		kind, ok := element.Kind(e)
		if !ok || e.Default || e.Secret && kind != "body" && kind != "form" || kind != "body" && kind != "form" && kind != "query" && kind != "header" {
			continue
		}
		v, why, cause := better(e, kind)
		if v == nil {
			continue
		}
		d := edit(e.ID, diagnose.Set, g.dressed(e.ID, v), .1, why)
		if name, rename := v.(renamed); rename {
			d = edit(e.ID, diagnose.Rename, string(name), .1, why)
		}
		d.Source, d.Cause, d.Weight = "transform", cause, 2
		switch kind {
		case "query":
			d.Cause = "invalid_request_parameter"
		case "header":
			d.Cause = "invalid_request_header"
		}
		if g.idle(d) || touched.clash(d.Element) {
			continue
		}
		touched.add(d.Element)
		out = append(out, d)
	}
	return out
}

// renamed is another name for an element.
type renamed string

const (
	valueCauseID  = diagnose.CauseID("invalid_body_property_value")
	formatCauseID = diagnose.CauseID("invalid_body_property_format")
	typeCauseID   = diagnose.CauseID("invalid_body_property_type")
)

// tidied is the tidier form of one value; nil when it is tidy.
func (g *generator) tidied(e diagnose.Element, kind string) (any, string, diagnose.CauseID) {
	name := lastName(e.ID)
	if kind == "header" {
		return g.tidyHeader(e, name)
	}
	if to := cmp.Or(g.siblingStyle(e), g.siblingCapital(e)); to != "" {
		return renamed(to), "a name in the style of the others", "unexpected_body_property"
	}
	if n, ok := g.asItems(e); ok {
		return n, "a number, as the other items are", typeCauseID
	}
	if v, why, cause := g.asOtherItems(e); v != nil {
		return v, why, cause
	}
	if v := g.asNamesakes(e); v != nil {
		return v, "of the type that the others of this name have", typeCauseID
	}
	switch v := e.Value.(type) {
	case string:
		return g.tidyText(e, name, v, kind)
	case bool:
		if !v && habit.Consent(name) {
			return true, "what has to be agreed to", valueCauseID
		}
	case json.RawMessage:
		return g.tidyList(e, name, v)
	case json.Number:
		if habit.Of(name) == habit.Bool && (v == "0" || v == "1") {
			return v == "1", "as true or false", typeCauseID
		}
	}
	if e.Text == "null" && kind == "body" {
		return g.forNull(e.ID, name), "a usual value instead of null", valueCauseID
	}
	return nil, "", ""
}

// forNull makes up a value where there is none. Most identifiers are numbers.
func (g *generator) forNull(id diagnose.ElementID, name string) any {
	if k := habit.Of(name); k == habit.ID || k == habit.Free && plainExample(name) == "test" {
		return json.Number("1")
	}
	return g.example(id, want{})
}

// tidyHeader brings the choices and numbers that people put into header fields of their own in order.
func (g *generator) tidyHeader(e diagnose.Element, name string) (any, string, diagnose.CauseID) {
	low := strings.ToLower(name)
	if bare := strings.ReplaceAll(strings.ToLower(strings.Trim(e.Text, "{}")), "-", ""); strings.HasSuffix(low, "-id") && unbroken.MatchString(bare) {
		if to := bare[:8] + "-" + bare[8:12] + "-" + bare[12:16] + "-" + bare[16:20] + "-" + bare[20:]; to != e.Text {
			return to, "a UUID as RFC 9562 writes it", ""
		}
	}
	switch {
	case strings.HasSuffix(low, "-id") && low != "x-tenant-id" && !habit.UUIDLike(e.Text):
		return anyUUID, "a number of the usual kind", ""
	case strings.HasPrefix(low, "x-") && spelt(e.Text) != "":
		return spelt(e.Text), "the number in digits", ""
	case strings.HasPrefix(low, "x-") && word.MatchString(e.Text) && strings.ToLower(e.Text) != e.Text:
		return strings.ToLower(e.Text), "the word in lower case", ""
	}
	return nil, "", ""
}

// unbroken is a UUID without its hyphens: the digits of its version and variant tell it from other hexadecimal text (RFC 9562 §4).
var unbroken = lazyre.New(`^[0-9a-f]{12}[1-8][0-9a-f]{3}[89ab][0-9a-f]{15}$`)

// spelt is a number that is written as a word, in digits; "" for any other text.
func spelt(v string) string {
	n, ok := habit.Spelled(v)
	if !ok {
		return ""
	}
	return n.String()
}
