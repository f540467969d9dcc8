package evidence

import (
	"strings"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

var (
	// skewWords are how servers say that the time of a request is not theirs.
	skewWords = lazyre.New(`(?i)time_?(too_?)?skewed|clock (skew|drift)|check (your|the) (system )?clock|` +
		`timestamp[^.\n]{0,40}(outside|too (old|far)|not within|in the (past|future))|(difference|gap) between the request time`)
	// stampNames are header fields in which signed requests say when they were made.
	stampNames = lazyre.New(`(?i)(^|-)(timestamp|date|time)$`)
)

// skewed reads the refusal of a request for its time: a signed one carries it in a header field.
func (r *reader) skewed() {
	if s := r.resp.Status; s != 400 && s != 401 && s != 403 {
		return
	}
	said := skewWords.FindString(r.doc.text[:min(len(r.doc.text), maxProse)])
	if said == "" {
		return
	}
	id := diagnose.ElementID("auth")
	for _, e := range r.els {
		if name, ok := e.ID.In("header"); ok && stampNames.MatchString(name) {
			id = e.ID
			break
		}
	}
	if lower := strings.ToLower(said); id == "auth" && r.resp.Status == 400 && !strings.Contains(lower, "skew") && !strings.Contains(lower, "clock") && !strings.Contains(lower, "request") {
		return // the time of something that the request speaks of
	}
	r.add(diagnose.Evidence{Kind: "text", Source: "body", Text: "the server says “" + said + "”", Cause: "clock_skew", Element: id, Ratio: likely})
}
