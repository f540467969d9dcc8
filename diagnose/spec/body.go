package spec

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
	"culprit/request/jsontext"
	"culprit/request/secret"
)

const (
	formType      = "application/x-www-form-urlencoded"
	multipartType = "multipart/form-data"
	typeID        = diagnose.ElementID("header:Content-Type")
)

// content finds the documented media type that a type belongs to: itself, or a range as "image/*".
func content(c openapi3.Content, t string) *openapi3.MediaType {
	t = request.Essence(t)
	class, _, _ := strings.Cut(t, "/")
	for _, want := range []string{t, class + "/*", "*/*"} {
		for _, name := range sorted(c) {
			if request.Essence(name) == want {
				return c[name]
			}
		}
	}
	return nil
}

// requestBody is that of the operation; nil when the document has none.
func (m match) requestBody() *openapi3.RequestBody {
	if m.op == nil || m.op.RequestBody == nil {
		return nil
	}
	return m.op.RequestBody.Value
}

// empty reports whether the request has no body.
func (i *inspection) empty() bool {
	b := i.x.Request.Body
	return b.Kind == request.NoBody || b.Kind == request.RawBody && strings.TrimSpace(b.Text) == ""
}

// body checks the media type and what is in the body.
func (i *inspection) body() {
	want := i.op.requestBody()
	switch {
	case want == nil && !i.empty():
		// RFC 9110 §9.3: such content has no meaning, and most servers ignore it.
		d := edit("body", diagnose.Remove, nil, slight, "the document has no body here")
		d.Source, d.Cause = "spec", "malformed_request_body"
		i.found = append(i.found, finding{edits: []diagnose.Edit{d}})
		return
	case want == nil || i.empty() && !want.Required:
		return
	case i.empty():
		e := diagnose.Evidence{Cause: "missing_body_property", Element: "body", Missing: true, Allowed: sorted(want.Content), Text: "the document requires a body, and there is none"}
		var edits []diagnose.Edit
		if b, ok := i.generated(want, false); ok {
			edits = append(edits, edit("body", diagnose.Set, b, repair, "the least that the document requires"))
		}
		i.add(e, edits...)
		return
	case len(want.Content) == 0:
		return
	}
	sent := mediaOf(i.x)
	media := content(want.Content, sent)
	if media == nil || sent == "" {
		i.mediaType(want, sent)
		return
	}
	if media.Schema == nil || media.Schema.Value == nil {
		return
	}
	switch e := request.Essence(sent); {
	case request.IsJSON(e):
		i.jsonBody(media.Schema.Value)
	case e == formType:
		i.form("form", media.Schema.Value)
	case e == multipartType:
		i.form("multipart", media.Schema.Value)
	}
}

// mediaOf is the media type of the body as it goes out; "" for none. Of a multipart body the client makes it.
func mediaOf(x *element.Index) string {
	if t, ok := x.Get(typeID); ok {
		return t.Text
	}
	if x.Request.Body.Kind == request.MultipartBody {
		return multipartType
	}
	return ""
}

// mediaType records a type that is not documented. Types that the body is written in stand first.
func (i *inspection) mediaType(want *openapi3.RequestBody, got string) {
	allowed := sorted(want.Content)
	_, looksJSON := decode([]byte(i.x.Request.Body.Text))
	slices.SortStableFunc(allowed, func(a, b string) int {
		if request.IsJSON(a) == request.IsJSON(b) || !looksJSON {
			return 0
		} else if request.IsJSON(a) {
			return -1
		}
		return 1
	})
	e := diagnose.Evidence{Cause: "unsupported_media_type", Element: typeID, Allowed: allowed,
		Text: "the document takes " + strings.Join(allowed, ", ") + ", not " + quoted(got)}
	if got == "" {
		e.Cause, e.Missing = "missing_request_header", true
		e.Text = "the document takes " + strings.Join(allowed, ", ") + ", and there is no Content-Type"
	}
	kind := i.x.Request.Body.Kind
	var edits []diagnose.Edit
	for _, a := range allowed {
		switch {
		case strings.Contains(a, "*") || kind == request.RawBody && looksJSON && !request.IsJSON(a):
		case kind == request.FormBody && request.Essence(a) != formType, kind == request.MultipartBody && request.Essence(a) != multipartType:
		default:
			edits = append(edits, edit(typeID, diagnose.Set, a, repair, "a documented type"))
		}
	}
	if b, ok := i.rewritten(want); ok {
		edits = append(edits, edit("body", diagnose.Set, b, repair, "the same members in a documented form"))
	}
	i.add(e, edits...)
}

