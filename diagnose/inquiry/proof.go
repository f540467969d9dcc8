package inquiry

import (
	"slices"

	"culprit/diagnose"
	"culprit/diagnose/chance"
	"culprit/diagnose/element"
	"culprit/diagnose/evidence"
	"culprit/diagnose/ladder"
	"culprit/request"
)

// A proof counts what was seen of both halves of the pair: the request as it is, and mended.
type proof struct {
	fails, passes []int           // numbers of probes
	recorded      int             // failures seen before the diagnosis
	reduced       bool            // the smaller request was seen to fail with the culprit and to pass without
	accused       []diagnose.Edit // what is said to be at fault if it holds
	spent         bool            // a write that passed once did not a second time
	passed        bool            // the last of them was a pass: it is the turn of the request as it is
	// renamed is the request as it is under a name that nobody has, once what it names was made; nil before.
	renamed *request.Request

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

// standing is how sure the proof makes the culprit. lasting is false when whatever was wrong may have gone by itself.
func (a *asker) standing(p *proof, lasting bool) diagnose.Standing {
	once := len(p.passes) == 1
	asked := !a.base.Reads() && (!a.Writes || a.Production) // it may not pass again
	switch {
	case !lasting || p.spent:
		return diagnose.Suspected
	case a.ladder.Noise.Seen():
		if len(p.passes) >= noisyPairs && p.failures() >= noisyPairs && p.convincing() && !chance.Turns(a.run(p)) {
			return diagnose.Confirmed
		}
		return diagnose.Suspected // a pass may have strayed in
	case a.lucky(p) && !(once && asked && p.failedAfter() && a.checkedAll(p.accused, strong)):
		return diagnose.Suspected
	case p.failures() < 2 || once && !a.inWords(p.accused):
		return diagnose.Isolated // a check spoke for it, or a status; the server did not
	}
	return diagnose.Confirmed
}

// failedAfter reports a failure of the request as it is after the mended one passed.
func (p *proof) failedAfter() bool {
	return len(p.passes) > 0 && len(p.fails) > 0 && slices.Max(p.fails) > p.passes[0]
}

// repeat sends both forms until that is enough. It reports false when it concluded that the failure comes and goes
// instead.
func (d *detective) repeat(p *proof, edits []diagnose.Edit) bool {
	if d.off.confirmation {
		return true
	}
	for range 2 * mostPairs {
		mended, more := d.next(p)
		if d.ladder.Noise.Seen() {
			if d.ladder.Noise.Share() > ladder.MostNoise {
				d.comesAndGoes(d.tally())
				return false
			}
			short := p.failures() < noisyPairs || len(p.passes) < noisyPairs
			turns := chance.Turns(d.run(p)) // then the same once more: nodes answer otherwise
			mended, more = p.passed == turns && d.repeatable(), short || d.repeatable() && (turns || !p.convincing())
		}
		out := diagnose.Refused
		switch {
		case !more:
			return true
		case mended:
			out = d.repass(p, edits)
		default:
			out = d.refail(p)
		}
		switch {
		case d.result.done():
			return false
		case out == diagnose.Refused || out == diagnose.Unresolved:
			return true
		}
	}
	if d.ladder.Noise.Seen() && !p.convincing() {
		d.comesAndGoes(d.tally())
		return false
	}
	return true
}

// relapsed reports a failure after the first pass of the run.
func (a *asker) relapsed(p *proof) bool {
	all := a.run(p)
	first := slices.IndexFunc(all, func(x chance.Answer) bool { return x.Passed })
	return first >= 0 && slices.ContainsFunc(all[first:], func(x chance.Answer) bool { return !x.Passed })
}

// refail sends the request as it is once more. Where a pass of it cannot have strayed in, it is flaky, and nothing is
// accused.
func (d *detective) refail(p *proof) diagnose.Outcome {
	strays := d.ladder.Noise.Strays
	as := d.base
	if p.renamed != nil {
		as = *p.renamed
	}
	x, out, n := d.settle(as, ladder.Probe{Kind: diagnose.Confirm, Step: diagnose.Isolation, Edits: d.peeled, Why: "does it still fail without the fix?", Pass: "the failure comes and goes", Again: true})
	if d.changedByUs(p, x, out) {
		if again, ok := d.afresh(nil); ok { // what is there already is refused before the rest is looked at, or made no more
			switch y, o, m := d.settle(again, ladder.Probe{Kind: diagnose.Confirm, Step: diagnose.Isolation, Edits: d.peeled, Why: "does it fail under a name that nobody has?", Again: true}); o {
			case diagnose.Same:
				x, out, n, d.ladder.Noise.Strays, p.renamed = y, o, m, strays, &again
			case diagnose.Pass: // so it is no matter of the name
			default:
				out, d.ladder.Noise.Strays = diagnose.Unresolved, strays
			}
		}
	}
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

// changedByUs reports an answer to the request as it is that may be no more than what the passes of this run have made: it
// is there already, and a server says so, or says yes to the making of what is there.
func (f *failure) changedByUs(p *proof, x *request.Exchange, out diagnose.Outcome) bool {
	if f.base.Safe() || !f.Writes || f.Production || len(p.passes) == 0 || p.renamed != nil || x == nil || x.Response() == nil {
		return false
	}
	return out == diagnose.Pass || out == diagnose.Other && f.made(x)
}

// repass sends the mended request once more.
func (d *detective) repass(p *proof, edits []diagnose.Edit) diagnose.Outcome {
	strays := d.ladder.Noise.Strays
	x, out, n := d.settle(d.mended(edits), ladder.Probe{Kind: diagnose.Confirm, Step: diagnose.Isolation, Edits: edits, Why: "does it pass again?", Again: true})
	if out != diagnose.Pass && !d.made(x) && !d.base.Safe() && d.repeatable() {
		if again, ok := d.afresh(edits); ok { // what was made once is there: another one of its kind
			if y, o, m := d.settle(again, ladder.Probe{Kind: diagnose.Confirm, Step: diagnose.Isolation, Edits: edits, Why: "does it pass again under a name that nobody has?", Again: true}); o == diagnose.Pass {
				x, out, n, d.ladder.Noise.Strays = y, o, m, strays
			}
		}
	}
	if d.made(x) {
		d.ladder.Noise.Strays = strays
	}
	switch {
	case out == diagnose.Pass, d.made(x):
		p.passes = append(p.passes, n)
	case out == diagnose.Same, out == diagnose.Other:
		p.strayFails++
		if p.spent = !d.repeatable() || out == diagnose.Other && !d.base.Reads(); p.spent {
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

// made reports the answer that a write gets when what it makes is there already: its first pass has made it, and was no
// stray one (RFC 9110 §15.5.10).
func (f *failure) made(x *request.Exchange) bool {
	return !f.base.Safe() && (x.Status() == 409 && f.oracle.exchange.Status() != 409 || f.madeBefore(x) && !f.madeBefore(f.oracle.exchange))
}

// madeBefore reports an answer that says in words that what is to be made is there already.
func (f *failure) madeBefore(x *request.Exchange) bool {
	return slices.ContainsFunc(evidence.Read(x, f.scene.index.Elements), func(e diagnose.Evidence) bool {
		return e.Cause == "already_exists" && e.Ratio >= namingAlready
	})
}

// mayStray reports that an answer against the rule may be one of few: of a failure that usually stays, in a request
// that may be sent as often as it takes to tell.
func (f *failure) mayStray() bool { return f.base.Reads() && !unstable(f.oracle.exchange) }

// repeatable reports whether the repaired request may be sent again: a write only where it hurts nobody and was
// allowed, and only when one pass would prove too little.
func (f *failure) repeatable() bool {
	return f.base.Reads() || f.Writes && !f.Production && unstable(f.oracle.exchange)
}

func (f *failure) mended(edits []diagnose.Edit) request.Request {
	r, err := element.Apply(f.base, edits)
	if err != nil { // cannot happen: the same edits were applied before
		return f.base
	}
	return r
}
