package spec

import (
	"encoding/json"
	"net/textproto"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request/secret"
)

// A field is one named text of the request: a query parameter, a header, a cookie, a member of a form.
type field struct {
	id         diagnose.ElementID
	name, text string
}

// fields returns the elements of a kind ("query", "header", "cookie", "form", "multipart") in their order.
func (i *inspection) fields(kind string) []field {
	var out []field
	for _, e := range i.x.Elements {
		name, ok := e.ID.In(kind)
		if !ok {
			continue
		}
		if at := strings.LastIndexByte(name, '#'); at >= 0 {
			if _, err := strconv.Atoi(name[at+1:]); err == nil && slices.ContainsFunc(out, func(f field) bool { return f.name == name[:at] }) {
				name = name[:at] // the second of that name
			}
		}
		out = append(out, field{e.ID, name, e.Text})
	}
	return out
}

// named returns the fields of a name; those of headers do not mind case.
func named(fields []field, name string, fold bool) []field {
	var out []field
	for _, f := range fields {
		if f.name == name || fold && strings.EqualFold(f.name, name) {
			out = append(out, f)
		}
	}
	return out
}

// parameters are those of the operation and of its path; the operation's own win.
func (m match) parameters() []*openapi3.Parameter {
	var out []*openapi3.Parameter
	for _, list := range []openapi3.Parameters{m.op.Parameters, m.item.Parameters} {
		for _, r := range list {
			if r == nil || r.Value == nil || slices.ContainsFunc(out, func(p *openapi3.Parameter) bool { return p.In == r.Value.In && p.Name == r.Value.Name }) {
				continue
			}
			out = append(out, r.Value)
		}
	}
	return out
}

// parameter returns one of them, nil when it is not documented.
func (m match) parameter(in, name string) *openapi3.Parameter {
	for _, p := range m.parameters() {
		if p.In == in && p.Name == name {
			return p
		}
	}
	return nil
}

// schemaOf is the schema of a parameter; nil when it has none.
func schemaOf(p *openapi3.Parameter) *openapi3.Schema {
	if p.Schema != nil {
		return p.Schema.Value
	}
	for _, m := range p.Content {
		if m != nil && m.Schema != nil {
			return m.Schema.Value
		}
	}
	return nil
}

// parameters checks path, query, header and cookie parameters.
func (i *inspection) parameters() {
	if i.op.exact {
		i.pathParameters()
	}
	for _, p := range i.op.parameters() {
		switch p.In {
		case "query", "cookie":
			i.parameter(p, named(i.fields(p.In), p.Name, false))
		case "header":
			// OpenAPI 3.0.3, Parameter Object: these three are described elsewhere and ignored here.
			switch textproto.CanonicalMIMEHeaderKey(p.Name) {
			case "Accept", "Content-Type", "Authorization":
			default:
				i.parameter(p, named(i.fields("header"), p.Name, true))
			}
		}
	}
	i.unknownQuery()
}

func (i *inspection) pathParameters() {
	for k, t := range i.op.template {
		values, _ := fits(t, i.op.segments[k])
		for _, name := range sorted(values) {
			p := i.op.parameter("path", name)
			if p == nil {
				continue
			}
			s := schemaOf(p)
			if s == nil || s.Type.Is("array") || s.Type.Is("object") {
				continue
			}
			v := i.judge.coerce(s, values[name])
			id := diagnose.SegmentID(k)
			for _, q := range i.judge.problems(s, v) {
				var edits []diagnose.Edit
				for _, f := range i.judge.fixes(s, p.Name, v) {
					other := map[string]string{}
					for n, w := range values {
						other[n] = w
					}
					other[name] = wire(f.value)
					d := edit(id, diagnose.Set, fill(t, other), f.weight/2, f.why)
					d.Widens = true // it speaks of another resource
					edits = append(edits, d)
				}
				i.add(i.said(q, "invalid_request_parameter", id, "path parameter "+quoted(name)), edits...)
			}
		}
	}
}

