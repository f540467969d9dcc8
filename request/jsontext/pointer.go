package jsontext

import (
	"bytes"
	"strconv"
	"strings"
)

// Token escapes a key for a JSON pointer (RFC 6901 §3).
func Token(key string) string {
	return strings.ReplaceAll(strings.ReplaceAll(key, "~", "~0"), "/", "~1")
}

func untoken(t string) string {
	return strings.ReplaceAll(strings.ReplaceAll(t, "~1", "/"), "~0", "~")
}

// Split parts a JSON pointer into its decoded tokens; "" gives none.
func Split(pointer string) []string {
	if pointer == "" {
		return nil
	}
	tokens := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i, t := range tokens {
		tokens[i] = untoken(t)
	}
	return tokens
}

// At returns the node at a JSON pointer, nil when there is none. Of duplicate keys the last counts, as in
// most readers.
func (n *Node) At(pointer string) *Node {
	for _, t := range Split(pointer) {
		if n = n.Child(t); n == nil {
			return nil
		}
	}
	return n
}

// few is up to how many members a search from the end finds one sooner than a map does.
const few = 16

// Lookup returns what Child of n does, for one who asks for many of its members.
func (n *Node) Lookup() func(token string) *Node {
	if n == nil || n.Kind != Object || len(n.Children) <= few {
		return n.Child
	}
	members := make(map[string]*Node, len(n.Children))
	for _, c := range n.Children {
		members[c.Key] = c // of duplicates the last
	}
	return func(token string) *Node { return members[token] }
}

// Child returns the member of that key of an object, of duplicates the last, or the item of that index of an array; nil
// when there is none, and of nil.
func (n *Node) Child(token string) *Node {
	if n == nil {
		return nil
	}
	switch n.Kind {
	case Object:
		for i := len(n.Children) - 1; i >= 0; i-- {
			if n.Children[i].Key == token {
				return n.Children[i]
			}
		}
	case Array:
		if i, err := strconv.Atoi(token); err == nil && i >= 0 && i < len(n.Children) {
			return n.Children[i]
		}
	}
	return nil
}

// Walk visits every node below n and n itself, parents first, in the order of the text. It goes no deeper
// where visit returns false.
func (n *Node) Walk(visit func(pointer string, n *Node) bool) { n.walk("", visit) }

func (n *Node) walk(pointer string, visit func(string, *Node) bool) {
	if n == nil || !visit(pointer, n) {
		return
	}
	for i, c := range n.Children {
		token := strconv.Itoa(i)
		if n.Kind == Object {
			token = Token(c.Key)
		}
		c.walk(pointer+"/"+token, visit)
	}
}

// Replace returns src with the value of n replaced by raw.
func Replace(src []byte, n *Node, raw []byte) []byte {
	return splice(src, n.Start, n.End, raw)
}

// Rename returns src with the key of the member n replaced.
func Rename(src []byte, n *Node, key string) []byte {
	return splice(src, n.KeyStart, n.KeyEnd, Quote(key))
}

// Remove returns src without the child of parent, and without one comma.
func Remove(src []byte, parent, child *Node) []byte {
	start, end := child.Start, child.End
	if child.KeyEnd > 0 {
		start = child.KeyStart
	}
	if rest := bytes.TrimLeft(src[end:], " \t\r\n"); len(rest) > 0 && rest[0] == ',' {
		after := len(src) - len(rest) + 1
		after += len(src[after:]) - len(bytes.TrimLeft(src[after:], " \t\r\n"))
		return splice(src, start, after, nil)
	}
	before := bytes.TrimRight(src[:start], " \t\r\n")
	if len(before) > 0 && before[len(before)-1] == ',' {
		start = len(before) - 1
	} else {
		start = max(len(before), parent.Start+1)
	}
	return splice(src, start, end, nil)
}

// Insert returns src with a new last child of parent; key counts for an object. The new member is laid out as
// the one before it.
func Insert(src []byte, parent *Node, key string, raw []byte) []byte {
	if parent.Kind == Object {
		raw = append(append(Quote(key), ':', ' '), raw...)
	}
	if len(parent.Children) == 0 {
		return splice(src, parent.Start+1, parent.End-1, raw)
	}
	last := parent.Children[len(parent.Children)-1]
	start := last.Start
	if last.KeyEnd > 0 {
		start = last.KeyStart
	}
	lead := src[len(bytes.TrimRight(src[:start], " \t\r\n")):start]
	if parent.Kind == Object && bytes.IndexByte(lead, '\n') < 0 {
		if i := bytes.IndexByte(src[last.KeyEnd:last.Start], ' '); i < 0 { // minified: no space after the colon
			raw = bytes.Replace(raw, []byte(`": `), []byte(`":`), 1)
		}
	}
	return splice(src, last.End, last.End, append(append([]byte(","), lead...), raw...))
}

func splice(src []byte, start, end int, raw []byte) []byte {
	out := make([]byte, 0, len(src)-(end-start)+len(raw))
	out = append(out, src[:start]...)
	out = append(out, raw...)
	return append(out, src[end:]...)
}
