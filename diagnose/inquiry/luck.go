package inquiry

import (
	"fmt"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/chance"
)

const (
	// doubt is the share of the runs below a sky of chance that may end in an accusation, whatever the sky is; ill is the
	// same for a failure of a kind that often comes and goes: such skies are met more often. With a fortieth 1 % of the
	// runs below such skies end in an accusation; with a tenth it was .4 probes less and 3 %, with a hundredth .7 more and .3 %.
	doubt, ill = 1. / 40, 1. / 400
	// effect is what a write that passes costs, in failures: what is harmless by declaration costs, 3, for it is asked only
	// where that was allowed for the whole run (§9.1). writes is how often the mended one may pass at most, illWrites
	// the same for ill.
	effect, writes, illWrites = 3, 6, 7
)

// What is plainly wrong before anything is sent speaks against chance, too: a healthy request on a server that fails by
// chance seldom shows it. Of 39 opaque faults of the lab 8 show something of these odds in what is at fault, of its 112
// requests that are fine 2 show it anywhere. Less than the ratio, 11, is how much more luck is left to a run that accuses
// nothing else, and nodes that take turns are excluded as far as two of them.
const (
	glaring    = 40
	glares     = 8
	glareNodes = 2
	// oddness and oddNodes are the same for what is only odd, and no check is sure of: such a thing may be harmless, and the three
	// failures and one pass that three nodes give in turn, of which one is well, are not enough.
	oddness  = 2
	oddNodes = 3
)

// doubted is how far chance has to be excluded.
func (f *failure) doubted(p *proof) chance.Doubt {
	d := chance.Doubt{Luck: doubt, Nodes: chance.Nodes}
	if f.fickle(p) {
		d.Luck = ill
	}
	if !f.checkedAll(p.accused, glaring) || slices.ContainsFunc(p.accused, func(e diagnose.Edit) bool { return !f.refuses(e.Element) }) {
		return d
	}
	luck, nodes := float64(glares), glareNodes
	if !f.checkedAll(p.accused, sure) {
		luck, nodes = oddness, oddNodes
	}
	d.Luck *= luck
	if !f.fickle(p) { // one ill node of several is what such failures come from
		d.Nodes = nodes
	}
	return d
}

// refuses reports that the status of the failure is the one for what is wrong with id, so that it being wrong explains the
// failure (RFC 9110 §15.5 and §15.6.1): data, and how it is said to be written, is refused by 400, 413 and 422 or makes a server
// fail, credentials by 401.
func (f *failure) refuses(id diagnose.ElementID) bool {
	kind, name, _ := id.Cut()
	header := func(prefix string) bool {
		return kind == "header" && len(name) >= len(prefix) && strings.EqualFold(name[:len(prefix)], prefix)
	}
	switch f.oracle.exchange.Status() {
	case 400, 413, 422, 500:
		return data(id) || id.InURL() || header("Content-")
	case 401:
		return id == "auth" || id == f.where()
	case 404, 405, 410:
		return id.InURL() || kind == "method"
	case 406:
		return header("Accept")
	case 415:
		return id == "body" || header("Content-")
	}
	return false
}

// fickle reports a failure of a kind that often comes and goes, of which the answer says nothing.
func (f *failure) fickle(p *proof) bool {
	return unstable(f.oracle.exchange) && !f.telling(p.accused)
}

// price is what more answers cost: a write may pass again only where that was allowed for the whole run and nothing of
// production is at stake.
func (a *asker) price(p *proof) chance.Price {
	left := a.ladder.Left()
	switch {
	case a.base.Reads() || a.ladder.Dry.Trusted():
		return chance.Price{Passes: left, All: left, Each: 1}
	case !a.Writes || a.Production:
		return chance.Price{} // a person is asked for every answer: the pair is all that is worth their time
	}
	return a.writing(p)
}

// writing is price where probes that may change data are allowed for the whole run.
func (a *asker) writing(p *proof) chance.Price {
	most := writes
	if a.fickle(p) {
		most = illWrites
	}
	return chance.Price{Passes: max(0, min(most-len(p.passes), a.Budget.Unsafe-a.ladder.Cost.Wrote)), All: a.ladder.Left(), Each: effect}
}

// wanting says what is left to prove an accusation where a person was asked for every answer and chance may have given
// them: what rules it out is allowed for the whole run, not answer by answer.
func (d *detective) wanting(p *proof) {
	if d.base.Reads() || d.Writes || d.Production || p.spent || d.ladder.Noise.Seen() {
		return
	}
	plan := chance.Plan(d.run(p), d.doubted(p), d.writing(p))
	if len(plan) == 0 {
		return
	}
	passes := 0
	for _, pass := range plan {
		if pass {
			passes++
		}
	}
	fixed := fmt.Sprintf("%d of them with the fix", passes)
	if passes == 0 {
		fixed = "all of them as it is"
	}
	d.hintBy(allowWrites, fmt.Sprintf("%d more probes, %s, to rule out a failure that comes and goes: allow them all at once", len(plan), fixed))
}

// run is what came of the request and its variations, in order, each with how likely it was if the culprit is one. Answers
// that say nothing are left out, and those to other requests.
func (a *asker) run(p *proof) (run []chance.Answer) {
	tried, passed := 0, false
	for _, r := range a.ladder.Records {
		q := r.Question
		switch {
		case q == nil || q.Request == nil, r.Outcome != diagnose.Pass && r.Outcome != diagnose.Same && r.Outcome != diagnose.Other:
			continue
		case !slices.Contains(p.passes, r.N) && (r.Kind == diagnose.Contrast || r.Kind == diagnose.Renew || r.Kind == diagnose.Transport && len(q.Edits) == 0):
			continue
		}
		x := chance.Answer{Passed: r.Outcome == diagnose.Pass || slices.Contains(p.passes, r.N)}
		hope, open := a.ladder.Expected(r.N)
		switch {
		case open:
		case r.Kind == diagnose.Replay || r.Kind == diagnose.Confirm:
			x.Expected = 1
		case passed: // it divides the suspects: who is accused depends on it, and not that somebody is
		default:
			hope, open = a.hope(r.Kind, q.Edits, tried), true
			tried++
		}
		if open && !x.Passed {
			hope = 1 - hope
		}
		x.Expected = max(x.Expected, hope)
		run, passed = append(run, x), passed || x.Passed
	}
	return run
}

const (
	// sureHope, knownHope, firstHope and splitHope are how often what a check is sure of, a request that is known to work, the
	// first of all tries and the first part of the differences to a good request pass where the search finds something;
	// half the same of further parts; likely how often an answer comes that the accusation makes
	// likely without being sure of it. They are what was seen in the lab and on real servers. Hopes that are wrong make no
	// accusation likelier by chance, only a proof longer.
	sureHope, knownHope, firstHope, splitHope, half, likely = .9, .9, .65, .7, .5, .9
)

// hope is how likely a try of the search passes, if one of them does, after so many that failed.
func (f *failure) hope(k diagnose.Kind, edits []diagnose.Edit, failed int) float64 {
	switch {
	case k == diagnose.Baseline:
		return knownHope
	case k == diagnose.Bisect && failed == 0:
		return splitHope
	case k == diagnose.Bisect:
		return half
	case failed > 0:
		return 3 / float64(failed+9) // less than a third at first, and the less the longer the search takes
	case f.checkedAll(edits, sure):
		return sureHope
	}
	return firstHope
}
