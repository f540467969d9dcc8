package circumstance

import (
	"testing"
	"time"

	"culprit/diagnose"
)

// TestAFailureOfCertainHoursIsSeenInTheHistory: a request failed at the same time of every night, or in the
// same minutes of every hour. One bad afternoon, however often somebody tried, and failures at any time are no rhythm.
func TestAFailureOfCertainHoursIsSeenInTheHistory(t *testing.T) {
	begin := time.Date(2029, 11, 5, 0, 0, 0, 0, time.UTC) // a Monday
	var nightly, hourly, burst, mixed []diagnose.Ending
	for day := range 30 {
		for hour := range 24 {
			at := begin.AddDate(0, 0, day).Add(time.Duration(hour) * time.Hour)
			if hour%6 == 2 {
				nightly = append(nightly, diagnose.Ending{At: at.Add(20 * time.Minute), Passed: hour != 2})
				mixed = append(mixed, diagnose.Ending{At: at, Passed: (day+hour)%5 != 0})
			}
			if day < 2 {
				hourly = append(hourly, diagnose.Ending{At: at.Add(time.Minute)}, diagnose.Ending{At: at.Add(32 * time.Minute), Passed: true})
			}
		}
		burst = append(burst, diagnose.Ending{At: begin.AddDate(0, 0, day).Add(9 * time.Hour), Passed: true})
	}
	for n := range 40 {
		burst = append(burst, diagnose.Ending{At: begin.Add(14*time.Hour + time.Duration(n)*time.Minute)})
	}
	// Seven of nine Mondays failed, and eight of the 54 other days: p is 0.0003, no wonder among all the parts that are looked at.
	var chanced []diagnose.Ending
	mondays, others := 0, 0
	for day := range 63 {
		failed := false
		if day%7 == 0 {
			mondays++
			failed = mondays <= 7
		} else {
			others++
			failed = others%7 == 1
		}
		chanced = append(chanced, diagnose.Ending{At: begin.AddDate(0, 0, day).Add(9 * time.Hour), Passed: !failed})
	}
	for name, c := range map[string]struct {
		ends []diagnose.Ending
		says string
	}{
		"chanced": {chanced, ""},
		"nightly": {nightly, "In the history it goes with the hour of the day: from 02:00 to 02:59 UTC 30 of 30 failed, otherwise 0 of 90."},
		"hourly":  {hourly, "In the history it goes with the minutes of the hour: from minute 0 to 4 48 of 48 failed, otherwise 0 of 48."},
		"burst":   {burst, ""}, "mixed": {mixed, ""}, "none": {nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Clockwork(c.ends); got != c.says {
				t.Errorf("got %q, want %q", got, c.says)
			}
		})
	}
}
