package inquiry

import (
	"culprit/diagnose"
	"culprit/request"
)

// preflight varies what a browser asks before it sends a request to another site (Fetch §3.2): without the method that it
// asks for there is no such question, so that a refusal is of the method, of the fields or of the site. Leaving the site out
// would pass on every server, and say nothing.
func (d *detective) preflight() progress {
	const method, fields = "Access-Control-Request-Method", "Access-Control-Request-Headers"
	if d.base.Method != "OPTIONS" || !request.Has(d.base.Header, method) || !request.Has(d.base.Header, "Origin") {
		return nothing
	}
	var edits []diagnose.Edit
	for _, m := range []string{"GET", "POST"} {
		if request.Get(d.base.Header, method) != m {
			edits = append(edits, diagnose.Edit{Element: diagnose.ID("header", method), Op: diagnose.Set, To: m, Why: "a method that most sites may use"})
		}
	}
	if request.Has(d.base.Header, fields) {
		edits = append(edits, diagnose.Edit{Element: diagnose.ID("header", fields), Op: diagnose.Remove, Why: "without the fields that it asks for"})
	}
	for _, e := range edits {
		e.Source, e.Cause, e.Weight = "transform", "csrf_or_origin_rejected", strong
		if p := d.mend(e); p != nothing || d.ladder.Stopped != "" {
			return p
		}
	}
	return d.origins()
}
