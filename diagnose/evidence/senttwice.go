package evidence

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

// twiceRE are words for something that is there more than once.
var twiceRE = lazyre.New(`(?i)\b(?:twice|duplicated?|duplicates|more than once|multiple times|multiple values|repeated|only (?:be )?(?:sent |given |appear )?once)\b`)

// sentTwice reads a complaint that a field of the header, which it names, came more than once, and it did: a singleton
// field must not (RFC 9110 §5.3).
func (r *reader) sentTwice(s said) bool {
	if st := r.resp.Status; st < 400 || st > 403 || !twiceRE.MatchString(short(s.text)) {
		return false
	}
	lower, seen := strings.ToLower(short(s.text)), []string{}
	for _, f := range r.x.Request.Header {
		name := strings.ToLower(f.Name)
		if slices.Contains(seen, name) && standsAlone(lower, name, false) {
			r.add(diagnose.Evidence{Kind: "text", Source: s.source, Text: s.text, Cause: "invalid_request_header", Element: diagnose.ID("header", f.Name), Ratio: certain})
			return true
		}
		seen = append(seen, name)
	}
	return false
}
