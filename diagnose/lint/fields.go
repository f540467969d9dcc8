package lint

import (
	"net/http"
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// fieldRules are about header fields that arrive, and say something else than was meant.
func fieldRules() []rule {
	return []rule{{"H19", 12, checkUnderscore}, {"H20", 40, checkFieldForms}}
}

// checkUnderscore is H19: nginx and others drop fields with an underscore in their name, without a word
// (underscores_in_headers off).
func checkUnderscore(s *scan, r rule) {
	for _, e := range s.x.Elements {
		name, ok := e.ID.In("header")
		if !ok || e.Default || !strings.Contains(name, "_") || !isToken(name) {
			continue
		}
		odds, cause := r.odds, diagnose.CauseID("missing_request_header")
		if e.Secret && (s.f.Status == 401 || s.f.Status == 403) {
			odds, cause = 40, "credentials_in_wrong_place"
		}
		to := http.CanonicalHeaderKey(strings.ReplaceAll(name, "_", "-"))
		s.hit(r.at(odds), e.ID, cause, "Many servers drop header fields with an underscore in their name.", weigh(rename(e.ID, to, .2), odds))
	}
}

// A form is what a standard field looks like, and how a slip in it is mended; mend returns "" when it cannot.
type form struct {
	names []string
	right *lazyre.Regexp
	text  string
	mend  func(value string) string
}

// fieldForms are fields with a grammar that people write by hand.
var fieldForms = []form{
	{[]string{"If-Modified-Since", "If-Unmodified-Since", "Date"}, lazyre.New(`^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT$|day, [0-9]{2}-|^[A-Z][a-z]{2} [A-Z][a-z]{2} [ 0-9]`),
		"A date in a header field is written as in Fri, 20 Nov 2026 12:00:00 GMT (RFC 9110 §5.6.7).", httpDate},
	{[]string{"Range"}, lazyre.New(`^[A-Za-z][\w-]*=`), "A range begins with its unit, as in bytes=0-99 (RFC 9110 §14.2).", func(v string) string {
		if plainRange.MatchString(v) {
			return "bytes=" + strings.TrimSpace(strings.TrimPrefix(v, "bytes"))
		}
		return ""
	}},
	{[]string{"Accept-Language"}, lazyre.New(`^\s*(\*|[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*)\s*(;[^,]*)?(,\s*(\*|[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*)\s*(;[^,]*)?)*$`), "A language is written with a dash, as in en-US (RFC 5646).", func(v string) string {
		return strings.ReplaceAll(v, "_", "-")
	}},
	{[]string{"Traceparent"}, lazyre.New(`^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}`), "traceparent has the form of W3C Trace Context: 00-…32 hex…-…16 hex…-01.", func(v string) string {
		if low := strings.ToLower(v); low != v {
			return low
		}
		return ""
	}},
	{[]string{"Cookie"}, lazyre.New(`^[^,]*$|;|^[^=]*=[^=]*$`), "Cookies are parted by semicolons, not commas (RFC 6265 §4.2.1).", func(v string) string {
		return commaCookies.ReplaceAllString(v, "; $1")
	}},
}

var (
	plainRange   = lazyre.New(`^(bytes\s*)?\s*[0-9]*-[0-9]*$`)
	commaCookies = lazyre.New(`,\s*([\w.-]+=)`)
)

// checkFieldForms is H20.
func checkFieldForms(s *scan, r rule) {
	for _, h := range s.r.Header {
		for _, f := range fieldForms {
			if h.Default || h.Value == "" || within.MatchString(h.Value) || !named(f.names, h.Name) || f.right.MatchString(h.Value) {
				continue
			}
			id, cause := diagnose.ID("header", http.CanonicalHeaderKey(h.Name)), diagnose.CauseID("invalid_request_header")
			if id == "header:Cookie" {
				cause = "session_cookie_invalid"
			}
			var edits []diagnose.Edit
			if to := f.mend(h.Value); to != "" && to != h.Value {
				edits = append(edits, set(id, to, .05))
			}
			s.hit(r, id, cause, f.text, edits...)
		}
	}
}

func named(names []string, name string) bool {
	for _, n := range names {
		if strings.EqualFold(n, name) {
			return true
		}
	}
	return false
}

// httpDate writes a date as header fields have it, when it can only mean one.
func httpDate(v string) string {
	at, ok := habit.Moments(v)
	if !ok || len(at) != 1 {
		return ""
	}
	return at[0].In(time.UTC).Format(http.TimeFormat)
}
