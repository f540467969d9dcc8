// Package mend repairs text that was meant to be JSON and says what was wrong with it, where.
//
// It reads what people and programs write in place of JSON: trailing and missing commas, single and curly
// quotes, comments, keys without quotes, NaN, Python's True and None, raw line breaks in strings, numbers
// with leading zeros, a byte order mark, an end that is cut off. It changes only what is wrong; everything
// else stays byte for byte. It never guesses at data: where more than one reading is plausible, the fault
// says so with Unsure. It is pure and never fails on any input.
package mend

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxDepth bounds nesting; what is deeper is not repaired (10 000 is where encoding/json gives up).
const maxDepth = 1000

// A Fault is one thing that RFC 8259 does not allow.
type Fault struct {
	Offset int    // in bytes, from 0
	Text   string // "trailing comma"; never quotes the text
	Unsure bool   // another repair is plausible
}

// A Result is what became of a text.
type Result struct {
	Fixed  string  // valid JSON when OK; otherwise as far as it went
	Faults []Fault // in the order of the text; empty when nothing was wrong
	OK     bool    // Fixed is valid JSON
}

// Sure reports whether every repair was the only plausible one.
func (r Result) Sure() bool {
	for _, f := range r.Faults {
		if f.Unsure {
			return false
		}
	}
	return r.OK
}

// JSON repairs src.
func JSON(src string) Result {
	m := &mender{src: src}
	m.document()
	fixed := m.out.String()
	return Result{Fixed: fixed, Faults: m.faults, OK: !m.lost && json.Valid([]byte(fixed))}
}

// Position returns line and column, both from 1 and the column in characters, of a byte offset.
func Position(src string, offset int) (line, column int) {
	offset = max(0, min(offset, len(src)))
	before := src[:offset]
	line = strings.Count(before, "\n") + 1
	return line, utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]) + 1
}

// mender copies src to out, at pos, and repairs on the way.
type mender struct {
	src    string
	pos    int
	out    bytes.Buffer
	faults []Fault
	lost   bool // not to be made sense of
	depth  int
}

func (m *mender) fault(at int, text string) {
	m.faults = append(m.faults, Fault{Offset: at, Text: text})
}

func (m *mender) doubt(at int, text string) {
	m.faults = append(m.faults, Fault{Offset: at, Text: text, Unsure: true})
}

func (m *mender) more() bool { return m.pos < len(m.src) }

func (m *mender) has(prefix string) bool { return strings.HasPrefix(m.src[m.pos:], prefix) }

// at returns the next byte, 0 at the end.
func (m *mender) at() byte {
	if m.more() {
		return m.src[m.pos]
	}
	return 0
}

func (m *mender) document() {
	if m.has("\ufeff") {
		m.fault(0, "byte order mark")
		m.pos += len("\ufeff")
	}
	m.space()
	if m.has(")]}'") {
		m.fault(m.pos, "a prefix against script inclusion")
		m.pos += 4
		m.space()
	}
	m.value()
	m.space()
	if !m.more() || m.lost {
		return
	}
	switch c := m.at(); {
	case c == ';' && strings.TrimSpace(m.src[m.pos+1:]) == "":
		m.fault(m.pos, "semicolon after the end")
	case c == ',' && strings.TrimSpace(m.src[m.pos+1:]) == "":
		m.fault(m.pos, "comma after the end")
	case strings.Trim(m.src[m.pos:], "]} \t\r\n") == "":
		m.fault(m.pos, "a closing bracket too many")
	case c == '{' || c == '[' || c == ',':
		m.doubt(m.pos, "a second document after the end")
	default:
		m.doubt(m.pos, "text after the end")
		m.lost = true
	}
}

// space copies white space and drops what only looks like it: comments, non-breaking and zero-width spaces.
func (m *mender) space() {
	for m.more() {
		c := m.at()
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			m.out.WriteByte(c)
			m.pos++
		case m.has("//"), c == '#':
			m.fault(m.pos, "comment")
			m.skipTo("\n", false)
		case m.has("/*"):
			m.fault(m.pos, "comment")
			m.skipTo("*/", true)
		default:
			r, n := utf8.DecodeRuneInString(m.src[m.pos:])
			if !invisible(r) {
				return
			}
			m.fault(m.pos, fmt.Sprintf("invisible character U+%04X", r))
			m.out.WriteByte(' ')
			m.pos += n
		}
	}
}

// skipTo goes to the next end, behind it when through is set.
func (m *mender) skipTo(end string, through bool) {
	i := strings.Index(m.src[m.pos:], end)
	switch {
	case i < 0:
		m.pos = len(m.src)
	case through:
		m.pos += i + len(end)
	default:
		m.pos += i
	}
}

