package inquiry

import (
	"slices"

	"culprit/diagnose"
	"culprit/diagnose/chance"
	"culprit/diagnose/element"
	"culprit/request"
)

// A proof counts what was seen of both halves of the pair: the request as it is, and mended.
type proof struct {
	fails, passes []int // numbers of probes
	recorded      int   // failures seen before the diagnosis
	reduced       bool  // the smaller request was seen to fail with the culprit and to pass without
	oddities      int   // answers that the edits alone do not explain
	spent         bool  // a write that passed once did not a second time
	passed        bool  // the last of them was a pass: it is the turn of the request as it is

	strayPasses, strayFails int // against the rule: it passed as it is, it failed when it was mended
}

const (
	// noisyPairs is how often both halves must be seen once two identical probes disagreed (§3.6), mostPairs how
	// often they are tried at most: eight pairs with one stray in each half still say enough.
	noisyPairs, mostPairs = 5, 8
	// believed is the p of Fisher's test below which a pair with strays in it is believed (§10).
	believed = 0.001
)

// failures is how many failures of the request as it is were seen.
func (p *proof) failures() int { return len(p.fails) + p.recorded }

// convincing reports that the strays do not speak against the pair.
func (p *proof) convincing() bool {
	return chance.Table{WithFailed: p.failures(), WithPassed: p.strayPasses, WithoutFailed: p.strayFails, WithoutPassed: len(p.passes)}.P() < believed
}

// standing is how sure the proof makes the culprit, when passes of the mended request are needed. lasting is false
// when whatever was wrong may have gone by itself: then one pass is no proof.
func (p *proof) standing(needed int, lasting bool) diagnose.Standing {
	enough := len(p.passes) >= needed && p.failures() >= 2
	switch {
	case !lasting:
		return diagnose.Suspected
	case needed >= noisyPairs && enough && p.failures() >= needed && p.convincing(), needed < noisyPairs && enough:
		return diagnose.Confirmed
	case needed >= unstablePasses:
		return diagnose.Suspected // a pass may have strayed in
	}
	return diagnose.Isolated
}

// failedAfter reports a failure of the request as it is after the mended one passed.
func (p *proof) failedAfter() bool {
	return len(p.passes) > 0 && len(p.fails) > 0 && slices.Max(p.fails) > p.passes[0]
}

// repeat sends both forms until they were seen often enough (§3.6), and each twice in a row at least once: nodes that
// take turns answer A-B-A-B as a culprit does, and A-B-B-A does not. It reports false when it concluded that the
// failure comes and goes instead.
func (d *detective) repeat(p *proof, edits []diagnose.Edit) bool {
	if d.off.confirmation {
		return true
	}
	for range 2 * mostPairs {
		noisy := d.ladder.noise.seen()
		needed := d.passesNeeded(edits)
		again := (len(p.passes) < needed || needed > 1 && !d.ladder.twice(true)) && d.repeatable()
		short := p.failures() < d.failuresNeeded(p, edits) || !p.failedAfter() || needed > 1 && !d.ladder.twice(false)
		if !again && !short && d.lucky(p, edits) {
			again, short = d.oncemore(p), true
		}
		switch {
		case noisy && d.ladder.noise.share() > mostNoise:
			d.comesAndGoes(d.tally())
			return false
		case !again && !short && (!noisy || !d.repeatable() || p.convincing()):
			return true
		case p.passed && !(again && !d.ladder.twice(true)) || !again && short:
			out := d.refail(p)
			if d.result.done() {
				return false
			}
			if out != diagnose.Same && out != diagnose.Other && out != diagnose.Pass {
				return true
			}
		default:
			if out := d.repass(p, edits); d.result.done() {
				return false
			} else if out == diagnose.Refused || out == diagnose.Unresolved {
				return true
			}
		}
	}
	if d.ladder.noise.seen() && !p.convincing() {
		d.comesAndGoes(d.tally())
		return false
	}
	return true
}

// sent reports what came of the request and its variations, in order: true for a pass, false for a failure. Answers
// that say nothing are left out, and those to other requests.
func (l *ladder) sent() (passed []bool) {
	for _, r := range l.records {
		q := r.Question
		switch {
		case q == nil || q.Request == nil || r.Kind == diagnose.Contrast || r.Kind == diagnose.Renew || r.Kind == diagnose.Transport && len(q.Edits) == 0:
		case r.Outcome == diagnose.Pass:
			passed = append(passed, true)
		case r.Outcome == diagnose.Same, r.Outcome == diagnose.Other:
			passed = append(passed, false)
		}
	}
	return passed
}

// relapsed reports a failure after the first pass of the run.
func (l *ladder) relapsed() bool {
	all := l.sent()
	first := slices.Index(all, true)
	return first >= 0 && slices.Contains(all[first:], false)
}

// twice reports whether two answers in a row were passes, or failures.
func (l *ladder) twice(pass bool) bool {
	all := l.sent()
	for i := range max(0, len(all)-1) {
		if all[i] == pass && all[i+1] == pass {
			return true
		}
	}
	return false
}

// refail sends the request as it is once more. Where a pass of it cannot have strayed in, it is flaky, and nothing is
// accused.
func (d *detective) refail(p *proof) diagnose.Outcome {
	x, out, n := d.settle(d.base, probe{kind: diagnose.Confirm, step: diagnose.Isolation, edits: d.peeled, why: "does it still fail without the fix?", pass: "the failure comes and goes", again: true})
	switch out {
	case diagnose.Pass:
		p.strayPasses++
		if !d.mayStray() {
			d.comesAndGoes(d.observe([]int{n}, p.fails, sample))
		}
	case diagnose.Same:
		d.oracle.calibrate(x, n)
		p.fails = append(p.fails, n)
	case diagnose.Other:
		p.fails = append(p.fails, n)
	}
	if out != diagnose.Unresolved && out != diagnose.Refused {
		p.passed = false
	}
	return out
}

// repass sends the mended request once more.
func (d *detective) repass(p *proof, edits []diagnose.Edit) diagnose.Outcome {
	_, out, n := d.settle(d.mended(edits), probe{kind: diagnose.Confirm, step: diagnose.Isolation, edits: edits, why: "does it pass again?", again: true})
	switch out {
	case diagnose.Pass:
		p.passes = append(p.passes, n)
	case diagnose.Same, diagnose.Other:
		p.strayFails++
		if p.spent = !d.repeatable(); p.spent {
			return diagnose.Unresolved // what was made once cannot be made again: this tells nothing, and proves nothing
		}
		if !d.mayStray() {
			d.comesAndGoes(d.observe(p.passes, append(slices.Clone(p.fails), n), sample))
		}
	}
	if out != diagnose.Refused {
		p.passed = true
	}
	return out
}

// mayStray reports that an answer against the rule may be one of few: of a failure that usually stays, in a request
// that may be sent as often as it takes to tell.
func (d *detective) mayStray() bool { return d.base.Safe() && !unstable(d.oracle.exchange) }

// repeatable reports whether the repaired request may be sent again: a write only where it hurts nobody and was
// allowed, and only when one pass would prove too little.
func (d *detective) repeatable() bool {
	return d.base.Safe() || d.Writes && !d.Production && unstable(d.oracle.exchange)
}

func (d *detective) mended(edits []diagnose.Edit) request.Request {
	r, err := element.Apply(d.base, edits)
	if err != nil { // cannot happen: the same edits were applied before
		return d.base
	}
	return r
}
