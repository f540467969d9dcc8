// Package xmltext reads XML as text: it lays it out anew, says where it is broken, and reads and changes the values in
// it, in place.
//
// It is not a parser for documents: entities, name spaces and document types are left as they are written.
package xmltext

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A node is an element, or one thing between elements.
type node struct {
	open, end int // the bytes of its own tag, or of all of it
	close     int // where its closing tag begins; 0 for what has none
	after     int // the end of all of it
	kids      []*node
	name      string // as it is written, with its prefix; "" for what is no element
	value     []byte // the text directly in it, decoded
	mixed     bool   // text stands directly in it
}

// Indent lays XML out with two spaces. Tags, comments and texts stay to the byte; only white space between
// elements changes, and an element that holds text is left as it is, for there white space may count. On an error
// the offset says where, in bytes.
func Indent(text string) (out string, offset int, err error) {
	root, offset, err := parse(text)
	if err != nil {
		return text, offset, err
	}
	var b strings.Builder
	for i, n := range root.kids {
		if i > 0 {
			b.WriteByte('\n')
		}
		n.print(&b, text, 0)
	}
	return b.String(), 0, nil
}

// Check says where the first mistake of a text is, in bytes, and what it is; nil when there is none.
func Check(text string) (offset int, err error) {
	_, offset, err = parse(text)
	return offset, err
}

func parse(text string) (root *node, offset int, err error) {
	d := xml.NewDecoder(strings.NewReader(text))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // what is typed is UTF-8
	root = &node{}
	stack := []*node{root}
	var names []string
	for {
		from := int(d.InputOffset())
		token, err := d.RawToken()
		to := int(d.InputOffset())
		top := stack[len(stack)-1]
		if err == io.EOF {
			break
		}
		if err != nil {
			var bad *xml.SyntaxError
			if errors.As(err, &bad) {
				err = errors.New(bad.Msg)
			}
			return nil, min(to, len(text)), err
		}
		switch t := token.(type) {
		case xml.StartElement:
			n := &node{open: from, end: to, name: label(t.Name)}
			top.kids, stack, names = append(top.kids, n), append(stack, n), append(names, label(t.Name))
		case xml.EndElement:
			if len(names) == 0 || names[len(names)-1] != label(t.Name) {
				return nil, from, fmt.Errorf("the tag </%s> closes nothing that is open", label(t.Name))
			}
			if top.after = to; from < to {
				top.close = from
			}
			stack, names = stack[:len(stack)-1], names[:len(names)-1]
		case xml.CharData:
			if strings.TrimSpace(text[from:to]) != "" {
				top.mixed = true
				top.value = append(top.value, t...)
				top.kids = append(top.kids, &node{open: from, end: to, after: to})
			}
		default:
			top.kids = append(top.kids, &node{open: from, end: to, after: to})
		}
	}
	if len(names) > 0 {
		return nil, stack[len(stack)-1].open, fmt.Errorf("the tag <%s> is not closed", names[len(names)-1])
	}
	if root.mixed {
		return nil, root.kids[0].open, errors.New("there is text outside of the elements")
	}
	return root, 0, nil
}

func label(n xml.Name) string {
	if n.Space != "" {
		return n.Space + ":" + n.Local
	}
	return n.Local
}

// deepest is how many levels are indented: what a server nests deeper would grow with the square of its size.
const deepest = 64

func (n *node) print(b *strings.Builder, text string, depth int) {
	indent := strings.Repeat("  ", min(depth, deepest))
	b.WriteString(indent)
	if n.mixed || len(n.kids) == 0 {
		b.WriteString(strings.TrimSpace(text[n.open:n.end]))
		if n.mixed {
			b.WriteString(text[n.end:n.close])
		}
		if n.close > 0 {
			b.WriteString(text[n.close:n.after])
		}
		return
	}
	b.WriteString(text[n.open:n.end])
	for _, k := range n.kids {
		b.WriteByte('\n')
		k.print(b, text, depth+1)
	}
	b.WriteString("\n" + indent + text[n.close:n.after])
}
