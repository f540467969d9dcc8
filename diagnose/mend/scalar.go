package mend

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"culprit/request/lazyre"
)

// constants maps words that stand for a value in other languages to JSON. Those mapped to null without
// being a null anywhere are doubtful.
var constants = map[string]struct {
	to, text string
	unsure   bool
}{
	"true": {to: "true"}, "false": {to: "false"}, "null": {to: "null"},
	"True": {"true", "True in place of true", false}, "TRUE": {"true", "TRUE in place of true", false},
	"False": {"false", "False in place of false", false}, "FALSE": {"false", "FALSE in place of false", false},
	"None": {"null", "None in place of null", false}, "nil": {"null", "nil in place of null", false},
	"NULL": {"null", "NULL in place of null", false}, "Null": {"null", "Null in place of null", false},
	"undefined": {"null", "undefined in place of a value", true},
	"NaN":       {"null", "NaN is no JSON number", true}, "nan": {"null", "nan is no JSON number", true},
	"Infinity": {"null", "Infinity is no JSON number", true},
}

func (m *mender) word() {
	start := m.pos
	for m.more() && (wordByte(m.at()) || m.at() == '-' || m.at() >= '0' && m.at() <= '9') {
		m.pos++
	}
	w := m.src[start:m.pos]
	c, known := constants[w]
	switch {
	case known && c.text == "":
	case known && c.unsure:
		m.doubt(start, c.text)
	case known:
		m.fault(start, c.text)
	default:
		m.doubt(start, "text without quotes")
		m.quote(w)
		return
	}
	m.out.WriteString(c.to)
}

var (
	number  = lazyre.New(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)
	zeroes  = lazyre.New(`^(-?)0+([0-9])`)
	grouped = lazyre.New(`^-?[0-9]{1,3}(_[0-9]{3})+(\.[0-9]+)?$`)
)

func (m *mender) number() {
	start := m.pos
	for m.more() && (strings.IndexByte("+-._", m.at()) >= 0 || m.at() >= '0' && m.at() <= '9' || wordByte(m.at())) {
		m.pos++
	}
	w := m.src[start:m.pos]
	if number.MatchString(w) {
		m.out.WriteString(w)
		return
	}
	fixed, text := w, ""
	switch {
	case strings.HasPrefix(strings.ToLower(w), "0x"):
		if n, err := strconv.ParseUint(w[2:], 16, 53); err == nil {
			fixed, text = strconv.FormatUint(n, 10), "hexadecimal number"
		}
	case strings.HasSuffix(w, "NaN"), strings.HasSuffix(w, "Infinity"):
		m.doubt(start, strings.TrimLeft(w, "+-")+" is no JSON number")
		m.out.WriteString("null")
		return
	case grouped.MatchString(w):
		fixed, text = strings.ReplaceAll(w, "_", ""), "number with underscores"
	default:
		fixed, text = plainNumber(w)
	}
	if !number.MatchString(fixed) {
		m.doubt(start, "text without quotes")
		m.quote(w)
		return
	}
	m.faults = append(m.faults, Fault{start, text, text == "number with a leading zero"})
	m.out.WriteString(fixed)
}

// plainNumber takes the sign, zeros and points off that JSON does not allow.
func plainNumber(w string) (fixed, text string) {
	fixed, text = w, "number in a form that JSON does not have"
	if strings.HasPrefix(fixed, "+") {
		fixed, text = fixed[1:], "number with a plus sign"
	}
	if zeroes.MatchString(fixed) {
		fixed, text = zeroes.ReplaceAllString(fixed, "$1$2"), "number with a leading zero"
	}
	if strings.HasPrefix(fixed, ".") || strings.HasPrefix(fixed, "-.") {
		fixed, text = strings.Replace(fixed, ".", "0.", 1), "number that begins with a point"
	}
	if strings.HasSuffix(fixed, ".") {
		fixed, text = fixed+"0", "number that ends with a point"
	}
	return fixed, text
}

// closers maps an opening quote to what closes it. Curly quotes are closed by any of their kind.
var closers = []struct{ open, close, text string }{
	{`"`, `"`, ""},
	{`'`, `'`, "single quotes"},
	{"`", "`", "backquotes"},
	{"\u201c", "\u201d\u201c", "curly quotes"}, {"\u201d", "\u201d\u201c", "curly quotes"}, {"\u201e", "\u201c\u201d", "curly quotes"},
	{"\u2018", "\u2019\u2018", "curly quotes"}, {"\u2019", "\u2019\u2018", "curly quotes"},
	{"\u00ab", "\u00bb", "angle quotes"},
}

