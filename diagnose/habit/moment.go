package habit

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"time"

	"culprit/request/lazyre"
)

// good are the forms of dates and times that servers take without asking.
var good = []string{time.DateOnly, time.RFC3339Nano, "15:04", "15:04:05", "2006-01-02T15:04Z07:00"}

// local is RFC 3339 without its zone: taken by many, refused by strict ones.
var local = []string{"2006-01-02T15:04:05.999999999", "2006-01-02T15:04"}

// others are forms that people write, with the month last where it is ambiguous (see twoWays).
var others = []string{
	"2006-01-02 15:04:05.999999999", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04", "2006/01/02", "2006/01/02 15:04:05", "2006.01.02",
	"20060102", "20060102T150405Z", "02.01.2006", "2.1.2006", "02.01.2006 15:04", "02-01-2006", "2-Jan-2006", "2 Jan 2006", "2 January 2006", "2 Jan 2006 15:04", "2 January 2006 15:04", "Jan 2, 2006 15:04", "2 Jan 2006, 15:04",
	"January 2006", "Jan 2006", "January 2, 2006", "Jan 2, 2006", time.RFC1123, time.RFC1123Z, time.RFC850, time.ANSIC, time.UnixDate, "2006-1-2",
	"2006-01-02T15:04:05.999999999-0700", "2006-01-02T15:04:05 Z07:00", "2006-01-02t15:04:05z",
}

// twoWays are the forms with slashes: day first or month first.
var twoWays = [][2]string{{"2/1/2006", "1/2/2006"}, {"2/1/2006 15:04", "1/2/2006 15:04"}, {"2/1/2006 15:04:05", "1/2/2006 15:04:05"}, {"2-1-2006", "1-2-2006"}, {"2/1/06", "1/2/06"}}

var datelike = lazyre.New(`^[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}([T ].*)?$|^[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}( .*)?$`)

// epoch bounds: seconds from 2001 to 2065, in digits. Milliseconds have three more.
const epochDigits, milliDigits = 10, 13

// Datelike reports whether text is plainly meant as a date or a date with a time, valid or not. Digits alone are not.
func Datelike(v string) bool {
	if datelike.MatchString(v) {
		return true
	}
	_, ok := parse(v, others)
	return ok && strings.ContainsAny(v, "-/. :,") && len(v) >= 8
}

// Good reports whether text is a date or time in a form of RFC 3339, or a duration of its appendix A.
func Good(v string) bool { _, ok := parse(v, good); return ok || len(v) > 2 && duration.MatchString(v) }

// Local reports a moment of RFC 3339 without its zone.
func Local(v string) bool { _, ok := parse(v, local); return ok }

var duration = lazyre.New(`^P([0-9]+[YMWD])*(T([0-9]+[HMS])+)?$`)

// blankZone is the zone of a moment whose plus sign was read as a blank, as in a query.
var blankZone = lazyre.New(` ([0-9]{2}:[0-9]{2})$`)

// oddMoment judges text whose name promises a date or a time. loose allows epochs and relative times.
func oddMoment(k Kind, v string, loose bool) (Oddity, string) {
	switch {
	case k == Date:
		if _, err := time.Parse(time.DateOnly, v); err == nil {
			return Fine, ""
		}
		if _, ok := parse(v, good); ok {
			return Fine, ""
		}
	case Good(v):
		return Fine, ""
	}
	if _, err := strconv.ParseInt(v, 10, 64); err == nil {
		if loose || k == Clock {
			return Fine, ""
		}
		return Format, "seconds or milliseconds in quotes"
	}
	switch {
	case k == Clock && !Datelike(v):
		return Fine, ""
	case !Datelike(v):
		if loose {
			return Fine, ""
		}
		return Format, "it is no date of RFC 3339"
	case Good(blankZone.ReplaceAllString(v, "+$1")):
		return Format, "the plus sign of its zone stands for a blank; %2B is a plus sign"
	case Impossible(v):
		return Range, "no calendar has this date"
	}
	if _, ok := parse(v, local); ok {
		return Format, "a time without a zone"
	}
	return Format, "a date that is not in the form of RFC 3339"
}

var yearMonths = []*lazyre.Regexp{lazyre.New(`^((?:19|20)[0-9]{2})[-/.](0?[1-9]|1[0-2])$`), lazyre.New(`^(0?[1-9]|1[0-2])[-/.]((?:19|20)[0-9]{2})$`)}

