package spec

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"culprit/diagnose/habit"
)

// maxSampled bounds the values made up for one question: a recursive schema with wide objects would grow without
// end.
const maxSampled = 5000

// sample makes a value for a property called name: what the document gives as an example first.
func (j *judge) sample(s *openapi3.Schema, name string) any { return j.value(s, name, nil, false, 0) }

// value makes a value. When there is one in the original request, what the schema takes of it is kept.
func (j *judge) value(s *openapi3.Schema, name string, original any, given bool, depth int) any {
	j.values++
	if s == nil {
		if given {
			return original
		}
		return habit.Of(name).Example(j.now)
	}
	if depth > maxDepth || j.values > maxSampled {
		return nil
	}
	f := flat(s, 0)
	if given && kindOf(original) != "object" && kindOf(original) != "array" && j.valid(s, original) {
		return original
	}
	_, isObject := original.(map[string]any)
	_, isList := original.([]any)
	if !isObject && !isList {
		if v, ok := j.documented(s, f); ok {
			return v
		}
	}
	branches := append(append(openapi3.SchemaRefs{}, f.OneOf...), f.AnyOf...)
	var first any
	for k, b := range branches {
		if b == nil || b.Value == nil || j.values > maxSampled {
			continue
		}
		g := *f
		g.OneOf, g.AnyOf = nil, nil
		overlay(&g, flat(b.Value, 0))
		v := j.plain(&g, name, original, depth)
		discriminate(f, b, v)
		if j.valid(s, v) {
			return v
		}
		if k == 0 {
			first = v
		}
	}
	if len(branches) > 0 {
		return first
	}
	return j.plain(f, name, original, depth)
}

// documented is a value that the document itself gives.
func (j *judge) documented(s, f *openapi3.Schema) (any, bool) {
	options := []any{f.Const, f.Example}
	options = append(options, f.Examples...)
	options = append(options, f.Default)
	options = append(options, f.Enum...)
	for _, o := range options {
		if v := normal(o); v != nil && j.valid(s, v) {
			return v, true
		}
	}
	return nil, false
}

// normal makes of a value of the document one as encoding/json decodes it with UseNumber.
func normal(v any) any {
	b, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	n, _ := decode(b)
	return n
}

// decode reads one JSON value with the spelling of its numbers.
func decode(b []byte) (any, bool) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return nil, false
	}
	return v, !d.More()
}

// flat is a schema with its allOf put into it.
func flat(s *openapi3.Schema, depth int) *openapi3.Schema {
	if len(s.AllOf) == 0 {
		return s
	}
	f := *s
	f.AllOf = nil
	for _, r := range s.AllOf {
		if r != nil && r.Value != nil && depth < maxBranches {
			overlay(&f, flat(r.Value, depth+1))
		}
	}
	return &f
}

// overlay puts the demands of from into to, where to has none of its own.
func overlay(to, from *openapi3.Schema) {
	if to.Type == nil {
		to.Type = from.Type
	}
	to.Required = append(append([]string(nil), to.Required...), from.Required...)
	all := openapi3.Schemas{}
	for _, p := range []openapi3.Schemas{from.Properties, to.Properties} {
		for n, r := range p {
			all[n] = r
		}
	}
	to.Properties = all
	set(&to.Format, from.Format)
	set(&to.Pattern, from.Pattern)
	ptr(&to.Min, from.Min)
	ptr(&to.Max, from.Max)
	ptr(&to.MultipleOf, from.MultipleOf)
	ptr(&to.MaxLength, from.MaxLength)
	ptr(&to.MaxItems, from.MaxItems)
	ptr(&to.Items, from.Items)
	to.MinLength, to.MinItems = max(to.MinLength, from.MinLength), max(to.MinItems, from.MinItems)
	if !to.ExclusiveMin.IsSet() {
		to.ExclusiveMin = from.ExclusiveMin
	}
	if !to.ExclusiveMax.IsSet() {
		to.ExclusiveMax = from.ExclusiveMax
	}
	for _, v := range []struct{ to, from *any }{{&to.Const, &from.Const}, {&to.Example, &from.Example}, {&to.Default, &from.Default}} {
		if *v.to == nil {
			*v.to = *v.from
		}
	}
	if len(to.Enum) == 0 {
		to.Enum = from.Enum
	}
	if len(to.OneOf) == 0 && len(to.AnyOf) == 0 {
		to.OneOf, to.AnyOf, to.Discriminator = from.OneOf, from.AnyOf, from.Discriminator
	}
}

func set(to *string, from string) {
	if *to == "" {
		*to = from
	}
}

