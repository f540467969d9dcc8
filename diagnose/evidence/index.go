package evidence

import (
	"strings"

	"culprit/diagnose"
	"culprit/request"
)

// An entry is one element, or a container that elements lie in, with its path taken apart.
type entry struct {
	id    diagnose.ElementID
	place place
	segs  []string
	folds []string
	el    *diagnose.Element // nil for a container that is no element itself
}

// An index finds the elements that a server's spelling of a name means.
type index struct {
	entries []entry
	byPath  map[string][]int // folded path joined by \x00
	byLast  map[string][]int // folded last segment
	byID    map[diagnose.ElementID]int
	opaque  bool   // the body has no members: text that is no JSON
	body    string // "body:/", "form:" or "multipart:": how a missing body property is called; "" without a body
}

func newIndex(r *request.Request, elements []diagnose.Element) *index {
	ix := &index{byPath: map[string][]int{}, byLast: map[string][]int{}, byID: map[diagnose.ElementID]int{}}
	switch r.Body.Kind {
	case request.RawBody, request.FileBody:
		ix.body = "body:/"
		text := strings.TrimSpace(r.Body.Text)
		media := strings.ToLower(request.Get(r.Header, "Content-Type") + r.Body.Type)
		ix.opaque = text != "" && !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") && !strings.Contains(media, "json")
	case request.FormBody:
		ix.body = "form:"
	case request.MultipartBody:
		ix.body = "multipart:"
	}
	for i := range elements {
		e := &elements[i]
		pl, segs := takeApart(e.ID)
		ix.add(entry{id: e.ID, place: pl, segs: segs, el: e})
		if kind := e.ID.Kind(); pl == inBody && kind != "body" {
			ix.body, ix.opaque = kind+":", false // a form, whatever it is kept as
		} else if e.Group == diagnose.Markup {
			ix.opaque = false
		} else if pl == inBody && ix.body == "" {
			ix.body = "body:/"
		}
	}
	for i := range elements {
		if p, ok := elements[i].ID.In("body"); ok {
			ix.containers(splitPointer(strings.TrimPrefix(p, "/")))
		}
	}
	return ix
}

// containers adds what lies above a body member, when it is no element itself.
func (ix *index) containers(segs []string) {
	for n := len(segs) - 1; n > 0; n-- {
		id := diagnose.ID("body", joinPointer(segs[:n]))
		if _, ok := ix.byID[id]; ok {
			return
		}
		ix.add(entry{id: id, place: inBody, segs: segs[:n:n]})
	}
}

func (ix *index) add(e entry) {
	e.folds = foldAll(e.segs)
	n := len(ix.entries)
	ix.entries = append(ix.entries, e)
	ix.byID[e.id] = n
	if len(e.folds) == 0 {
		return
	}
	key := strings.Join(e.folds, "\x00")
	ix.byPath[key] = append(ix.byPath[key], n)
	last := e.folds[len(e.folds)-1]
	ix.byLast[last] = append(ix.byLast[last], n)
}

// takeApart returns where an element is and its path there; no path for elements without a name.
func takeApart(id diagnose.ElementID) (place, []string) {
	id, _ = id.Numbered()
	kind, name, ok := id.Cut()
	switch {
	case ok:
	case id == "url.path" || id.IsSegment():
		return inPath, nil
	default:
		return anywhere, nil
	}
	switch kind {
	case "body":
		return inBody, splitPointer(strings.TrimPrefix(name, "/"))
	case "form", "multipart":
		return inBody, splitPath(name)
	case "query":
		return inQuery, splitPath(name)
	case "header":
		return inHeader, []string{name}
	case "cookie":
		return inCookie, []string{name}
	}
	return anywhere, nil
}

func foldAll(segs []string) []string {
	folds := make([]string, len(segs))
	for i, s := range segs {
		folds[i] = fold(s)
	}
	return folds
}

// sole returns the one entry that fits; -1 for none and for several.
func (ix *index) sole(fits func(*entry) bool) int {
	found := -1
	for i := range ix.entries {
		if !fits(&ix.entries[i]) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

func (e *entry) fits(p place) bool {
	if p == anywhere {
		return e.place != anywhere
	}
	return e.place == p
}

// value returns the element's value as it was meant: a string without its quotes.
func (e *entry) value() string {
	if e.el == nil {
		return ""
	}
	if s, ok := e.el.Value.(string); ok {
		return s
	}
	return unquote(e.el.Text)
}

// isText reports a text of the body or a parameter of the query.
func (e *entry) isText() bool {
	return e.el != nil && len(e.segs) > 0 && (e.place == inQuery || e.place == inBody && e.typeName() == "string")
}

// typeName returns the JSON type that the element has on the wire; "" when it is no body member.
func (e *entry) typeName() string {
	if e.el == nil || e.el.Group == diagnose.Markup || !e.id.Is("body") {
		return ""
	}
	switch t := strings.TrimSpace(e.el.Text); {
	case t == "null":
		return "null"
	case t == "true" || t == "false":
		if _, ok := e.el.Value.(string); !ok {
			return "boolean"
		}
		return "string"
	case strings.HasPrefix(t, "{"):
		return "object"
	case strings.HasPrefix(t, "["):
		return "array"
	}
	if _, ok := e.el.Value.(string); ok {
		return "string"
	}
	return "number"
}

// empty reports whether the element is there but says nothing.
func (e *entry) empty() bool {
	if e.el == nil {
		return false
	}
	v := strings.TrimSpace(e.value())
	return v == "" || v == "null" || v == "[]" || v == "{}"
}

// zero reports whether the element holds what Go takes for absent.
func (e *entry) zero() bool {
	v := strings.TrimSpace(e.value())
	return v == "0" || v == "false" || v == "0.0"
}

func unquote(s string) string {
	if len(s) >= 2 && s[0] == '"' {
		if n, ok := parseTree(s); ok {
			return n.str()
		}
	}
	return s
}
