package ladder

import (
	"math/rand/v2"
	"strconv"
	"strings"
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

// Settle sends r until its answer says something about it: a gateway's answer, a limit and a broken connection are
// asked again after the wait that they want. A server error in a hunt for another failure is asked again once: one
// may stray, two are an answer.
func (l *Ladder) Settle(j Judge, r request.Request, p Probe) (*request.Exchange, diagnose.Outcome, int) {
	why := p.Why
	for try := 0; ; try++ {
		x, out, n := l.Send(j, r, p)
		switch {
		case out == diagnose.Unresolved && try < retries && !silent(x):
			wait, ok := l.backoff(x, try)
			if !ok {
				return x, out, n
			}
			p.Wait, p.Why = wait, "once more, for "+said(x)+": "+why
		case out == diagnose.Other && try == 0 && strays(x, j.Failure()) && (r.Safe() || l.c.Case.Writes && !l.c.Case.Production):
			p.Wait, p.Why = 0, "once more, for a server error may stray: "+why
		default:
			return x, out, n
		}
		p.Again = true
	}
}

// said is what of x says nothing about the request, for a person.
func said(x *request.Exchange) string {
	switch {
	case x == nil || x.Failure == nil && x.Response() == nil:
		return "there was no answer"
	case x.Response() == nil:
		return "there was no answer (" + strings.TrimSuffix(x.Failure.Text, ".") + ")"
	}
	return "the answer (" + strconv.Itoa(x.Status()) + ") says nothing of the request"
}

// strays reports a server error where the failure at hand is none.
func strays(x, failure *request.Exchange) bool {
	return x.Status() >= 500 && x.Status() != 501 && failure.Status()/100 == 4
}

// backoff is how long to wait before repeating a probe (§10): what Retry-After asks for and up to a fifth more, else
// any time up to 1 s, 2 s. It reports false when more is asked for than anybody waits. What many clients met together
// they would meet together again: each waits by its own dice (Exponential Backoff And Jitter, AWS Architecture Blog, 2015).
func (l *Ladder) backoff(x *request.Exchange, try int) (time.Duration, bool) {
	if wait, ok := evidence.RetryAfter(x); ok {
		return l.Later(wait), wait <= longestWait
	}
	return l.upTo(time.Second << try), true
}

// lateness is the part of a Retry-After that is waited longer at most.
const lateness = 5

// Later is a wait that a server asks for, and up to a fifth more.
func (l *Ladder) Later(wait time.Duration) time.Duration { return wait + l.upTo(wait/lateness) }

// upTo is any time from 0 to most. The moment at which the run began is the seed: a run that is taken up again has it,
// another client has another.
func (l *Ladder) upTo(most time.Duration) time.Duration {
	if l.dice == nil {
		l.dice = rand.New(rand.NewPCG(uint64(l.c.Case.Now.UnixNano()), uint64(len(l.c.Case.Request.URL))))
	}
	return time.Duration(l.dice.Int64N(int64(most) + 1))
}

// silent reports an answer that did not come in the time a variation has: to wait again would bring no other.
func silent(x *request.Exchange) bool {
	return x != nil && x.Response() == nil && x.Failure != nil && x.Failure.Cause == "response_timeout"
}