func ptr[T any](to **T, from *T) {
	if *to == nil {
		*to = from
	}
}

// discriminate writes the name of a branch into the property that tells branches apart.
func discriminate(s *openapi3.Schema, branch *openapi3.SchemaRef, v any) {
	o, ok := v.(map[string]any)
	if s.Discriminator == nil || !ok || branch.Ref == "" {
		return
	}
	name := branch.Ref[strings.LastIndexByte(branch.Ref, '/')+1:]
	for _, n := range sorted(s.Discriminator.Mapping) {
		if s.Discriminator.Mapping[n].Ref == branch.Ref {
			name = n
			break
		}
	}
	o[s.Discriminator.PropertyName] = name
}

// plain makes a value for a schema without allOf and branches.
func (j *judge) plain(s *openapi3.Schema, name string, original any, depth int) any {
	kind := "string"
	switch types := s.Type.Slice(); {
	case len(types) > 0:
		kind = types[0]
		if kind == "null" && len(types) > 1 {
			kind = types[1]
		}
	case len(s.Properties) > 0 || len(s.Required) > 0:
		kind = "object"
	case s.Items != nil:
		kind = "array"
	}
	switch kind {
	case "object":
		from, _ := original.(map[string]any)
		return j.object(s, from, depth)
	case "array":
		from, _ := original.([]any)
		return j.list(s, name, from, depth)
	case "boolean":
		return true
	case "null":
		return nil
	case "number", "integer":
		return j.numberFor(s, name, kind == "integer")
	}
	return j.textFor(s, name)
}

func (j *judge) object(s *openapi3.Schema, from map[string]any, depth int) any {
	out := map[string]any{}
	for _, name := range s.Required {
		var p *openapi3.Schema
		if r := s.Properties[name]; r != nil {
			p = r.Value
		}
		if p != nil && p.ReadOnly {
			continue
		}
		v, given := from[name]
		if !given && depth >= maxDepth/2 {
			continue // it contains itself: what is left out is refused, but it ends
		}
		out[name] = j.value(p, name, v, given, depth+1)
	}
	return out
}

// list makes as many items as are required. One that may be empty gets one too: empty lists are refused often,
// whatever the document says.
func (j *judge) list(s *openapi3.Schema, name string, from []any, depth int) any {
	n := int(min(max(s.MinItems, 1), 20))
	if s.MaxItems != nil && *s.MaxItems == 0 || depth >= maxDepth/2 {
		n = int(min(s.MinItems, 20))
	}
	out := []any{}
	for k := range n {
		item := s.Items
		if k < len(s.PrefixItems) {
			item = s.PrefixItems[k]
		}
		var is *openapi3.Schema
		if item != nil {
			is = item.Value
		}
		var v any
		if k < len(from) {
			v = from[k]
		}
		out = append(out, j.value(is, strings.TrimSuffix(name, "s"), v, k < len(from), depth+1))
	}
	return out
}

// numberFor makes a number: what the name promises, moved into the range.
func (j *judge) numberFor(s *openapi3.Schema, name string, integer bool) any {
	n := json.Number("1")
	if e, ok := habit.Of(name).Example(j.now).(json.Number); ok {
		n = e
	}
	if v, ok := j.clamp(s, n, integer); ok {
		return v
	}
	return n
}

// clamp moves a number to the nearest that is in range and a multiple. ok is false when there is none.
func (j *judge) clamp(s *openapi3.Schema, n json.Number, integer bool) (json.Number, bool) {
	f, err := n.Float64()
	if err != nil {
		return n, false
	}
	low, high := bounds(s)
	step := 0.
	if integer {
		step = 1
	}
	if s.MultipleOf != nil && *s.MultipleOf > 0 {
		step = max(step, *s.MultipleOf)
	}
	into := func(f float64, up bool) float64 {
		if step == 0 {
			return f
		}
		if up {
			return math.Ceil(f/step-1e-9) * step
		}
		return math.Floor(f/step+1e-9) * step
	}
	gap := max(step, .01) // how far from an end that is itself outside
	switch {
	case low.set && (f < low.at || f == low.at && low.open):
		if f = into(low.at, true); f == low.at && low.open {
			f += gap
		}
	case high.set && (f > high.at || f == high.at && high.open):
		if f = into(high.at, false); f == high.at && high.open {
			f -= gap
		}
	default:
		f = into(f, true)
	}
	v := json.Number(plain(math.Round(f*1e9) / 1e9))
	if math.Abs(f) > 1e15 {
		v = json.Number(plain(f))
	}
	return v, j.valid(s, v)
}
