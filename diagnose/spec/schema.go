package spec

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"culprit/diagnose/habit"
)

// A fault is what a value does wrong by its schema.
type fault int

const (
	absent   fault = iota // a required property
	foreign               // a property that is not allowed
	misnamed              // a property that is allowed, and a slip away from a declared one
	readOnly              // a property that only answers have
	badType
	badFormat
	badValue
)

// A problem is one departure of a value from its schema. The validator of kin-openapi gives sentences; this
// gives what a repair needs.
type problem struct {
	at       []string // tokens of the JSON pointer; for absent that of the property as it would be
	fault    fault
	schema   *openapi3.Schema // of the value, of the property for absent; nil for foreign ones
	value    any              // nil for absent
	text     string           // after "is": `documented as a number, and is a string`
	expected string
	allowed  []string
	ratio    float64
	near     string         // the declared name that was probably meant, the written one for absent; "" for none
	holder   map[string]any // the object that absent, foreign and misnamed are about
}

const (
	// maxSteps bounds all validations of one question, in schemas met: a step takes about a microsecond, and
	// recursive alternatives would go on for ever. A body of 10 000 members takes about 30 000.
	maxSteps = 200_000
	// maxProblems is how many are kept; nobody reads more, and the search takes fewer.
	maxProblems = 100
	// maxDepth bounds recursion into schemas, in validation and in samples.
	maxDepth = 48
)

// A checker validates a value as encoding/json decodes it with UseNumber.
type checker struct {
	out      []problem
	judge    *judge
	depth    int
	response bool // a body that the server sent: write-only in place of read-only
}

// A judge validates and makes up values for one question, and stops when that gets too expensive.
type judge struct {
	now    time.Time
	steps  int // schemas met so far
	values int // values made up so far
}

// problems validates v, as a part of a request.
func (j *judge) problems(s *openapi3.Schema, v any) []problem {
	c := checker{judge: j}
	c.value(s, v, nil)
	return c.out
}

// valid reports whether v has no fault that the document is certain of. What is too expensive to find out is not.
func (j *judge) valid(s *openapi3.Schema, v any) bool {
	return !slices.ContainsFunc(j.problems(s, v), problem.certain) && j.steps <= maxSteps
}

func (p problem) certain() bool { return p.fault != misnamed && p.fault != readOnly }

func (c *checker) add(p problem) {
	if len(c.out) < maxProblems {
		if p.ratio == 0 {
			p.ratio = certain
		}
		p.at = slices.Clone(p.at)
		c.out = append(c.out, p)
	}
}

// value validates v and what is in it.
func (c *checker) value(s *openapi3.Schema, v any, at []string) {
	c.apply(s, v, at)
	if o, ok := v.(map[string]any); ok && s != nil {
		c.names(s, o, at)
	}
}

// apply validates v against one schema, which may be one of several for the same value.
func (c *checker) apply(s *openapi3.Schema, v any, at []string) {
	c.judge.steps++
	if s == nil || c.depth > maxDepth || c.judge.steps > maxSteps {
		return
	}
	if s.Always != nil {
		if !*s.Always {
			c.add(problem{at: at, fault: badValue, value: v, text: "not allowed here"})
		}
		return
	}
	c.depth++
	defer func() { c.depth-- }()
	if v == nil && s.Nullable {
		return
	}
	if !c.typed(s, v, at) {
		return
	}
	switch v := v.(type) {
	case string:
		c.str(s, v, at)
	case json.Number:
		c.number(s, v, at)
	case []any:
		c.list(s, v, at)
	case map[string]any:
		c.object(s, v, at)
	}
	c.choice(s, v, at)
	c.combined(s, v, at)
}

// kindOf is the JSON type of a value.
func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	}
	return "number"
}

// an puts the article before a type.
func an(kind string) string {
	switch kind {
	case "null":
		return kind
	case "integer", "array", "object":
		return "an " + kind
	}
	return "a " + kind
}

// typed checks the type; when it is wrong, nothing else is worth saying.
func (c *checker) typed(s *openapi3.Schema, v any, at []string) bool {
	types := s.Type.Slice()
	if len(types) == 0 {
		return true
	}
	kind := kindOf(v)
	n, isNumber := v.(json.Number)
	for _, t := range types {
		if t == kind || t == "integer" && isNumber && whole(n) {
			return true
		}
	}
	expected := types[0]
	if expected == "null" && len(types) > 1 {
		expected = types[1]
	}
	p := problem{at: at, fault: badType, schema: s, value: v, expected: expected,
		text: "documented as " + an(expected) + ", and is " + an(kind)}
	if isNumber && expected == "integer" {
		p.text = "documented as an integer, and has a fraction"
	}
	if s.Format != "" && expected == "string" {
		p.expected = s.Format
	}
	p.allowed = texts(s.Enum)
	c.add(p)
	return false
}

// whole reports whether a number has no fraction: 1.0 has none (JSON Schema 2020-12, 6.1.1).
func whole(n json.Number) bool {
	if _, err := strconv.ParseInt(string(n), 10, 64); err == nil {
		return true
	}
	f, err := n.Float64()
	return err != nil || f == float64(int64(f)) || f > 1e15 || f < -1e15
}

