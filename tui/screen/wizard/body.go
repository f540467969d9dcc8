package wizard

import (
	"encoding/json"
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request/jsontext"
	"culprit/request/secret"
	"culprit/request/xmltext"
	"culprit/tui/theme"
)

// A token is a piece of a line of the body.
type token struct {
	kind byte // of jsontext, 'k' for a key, 'p' for punctuation
	text string
}

// Kinds of token that are no kind of value.
const (
	keyToken   = 'k'
	punctToken = 'p'
)

// opens reports whether the row begins an object or an array with members.
func (r row) opens() bool {
	n := len(r.json)
	return n > 0 && r.json[n-1].kind == punctToken && strings.ContainsAny(r.json[n-1].text, "{[") && !strings.ContainsAny(r.json[n-1].text, "}]")
}

// bodyRows are the lines of a body, each with the element that it shows.
func bodyRows(x *element.Index, m *mask) []row {
	if root, src := x.JSON(); root != nil {
		b := jsonRows{src, m, nil}
		b.value("", root, 0, nil, "")
		return b.rows
	}
	if values := x.XML(); len(values) > 0 {
		return markupRows(values, m)
	}
	var out []row
	for _, e := range x.Elements {
		kind, name, found := e.ID.Cut()
		switch {
		case e.ID == "body" && e.Text != "":
			out = textRows(e.Text, m)
		case found && (kind == "form" || kind == "multipart"):
			out = append(out, row{id: e.ID, kind: part, label: m.line(name), value: m.value(e.ID, e.Text)})
		}
	}
	return out
}

// markupRows are the values of a body in XML, without the elements that all of them stand in.
func markupRows(values []xmltext.Value, m *mask) []row {
	shared := values[0].Path
	for _, v := range values {
		for !strings.HasPrefix(v.Path, shared+"/") {
			shared = shared[:max(strings.LastIndexByte(shared, '/'), 0)]
		}
	}
	out := make([]row, len(values))
	for i, v := range values {
		id := diagnose.ID("body", v.Path)
		out[i] = row{id: id, kind: part, label: m.line(strings.TrimPrefix(v.Path, shared+"/")), value: m.value(id, v.Text)}
	}
	return out
}

// textRows are the lines of a text that is no JSON, those around the one where it breaks. The suspicion of a text is
// shown once, there.
func textRows(text string, m *mask) []row {
	lines, broken := strings.Split(text, "\n"), brokenLine(text)
	from := max(broken-rawLines/2, 0)
	to := min(from+rawLines, len(lines))
	var out []row
	if from > 0 {
		out = append(out, row{kind: fold, hidden: from})
	}
	for i, l := range lines[from:to] {
		r := row{kind: bodyLine, json: []token{{0, m.line(strings.TrimSuffix(l, "\r"))}}}
		if from+i == broken {
			r.id = "body"
		}
		out = append(out, r)
	}
	if to < len(lines) {
		out = append(out, row{kind: fold, hidden: len(lines) - to})
	}
	return out
}

// brokenLine is the line, from 0, where a text that looks like JSON is none; 0 for one that does not look so.
func brokenLine(text string) int {
	if !strings.HasPrefix(strings.TrimSpace(text), "{") && !strings.HasPrefix(strings.TrimSpace(text), "[") {
		return 0
	}
	_, err := jsontext.Parse([]byte(text))
	if err == nil {
		return 0
	}
	return strings.Count(text[:min(err.Offset, len(text))], "\n")
}

// rawLines is how much of a text that is no JSON the map shows.
const rawLines = 200

type jsonRows struct {
	src  string
	m    *mask
	rows []row
}

func (b *jsonRows) value(pointer string, n *jsontext.Node, depth int, lead []token, comma string) {
	id := diagnose.ID("body", pointer)
	if pointer == "" {
		id = "body"
	}
	if (n.Kind != jsontext.Object && n.Kind != jsontext.Array) || len(n.Children) == 0 {
		text := b.src[n.Start:n.End]
		if b.m.secret(id) {
			text = maskJSON(text)
		}
		if n.Kind == jsontext.Object || n.Kind == jsontext.Array {
			text = strings.Join(strings.Fields(text), "")
		}
		b.add(row{id: id, kind: bodyLine, indent: depth, json: append(lead, token{byte(n.Kind), b.m.line(text)}, token{punctToken, comma})})
		return
	}
	brackets := "{}"
	if n.Kind == jsontext.Array {
		brackets = "[]"
	}
	b.add(row{id: id, kind: bodyLine, indent: depth, json: append(lead, token{punctToken, brackets[:1]})})
	for i, c := range n.Children {
		sep := ","
		if i == len(n.Children)-1 {
			sep = ""
		}
		var lead []token
		p := fmt.Sprintf("%s/%d", pointer, i)
		if n.Kind == jsontext.Object {
			p = pointer + "/" + jsontext.Token(c.Key)
			lead = []token{{keyToken, b.m.line(b.src[c.KeyStart:c.KeyEnd])}, {punctToken, ": "}}
		}
		b.value(p, c, depth+1, lead, sep)
	}
	b.add(row{kind: bodyLine, indent: depth, json: []token{{punctToken, brackets[1:] + comma}}})
}

