package inquiry_test

import (
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
)

// A limit that says when to come back is kept to and does not end the hunt, however often it is met; one that says
// nothing, or says it again at that time, does, when a pause did not help either.
func TestLimitsWithinAHunt(t *testing.T) {
	const again, never = "2", ""
	for _, c := range []struct {
		name  string
		after string // Retry-After
		let   int    // requests in a row that are let through
		ends  bool
		pace  time.Duration // of the probes after the second limit
	}{
		{"every fourth, and it says when", again, 3, false, 2 * time.Second / 3},
		{"every other one, without a word", never, 1, true, 0},
		{"again at the time it named", again, 0, true, 0},
		{"longer than anybody waits", "3600", 3, true, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			row, limits := 0, 0
			r, all := asked(t, diagnose.Case{Request: opaque()}, func(q diagnose.Question) (int, string, []string) {
				if q.N > 1 && (row >= c.let || limits > 0 && c.let == 0) && (limits < 2 || c.ends) {
					row, limits = 0, limits+1
					return 429, `{}`, []string{"Retry-After", c.after}
				}
				row++
				return 400, `{"error":"Bad Request"}`, nil
			})
			if ended := strings.Contains(strings.Join(r.Untested, "\n"), "asked twice"); ended != c.ends || !c.ends && limits != 2 {
				t.Errorf("ended %v after %d limits, want %v: %q", ended, limits, c.ends, r.Untested)
			}
			if last := all[len(all)-1].Wait; c.pace > 0 && last != c.pace {
				t.Errorf("the last probe was held back %v, want %v", last, c.pace)
			}
		})
	}
}
