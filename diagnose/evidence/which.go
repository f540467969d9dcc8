package evidence

import (
	"slices"
	"strings"

	"culprit/request/lazyre"
)

// which keeps, of elements that have one name in several items of a list, those of the item that the answer speaks of: the
// one that it repeats as a whole, the one whose number it has in a member of its own, or in its words.
func (r *reader) which(found []int) []int {
	if len(found) < 2 {
		return found
	}
	inside := func(item []string) []int {
		var in []int
		for _, n := range found {
			if s := r.ix.entries[n].segs; len(s) >= len(item) && slices.Equal(s[:len(item)], item) {
				in = append(in, n)
			}
		}
		return in
	}
	if mirrored := r.mirrored(); len(mirrored) > 0 {
		if in := inside(mirrored); len(in) > 0 {
			return in
		}
	}
	list := r.ix.entries[found[0]].segs
	at := slices.IndexFunc(list, isNumber)
	if at < 0 {
		return found
	}
	list = list[:at:at]
	for _, n := range r.numbers(len(r.ix.itemsOf(list))) {
		if in := inside(append(list, itoa(n))); len(in) > 0 {
			return in
		}
	}
	return found
}

// numbers are the items that the answer speaks of by their number, from 0, where a list has so many.
func (r *reader) numbers(items int) []int {
	if r.doc.root != nil {
		for _, k := range []string{"index", "idx", "error.index", "errors.0.index", "details.index"} {
			if v := r.doc.root.at(k); v != nil && v.kind == '0' && isNumber(v.text) {
				n, err := atoi(v.text)
				if err == nil && n < items {
					return []int{n}
				}
			}
		}
	}
	m := numberedRE.FindStringSubmatch(short(r.sentence))
	if m == nil {
		return nil
	}
	n, err := atoi(m[2])
	switch word := strings.ToLower(m[1]); {
	case err != nil, n > items:
		return nil
	case word == "index" || n == 0: // counted from 0, as programs do
		return []int{n}
	case word == "line" || word == "row" || n == items:
		return []int{n - 1}
	}
	return nil // counted from 0 or from 1
}

// numberedRE is an item of a list by its number, as people write it.
var numberedRE = lazyre.New(`(?i)\b(index|line|row|item|entry|record|element|position|operation) #?(\d{1,4})\b`)

// mirrored is the path of the one object of the body that the answer has in it as it was sent; nil for none and for the
// body itself.
func (r *reader) mirrored() []string {
	if r.mirror == nil {
		r.mirror = &[]string{}
		if sent := r.sentTree(); sent != nil && r.doc.root != nil {
			r.seek(r.doc.root, sent)
		}
	}
	return *r.mirror
}

// sentTree is the body of the request as JSON; nil when it is none.
func (r *reader) sentTree() *node {
	if r.tree == nil {
		r.tree = &node{}
		if n, whole := parseTree(r.sentBody()); whole && n != nil {
			r.tree = n
		}
	}
	if r.tree.kind == 0 {
		return nil
	}
	return r.tree
}

// isMirror reports an object of the answer that is one of the request.
func (r *reader) isMirror(n *node) bool {
	return n.isObject() && len(n.kids) > 1 && r.sentTree() != nil && within(r.sentTree(), n, nil) != nil
}

// seek looks for an object of the request in a node of the answer.
func (r *reader) seek(n, sent *node) {
	if path := within(sent, n, nil); len(path) > 0 {
		*r.mirror = path
		return
	}
	for _, kid := range n.kids[:min(len(n.kids), maxIssues)] {
		if kid.kind == '{' || kid.kind == '[' {
			r.seek(kid, sent)
		}
	}
}

// within is the path of the object in a tree that another is equal to; one with a single member may be anything.
func within(tree, n *node, at []string) []string {
	if !n.isObject() || len(n.kids) < 2 {
		return nil
	}
	for i, kid := range tree.kids[:min(len(tree.kids), maxIssues)] {
		if kid.kind != '{' && kid.kind != '[' {
			continue
		}
		seg := itoa(i)
		if tree.isObject() {
			seg = tree.keys[i]
		}
		here := append(at[:len(at):len(at)], seg)
		if kid.same(n) {
			return here
		}
		if path := within(kid, n, here); path != nil {
			return path
		}
	}
	return nil
}

// same reports that two values are equal, whatever the order of their members.
func (n *node) same(o *node) bool {
	if n.kind != o.kind || len(n.kids) != len(o.kids) || n.text != o.text {
		return false
	}
	for i, kid := range n.kids {
		other := o.kids[i]
		if n.isObject() {
			other = o.get(n.keys[i])
		}
		if other == nil || !kid.same(other) {
			return false
		}
	}
	return true
}
