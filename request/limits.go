package request

import (
	"cmp"
	"time"
)

// The defaults of Timeouts and Limits (RELIABILITY §4.2).
const (
	defaultConnect   = 10 * time.Second
	defaultTLS       = 10 * time.Second
	defaultFirstByte = 60 * time.Second
	defaultIdle      = 30 * time.Second
	defaultTotal     = 120 * time.Second

	defaultHeaderLimit = 1 << 20
	defaultBodyLimit   = 256 << 20
	defaultMemoryLimit = 1 << 20

	wireLimit    = 256 << 20 // bytes of one body on the wire
	rawLimit     = 64 << 10  // bytes of a response as it came
	sentLimit    = 1 << 20   // bytes of Sent.Body
	informedMax  = 10        // 1xx responses kept and accepted
	codingMax    = 2         // layers of content coding; more is an attack or a mistake (R2)
	bombRatio    = 200       // decoded : wire that honest text does not reach
	bombFloor    = 10 << 20  // below it a high ratio harms nobody
	progressStep = 50 * time.Millisecond
	headSize     = 64 << 10 // bytes of the first Event.Head of a large body: more than a screen shows
	// A body that trickles is told as it grows: one that is not there streamAfter its header, or that says it is a
	// stream. Four times a second is as fast as a person reads; of what is over liveSize twice as much each time.
	streamAfter = 250 * time.Millisecond
	streamStep  = 250 * time.Millisecond
	liveSize    = 1 << 20
)

// WithDefaults returns t with every zero replaced by its default. Negative values stay: no limit.
func (t Timeouts) WithDefaults() Timeouts {
	t.Connect = cmp.Or(t.Connect, defaultConnect)
	t.TLS = cmp.Or(t.TLS, defaultTLS)
	t.FirstByte = cmp.Or(t.FirstByte, defaultFirstByte)
	t.Idle = cmp.Or(t.Idle, defaultIdle)
	t.Total = cmp.Or(t.Total, defaultTotal)
	return t
}

// WithDefaults returns l with every value that is not positive replaced by its default: there is always a limit.
func (l Limits) WithDefaults() Limits {
	l.Header = cmp.Or(max(l.Header, 0), defaultHeaderLimit)
	l.Body = cmp.Or(max(l.Body, 0), defaultBodyLimit)
	l.Memory = cmp.Or(max(l.Memory, 0), defaultMemoryLimit)
	return l
}
