// Package jsontext reads JSON as text: a tree of nodes with byte offsets, and edits that change only the bytes
// they must.
//
// Keys keep their order, duplicates stay, numbers keep their spelling: nothing is decoded that nobody asked
// for. It is a leaf and meant for request bodies, which are small; the viewer of large responses has an index
// of its own. No library in LIBRARIES.md gives offsets and edits in place.
package jsontext

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Kind is the type of a JSON value.
type Kind byte

// The kinds. Bool is true or false.
const (
	Object Kind = 'o'
	Array  Kind = 'a'
	String Kind = 's'
	Number Kind = 'n'
	Bool   Kind = 'b'
	Null   Kind = '0'
)

// String returns the kind's name as JSON Schema has it.
func (k Kind) String() string {
	switch k {
	case Object:
		return "object"
	case Array:
		return "array"
	case String:
		return "string"
	case Number:
		return "number"
	case Bool:
		return "boolean"
	case Null:
		return "null"
	}
	return "?"
}

// A Node is a value and where it stands: source[Start:End].
type Node struct {
	Kind       Kind
	Start, End int
	Key        string // decoded; of a member of an object
	KeyStart   int    // of the opening quote of the key; 0 and 0 for what is no member
	KeyEnd     int    // after its closing quote
	Children   []*Node
}

// An Error says where a text stops being JSON (RFC 8259) and why.
type Error struct {
	Offset       int // byte, from 0
	Line, Column int // from 1; the column counts characters
	Text         string
}

// Error implements error.
func (e *Error) Error() string { return fmt.Sprintf("line %d column %d: %s", e.Line, e.Column, e.Text) }

// MaxDepth is how deep a text may nest; deeper is an Error. encoding/json has the same limit.
const MaxDepth = 10000

// Parse reads one JSON text. On an error the tree holds what was read before it; it is nil when there was
// nothing.
func Parse(src []byte) (*Node, *Error) {
	p := parser{src: src}
	p.space()
	root := p.value()
	if p.err == nil {
		p.space()
		if p.at < len(src) {
			p.fail("more text after the end of the document")
		}
	}
	return root, p.err
}

type parser struct {
	src []byte
	at  int
	err *Error
}

func (p *parser) fail(text string) {
	if p.err != nil {
		return
	}
	at := min(p.at, len(p.src))
	line := 1 + bytes.Count(p.src[:at], []byte("\n"))
	start := bytes.LastIndexByte(p.src[:at], '\n') + 1
	p.err = &Error{Offset: at, Line: line, Column: 1 + utf8.RuneCount(p.src[start:at]), Text: text}
}

func (p *parser) space() {
	for p.at < len(p.src) {
		switch p.src[p.at] {
		case ' ', '\t', '\n', '\r':
			p.at++
		default:
			return
		}
	}
}

func (p *parser) peek() byte {
	if p.at < len(p.src) {
		return p.src[p.at]
	}
	return 0
}

// value reads one value with an explicit stack: invariant: stack holds the containers that are open, outermost
// first, and p.at stands where a member, an element or the end of the innermost one is expected.
func (p *parser) value() *Node {
	root := p.scalarOrOpen()
	if root == nil || p.err != nil || !root.open() {
		return root
	}
	stack := []*Node{root}
	for len(stack) > 0 && p.err == nil {
		top := stack[len(stack)-1]
		p.space()
		closer := byte('}')
		if top.Kind == Array {
			closer = ']'
		}
		if p.peek() == closer && p.mayClose(top) {
			p.at++
			top.End = p.at
			stack = stack[:len(stack)-1]
			continue
		}
		if !p.comma(top, closer) {
			break
		}
		child := p.child(top)
		if child == nil {
			break
		}
		top.Children = append(top.Children, child)
		if child.open() {
			if len(stack) == MaxDepth {
				p.fail("nested too deep")
				break
			}
			stack = append(stack, child)
		}
	}
	for _, n := range stack {
		if n.End < 0 {
			n.End = p.at
		}
	}
	return root
}

func (n *Node) open() bool { return n.End < 0 }

// mayClose refuses a closer after a comma.
func (p *parser) mayClose(top *Node) bool {
	if i := bytes.LastIndexFunc(p.src[top.Start:p.at], func(r rune) bool { return !strings.ContainsRune(" \t\r\n", r) }); i > 0 && p.src[top.Start+i] == ',' {
		p.fail("a comma before the closing bracket")
		return false
	}
	return true
}

