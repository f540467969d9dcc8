package cookie

import (
	"strconv"
	"strings"
	"time"
)

// date reads a date as cookies have them: in any order, with any separators (RFC 6265bis §5.1.1).
func date(text string) (time.Time, bool) {
	clock, day, month, year := -1, -1, -1, -1
	var seconds int
	for _, token := range strings.FieldsFunc(text, delimiter) {
		switch {
		case clock < 0 && timeOfDay(token, &clock, &seconds):
		case day < 0 && number(token, 1, 2, &day):
		case month < 0 && monthOf(token, &month):
		case year < 0 && number(token, 2, 4, &year):
		}
	}
	switch {
	case year >= 70 && year <= 99:
		year += 1900
	case year >= 0 && year <= 69:
		year += 2000
	}
	if clock < 0 || clock > 23*60+59 || seconds > 59 || month < 0 || day < 1 || year < 1601 {
		return time.Time{}, false
	}
	t := time.Date(year, time.Month(month), day, clock/60, clock%60, seconds, 0, time.UTC)
	return t, t.Day() == day // February 30th is none
}

// delimiter reports the characters between the tokens.
func delimiter(r rune) bool {
	return r == '\t' || r >= 0x20 && r <= 0x2f || r >= 0x3b && r <= 0x40 || r >= 0x5b && r <= 0x60 || r >= 0x7b && r <= 0x7e
}

// number reads the digits that token begins with, least to most of them, unless more follow.
func number(token string, least, most int, to *int) bool {
	n := 0
	for n < len(token) && token[n] >= '0' && token[n] <= '9' {
		n++
	}
	if n < least || n > most {
		return false
	}
	*to, _ = strconv.Atoi(token[:n]) // at most four digits
	return true
}

// timeOfDay reads hours, minutes and seconds of one or two digits each.
func timeOfDay(token string, minutes, seconds *int) bool {
	parts := strings.SplitN(token, ":", 3)
	if len(parts) < 3 {
		return false
	}
	var h, m, s int
	for i, to := range []*int{&h, &m, &s} {
		least := 1
		if i < 2 {
			least = max(len(parts[i]), 1) // digits alone
		}
		if !number(parts[i], least, 2, to) {
			return false
		}
	}
	if m > 59 {
		h = 24 // no time of any day
	}
	*minutes, *seconds = h*60+m, s
	return true
}

func monthOf(token string, to *int) bool {
	if len(token) < 3 {
		return false
	}
	i := strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(token[:3]))
	if i < 0 || i%3 != 0 {
		return false
	}
	*to = i/3 + 1
	return true
}
