// Package spec reads what an OpenAPI document knows about a request.
//
// A document (OpenAPI 3.0 and 3.1, Swagger 2) says which paths, methods, parameters, credentials, media types
// and bodies an API takes. Check compares a request with its operation, Edits repairs what departs from it,
// Known makes a minimal request that should pass, and Response compares an answer. A document may be out of
// date, so all of it is suspicion: weaker than the server's own word, and proved by experiment elsewhere. The
// package is pure: the bytes of the document are given to it, it opens no file and no connection, and a
// reference to another document is an error.
package spec

import (
	"cmp"
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// A Spec is an OpenAPI document, ready to be asked. It is never changed: any number of goroutines may ask.
type Spec struct {
	doc  *openapi3.T
	base string
	ops  []operation
}

var _ diagnose.Knowledge = (*Spec)(nil)

// Name is the name of the document's file, or the last part of its address; "" when it has none.
func (s *Spec) Name() string {
	if s.base == "" {
		return ""
	}
	name, _, _ := strings.Cut(filepath.ToSlash(s.base), "?")
	return path.Base(strings.TrimRight(name, "/"))
}

// Title is the API's name and version as the document gives them, untrusted; "" when it does not.
func (s *Spec) Title() string {
	if s.doc.Info == nil {
		return ""
	}
	return strings.TrimSpace(s.doc.Info.Title + " " + s.doc.Info.Version)
}

// Operations is the number of documented operations.
func (s *Spec) Operations() int { return len(s.ops) }

// Check implements diagnose.Knowledge: it validates r against its operation without sending anything.
func (s *Spec) Check(r request.Request) []diagnose.Evidence {
	var out []diagnose.Evidence
	for _, f := range s.inspect(r, time.Time{}) {
		if f.evidence.Kind != "" {
			out = append(out, f.evidence)
		}
	}
	return out
}

// Edits implements diagnose.Knowledge: the repairs of what Check finds, the heaviest first. Two findings that
// ask for the same edit make one.
func (s *Spec) Edits(r request.Request, now time.Time) []diagnose.Edit {
	var out []diagnose.Edit
	for _, f := range s.inspect(r, now) {
		for _, e := range f.edits {
			at := slices.IndexFunc(out, func(o diagnose.Edit) bool {
				return o.Element == e.Element && o.Op == e.Op && reflect.DeepEqual(o.To, e.To)
			})
			switch {
			case at < 0:
				out = append(out, e)
			case out[at].Weight < e.Weight:
				out[at] = e
			}
		}
	}
	slices.SortStableFunc(out, func(a, b diagnose.Edit) int { return cmp.Compare(b.Weight, a.Weight) })
	return out
}

// perOdds turns a ratio into the odds of a static check: what is certain has 60, as a missing field in B14 (§5).
const perOdds = 5

// Hits implements diagnose.Knowledge: what Check finds as static findings, each with its own repairs, best first.
// What is only worth an edit has that edit's odds.
func (s *Spec) Hits(r request.Request, now time.Time) []diagnose.Hit {
	var out []diagnose.Hit
	for _, f := range s.inspect(r, now) {
		h := diagnose.Hit{Rule: "spec", Element: f.evidence.Element, Cause: f.evidence.Cause, Odds: f.evidence.Ratio / perOdds,
			Text: sentence(f.evidence.Text), Edits: f.edits}
		if f.evidence.Kind == "" {
			e := f.edits[0]
			h.Element, h.Cause, h.Odds, h.Text = e.Element, e.Cause, e.Weight, sentence(e.Why)
		}
		slices.SortStableFunc(h.Edits, func(a, b diagnose.Edit) int { return cmp.Compare(b.Weight, a.Weight) })
		out = append(out, h)
	}
	slices.SortStableFunc(out, func(a, b diagnose.Hit) int { return cmp.Compare(b.Odds, a.Odds) })
	return out
}

// How much a departure from the document says (§9.4: 1000 is the server's own word).
const (
	certain = 300. // the document requires or forbids it
	likely  = 60.  // allowed, but a declared name is a slip away
	hint    = 10.  // unusual, seldom refused
)

// Weights and harms of §8.
const (
	repair  = 60.
	clamped = 40.
	slight  = 12.
	gentle  = .02
)

// A finding is one departure from the document and what would repair it.
type finding struct {
	evidence diagnose.Evidence // its Kind is "" when there are only edits
	edits    []diagnose.Edit
}

// An inspection gathers findings about one request.
type inspection struct {
	spec  *Spec
	x     *element.Index
	judge *judge
	op    match
	found []finding
}

// add records evidence with the edits that would repair it. The edits inherit its cause.
func (i *inspection) add(e diagnose.Evidence, edits ...diagnose.Edit) {
	if e.Kind == "" {
		e.Kind = "spec"
	}
	e.Source = "spec"
	if e.Ratio == 0 {
		e.Ratio = certain
	}
	for k := range edits {
		edits[k].Source = "spec"
		if edits[k].Cause == "" {
			edits[k].Cause = e.Cause
		}
	}
	i.found = append(i.found, finding{e, edits})
}

// inspect compares r with the document.
func (s *Spec) inspect(r request.Request, now time.Time) []finding {
	i := &inspection{spec: s, x: element.Of(r), judge: &judge{now: now}}
	var ok bool
	if i.op, ok = i.route(); ok {
		i.parameters()
		i.security()
		i.body()
		i.accept()
	}
	return i.found
}

func edit(id diagnose.ElementID, op diagnose.Op, to any, weight float64, why string) diagnose.Edit {
	return diagnose.Edit{Element: id, Op: op, To: to, Weight: weight, Harm: gentle, Why: why}
}

// unescape decodes a path segment; what cannot be decoded stays.
func unescape(s string) string {
	if d, err := url.PathUnescape(s); err == nil {
		return d
	}
	return s
}

// shorten cuts a text for a sentence.
func shorten(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// sentence begins a text with a capital and ends it with a full stop.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

func quoted(s string) string { return fmt.Sprintf("%q", shorten(s, 60)) }
