package repair

import (
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// rewritten adds what a value means in other forms, under whatever name it stands: words in other spellings, numbers and
// days that are written out, versions, hardware addresses, times of day. The odds are judgement.
func (l *places) rewritten(e diagnose.Element, v string, k habit.Kind, kind string, set setter) {
	name := lastName(e.ID)
	switch m := monthNamed.FindStringSubmatch(v); {
	case m != nil && !prose(name) && len(v) <= longestDay:
		if day, ok := l.dayOf(v); ok {
			l.raise(e.ID, untidy)
			set(day.Format("2006-01-02"), .6, .2, formatCauseID, "the day that is meant")
			set(day.Format(time.RFC3339), .6, .2, formatCauseID, "the moment that is meant")
		}
	case closing(v) != "":
		l.raise(e.ID, unclosed)
		set(v+closing(v), .75, .05, formatCauseID, "with what it opens closed")
	case renested(v) != "":
		l.raise(e.ID, unclosed)
		set(renested(v), .75, .05, formatCauseID, "with what it opens closed")
	case parted.MatchString(v):
		l.spelledOtherwise(e, v, k, set)
	case versionLike.MatchString(v) && versionName.MatchString(lastWord(name)):
		l.asVersion(e, v, set)
	case macLike.MatchString(v):
		set(strings.ToLower(strings.NewReplacer(":", "", "-", "").Replace(v)), .3, .5, formatCauseID, "the hexadecimal digits alone")
	case len(v) == len("15:04") && clock.MatchString(v):
		set(v+":00", .35, .5, formatCauseID, "with its seconds")
	case len(v) == len("15:04:05") && clock.MatchString(v):
		set(v[:len("15:04")], .3, .5, formatCauseID, "without its seconds")
	}
	if k == habit.Free && !prose(name) && !properName(name) {
		for i, s := range sameGroup(v) {
			set(s, .5/float64(i+1), .4, valueCauseID, "another word for it")
		}
	}
	if bare, ok := strings.CutPrefix(v, "http://"); ok && !localHost.MatchString(bare) {
		set("https://"+bare, .7, .05, formatCauseID, "over TLS")
	}
	if n, ok := habit.Numeral(v); ok {
		l.raise(e.ID, untidy)
		set(n, .7, .3, typeCauseID, "the number that is written out")
	}
	if m := minorUnits.FindStringSubmatch(v); m != nil && minorName.MatchString(habit.Snake.Of(name)) {
		l.raise(e.ID, untidy)
		set(m[1]+(m[2] + "00")[:2], .6, .2, formatCauseID, "whole units, as the name says")
	}
	if kind == "body" && (k == habit.Free || k == habit.Bool) && participle.MatchString(lastWord(name)) && word.MatchString(v) && !strings.ContainsAny(v, "_-") {
		set(true, .3, .6, typeCauseID, "true, as names of this form promise")
	}
}

// spelledOtherwise is for a word of several parts, which is a choice more often than not.
func (l *places) spelledOtherwise(e diagnose.Element, v string, k habit.Kind, set setter) {
	name := lastName(e.ID)
	if k != habit.Free && k != habit.Word && k != habit.Order || properName(name) || prose(name) {
		return
	}
	w := habit.Words(v)
	if len(w) < 2 || len(w) > 4 {
		return
	}
	snake, kebab, one := habit.Snake.Join(w), habit.Kebab.Join(w), habit.Flat.Join(w)
	add := func(form string, odds float64) {
		if form != v {
			set(form, odds, .5, valueCauseID, "the word in another spelling")
		}
	}
	if strings.Contains(v, " ") && k == habit.Free && !wordLike(name, v) && v != strings.ToLower(v) {
		return // a text
	}
	usual := strings.Contains(v, "_")
	if !usual {
		l.raise(e.ID, misspelt)
	}
	add(snake, .4)
	add(one, .3)
	add(strings.ToUpper(snake), .12)
	if usual || strings.ContainsAny(v, " .") {
		add(kebab, .25)
	}
}

// asVersion is a version of three numbers, as https://semver.org has it.
func (l *places) asVersion(e diagnose.Element, v string, set setter) {
	bare := strings.TrimLeft(v, "vV")
	full := bare + strings.Repeat(".0", max(0, 2-strings.Count(bare, ".")))
	if full == v {
		return
	}
	l.raise(e.ID, misspelt)
	set(full, .5, .3, formatCauseID, "a version of three numbers")
	if bare != v && bare != full {
		set(bare, .3, .3, formatCauseID, "the version without its letter")
	}
}

// dayOf reads a day with the name of its month, in this year or the next where it has none, and the time beside it.
func (l *places) dayOf(v string) (time.Time, bool) {
	m := monthNamed.FindStringSubmatch(v)
	month := time.Month(strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(monthName.FindString(m[0])[:3]))/3 + 1)
	digits := m[1] + m[2]
	day := 0
	for _, c := range digits {
		day = day*10 + int(c-'0')
	}
	now := l.opt.Now.UTC()
	year := now.Year()
	if y := yearNamed.FindString(v); y != "" {
		for year = 0; y != ""; y = y[1:] {
			year = year*10 + int(y[0]-'0')
		}
	} else if month < now.Month() || month == now.Month() && day < now.Day() {
		year++
	}
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if at := clockWithin.FindString(v); at != "" {
		if hour, err := time.Parse("15:04", clock24(strings.TrimSpace(at))); err == nil {
			t = t.Add(time.Duration(hour.Hour())*time.Hour + time.Duration(hour.Minute())*time.Minute)
		}
	}
	return t, day >= 1 && t.Day() == day
}

const (
	// unclosed is how much likelier an expression is at fault that does not close what it opens.
	unclosed = 12
	// misspelt is how much likelier a choice is at fault that is parted as few APIs part words.
	misspelt = 1.5
	// longestDay is the length in bytes of what may be a day: "Wednesday, 30 September 2026, 11:30 p.m.".
	longestDay = 44
)

var (
	// parted is a word of several parts.
	parted = lazyre.New(`^[A-Za-z]+(?:[ ._-][A-Za-z]+){1,3}$`)
	// monthNamed is a day and the English name of its month, in either order.
	monthNamed = lazyre.New(`(?i)\b([0-9]{1,2})(?:st|nd|rd|th|\.)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]* ([0-9]{1,2})(?:st|nd|rd|th)?\b`)
	monthName  = lazyre.New(`(?i)(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)`)
	yearNamed  = lazyre.New(`\b(?:19|20)[0-9]{2}\b`)
	// clockWithin is a time of day beside a day.
	clockWithin = lazyre.New(`(?i)\b[0-9]{1,2}:[0-9]{2}(?:\s*[ap]\.?m\.?)?`)
	// localHost are hosts that few have a certificate for.
	localHost   = lazyre.New(`^(?:localhost|127\.|\[|10\.|192\.168\.|[^./:]+(?::|/|$))`)
	versionLike = lazyre.New(`^[vV]?[0-9]{1,4}(?:\.[0-9]{1,5}){0,2}$`)
	versionName = lazyre.New(`(?i)^(?:version|firmware|release)$`)
	// minorName are names of amounts in the smallest unit of their currency (ISO 4217).
	minorName  = lazyre.New(`(?:^|_)(?:cents|pence|minor)(?:_|$)`)
	minorUnits = lazyre.New(`^([0-9]{1,12})[.,]([0-9]{1,2})$`)
	// participle are names that say what has been done or goes on: furnished, fasting.
	participle = lazyre.New(`(?i)^[a-z]{3,}(?:ed|ing)$`)
)
