//go:build unix

package screenio

import (
	"testing"
	"time"
)

// A flood of news is drawn once a pause; after a rest as many frames as are in a burst come at once.
func TestPace(t *testing.T) {
	const pause = 4 * time.Millisecond
	p, now := pace{pause: pause}, time.Unix(0, 0).Add(time.Hour)
	flood := func(long time.Duration) (atOnce, all int) {
		for begin, first := now, true; now.Sub(begin) < long; now = now.Add(100 * time.Microsecond) {
			if p.wait(now) > 0 {
				first = false
				continue
			}
			p.drew(now)
			if all++; first {
				atOnce++
			}
		}
		return atOnce, all
	}
	if atOnce, all := flood(time.Second); atOnce != burst || all < 250 || all > 250+burst {
		t.Errorf("%d frames at once and %d in a second, want %d and 250", atOnce, all, burst)
	}
	if atOnce, _ := flood(time.Second); atOnce > 1 {
		t.Errorf("%d frames at once without a rest", atOnce)
	}
	now = now.Add(2 * pause)
	if atOnce, _ := flood(time.Second); atOnce < 2 || atOnce > 3 {
		t.Errorf("%d frames at once after a short rest, want 2 or 3", atOnce)
	}
	now = now.Add(time.Hour)
	if atOnce, _ := flood(time.Second); atOnce != burst {
		t.Errorf("%d frames at once after a long rest, want %d", atOnce, burst)
	}
}
