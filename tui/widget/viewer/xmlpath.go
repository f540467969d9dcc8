package viewer

import (
	"bytes"
	"slices"
	"strconv"
)

// A kin counts the elements of one name among the children of an element.
type kin struct {
	name
	n int32
}

// maxKins is how many names are told apart among the children of one element; each checkpoint keeps them.
const maxKins = 64

// counted counts one more element of the name n and says how many there are now, 0 for not known.
func counted(b []byte, kids []kin, n name) ([]kin, int) {
	word := b[n.from:n.to]
	for i := range kids {
		if k := &kids[i]; k.to-k.from == len(word) && bytes.Equal(b[k.from:k.to], word) {
			k.n++
			return kids, int(k.n)
		}
	}
	if len(kids) >= maxKins {
		return kids, 0
	}
	return append(kids, kin{n, 1}), 1
}

// noElement is the index of a step that is a text or a comment.
const noElement = -1

// xmlTrail is trail in XML: the index of a step is its number among those of its name, from 1, 0 where that is not
// known.
func (x *index) xmlTrail(line int) ([]step, bool) {
	c := x.checks[x.checkOf(line)]
	if c.depth >= maxPath {
		return nil, false
	}
	var open []step                       // the elements around the walker
	kids := [][]kin{slices.Clone(c.kids)} // what was counted in the document, and in each of them
	for n := c.node; n >= 0; n = x.nodes[n].parent {
		open = append(open, step{x.nodes[n].open, x.nodes[n].line, 0})
		kids = append(kids, slices.Clone(x.nodes[n].kin))
	}
	slices.Reverse(open)
	slices.Reverse(kids)
	for i, s := range open { // the one that is open is what was counted last under its name
		for _, k := range kids[i] {
			if n := x.tagAt(s.start); bytes.Equal(x.data[k.from:k.to], x.data[n.from:n.to]) {
				open[i].index = int(k.n)
			}
		}
	}
	w := walker{x: x, off: c.off, depth: c.depth, line: c.line, stop: x.lines}
	for {
		s, ok := w.next()
		if !ok || s.depth >= maxPath {
			return nil, false
		}
		here := step{s.start, s.line, noElement}
		switch {
		case s.close && s.depth < len(open):
			here = open[s.depth]
			open, kids = open[:s.depth], kids[:s.depth+1]
		case s.nameEnd > s.start && s.depth < len(kids):
			here.index = 1
			kids[s.depth], here.index = counted(x.data, kids[s.depth], name{s.start + 1, s.nameEnd})
		}
		if s.line == line {
			return append(open, here), true
		}
		if s.open {
			open, kids = append(open, here), append(kids, nil)
		}
	}
}

// tagAt returns the name of the element that begins at off.
func (x *index) tagAt(off int) name {
	return name{off + 1, nameEnd(x.data, off+1, min(len(x.data), off+everyBytes))}
}

// xpath writes steps as an XPath whose names are as the tags have them. Of several elements of one name each has its
// number; one that is alone, as far as a short look shows, has none.
func (x *index) xpath(steps []step) (path string, ok bool) {
	budget := 2 * everyLines
	for depth, s := range slices.Backward(steps) {
		if s.index == noElement {
			continue
		}
		n := x.tagAt(s.start)
		part := "/" + string(x.data[n.from:n.to])
		switch {
		case depth == 0:
		case s.index == 0:
			return "", false
		case s.index > 1 || !x.alone(s, depth, &budget):
			part += "[" + strconv.Itoa(s.index) + "]"
		}
		path = part + path
	}
	return path, path != ""
}

// alone reports whether the element of s, the first of its name, is also the last. It reads at most budget lines, and
// says no where they are not enough.
func (x *index) alone(s step, depth int, budget *int) bool {
	own := x.tagAt(s.start)
	w := x.at(s.line)
	for in, ok := w.next(); ok && *budget > 0; in, ok = w.next() {
		*budget--
		switch tag := (name{in.start + 1, in.nameEnd}); {
		case in.close && in.depth < depth:
			return true
		case in.line > s.line && in.depth == depth && in.nameEnd > in.start && bytes.Equal(x.data[tag.from:tag.to], x.data[own.from:own.to]):
			return false
		}
		if n, known := x.nodeAt(in.start); known && in.open {
			if n.last == 0 {
				return false
			}
			w.off, w.depth, w.line = n.end, in.depth, n.last
		}
	}
	return false
}
