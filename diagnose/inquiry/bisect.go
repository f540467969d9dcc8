package inquiry

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/isolate"
	"culprit/diagnose/ladder"
	"culprit/request"
)

// believedTried is how many requests that should pass are compared with: when the most trusted fail, the others are
// seldom better.
const believedTried = 5

// baseline compares with requests that are known to work and bisects the differences (§2, stage 8c).
func (d *detective) baseline() progress {
	believed := d.believed()
	for _, good := range believed[:min(len(believed), believedTried)] {
		edits := d.differences(good.Request)
		if len(edits) == 0 {
			d.failed(good, diagnose.Same)
			continue
		}
		refused, last := false, diagnose.Outcome("") // of the request with all differences gone
		for _, set := range [][]diagnose.Edit{d.asItems(edits, element.Of(good.Request)), edits} {
			if len(set) == 0 {
				continue
			}
			d.weigh(set)
			for i := range set {
				set[i].Why = "as in " + good.Label
				if good.From == diagnose.FromSpec && set[i].Op == diagnose.Remove {
					set[i].Source = "deletion" // nobody has sent it without: that it need not be there accuses its value of as much
				}
			}
			whole := func() (seen, bool) {
				x, out, n := d.vary(set, diagnose.Baseline, fmt.Sprintf("does %s work now? %d differences", good.Label, len(set)))
				refused, last = out == diagnose.Refused, out
				return seen{x, n}, out == diagnose.Pass
			}
			refused = true
			if p := d.among(set, good.Worked(), whole); p != nothing || d.result.done() {
				return p
			}
		}
		if !refused {
			d.failed(good, last)
		}
	}
	return nothing
}

// differences are the edits that turn the request into good. A key against repetition that only good has is one of its own:
// that it is missing is a difference, which value it had is none.
func (f *failure) differences(good request.Request) []diagnose.Edit {
	edits := element.Diff(f.base, good)
	for _, name := range ladder.KeyFields {
		if request.Get(f.base.Header, name) == "" && request.Get(good.Header, name) != "" {
			edits = append(edits, diagnose.Edit{Element: diagnose.ID("header", name), Op: diagnose.Add, To: ladder.KeyFor(f.base, f.Now), Source: "baseline", Cause: "idempotency_key_missing", Weight: 1})
		}
	}
	return edits
}

// A seen is a pass: what came back, and as which probe.
type seen struct {
	exchange *request.Exchange
	n        int
}

var errStopped = errors.New("no more probes")

// bisect narrows edits, all of which together pass (seen as probe n), to the ones that are needed, and proves them.
func (d *detective) bisect(edits []diagnose.Edit, x *request.Exchange, n int) progress {
	if len(edits) == 1 { // there is nothing to part
		if p := d.descend(edits); p != nothing {
			return p
		}
		edits = d.leaves(edits[0])
	}
	if len(edits) == 1 {
		d.prove(edits, x, n, nil)
		return solved
	}
	return d.among(edits, false, func() (seen, bool) { return seen{x, n}, true })
}

// unsure is how likely it must have become that the first parts of the differences do not pass, if all of them do, for all
// to be tried together. A request that is known to work mostly does: to ask that first costs a probe every time, and of
// a write one more that passes.
const unsure = 1. / 3

// A search narrows edits to the ones that are needed.
type search struct {
	*detective
	edits    []diagnose.Edit
	whole    func() (seen, bool) // tells whether all of them together pass
	at       seen                // the last pass
	together bool                // whole was asked
	fails    int
}

// among narrows edits to the ones that are needed. whole tells whether all of them together pass: where that is trusted,
// and a single answer is, it is asked only when the search cannot do without.
func (d *detective) among(edits []diagnose.Edit, trusted bool, whole func() (seen, bool)) progress {
	s := &search{detective: d, edits: edits, whole: whole}
	trusted = trusted && !d.ladder.Noise.Seen() && !unstable(d.oracle.exchange) && len(edits) > 2
	if !trusted && !s.passTogether() {
		return nothing
	}
	if d.ladder.Noise.Seen() {
		return d.bisectNoisy(edits, func(set []diagnose.Edit) (bool, error) { return s.trial(set, half) }, &s.at)
	}
	// The likeliest first, and not in the groups of §7.4: where what differs says how likely it is, that finds it with
	// fewer probes, and of a write with fewer that pass.
	likeliest := slices.SortedStableFunc(slices.Values(edits), func(a, b diagnose.Edit) int { return cmp.Compare(b.Weight, a.Weight) })
	weight := func(i int) float64 { return likeliest[i].Weight }
	suspects := lined(len(likeliest), weight)
	pick, err := isolate.Search(len(likeliest), weight, d.passing(), func(set []int) (bool, error) {
		ok, err := s.trial(pickEdits(likeliest, set), suspects.hope(set))
		if err == nil {
			suspects.learn(set, ok)
		}
		return ok, err
	})
	found, at := pickEdits(likeliest, pick), s.at
	switch {
	case at.n == 0:
		return nothing // nothing passed
	case err != nil:
		return d.unfinished(found, at.exchange, at.n)
	}
	if found, at = d.needed(found, at); d.ladder.Stopped != "" && len(found) > 1 {
		return d.unfinished(found, at.exchange, at.n)
	}
	if p := d.descend(found); p != nothing {
		return p
	}
	if p := d.descendBehind(found, at); p != nothing {
		return p
	}
	var others []diagnose.Edit
	if edits[0].Source == "baseline" {
		others = slices.DeleteFunc(slices.Clone(edits), func(e diagnose.Edit) bool {
			return slices.ContainsFunc(found, func(f diagnose.Edit) bool { return f.Element == e.Element })
		})
	}
	d.prove(found, at.exchange, at.n, others)
	return solved
}

