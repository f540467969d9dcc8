package editor

import (
	"strings"

	"culprit/request/xmltext"
	"culprit/tui/widget"
	"culprit/tui/widget/viewer"
)

// A tint is a piece of a line in a role.
type tint struct {
	start, end int
	role       widget.Role
}

// lex appends the tints of one line of JSON to dst. A JSON string ends on its line, so every line can be read
// for itself; one that does not end is marked.
func lex(dst []tint, s string) []tint {
	for i := 0; i < len(s); {
		start := i
		switch c := s[i]; {
		case c == '"':
			end, closed := quoted(s, i+1)
			i = end
			role := widget.String
			switch {
			case !closed:
				role = widget.Error
			case strings.HasPrefix(strings.TrimLeft(s[i:], " \t"), ":"):
				role = widget.Key
			}
			dst = append(dst, tint{start, i, role})
		case strings.HasPrefix(s[i:], "{{") && strings.Contains(s[i:], "}}"):
			i += strings.Index(s[i:], "}}") + 2
			dst = append(dst, tint{start, i, widget.Variable})
		case strings.IndexByte("{}[],:", c) >= 0:
			i++
			dst = append(dst, tint{start, i, widget.Punct})
		case c == ' ' || c == '\t':
			i++
		default:
			for i < len(s) && strings.IndexByte(" \t\"{}[],:", s[i]) < 0 {
				i++
			}
			dst = append(dst, tint{start, i, scalar(s[start:i])})
		}
	}
	return dst
}

// quoted returns the end of the string whose text begins at i.
func quoted(s string, i int) (end int, closed bool) {
	for i < len(s) {
		switch s[i] {
		case '"':
			return i + 1, true
		case '\\':
			i++
		}
		i++
	}
	return len(s), false
}

func scalar(w string) widget.Role {
	switch c := w[0]; {
	case w == "true" || w == "false" || w == "null":
		return widget.Literal
	case c == '-' || c >= '0' && c <= '9':
		return widget.Number
	}
	return widget.Error
}

// maxChecked bounds the text that is checked at each key: 1 MiB takes 2 ms.
const maxChecked = 1 << 20

// maxCheckedXML bounds XML: 128 KiB take about 3 ms.
const maxCheckedXML = 128 << 10

// check looks for the first mistake in a JSON or XML text, unless the caller has marked one.
func (e *Editor) check() {
	if e.checked {
		return
	}
	e.checked, e.mistake = true, nil
	if e.language == Plain || e.text.size > maxChecked || e.language == XML && e.text.size > maxCheckedXML {
		return
	}
	data := []byte(e.Value())
	if len(strings.TrimSpace(string(data))) == 0 {
		return
	}
	if e.language == XML {
		if at, err := xmltext.Check(string(data)); err != nil {
			e.mistake = &mistake{e.text.place(at), err.Error()}
		}
		return
	}
	fill(data)
	if m := viewer.Check(data); m != nil {
		e.mistake = &mistake{e.text.place(m.Offset), m.What}
	}
}

// fill puts a number in place of each {{variable}}, which is a value whatever it holds; in a string it is text.
func fill(data []byte) {
	for {
		a, b := widget.NextVariable(data)
		if a < 0 {
			return
		}
		for i := a; i < b; i++ {
			data[i] = '1'
		}
		data = data[b:]
	}
}

// place returns the line and byte of the byte at off.
func (b *buffer) place(off int) pos {
	for i, l := range b.lines {
		n := len(l.text) + 1
		if l.crlf {
			n++
		}
		if off < n {
			return pos{i, min(off, len(l.text))}
		}
		off -= n
	}
	return b.end()
}

// pairReach is how many lines are searched for the other bracket.
const pairReach = 2000

// findPair finds the bracket at the cursor, or just before it, and the one that belongs to it.
func (e *Editor) findPair() {
	e.paired = false
	text := e.text.lines[e.cursor.line].text
	for _, at := range []int{e.cursor.col, e.cursor.col - 1} {
		if at < 0 || at >= len(text) || strings.IndexByte("{}[]()", text[at]) < 0 {
			continue
		}
		from := pos{e.cursor.line, at}
		if to, ok := e.other(from); ok {
			e.pair, e.paired = [2]pos{from, to}, true
		}
		return
	}
}

// other returns the bracket that belongs to the one at p. Brackets in JSON strings do not count.
func (e *Editor) other(p pos) (pos, bool) {
	c := e.text.lines[p.line].text[p.col]
	dir := 1
	if strings.IndexByte("}])", c) >= 0 {
		dir = -1
	}
	depth := 0
	for n := range pairReach {
		at := p.line + dir*n
		if at < 0 || at >= len(e.text.lines) {
			break
		}
		brackets := e.brackets(e.text.lines[at].text)
		for i := range brackets {
			col := brackets[i]
			if dir < 0 {
				col = brackets[len(brackets)-1-i]
			}
			if n == 0 && (dir > 0 && col < p.col || dir < 0 && col > p.col) {
				continue
			}
			switch b := e.text.lines[at].text[col]; {
			case strings.IndexByte("{[(", b) >= 0:
				depth += dir
			default:
				depth -= dir
			}
			if depth == 0 {
				return pos{at, col}, true
			}
		}
	}
	return pos{}, false
}

// brackets returns where the brackets of a line are.
func (e *Editor) brackets(s string) []int {
	var out []int
	for i := 0; i < len(s) && i < maxLexed; i++ {
		switch c := s[i]; {
		case c == '"' && e.language == JSON:
			end, _ := quoted(s, i+1)
			i = end - 1
		case strings.IndexByte("{}[]()", c) >= 0:
			out = append(out, i)
		}
	}
	return out
}
