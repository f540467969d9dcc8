package lint

import (
	"slices"

	"culprit/diagnose/element"
	"culprit/request/jsontext"
)

// checkWrapper is B16: an object around the body that other requests to this endpoint have and this one not, the
// reverse, or the same one twice.
func checkWrapper(s *scan, r rule) {
	if s.root == nil || s.root.Kind != jsontext.Object {
		return
	}
	name, inner := only(s.root)
	if twice, again := only(inner); inner != nil && twice == name && again != nil && again.Kind == jsontext.Object {
		s.hit(r, "body", "invalid_body_property_type", "The body is wrapped in "+shortName(name)+" twice.", set("body", s.src[inner.Start:inner.End], .2))
		return
	}
	for _, x := range s.alike() {
		root, _ := x.JSON()
		if root == nil || root.Kind != jsontext.Object {
			continue
		}
		theirs, within := only(root)
		switch {
		case within != nil && s.root.Child(theirs) == nil && shared(s.root, within):
			s.hit(r, "body", "invalid_body_property_type", "Other requests to this endpoint wrap the body in "+shortName(theirs)+".", set("body", "{"+string(jsontext.Quote(theirs))+":"+s.src[s.root.Start:s.root.End]+"}", .2))
			return
		case inner != nil && root.Child(name) == nil && shared(inner, root):
			s.hit(r, "body", "invalid_body_property_type", "Other requests to this endpoint do not wrap the body in "+shortName(name)+".", set("body", s.src[inner.Start:inner.End], .2))
			return
		}
	}
}

// only is the one object that is the whole of another, with its key; nil when there is none.
func only(n *jsontext.Node) (string, *jsontext.Node) {
	if n == nil || n.Kind != jsontext.Object || len(n.Children) != 1 || n.Children[0].Kind != jsontext.Object {
		return "", nil
	}
	return n.Children[0].Key, n.Children[0]
}

// shared reports whether most keys of a are keys of b: at least half, and two.
func shared(a, b *jsontext.Node) bool {
	n := 0
	for _, c := range a.Children {
		if b.Child(c.Key) != nil {
			n++
		}
	}
	return n >= 2 && 2*n >= len(a.Children)
}

// shortName shows a key that may be anything.
func shortName(key string) string {
	if r := []rune(key); len(r) > 30 {
		return string(r[:30]) + "…"
	}
	return key
}

// alike are the requests of the same method and path: those that are known to have passed, then the saved ones.
func (s *scan) alike() []*element.Index {
	var good []*element.Index
	for _, g := range s.f.Good {
		if g.Worked() {
			good = append(good, element.Of(g.Request))
		}
	}
	return slices.DeleteFunc(append(good, s.same...), func(x *element.Index) bool {
		return x.Request.Method != s.r.Method || !samePath(x, s.x)
	})
}
