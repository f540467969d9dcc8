package viewer

import "bytes"

// A textScanner finds the lines of a text by their line ends.
type textScanner struct {
	data  []byte
	off   int // where the current line begins
	seen  int // so far no further line end
	line  int
	found delta
	began bool

	nextLine, nextOff int
}

func newTextScanner(data []byte) *textScanner { return &textScanner{data: data} }

func (s *textScanner) scan(budget int) delta {
	s.found = delta{}
	if !s.began {
		s.began = true
		s.check()
	}
	limit := min(len(s.data), s.seen+budget)
	for s.seen < limit {
		n := bytes.IndexByte(s.data[s.seen:limit], '\n')
		if n < 0 {
			s.seen = limit
			break
		}
		s.seen += n + 1
		if s.seen == len(s.data) {
			break // a line end at the end starts no further line
		}
		s.off = s.seen
		s.line++
		if s.line >= s.nextLine || s.off >= s.nextOff {
			s.check()
		}
	}
	s.found.lines, s.found.off, s.found.done = s.line+1, s.seen, s.seen >= len(s.data)
	return s.found
}

func (s *textScanner) check() {
	s.nextLine, s.nextOff = s.line+everyLines, s.off+everyBytes
	s.found.checks = append(s.found.checks, check{off: s.off, line: s.line, node: -1})
}
