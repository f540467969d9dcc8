package vars

import (
	"encoding/json"
	"strconv"
	"strings"
)

// A Ref is a reference in a text.
type Ref struct {
	Name    string // without braces and the spaces inside them
	At, End int    // bytes, braces included
}

// Find returns the references in text, in order. A reference is {{name}}: not empty, without braces, quotes
// and line ends in it, except that a {{?question}} may have quotes. Of more than two braces the inner ones count.
func Find(text string) []Ref {
	var refs []Ref
	for at := 0; ; {
		i := strings.Index(text[at:], "{{")
		if i < 0 {
			return refs
		}
		at += i
		for at+2 < len(text) && text[at+2] == '{' {
			at++
		}
		inside := text[at+2:]
		n := strings.IndexAny(inside, "{}\n\r")
		if n < 0 {
			return refs
		}
		if !strings.HasPrefix(inside[n:], "}}") {
			at += 2 + n
			if inside[n] != '{' {
				at++
			}
			continue
		}
		end := at + 2 + n + 2
		name := strings.TrimSpace(inside[:n])
		if name != "" && name != "?" && (name[0] == '?' || !strings.ContainsAny(name, `"'`)) {
			refs = append(refs, Ref{name, at, end})
		}
		at = end
	}
}

// walk returns the member of a JSON text that path, names and numbers with dots between them, leads to: a
// string as it is, anything else as JSON.
func walk(text, path string) (string, bool) {
	raw := json.RawMessage(text)
	for step := range strings.SplitSeq(path, ".") {
		var object map[string]json.RawMessage
		var list []json.RawMessage
		switch {
		case json.Unmarshal(raw, &object) == nil:
			next, ok := object[step]
			if !ok {
				return "", false
			}
			raw = next
		case json.Unmarshal(raw, &list) == nil:
			n, err := strconv.Atoi(step)
			if err != nil || n < 0 || n >= len(list) {
				return "", false
			}
			raw = list[n]
		default:
			return "", false
		}
	}
	var s string
	if json.Unmarshal(raw, &s) == nil && strings.HasPrefix(strings.TrimSpace(string(raw)), `"`) {
		return s, true
	}
	return string(raw), true
}
