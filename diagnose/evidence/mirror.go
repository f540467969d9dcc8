package evidence

import (
	"encoding/binary"
	"hash/maphash"
	"slices"
)

// mirrored is the path of the one object of the body that the answer has in it as it was sent; nil for none, for several and
// for the body itself.
func (r *reader) mirrored() []string {
	if r.mirror == nil {
		r.mirror = &[]string{}
		if r.doc.root != nil && r.sentTree() != nil {
			if all := r.mirrors(r.doc.root, nil); len(all) == 1 {
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
	_, ok := r.sentAs(n)
	return ok
}

// mirrors adds the paths of the objects of the request that lie in a node of the answer, each once, until there are two.
func (r *reader) mirrors(n *node, all [][]string) [][]string {
	if path, ok := r.sentAs(n); ok {
		if !slices.ContainsFunc(all, func(p []string) bool { return slices.Equal(p, path) }) {
			all = append(all, path)
		}
		return all
	}
	for _, kid := range n.kids[:min(len(n.kids), maxIssues)] {
		if kid.isContainer() && len(all) < 2 {
			all = r.mirrors(kid, all)
		}
	}
	return all
}

// sentAs is the path of the first object of the request that is equal to one of the answer, empty for the body itself; one
// with a single member may be anything.
func (r *reader) sentAs(n *node) (path []string, ok bool) {
	if !n.isObject() || len(n.kids) < 2 || r.sentTree() == nil {
		return nil, false
	}
	if r.copies.paths == nil {
		r.copies = sums{maphash.MakeSeed(), map[*node]uint64{}, map[uint64][]string{}}
		r.copies.enter(r.sentTree(), nil)
	}
	path, ok = r.copies.paths[r.copies.of(n)]
	return path, ok
}

// sums are values told apart by a hash, so that all of an answer can be looked up in all of a request.
type sums struct {
	seed  maphash.Seed
	known map[*node]uint64
	paths map[uint64][]string // of the objects of the request, the first of those that are equal
}

// enter notes an object and those in it.
func (s *sums) enter(n *node, path []string) {
	if n.isObject() && len(n.kids) > 1 {
		if _, there := s.paths[s.of(n)]; !there {
			s.paths[s.of(n)] = path
		}
	}
	for i, kid := range n.kids[:min(len(n.kids), maxIssues)] {
		if !kid.isContainer() {
			continue
		}
		seg := itoa(i)
		if n.isObject() {
			seg = n.keys[i]
		}
		s.enter(kid, append(slices.Clip(path), seg))
	}
}

// of is the hash of a value. Equal values have equal ones, whatever the order of their members.
func (s *sums) of(n *node) uint64 {
	if sum, ok := s.known[n]; ok {
		return sum
	}
	sum := maphash.String(s.seed, string(n.kind)+n.text)
	for i, kid := range n.kids {
		if n.isObject() {
			sum += s.pair(maphash.String(s.seed, n.keys[i]), s.of(kid))
		} else {
			sum = s.pair(sum, s.of(kid))
		}
	}
	s.known[n] = sum
	return sum
}

func (s *sums) pair(a, b uint64) uint64 {
	return maphash.Bytes(s.seed, binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(nil, a), b))
}
