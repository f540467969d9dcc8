package viewer

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// A span is one line of a document: where it begins and what is on it.
type span struct {
	start, end int // the bytes of the line, its comma included
	line       int
	depth      int
	nameEnd    int // end of the name, of a member or element; start when there is none
	val        int // the value, or the opening or closing bracket
	valEnd     int
	open       bool // the line opens a container that the next lines fill
	close      bool // the line closes one
	comma      bool
}

// A walker reads lines one after the other, from a place that an index knows. It reads only what the index
// has passed as well formed, and never more than everyBytes for a line.
type walker struct {
	x     *index
	off   int
	depth int
	line  int
	stop  int // lines from here on are not known
}

// next returns the next line.
func (w *walker) next() (span, bool) {
	if w.line >= w.stop || w.off > len(w.x.data) {
		return span{}, false
	}
	switch {
	case w.x.form == asWritten:
		return w.text(), true
	case w.off >= len(w.x.data):
		return span{}, false
	case w.x.form == formXML:
		return w.xml(), true
	}
	return w.json(), true
}

// text reads a line of a text.
func (w *walker) text() span {
	b := w.x.data
	s := span{start: w.off, nameEnd: w.off, val: w.off, line: w.line}
	near := min(len(b), w.off+everyBytes)
	next := near
	if n := bytes.IndexByte(b[w.off:near], '\n'); n >= 0 {
		s.end, next = w.off+n, w.off+n+1
	} else if c, ok := w.x.after(w.off); ok {
		s.end, next = c.off-1, c.off
	} else {
		s.end, next = len(b), len(b)
	}
	if s.end > s.start && b[s.end-1] == '\r' && s.end < len(b) {
		s.end--
	}
	s.valEnd = s.end
	w.off, w.line = next, w.line+1
	return s
}

// json reads a line of a JSON document.
func (w *walker) json() span {
	b := w.x.data
	s := span{start: w.off, nameEnd: w.off, val: w.off, line: w.line, depth: w.depth}
	w.line++
	far := min(len(b), w.off+everyBytes)
	i := w.off
	if b[i] == '"' {
		if i = quoteEnd(b, i+1, far); i < 0 {
			return w.leap(s)
		}
		k := blanks(b, i, far)
		if k < len(b) && b[k] == ':' {
			s.nameEnd = i
			i = blanks(b, k+1, far)
			s.val = i
		} else {
			s.valEnd = i
		}
	}
	if i >= len(b) && s.valEnd == 0 || i >= far && far < len(b) {
		return w.leap(s)
	}
	if s.valEnd == 0 {
		switch b[i] {
		case '"':
			s.valEnd = quoteEnd(b, i+1, far)
		case '{', '[':
			return w.opens(s, far)
		case '}', ']':
			s.close = true
			s.valEnd = i + 1
		default:
			s.valEnd = i
			for s.valEnd < far && !breaks(b[s.valEnd]) {
				s.valEnd++
			}
		}
		if s.valEnd < 0 || s.valEnd == far && far < len(b) {
			return w.leap(s)
		}
	}
	return w.ends(s, far)
}

// opens reads the rest of a line that opens a container, or of an empty one.
func (w *walker) opens(s span, far int) span {
	b := w.x.data
	s.valEnd = s.val + 1
	k := blanks(b, s.valEnd, far)
	switch {
	case k < len(b) && (b[k] == '}' || b[k] == ']'):
		s.valEnd = k + 1
		return w.ends(s, far)
	case k == far && far < len(b):
		return w.leap(s)
	}
	s.open, s.end = true, s.val+1
	w.off, w.depth = k, s.depth+1
	return s
}

// ends reads what follows the value of a line and moves to the next one.
func (w *walker) ends(s span, far int) span {
	b := w.x.data
	k := blanks(b, s.valEnd, far)
	s.end = s.valEnd
	if k < far && b[k] == ',' {
		s.comma, s.end = true, k+1
		k = blanks(b, k+1, far)
	}
	if k == far && far < len(b) {
		return w.leap(s)
	}
	w.off = k
	if k < len(b) && (b[k] == '}' || b[k] == ']') {
		w.depth = max(0, s.depth-1)
	}
	return s
}

// leap moves behind a line that is too long to read: the index has a checkpoint after it.
func (w *walker) leap(s span) span {
	c, ok := w.x.after(s.start)
	if !ok {
		c = check{off: len(w.x.data)}
	}
	if s.valEnd <= s.val {
		s.valEnd = c.off
	}
	if s.end == 0 {
		s.end = c.off
	}
	s.open = c.depth > s.depth
	w.off, w.depth = c.off, c.depth
	return s
}

// blanks returns the first place from i on that is not white space, at most far.
func blanks(b []byte, i, far int) int {
	for i < far {
		switch b[i] {
		case ' ', '\n', '\r', '\t':
			i++
		default:
			return i
		}
	}
	return i
}

// quoteEnd returns the place behind the quote that ends the string text at i, or -1 when it is not before far.
func quoteEnd(b []byte, i, far int) int {
	for i < far {
		for i+8 <= far {
			w := binary.LittleEndian.Uint64(b[i:])
			quote, slash := w^(ones*'"'), w^(ones*'\\')
			m := ((quote-ones)&^quote | (slash-ones)&^slash) & highs
			if m != 0 {
				i += bits.TrailingZeros64(m) >> 3
				break
			}
			i += 8
		}
		if i >= far {
			return -1
		}
		switch b[i] {
		case '"':
			return i + 1
		case '\\':
			i++
		}
		i++
	}
	return -1
}