// said makes evidence of a problem.
func (i *inspection) said(p problem, cause diagnose.CauseID, id diagnose.ElementID, what string) diagnose.Evidence {
	return diagnose.Evidence{Cause: cause, Element: id, Ratio: p.ratio, Expected: p.expected, Allowed: p.allowed,
		Text: what + " is " + p.text, Missing: p.fault == absent}
}

// causes of parameters by where they stand.
func causeOf(in string, missing bool) diagnose.CauseID {
	switch {
	case in == "header" && missing:
		return "missing_request_header"
	case in == "header":
		return "invalid_request_header"
	case missing:
		return "missing_request_parameter"
	}
	return "invalid_request_parameter"
}

func elementOf(in, name string) diagnose.ElementID {
	if in == "header" {
		name = textproto.CanonicalMIMEHeaderKey(name)
	}
	return diagnose.ID(in, name)
}

// parameter checks one parameter against the fields of its name.
func (i *inspection) parameter(p *openapi3.Parameter, got []field) {
	s := schemaOf(p)
	switch {
	case s != nil && s.Type.Is("object"):
		return // its properties are spread over names; unknownQuery knows them
	case len(got) == 0 && p.Required:
		i.missing(p, s)
		return
	case len(got) == 0, s == nil, got[0].text == "" && p.AllowEmptyValue:
		return
	case s.Type.Is("array"):
		i.listParameter(p, s, got)
		return
	}
	if len(got) > 1 {
		i.add(diagnose.Evidence{Cause: "invalid_request_parameter", Element: got[1].id, Ratio: likely, Text: p.In + " parameter " + quoted(p.Name) + " is documented as one value, and given more than once"},
			edit(got[1].id, diagnose.Remove, nil, repair/2, "documented once"))
	}
	v := i.judge.coerce(s, got[0].text)
	if len(p.Content) > 0 {
		d, ok := decode([]byte(got[0].text))
		if !ok {
			return
		}
		v = d
	}
	for _, q := range i.judge.problems(s, v) {
		var edits []diagnose.Edit
		if len(q.at) == 0 {
			for _, f := range i.judge.fixes(s, p.Name, v) {
				edits = append(edits, edit(got[0].id, diagnose.Set, wire(f.value), f.weight, f.why))
			}
		}
		if !p.Required && got[0].text == "" {
			edits = append(edits, edit(got[0].id, diagnose.Remove, nil, repair, "it is empty, and not required"))
		}
		i.add(i.said(q, causeOf(p.In, false), got[0].id, p.In+" parameter "+quoted(p.Name)), edits...)
	}
}

// wire writes a value as a parameter has it.
func wire(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return string(v)
	case []any:
		parts := make([]string, len(v))
		for k, e := range v {
			parts[k] = wire(e)
		}
		return strings.Join(parts, ",")
	}
	b, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(b)
}

// missing records a required parameter that is not there.
func (i *inspection) missing(p *openapi3.Parameter, s *openapi3.Schema) {
	id := elementOf(p.In, p.Name)
	e := diagnose.Evidence{Cause: causeOf(p.In, true), Element: id, Missing: true, Text: p.In + " parameter " + quoted(p.Name) + " is documented as required, and absent"}
	if s != nil {
		e.Expected, e.Allowed = typeOf(s), texts(s.Enum)
	}
	var edits []diagnose.Edit
	var strays []string
	for _, f := range i.fields(p.In) {
		if i.op.parameter(p.In, f.name) == nil {
			strays = append(strays, f.name)
		}
	}
	if near := habit.Nearest(p.Name, strays); near != "" {
		edits = append(edits, edit(elementOf(p.In, near), diagnose.Rename, p.Name, repair*1.5, "the documented name"))
	}
	if v := example(p, s, i); v != nil && !secret.Sensitive(p.Name) {
		edits = append(edits, edit(id, diagnose.Add, wire(v), repair, "the document requires it"))
	}
	i.add(e, edits...)
}

// example is what a parameter is given when the request has nothing for it.
func example(p *openapi3.Parameter, s *openapi3.Schema, i *inspection) any {
	if v, ok := given(p.Example, p.Examples); ok {
		return v
	}
	return i.judge.sample(s, p.Name)
}

