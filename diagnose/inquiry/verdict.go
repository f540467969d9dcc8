package inquiry

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// accuse concludes with culprits that an experiment singled out. cause, when given, holds for all of them.
func (d *detective) accuse(edits []diagnose.Edit, p *proof, cause diagnose.CauseID) {
	lasting := d.relapsed(p) || !d.base.Safe() && (d.telling(edits) || d.checkedAll(edits, strong)) // else whatever was wrong may have gone by itself
	standing := d.standing(p, lasting)
	var culprits []diagnose.Culprit
	for _, e := range d.written(outermost(undone(append(append([]diagnose.Edit(nil), edits...), d.peeled...)))) {
		if e.Source == follows {
			continue
		}
		c := diagnose.Culprit{
			Element: shownAs(e), Cause: cause, Standing: standing, Confidence: 0.98, Fix: element.Phrase(e), Explanation: e.Why,
			Evidence: append(append([]int(nil), p.fails...), p.passes...),
			With:     diagnose.Tally{Seen: len(p.fails) + p.recorded, Tried: len(p.fails) + p.recorded},
			Without:  diagnose.Tally{Seen: len(p.passes), Tried: len(p.passes)},
		}
		if e.Source == renewal {
			c.Fix = e.Why
		}
		if standing == diagnose.Isolated {
			c.Confidence = 0.9
		}
		if c.Cause == "" {
			c.Cause = d.causeThen(e)
		}
		if c.Cause == "malformed_json" && !d.jsonBody() {
			c.Cause = "malformed_request_body"
		}
		if said := d.saidOf(e.Element); said != "" {
			c.Explanation = said
		}
		culprits = append(culprits, c)
	}
	if cause == "" && len(d.accused()) > 1 && clash(d.accused()) {
		for i := range culprits {
			culprits[i].Cause = "interacting_parameters"
		}
	}
	text := d.found(culprits, append(slices.Clone(edits), d.peeled...))
	outcome := diagnose.OutcomeIsolated
	switch {
	case !lasting:
		outcome, text = diagnose.OutcomeInconclusive, text+" That is no proof yet: the failure was not seen again since."
	case standing == diagnose.Suspected:
		outcome, text = diagnose.OutcomeInconclusive, text+" That is no proof yet: a failure that comes and goes may look the same."
	}
	d.notes.finding(diagnose.Isolation, text)
	d.conclude(outcome, text, culprits...)
}

// undone leaves out what one edit added and another one took away again.
func undone(edits []diagnose.Edit) []diagnose.Edit {
	return slices.DeleteFunc(slices.Clone(edits), func(e diagnose.Edit) bool {
		return (e.Op == diagnose.Add || e.Op == diagnose.Remove) && slices.ContainsFunc(edits, func(o diagnose.Edit) bool {
			return o.Element == e.Element && (o.Op == diagnose.Add && e.Op == diagnose.Remove || o.Op == diagnose.Remove && e.Op == diagnose.Add)
		})
	})
}

// outermost leaves out edits inside of what another edit made: a container that was replaced is one culprit,
// whatever had to be filled into it.
func outermost(edits []diagnose.Edit) []diagnose.Edit {
	return slices.DeleteFunc(slices.Clone(edits), func(e diagnose.Edit) bool {
		return slices.ContainsFunc(edits, func(o diagnose.Edit) bool {
			return o.Element != e.Element && strings.HasPrefix(string(o.Element), "body") && strings.HasPrefix(string(e.Element), strings.TrimSuffix(string(o.Element), "/")+"/")
		})
	})
}

