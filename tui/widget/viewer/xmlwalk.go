package viewer

import "bytes"

// XML is laid out with a line for each tag, comment and text. An element that holds no other is one line, and so is one
// that begins with text: there, white space may count. What these functions read ends before far, or they say so; a
// look at what begins there may go a few bytes beyond.

// xml reads a line of an XML document.
func (w *walker) xml() span {
	b := w.x.data
	s := span{start: w.off, nameEnd: w.off, val: w.off, line: w.line, depth: w.depth}
	w.line++
	far := min(len(b), w.off+everyBytes)
	switch {
	case b[w.off] != '<' || begins(b, w.off, cdata):
		s.valEnd = wordsEnd(b, w.off, far)
	case begins(b, w.off, "</"):
		s.close = true
		s.valEnd = past(b, w.off, far, ">")
	case begins(b, w.off, "<?"), begins(b, w.off, "<!"):
		s.valEnd = asideEnd(b, w.off, far)
	default:
		e := elementAt(b, w.off, far)
		s.nameEnd = e.nameEnd
		if e.end < 0 {
			return w.leap(s)
		}
		s.val, s.valEnd, s.open = e.val, e.valEnd, e.open
		return w.follows(s, e.end, far)
	}
	if s.valEnd < 0 {
		return w.leap(s)
	}
	return w.follows(s, s.valEnd, far)
}

// follows ends the line s at end and moves to the next one.
func (w *walker) follows(s span, end, far int) span {
	b := w.x.data
	k := blanks(b, end, far)
	if s.end = end; k >= far && far < len(b) {
		return w.leap(s)
	}
	w.off = k
	switch {
	case s.open:
		w.depth = s.depth + 1
	case begins(b, k, "</"):
		w.depth = max(0, s.depth-1)
	}
	return s
}

const cdata = "<![CDATA["

// begins reports whether mark stands at i.
func begins(b []byte, i int, mark string) bool {
	return i+len(mark) <= len(b) && string(b[i:i+len(mark)]) == mark
}

// past returns the place behind the first mark from i on, -1 where that is not before far.
func past(b []byte, i, far int, mark string) int {
	if i >= far {
		return -1
	}
	n := bytes.Index(b[i:far], []byte(mark))
	if n < 0 {
		return -1
	}
	return i + n + len(mark)
}

// wordsEnd returns where the text at i is over, CDATA being text: white space at its end is left out.
func wordsEnd(b []byte, i, far int) int {
	end := i
	for i < far {
		switch {
		case begins(b, i, cdata):
			if i = past(b, i, far, "]]>"); i < 0 {
				return -1
			}
			end = i
			continue
		case b[i] == '<':
			return end
		}
		n := bytes.IndexByte(b[i:far], '<')
		if n < 0 {
			return -1
		}
		if words := len(bytes.TrimRight(b[i:i+n], " \t\r\n")); words > 0 {
			end = i + words
		}
		i += n
	}
	return -1
}

// asideEnd returns where the comment, instruction or declaration at i ends.
func asideEnd(b []byte, i, far int) int {
	switch {
	case begins(b, i, "<!--"):
		return past(b, i+len("<!--"), far, "-->")
	case begins(b, i, "<?"):
		return past(b, i, far, "?>")
	}
	deep, quote := 0, byte(0) // of <!DOCTYPE a [<!ENTITY b "]>"><!-- it's a note -->]>
	for ; i < far; i++ {
		switch c := b[i]; {
		case quote == 0 && (begins(b, i, "<!--") || begins(b, i, "<?")):
			end := asideEnd(b, i, far)
			if end < 0 {
				return -1
			}
			i = end - 1
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '<':
			deep++
		case c == '>':
			if deep--; deep == 0 {
				return i + 1
			}
		}
	}
	return -1
}

// tagEnd returns where the tag at i ends, and whether it is an element of its own.
func tagEnd(b []byte, i, far int) (end int, empty bool) {
	for i < far {
		switch c := b[i]; c {
		case '>':
			return i + 1, b[i-1] == '/'
		case '"', '\'':
			n := bytes.IndexByte(b[i+1:far], c)
			if n < 0 {
				return -1, false
			}
			i += n + 1
		}
		i++
	}
	return -1, false
}

// nameEnd returns where the name at i ends.
func nameEnd(b []byte, i, far int) int {
	for i < far {
		switch b[i] {
		case ' ', '\n', '\r', '\t', '>', '/', '<', '=', '"', '\'':
			return i
		}
		i++
	}
	return i
}

// An element is what a line tells of one.
type element struct {
	nameEnd     int
	val, valEnd int  // what it holds as text, or all of it
	end         int  // of the line, -1 where it is not before far
	open        bool // it holds others, on the next lines
	empty       bool // it is one tag
}

// elementAt reads the element at i as far as it is one line.
func elementAt(b []byte, i, far int) element {
	e := element{nameEnd: nameEnd(b, i+1, far), val: i, end: -1}
	tag, empty := tagEnd(b, e.nameEnd, far)
	if tag < 0 {
		return e
	}
	if e.empty = empty; empty {
		e.valEnd, e.end = tag, tag
		return e
	}
	switch k := blanks(b, tag, far); {
	case k >= far:
	case begins(b, k, "</"):
		if e.end = past(b, k, far, ">"); k > tag {
			e.val, e.valEnd = tag, k
		} else {
			e.valEnd = e.end
		}
	case b[k] == '<' && !begins(b, k, cdata):
		e.valEnd, e.end, e.open = tag, tag, true
	default:
		e.val = tag
		e.valEnd, e.end = closing(b, k, far)
	}
	return e
}

// closing returns where the tag begins and ends that closes the element whose text is at i.
func closing(b []byte, i, far int) (from, end int) {
	for deep := 1; i < far; {
		n := bytes.IndexByte(b[i:far], '<')
		if n < 0 {
			break
		}
		i += n
		switch {
		case begins(b, i, cdata):
			end = past(b, i, far, "]]>")
		case begins(b, i, "<!"), begins(b, i, "<?"):
			end = asideEnd(b, i, far)
		case begins(b, i, "</"):
			if end, deep = past(b, i, far, ">"), deep-1; deep == 0 {
				return i, end
			}
		default:
			empty := false
			if end, empty = tagEnd(b, i, far); !empty {
				deep++
			}
		}
		if end < 0 {
			break
		}
		i = end
	}
	return far, -1
}
