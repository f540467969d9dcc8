package inquiry

import (
	"math/rand/v2"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/evidence"
	"culprit/request"
)

const (
	// retries is how often a probe that says nothing is repeated (§10).
	retries = 2
	// longestWait is what a diagnosis waits at most for a server that asks for it; beyond, the probe is given up (§10).
	longestWait = 120 * time.Second
)

// settle sends r until its answer says something about it: a gateway's answer, a limit and a broken connection are
// asked again after the wait that they want. A server error in a hunt for another failure is asked again once: one
// may stray, two are an answer.
func (a *asker) settle(r request.Request, p probe) (*request.Exchange, diagnose.Outcome, int) {
	for try := 0; ; try++ {
		x, out, n := a.ladder.send(&a.oracle, r, p)
		switch {
		case out == diagnose.Unresolved && try < retries && !silent(x):
			wait, ok := a.ladder.backoff(x, try)
			if !ok {
				return x, out, n
			}
			p.wait = wait
		case out == diagnose.Other && try == 0 && a.strays(x) && (r.Safe() || a.Writes && !a.Production):
			p.wait = 0
		default:
			return x, out, n
		}
		p.again = true
	}
}

// strays reports a server error where the failure at hand is none.
func (f *failure) strays(x *request.Exchange) bool {
	return x.Status() >= 500 && x.Status() != 501 && f.oracle.exchange.Status()/100 == 4
}

// backoff is how long to wait before repeating a probe (§10): what Retry-After asks for and up to a fifth more, else
// any time up to 1 s, 2 s. It reports false when more is asked for than anybody waits. What many clients met together
// they would meet together again: each waits by its own dice (Exponential Backoff And Jitter, AWS Architecture Blog, 2015).
func (l *ladder) backoff(x *request.Exchange, try int) (time.Duration, bool) {
	if wait, ok := evidence.RetryAfter(x); ok {
		return wait + l.upTo(wait/lateness), wait <= longestWait
	}
	return l.upTo(time.Second << try), true
}

// lateness is the part of a Retry-After that is waited longer at most.
const lateness = 5

// upTo is any time from 0 to most. The moment at which the run began is the seed: a run that is taken up again has it,
// another client has another.
func (l *ladder) upTo(most time.Duration) time.Duration {
	if l.dice == nil {
		l.dice = rand.New(rand.NewPCG(uint64(l.c.Now.UnixNano()), uint64(len(l.c.Request.URL))))
	}
	return time.Duration(l.dice.Int64N(int64(most) + 1))
}

// A noise counts how often the same request was answered otherwise when it was asked again.
type noise struct{ answers, strays int }

// seen reports that two answers to the same request disagreed: from then on no single answer is believed.
func (n noise) seen() bool { return n.strays > 0 }

const (
	// leastNoise is the share of wrong answers that is assumed at least, mostNoise the one from which searching is
	// given up: then that the failure comes and goes is the finding (§10).
	leastNoise, mostNoise = 0.02, 0.25
	// known is how many answers without a stray one the estimate starts from: a single stray one says little.
	known = 10
)

// share estimates how many answers are wrong.
func (n noise) share() float64 {
	return max(leastNoise, float64(n.strays+1)/float64(n.answers+known))
}

// silent reports an answer that did not come in the time a variation has: to wait again would bring no other.
func silent(x *request.Exchange) bool {
	return x != nil && x.Response() == nil && x.Failure != nil && x.Failure.Cause == "response_timeout"
}