// rewritten is the body in a documented type: a form as JSON, a flat JSON object as a form. A Content-Type that
// a person wrote would contradict it: ok is then false.
func (i *inspection) rewritten(want *openapi3.RequestBody) (request.Body, bool) {
	b := i.x.Request.Body
	if request.Has(i.x.Request.Header, "Content-Type") {
		return b, false
	}
	for _, name := range sorted(want.Content) {
		m := want.Content[name]
		switch {
		case request.IsJSON(name) && b.Kind == request.FormBody && m != nil && m.Schema != nil:
			declared := properties(m.Schema.Value)
			o := map[string]any{}
			for _, f := range b.Fields {
				o[f.Name] = i.judge.coerce(declared[f.Name], f.Value)
			}
			return jsonText(name, o), true
		case request.Essence(name) == formType && b.Kind == request.RawBody:
			v, _ := decode([]byte(b.Text))
			if o, ok := v.(map[string]any); ok && flatObject(o) {
				return formBody(o), true
			}
		}
	}
	return b, false
}

func flatObject(o map[string]any) bool {
	for _, v := range o {
		if k := kindOf(v); k == "object" || k == "array" {
			return false
		}
	}
	return true
}

func jsonText(mediaType string, v any) request.Body {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		b = []byte("null")
	}
	return request.Body{Kind: request.RawBody, Type: mediaType, Text: string(b)}
}

func formBody(o map[string]any) request.Body {
	b := request.Body{Kind: request.FormBody, Type: formType}
	for _, name := range sorted(o) {
		b.Fields = append(b.Fields, request.Field{Name: name, Value: wire(o[name])})
	}
	return b
}

// jsonBody checks a JSON body. One that cannot be parsed is the matter of lint.
func (i *inspection) jsonBody(s *openapi3.Schema) {
	v, ok := decode([]byte(i.x.Request.Body.Text))
	if !ok {
		return
	}
	found := i.judge.problems(s, v)
	if len(found) > 0 {
		i.wrapping(s, v)
	}
	for _, p := range found {
		id := diagnose.ElementID("body")
		if len(p.at) > 0 {
			id = diagnose.ID("body", pointer(p.at))
		}
		i.member(p, id, func(name string) diagnose.ElementID {
			return diagnose.ID("body", pointer(append(slices.Clone(p.at[:len(p.at)-1]), name)))
		}, i.jsonValue(len(p.at) == 0))
	}
}

func pointer(at []string) string {
	var b strings.Builder
	for _, t := range at {
		b.WriteString("/" + jsontext.Token(t))
	}
	return b.String()
}

// jsonValue says how a value stands in an edit: the whole body is text, a member is a JSON value.
func (i *inspection) jsonValue(whole bool) func(any) any {
	return func(v any) any {
		switch v.(type) {
		case string, json.Number, bool, nil:
			if !whole {
				return v
			}
		}
		b, err := json.Marshal(v)
		if err != nil {
			return nil
		}
		if whole {
			return string(b)
		}
		return json.RawMessage(b)
	}
}

// faultCauses are the causes of faults in a body.
var faultCauses = map[fault]diagnose.CauseID{
	absent: "missing_body_property", foreign: "unexpected_body_property", misnamed: "unexpected_body_property", readOnly: "unexpected_body_property",
	badType: "invalid_body_property_type", badFormat: "invalid_body_property_format", badValue: "invalid_body_property_value",
}

