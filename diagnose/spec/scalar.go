package spec

import (
	"encoding/base64"
	"encoding/json"
	"math"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"

	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

func (c *checker) str(s *openapi3.Schema, v string, at []string) {
	if ok, known := formatted(s.Format, v); known && !ok {
		c.add(problem{at: at, fault: badFormat, schema: s, value: v, expected: s.Format, text: "documented as " + s.Format + ", and is not"})
	}
	// Lengths count characters (JSON Schema 2020-12, 6.3).
	if n := uint64(utf8.RuneCountInString(v)); n < s.MinLength || s.MaxLength != nil && n > *s.MaxLength {
		text := "documented with at least " + strconv.FormatUint(s.MinLength, 10) + " characters"
		if n >= s.MinLength {
			text = "documented with at most " + strconv.FormatUint(*s.MaxLength, 10) + " characters"
		}
		c.add(problem{at: at, fault: badValue, schema: s, value: v, text: text + ", and has " + strconv.FormatUint(n, 10)})
	}
	if s.Pattern != "" {
		// Patterns are those of ECMA-262; what Go's engine does not read is not judged.
		if re, err := regexp.Compile(s.Pattern); err == nil && !re.MatchString(v) {
			c.add(problem{at: at, fault: badFormat, schema: s, value: v, expected: s.Pattern, text: "documented with the pattern " + shorten(s.Pattern, 80)})
		}
	}
}

var (
	emailForm = lazyre.New(`^[^\s@]+@[^\s@]+$`)
	timeForm  = lazyre.New(`^\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?$`)
	hostForm  = lazyre.New(`^[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*\.?$`)
)

// formatted judges a text by a format (JSON Schema 2020-12 §7.3; OpenAPI format registry). known is false for a
// format that servers disagree about or that nobody defined.
func formatted(format, v string) (ok, known bool) {
	switch format {
	case "date":
		_, err := time.Parse(time.DateOnly, v)
		return err == nil, true
	case "date-time":
		_, err := time.Parse(time.RFC3339Nano, strings.ToUpper(v))
		return err == nil, true
	case "time":
		return timeForm.MatchString(v), true
	case "uuid":
		return habit.UUIDLike(v), true
	case "email":
		return emailForm.MatchString(v), true
	case "ipv4":
		a, err := netip.ParseAddr(v)
		return err == nil && a.Is4(), true
	case "ipv6":
		a, err := netip.ParseAddr(v)
		return err == nil && a.Is6(), true
	case "hostname":
		return hostForm.MatchString(v), true
	case "uri", "url":
		u, err := url.Parse(v)
		return err == nil && u.Scheme != "", true
	case "byte":
		_, err := base64.StdEncoding.DecodeString(v)
		return err == nil, true
	}
	return true, false
}

func (c *checker) number(s *openapi3.Schema, v json.Number, at []string) {
	f, err := v.Float64()
	if err != nil {
		return
	}
	low, high := bounds(s)
	bad := func(text string) {
		c.add(problem{at: at, fault: badValue, schema: s, value: v, text: text + ", and is " + string(v)})
	}
	switch {
	case low.set && (f < low.at || f == low.at && low.open):
		bad("documented as " + low.text("more than ", "at least "))
	case high.set && (f > high.at || f == high.at && high.open):
		bad("documented as " + high.text("less than ", "at most "))
	case s.MultipleOf != nil && *s.MultipleOf > 0 && !multiple(f, *s.MultipleOf):
		bad("documented as a multiple of " + plain(*s.MultipleOf))
	}
}

// A limit is one end of a range.
type limit struct {
	at        float64
	open, set bool // open: the end itself is outside
}

func (l limit) text(open, shut string) string {
	if l.open {
		return open + plain(l.at)
	}
	return shut + plain(l.at)
}

func plain(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// bounds returns the range of a number, with the exclusive bounds of both versions and that of its format.
func bounds(s *openapi3.Schema) (low, high limit) {
	if s.Min != nil {
		low = limit{*s.Min, s.ExclusiveMin.IsTrue(), true}
	}
	if s.Max != nil {
		high = limit{*s.Max, s.ExclusiveMax.IsTrue(), true}
	}
	if v := s.ExclusiveMin.Value; v != nil && (!low.set || *v >= low.at) {
		low = limit{*v, true, true}
	}
	if v := s.ExclusiveMax.Value; v != nil && (!high.set || *v <= high.at) {
		high = limit{*v, true, true}
	}
	switch s.Format {
	case "int32":
		if !low.set || low.at < math.MinInt32 {
			low = limit{math.MinInt32, false, true}
		}
		if !high.set || high.at > math.MaxInt32 {
			high = limit{math.MaxInt32, false, true}
		}
	case "int64":
		// 2^63 is the first that does not fit; 2^63-1 is no float64.
		if !high.set {
			high = limit{1 << 63, true, true}
		}
		if !low.set {
			low = limit{-1 << 63, false, true}
		}
	}
	return low, high
}

// multiple allows for the error of binary fractions: 0.3 is a multiple of 0.1.
func multiple(f, of float64) bool {
	q := f / of
	return math.Abs(q-math.Round(q)) < 1e-9*max(1, math.Abs(q))
}
