package file

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// add puts a new key at path, with the mappings above it that are missing. order lists keys in the order in
// which they are written; the new one goes behind the last of those that come before it. Keys that the order
// does not know stay where they are.
func (d *Document) add(path string, n *yaml.Node, order ...string) error {
	parent, key := split(path)
	at, ok := d.find(parent)
	if !ok {
		return d.add(parent, put(mapping(), key, n), order...)
	}
	want := d.copy()
	w, _ := want.find(parent)
	if at.node.Kind == yaml.ScalarNode && at.node.Value == "" && !isText(at.node) && parent != "" {
		*w.node = *put(mapping(), key, n)
		return d.fill(path, want, at, put(mapping(), key, n))
	}
	if at.node.Kind != yaml.MappingNode {
		return fmt.Errorf("%s does not hold keys: %w", parent, ErrRefused)
	}
	i := slot(at, key, order)
	w.node.Content = slices.Insert(w.node.Content, 2*i, text(key), n)
	p := &printer{eol: d.eol}
	if at.inFlow() {
		p.flow(put(mapping(), key, n))
		return d.flowInsert(path, want, at, i, strings.TrimSuffix(strings.TrimPrefix(p.String(), "{"), "}"))
	}
	if i == 0 {
		return fmt.Errorf("%s: %w", path, ErrRefused)
	}
	blank := parent == "" && (at.len() < 2 || d.hasBlank(d.offset(at.child(at.len()-1).key)))
	p.WriteString(strings.Repeat(" ", at.node.Column-1))
	p.pair(key, n, at.node.Column-1)
	return d.insertAfter(path, want, at.child(i-1), p.String(), blank)
}

// slot returns where in a mapping key belongs: behind the last key that the order puts before it.
func slot(at place, key string, order []string) int {
	rank := slices.Index(order, key)
	if rank < 0 {
		return at.len()
	}
	last := 0
	for i := range at.len() {
		if r := slices.Index(order, at.child(i).key.Value); r >= 0 && r < rank {
			last = i + 1
		}
	}
	if last == 0 && at.len() > 0 {
		return at.len()
	}
	return last
}

// insertAfter puts lines behind the lines of a pair or item.
func (d *Document) insertAfter(path string, want *Document, prev place, lines string, blank bool) error {
	end, err := d.end(prev)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	if blank {
		lines = d.eol + lines
	}
	off := d.nextLine(end)
	if off == d.lineEnd(end) { // the last line, without a line end
		return d.spliced(path, want, off, off, d.eol+lines)
	}
	return d.spliced(path, want, off, off, lines+d.eol)
}

// fill puts a value where a key has none, or in place of an empty list.
func (d *Document) fill(path string, want *Document, at place, n *yaml.Node) error {
	start, err := d.value(at.node), error(nil)
	end := start
	if at.node.Kind != yaml.ScalarNode {
		if end, err = d.end(at); err != nil {
			return fmt.Errorf("%w: %w", ErrRefused, err)
		}
	}
	p := &printer{eol: d.eol}
	if at.flow || at.key == nil {
		p.WriteByte(' ')
		p.flow(n)
	} else {
		p.below(n, at.indent())
	}
	for start > 0 && d.src[start-1] == ' ' {
		start--
	}
	return d.spliced(path, want, start, end, p.String())
}

