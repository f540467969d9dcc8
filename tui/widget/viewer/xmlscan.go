package viewer

import (
	"bytes"
	"strings"
)

// maxDeep bounds the names of open elements that are kept: a megabyte. No document that is read nests so deep.
const maxDeep = 1 << 16

// An xmlScanner finds the lines that an XML document would have if it were laid out, see walker.xml. It checks that tags
// are whole and match; within an element that begins with text, and so is one line, only that they are as many. Entities,
// name spaces and declarations are not looked into.
type xmlScanner struct {
	tracker
	names []name
	began bool // the root did
}

// A name is where the name of an element stands.
type name struct{ from, to int }

func newXMLScanner(data []byte) *xmlScanner {
	s := &xmlScanner{tracker: tracker{data: data, line: -1}}
	if begins(data, 0, "\ufeff") {
		s.off = len("\ufeff")
	}
	return s
}

func (s *xmlScanner) scan(budget int) delta {
	limit := s.slice(budget)
	for s.off < limit {
		if s.off = blanks(s.data, s.off, limit); s.off < limit && !s.token() {
			s.found.done = true
			break
		}
	}
	if s.off >= len(s.data) && !s.found.done {
		s.found.done = true
		switch {
		case s.depth > 0:
			s.early("the document ends inside of " + s.tag(s.names[len(s.names)-1]))
		case !s.began:
			s.early("the document ends too early")
		}
	}
	s.found.lines, s.found.off = s.line+1, s.off
	return s.found
}

// early records that the document ends before it is over.
func (s *xmlScanner) early(what string) bool {
	s.wrongAt(len(s.data), what)
	s.found.mistake.Ends = true
	return false
}

// maxWord is how many bytes of a name are said: enough to find it.
const maxWord = 64

// tag is the element n in words.
func (s *xmlScanner) tag(n name) string {
	word, more := s.data[n.from:n.to], ""
	if len(word) > maxWord {
		word, more = word[:maxWord], "..."
	}
	return "<" + strings.ToValidUTF8(string(word), "") + more + ">"
}

// token reads what begins a line.
func (s *xmlScanner) token() bool {
	b, i := s.data, s.off
	end := 0
	switch {
	case b[i] != '<' || begins(b, i, cdata):
		if s.depth == 0 {
			return s.wrong("there is text outside of the elements")
		}
		end = wordsEnd(b, i, len(b))
	case begins(b, i, "</"):
		return s.close()
	case begins(b, i, "<?"), begins(b, i, "<!"):
		end = asideEnd(b, i, len(b))
	default:
		return s.element()
	}
	s.begin(0)
	if end < 0 {
		return s.early("the document ends inside of a text or comment")
	}
	s.off = end
	return true
}

func (s *xmlScanner) close() bool {
	end := past(s.data, s.off, len(s.data), ">")
	switch {
	case end < 0:
		return s.early("the document ends inside of a tag")
	case s.depth == 0 || !s.closes(s.off, end, s.names[s.depth-1]):
		return s.wrong("wrong end tag")
	}
	s.begin(1)
	s.leave()
	s.names = s.names[:s.depth]
	s.off = end
	return true
}

// closes reports whether the tag from i to end closes the element n.
func (s *xmlScanner) closes(i, end int, n name) bool {
	word := bytes.TrimRight(s.data[i+len("</"):end-1], " \t\r\n")
	return bytes.Equal(word, s.data[n.from:n.to])
}

func (s *xmlScanner) element() bool {
	b, i := s.data, s.off
	e := elementAt(b, i, len(b))
	n := name{i + 1, e.nameEnd}
	switch {
	case n.from == len(b):
		return s.early("the document ends inside of a tag")
	case n.from == n.to || b[n.from] < 'A' && b[n.from] != ':':
		return s.wrong("a tag has no name")
	case s.depth == 0 && s.began:
		return s.wrong("there is a second root")
	case s.depth == maxDeep:
		return s.wrong("it is nested too deep to be laid out")
	}
	s.began = true
	s.begin(0)
	if 0 < s.depth && s.depth <= maxPath {
		f := &s.frames[s.depth-1]
		f.kids, _ = counted(b, f.kids, n)
	}
	switch {
	case e.end < 0 && s.runsOn(e.nameEnd):
		return s.wrong("a tag does not end")
	case e.end < 0:
		return s.early("the document ends inside of " + s.tag(n))
	case e.open:
		s.enter()
		s.names = append(s.names, n)
	case !e.empty:
		from := bytes.LastIndex(b[i:e.end], []byte("</"))
		if from < 0 || !s.closes(i+from, e.end, n) {
			s.found.mistake = &Mistake{Offset: i + max(0, from), What: "wrong end tag"}
			return false
		}
	}
	s.off = e.end
	return true
}

// runsOn reports whether the tag whose name ends at i has no end, with others behind it: they were not cut off.
func (s *xmlScanner) runsOn(i int) bool {
	end, _ := tagEnd(s.data, i, len(s.data))
	return end < 0 && bytes.IndexByte(s.data[i:], '<') >= 0
}
