package inquiry

import (
	"slices"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/diagnose/ladder"
	"culprit/request"
)

// worthReducing is the number of elements that could be left out from which a smaller failing request is
// looked for: it serves as the repetition of the failure at the same time.
const worthReducing = 3

// prove repeats both halves of the pair: with the culprit it fails, without it it passes (§3.6). edits mend
// the failure at hand; x is the pass that was seen as probe n.
//
// The repetition uses a smaller request where there is enough to leave out. When the smaller one passes
// although the culprit is in it, the culprit needs a partner among what was left out. When the server named
// the culprit by itself, that stands for the second pass. A request that may change data passes only once.
//
// others are the remaining differences to a request that works, nil when there is none: the failure is then
// repeated with all of them reverted, the culprit alone in a request that otherwise works (§7.5).
func (d *detective) prove(edits []diagnose.Edit, x *request.Exchange, n int, others []diagnose.Edit) {
	edits, x, n = d.unneeded(edits, x, n)
	d.board.narrow(edits)
	p := &proof{fails: slices.Clone(d.oracle.fails), passes: []int{n}, passed: true, accused: edits}
	if d.oracle.exchange == d.Recorded {
		p.recorded = 1
	}
	d.result.fix, d.result.fixed, d.result.verified = append(slices.Clone(d.peeled), edits...), x.Status(), true
	if d.cached(p) || d.tooCoarse(edits) {
		return
	}
	minimal := d.base
	drop := others
	if d.base.Reads() && (len(drop) == 0 || d.unexplainedRemoval(edits)) {
		drop = d.reducible(edits)
		if d.once(edits) && d.inWords(edits) { // no second pass would show that nothing is left out that is needed
			drop = slices.DeleteFunc(drop, func(e diagnose.Edit) bool { return e.Element.Is("query") })
		}
		if len(drop) < worthReducing && !d.unexplainedRemoval(edits) {
			drop = nil
		}
	}
	if len(drop) > 0 && !d.ladder.Noise.Seen() {
		switch d.reduce(p, edits, drop) {
		case diagnose.Pass:
			if !ofPages(edits) && d.partner(p, edits, drop) {
				return
			}
		case diagnose.Same:
			if r, err := element.Apply(d.base, drop); err == nil && p.reduced {
				minimal = r
			}
		}
	}
	if !d.repeat(p, edits) {
		return
	}
	d.result.minimal = &minimal
	d.accuse(edits, p, "")
}

// ofPages reports a fix that is another size of the pages: where no page is asked for, nobody looks at their size, and that
// too large a one passes there is no clash.
func ofPages(edits []diagnose.Edit) bool {
	e := edits[0]
	return len(edits) == 1 && e.Op == diagnose.Set && e.Element.Is("query") && habit.Of(e.Element.Last()) == habit.Limit
}

// unexplainedRemoval reports a fix that leaves something out which nobody called wrong: it may be fine by
// itself and clash with something else.
func (f *failure) unexplainedRemoval(edits []diagnose.Edit) bool {
	return len(edits) == 1 && edits[0].Op == diagnose.Remove && f.odds(edits[0].Element) < namedRatio
}

// reducible returns removals of what the failing request may not need to show its failure.
func (a *asker) reducible(edits []diagnose.Edit) []diagnose.Edit {
	return slices.DeleteFunc(a.strippable(a.base), func(s diagnose.Edit) bool {
		return slices.ContainsFunc(edits, func(e diagnose.Edit) bool { return e.Element == s.Element || s.Element == "body" })
	})
}

// reduce sends the smaller request mended, right after the pass that was seen, and when that passes, with the culprit:
// a server that names one fault may hide the next one, so only a pass shows that nothing was left out that is needed. Of a
// write the mended one is the request that is known to work, and one more pass would be one more write. Where the server
// says in words what it refuses, and says it of the smaller request, too, that is what makes it fail, and a second pass
// would prove nothing that the first did not.
func (a *asker) reduce(p *proof, edits, drop []diagnose.Edit) diagnose.Outcome {
	small, err := element.Apply(a.base, drop)
	if err != nil {
		return diagnose.Unresolved
	}
	mended, err := element.Apply(small, edits)
	if err != nil {
		return diagnose.Unresolved
	}
	m := 0
	said := a.once(edits) && a.inWords(edits)
	if a.base.Reads() && !said || a.ladder.Tried(mended) {
		_, ok, n := a.settle(mended, ladder.Probe{Kind: diagnose.Confirm, Step: diagnose.Isolation, Edits: append(slices.Clone(drop), edits...), Why: "does the fix mend the smallest request, too?"})
		a.ladder.Expect(n, likely)
		if ok != diagnose.Pass {
			return diagnose.Unresolved // it needs what was left out
		}
		m = n
	}
	x, out, n := a.settle(small, ladder.Probe{Kind: diagnose.Confirm, Step: diagnose.Isolation, Edits: drop, Why: "does the smallest request still fail?"})
	a.ladder.Expect(n, 1-likely)
	switch {
	case out == diagnose.Pass && a.base.Reads():
		// A partner is looked for only when the culprit alone passes for certain.
		_, out, n = a.settle(small, ladder.Probe{Kind: diagnose.Confirm, Step: diagnose.Isolation, Edits: drop, Why: "does it really pass with the culprit in it?", Again: true})
		a.ladder.Expect(n, likely)
	case out == diagnose.Same && said && !speaks(a.read(scene{index: element.Of(small), exchange: x}), edits):
		return diagnose.Unresolved // it fails, and not for what was mended
	case out == diagnose.Same:
		p.reduced, p.passed = true, false
		if p.fails = append(p.fails, n); m > 0 && !slices.Contains(p.passes, m) {
			p.passes = append(p.passes, m)
		}
	}
	return out
}