// YearMonth reads a month of a year in digits and writes it as ISO 8601-1 §5.2.2.2 does: 11/2025 is 2025-11.
func YearMonth(v string) (string, bool) {
	if p := yearMonths[0].FindStringSubmatch(v); p != nil {
		return p[1] + "-" + strings.Repeat("0", 2-len(p[2])) + p[2], true
	}
	if p := yearMonths[1].FindStringSubmatch(v); p != nil {
		return p[2] + "-" + strings.Repeat("0", 2-len(p[1])) + p[1], true
	}
	return "", false
}

// Impossible reports whether v has the shape of a date but names a day that does not exist: month 13.
func Impossible(v string) bool {
	if !datelike.MatchString(v) {
		return false
	}
	if _, ok := Moments(v); ok {
		return false
	}
	return true
}

// Moments reads a date in any known form; two readings when day and month may be swapped, likelier first.
func Moments(v string) ([]time.Time, bool) {
	v = strings.TrimSpace(v)
	for _, forms := range [][]string{good[:2], local, others} {
		if t, ok := parse(v, forms); ok {
			return []time.Time{t}, true
		}
	}
	for _, w := range twoWays {
		var both []time.Time
		for _, f := range w {
			if t, err := time.Parse(f, v); err == nil && (len(both) == 0 || !both[0].Equal(t)) {
				both = append(both, t)
			}
		}
		if len(both) > 0 {
			return both, true
		}
	}
	if n, err := strconv.ParseInt(v, 10, 64); err == nil {
		switch len(v) {
		case epochDigits:
			return []time.Time{time.Unix(n, 0).UTC()}, true
		case milliDigits:
			return []time.Time{time.UnixMilli(n).UTC()}, true
		}
	}
	return nil, false
}

// fewest is the least of digits that a moment has in any of the forms: 5:04.
const fewest = 3

// fewestOfDay are those of a day that is written in digits, 2.1.2006, and of one with the name of its month: 2 Jan 2006.
const fewestOfDay = 5

// dated reports whether v may be a moment: it begins with a digit or the name of a month or a day, and has digits. It is
// asked of every text, and each form that does not fit makes an error.
func dated(v string) bool {
	digits, clock := 0, false
	for i := range len(v) {
		if v[i] >= '0' && v[i] <= '9' {
			digits++
		}
		clock = clock || v[i] == ':'
	}
	switch {
	case digits < fewest:
		return false
	case digits == len(v):
		return digits == len("20060102")
	case v[0] >= '0' && v[0] <= '9':
		return clock || digits >= fewestOfDay
	}
	return strings.Contains("|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|", "|"+strings.ToLower(v[:3])+"|")
}

func parse(v string, forms []string) (time.Time, bool) {
	if !dated(v) {
		return time.Time{}, false
	}
	for _, f := range forms {
		if t, err := time.Parse(f, v); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// dates returns the ways of writing the moments of v, in the order that the kind suggests. A date without a
// time gets midnight.
func dates(k Kind, v string) []any {
	all, ok := Moments(v)
	if !ok {
		return nil
	}
	var out []any
	add := func(x any) {
		if x == v {
			return
		}
		for _, y := range out {
			if x == y {
				return
			}
		}
		out = append(out, x)
	}
	hasTime := strings.Contains(v, ":") || len(v) >= epochDigits && !strings.ContainsAny(v, "-/. ")
	for _, t := range all {
		u := t.UTC()
		day, full := u.Format(time.DateOnly), u.Format("2006-01-02T15:04:05Z")
		if k == DateTime || k == Clock || k != Date && hasTime {
			add(full)
			add(day)
		} else {
			add(t.Format(time.DateOnly))
			add(full)
		}
	}
	add(json.Number(strconv.FormatInt(all[0].Unix(), 10)))
	add(json.Number(strconv.FormatInt(all[0].UnixMilli(), 10)))
	return out
}

// clampDate brings an impossible date into its month: 2026-02-30 becomes 2026-02-28, month 13 becomes 12.
func clampDate(v string) []any {
	m := regexp.MustCompile(`^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(.*)$`).FindStringSubmatch(v)
	if m == nil {
		return nil
	}
	month, _ := strconv.Atoi(m[2])
	day, _ := strconv.Atoi(m[3])
	var out []any
	if month > 12 && day <= 12 {
		out = append(out, m[1]+"-"+pad(day)+"-"+pad(min(month, 31))+m[4])
	}
	return append(out, m[1]+"-"+pad(max(1, min(month, 12)))+"-"+pad(max(1, min(day, 28)))+m[4])
}

func pad(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
