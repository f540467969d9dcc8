package viewer

import "slices"

// A frame is an open container that is not deeper than maxPath.
type frame struct {
	open, line int
	index      int32
	node       int32
	kids       []kin // of XML, how many children of each name it has so far
}

// A tracker notes the lines and containers that the scanner of a tree comes by, and leaves checkpoints.
type tracker struct {
	data  []byte
	off   int
	depth int
	found delta

	line     int // the line that is being read, -1 before the first
	start    int // where it begins
	nextLine int // where the next checkpoint is due
	nextOff  int
	frames   []frame
	noded    int // so many of the frames have nodes
	nodes    int32
}

// slice begins a slice of about budget bytes and returns where it ends.
func (t *tracker) slice(budget int) (limit int) {
	t.found = delta{deepest: t.found.deepest}
	return min(len(t.data), t.off+budget)
}

// wrong records a mistake at the place of reading.
func (t *tracker) wrong(what string) bool { return t.wrongAt(t.off, what) }

func (t *tracker) wrongAt(off int, what string) bool {
	if t.found.mistake == nil {
		t.found.mistake = &Mistake{Offset: off, What: what}
	}
	return false
}

// begin starts a line at the place of reading. closing is 1 for a line that closes the innermost container,
// which the checkpoint then still counts among the open ones.
func (t *tracker) begin(closing int) {
	t.line++
	t.start = t.off
	if t.line >= t.nextLine || t.off >= t.nextOff {
		t.check(closing)
	}
}

func (t *tracker) check(closing int) {
	t.nextLine, t.nextOff = t.line+everyLines, t.off+everyBytes
	known := min(t.depth, maxPath)
	for d := t.noded; d < known; d++ {
		f := &t.frames[d]
		n := node{open: f.open, line: f.line, parent: -1}
		if d > 0 {
			up := &t.frames[d-1]
			n.parent, n.index, n.kin = up.node, up.index, slices.Clone(up.kids)
		}
		f.node = t.nodes
		t.nodes++
		t.found.nodes = append(t.found.nodes, n)
	}
	t.noded = max(t.noded, known)
	c := check{off: t.off, line: t.line, depth: t.depth - closing, node: -1}
	if known > 0 {
		in := &t.frames[known-1]
		c.node, c.index, c.kids = in.node, in.index, slices.Clone(in.kids)
	}
	t.found.checks = append(t.found.checks, c)
}

// enter opens a container on the line that is being read.
func (t *tracker) enter() {
	if t.depth < maxPath {
		var kids []kin // those of the last one at this depth had copies made
		if t.depth < cap(t.frames) {
			kids = t.frames[:t.depth+1][t.depth].kids[:0]
		}
		t.frames = append(t.frames[:t.depth], frame{open: t.start, line: t.line, node: -1, kids: kids})
	}
	t.depth++
	t.found.deepest = max(t.found.deepest, t.depth)
}

// leave closes the innermost container at the place of reading.
func (t *tracker) leave() {
	t.depth--
	if t.depth < t.noded {
		t.noded = t.depth
		t.found.ends = append(t.found.ends, ending{t.frames[t.depth].node, t.line, t.off})
	}
}