// passTogether reports whether all edits together pass; it asks once.
func (s *search) passTogether() bool {
	if s.together {
		return true
	}
	x, ok := s.whole()
	if !ok {
		return false
	}
	s.together = true
	if s.at.n == 0 {
		s.at = x
	}
	s.board.narrow(s.edits)
	return true
}

// trial reports whether set passes, which was likely as hope says.
func (s *search) trial(set []diagnose.Edit, hope float64) (bool, error) {
	why := fmt.Sprintf("is the cause among these %d?", len(set))
	if len(set) == 1 {
		why = "is this the cause?"
	}
	before := len(s.ladder.Records)
	x, out, n := s.vary(set, diagnose.Bisect, why)
	if s.at.n > 0 {
		s.ladder.Foretold(before, hope)
	}
	switch out {
	case diagnose.Pass:
		s.at = seen{x, n}
		s.board.narrow(set)
		return true, nil
	case diagnose.Refused:
		return false, errStopped
	case diagnose.Unresolved:
		return false, isolate.Unresolved
	case diagnose.Other:
		if s.at.n > 0 && s.made(x) && !renames(s.edits, set) {
			s.at.n = n // what an earlier pass has made is there already: this was read to its end, too
			s.board.narrow(set)
			return true, nil
		}
	}
	s.fails++
	doubtful := s.at.n == 0 && len(set) != len(s.edits)-1 && math.Pow(1-s.passing(), float64(s.fails)) < unsure
	if doubtful && !s.passTogether() {
		return false, errStopped
	}
	return false, nil
}

// seldom is the share of the trials of a search that pass where a pass changes data: with a cost of 1 + 10·P(pass) for each
// (§9.1), between a fifth and a third of them cost the least for what they tell.
const seldom = 0.25

// passing is the share of its trials that a search wants to pass.
func (f *failure) passing() float64 {
	if f.base.Safe() {
		return 0.5
	}
	return seldom
}

// needed takes away again, one by one, what a search found to be needed together: a failure that strayed in keeps an
// edit that nobody needs. It does so where asking twice hurts nobody.
func (a *asker) needed(found []diagnose.Edit, at seen) ([]diagnose.Edit, seen) {
	for i := 0; a.base.Safe() && len(found) > 1 && i < len(found); {
		less := slices.Delete(slices.Clone(found), i, i+1)
		x, out, n := a.settle(a.mended(less), ladder.Probe{Kind: diagnose.Bisect, Step: diagnose.Isolation, Edits: less, Why: "is " + string(found[i].Element) + " needed, too?", Again: true})
		switch out {
		case diagnose.Pass:
			found, at = less, seen{x, n}
		case diagnose.Refused:
			return found, at
		default:
			if out == diagnose.Other {
				a.alone(found[i], a.mended(less), x)
			}
			i++
		}
	}
	return found, at
}

// unfinished keeps what a search knows when it has to stop: a set of edits that passes, not yet the smallest.
func (d *detective) unfinished(edits []diagnose.Edit, x *request.Exchange, n int) progress {
	if len(edits) == 1 {
		d.prove(edits, x, n, nil)
		return solved
	}
	d.result.fix, d.result.fixed, d.result.verified = append(slices.Clone(d.peeled), edits...), x.Status(), true
	d.hint(fmt.Sprintf("the cause is among %s; more probes would tell which", list(edits)))
	return nothing
}

func pickEdits(edits []diagnose.Edit, set []int) []diagnose.Edit {
	out := make([]diagnose.Edit, len(set))
	for i, n := range set {
		out[i] = edits[n]
	}
	return out
}
