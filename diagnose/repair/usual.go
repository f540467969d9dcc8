package repair

import (
	"encoding/json"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
)

// Usual returns an edit for each value that has a usual one by its name or type: small numbers, well-known codes,
// short texts. Identifiers and choices keep theirs. Many servers take all of them, and none of them is wrong by
// its form. They are meant to be tried together.
func Usual(x *element.Index, opt Options) []diagnose.Edit {
	g := &generator{x: x, opt: opt}
	return g.each(g.usualValue)
}

// moments writes every date and time as days, or as moments of RFC 3339.
func moments(x *element.Index, opt Options, days bool) []diagnose.Edit {
	g := &generator{x: x, opt: opt}
	return g.each(func(e diagnose.Element, kind string) (any, string, diagnose.CauseID) {
		text, ok := e.Value.(string)
		if !ok || kind == "header" || !habit.Datelike(text) && !habit.Good(text) || clock.MatchString(text) {
			return nil, "", ""
		}
		all, ok := habit.Moments(text)
		if !ok || len(all) == 0 {
			return nil, "", ""
		}
		if days {
			return all[0].Format("2006-01-02"), "as a day", "invalid_body_property_format"
		}
		return all[0].UTC().Format("2006-01-02T15:04:05Z"), "as a moment of RFC 3339", "invalid_body_property_format"
	})
}

// capitals writes every choice in capitals: the other habit of writing fixed words.
func capitals(x *element.Index, opt Options) []diagnose.Edit {
	g := &generator{x: x, opt: opt}
	return g.each(func(e diagnose.Element, kind string) (any, string, diagnose.CauseID) {
		text, ok := e.Value.(string)
		name := lastName(e.ID)
		if k := habit.Of(name); !ok || kind == "header" || k != habit.Word && k != habit.Order && !wordLike(name, text) || text == "" {
			return nil, "", ""
		}
		for _, c := range habit.Cases(text) {
			if c == strings.ToUpper(c) && c != strings.ToLower(text) {
				return c, "the word in another case", valueCauseID
			}
		}
		return nil, "", ""
	})
}

// usualValue is the usual value for one element; nil when it is fine as it is or a choice.
func (g *generator) usualValue(e diagnose.Element, kind string) (any, string, diagnose.CauseID) {
	name := lastName(e.ID)
	k := habit.Of(name)
	if kind == "header" {
		return nil, "", ""
	}
	if e.Text == "null" && k == habit.ID {
		return anyUUID, "a UUID instead of null", valueCauseID
	}
	if v, ok := e.Value.(string); ok && k == habit.Language && len(v) > 3 {
		return strings.ToLower(v[:2]), "the language without its region", formatCauseID
	}
	switch v := e.Value.(type) {
	case json.Number:
		if k == habit.ID || k == habit.UUID || k.Moment() {
			return nil, "", ""
		}
		if n, ok := g.usualNumber(name); ok {
			return n, "a usual value", valueCauseID
		}
		if f, err := v.Float64(); err != nil || f > largest {
			return nil, "", "" // a moment or a number of something, no size
		}
		return json.Number("1"), "a small number", valueCauseID
	case string:
		if v == "asc" || v == "desc" {
			return nil, "", "" // a direction, whatever it is of
		}
		if odd, _ := k.Odd(v, kind != "body"); odd == habit.Fine && k != habit.Free && k != habit.ID && k != habit.Code && k != habit.Zip && k != habit.Phone && v != "" && !k.Numeric() {
			return nil, "", "" // it looks as its name promises
		}
		if n, ok := habit.Number(v); ok && kind == "body" && k.Numeric() {
			return n, "as a number", typeCauseID
		}
		if k == habit.ID && kind == "body" && !habit.UUIDLike(v) {
			return anyUUID, "a UUID", formatCauseID
		}
		if n, ok := habit.Number(v); ok && kind != "body" && n.String() == v && k != habit.ID && !k.Moment() {
			if n, ok := g.usualNumber(name); ok {
				return n, "a usual value", valueCauseID
			}
			return "1", "a small number", valueCauseID
		}
		if s, ok := habit.WellKnown(name); ok {
			return s, "a well-known value", formatCauseID
		}
		if k != habit.Free && k != habit.ID && k != habit.Word && k != habit.Order && k != habit.List && k != habit.Code && !k.Moment() && (!k.Numeric() || kind != "body") {
			return habitSample(name, g), "a usual value", formatCauseID
		}
		if uuidLoose.MatchString(v) && !habit.UUIDLike(v) {
			return anyUUID, "a UUID", formatCauseID
		}
		if r := []rune(v); k == habit.Free && prose(name) && len(r) > 0 && len(r) < shortest {
			return v + " example", "a longer text", valueCauseID
		}
		if r := []rune(v); len(r) > 24 && (slices.Contains(r, ' ') || len(r) > 200) {
			return strings.TrimSpace(string(r[:10])), "cut short", valueCauseID
		}
	}
	return nil, "", ""
}

// pastYear is a year that births, films, cars and books have, and that is no future one.
const pastYear = "2000"

// usualNumber is a number that most servers take for a name that promises one.
func (g *generator) usualNumber(name string) (json.Number, bool) {
	k := habit.Of(name)
	if k == habit.Year && !slices.ContainsFunc(habit.Words(name), func(w string) bool { return strings.HasPrefix(w, "exp") }) {
		return pastYear, true
	}
	n, ok := k.Example(g.opt.Now).(json.Number)
	return n, ok && k != habit.Free
}

// habitSample is a usual value for a name: a well-known code, else an example of its kind.
func habitSample(name string, g *generator) any {
	if n, ok := g.usualNumber(name); ok {
		return n
	}
	if v, ok := habit.WellKnown(name); ok {
		return v
	}
	if habit.Of(name) == habit.Free {
		return plainExample(name)
	}
	return habit.Of(name).Example(g.opt.Now)
}

func first(forms []habit.Form) any {
	if len(forms) == 0 {
		return nil
	}
	return forms[0].Value
}

// Numbers writes every number that stands in quotes in the body as a number, but where the name promises digits as
// text: a class of mistakes that a program makes everywhere or nowhere (§8).
func Numbers(x *element.Index, opt Options) []diagnose.Edit {
	g := &generator{x: x, opt: opt}
	return g.each(func(e diagnose.Element, kind string) (any, string, diagnose.CauseID) {
		text, ok := e.Value.(string)
		if !ok || kind != "body" || habit.Of(lastName(e.ID)).Digits() || len(text) > 1 && text[0] == '0' && text[1] != '.' {
			return nil, "", ""
		}
		if n, ok := habit.Number(text); ok && n.String() == text {
			return n, "every quoted number as a number", typeCauseID
		}
		return nil, "", ""
	})
}

// Truths writes every word for yes or no in the body as true or false, when it is not certain from the name that a text
// is meant.
func Truths(x *element.Index, opt Options) []diagnose.Edit {
	g := &generator{x: x, opt: opt}
	return g.each(func(e diagnose.Element, kind string) (any, string, diagnose.CauseID) {
		text, ok := e.Value.(string)
		if b := habit.Truth(text); ok && kind == "body" && b != nil && len(text) > 1 {
			return *b, "every word for yes or no as true or false", typeCauseID
		}
		return nil, "", ""
	})
}
