package file

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// ErrRefused says that a place cannot be edited without risk to the bytes around it. Nothing was changed.
var ErrRefused = errors.New("this place of the file cannot be edited safely; edit the file by hand")

// ErrNoPlace says that a path leads nowhere.
var ErrNoPlace = errors.New("no such place in the file")

// Set replaces the scalar at path by a text. The quoting style stays where it can hold the text. It returns
// an error that wraps ErrRefused or ErrNoPlace, and then nothing has changed.
func (d *Document) Set(path, value string) error { return d.set(path, text(value)) }

// SetWord replaces the scalar at path by something that is written without quotes: a number, true, false.
func (d *Document) SetWord(path, value string) error { return d.set(path, word(value)) }

func (d *Document) set(path string, n *yaml.Node) error {
	at, ok := d.find(path)
	if !ok {
		return fmt.Errorf("%s: %w", path, ErrNoPlace)
	}
	if at.node.Kind != yaml.ScalarNode {
		return fmt.Errorf("%s is not one value: %w", path, ErrRefused)
	}
	start, end, err := d.scalar(at)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	want := d.copy()
	w, _ := want.find(path)
	*w.node = *n
	for _, s := range d.forms(at, n, start, end) {
		if start == end && start > 0 && d.src[start-1] > ' ' {
			s = " " + s
		}
		if d.prove(want, start, end, s) {
			return nil
		}
	}
	return fmt.Errorf("%s: %w", path, ErrRefused)
}

// forms returns the ways to write n in place of the scalar, best first.
func (d *Document) forms(at place, n *yaml.Node, start, end int) []string {
	if !isText(n) {
		return []string{n.Value}
	}
	v, style := n.Value, at.node.Style
	var forms []string
	switch {
	case style&block != 0:
		forms = append(forms, d.reblock(start, end, v, at.indent()))
	case strings.Contains(v, "\n") && !strings.Contains(at.node.Value, "\n") && !at.flow:
		forms = append(forms, literal(v, at.indent(), d.eol))
	case style&yaml.SingleQuotedStyle != 0:
		forms = append(forms, single(v))
	case style&yaml.DoubleQuotedStyle == 0:
		forms = append(forms, plain(v, at.flow))
	}
	return slices.DeleteFunc(append(forms, double(v)), func(s string) bool { return s == "" })
}

// reblock writes v as the block scalar that is at start, keeping the lines that stay, the comment of the
// header and the indentation; "" when it cannot.
func (d *Document) reblock(start, end int, v string, indent int) string {
	lines := literalLines(v)
	if lines == nil {
		return ""
	}
	h := d.blockHeader(start)
	head := d.lineEnd(start)
	var old []string
	if head < end {
		old = strings.Split(strings.TrimPrefix(string(d.src[head:end]), d.eol), d.eol)
	}
	pad := indent + 2
	for _, l := range old {
		if n := leading([]byte(l)); n < len(l) {
			pad = n
			break
		}
	}
	if h.digit > 0 {
		pad = indent + h.digit
	}
	wanted := literalHeader(v)
	chomp := strings.TrimLeft(wanted, "|2")
	digit := ""
	if h.digit > 0 || strings.Contains(wanted, "2") {
		digit = strconv.Itoa(pad - indent)
	}
	fresh := make([]string, len(lines))
	for i, l := range lines {
		if l != "" {
			l = strings.Repeat(" ", pad) + l
		}
		fresh[i] = l
	}
	if h.style == '|' {
		keepLines(fresh, old, pad)
	}
	header := "|" + digit + chomp
	if s := string(d.src[start:h.end]); s == "|"+chomp+digit {
		header = s
	}
	return header + string(d.src[h.end:head]) + d.eol + strings.Join(fresh, d.eol)
}

// keepLines takes lines at the start and end that mean the same from old, with the spaces they have there.
func keepLines(fresh, old []string, pad int) {
	same := func(a, b string) bool {
		return a == b || a == "" && len(b) <= pad && strings.Trim(b, " ") == ""
	}
	i := 0
	for ; i < len(fresh) && i < len(old) && same(fresh[i], old[i]); i++ {
		fresh[i] = old[i]
	}
	for j := 1; j <= len(fresh)-i && j <= len(old)-i; j++ {
		if !same(fresh[len(fresh)-j], old[len(old)-j]) {
			return
		}
		fresh[len(fresh)-j] = old[len(old)-j]
	}
}

// copy returns a document with a copy of the tree and no text, to say what is wanted.
func (d *Document) copy() *Document { return &Document{root: cloneNode(d.root)} }

func cloneNode(n *yaml.Node) *yaml.Node {
	c := *n
	c.Content = make([]*yaml.Node, len(n.Content))
	for i, child := range n.Content {
		c.Content[i] = cloneNode(child)
	}
	return &c
}

// prove replaces src[start:end] by text if the result parses to the wanted tree, and reports whether it did.
func (d *Document) prove(want *Document, start, end int, text string) bool {
	src := slices.Concat(d.src[:start], []byte(text), d.src[end:])
	next, fault := Parse(src)
	if fault != nil || !same(want.root, next.root) {
		return false
	}
	next.eol = d.eol
	*d = *next
	return true
}

// same compares kinds, values and, where both are known, types of nodes.
func same(a, b *yaml.Node) bool {
	if a.Kind != b.Kind || a.Value != b.Value || len(a.Content) != len(b.Content) {
		return false
	}
	if isText(a) != isText(b) && a.Kind == yaml.ScalarNode {
		return false
	}
	for i := range a.Content {
		if !same(a.Content[i], b.Content[i]) {
			return false
		}
	}
	return true
}

// spliced tries one splice and says ErrRefused when it is not proved.
func (d *Document) spliced(path string, want *Document, start, end int, text string) error {
	if d.prove(want, start, end, text) {
		return nil
	}
	return fmt.Errorf("%s: %w", path, ErrRefused)
}

// hasBlank reports whether the line before off is blank.
func (d *Document) hasBlank(off int) bool {
	i := d.lineOf(off)
	return i > 0 && len(bytes.TrimSpace(d.src[d.lines[i-1]:d.lines[i]])) == 0
}