func invisible(r rune) bool {
	return r == 0xA0 || r >= 0x2000 && r <= 0x200F || r == 0x2028 || r == 0x2029 || r == 0x202F || r == 0x205F ||
		r == 0x2060 || r == 0x3000 || r == 0xFEFF || r == '\f' || r == '\v'
}

func (m *mender) value() {
	m.space()
	if m.lost {
		return
	}
	if !m.more() {
		m.doubt(m.pos, "the text ends where a value belongs")
		m.out.WriteString("null")
		return
	}
	switch c := m.at(); {
	case c == '{':
		m.nested('}', m.member)
	case c == '[':
		m.nested(']', m.value)
	case m.quoteLen() > 0:
		m.text()
	case c == '-' || c == '+' || c == '.' || c >= '0' && c <= '9':
		m.number()
	case wordByte(c):
		m.word()
	default:
		m.doubt(m.pos, "a character that begins no value")
		m.lost = true
	}
}

// nested copies an object or array whose items are read by item.
//
// Invariant: every turn of the loop either consumes a byte of src or ends it.
func (m *mender) nested(end byte, item func()) {
	if m.depth++; m.depth > maxDepth {
		m.lost = true
		return
	}
	defer func() { m.depth-- }()
	m.out.WriteByte(m.at())
	m.pos++
	for first := true; !m.lost; first = false {
		m.space()
		start := m.pos
		if m.closes(end) {
			return
		}
		if !first && !m.comma(end) {
			return
		}
		if first && m.at() == ',' {
			m.fault(m.pos, "comma without a value before it")
			m.pos++
			m.space()
			if m.closes(end) {
				return
			}
		}
		item()
		if m.pos == start {
			m.lost = true
		}
	}
}

// closes copies the end of an object or array when it is next, or makes it where the text is over.
func (m *mender) closes(end byte) bool {
	switch c := m.at(); {
	case !m.more():
		m.doubt(m.pos, "the text ends before its brackets are closed")
	case c == end:
		m.pos++
	case c == '}' || c == ']':
		m.doubt(m.pos, "the wrong closing bracket")
		m.pos++
	default:
		return false
	}
	m.out.WriteByte(end)
	return true
}

// comma copies the comma between two items. It reports false when the object or array ended behind it.
func (m *mender) comma(end byte) bool {
	at, mark := m.pos, m.out.Len()
	switch m.at() {
	case ',':
		m.pos++
	case ';':
		m.fault(at, "semicolon in place of a comma")
		m.pos++
	default:
		m.fault(at, "missing comma")
		m.out.WriteByte(',')
		return true
	}
	m.out.WriteByte(',')
	m.space()
	for m.at() == ',' {
		m.fault(m.pos, "two commas")
		m.pos++
		m.space()
	}
	if c := m.at(); m.more() && c != '}' && c != ']' {
		return true
	}
	if m.more() {
		m.fault(at, "trailing comma")
	}
	// The comma comes off again; the white space behind it stays.
	rest := bytes.Clone(m.out.Bytes()[mark+1:])
	m.out.Truncate(mark)
	m.out.Write(rest)
	return !m.closes(end)
}

func (m *mender) member() {
	m.key()
	if m.lost {
		return
	}
	m.space()
	switch {
	case m.has("=>"):
		m.fault(m.pos, "=> in place of a colon")
		m.pos += 2
	case m.at() == '=':
		m.fault(m.pos, "= in place of a colon")
		m.pos++
	case m.at() == ':':
		m.pos++
	case !m.more():
		m.doubt(m.pos, "the text ends after a key")
		m.out.WriteString(":null")
		return
	default:
		m.fault(m.pos, "missing colon")
	}
	m.out.WriteByte(':')
	m.space()
	if c := m.at(); c == ',' || c == '}' {
		m.doubt(m.pos, "a key without a value")
		m.out.WriteString("null")
		return
	}
	m.value()
}

func (m *mender) key() {
	if m.quoteLen() > 0 {
		m.text()
		return
	}
	start := m.pos
	for m.more() && (wordByte(m.at()) || m.at() == '-' || m.at() >= '0' && m.at() <= '9') {
		m.pos++
	}
	if m.pos == start {
		m.doubt(m.pos, "a character that begins no key")
		m.lost = true
		return
	}
	m.fault(start, "key without quotes")
	m.quote(m.src[start:m.pos])
}

func wordByte(c byte) bool {
	return c == '_' || c == '$' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf
}

// quote writes s as a JSON string.
func (m *mender) quote(s string) {
	b, err := json.Marshal(s)
	if err != nil {
		m.lost = true
		return
	}
	m.out.Write(b)
}
