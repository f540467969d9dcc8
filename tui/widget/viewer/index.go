package viewer

import "sort"

const (
	// everyLines is the distance of checkpoints in lines: 256 keep the index at 0.3 % of a dense document and
	// any line within 256 steps, some microseconds.
	everyLines = 256
	// everyBytes sets a checkpoint behind anything long, so that no step reads further than this.
	everyBytes = 64 << 10
	// maxPath is how deep paths are kept; below it a node has a place but no path.
	maxPath = 512
)

// A check is a place from which lines can be read: the first token of a line and what surrounds it.
type check struct {
	off   int
	line  int
	depth int
	node  int32 // innermost container around the line that has a node; -1 for none
	index int32 // how many children of the innermost container came before
	kids  []kin // of XML, how many of each name
}

// A node is a container that is open at a checkpoint. Smaller ones are found by reading lines.
type node struct {
	open   int // offset of the line that opens it
	line   int
	parent int32
	index  int32 // its place in its parent
	kin    []kin // of XML, how many of each name there are up to it
	last   int   // the line that closes it; 0 while unknown
	end    int   // offset of the closing bracket
}

// An ending says where a node closes.
type ending struct {
	node int32
	line int
	end  int
}

// A Mistake is the place where a document stops being JSON.
type Mistake struct {
	Offset int
	What   string
	Ends   bool // the document is cut off, not wrong
}

// A delta is what one slice of scanning found.
type delta struct {
	checks  []check
	nodes   []node
	ends    []ending
	lines   int // lines begun so far
	off     int // bytes seen so far
	deepest int
	done    bool
	mistake *Mistake
}

// A scanner reads a document once, in slices, and finds its lines. It is handed to a task and belongs to it.
type scanner interface {
	// scan reads about budget bytes more.
	scan(budget int) delta
}

// A form is what the lines of a body are made by.
type form uint8

const (
	asWritten form = iota // line ends
	formJSON
	formXML
)

// newScanner returns a scanner of data.
func (f form) newScanner(data []byte) scanner {
	switch f {
	case formJSON:
		return newJSONScanner(data)
	case formXML:
		return newXMLScanner(data)
	}
	return newTextScanner(data)
}

// An index knows where the lines of a document are. Only the event loop touches it.
type index struct {
	data    []byte
	form    form
	checks  []check
	nodes   []node
	lines   int
	off     int
	deepest int
	done    bool
	mistake *Mistake
}

// add takes what a slice of scanning found.
func (x *index) add(d delta) {
	x.checks = append(x.checks, d.checks...)
	x.nodes = append(x.nodes, d.nodes...)
	for _, e := range d.ends {
		x.nodes[e.node].last, x.nodes[e.node].end = e.line, e.end
	}
	x.lines, x.off, x.deepest, x.done = d.lines, d.off, d.deepest, d.done
	if d.mistake != nil {
		x.mistake = d.mistake
	}
}

// checkOf returns the number of the last checkpoint at or before line.
func (x *index) checkOf(line int) int {
	return max(0, sort.Search(len(x.checks), func(i int) bool { return x.checks[i].line > line })-1)
}

// after returns the first checkpoint behind off.
func (x *index) after(off int) (check, bool) {
	i := sort.Search(len(x.checks), func(i int) bool { return x.checks[i].off > off })
	if i == len(x.checks) {
		return check{}, false
	}
	return x.checks[i], true
}

// at returns a walker whose next line is line.
func (x *index) at(line int) walker {
	if len(x.checks) == 0 {
		return walker{x: x, stop: 0}
	}
	c := x.checks[x.checkOf(line)]
	w := walker{x: x, off: c.off, depth: c.depth, line: c.line, stop: x.lines}
	for w.line < line {
		if _, ok := w.next(); !ok {
			break
		}
	}
	return w
}

// lineOf returns the line that holds the byte at off, as far as it is known.
func (x *index) lineOf(off int) (line int, known bool) {
	if len(x.checks) == 0 {
		return 0, false
	}
	i := max(0, sort.Search(len(x.checks), func(i int) bool { return x.checks[i].off > off })-1)
	c := x.checks[i]
	w := walker{x: x, off: c.off, depth: c.depth, line: c.line, stop: x.lines}
	line = c.line
	for {
		s, ok := w.next()
		if !ok || s.start > off {
			return line, x.done || off < x.off
		}
		line = s.line
	}
}

// nodeAt returns the node whose opening line begins at off.
func (x *index) nodeAt(off int) (node, bool) {
	i := sort.Search(len(x.nodes), func(i int) bool { return x.nodes[i].open >= off })
	if i < len(x.nodes) && x.nodes[i].open == off {
		return x.nodes[i], true
	}
	return node{}, false
}
