package secret

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// minSearch is the length in bytes from which a secret is searched for. Shorter ones would be found in every
// text; they are hidden by their position alone (RELIABILITY §4.5).
const minSearch = 6

// A Set finds the secrets it was made of, in all the forms in which they may come back. It does not change
// and may be used from many goroutines. A nil Set knows no secrets.
//
// It is an automaton of Aho and Corasick over the forms: one pass over the text, whatever their number.
type Set struct {
	nodes []node
	root  [256]int32 // the children of the first node, where nearly all time is spent
	refs  []string
}

// A node has few children, most only one: they hang together in a list.
type node struct {
	child   int32 // the first, 0 for none
	sibling int32 // the next child of the same parent, 0 for none
	fail    int32
	length  int32 // of the longest form that ends here, 0 for none
	ref     int32 // its secret
	depth   int32 // how much of a form has come
	owner   int32 // the secret of that form
	char    byte  // that leads here
}

// NewSet returns the Set of values. Those under six bytes are not searched for.
func NewSet(values ...Value) *Set {
	s := &Set{nodes: []node{{}}}
	for _, v := range values {
		if len(v.value) < minSearch {
			continue
		}
		ref := int32(len(s.refs))
		s.refs = append(s.refs, v.ref)
		for _, form := range forms(v.value) {
			if len(form) >= minSearch {
				s.add(form, ref)
			}
		}
	}
	s.link()
	return s
}

func (s *Set) add(form string, ref int32) {
	at := int32(0)
	for i := range len(form) {
		next := s.child(at, form[i])
		if next == 0 {
			next = int32(len(s.nodes))
			s.nodes = append(s.nodes, node{depth: int32(i) + 1, owner: ref, char: form[i], sibling: s.nodes[at].child})
			s.nodes[at].child = next
		}
		at = next
	}
	if s.nodes[at].length == 0 {
		s.nodes[at].length, s.nodes[at].ref = int32(len(form)), ref
	}
}

// link sets where to go on when the next byte does not fit, breadth first: a node's target is nearer the root.
func (s *Set) link() {
	queue := make([]int32, 0, len(s.nodes))
	for n := s.nodes[0].child; n != 0; n = s.nodes[n].sibling {
		s.root[s.nodes[n].char] = n
		queue = append(queue, n)
	}
	for i := 0; i < len(queue); i++ {
		at := s.nodes[queue[i]]
		for child := at.child; child != 0; child = s.nodes[child].sibling {
			n := &s.nodes[child]
			n.fail = s.step(at.fail, n.char)
			if n.length == 0 {
				n.length, n.ref = s.nodes[n.fail].length, s.nodes[n.fail].ref
			}
			queue = append(queue, child)
		}
	}
}

// child returns the child of a node to which a byte leads, 0 for none.
func (s *Set) child(at int32, c byte) int32 {
	n := s.nodes[at].child
	for n != 0 && s.nodes[n].char != c {
		n = s.nodes[n].sibling
	}
	return n
}

func (s *Set) step(at int32, c byte) int32 {
	for at != 0 {
		if next := s.child(at, c); next != 0 {
			return next
		}
		at = s.nodes[at].fail
	}
	return s.root[c]
}

// A span is text[from:to], which holds a secret.
type span struct {
	from, to int
	ref      int32
}

// Mask returns text with ‹secret:ref› in the place of every secret. Forms that overlap are hidden together,
// under the name of the one that is longest.
func (s *Set) Mask(text string) string {
	spans := s.find(text)
	if len(spans) == 0 {
		return text
	}
	var b strings.Builder
	at := 0
	for _, sp := range spans {
		b.WriteString(text[at:sp.from])
		b.WriteString(Hidden(s.refs[sp.ref]))
		at = sp.to
	}
	b.WriteString(text[at:])
	return b.String()
}

// Has reports whether text holds a secret.
func (s *Set) Has(text string) bool { return len(s.find(text)) > 0 }

// cutFrom is the length in bytes from which the beginning of a secret is one, where text was cut off after it, and
// shownMost is how much of a value that begins with a scheme Mask shows: the scheme, a blank and four characters.
const cutFrom, shownMost = 8, 16 + 1 + 4

// find returns the places of secrets in order, none touching another's bytes. A secret that was cut off, as … says,
// is found by its beginning.
func (s *Set) find(text string) []span {
	if s == nil || len(s.nodes) < 2 {
		return nil
	}
	var found []span
	at := int32(0)
	for i := range len(text) {
		if n := s.nodes[at]; n.depth >= cutFrom && strings.HasPrefix(text[i:], "…") && (n.depth > shownMost || !shownEnd(text[i:])) {
			found = with(found, span{i - int(n.depth), i, n.owner})
		}
		at = s.step(at, text[i])
		if n := s.nodes[at]; n.length > 0 {
			found = with(found, span{i + 1 - int(n.length), i + 1, n.ref})
		}
	}
	return slices.Clip(found)
}

// shownEnd reports whether rest, from its … on, is what Mask shows of a value after its beginning: wxyz(41).
func shownEnd(rest string) bool {
	rest = rest[len("…"):]
	for range 4 {
		_, n := utf8.DecodeRuneInString(rest)
		rest = rest[n:]
	}
	length, _, ok := strings.Cut(strings.TrimPrefix(rest[:min(len(rest), 12)], "("), ")")
	return ok && strings.HasPrefix(rest, "(") && strings.Trim(length, "0123456789") == ""
}

// with appends sp to found, which is in order and without overlap; only its end can overlap what ends later.
func with(found []span, sp span) []span {
	for len(found) > 0 && found[len(found)-1].to > sp.from {
		last := found[len(found)-1]
		if last.to-last.from > sp.to-sp.from {
			sp.ref = last.ref
		}
		sp.from, sp.to = min(sp.from, last.from), max(sp.to, last.to)
		found = found[:len(found)-1]
	}
	return append(found, sp)
}
