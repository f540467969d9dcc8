package inquiry

import (
	"time"

	"culprit/diagnose/evidence"
	"culprit/request"
)

// The limits of a server that are met in a hunt for something else (§10). One that says when to come back, and answers
// then, holds nothing against the run; from the second time on, no more is asked than it let through.
type limits struct {
	held    int  // answers 429 that were not heeded: without a time, or given again at that time
	waiting bool // the latest one named a time that is waited for
	met     bool // there was one
	let     int  // answers since
	pace    time.Duration
	far     bool // one named a time that nobody waits for
}

// seen takes in an answer.
func (l *limits) seen(x *request.Exchange) {
	switch status := x.Status(); {
	case status == 0:
		return
	case status != 429:
		l.let++
		if l.waiting {
			l.held, l.waiting = l.held-1, false
		}
		return
	}
	wait, named := evidence.RetryAfter(x)
	l.far = l.far || named && wait > longestWait
	if named = named && wait <= longestWait; named && l.met && l.let > 0 {
		l.pace = max(l.pace, wait/time.Duration(l.let))
	}
	l.held++
	l.waiting, l.met, l.let = named, true, 0
}
