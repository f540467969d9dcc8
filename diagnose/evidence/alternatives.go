package evidence

import (
	"slices"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

var (
	// alternativeRE are words for schemas of which one has to fit (JSON Schema §10.2.1).
	alternativeRE = lazyre.New(`(?i)\b(?:exactly one schema in oneOf|match a schema in anyOf|exactly one of the schemas|any of the schemas)\b`)
	// constantRE says of a value that it is not the one that marks an alternative.
	constantRE = lazyre.New(`(?i)\bconstant\b|\bconst\b`)
)

// alternatives makes what is missing less sure where one of several schemas has to fit and something that was sent is
// refused, too: what one of them misses is what another one goes without.
func (r *reader) alternatives() {
	if !alternativeRE.MatchString(r.doc.text[:min(len(r.doc.text), 64<<10)]) {
		return
	}
	if !slices.ContainsFunc(r.out, func(e diagnose.Evidence) bool {
		return !e.Missing && e.Kind == "pointer" && e.Ratio >= likely && e.Element != "body" && !constantRE.MatchString(e.Text)
	}) {
		return
	}
	for i := range r.out {
		if r.out[i].Missing && r.out[i].Ratio >= likely {
			r.out[i].Ratio = code
		}
	}
}
