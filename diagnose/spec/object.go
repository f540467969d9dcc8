package spec

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"culprit/diagnose/habit"
)

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// properties are the declared properties of an object, those of all its branches included.
func properties(s *openapi3.Schema) map[string]*openapi3.Schema {
	out := map[string]*openapi3.Schema{}
	gather(s, out, 0)
	return out
}

func gather(s *openapi3.Schema, out map[string]*openapi3.Schema, depth int) {
	if s == nil || depth > maxBranches {
		return
	}
	for name, p := range s.Properties {
		if p != nil && out[name] == nil {
			out[name] = p.Value
		}
	}
	for _, refs := range []openapi3.SchemaRefs{s.AllOf, s.AnyOf, s.OneOf, {s.Then, s.Else}} {
		for _, r := range refs {
			if r != nil {
				gather(r.Value, out, depth+1)
			}
		}
	}
}

// maxBranches is how deep branches of branches are followed for names.
const maxBranches = 6

// object checks the properties that one schema speaks of.
func (c *checker) object(s *openapi3.Schema, o map[string]any, at []string) {
	c.required(s, o, at)
	for _, name := range sorted(o) {
		child := append(at, name)
		known := false
		if p := s.Properties[name]; p != nil {
			known = true
			c.value(p.Value, o[name], child)
		}
		for pattern, p := range s.PatternProperties {
			if re, err := regexp.Compile(pattern); p != nil && (err != nil || re.MatchString(name)) {
				known = true
				c.value(p.Value, o[name], child)
			}
		}
		if known {
			continue
		}
		switch extra := s.AdditionalProperties; {
		case extra.Schema != nil:
			c.value(extra.Schema.Value, o[name], child)
		case extra.Has != nil && !*extra.Has, closed(s) && properties(s)[name] == nil:
			c.foreign(s, o, name, child)
		}
	}
	for _, name := range sorted(s.DependentRequired) {
		if _, ok := o[name]; ok {
			c.need(s, o, s.DependentRequired[name], at)
		}
	}
	for _, name := range sorted(s.DependentSchemas) {
		if _, ok := o[name]; ok && s.DependentSchemas[name] != nil {
			c.apply(s.DependentSchemas[name].Value, o, at)
		}
	}
	c.amount(s, "properties", len(o), s.MinProps, s.MaxProps, o, at)
}

// closed reports whether nothing beside the declared properties of all branches is allowed.
func closed(s *openapi3.Schema) bool {
	return s.UnevaluatedProperties.Has != nil && !*s.UnevaluatedProperties.Has
}

func (c *checker) foreign(s *openapi3.Schema, o map[string]any, name string, at []string) {
	var free []string
	for _, n := range sorted(properties(s)) {
		if _, ok := o[n]; !ok {
			free = append(free, n)
		}
	}
	p := problem{at: at, fault: foreign, value: o[name], holder: o, near: habit.Nearest(name, free),
		text: "not documented, and nothing but what is documented is allowed here", allowed: free}
	if p.near != "" {
		p.text = "not documented, and nearly " + quoted(p.near)
	}
	c.add(p)
}

func (c *checker) required(s *openapi3.Schema, o map[string]any, at []string) {
	c.need(s, o, s.Required, at)
}

// need records which of the names are absent, with the undocumented name that was perhaps meant to be one.
func (c *checker) need(s *openapi3.Schema, o map[string]any, names []string, at []string) {
	declared := properties(s)
	for _, name := range names {
		if _, ok := o[name]; ok {
			continue
		}
		p := declared[name]
		if p != nil && (p.ReadOnly && !c.response || p.WriteOnly && c.response) {
			continue // OpenAPI 3.0.3, Schema Object: required then concerns the other direction only
		}
		var strays []string
		for _, n := range sorted(o) {
			if _, ok := declared[n]; !ok {
				strays = append(strays, n)
			}
		}
		q := problem{at: append(at, name), fault: absent, schema: p, holder: o, near: habit.Nearest(name, strays), text: "documented as required, and absent"}
		if p != nil {
			q.expected, q.allowed = typeOf(p), texts(p.Enum)
		}
		c.add(q)
	}
}

// typeOf is what a value should be in one word: its format, else its type; "" when anything goes.
func typeOf(s *openapi3.Schema) string {
	types := s.Type.Slice()
	switch {
	case s.Format != "" && s.Type.Is("string"):
		return s.Format
	case len(types) > 0:
		return types[0]
	case len(s.AllOf) > 0 && s.AllOf[0] != nil && s.AllOf[0].Value != nil:
		return strings.Join(s.AllOf[0].Value.Type.Slice(), " or ")
	}
	return ""
}

func (c *checker) list(s *openapi3.Schema, l []any, at []string) {
	for k, v := range l {
		item := s.Items
		if k < len(s.PrefixItems) {
			item = s.PrefixItems[k]
		}
		if item != nil {
			c.value(item.Value, v, append(at, strconv.Itoa(k)))
		}
	}
	c.amount(s, "items", len(l), s.MinItems, s.MaxItems, l, at)
	// The work of finding twins grows with the square: long lists are left alone.
	if s.UniqueItems && len(l) <= 200 {
		for k, v := range l {
			if slices.ContainsFunc(l[:k], func(w any) bool { return same(v, w) }) {
				c.add(problem{at: at, fault: badValue, schema: s, value: l, text: "documented as a list without repetitions"})
				return
			}
		}
	}
}

// amount checks how many there are of something.
func (c *checker) amount(s *openapi3.Schema, what string, n int, least uint64, most *uint64, v any, at []string) {
	switch {
	case uint64(n) < least:
		c.add(problem{at: at, fault: badValue, schema: s, value: v, text: "documented with at least " + strconv.FormatUint(least, 10) + " " + what + ", and has " + strconv.Itoa(n)})
	case most != nil && uint64(n) > *most:
		c.add(problem{at: at, fault: badValue, schema: s, value: v, text: "documented with at most " + strconv.FormatUint(*most, 10) + " " + what + ", and has " + strconv.Itoa(n)})
	}
}
