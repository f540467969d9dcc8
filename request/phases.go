package request

import "time"

// A Span is how long one phase of an exchange took.
type Span struct {
	Name string // "DNS", "connecting", "TLS", "sending", "waiting for the server", "receiving"
	Took time.Duration
	Open bool // the phase began and did not end: what took so long ended the exchange
}

// Spans returns the phases of a hop in their order, those that did not happen left out. end is when the exchange
// ended, since its start: a phase that did not end lasted until then.
func (t Timing) Spans(end time.Duration) []Span {
	var out []Span
	last := t.Start
	add := func(name string, start, done time.Duration) bool {
		switch {
		case done > 0:
			out = append(out, Span{Name: name, Took: max(done-start, 0)})
			last = max(last, done)
		case start > 0 || end > 0:
			out = append(out, Span{Name: name, Took: max(end-start, 0), Open: true})
			return false
		}
		return true
	}
	for _, p := range []struct {
		name        string
		start, done time.Duration
	}{{"DNS", t.DNSStart, t.DNSDone}, {"connecting", t.ConnectStart, t.ConnectDone}, {"TLS", t.TLSStart, t.TLSDone}} {
		if p.start == 0 && p.done == 0 {
			continue // a kept connection, an address, or no TLS
		}
		if !add(p.name, p.start, p.done) {
			return out
		}
	}
	for _, p := range []struct {
		name string
		done time.Duration
	}{{"sending", t.Wrote}, {"waiting for the server", t.FirstByte}, {"receiving", t.Done}} {
		if !add(p.name, last, p.done) {
			return out
		}
	}
	return out
}

// Slowest returns the phase of all hops that took the longest; "" and 0 when nothing was timed.
func (x *Exchange) Slowest() (name string, took time.Duration) {
	for i := range x.Hops {
		end := x.Took
		if i+1 < len(x.Hops) {
			end = x.Hops[i+1].Timing.Start
		}
		for _, s := range x.Hops[i].Timing.Spans(end) {
			if s.Took > took {
				name, took = s.Name, s.Took
			}
		}
	}
	return name, took
}
