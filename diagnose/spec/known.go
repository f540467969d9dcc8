package spec

import (
	"slices"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// Known implements diagnose.Knowledge: the least request that the document takes, with what is valid of the
// original, and the one that the document shows as an example. One that is the original itself is left out.
func (s *Spec) Known(r request.Request, now time.Time) []diagnose.Known {
	i := &inspection{spec: s, x: element.Of(r), judge: &judge{now: now}}
	var ok bool
	if i.op, ok = i.route(); !ok {
		return nil
	}
	name := i.op.method + " " + i.op.path
	var out []diagnose.Known
	for _, k := range []struct {
		label string
		shown bool
	}{{"the least that the document requires for " + name, false}, {"the document's example of " + name, true}} {
		made, ok := i.make(k.shown)
		if !ok || alike(made, r) || slices.ContainsFunc(out, func(o diagnose.Known) bool { return alike(o.Request, made) }) {
			continue
		}
		out = append(out, diagnose.Known{Label: k.label, Request: made, From: diagnose.FromSpec})
	}
	return out
}

// alike compares what two requests say, not how.
func alike(a, b request.Request) bool {
	if a.URL != b.URL || len(a.Header) != len(b.Header) || a.Body.Kind != b.Body.Kind || a.Body.Type != b.Body.Type {
		return false
	}
	for k := range a.Header {
		if a.Header[k].Name != b.Header[k].Name || a.Header[k].Value != b.Header[k].Value {
			return false
		}
	}
	x, okX := decode([]byte(a.Body.Text))
	y, okY := decode([]byte(b.Body.Text))
	return slices.Equal(a.Body.Fields, b.Body.Fields) && slices.Equal(a.Body.Parts, b.Body.Parts) && (a.Body.Text == b.Body.Text || okX && okY && same(x, y))
}

// make makes a request of the operation. shown takes the document's examples, and ok is false where it has none.
func (i *inspection) make(shown bool) (r request.Request, ok bool) {
	r = i.x.Request.Clone()
	from := element.SplitURL(r.URL)
	to := element.URL{Scheme: from.Scheme, User: from.User, Host: from.Host, Port: from.Port, Path: "/" + strings.Join(i.op.segments, "/")}
	r.Header = i.kept()
	var query []string
	for _, f := range i.fields("query") {
		if slices.Contains(i.spec.keys("query"), f.name) {
			query = append(query, element.Encode(f.name)+"="+element.Encode(f.text))
		}
	}
	any := false
	values := map[string]string{}
	for _, p := range i.op.parameters() {
		texts, example := i.argument(p, shown)
		any = any || example
		for _, text := range texts {
			switch p.In {
			case "query":
				query = append(query, element.Encode(p.Name)+"="+element.Encode(text))
			case "header":
				r.Header = append(r.Header, request.Field{Name: p.Name, Value: text})
			case "path":
				values[p.Name] = text
			}
		}
	}
	to.Path = i.path(values)
	to.Query = strings.Join(query, "&")
	r.URL = to.String()
	r.Body = request.Body{}
	if want := i.op.requestBody(); want != nil {
		if b, made := i.generated(want, shown); made {
			r.Body, any = b, true
		} else if shown && want.Required {
			return r, false
		}
		if want.Required && r.Body.Kind == request.NoBody {
			return r, false
		}
	}
	if r.Body.Kind == request.RawBody {
		r.Header = request.Set(r.Header, "Content-Type", r.Body.Type)
	}
	return r, any || !shown
}

// path fills in the path parameters that were made; the others stay as they were written.
func (i *inspection) path(values map[string]string) string {
	segments := slices.Clone(i.op.segments)
	for k, t := range i.op.template {
		got, ok := fits(t, segments[k])
		if !ok || len(got) == 0 {
			continue
		}
		changed := false
		for name, v := range got {
			if made, ok := values[name]; ok && made != v {
				got[name], changed = made, true
			}
		}
		if changed {
			segments[k] = fill(t, got)
		}
	}
	return "/" + strings.Join(segments, "/")
}

// argument is what a parameter gets: the original's where it is valid, else an example; nothing when it is not
// required. example says that it is one of the document.
func (i *inspection) argument(p *openapi3.Parameter, shown bool) (out []string, example bool) {
	s := schemaOf(p)
	if shown && p.In != "path" {
		if v, ok := given(p.Example, p.Examples); ok && (s == nil || !s.Type.Is("object")) {
			return []string{wire(v)}, true
		}
	}
	if !p.Required || s != nil && s.Type.Is("object") {
		return nil, false
	}
	var got []field
	switch p.In {
	case "query", "header":
		got = named(i.fields(p.In), p.Name, p.In == "header")
	case "path":
		for k, t := range i.op.template {
			if values, _ := fits(t, i.op.segments[k]); values[p.Name] != "" {
				got = []field{{text: values[p.Name]}}
			}
		}
	default:
		return nil, false // cookies go along as they are
	}
	if s != nil && s.Type.Is("array") {
		if len(got) > 0 {
			for _, f := range got {
				out = append(out, f.text)
			}
			return out, false
		}
	} else if len(got) > 0 && (s == nil || i.judge.valid(s, i.judge.coerce(s, got[0].text))) {
		return []string{got[0].text}, false
	}
	if v, ok := given(p.Example, p.Examples); ok {
		return []string{wire(v)}, false
	}
	return []string{wire(i.judge.sample(s, p.Name))}, false
}

// generated makes a body: the least that is required, with what is valid of the original, or the document's
// example when shown. ok is false when there is none, or when the type is one that cannot be made up.
func (i *inspection) generated(want *openapi3.RequestBody, shown bool) (request.Body, bool) {
	names := sorted(want.Content)
	slices.SortStableFunc(names, func(a, b string) int { return fitness(i.x, a) - fitness(i.x, b) })
	for _, name := range names {
		m := want.Content[name]
		if m == nil || !request.IsJSON(name) && request.Essence(name) != formType {
			continue
		}
		var s *openapi3.Schema
		if m.Schema != nil {
			s = m.Schema.Value
		}
		v, ok := given(m.Example, m.Examples)
		if !ok && s != nil {
			if v = normal(s.Example); v != nil {
				ok = true
			}
		}
		switch {
		case shown && !ok:
			continue
		case !shown && s == nil:
			continue
		case !shown:
			o, has := decode([]byte(i.x.Request.Body.Text))
			v = i.judge.value(s, "", o, has && request.IsJSON(name), 0)
		}
		if request.IsJSON(name) {
			return jsonText(name, v), true
		}
		if o, ok := v.(map[string]any); ok {
			return formBody(o), true
		}
	}
	return request.Body{}, false
}

// fitness orders documented types: the one that the request has, then JSON.
func fitness(x *element.Index, name string) int {
	switch {
	case request.Essence(mediaOf(x)) == request.Essence(name):
		return 0
	case request.Essence(name) == "application/json":
		return 1
	case request.IsJSON(name):
		return 2
	}
	return 3
}