// written leaves out edits of members that only the mending of a broken body has made: their names stand nowhere in
// it as names.
func (d *detective) written(edits []diagnose.Edit) []diagnose.Edit {
	if !slices.ContainsFunc(edits, func(e diagnose.Edit) bool { return e.Element == "body" && e.Op == diagnose.Set }) {
		return edits
	}
	text := d.Request.Body.Text
	return slices.DeleteFunc(slices.Clone(edits), func(e diagnose.Edit) bool {
		at, ok := strings.CutPrefix(string(e.Element), "body:/")
		if !ok || e.Op != diagnose.Remove || text == "" {
			return false
		}
		name := at[strings.LastIndexByte(at, '/')+1:]
		for rest := text; ; {
			i := strings.Index(rest, name)
			if i < 0 {
				return true
			}
			rest = rest[i+len(name):]
			if after := strings.TrimLeft(rest, "\"'’”\x60 \t\r\n"); strings.HasPrefix(after, ":") || strings.HasPrefix(after, "=") {
				return false
			}
		}
	})
}

// shownAs is the element that an edit accuses: for a detour round a transport fault, the layer it went round.
func shownAs(e diagnose.Edit) diagnose.ElementID {
	if e.Source == "redirect" && strings.HasPrefix(string(e.Cause), "redirect_") {
		return "redirect"
	}
	if e.Source == "transport" && e.Element != "url.scheme" && e.Element != "http_version" {
		return elementOf(e.Cause, e.Element)
	}
	if i := strings.LastIndexByte(string(e.Element), '/'); e.Op == diagnose.Add && e.Cause == "invalid_body_property_value" && isDigits(string(e.Element)[i+1:]) {
		return e.Element[:i] // a list with too few items
	}
	if i := strings.LastIndexByte(string(e.Element), '#'); i > 0 && strings.HasPrefix(string(e.Element), "query:") {
		return e.Element[:i] // a parameter given twice is one culprit
	}
	return e.Element
}

// elementOf is the element that a cause usually sits in, or other.
func elementOf(cause diagnose.CauseID, other diagnose.ElementID) diagnose.ElementID {
	switch cause.Cause().Layer {
	case "dns":
		return "dns"
	case "tcp":
		return "tcp"
	case "proxy":
		return "proxy"
	case "upstream", "response":
		return "server"
	}
	switch cause {
	case "scheme_mismatch", "missing_url_scheme":
		return "url.scheme"
	case "malformed_url", "uri_too_long":
		return "url"
	case "mtls_certificate_required", "mtls_certificate_rejected":
		return "tls.client_certificate"
	case "http_version_mismatch":
		return "http_version"
	case "not_http_service":
		return "url.port"
	case "redirect_dropped_credentials", "redirect_changed_method", "redirect_loop":
		return "redirect"
	case "response_timeout":
		return "timeout"
	case "gateway_route_not_found":
		return "url.path"
	case "rate_limit_exceeded", "quota_exhausted", "empty_response", "malformed_response", "captive_portal", "stale_cache", "keepalive_race", "ip_not_allowed", "blocked_by_waf":
		return "server"
	}
	if cause.Cause().Layer == "tls" {
		return "tls"
	}
	return other
}