// quoteLen returns the length of the quote that is next, 0 for none.
func (m *mender) quoteLen() int {
	for _, c := range closers {
		if m.has(c.open) {
			return len(c.open)
		}
	}
	return 0
}

// text copies a string, whatever quotes it stands in.
func (m *mender) text() {
	var closing string
	for _, c := range closers {
		if m.has(c.open) {
			closing = c.close
			if c.text != "" {
				m.fault(m.pos, c.text)
			}
			m.pos += len(c.open)
			break
		}
	}
	m.out.WriteByte('"')
	after, end := -1, -1
	if closing == `"` {
		after, end = m.oneLine()
	}
	for m.more() {
		if m.pos == after {
			m.pos = end
		}
		r, n := utf8.DecodeRuneInString(m.src[m.pos:])
		if strings.ContainsRune(closing, r) && !(r == utf8.RuneError && n == 1) {
			m.pos += n
			m.out.WriteByte('"')
			return
		}
		m.char(r, n)
	}
	m.doubt(m.pos, "the text ends inside a string")
	m.out.WriteByte('"')
}

// oneLine passes over the raw line breaks before the only line of a string, and says where those after it begin and end: a
// file or a command that was pasted in ends with one, and none of them was meant. Breaks within a text are its own.
func (m *mender) oneLine() (after, end int) {
	end = m.pos
	for end < len(m.src) && m.src[end] != '"' {
		if m.src[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(m.src) {
		return -1, -1
	}
	whole := m.src[m.pos:end]
	line := strings.Trim(whole, "\r\n")
	if line == whole || line == "" || strings.ContainsAny(line, "\r\n") {
		return -1, -1
	}
	m.fault(m.pos+strings.IndexAny(whole, "\r\n"), "raw line break in a string")
	m.pos += strings.Index(whole, line)
	return m.pos + len(line), end
}

// char copies one character of a string.
func (m *mender) char(r rune, n int) {
	switch {
	case r == '\\':
		m.escape()
		return
	case r == '"':
		m.out.WriteString(`\"`)
	case r == '\n' || r == '\r' || r == '\t':
		m.fault(m.pos, map[rune]string{'\n': "raw line break in a string", '\r': "raw carriage return in a string", '\t': "raw tab in a string"}[r])
		m.out.WriteString(map[rune]string{'\n': `\n`, '\r': `\r`, '\t': `\t`}[r])
	case r < 0x20:
		m.fault(m.pos, fmt.Sprintf("control character U+%04X in a string", r))
		fmt.Fprintf(&m.out, `\u%04x`, r)
	case r == utf8.RuneError && n == 1:
		m.doubt(m.pos, "a byte that is not UTF-8")
		m.out.WriteString("\ufffd")
	default:
		m.out.WriteString(m.src[m.pos : m.pos+n])
	}
	m.pos += n
}

var unicodeEscape = lazyre.New(`^\\u[0-9a-fA-F]{4}`)

// escape copies the escape that is next; one that JSON does not have loses its backslash or keeps it as text.
func (m *mender) escape() {
	rest := m.src[m.pos:]
	if len(rest) < 2 {
		m.pos++
		return
	}
	c := rest[1]
	switch {
	case strings.IndexByte(`"\/bfnrt`, c) >= 0:
		m.out.WriteString(rest[:2])
		m.pos += 2
	case c == 'u' && unicodeEscape.MatchString(rest):
		m.out.WriteString(rest[:6])
		m.pos += 6
	case c == '\'':
		m.fault(m.pos, `\' is no escape of JSON`)
		m.out.WriteByte('\'')
		m.pos += 2
	case c == 'x' && len(rest) >= 4 && hex(rest[2]) && hex(rest[3]):
		m.fault(m.pos, `\x is no escape of JSON`)
		m.out.WriteString(`\u00` + rest[2:4])
		m.pos += 4
	default:
		m.doubt(m.pos, "a backslash that escapes nothing")
		m.out.WriteString(`\\`)
		m.pos++
	}
}

func hex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
