package lab

import (
	"encoding/json"
	"fmt"
	"math"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"culprit/request/lazyre"
)

// A shape is the JSON type that a rule asks for.
type shape string

const (
	anObject  shape = "object"
	anArray   shape = "array"
	aString   shape = "string"
	anInteger shape = "integer"
	aNumber   shape = "number"
	aBoolean  shape = "boolean"
)

// A rule says what a value may be. Zero fields ask for nothing.
type rule struct {
	shape    shape
	null     bool // null will do as well
	fields   []field
	open     bool    // other fields are let through
	items    *rule   // of an array
	low      float64 // of a number, when low < high
	high     float64
	shortest int // length of a string or an array
	longest  int // 0 for no limit
	choices  []string
	format   string // date, date-time, email, uuid, country, sku
	checks   []check
}

// A field is a member of an object.
type field struct {
	name string
	must bool
	rule rule
}

// A check is a rule about several fields of one object.
type check func(object map[string]any) (names []string, text string)

// A violation is one broken rule.
type violation struct {
	in       string // body, query, header, path
	path     []any  // names and indices
	kind     string // missing, unexpected, type, format, value, conflict, repeated
	expected string // "number", "date"
	allowed  []string
	text     string // "must be a number"
	got      any
}

func text(shortest, longest int) rule {
	return rule{shape: aString, shortest: shortest, longest: longest}
}
func oneOf(choices ...string) rule     { return rule{shape: aString, choices: choices} }
func formatted(format string) rule     { return rule{shape: aString, format: format} }
func whole(low, high float64) rule     { return rule{shape: anInteger, low: low, high: high} }
func number(low, high float64) rule    { return rule{shape: aNumber, low: low, high: high} }
func flag() rule                       { return rule{shape: aBoolean} }
func object(fields ...field) rule      { return rule{shape: anObject, fields: fields} }
func list(items rule, least int) rule  { return rule{shape: anArray, items: &items, shortest: least} }
func must(name string, r rule) field   { return field{name, true, r} }
func may(name string, r rule) field    { return field{name, false, r} }
func nullable(r rule) rule             { r.null = true; return r }
func checked(r rule, cs ...check) rule { r.checks = cs; return r }
func atMost(n int, r rule) rule        { r.longest = n; return r }
func fields(rs ...[]field) []field     { return slices.Concat(rs...) }
func (r rule) with(more ...field) rule { r.fields = fields(r.fields, more); return r }
func join(path []any, next any) []any  { return append(slices.Clone(path), next) }
func within(low, high, x float64) bool { return low >= high || (x >= low && x <= high) }
func plural(n int, one string) string {
	return fmt.Sprintf("%d %s%s", n, one, strings.Repeat("s", min(1, max(0, n-1))))
}
func article(noun string) string {
	return map[bool]string{true: "an ", false: "a "}[strings.ContainsAny(noun[:1], "aeiou")] + noun
}
func trimFloat(x float64) string     { return strconv.FormatFloat(x, 'f', -1, 64) }
func quoted(choices []string) string { return "'" + strings.Join(choices, "', '") + "'" }
func isInteger(x float64) bool       { return x == math.Trunc(x) && !math.IsInf(x, 0) }

// validate returns every rule that v breaks. v is what encoding/json makes of a document with UseNumber.
func (r rule) validate(in string, path []any, v any) []violation {
	if v == nil && r.null {
		return nil
	}
	broken := func(kind, expected, text string) []violation {
		return []violation{{in: in, path: path, kind: kind, expected: expected, allowed: r.choices, text: text, got: v}}
	}
	wrongType := func() []violation { return broken("type", string(r.shape), "must be "+article(string(r.shape))) }
	switch r.shape {
	case anObject:
		o, ok := v.(map[string]any)
		if !ok {
			return wrongType()
		}
		return r.object(in, path, o)
	case anArray:
		a, ok := v.([]any)
		if !ok {
			return wrongType()
		}
		return r.array(in, path, a)
	case aBoolean:
		if _, ok := v.(bool); !ok {
			return wrongType()
		}
	case anInteger, aNumber:
		n, ok := v.(json.Number)
		if !ok {
			return wrongType()
		}
		x, err := n.Float64()
		if err != nil || (r.shape == anInteger && !isInteger(x)) {
			return wrongType()
		}
		if !within(r.low, r.high, x) {
			return broken("value", "", fmt.Sprintf("must be between %s and %s", trimFloat(r.low), trimFloat(r.high)))
		}
	case aString:
		s, ok := v.(string)
		if !ok {
			return wrongType()
		}
		if kind, text := r.words(s); kind != "" {
			return broken(kind, r.format, text)
		}
	}
	return nil
}

