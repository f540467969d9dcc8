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
// parameter that means nothing, too. It asks where the failure came by a cache, and where the fix changes the URL and
// nobody spoke for it: not every cache says that it is one. It reports whether it concluded.
func (d *detective) cached(p *proof) bool {
	by := byCache(d.oracle.exchange)
	if !d.base.Safe() || d.off.confirmation || !by && (d.unsent() || d.telling(p.accused) || !movesURL(p.accused)) {
		return false
	}
	e := []diagnose.Edit{{Element: "query:" + meaningless, Op: diagnose.Add, To: "1", Source: "deletion", Why: "another URL, the same meaning"}}
	_, out, n := d.vary(e, diagnose.Confirm, "does it pass with a parameter that means nothing? Then a cache keeps the failure")
	if out == diagnose.Same {
		p.fails, p.passed = append(p.fails, n), false // the failure as it is, seen once more
	}
	if out != diagnose.Pass {
		return false
	}
	d.ladder.Expect(n, 1-likely)
	c := &proof{fails: p.fails, recorded: p.recorded, passes: []int{n}, passed: true, accused: e}
	if by && d.refail(c) != diagnose.Same {
		return d.result.done() // it comes and goes, and that is concluded
	}
	if !by && !d.repeat(c, e) {
		return true
	}
	text := "the same request passes with a parameter that means nothing, and fails without it: a cache keeps the failure for this URL"
	outcome, standing, sure := diagnose.OutcomeIsolated, diagnose.Isolated, 0.9
	if !by && d.lucky(c) {
		outcome, standing, sure = diagnose.OutcomeInconclusive, diagnose.Suspected, 0.6
	}
	d.notes.finding(diagnose.Connectivity, text)
	id := diagnose.CauseID("stale_cache")
	d.conclude(outcome, sentence(id, "server", text), diagnose.Culprit{
		Element: "server", Cause: id, Standing: standing, Confidence: sure, Explanation: text, Fix: id.Cause().Fix,
		Evidence: append(slices.Clone(c.fails), c.passes...), With: diagnose.Tally{Seen: c.failures(), Tried: c.failures()}, Without: diagnose.Tally{Seen: len(c.passes), Tried: len(c.passes)},
	})
	d.result.fix, d.result.verified = nil, false
	return true
}

// kept reports an answer that says that a cache gave it.
func (f *failure) kept() bool {
	return slices.ContainsFunc(f.scene.evidence, func(e diagnose.Evidence) bool { return e.Cause == "stale_cache" })
}

// movesURL reports that one of edits changes where the request goes, and not only what goes there.
func movesURL(edits []diagnose.Edit) bool {
	return slices.ContainsFunc(edits, func(e diagnose.Edit) bool {
		return e.Element.Is("query") || e.Element.InURL()
	})
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
