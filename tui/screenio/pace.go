//go:build unix

package screenio

import "time"

// burst is how many frames are drawn at once after a rest: a key is answered at once, too, where news was drawn just before
// it. Four of 4 ms are a sixtieth of a second.
const burst = 4

// A pace keeps frames apart: in the long run there is one each pause, whatever happens meanwhile.
type pace struct {
	pause time.Duration
	next  time.Time // the zero value is at once
}

// wait is how long the next frame has to wait; not above 0 where it has not.
func (p *pace) wait(now time.Time) time.Duration { return p.next.Sub(now) }

// drew notes a frame.
func (p *pace) drew(now time.Time) {
	if rested := now.Add(-(burst - 1) * p.pause); p.next.Before(rested) {
		p.next = rested
	}
	p.next = p.next.Add(p.pause)
}
