package circumstance

import (
	"fmt"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/chance"
)

// A rhythm is a way in which a failure may come back: a job of every hour, a backup at night, a day of the week.
type rhythm struct {
	name  string
	parts int                       // it has so many, and each is one comparison
	part  func(at time.Time) int    // from 0
	once  func(at time.Time) string // what is seen within it is one observation: who tries often, sees no more of it
	says  func(part int) string
}

// rhythms are those that are looked for, in UTC.
func rhythms() []rhythm {
	return []rhythm{
		{"the minutes of the hour", 12, func(at time.Time) int { return at.Minute() / 5 }, func(at time.Time) string { return at.Format("2006-01-02 15") },
			func(n int) string { return fmt.Sprintf("from minute %d to %d", 5*n, 5*n+4) }},
		{"the hour of the day", 24, func(at time.Time) int { return at.Hour() }, func(at time.Time) string { return at.Format("2006-01-02") },
			func(n int) string { return fmt.Sprintf("from %02d:00 to %02d:59 UTC", n, n) }},
		{"the day of the week", 7, func(at time.Time) int { return int(at.Weekday()) }, func(at time.Time) string { return at.Format("2006-01-02") },
			func(n int) string { return "on " + time.Weekday(n).String() + "s" }},
	}
}

// enoughFor is the p below which a rhythm is believed, of all parts of all rhythms together (§10).
const enoughFor = 0.01

// Clockwork is the rhythm with which earlier exchanges of the request failed, in a sentence; "" for none. Within an
// hour, or a day, only the first ending of each kind counts.
func Clockwork(ends []diagnose.Ending) string {
	best, text := enoughFor, ""
	looks := 0
	for _, r := range rhythms() {
		looks += r.parts
	}
	for _, r := range rhythms() {
		failed, passed := make([]int, r.parts), make([]int, r.parts)
		seen := map[string]bool{}
		for _, e := range ends {
			at := e.At.UTC()
			n := r.part(at)
			key := fmt.Sprint(r.once(at), " ", n, e.Passed)
			if seen[key] {
				continue
			}
			seen[key] = true
			if e.Passed {
				passed[n]++
			} else {
				failed[n]++
			}
		}
		for n := range r.parts {
			t := chance.Table{WithFailed: failed[n], WithPassed: passed[n], WithoutFailed: total(failed) - failed[n], WithoutPassed: total(passed) - passed[n]}
			more := t.WithFailed*(t.WithoutFailed+t.WithoutPassed) > t.WithoutFailed*(t.WithFailed+t.WithPassed)
			if p := t.P() * float64(looks); more && t.Telling() && p < best {
				best = p
				text = fmt.Sprintf("In the history it goes with %s: %s %d of %d failed, otherwise %d of %d.", r.name, r.says(n),
					t.WithFailed, t.WithFailed+t.WithPassed, t.WithoutFailed, t.WithoutFailed+t.WithoutPassed)
			}
		}
	}
	return text
}

func total(counts []int) (sum int) {
	for _, n := range counts {
		sum += n
	}
	return sum
}
