package evidence

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request/lazyre"
)

// gaveUpRE is what generated parsers say of the place where they gave up: jison, PEG.js, Lark, ANTLR.
var gaveUpRE = lazyre.New(`(?i)\bparse error on line \d|\bexpecting '.{0,200}, got '|\bexpected .{1,200} but (?:"[^"]{1,40}"|'[^']{1,40}'|end of (?:input|file)) found\b|\bmismatched input .{1,60} expecting\b|\bno viable alternative at input\b`)

// parser reads what is said of a body of text that has no members, a program or a query: the line and the column where its
// parser gave up, or what it expected there. Whatever the words are, they are about the text, but where they name a field of
// the header.
func (r *reader) parser(d *doc) {
	if st := r.resp.Status; st != 400 && st != 422 || !r.ix.unread(strings.TrimSpace(r.sentBody())) {
		return
	}
	told := d.messages()
	for _, s := range told {
		if name := spelledField.FindString(s.text); name != "" && !strings.Contains(r.sentBody(), name) {
			return
		}
	}
	for _, s := range told {
		if gaveUpRE.MatchString(short(s.text)) {
			r.add(diagnose.Evidence{Kind: "text", Source: s.source, Text: s.text, Cause: "malformed_request_body", Element: "body", Ratio: likely})
			return
		}
	}
	if n := d.root.placed(0); n != nil && len(told) > 0 {
		text := told[0].text
		for _, name := range []string{"message", "msg", "detail"} {
			if s := n.get(name).str(); s != "" {
				text = s
			}
		}
		r.add(diagnose.Evidence{Kind: "text", Source: "body location", Text: text, Cause: "malformed_request_body", Element: "body", Ratio: likely})
	}
}

// stackNames are members that say where in its own program a server was.
var stackNames = lazyre.New(`(?i)^(?:(?:call|back|error)?_?(?:stack|trace)_?(?:trace|frames?)?|frames?|call_?site)$`)

// placed finds the object of an answer that says at which line and which column something is, itself or in a member.
func (n *node) placed(depth int) *node {
	if n == nil || depth > 4 {
		return nil
	}
	number := func(n *node, names ...string) bool {
		return slices.ContainsFunc(names, func(name string) bool { v := n.get(name); return v != nil && v.kind == '0' })
	}
	for i, kid := range n.kids {
		if number(kid, "row", "line", "lineNumber") && number(kid, "col", "column", "columnNumber") {
			if n.isObject() && (n.keys[i] == "location" || n.keys[i] == "position" || n.keys[i] == "start") {
				return n
			}
			return kid
		}
	}
	for i, kid := range n.kids {
		if n.isObject() && stackNames.MatchString(n.keys[i]) {
			continue // in a program of the server's own
		}
		if found := kid.placed(depth + 1); found != nil {
			return found
		}
	}
	return nil
}

// protoRE is the error of protoc-gen-validate: its message's name, the field's in Go, the reason.
var protoRE = lazyre.New(`\binvalid [A-Z]\w*\.([A-Z]\w*): ([^|]{3,300})$`)

// routeField reads a complaint of protoc-gen-validate about a field that the path has: StoreId is what follows stores, and
// StoreKey may be anything.
func (r *reader) routeField(s said) bool {
	m := protoRE.FindStringSubmatch(short(s.text))
	if m == nil || len(r.ix.resolve(m[1:2], anywhere)) > 0 {
		return false
	}
	before := ""
	for i := range r.ix.entries {
		e := &r.ix.entries[i]
		if e.el == nil || !e.id.IsSegment() {
			continue
		}
		if kind := strings.TrimSuffix(before, "s"); len(before) > 2 && (fold(m[1]) == kind+"id" || fold(m[1]) == kind+"uuid") {
			r.addFound(issue{segs: m[1:2], place: inPath, text: s.text, class: classOfText(m[2]), source: s.source, dialect: "protoc-gen-validate", ratio: likely}, []int{i})
			return true
		}
		before = fold(e.el.Text)
	}
	return false
}

// unknownNameRE says of which name the value is unknown: "RRset www. IN AA: unknown type given".
var unknownNameRE = lazyre.New(`(?i)\bunknown ([a-z_]{3,30}) (?:given|specified|supplied|provided)\b`)

// articleRE is a value that any sentence has.
var articleRE = lazyre.New(`^(?:a|an|the|in|of|for|is|to|no|on|or|and|unknown)$`)

// unknownKind reads a refusal that names a member and has the value of the only one of that name that it can mean.
func (r *reader) unknownKind(s said) bool {
	m := unknownNameRE.FindStringSubmatch(short(s.text))
	if m == nil || r.resp.Status >= 500 {
		return false
	}
	hit := -1
	for i := range r.ix.entries {
		e := &r.ix.entries[i]
		if e.el == nil || len(e.segs) == 0 || !strings.EqualFold(lastOf(e.segs), m[1]) || e.value() == "" || articleRE.MatchString(e.value()) || !slices.Contains(wordsOf(short(s.text)), e.value()) {
			continue
		}
		if hit >= 0 {
			return false
		}
		hit = i
	}
	if hit >= 0 {
		r.addFound(issue{segs: m[1:2], text: s.text, class: wrongValue, source: s.source, ratio: likely}, []int{hit})
	}
	return hit >= 0
}

// noFileRE is how systems say that a file is not there (POSIX, ENOENT), with its path.
var noFileRE = lazyre.New(`(?i)\bno such file or directory\b[:,]? *['"\x60]?(/[^'"\x60\n]{2,300})|\b(?:open|stat|mkdir) (/\S{2,300}): no such file or directory`)

// noFile reads a failure to find a file whose path ends as the URL's does: there is nothing of that name to put it in. A
// route that is only read may have a file of its own, a template, which the server lacks.
func (r *reader) noFile(s said) bool {
	m := noFileRE.FindStringSubmatch(short(s.text))
	if m == nil {
		return false
	}
	parts := strings.Split(strings.Trim(element.SplitURL(r.x.Request.URL).Path, "/"), "/")
	if n := len(parts); n < 2 || r.method() == "GET" && !strings.Contains(parts[n-1], ".") || !strings.HasSuffix(m[1]+m[2], "/"+parts[n-2]+"/"+parts[n-1]) {
		return false
	}
	r.add(diagnose.Evidence{Kind: "text", Source: s.source, Text: s.text, Cause: "resource_not_found", Element: "url.path", Ratio: likely})
	return true
}
