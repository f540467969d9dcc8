package evidence

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

var (
	// skewWords are how servers say that the time of a request is not theirs.
	skewWords = lazyre.New(`(?i)time_?(too_?)?skewed|signed request date outside|clock (skew|drift)|check (your|the) (system )?clock|` +
		`timestamp[^.\n]{0,40}(outside|out of bounds|too (old|far)|not within|in the (past|future))|(difference|gap) between the request time`)
	// staleWords say it of a field that is there.
	staleWords = lazyre.New(`(?i)(?:^|[^a-z])((?:stale|expired)[_ -]timestamp|timestamp[_ ](?:is )?(?:stale|expired|old)(?:$|[^a-z_])|` +
		`timestamp[^.\n]{0,60}(?:(?:more|older|later|newer) than (?:[0-9]+ ?(?:ms|s|m)|now\b|allowed)|away from (?:now|the server)|seconds old|server'?s? (?:clock|time)))`)
	// ofToken says that the time is that of something else.
	ofToken = lazyre.New(`(?i)token|session|cookie|certificate`)
	// stampNames are header fields in which signed requests say when they were made.
	stampNames = lazyre.New(`(?i)(^|-)(timestamp|date|time)$`)
)

// skewed reads the refusal of a request for its time: a signed one carries it in a header field.
func (r *reader) skewed() {
	if s := r.resp.Status; s != 400 && s != 401 && s != 403 {
		return
	}
	text := r.doc.text[:min(len(r.doc.text), maxProse)]
	said, id := skewWords.FindString(text), diagnose.ElementID("auth")
	for _, e := range r.els {
		if name, ok := e.ID.In("header"); ok && stampNames.MatchString(name) {
			id = e.ID
			break
		}
	}
	if id == "auth" && said != "" {
		for _, e := range r.els { // a link or a form that is signed has it beside its signature
			if name := strings.ToLower(e.ID.Last()); (e.ID.Is("query") || e.ID.Is("form")) && (name == "timestamp" || name == "nonce" && strings.Contains(said, name)) && r.ownCredential() {
				id = e.ID
			}
		}
	}
	if said == "" && id != "auth" {
		if m := staleWords.FindStringSubmatch(text); m != nil && !ofToken.MatchString(m[1]) && !(r.resp.Status == 400 && r.sendsTimestamp()) {
			said = m[1]
		}
	}
	if said == "" {
		return
	}
	if lower := strings.ToLower(said); id == "auth" && r.resp.Status == 400 && !strings.Contains(lower, "skew") && !strings.Contains(lower, "clock") && !strings.Contains(lower, "request") {
		return // the time of something that the request speaks of
	}
	e := diagnose.Evidence{Kind: "text", Source: "body", Text: "the server says “" + said + "”", Cause: "clock_skew", Element: id, Ratio: likely}
	if name, _ := id.In("header"); r.isNow(r.sentHeader(name)) {
		e.Cause, e.Text = "invalid_request_header", e.Text+"; what was sent is the time of now by the server's own clock: it may want it in another unit or form"
	}
	r.add(e)
}

// sendsTimestamp reports a timestamp among the data, which the words may be about as well.
func (r *reader) sendsTimestamp() bool {
	return slices.ContainsFunc(r.ix.entries, func(e entry) bool {
		return (e.place == inBody || e.place == inQuery) && len(e.segs) > 0 && strings.Contains(fold(lastOf(e.segs)), "timestamp")
	})
}

// isNow reports a time in seconds or milliseconds that is, within what no server minds, the one in the answer's Date.
func (r *reader) isNow(stamp string) bool {
	n, err := strconv.ParseInt(stamp, 10, 64)
	date, bad := http.ParseTime(r.header("Date"))
	if err != nil || bad != nil {
		return false
	}
	at := time.Unix(n, 0)
	if n > secondsEnd {
		at = time.UnixMilli(n)
	}
	return date.Sub(at).Abs() < time.Minute
}

// secondsEnd is in the year 5138: what is larger counts milliseconds.
const secondsEnd = 1e11
