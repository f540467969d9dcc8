package spec

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// maxFixes is how many values are proposed in place of one.
const maxFixes = 3

// A fix is a value that the schema takes in place of one that it does not.
type fix struct {
	value  any
	why    string
	weight float64
}

// fixes returns what v should be for a property called name, best first: what says the same in the documented
// form, then the nearest that is allowed, then one that is made up. Each of them is valid.
func (j *judge) fixes(s *openapi3.Schema, name string, v any) []fix {
	f := flat(s, 0)
	var out []fix
	put := func(v any, why string, weight float64) {
		if raw, ok := v.(json.RawMessage); ok {
			v, _ = decode(raw)
		}
		if len(out) < maxFixes && j.valid(s, v) && !slices.ContainsFunc(out, func(o fix) bool { return same(o.value, v) }) {
			out = append(out, fix{v, why, weight})
		}
	}
	for _, c := range j.converted(f, v) {
		put(c, "the same as "+asType(f), repair*1.5)
	}
	if t, ok := v.(string); ok {
		put(strings.TrimSpace(t), "without the spaces around it", repair*1.5)
		words := texts(f.Enum)
		if near := habit.Nearest(strings.TrimSpace(t), words); near != "" {
			put(near, "the nearest of the documented values", repair*1.5)
		}
		for _, c := range habit.Cases(t) {
			put(c, "the documented spelling", repair)
		}
		if f.MaxLength != nil {
			put(stretch(t, 0, f.MaxLength), "cut to the documented length", clamped)
		}
	}
	if n, ok := v.(json.Number); ok {
		if c, ok := j.clamp(f, n, f.Type.Is("integer")); ok {
			put(c, "moved to the documented range", clamped)
		}
	}
	if l, ok := v.([]any); ok {
		for _, c := range resized(f, l) {
			put(c, "the documented number of items", clamped)
		}
	}
	weight := clamped
	for _, e := range f.Enum {
		put(normal(e), "a documented value", weight)
		weight /= 2
	}
	put(j.sample(s, name), "a value that the document allows", clamped/2)
	return out
}

func asType(s *openapi3.Schema) string {
	if t := typeOf(s); t != "" {
		return an(t)
	}
	return "documented"
}

// converted says the same value in another type or format.
func (j *judge) converted(s *openapi3.Schema, v any) []any {
	var out []any
	switch v := v.(type) {
	case string:
		if n, ok := habit.Number(v); ok {
			out = append(out, n)
			if f, err := n.Float64(); err == nil && f == float64(int64(f)) {
				out = append(out, json.Number(strconv.FormatInt(int64(f), 10)))
			}
		}
		if b := habit.Truth(v); b != nil {
			out = append(out, *b)
		}
		if p, ok := decode([]byte(v)); ok && (kindOf(p) == "object" || kindOf(p) == "array") {
			out = append(out, p)
		}
		if s.Type.Is("array") {
			out = append(out, j.pieces(s, v)...)
		}
		out = append(out, j.reformed(s, v)...)
		out = append(out, []any{v})
	case json.Number:
		out = append(out, string(v))
		if f, err := v.Float64(); err == nil {
			out = append(out, json.Number(strconv.FormatFloat(f, 'f', 0, 64)), f != 0)
		}
		for _, k := range kindsOf(s.Format) {
			for _, f := range k.Forms(v, j.now) {
				out = append(out, f.Value)
			}
		}
		out = append(out, []any{v})
	case bool:
		out = append(out, strconv.FormatBool(v), []any{v})
		if v {
			out = append(out, json.Number("1"))
		} else {
			out = append(out, json.Number("0"))
		}
	case []any:
		if len(v) == 1 {
			out = append(out, v[0])
		}
	case map[string]any:
		out = append(out, []any{v})
		if len(v) == 1 {
			for _, only := range v {
				out = append(out, only)
			}
		}
	}
	return out
}

// pieces parts "a,b" into a list of what its items should be.
func (j *judge) pieces(s *openapi3.Schema, v string) []any {
	var list []any
	for p := range strings.SplitSeq(v, ",") {
		p = strings.TrimSpace(p)
		if s.Items != nil && s.Items.Value != nil {
			list = append(list, j.coerce(s.Items.Value, p))
		} else {
			list = append(list, p)
		}
	}
	return []any{list}
}

// kindsOf are the habits that know the forms of a format.
func kindsOf(format string) []habit.Kind {
	switch format {
	case "date":
		return []habit.Kind{habit.Date}
	case "date-time":
		return []habit.Kind{habit.DateTime}
	case "uuid":
		return []habit.Kind{habit.UUID}
	case "email":
		return []habit.Kind{habit.Email}
	case "uri", "url":
		return []habit.Kind{habit.URL}
	case "ipv4":
		return []habit.Kind{habit.IP}
	}
	return nil
}

// reformed writes a text in its documented format.
func (j *judge) reformed(s *openapi3.Schema, v string) []any {
	var out []any
	for _, k := range kindsOf(s.Format) {
		for _, f := range k.Forms(v, j.now) {
			if f.Sure {
				out = append(out, f.Value)
			}
		}
	}
	switch {
	case s.Format == "date" && len(v) > 10:
		out = append(out, v[:10]) // the date of a moment
	case s.Format == "date-time" && len(v) == 10:
		out = append(out, v+"T00:00:00Z")
	case s.Format == "date-time":
		out = append(out, strings.Replace(v, " ", "T", 1), v+"Z", strings.Replace(v, " ", "T", 1)+"Z")
	}
	if s.Pattern != "" {
		out = append(out, strings.ToUpper(v), strings.ToLower(v), spaces.ReplaceAllString(v, ""), punctuation.ReplaceAllString(v, ""))
	}
	return out
}

var punctuation = lazyre.New(`[\s._/-]+`)

// resized makes a list shorter, longer or free of repetitions.
func resized(s *openapi3.Schema, l []any) []any {
	var once []any
	for _, v := range l {
		if len(once) < 200 && !slices.ContainsFunc(once, func(o any) bool { return same(o, v) }) {
			once = append(once, v)
		}
	}
	out := []any{once}
	if s.MaxItems != nil && uint64(len(l)) > *s.MaxItems {
		out = append(out, l[:*s.MaxItems])
	}
	if n := uint64(len(l)); n > 0 && n < s.MinItems && s.MinItems <= 20 {
		longer := slices.Clone(l)
		for uint64(len(longer)) < s.MinItems {
			longer = append(longer, l[len(l)-1])
		}
		out = append(out, longer)
	}
	return out
}

// coerce reads a text as the schema has it: a parameter, a member of a form. A text that is not of the type
// stays a text.
func (j *judge) coerce(s *openapi3.Schema, v string) any {
	if s == nil {
		return v
	}
	var options []any
	if n, ok := decode([]byte(v)); ok && (kindOf(n) == "number" || kindOf(n) == "boolean" || kindOf(n) == "null") {
		options = append(options, n)
	}
	options = append(options, v)
	for _, o := range options {
		if j.valid(s, o) {
			return o
		}
	}
	// None is right: the one of the right type has the more telling problem.
	types := flat(s, 0).Type.Slice()
	for _, o := range options {
		k := kindOf(o)
		if slices.Contains(types, k) || k == "number" && slices.Contains(types, "integer") {
			return o
		}
	}
	return v
}
