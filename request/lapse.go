package request

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Lapse writes how long something lasts, with about three digits, a blank before the unit as in the SI, and no zeros that
// say nothing: "<0.1 ms", "3.0 ms", "18 ms", "600 ms", "1.24 s", "30 s", "2 min 5 s", "3 h 20 min", "11 d 4 h".
// A negative time is written as its amount.
func Lapse(d time.Duration) string {
	d = d.Abs()
	ms := float64(d) / float64(time.Millisecond)
	switch {
	case d == 0:
		return "0 ms"
	case ms < 0.05:
		return "<0.1 ms"
	case ms < 9.95:
		return strconv.FormatFloat(ms, 'f', 1, 64) + " ms" // its zero is measured, and stands in columns of tenths
	case ms < 999.5:
		return trimmed(ms, 0) + " ms"
	case ms < 9_995:
		return trimmed(ms/1e3, 2) + " s"
	case ms < 119_950: // timeouts are known by their seconds: 60, 90
		return trimmed(ms/1e3, 1) + " s"
	case d < time.Hour-time.Second/2:
		return two(d.Round(time.Second), time.Minute, "min", time.Second, "s")
	}
	if d = d.Round(time.Minute); d < 2*day {
		return two(d, time.Hour, "h", time.Minute, "min")
	}
	return two(d.Round(time.Hour), day, "d", time.Hour, "h")
}

const day = 24 * time.Hour

// ParseLapse reads what Lapse writes, and Go's own form: "1m30s".
func ParseLapse(s string) (time.Duration, error) {
	days, rest, whole := strings.Cut(s, " d")
	if !whole {
		return time.ParseDuration(strings.NewReplacer(" ", "", "min", "m", "<", "").Replace(s))
	}
	n, err := strconv.ParseUint(days, 10, 16)
	if err != nil || rest == "" {
		return time.Duration(n) * day, err
	}
	more, err := ParseLapse(rest)
	return time.Duration(n)*day + more, err
}

// trimmed writes n with at most so many decimals.
func trimmed(n float64, decimals int) string {
	s := strconv.FormatFloat(n, 'f', decimals, 64)
	if decimals > 0 {
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// two writes d in a unit and what is left in a smaller one.
func two(d, unit time.Duration, name string, small time.Duration, less string) string {
	s := fmt.Sprintf("%d %s", d/unit, name)
	if rest := d % unit / small; rest > 0 {
		s += fmt.Sprintf(" %d %s", rest, less)
	}
	return s
}
