package jq

import (
	"strconv"

	"github.com/itchyny/gojq"
)

// A step is one part of a path into a document: a member, an item, or each of them.
type step struct {
	name  string
	index int
	kind  stepKind
	try   bool // a place that is not there is passed over
}

type stepKind int

const (
	member stepKind = iota
	item
	each
)

// pathOf parts a program into the path that it begins with and what is done with what lies there, nil for nothing. It
// reports false for a program that begins otherwise: then it is the whole document that it needs.
func pathOf(q *gojq.Query) (steps []step, rest *gojq.Query, ok bool) {
	if q.Meta != nil || len(q.Imports) > 0 || len(q.FuncDefs) > 0 || len(q.Patterns) > 0 {
		return nil, nil, false
	}
	if q.Op == gojq.OpPipe {
		if steps, rest, ok = pathOf(q.Left); !ok {
			return nil, nil, false
		}
		if rest != nil {
			return steps, &gojq.Query{Left: rest, Op: gojq.OpPipe, Right: q.Right}, true
		}
		if more, rest, ok := pathOf(q.Right); ok {
			return append(steps, more...), rest, true
		}
		return steps, q.Right, true
	}
	if q.Term == nil {
		return nil, nil, false
	}
	switch q.Term.Type {
	case gojq.TermTypeIdentity:
	case gojq.TermTypeIndex:
		first, ok := stepOf(q.Term.Index)
		if !ok {
			return nil, nil, false
		}
		steps = append(steps, first)
	default:
		return nil, nil, false
	}
	for _, s := range q.Term.SuffixList {
		switch {
		case s.Optional:
			if len(steps) > 0 {
				if steps[len(steps)-1].try {
					return nil, nil, false // a second one is about all of the path
				}
				steps[len(steps)-1].try = true
			}
		case s.Iter:
			steps = append(steps, step{kind: each})
		default:
			next, ok := stepOf(s.Index)
			if !ok {
				return nil, nil, false
			}
			steps = append(steps, next)
		}
	}
	return steps, nil, true
}

func stepOf(i *gojq.Index) (step, bool) {
	switch {
	case i == nil || i.IsSlice || i.End != nil:
		return step{}, false
	case i.Name != "":
		return step{name: i.Name}, true
	case i.Str != nil:
		return step{name: i.Str.Str}, len(i.Str.Queries) == 0
	}
	if i.Start == nil || i.Start.Term == nil || len(i.Start.Term.SuffixList) > 0 {
		return step{}, false
	}
	switch t := i.Start.Term; t.Type {
	case gojq.TermTypeString:
		return step{name: t.Str.Str}, len(t.Str.Queries) == 0
	case gojq.TermTypeNumber:
		n, err := strconv.Atoi(t.Number)
		return step{kind: item, index: n}, err == nil
	}
	return step{}, false
}
