package element

import (
	"strings"

	"culprit/diagnose"
	"culprit/request"
)

// Prose returns the body where it is one text without members: a query, a script, lines of values or of documents. ok is
// false for JSON and XML, also such as cannot be read, for forms, and for no body at all.
func (x *Index) Prose() (text string, ok bool) {
	b := x.Request.Body
	begin := strings.TrimSpace(b.Text)
	if b.Kind != request.RawBody || begin == "" || x.json != nil || x.xml != nil || isForm(x.Request) && x.has("form") {
		return "", false
	}
	if strings.IndexByte("{[<", begin[0]) < 0 {
		return b.Text, true
	}
	lines := strings.Split(begin, "\n")
	for _, l := range lines {
		if l = strings.TrimSpace(l); l != "" && l[0] != '{' {
			return "", false
		}
	}
	return b.Text, len(lines) > 1
}

// has reports an element of a kind.
func (x *Index) has(kind string) bool {
	for _, e := range x.Elements {
		if e.ID.Is(kind) && e.ID != diagnose.ElementID(kind) {
			return true
		}
	}
	return false
}
