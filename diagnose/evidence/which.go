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

// mirrored is the path of the one object of the body that the answer has in it as it was sent; nil for none, for several and
// for the body itself.
func (r *reader) mirrored() []string {
	if r.mirror == nil {
		r.mirror = &[]string{}
		if sent := r.sentTree(); sent != nil && r.doc.root != nil {
			if all := mirrors(r.doc.root, sent, nil); len(all) == 1 {
				*r.mirror = all[0]
			}
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

// isMirror reports an object of the answer that is one of the request, or all of it.
func (r *reader) isMirror(n *node) bool {
	if r.sentTree() == nil {
		return false
	}
	_, ok := within(r.sentTree(), n)
	return ok
}

// mirrors adds the paths of the objects of the request that lie in a node of the answer, each once.
func mirrors(n, sent *node, all [][]string) [][]string {
	if path, ok := within(sent, n); ok {
		if !slices.ContainsFunc(all, func(p []string) bool { return slices.Equal(p, path) }) {
			all = append(all, path)
		}
		return all
	}
	for _, kid := range n.kids[:min(len(n.kids), maxIssues)] {
		if kid.kind == '{' || kid.kind == '[' {
			all = mirrors(kid, sent, all)
		}
	}
	return all
}

// within is the path of the object in a tree that another is equal to, empty for the tree itself; one with a single member
// may be anything. The path is made on the way back: all of an answer may be compared with all of a request.
func within(tree, n *node) (path []string, ok bool) {
	if !n.isObject() || len(n.kids) < 2 {
		return nil, false
	}
	if tree.same(n) {
		return nil, true
	}
	for i, kid := range tree.kids[:min(len(tree.kids), maxIssues)] {
		if kid.kind != '{' && kid.kind != '[' {
			continue
		}
		if path, ok := within(kid, n); ok {
			seg := itoa(i)
			if tree.isObject() {
				seg = tree.keys[i]
			}
			return append([]string{seg}, path...), true
		}
	}
	return nil, false
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
