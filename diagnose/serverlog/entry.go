package serverlog

import (
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

// An entry is a line with its time and the lines without one that belong to it: a stack, a body.
type entry struct {
	at    time.Time // zero where no line before had one
	zoned bool      // the time says its zone; else it is the machine's own, or UTC
	lines []string
}

// grain is how exact the times of a log are at least: most write seconds, and round them down.
const grain = time.Second

// stamps are how logs write the time, with the layout of package time; a fraction may follow the seconds (time.Parse).
var stamps = []struct {
	*lazyre.Regexp
	layouts []string
}{
	{lazyre.New(`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z| ?[+-]\d\d:?\d\d)?`), []string{ // RFC 3339, log4j, Python
		"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05Z0700",
		"2006-01-02 15:04:05 Z07:00", "2006-01-02 15:04:05 Z0700", "2006-01-02T15:04:05", "2006-01-02 15:04:05"}},
	{lazyre.New(`\d{4}/\d\d/\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})?`), []string{"2006/01/02 15:04:05"}},                                         // Go, nginx
	{lazyre.New(`\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}`), []string{"02/Jan/2006:15:04:05 -0700"}},                             // Common Log Format
	{lazyre.New(`[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d(?:\.\d{1,9})? \d{4}`), []string{time.ANSIC, "Mon Jan 02 15:04:05 2006"}}, // Apache
}

// far is how far into a line its time begins at most: behind a level, an address, the name of a member of JSON.
const far = 120

// stamp is the time that a line begins with; false for none.
func stamp(line string) (at time.Time, zoned, ok bool) {
	line = line[:min(len(line), far)]
	for _, s := range stamps {
		text := strings.Replace(s.FindString(line), ",", ".", 1)
		for _, layout := range s.layouts {
			if at, err := time.Parse(layout, text); err == nil && text != "" {
				return at, strings.Contains(layout, "Z07") || strings.Contains(layout, "-07"), true
			}
		}
	}
	return time.Time{}, false, false
}

// stamped reports a log whose lines have times.
func stamped(text string) bool {
	for _, e := range entries(text) {
		if !e.at.IsZero() {
			return true
		}
	}
	return false
}

func entries(text string) []entry {
	var all []entry
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		at, zoned, ok := stamp(line)
		switch n := len(all); {
		case ok:
			all = append(all, entry{at, zoned, []string{line}})
		case n > 0 && (!all[n-1].at.IsZero() || strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t")):
			all[n-1].lines = append(all[n-1].lines, line)
		default:
			all = append(all, entry{lines: []string{line}})
		}
	}
	return all
}

// chosen are the lines about w: those with its id, else those of its time.
func chosen(all []entry, w diagnose.Occurrence) []string {
	var named, timely []string
	for _, e := range all {
		if w.ID != "" && strings.Contains(strings.Join(e.lines, "\n"), w.ID) {
			named = append(named, e.lines...)
		}
		if e.during(w) {
			timely = append(timely, e.lines...)
		}
	}
	if named != nil {
		return named
	}
	return timely
}

func (e entry) during(w diagnose.Occurrence) bool {
	within := func(at time.Time) bool {
		return !at.Before(w.From.Add(-grain)) && !at.After(w.Until.Add(grain))
	}
	switch {
	case e.at.IsZero():
		return false
	case e.zoned:
		return within(e.at)
	}
	y, mo, d := e.at.Date()
	h, mi, s := e.at.Clock()
	return within(e.at) || within(time.Date(y, mo, d, h, mi, s, e.at.Nanosecond(), w.From.Location()))
}