// choice checks enum and const.
func (c *checker) choice(s *openapi3.Schema, v any, at []string) {
	options := s.Enum
	if s.Const != nil {
		options = []any{s.Const}
	}
	if len(options) == 0 || slices.ContainsFunc(options, func(o any) bool { return same(o, v) }) {
		return
	}
	allowed := texts(options)
	c.add(problem{at: at, fault: badValue, schema: s, value: v, allowed: allowed,
		text: "documented as one of " + shorten(strings.Join(allowed, ", "), 120)})
}

// texts writes values as a person would.
func texts(values []any) []string {
	var out []string
	for _, v := range values {
		if s, ok := v.(string); ok {
			out = append(out, s)
		} else if b, err := json.Marshal(v); err == nil {
			out = append(out, string(b))
		}
	}
	return out
}

// same compares two JSON values; 1 and 1.0 are the same.
func same(a, b any) bool {
	switch a := a.(type) {
	case []any:
		b, ok := b.([]any)
		return ok && slices.EqualFunc(a, b, same)
	case map[string]any:
		b, ok := b.(map[string]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for k, v := range a {
			if w, ok := b[k]; !ok || !same(v, w) {
				return false
			}
		}
		return true
	}
	x, okX := float(a)
	y, okY := float(b)
	if okX || okY {
		return okX && okY && x == y
	}
	return a == b // string, bool or nil: kinds that compare
}

func float(v any) (float64, bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case int64:
		return float64(v), true
	case int:
		return float64(v), true
	case json.Number:
		f, err := v.Float64()
		return f, err == nil
	}
	return 0, false
}

// combined checks allOf, anyOf, oneOf, not, if and what depends on a property.
func (c *checker) combined(s *openapi3.Schema, v any, at []string) {
	for _, r := range s.AllOf {
		c.apply(r.Value, v, at)
	}
	c.anyOf(s, s.AnyOf, v, at)
	c.anyOf(s, s.OneOf, v, at) // two that fit are the document's fault more often than the request's
	if s.Not != nil && s.Not.Value != nil && !s.Not.Value.IsEmpty() && len(c.try(s.Not.Value, v, at)) == 0 {
		c.add(problem{at: at, fault: badValue, schema: s, value: v, text: "of a kind that the document rules out", ratio: likely})
	}
	if s.If != nil {
		branch := s.Then
		if len(c.try(s.If.Value, v, at)) > 0 {
			branch = s.Else
		}
		if branch != nil {
			c.apply(branch.Value, v, at)
		}
	}
}

// try validates apart and returns what the document is certain of.
func (c *checker) try(s *openapi3.Schema, v any, at []string) []problem {
	t := checker{judge: c.judge, depth: c.depth, response: c.response}
	t.apply(s, v, at)
	return slices.DeleteFunc(t.out, func(p problem) bool { return !p.certain() })
}

// anyOf is satisfied by one branch; when none is, the nearest one tells what is wrong.
func (c *checker) anyOf(s *openapi3.Schema, branches openapi3.SchemaRefs, v any, at []string) {
	if len(branches) == 0 {
		return
	}
	var best []problem
	least := 1 << 20
	chosen := discriminated(s, branches, v)
	for _, b := range branches {
		if b == nil || chosen != nil && b != chosen {
			continue
		}
		found := c.try(b.Value, v, at)
		if len(found) == 0 {
			return
		}
		score := 0
		for _, p := range found {
			score++
			if len(p.at) == len(at) && p.fault == badType {
				score += 100 // another kind of value altogether
			}
			if p.fault == badValue && len(p.allowed) == 1 {
				score += 10 // a const tells branches apart
			}
		}
		if score < least {
			best, least = found, score
		}
	}
	for _, p := range best {
		c.add(p)
	}
}

// discriminated returns the branch that the discriminator names, nil when it names none.
func discriminated(s *openapi3.Schema, branches openapi3.SchemaRefs, v any) *openapi3.SchemaRef {
	o, ok := v.(map[string]any)
	if s.Discriminator == nil || !ok {
		return nil
	}
	name, _ := o[s.Discriminator.PropertyName].(string)
	if name == "" {
		return nil
	}
	ref := name
	if m, ok := s.Discriminator.Mapping[name]; ok {
		ref = m.Ref
	}
	for _, b := range branches {
		if b != nil && b.Ref != "" && (b.Ref == ref || strings.HasSuffix(b.Ref, "/"+ref)) {
			return b
		}
	}
	return nil
}

// names looks for properties that are allowed and yet a slip away from a declared one that is not there.
func (c *checker) names(s *openapi3.Schema, o map[string]any, at []string) {
	declared := properties(s)
	var free []string
	for name := range declared {
		if _, ok := o[name]; !ok {
			free = append(free, name)
		}
	}
	slices.Sort(free)
	for _, name := range sorted(o) {
		p, ok := declared[name]
		child := append(at, name)
		switch {
		case ok && !c.response && p != nil && p.ReadOnly:
			c.add(problem{at: child, fault: readOnly, schema: p, value: o[name], text: "documented as read-only: only answers have it", ratio: hint})
		case ok || slices.ContainsFunc(c.out, func(q problem) bool { return q.fault == foreign && slices.Equal(q.at, child) }):
		default:
			if near := habit.Nearest(name, free); near != "" && !c.response {
				c.add(problem{at: child, fault: misnamed, value: o[name], near: near, holder: o, ratio: likely,
					text: "not documented, and nearly " + quoted(near)})
			}
		}
	}
}
