package drift

import (
	"bytes"

	"culprit/request/jsontext"
	"culprit/request/lazyre"
)

// A shape is what the values at one place of some documents have in common: their types, their members, what
// their elements are like.
type shape struct {
	seen    int                   // values
	kinds   map[jsontext.Kind]int // how many of each type
	objects int                   // objects, the whole of which members count a part
	filled  int                   // values that say something: not null, "", [] or {}
	members map[string]*shape
	order   []string        // of the members, as they came
	items   *shape          // of the elements of all arrays; nil without one
	marks   map[string]bool // what the members that tell variants apart say
	sample  string          // the first scalar, as it is written
	date    bool            // every text so far begins with a date
}

// maxShape bounds the members of one shape: what has more is a dictionary.
const maxShape = 2000

func newShape() *shape {
	return &shape{kinds: map[jsontext.Kind]int{}, members: map[string]*shape{}, marks: map[string]bool{}}
}

// shapeOf returns the shape of a document, or nil when it is no JSON.
func shapeOf(b []byte) *shape {
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	n, err := jsontext.Parse(b)
	if err != nil {
		return nil
	}
	s := newShape()
	s.take(b, n)
	return s
}

var dated = lazyre.New(`^"\d{4}-\d\d-\d\d`)

// variants are the members by which objects of one list say which kind they are.
var variants = map[string]bool{"type": true, "kind": true, "object": true, "event": true, "__typename": true, "resourceType": true, "@type": true, "eventType": true, "event_type": true}

// take adds one value.
func (s *shape) take(src []byte, n *jsontext.Node) {
	raw := src[n.Start:n.End]
	s.kinds[n.Kind]++
	if n.Kind == jsontext.String {
		s.date = dated.MatchString(string(raw)) && (s.date || s.seen == s.kinds[jsontext.Null])
	}
	s.seen++
	switch n.Kind {
	case jsontext.Object:
		s.objects++
		if len(n.Children) > 0 {
			s.filled++
		}
		for _, c := range n.Children {
			m := s.members[c.Key]
			if m == nil {
				if len(s.members) >= maxShape {
					continue
				}
				m = newShape()
				s.members[c.Key] = m
				s.order = append(s.order, c.Key)
			}
			m.take(src, c)
			if variants[c.Key] && c.Kind == jsontext.String {
				s.marks[string(src[c.Start:c.End])] = true
			}
		}
	case jsontext.Array:
		if s.items == nil {
			s.items = newShape()
		}
		for _, c := range n.Children {
			s.items.take(src, c)
		}
		if len(n.Children) > 0 {
			s.filled++
		}
	case jsontext.Null:
	default:
		if len(raw) > len(`""`) || n.Kind != jsontext.String {
			s.filled++
		}
		if s.sample == "" {
			s.sample = string(raw[:min(len(raw), maxSample)])
		}
	}
}

// maxSample is how much of a value is shown, in bytes.
const maxSample = 40

// data matches keys that are data: numbers, dates, ids, paths, addresses.
var data = lazyre.New(`^\d|[\s/.:]|.@|\d{4}|^[0-9a-fA-F-]{16,}$|^.{64}`)

// dictionary reports whether the keys of two shapes are data and not names: some look like it, or fewer than half
// of many are in both.
func dictionary(was, is *shape) bool {
	shared := 0
	for _, s := range []*shape{was, is} {
		for k := range s.members {
			if data.MatchString(k) {
				return true
			}
		}
	}
	for k := range was.members {
		if is.members[k] != nil {
			shared++
		}
	}
	const many = 3
	return len(was.members) >= many && len(is.members) >= many && 2*shared < min(len(was.members), len(is.members)) && alike(was) && alike(is)
}

// alike reports whether all members have one and the same type.
func alike(s *shape) bool {
	var kind jsontext.Kind
	for _, m := range s.members {
		for k := range m.kinds {
			if kind != 0 && kind != k {
				return false
			}
			kind = k
		}
	}
	return true
}

// values returns the shape that all members of a dictionary have together.
func (s *shape) values() *shape {
	all := newShape()
	for _, k := range s.order {
		all.merge(s.members[k])
	}
	return all
}

// merge adds what another shape has seen.
func (s *shape) merge(o *shape) {
	s.date = o.date && (s.date || s.seen == 0)
	s.seen, s.objects, s.filled = s.seen+o.seen, s.objects+o.objects, s.filled+o.filled
	for k, n := range o.kinds {
		s.kinds[k] += n
	}
	for k := range o.marks {
		s.marks[k] = true
	}
	for _, k := range o.order {
		if s.members[k] == nil {
			s.members[k] = newShape()
			s.order = append(s.order, k)
		}
		s.members[k].merge(o.members[k])
	}
	if o.items != nil {
		if s.items == nil {
			s.items = newShape()
		}
		s.items.merge(o.items)
	}
	if s.sample == "" {
		s.sample = o.sample
	}
}