// jsonBody reports whether the body is meant to be JSON.
func (d *detective) jsonBody() bool {
	t := request.Get(d.base.Header, "Content-Type")
	if t == "" {
		t = d.base.Body.Type
	}
	text := strings.TrimSpace(d.base.Body.Text)
	return strings.Contains(t, "json") || strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[")
}

// sure are the odds of a static check that explains a failure by itself when nothing else does (§5: an expired
// token, a text that cannot be parsed).
const sure = 60

// inconclusive says what is left, and what would help. What was peeled on a way that led nowhere is undone.
func (d *detective) inconclusive() {
	behind := d.unsolved()
	if len(d.peeled) > 0 && d.first.exchange != nil {
		d.peeled, d.base, d.scene = nil, d.Request, d.first
		d.oracle.exchange = d.first.exchange
	}
	best := diagnose.Evidence{}
	for _, e := range d.scene.evidence {
		if e.Cause != "" && e.Ratio > best.Ratio {
			best = e
		}
	}
	hit := diagnose.Hit{}
	for _, h := range d.scene.hits {
		if h.Odds > hit.Odds && d.relevant(h.Element) {
			hit = h
		}
	}
	switch {
	case best.Cause == "server_error" && hit.Odds < sure:
		d.keepsFailing()
		return
	case best.Ratio >= namingAlready || best.Ratio >= anyEvidence && hit.Odds < sure:
		d.explain(best.Cause, elementOf(best.Cause, d.atStake(best.Cause)), best.Text, anyEvidence)
		d.addBehind(behind)
		d.proposeFix()
		return
	case hit.Odds >= sure:
		d.conclude(diagnose.OutcomeExplained, sentence(hit.Cause, hit.Element, hit.Text), diagnose.Culprit{
			Element: hit.Element, Cause: hit.Cause, Standing: diagnose.Suspected, Confidence: 0.7, Explanation: hit.Text, Fix: hit.Cause.Cause().Fix, Evidence: d.oracle.fails,
		})
		d.proposeFix()
		return
	}
	if d.drift() {
		return
	}
	if d.oracle.exchange.Status() >= 500 {
		d.keepsFailing()
		return
	}
	why := "No variation of the request passed."
	if d.ladder.stopped != "" {
		why = "It stopped before a variation passed: " + d.ladder.stopped + "."
		if len(d.result.fix) > 0 {
			why = "A variation passed, and it stopped before what makes the difference was isolated: " + d.ladder.stopped + "."
		}
	} else if d.ladder.skipped[diagnose.Isolation] {
		why = "The step that isolates is skipped, so nothing is proved."
	} else if d.ladder.noWrites {
		why = "Probes that may change data were not allowed, so nothing is proved."
		if d.ladder.dry.use == trustedRuns {
			why = "No variation of the request passed in a dry run; for real, none was sent."
		}
		d.hintBy("--allow-writes", "allow probes that may change data, on a test system if possible")
	}
	d.suspectsOnly(why)
}

// proposeFix adds the best repair of the named element, unproved.
func (d *detective) proposeFix() {
	if len(d.result.culprits) == 0 || len(d.result.fix) > 0 {
		return
	}
	repairs := d.repairsOf(d.result.culprits[0].Element)
	for _, e := range repairs {
		if r, err := element.Apply(d.base, []diagnose.Edit{e}); err == nil && d.ladder.tried(r) {
			return // one that was likelier was tried and failed: the others are guesses
		}
	}
	with, ok := d.fixesOf(d.result.culprits[1:])
	if !ok {
		return // with one of several mended it still fails
	}
	for _, e := range repairs {
		if strings.HasPrefix(string(e.Element), "url.path") && e.Source != "server" && e.Source != "spec" {
			continue // a guess at a name
		}
		if r, err := element.Apply(d.base, append([]diagnose.Edit{e}, with...)); err == nil && !d.ladder.tried(r) {
			d.result.fix = append(append(append([]diagnose.Edit(nil), d.peeled...), e), with...)
			d.result.culprits[0].Fix = element.Phrase(e)
			return
		}
	}
}

// fixesOf are the best repairs of the other culprits, as far as they are not mended yet; ok is false when one has none.
func (d *detective) fixesOf(culprits []diagnose.Culprit) (edits []diagnose.Edit, ok bool) {
	for _, c := range culprits {
		if slices.ContainsFunc(d.peeled, func(e diagnose.Edit) bool { return e.Element == c.Element }) {
			continue
		}
		r := d.repairsOf(c.Element)
		if len(r) == 0 {
			return nil, false
		}
		edits = append(edits, r[0])
	}
	return edits, true
}

// suspectsShown is how many suspects an inconclusive report lists (§11).
const suspectsShown = 3

func (d *detective) suspectsOnly(why string) {
	hits := append([]diagnose.Hit(nil), d.scene.hits...)
	sort.SliceStable(hits, func(i, j int) bool { return hits[i].Odds > hits[j].Odds })
	var culprits []diagnose.Culprit
	for _, h := range hits {
		if h.Odds < 10 {
			break
		}
		if i := slices.IndexFunc(culprits, func(c diagnose.Culprit) bool { return c.Element == h.Element }); i >= 0 {
			culprits[i].Explanation += " " + h.Text
			continue
		}
		if len(culprits) == suspectsShown {
			continue
		}
		culprits = append(culprits, diagnose.Culprit{Element: h.Element, Cause: h.Cause, Standing: diagnose.Suspected, Confidence: min(0.7, h.Odds/100), Explanation: h.Text, Fix: h.Cause.Cause().Fix})
	}
	d.hintBy("--good, --good-curl", "give a request that works: the differences are bisected")
	if d.oracle.exchange != nil {
		if id := requestID(d.oracle.exchange); id != "" {
			d.hint("ask the provider for their log of request id " + id)
		}
	}
	for _, text := range d.unanswered() {
		d.hint(text)
	}
	d.result.outcome, d.result.summary, d.result.culprits = diagnose.OutcomeInconclusive, why, culprits
}

// report writes down what was concluded.
func (d *detective) report() diagnose.Report {
	d.onlyDry()
	res := d.result
	r := diagnose.Report{
		Schema:  "culprit.report/1",
		Request: diagnose.RequestShown{Method: d.Request.Method, URL: d.Request.URL, Request: d.Request},
		Verdict: diagnose.Verdict{Outcome: res.outcome, Side: "unknown", Summary: res.summary, Culprits: res.culprits},
		Steps:   d.notes.all(), Probes: d.ladder.records, Hints: res.hints, Cost: d.ladder.cost, Untested: d.untested(), Answer: res.answer, Made: d.ladder.made(),
	}
	if e := d.Expected.String(); e != "" && res.summary != "" {
		r.Verdict.Summary += " To pass means here: " + e + "."
	}
	if x := d.oracle.exchange; x != nil {
		r.Failure = diagnose.FailureShown{Status: x.Status(), Signature: signature(d.oracle.sig), At: stamp(x), RequestID: requestID(x)}
		if x.Failure != nil {
			r.Failure.Error = x.Failure.Text
		}
	}
	if len(res.culprits) > 0 {
		r.Verdict.Cause = res.culprits[0].Cause
		r.Verdict.Side = res.culprits[0].Cause.Cause().Side
	}
	switch {
	case res.minimal != nil:
		r.Verdict.Minimal = &diagnose.Sendable{Request: *res.minimal}
	case len(res.culprits) > 0 && d.oracle.exchange != nil && res.outcome != diagnose.OutcomeFlaky:
		r.Verdict.Minimal = &diagnose.Sendable{Request: d.Request} // nothing smaller was seen to fail
	}
	if len(res.fix) > 0 {
		if fixed, err := element.Apply(d.Request, res.fix); err == nil {
			r.Verdict.Repair = &diagnose.Fix{Diff: element.Changes(d.original, res.fix), Verified: res.verified, Status: res.fixed, Edits: res.fix, Request: fixed}
		}
	}
	return r
}

// untested says what the diagnosis did not look at, so that nobody reads more into it.
func (d *detective) untested() []string {
	out := []string{}
	if d.ladder.stopped != "" {
		out = append(out, "whatever would have come next: "+d.ladder.stopped)
	}
	if d.ladder.noWrites {
		out = append(out, "variations that may change data")
	}
	for _, s := range diagnose.Steps {
		if d.ladder.skipped[s] {
			out = append(out, fmt.Sprintf("step %d, %s: skipped by you", s, s))
		}
	}
	return out
}

func signature(s diagnose.Signature) string {
	parts := []string{}
	if s.Failure != "" {
		parts = append(parts, s.Failure)
	}
	if s.Status != 0 {
		parts = append(parts, fmt.Sprint(s.Status))
	}
	for _, p := range []string{s.Challenge, s.Code, s.Pointers, s.Template} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, " · ")
}
