package repair

import (
	"strings"

	"culprit/diagnose"
	"culprit/request"
)

// What a pass costs on a method that changes data, in probes (§9.1): with a key or a dry run that makes a repetition
// harmless, on a test system, in production.
const (
	sideHarmless   = 3
	sideTest       = 10
	sideProduction = 40
)

// Side is the cost S of a pass that changes data, for a request; production says that its host is none for tests.
func Side(r request.Request, production bool) float64 {
	switch {
	case request.Has(r.Header, "Idempotency-Key"):
		return sideHarmless
	case production:
		return sideProduction
	}
	return sideTest
}

// cost is what it costs to try an edit that passes with probability p, in safe probes: 1, half for a choice of
// transport, and 1 + p·side where the request or the edited one changes data (§9.1). A safe variation of an unsafe
// request is no cheaper: what it does is not what was meant, and its pass says little.
//
// p/Cost rises with p, so that among edits of one unsafe request the likeliest stays first.
func cost(r request.Request, e diagnose.Edit, p, side float64) float64 {
	base := 1.0
	if group, _, _ := strings.Cut(string(e.Element), "."); group == "tls" || group == "proxy" || group == "http_version" || group == "ip_family" {
		base = .5
	}
	after := r
	if to, ok := e.To.(string); ok && e.Element == "method" && e.Op == diagnose.Set {
		after.Method = to
	}
	if r.Safe() && after.Safe() {
		return base
	}
	return base + p*side
}