// given is the example that the document has beside a schema.
func given(one any, more openapi3.Examples) (any, bool) {
	if v := normal(one); v != nil {
		return v, true
	}
	for _, name := range sorted(more) {
		if r := more[name]; r != nil && r.Value != nil && r.Value.Value != nil {
			return normal(r.Value.Value), true
		}
	}
	return nil, false
}

// separators of lists in one parameter, by style (OpenAPI 3.0.3, Style Values).
var separators = map[string]string{"spaceDelimited": " ", "pipeDelimited": "|"}

// listParameter checks a list, given as repeated names or as one text with separators.
func (i *inspection) listParameter(p *openapi3.Parameter, s *openapi3.Schema, got []field) {
	var items *openapi3.Schema
	if s.Items != nil {
		items = s.Items.Value
	}
	spread := (p.In == "query" || p.In == "cookie") && (p.Style == "" || p.Style == "form") && (p.Explode == nil || *p.Explode)
	sep := separators[p.Style]
	if sep == "" {
		sep = ","
	}
	var list []any
	for _, f := range got {
		if spread {
			list = append(list, i.judge.coerce(items, f.text))
			continue
		}
		for t := range strings.SplitSeq(f.text, sep) {
			list = append(list, i.judge.coerce(items, t))
		}
	}
	for _, q := range i.judge.problems(s, list) {
		id, k := got[0].id, -1
		if len(q.at) > 0 {
			if n, err := strconv.Atoi(q.at[0]); err == nil {
				k = n
			}
			if spread && k >= 0 && k < len(got) {
				id = got[k].id
			}
		}
		var edits []diagnose.Edit
		if k >= 0 && k < len(list) && q.schema != nil {
			for _, f := range i.judge.fixes(q.schema, p.Name, q.value) {
				to := wire(f.value)
				if !spread {
					other := slices.Clone(list)
					other[k] = f.value
					to = strings.ReplaceAll(wire(other), ",", sep)
				}
				edits = append(edits, edit(id, diagnose.Set, to, f.weight, f.why))
			}
		}
		i.add(i.said(q, causeOf(p.In, false), id, p.In+" parameter "+quoted(p.Name)), edits...)
	}
}

// unknownQuery looks at query parameters that the document does not have. Most servers ignore them, so only a
// name that is nearly a documented one says much.
func (i *inspection) unknownQuery() {
	declared := map[string]bool{} // name, and whether it is required
	var prefixes []string
	for _, p := range i.op.parameters() {
		s := schemaOf(p)
		switch {
		case p.In != "query":
		case s == nil || !s.Type.Is("object"):
			declared[p.Name] = p.Required
		case p.Style == "deepObject":
			prefixes = append(prefixes, p.Name+"[")
		default:
			if s.AdditionalProperties.Schema != nil || len(s.Properties) == 0 {
				return // any name may be one of its properties
			}
			for name := range s.Properties {
				declared[name] = false
			}
			declared[p.Name] = false
		}
	}
	for _, k := range i.spec.keys("query") {
		declared[k] = false
	}
	fields := i.fields("query")
	var free []string
	for _, name := range sorted(declared) {
		if len(named(fields, name, false)) == 0 {
			free = append(free, name)
		}
	}
	for _, f := range fields {
		if _, ok := declared[f.name]; ok || slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(f.name, p) }) {
			continue
		}
		e := diagnose.Evidence{Cause: "invalid_request_parameter", Element: f.id, Ratio: hint, Text: "query parameter " + quoted(f.name) + " is not documented"}
		var edits []diagnose.Edit
		if near := habit.Nearest(f.name, free); near != "" {
			e.Ratio, e.Allowed = likely, []string{near}
			e.Text += ", and nearly " + quoted(near)
			edits = append(edits, edit(f.id, diagnose.Rename, near, repair, "the documented name"))
		}
		i.add(e, append(edits, edit(f.id, diagnose.Remove, nil, slight, "not documented"))...)
	}
}