// flowInsert puts text before the i-th item of a flow collection, or behind the last.
func (d *Document) flowInsert(path string, want *Document, at place, i int, s string) error {
	if at.len() == 0 {
		off := d.value(at.node) + 1
		return d.spliced(path, want, off, off, s)
	}
	if i < at.len() {
		off := d.childStart(at.child(i))
		return d.spliced(path, want, off, off, s+", ")
	}
	end, err := d.end(at.last())
	if err != nil {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return d.spliced(path, want, end, end, ", "+s)
}

// childStart returns where a pair or an item begins, the dash of a block sequence not counted.
func (d *Document) childStart(c place) int {
	if c.key != nil {
		return d.offset(c.key)
	}
	return d.offset(c.node)
}

// insert puts a row before row i of the sequence at path; i may be its length. A sequence that is missing
// or empty is made.
func (d *Document) insert(path string, i int, n *yaml.Node, order ...string) error {
	at, ok := d.find(path)
	if !ok {
		return d.add(path, list(n), order...)
	}
	want := d.copy()
	w, _ := want.find(path)
	if at.len() == 0 {
		*w.node = *list(n)
		return d.fill(path, want, at, list(n))
	}
	if at.node.Kind != yaml.SequenceNode || i < 0 || i > at.len() {
		return fmt.Errorf("%s: %w", path, ErrNoPlace)
	}
	w.node.Content = slices.Insert(w.node.Content, i, n)
	p := &printer{eol: d.eol}
	if at.inFlow() {
		p.flow(n)
		return d.flowInsert(path, want, at, i, p.String())
	}
	column := at.node.Column - 1
	p.WriteString(strings.Repeat(" ", column))
	p.item(n, column)
	if i > 0 {
		return d.insertAfter(path, want, at.child(i-1), p.String(), false)
	}
	dash, ok := d.dash(at.child(0))
	if !ok {
		return fmt.Errorf("%s: %w", path, ErrRefused)
	}
	off := d.lineStart(dash)
	return d.spliced(path, want, off, off, p.String()+d.eol)
}

// dash returns the offset of the dash of an item of a block sequence; false when it does not begin its line.
func (d *Document) dash(item place) (int, bool) {
	column := item.parent.Column - 1
	for i := d.lineOf(d.offset(item.node)); i >= 0; i-- {
		line := d.src[d.lines[i]:d.lineEnd(d.lines[i])]
		if n := leading(line); n == column && n < len(line) && line[n] == '-' {
			return d.lines[i] + n, true
		}
		if i < item.parent.Line-1 {
			break
		}
	}
	return 0, false
}

// remove takes a key or a row out, with its lines. The last row of a list leaves an empty list.
func (d *Document) remove(path string) error {
	at, ok := d.find(path)
	if !ok || at.parent == nil {
		return fmt.Errorf("%s: %w", path, ErrNoPlace)
	}
	parentPath, _ := split(path)
	parent, _ := d.find(parentPath)
	want := d.copy()
	w, _ := want.find(parentPath)
	if at.key != nil {
		w.node.Content = slices.Delete(w.node.Content, 2*at.index, 2*at.index+2)
	} else {
		w.node.Content = slices.Delete(w.node.Content, at.index, at.index+1)
	}
	start, end, text, err := d.removal(at, parent)
	if err != nil {
		return fmt.Errorf("%s: %w: %w", path, ErrRefused, err)
	}
	return d.spliced(path, want, start, end, text)
}

// removal returns the bytes to take out for a pair or an item, and what replaces them.
func (d *Document) removal(at, parent place) (start, end int, text string, err error) {
	if end, err = d.end(at); err != nil {
		return 0, 0, "", err
	}
	start = d.childStart(at)
	switch {
	case at.flow && parent.len() == 1:
		return start, end, "", nil
	case at.flow && at.index+1 < parent.len():
		return start, d.childStart(parent.child(at.index + 1)), "", nil
	case at.flow:
		start, err = d.end(parent.child(at.index - 1))
		return start, end, "", err
	case parent.len() == 1:
		return d.emptied(at, parent, start, end)
	}
	if at.key == nil {
		dash, ok := d.dash(at)
		if !ok {
			return 0, 0, "", d.refuse(at.node, "its dash is not clear")
		}
		start = dash
	}
	line := d.lineStart(start)
	next := d.nextLine(end)
	if len(strings.Trim(string(d.src[line:start]), " ")) > 0 { // the first key, behind a dash
		for next < len(d.src) && d.src[next] == ' ' {
			next++
		}
		return start, next, "", nil
	}
	if parent.parent == nil && d.hasBlank(line) {
		line = d.lines[d.lineOf(line)-1]
	}
	if next == len(d.src) && next == d.lineEnd(end) && line > 0 { // the file ends without a line end: so it stays
		line -= len(d.eol)
	}
	return line, next, "", nil
}

// emptied returns the splice that leaves an empty list or mapping where the only child was.
func (d *Document) emptied(at, parent place, start, end int) (int, int, string, error) {
	empty := " []"
	if at.key != nil {
		empty = " {}"
	} else {
		dash, ok := d.dash(at)
		if !ok {
			return 0, 0, "", d.refuse(at.node, "its dash is not clear")
		}
		start = dash
	}
	if parent.key == nil {
		return start, end, strings.TrimSpace(empty), nil
	}
	colon := d.offset(parent.key) + len(parent.key.Value)
	if parent.key.Style&quoted != 0 {
		colon = closing(d.src, d.offset(parent.key), d.src[d.offset(parent.key)])
	}
	return colon + 1, end, empty, nil
}
