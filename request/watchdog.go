package request

import (
	"context"
	"time"
)

// A watchdog ends an exchange that takes too long. It is one timer for all limits of time: setting a timer
// that is due before all others wakes the network poller, which costs more than the rest of the bookkeeping.
//
// Invariant: the timer is due no later than any limit that is set now, and no later than the shortest limit
// after now, so that a limit which is set later is never due before it.
type watchdog struct {
	timer *time.Timer
	stop  context.CancelCauseFunc
	times Timeouts
	phase time.Duration // when the phase must be over, since the start; 0 for no limit
	over  limitError    // what to say then
}

// guard starts the watchdog of the exchange. It calls stop when a limit is reached.
func (x *recorder) guard(times Timeouts, stop context.CancelCauseFunc) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.dog = watchdog{times: times, stop: stop}
	if next := x.dog.next(0); next > 0 {
		x.dog.timer = time.AfterFunc(next, x.bite)
	}
}

// release ends it.
func (x *recorder) release() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.dog.timer != nil {
		x.dog.timer.Stop()
		x.dog.timer = nil
	}
}

// limit sets the limit of the phase that begins at a time; a limit that is not positive is none. The recorder
// is locked.
func (x *recorder) limit(what string, at, limit time.Duration) {
	x.dog.phase = 0
	if limit <= 0 {
		return
	}
	x.dog.phase, x.dog.over = at+limit, limitError{what, limit}
}

// next returns the time from at until the timer is due.
func (d *watchdog) next(at time.Duration) time.Duration {
	var least time.Duration
	for _, t := range []time.Duration{d.times.FirstByte, d.times.Idle, d.times.Total - at, d.phase - at} {
		if t > 0 && (least == 0 || t < least) {
			least = t
		}
	}
	return least
}

// bite runs when the timer is due: often nothing is wrong, and it looks again later.
func (x *recorder) bite() {
	x.mu.Lock()
	defer x.mu.Unlock()
	d := &x.dog
	at := time.Since(x.start)
	switch {
	case d.timer == nil:
	case d.times.Total > 0 && at >= d.times.Total:
		d.stop(&limitError{"end", d.times.Total})
	case d.phase > 0 && at >= d.phase:
		over := d.over
		d.stop(&over)
	default:
		d.timer.Reset(d.next(at))
	}
}
