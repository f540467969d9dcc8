package viewer

import (
	"encoding/binary"
	"math/bits"
)

// What may come next in a JSON document (RFC 8259 §2).
const (
	atTop     = iota // a value; between values of a stream too
	inObject         // a name or }, just after {
	inArray          // a value or ], just after [
	wantName         // a name, after a comma
	wantItem         // a value, after a comma
	wantColon        // :
	wantValue        // a value, after a colon
	wantNext         // , or a closing bracket
)

// A jsonScanner counts the lines that a document would have if it were laid out, without doing so. It accepts
// exactly RFC 8259 (and a stream of such values), with no limit of depth and no recursion, and keeps
// one bit for each open container. UTF-8 is not checked: drawing shows bad bytes.
type jsonScanner struct {
	tracker
	state uint8
	kinds []uint64 // one bit for each depth, 1 for an object
}

func newJSONScanner(data []byte) *jsonScanner {
	return &jsonScanner{tracker: tracker{data: data, line: -1}, state: atTop}
}

func (s *jsonScanner) scan(budget int) delta {
	limit := s.slice(budget)
	b := s.data
	for s.off < limit {
		var ok bool
		switch c := b[s.off]; c {
		case ' ', '\n', '\r', '\t':
			s.off++
			continue
		case '"':
			ok = s.str()
		case ':':
			ok = s.state == wantColon || s.wrong("a colon has no name before it")
			s.state = wantValue
			s.off++
		case ',':
			ok = s.comma()
		case '{', '[':
			ok = s.open(c)
		case '}', ']':
			ok = s.close(c)
		default:
			ok = s.scalar()
		}
		if !ok {
			s.found.done = true
			break
		}
	}
	if s.off >= len(b) && !s.found.done {
		s.found.done = true
		if s.depth > 0 || s.line < 0 {
			s.wrong("the document ends too early")
			s.found.mistake.Ends = true
		}
	}
	s.found.lines, s.found.off = s.line+1, s.off
	return s.found
}

// value accepts the start of a value, on a new line unless a name is before it.
func (s *jsonScanner) value() bool {
	switch s.state {
	case wantValue:
		return true
	case atTop, inArray, wantItem:
		s.begin(0)
		return true
	case inObject, wantName:
		return s.wrong("a name in quotes was expected here")
	case wantColon:
		return s.wrong("a colon was expected here")
	}
	return s.wrong("a comma or a closing bracket was expected here")
}

// ended chooses what may come after a value.
func (s *jsonScanner) ended() {
	if s.depth == 0 {
		s.state = atTop
	} else {
		s.state = wantNext
	}
}

func (s *jsonScanner) str() bool {
	name := s.state == inObject || s.state == wantName
	if name {
		s.begin(0)
	} else if !s.value() {
		return false
	}
	end, what := stringEnd(s.data, s.off+1)
	if what != "" {
		s.wrongAt(end, what)
		s.found.mistake.Ends = end == len(s.data)
		s.off = min(end, len(s.data))
		return false
	}
	s.off = end
	switch {
	case !name:
		s.ended()
	case end < len(s.data) && s.data[end] == ':': // as nearly always
		s.state = wantValue
		s.off++
	default:
		s.state = wantColon
	}
	return true
}

func (s *jsonScanner) comma() bool {
	if s.state != wantNext {
		return s.wrong("a comma is too many here")
	}
	if s.depth <= maxPath {
		s.frames[s.depth-1].index++
	}
	s.state = wantItem
	if s.object() {
		s.state = wantName
	}
	s.off++
	return true
}

// object reports whether the innermost container is an object.
func (s *jsonScanner) object() bool {
	d := s.depth - 1
	return s.kinds[d>>6]>>(d&63)&1 == 1
}

func (s *jsonScanner) open(c byte) bool {
	if !s.value() {
		return false
	}
	d := s.depth
	if d>>6 == len(s.kinds) {
		s.kinds = append(s.kinds, 0)
	}
	if c == '{' {
		s.kinds[d>>6] |= 1 << (d & 63)
		s.state = inObject
	} else {
		s.kinds[d>>6] &^= 1 << (d & 63)
		s.state = inArray
	}
	s.enter()
	s.off++
	return true
}