func (b *jsonRows) add(r row) { b.rows = append(b.rows, r) }

// maskJSON hides a scalar and keeps its kind visible.
func maskJSON(text string) string {
	var s string
	if json.Unmarshal([]byte(text), &s) == nil {
		return `"` + secret.Mask(s) + `"`
	}
	return secret.Mask(text)
}

// drawTokens colours a line of the body.
func drawTokens(s *theme.Styles, tokens []token) string {
	var b strings.Builder
	for _, t := range tokens {
		if t.text == "" {
			continue
		}
		b.WriteString(tokenStyle(s, t.kind).Render(t.text))
	}
	return b.String()
}

func tokenStyle(s *theme.Styles, kind byte) lipgloss.Style {
	switch kind {
	case keyToken:
		return s.JSON.Key
	case punctToken, byte(jsontext.Object), byte(jsontext.Array):
		return s.JSON.Punctuation
	case byte(jsontext.String):
		return s.JSON.String
	case byte(jsontext.Number):
		return s.JSON.Number
	case byte(jsontext.Bool):
		return s.JSON.Bool
	case byte(jsontext.Null):
		return s.JSON.Null
	}
	return s.Text.Plain
}

func plainTokens(tokens []token) string {
	var b strings.Builder
	for _, t := range tokens {
		b.WriteString(t.text)
	}
	return b.String()
}

// Folding: a body of more lines than wholeBody shows what is suspect with a few lines around it and the
// brackets that lead to it; runs of at least shortestFold other lines become one.
const (
	wholeBody    = 24
	aroundHot    = 2
	shortestFold = 4
	headOfBody   = 12 // shown at least when nothing is suspect
)

func folded(rows []row, hot func(diagnose.ElementID) bool) []row {
	return foldedTo(rows, hot, aroundHot, headOfBody)
}

// foldedInto shows as many lines around what is suspect as have room.
func foldedInto(room int, rows []row, hot func(diagnose.ElementID) bool) []row {
	head := max(headOfBody, room-2) // the fold and the last line have two
	out := foldedTo(rows, hot, aroundHot, head)
	for around := 2 * aroundHot; around < len(rows); around *= 2 {
		more := foldedTo(rows, hot, around, head)
		if len(more) > room || len(more) == len(out) {
			break
		}
		out = more
	}
	return out
}

// foldedTo keeps around lines beside what is suspect, or head lines where nothing is.
func foldedTo(rows []row, hot func(diagnose.ElementID) bool, around, head int) []row {
	if len(rows) <= wholeBody {
		return rows
	}
	keep, any := make([]bool, len(rows)), false
	keep[0], keep[len(rows)-1] = true, true
	var path []int // the opening lines of what row i is in
	for i, r := range rows {
		for len(path) > 0 && rows[path[len(path)-1]].indent >= r.indent {
			path = path[:len(path)-1]
		}
		if r.id != "" && hot(r.id) {
			any = true
			for j := max(i-around, 0); j <= min(i+around, len(rows)-1); j++ {
				keep[j] = true
			}
			for _, j := range path {
				keep[j] = true
			}
		}
		if r.opens() {
			path = append(path, i)
		}
	}
	for i := range min(head, len(rows)) {
		keep[i] = keep[i] || !any
	}
	return withFolds(rows, keep)
}

func withFolds(rows []row, keep []bool) []row {
	var out []row
	for i := 0; i < len(rows); {
		j := i
		for j < len(rows) && !keep[j] {
			j++
		}
		switch {
		case j == i:
			out = append(out, rows[i])
			i++
		case j-i < shortestFold:
			out = append(out, rows[i:j]...)
			i = j
		default:
			out = append(out, row{kind: fold, hidden: j - i, indent: rows[i].indent})
			i = j
		}
	}
	return out
}