// words returns the kind of violation of a string, "" for none.
func (r rule) words(s string) (kind, text string) {
	n := utf8.RuneCountInString(s)
	switch {
	case n < r.shortest:
		return "value", "must have at least " + plural(r.shortest, "character")
	case r.longest > 0 && n > r.longest:
		return "value", "must have at most " + plural(r.longest, "character")
	case len(r.choices) > 0 && !slices.Contains(r.choices, s):
		return "value", "must be one of " + quoted(r.choices)
	case r.format != "" && !conforms(r.format, s):
		return "format", "must be " + spoken(r.format)
	}
	return "", ""
}

var (
	uuidForm    = lazyre.New(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
	countryForm = lazyre.New(`^[A-Z]{2}$`)
	rowForm     = lazyre.New(`^[NS]-[0-9]{2}$`)
	skuForm     = lazyre.New(`^[A-Z]{2,4}-[0-9]{4}$`)
)

func conforms(format, s string) bool {
	switch format {
	case "date":
		_, err := time.Parse(time.DateOnly, s)
		return err == nil
	case "date-time":
		_, err := time.Parse(time.RFC3339, s)
		return err == nil
	case "email":
		a, err := mail.ParseAddress(s)
		return err == nil && a.Address == s
	case "uuid":
		return uuidForm.MatchString(s)
	case "country":
		return countryForm.MatchString(s)
	case "sku":
		return skuForm.MatchString(s)
	case "row":
		return rowForm.MatchString(s)
	}
	return true
}

func spoken(format string) string {
	switch format {
	case "date":
		return "a date (YYYY-MM-DD)"
	case "date-time":
		return "a date and time (RFC 3339)"
	case "email":
		return "an e-mail address"
	case "uuid":
		return "a UUID"
	case "country":
		return "a two-letter country code"
	}
	return "a valid " + format
}

func (r rule) array(in string, path []any, a []any) []violation {
	if len(a) < r.shortest {
		return []violation{{in: in, path: path, kind: "value", text: "must have at least " + plural(r.shortest, "item"), got: a}}
	}
	if r.longest > 0 && len(a) > r.longest {
		return []violation{{in: in, path: path, kind: "value", text: "must have at most " + plural(r.longest, "item"), got: a}}
	}
	var out []violation
	for i, v := range a {
		out = append(out, r.items.validate(in, join(path, i), v)...)
	}
	return out
}

func (r rule) object(in string, path []any, o map[string]any) []violation {
	var out []violation
	known := map[string]bool{}
	for _, f := range r.fields {
		known[f.name] = true
		v, there := o[f.name]
		switch {
		case there:
			out = append(out, f.rule.validate(in, join(path, f.name), v)...)
		case f.must:
			out = append(out, violation{in: in, path: join(path, f.name), kind: "missing", expected: string(f.rule.shape), text: "is required"})
		}
	}
	if !r.open {
		var extra []string
		for name := range o {
			if !known[name] {
				extra = append(extra, name)
			}
		}
		slices.Sort(extra)
		for _, name := range extra {
			out = append(out, violation{in: in, path: join(path, name), kind: "unexpected", text: "is not a known property", got: o[name]})
		}
	}
	if len(out) > 0 {
		return out // rules about several fields mean nothing before each of them is right
	}
	for _, c := range r.checks {
		if names, text := c(o); len(names) > 0 {
			for _, name := range names {
				out = append(out, violation{in: in, path: join(path, name), kind: "conflict", text: text, got: o[name]})
			}
		}
	}
	return out
}

// apart is a check that two fields are not given together.
func apart(a, b string) check {
	return func(o map[string]any) ([]string, string) {
		_, hasA := o[a]
		_, hasB := o[b]
		if hasA && hasB {
			return []string{a, b}, fmt.Sprintf("%s and %s cannot be combined", a, b)
		}
		return nil, ""
	}
}

// ordered is a check that one date or number is not above another.
func ordered(low, high string) check {
	return func(o map[string]any) ([]string, string) {
		a, okA := o[low].(string)
		b, okB := o[high].(string)
		if okA && okB && a > b {
			return []string{low, high}, fmt.Sprintf("%s must not be later than %s", low, high)
		}
		return nil, ""
	}
}