// comma reads the comma that parts a child from the one before it.
func (p *parser) comma(top *Node, closer byte) bool {
	if p.err != nil {
		return false
	}
	if p.at >= len(p.src) {
		p.fail(fmt.Sprintf("the text ends where , or %c is expected", closer))
		return false
	}
	if len(top.Children) == 0 {
		return true
	}
	if p.peek() != ',' {
		p.fail(fmt.Sprintf("%s where , or %c is expected", p.found(), closer))
		return false
	}
	p.at++
	p.space()
	if p.peek() == closer {
		p.fail("a comma before the closing bracket")
		return false
	}
	return true
}

func (p *parser) child(top *Node) *Node {
	p.space()
	if top.Kind == Array {
		return p.scalarOrOpen()
	}
	if p.peek() != '"' {
		p.fail(p.found() + " where a key in double quotes is expected")
		return nil
	}
	start := p.at
	if !p.str() {
		return nil
	}
	end := p.at
	p.space()
	if p.peek() != ':' {
		p.fail(p.found() + " where : is expected after the key")
		return nil
	}
	p.at++
	p.space()
	n := p.scalarOrOpen()
	if n != nil {
		n.Key, n.KeyStart, n.KeyEnd = Unquote(p.src[start:end]), start, end
	}
	return n
}

// scalarOrOpen reads a scalar whole, of a container only the bracket (its End is then -1).
func (p *parser) scalarOrOpen() *Node {
	n := &Node{Start: p.at}
	switch c := p.peek(); {
	case c == '{':
		n.Kind, n.End = Object, -1
		p.at++
		return n
	case c == '[':
		n.Kind, n.End = Array, -1
		p.at++
		return n
	case c == '"':
		n.Kind = String
		if !p.str() {
			return nil
		}
	case c == '-' || c >= '0' && c <= '9':
		n.Kind = Number
		if !p.number() {
			return nil
		}
	case p.word("true") || p.word("false"):
		n.Kind = Bool
	case p.word("null"):
		n.Kind = Null
	case p.at >= len(p.src):
		p.fail("the text ends where a value is expected")
		return nil
	default:
		p.fail(p.found() + " where a value is expected")
		return nil
	}
	n.End = p.at
	return n
}

func (p *parser) word(w string) bool {
	if !bytes.HasPrefix(p.src[p.at:], []byte(w)) {
		return false
	}
	p.at += len(w)
	return true
}

func (p *parser) str() bool {
	p.at++
	for p.at < len(p.src) {
		switch c := p.src[p.at]; {
		case c == '"':
			p.at++
			return true
		case c < 0x20:
			p.fail("a raw control character in a string")
			return false
		case c == '\\':
			p.at++
			if !p.escape() {
				return false
			}
		default:
			p.at++
		}
	}
	p.fail("the text ends inside a string")
	return false
}

func (p *parser) escape() bool {
	c := p.peek()
	if strings.IndexByte(`"\/bfnrt`, c) >= 0 && c != 0 {
		p.at++
		return true
	}
	if c == 'u' && p.at+5 <= len(p.src) {
		if _, err := strconv.ParseUint(string(p.src[p.at+1:p.at+5]), 16, 16); err == nil {
			p.at += 5
			return true
		}
	}
	p.fail("an escape that JSON does not know")
	return false
}

func (p *parser) number() bool {
	if p.peek() == '-' {
		p.at++
	}
	zero := p.peek() == '0'
	n := p.digits()
	switch {
	case n == 0:
		p.fail("a number without digits")
		return false
	case zero && n > 1:
		p.at -= n
		p.fail("a number with a leading zero")
		return false
	}
	if p.peek() == '.' {
		p.at++
		if p.digits() == 0 {
			p.fail("a number without digits after the point")
			return false
		}
	}
	if c := p.peek(); c == 'e' || c == 'E' {
		p.at++
		if c := p.peek(); c == '+' || c == '-' {
			p.at++
		}
		if p.digits() == 0 {
			p.fail("a number without digits in the exponent")
			return false
		}
	}
	return true
}

func (p *parser) digits() int {
	start := p.at
	for p.at < len(p.src) && p.src[p.at] >= '0' && p.src[p.at] <= '9' {
		p.at++
	}
	return p.at - start
}

func (p *parser) found() string {
	if p.at >= len(p.src) {
		return "the end of the text"
	}
	r, _ := utf8.DecodeRune(p.src[p.at:])
	return strconv.QuoteRune(r)
}

// Unquote decodes a JSON string with its quotes. Lone surrogates become U+FFFD; what is no string comes back
// as it is.
func Unquote(raw []byte) string {
	if bytes.IndexByte(raw, '\\') < 0 && len(raw) >= 2 && utf8.Valid(raw) {
		return string(raw[1 : len(raw)-1])
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return string(raw)
	}
	return s
}

// Quote encodes s as a JSON string and escapes only what must be (RFC 8259 §7).
func Quote(s string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(s) != nil { // cannot happen: a string always encodes
		return []byte(`""`)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
