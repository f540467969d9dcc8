package repair

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/request"
	"culprit/request/jsontext"
	"culprit/request/lazyre"
)

// missing adds what the server asks for and the request does not have (§8: 60, harm .02): a key of nearly that
// name renamed, the same name moved from another place, or a new element with a value that its name suggests.
func (g *generator) missing(e diagnose.Evidence, put putter) {
	w := read(e.Expected, e.Text)
	kind, rest, _ := e.Element.Cut()
	if near := g.nearTo(e.Element); near != "" {
		put(edit(near, diagnose.Rename, lastName(e.Element), .05, "the name that the server asks for"), asked*1.5)
	}
	if lone := g.loneObject(e.Element); lone != "" {
		put(edit(lone, diagnose.Rename, lastName(e.Element), .1, "the object around all of it, as the server calls it"), asked*1.5)
	}
	if from := g.elsewhere(kind, rest); from != "" && kind != "body" {
		put(edit(from, diagnose.Move, string(e.Element), .1, "where the server looks for it"), asked*.7)
	}
	switch kind {
	case "body":
		g.missingMember(e, w, put)
	case "header":
		for i, v := range g.headerValues(rest, e.Allowed, w) {
			put(edit(e.Element, diagnose.Add, v, .02, "a header that the server asks for"), asked/float64(i+1))
		}
	case "query", "form", "multipart", "cookie":
		for i, v := range append(slices.Clone(e.Allowed[:min(len(e.Allowed), 3)]), element.Plain(g.example(e.Element, w))) {
			put(edit(e.Element, diagnose.Add, v, .05, "a parameter that the server asks for"), asked/float64(i+1))
		}
	}
}

// nearTo returns the element beside the missing one whose name is nearly the same.
func (g *generator) nearTo(id diagnose.ElementID) diagnose.ElementID {
	place, want := id.Place(), id.Last()
	if !id.Is("body") {
		place, want = diagnose.ID(id.Kind(), ""), id.Name()
	}
	var names []string
	ids := map[string]diagnose.ElementID{}
	for _, e := range g.x.Elements {
		name, ok := strings.CutPrefix(string(e.ID), string(place))
		if !ok || strings.ContainsAny(name, "/#") {
			continue
		}
		names = append(names, name)
		ids[name] = e.ID
	}
	return ids[habit.Nearest(want, names)]
}

// loneObject returns the object that is all of a body where one of another name is missed beside it; "" where there is none.
func (g *generator) loneObject(missing diagnose.ElementID) diagnose.ElementID {
	root, _ := g.x.JSON()
	if root == nil || missing.Place() != "body:/" || len(root.Children) != 1 || root.Children[0].Kind != jsontext.Object || len(root.Children[0].Children) == 0 || root.Kind != jsontext.Object {
		return ""
	}
	return diagnose.ID("body", "").Child(root.Children[0].Key)
}

// elsewhere returns an element of the same name in another place: the query for a header, the body for the query.
func (g *generator) elsewhere(kind, rest string) diagnose.ElementID {
	for _, e := range g.x.Elements {
		k, name, ok := e.ID.Cut()
		if !ok || k == kind || isContainer(e) || e.Secret {
			continue
		}
		if k == "body" {
			name = lastName(e.ID)
		}
		if k != "cookie" && strings.EqualFold(habit.Flat.Of(name), habit.Flat.Of(rest)) && name != "" {
			return e.ID
		}
	}
	return ""
}

// missingMember adds a member of a JSON body, with the objects that it stands in.
func (g *generator) missingMember(e diagnose.Evidence, w want, put putter) {
	root, _ := g.x.JSON()
	pointer := e.Element.Name()
	values := []any{g.example(e.Element, w)}
	if name := lastName(e.Element); len(w.types) == 0 && values[0] == "test" && plural(name) && !mapLike(name) {
		values = append([]any{json.RawMessage("[]")}, values...) // many of them, and none is at least of the right type
	} else if _, empty := values[0].(json.RawMessage); empty && len(w.types) == 0 {
		values = append(values, "test") // many take an empty object or list for a member that is still missing
	}
	for _, a := range e.Allowed[:min(len(e.Allowed), 3)] {
		values = append([]any{a}, values...)
	}
	if v, ok := g.donor(pointer); ok {
		values = append([]any{v}, values...)
	}
	for i, v := range values {
		weight := asked / float64(i+1)
		if g.x.XML() != nil {
			put(edit(e.Element, diagnose.Add, element.Plain(v), .02, "an element that the server asks for"), weight)
			continue
		}
		if root == nil {
			if text := strings.TrimSpace(g.x.Request.Body.Text); text == "" && g.x.Request.Body.Kind != request.FormBody {
				whole := []byte("{}") // of what belongs into it nothing is known yet
				if pointer != "" {
					whole = nest(jsontext.Split(pointer), v)
				}
				put(edit("body", diagnose.Set, string(whole), .1, "the member that the server asks for"), weight)
			}
			continue
		}
		parts := jsontext.Split(pointer)
		depth := 0
		at := root
		for depth < len(parts)-1 {
			next := at.Child(parts[depth])
			if next == nil {
				break
			}
			at, depth = next, depth+1
		}
		if len(parts) == 0 || at.Kind != jsontext.Object && at.Kind != jsontext.Array {
			continue
		}
		id := diagnose.ID("body", "")
		for _, p := range parts[:depth+1] {
			id = id.Child(p)
		}
		to := any(json.RawMessage(nest(parts[depth+1:], v)))
		if depth+1 == len(parts) {
			to = v
		}
		put(edit(id, diagnose.Add, to, .02, "a member that the server asks for"), weight)
	}
}

