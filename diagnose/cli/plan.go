package cli

import (
	"cmp"
	"slices"

	collcli "culprit/collections/cli"
	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/inquiry"
	"culprit/diagnose/lint"
	"culprit/diagnose/report"
)

// plan prints what can be said without sending anything: what stands out, and the first probe. What comes after
// it depends on its answer.
func plan(d collcli.Deps, f *flags, c diagnose.Case) error {
	s := inquiry.New(c)
	defer s.Close()
	x := element.Of(c.Request)
	p := report.Plan{Request: c.Request, Changed: lint.Edited(x, c.Good), Hits: lint.Check(x, lint.FactsOf(c))}
	if c.Spec != nil {
		p.Hits = append(p.Hits, c.Spec.Hits(c.Request, c.Now)...)
		slices.SortStableFunc(p.Hits, func(a, b diagnose.Hit) int { return cmp.Compare(b.Odds, a.Odds) })
	}
	if q, ok := s.Next(); ok {
		p.First = &q
	}
	for _, g := range c.Good {
		p.Good = append(p.Good, g.Label)
	}
	p.Budget = c.Bounds()
	if f.JSON {
		return p.JSON(d.Streams.Out, f.Secret)
	}
	return p.Text(d.Streams.Out, f.Secret)
}