func (s *jsonScanner) close(c byte) bool {
	empty := s.state == inObject || s.state == inArray
	switch {
	case s.depth == 0:
		return s.wrong("a closing bracket is too many here")
	case !empty && (s.state == wantName || s.state == wantItem):
		return s.wrong("a comma has nothing after it")
	case !empty && s.state != wantNext:
		return s.wrong("a value was expected here")
	case s.object() != (c == '}'):
		return s.wrong("the bracket does not match the opening one")
	}
	if !empty {
		s.begin(1)
	}
	s.leave()
	s.off++
	s.ended()
	return true
}

// scalar reads a number or a literal.
func (s *jsonScanner) scalar() bool {
	if !s.value() {
		return false
	}
	end, what := scalarEnd(s.data, s.off)
	if what != "" {
		s.wrong(what)
		s.found.mistake.Ends = end == len(s.data) && s.data[s.off] != '-' && s.depth > 0
		return false
	}
	s.off = end
	s.ended()
	return true
}

// scalarEnd returns the end of the number or literal at i, or what is wrong with it.
func scalarEnd(b []byte, i int) (end int, what string) {
	end = i
	for end < len(b) && !breaks(b[end]) {
		end++
	}
	switch word := b[i:end]; string(word) {
	case "true", "false", "null":
		return end, ""
	default:
		if number(word) {
			return end, ""
		}
	}
	if c := b[i]; c == '-' || c >= '0' && c <= '9' {
		return end, "this is not a number as JSON writes them"
	}
	return end, "this is neither a value nor a quoted string"
}

// breaks reports whether c ends a number or literal.
func breaks(c byte) bool {
	switch c {
	case ' ', '\n', '\r', '\t', ',', ':', '"', '{', '}', '[', ']':
		return true
	}
	return false
}

// number reports whether w is a number of RFC 8259 §6.
func number(w []byte) bool {
	digits := func() bool {
		n := 0
		for n < len(w) && w[n] >= '0' && w[n] <= '9' {
			n++
		}
		w = w[n:]
		return n > 0
	}
	if len(w) > 0 && w[0] == '-' {
		w = w[1:]
	}
	if len(w) > 0 && w[0] == '0' {
		w = w[1:]
	} else if !digits() {
		return false
	}
	if len(w) > 0 && w[0] == '.' {
		w = w[1:]
		if !digits() {
			return false
		}
	}
	if len(w) > 0 && w[0]|0x20 == 'e' {
		w = w[1:]
		if len(w) > 0 && (w[0] == '+' || w[0] == '-') {
			w = w[1:]
		}
		return digits()
	}
	return len(w) == 0
}

// Bit tricks on eight bytes at once: ones and highs mark each byte.
const ones, highs = 0x0101010101010101, 0x8080808080808080

// special has the high bit set in the first byte of w that is a quote, a backslash or a control character.
func special(w uint64) uint64 {
	quote, slash := w^(ones*'"'), w^(ones*'\\')
	return ((quote-ones)&^quote | (slash-ones)&^slash | (w-ones*0x20)&^w) & highs
}

// stringEnd returns the offset behind the closing quote of the string whose text begins at i, or the place
// and kind of a mistake.
func stringEnd(b []byte, i int) (end int, what string) {
	for {
		for i+8 <= len(b) {
			m := special(binary.LittleEndian.Uint64(b[i:]))
			if m != 0 {
				i += bits.TrailingZeros64(m) >> 3
				break
			}
			i += 8
		}
		if i >= len(b) {
			return len(b), "the document ends inside a string"
		}
		switch c := b[i]; {
		case c == '"':
			return i + 1, ""
		case c == '\\':
			n := escape(b[i:])
			if n == 0 {
				return i, "this is not an escape that JSON knows"
			}
			if n < 0 {
				return len(b), "the document ends inside a string"
			}
			i += n
		case c < 0x20:
			return i, "a control character in a string must be escaped"
		default:
			i++
		}
	}
}

// escape returns the length of the escape at the start of b, 0 for a wrong one, -1 for one that is cut off.
func escape(b []byte) int {
	if len(b) < 2 {
		return -1
	}
	switch b[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		for i := 2; i < 6; i++ {
			if i >= len(b) {
				return -1
			}
			c := b[i] | 0x20
			if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f') {
				return 0
			}
		}
		return 6
	}
	return 0
}
