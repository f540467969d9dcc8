package viewer

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A step is one level of a path: the node with this place in its parent, and the line it begins on.
type step struct {
	start int // offset of its line
	line  int
	index int
}

// trail returns the steps from the root to the node on line, which may be where it closes; false when it lies deeper than paths are kept or
// is not read yet.
func (x *index) trail(line int) ([]step, bool) {
	if len(x.checks) == 0 || line >= x.lines {
		return nil, false
	}
	if x.form == formXML {
		return x.xmlTrail(line)
	}
	c := x.checks[x.checkOf(line)]
	if c.depth >= maxPath {
		return nil, false
	}
	var open []step // the containers around the walker
	for n := c.node; n >= 0; n = x.nodes[n].parent {
		open = append(open, step{x.nodes[n].open, x.nodes[n].line, int(x.nodes[n].index)})
	}
	for i, j := 0, len(open)-1; i < j; i, j = i+1, j-1 {
		open[i], open[j] = open[j], open[i]
	}
	at := int(c.index) // place of the walker's line in the innermost
	w := walker{x: x, off: c.off, depth: c.depth, line: c.line, stop: x.lines}
	for {
		s, ok := w.next()
		if !ok {
			return nil, false
		}
		if s.close && s.depth < len(open) {
			closed := open[s.depth]
			open = open[:s.depth]
			if s.line == line {
				return append(open, closed), true
			}
			at = closed.index
		}
		if s.line == line {
			return append(open, step{s.start, s.line, at}), true
		}
		if s.open {
			if s.depth >= maxPath {
				return nil, false
			}
			open = append(open, step{s.start, s.line, at})
			at = 0
		} else if s.comma {
			at++
		}
	}
}

// name returns the name of the member that begins at off, as it is written, quotes included; nil for an item
// of an array.
func (x *index) name(off int) []byte {
	b := x.data
	far := min(len(b), off+everyBytes)
	if off >= len(b) || b[off] != '"' {
		return nil
	}
	end := quoteEnd(b, off+1, far)
	if end < 0 {
		return nil
	}
	if k := blanks(b, end, far); k >= len(b) || b[k] != ':' {
		return nil
	}
	return b[off:end]
}

// Path returns the place of the node at the cursor as jq writes it (.users[3].name) and as a JSON pointer
// (RFC 6901), in XML both as an XPath. ok is false where there is none: in a body that is not laid out, deeper than 512
// levels, or at an element beside others of more than 64 names.
func (v *Viewer) Path() (jq, pointer string, ok bool) {
	if v.mode != pretty {
		return "", "", false
	}
	x := &v.index[pretty]
	steps, ok := x.trail(v.cursor.line)
	if !ok {
		return "", "", false
	}
	if x.form == formXML {
		path, ok := x.xpath(steps)
		return path, path, ok
	}
	var j, p strings.Builder
	for _, s := range steps[1:] {
		raw := x.name(s.start)
		if raw == nil {
			n := strconv.Itoa(s.index)
			j.WriteString("[" + n + "]")
			p.WriteString("/" + n)
			continue
		}
		name := unquoted(raw)
		if identifier(name) {
			j.WriteString("." + name)
		} else {
			if j.Len() == 0 {
				j.WriteByte('.')
			}
			j.WriteString("[" + string(raw) + "]")
		}
		p.WriteString("/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name))
	}
	if j.Len() == 0 || j.String()[0] == '[' {
		return "." + j.String(), p.String(), true
	}
	return j.String(), p.String(), true
}

// identifier reports whether jq takes name without quotes.
func identifier(name string) bool {
	for i, r := range name {
		if !(r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || i > 0 && r >= '0' && r <= '9') {
			return false
		}
	}
	return name != ""
}

// maxValue bounds what is copied of a value: no clipboard takes more (TERMINAL.md: 75 to 100 kB through OSC 52).
const maxValue = 1 << 20

// Value returns the value of the node at the cursor as it is written, at most 1 MiB of it; in text, the line.
func (v *Viewer) Value() (raw []byte, whole bool) {
	s, ok := v.spanAt(v.cursor.line)
	if !ok {
		return nil, false
	}
	from, to := s.val, s.valEnd
	if v.mode == pretty && s.close {
		if steps, ok := v.index[pretty].trail(s.line); ok {
			if s, ok = v.spanAt(steps[len(steps)-1].line); ok {
				from = s.val
			}
		}
	} else if v.mode == pretty && s.open {
		f, ok := v.index[pretty].foldOf(s)
		if !ok {
			return nil, false
		}
		end, _ := v.spanAt(f.last)
		to = end.valEnd
	}
	if to-from > maxValue {
		return v.data[from : from+maxValue], false
	}
	return v.data[from:to], true
}

// unquoted returns what a JSON string with its quotes means. Lone surrogates become U+FFFD; escapes that JSON
// does not know stay as they are.
func unquoted(raw []byte) string {
	raw = bytes.TrimSuffix(bytes.TrimPrefix(raw, []byte{'"'}), []byte{'"'})
	if bytes.IndexByte(raw, '\\') < 0 {
		return string(raw)
	}
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); {
		n := 1
		if raw[i] == '\\' {
			n = escape(raw[i:])
		}
		switch n {
		case 2:
			out = append(out, plainOf(raw[i+1]))
		case 6:
			r := hexRune(raw[i+2 : i+6])
			if utf16.IsSurrogate(r) && i+12 <= len(raw) && escape(raw[i+6:]) == 6 {
				if both := utf16.DecodeRune(r, hexRune(raw[i+8:i+12])); both != utf8.RuneError {
					r, n = both, 12
				}
			}
			out = utf8.AppendRune(out, r)
		default:
			n = 1
			out = append(out, raw[i])
		}
		i += n
	}
	return string(out)
}

// plainOf returns the character that a short escape stands for.
func plainOf(c byte) byte {
	switch c {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c
}

func hexRune(digits []byte) rune {
	n, _ := strconv.ParseUint(string(digits), 16, 32)
	return rune(n)
}