// nest writes a value inside the objects and lists of a path.
func nest(path []string, v any) []byte {
	raw := element.Raw(v)
	for i := len(path) - 1; i >= 0; i-- {
		if digitsOnly.MatchString(path[i]) {
			raw = append(append([]byte("["), raw...), ']')
			continue
		}
		raw = append(append(append(append([]byte("{"), jsontext.Quote(path[i])...), ':'), raw...), '}')
	}
	return raw
}

// donor returns the value of the same member in another item of the list.
func (g *generator) donor(pointer string) (any, bool) {
	root, src := g.x.JSON()
	if root == nil {
		return nil, false
	}
	parts := jsontext.Split(pointer)
	for i, p := range parts {
		if !digitsOnly.MatchString(p) {
			continue
		}
		for other := range 4 {
			q := append([]string(nil), parts...)
			q[i] = strconv.Itoa(other)
			path := ""
			for _, t := range q {
				path += "/" + jsontext.Token(t)
			}
			if n := root.At(path); n != nil && q[i] != p {
				return json.RawMessage(src[n.Start:n.End]), true
			}
		}
	}
	return nil, false
}

// headerValues guesses what a header that the server asks for should hold.
func (g *generator) headerValues(name string, allowed []string, w want) []string {
	if len(allowed) > 0 {
		return allowed[:min(len(allowed), 3)]
	}
	switch n := http.CanonicalHeaderKey(name); {
	case n == "Content-Type":
		if t := sniff(g.x); t != "" {
			return []string{t}
		}
		return []string{"application/json"}
	case n == "Accept":
		return []string{"application/json", "*/*"}
	case n == "User-Agent":
		return []string{"culprit"}
	case n == "If-Match":
		return []string{"*"}
	case n == "Origin" || n == "Referer":
		s, _ := g.x.Get("url.scheme")
		h, _ := g.x.Get("url.host")
		return []string{s.Text + "://" + h.Text}
	case n == "Content-Length":
		return nil
	case strings.Contains(n, "Version"):
		return []string{"1", g.opt.Now.UTC().Format("2006-01-02")}
	case strings.Contains(n, "Idempotency"):
		return []string{g.key()}
	case strings.HasSuffix(n, "-Id"), strings.Contains(n, "Correlation"), strings.Contains(n, "Nonce"):
		return []string{g.key(), "1"}
	case strings.Contains(n, "Date") || strings.Contains(n, "Timestamp"):
		return []string{g.opt.Now.UTC().Format(http.TimeFormat), strconv.FormatInt(g.opt.Now.Unix(), 10)}
	case strings.Contains(n, "Language"):
		return []string{"en"}
	case n == "X-Requested-With":
		return []string{"XMLHttpRequest"}
	}
	return []string{element.Plain(g.example(diagnose.ID("header", name), w))}
}

// sniff is the media type that the body looks like, "" when it is just text.
func sniff(x *element.Index) string {
	b := x.Request.Body
	switch b.Kind {
	case request.FormBody:
		return "application/x-www-form-urlencoded"
	case request.MultipartBody:
		return "multipart/form-data"
	case request.RawBody:
	default:
		return ""
	}
	t := strings.TrimSpace(b.Text)
	switch {
	case strings.HasPrefix(t, "{") || strings.HasPrefix(t, "["):
		return "application/json"
	case strings.HasPrefix(t, "<"):
		return "application/xml"
	case formText.MatchString(t):
		return "application/x-www-form-urlencoded"
	}
	return ""
}

var formText = lazyre.New(`^[\w.%\[\]-]+=[^&\s]*(&[\w.%\[\]-]+=[^&\s]*)*$`)

// formOf writes a flat JSON object as a form. A Content-Type set by hand would contradict it: ok is then false.
func formOf(x *element.Index) (request.Body, bool) {
	if request.Has(x.Request.Header, "Content-Type") {
		return request.Body{}, false
	}
	return Form(x)
}

// Form writes a flat JSON object as the fields of a form; ok is false when the body is none.
func Form(x *element.Index) (body request.Body, ok bool) {
	root, src := x.JSON()
	if root == nil || root.Kind != jsontext.Object || len(root.Children) == 0 {
		return request.Body{}, false
	}
	b := request.Body{Kind: request.FormBody, Type: "application/x-www-form-urlencoded"}
	for _, c := range root.Children {
		v := src[c.Start:c.End]
		switch c.Kind {
		case jsontext.Object, jsontext.Array:
			return request.Body{}, false
		case jsontext.String:
			v = jsontext.Unquote([]byte(v))
		case jsontext.Null:
			continue
		}
		b.Fields = append(b.Fields, request.Field{Name: c.Key, Value: v})
	}
	return b, len(b.Fields) > 0
}
