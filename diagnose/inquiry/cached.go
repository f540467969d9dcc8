package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request"
)

// meaningless is a parameter that no API knows: with it the same request has another URL, and so no cached answer.
const meaningless = "culprit_uncached"

// cached tells a culprit from a cache that keeps the failure for this URL: whatever changes the URL passes then, a
// parameter that means nothing, too. It asks only where the failure came by a cache, and reports whether it concluded.
func (d *detective) cached(p *proof) bool {
	x := d.oracle.exchange
	if !d.base.Safe() || d.off.confirmation || !byCache(x) {
		return false
	}
	e := []diagnose.Edit{{Element: "query:" + meaningless, Op: diagnose.Add, To: "1", Source: "deletion", Why: "another URL, the same meaning"}}
	_, out, n := d.vary(e, diagnose.Confirm, "does it pass with a parameter that means nothing? Then a cache keeps the failure")
	if out != diagnose.Pass {
		return false
	}
	if d.refail(p) != diagnose.Same {
		return d.result.done() // it comes and goes, and that is concluded
	}
	text := "the same request passes with a parameter that means nothing, and fails without it: a cache keeps the failure for this URL"
	d.notes.finding(diagnose.Connectivity, text)
	id := diagnose.CauseID("stale_cache")
	d.conclude(diagnose.OutcomeIsolated, sentence(id, "server", text), diagnose.Culprit{
		Element: "server", Cause: id, Standing: diagnose.Isolated, Confidence: 0.9, Explanation: text, Fix: id.Cause().Fix,
		Evidence: append(slices.Clone(p.fails), n), With: diagnose.Tally{Seen: p.failures(), Tried: p.failures()}, Without: diagnose.Tally{Seen: 1, Tried: 1},
	})
	d.result.fix, d.result.verified = nil, false
	return true
}

// byCache reports an answer that a cache gave, passed on, or was told to keep (RFC 9111 §5.1, §5.2; RFC 9211; the
// fields of CloudFront, Fastly, Cloudflare, Varnish, nginx and squid).
func byCache(x *request.Exchange) bool {
	r := x.Response()
	if r == nil {
		return false
	}
	for _, name := range []string{"Age", "Cache-Status", "X-Cache", "X-Cache-Status", "X-Proxy-Cache", "CF-Cache-Status", "X-Varnish", "Via"} {
		if request.Has(r.Header, name) {
			return true
		}
	}
	kept := strings.ToLower(request.Get(r.Header, "Cache-Control"))
	return strings.Contains(kept, "max-age") && !strings.Contains(kept, "max-age=0") && !strings.Contains(kept, "private")
}