// member records a problem of a body's member. beside gives the id of a name in the same object, to how a value
// stands in an edit.
func (i *inspection) member(p problem, id diagnose.ElementID, beside func(string) diagnose.ElementID, to func(any) any) {
	name := ""
	if len(p.at) > 0 {
		name = p.at[len(p.at)-1]
	}
	what := "the body"
	if name != "" {
		what = pointer(p.at)
	}
	e := i.said(p, faultCauses[p.fault], id, what)
	var edits []diagnose.Edit
	switch p.fault {
	case absent:
		if p.near != "" {
			rename := edit(beside(p.near), diagnose.Rename, name, repair*1.5, "the documented name")
			rename.Cause = faultCauses[foreign] // it concerns the name that is there
			edits = append(edits, rename)
		}
		if !secret.Sensitive(name) {
			edits = append(edits, edit(id, diagnose.Add, to(i.judge.sample(p.schema, name)), repair, "the document requires it"))
		}
	case foreign, misnamed:
		weight := repair
		if p.near != "" {
			edits = append(edits, edit(id, diagnose.Rename, p.near, repair*1.5, "the documented name"))
			weight = slight
		}
		edits = append(edits, edit(id, diagnose.Remove, nil, weight, "not documented"))
	case readOnly:
		edits = append(edits, edit(id, diagnose.Remove, nil, slight, "only answers have it"))
	default:
		if p.schema == nil {
			break
		}
		for _, f := range i.judge.fixes(p.schema, name, p.value) {
			edits = append(edits, edit(id, diagnose.Set, to(f.value), f.weight, f.why))
		}
	}
	i.add(e, edits...)
}

// wrapping tries the body inside the one object that the document wants around it, and without the one that
// it does not (B16). What fits then without a fault is worth an edit of its own.
func (i *inspection) wrapping(s *openapi3.Schema, v any) {
	var edits []diagnose.Edit
	to := i.jsonValue(true)
	declared := properties(s)
	o, isObject := v.(map[string]any)
	for _, name := range flat(s, 0).Required {
		if _, there := o[name]; there {
			continue // it is around what belongs into it: what is wrong lies inside
		}
		if around := map[string]any{name: v}; i.judge.valid(s, around) {
			edits = append(edits, edit("body", diagnose.Set, to(around), repair, "inside "+quoted(name)+", as documented"))
		}
	}
	if isObject && len(o) == 1 {
		for name, inner := range o {
			if declared[name] == nil && kindOf(inner) == "object" && len(inner.(map[string]any)) > 0 && i.judge.valid(s, inner) && len(i.judge.problems(s, v)) > 0 {
				edits = append(edits, edit("body", diagnose.Set, to(inner), repair, "without "+quoted(name)+" around it, as documented"))
			}
		}
	}
	if len(edits) == 0 {
		return
	}
	for k := range edits {
		edits[k].Source, edits[k].Cause = "spec", "invalid_body_property_type"
	}
	i.found = append(i.found, finding{edits: edits})
}

// form checks the members of a URL-encoded or multipart body. Files are not looked into.
func (i *inspection) form(kind string, s *openapi3.Schema) {
	declared := properties(s)
	o := map[string]any{}
	fields := i.fields(kind)
	for _, f := range fields {
		p := declared[f.name]
		switch list := p != nil && flat(p, 0).Type.Is("array"); {
		case list:
			items := flat(p, 0).Items
			var is *openapi3.Schema
			if items != nil {
				is = items.Value
			}
			before, _ := o[f.name].([]any)
			o[f.name] = append(before, i.judge.coerce(is, f.text))
		case p != nil && flat(p, 0).Type.Is("object"):
			v, _ := decode([]byte(f.text)) // OpenAPI 3.0.3, Encoding Object: a part of that type is JSON
			o[f.name] = v
		default:
			o[f.name] = i.judge.coerce(p, f.text)
		}
	}
	bracketed := slices.ContainsFunc(fields, func(f field) bool { return strings.Contains(f.name, "[") })
	for _, p := range i.judge.problems(s, o) {
		if len(p.at) == 0 || bracketed {
			continue // nested in a way of its own
		}
		id := elementOf(kind, p.at[0])
		if len(p.at) > 1 {
			if same := named(fields, p.at[0], false); len(same) > 1 {
				p.schema = nil // one of several: which one is to be changed is not worth guessing
			}
		}
		i.member(p, id, func(name string) diagnose.ElementID { return elementOf(kind, name) }, func(v any) any { return wire(v) })
	}
}
