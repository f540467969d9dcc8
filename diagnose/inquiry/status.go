package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/evidence"
	"culprit/diagnose/habit"
	"culprit/request"
)

// byStatus does what only one kind of answer calls for, before the general search.
func (d *detective) byStatus() progress {
	if p := d.redirected(); p != nothing || d.result.done() {
		return p
	}
	switch s := d.oracle.exchange.Status(); {
	case s == 401 || s == 407:
		return d.unauthorised()
	case s == 403:
		return d.forbidden()
	case s == 404:
		return d.notFound()
	case s == 410:
		d.explain("api_deprecated_or_removed", "url.path", "the server says that it is gone for good", anyEvidence)
		return nothing
	case s == 405 || s == 501:
		return d.wrongMethod()
	case s == 413:
		return d.tooLarge()
	case s == 429:
		d.explain("rate_limit_exceeded", "server", "the server limits how often it is asked", anyEvidence)
		return nothing
	case s == 502 || s == 503 || s == 504:
		return d.upstream()
	}
	return nothing
}

// Floors of explain: what evidence must weigh to overrule the fallback.
const (
	anyEvidence   = 5.0  // the fallback is what the status alone says
	namingAlready = 60.0 // the fallback was found by an experiment
)

// unauthorised finds out whether credentials are absent, unseen, mangled, or refused.
func (d *detective) unauthorised() progress {
	d.notes.begin(diagnose.Credentials)
	if p := d.baselineFirst(); p != nothing || d.result.done() {
		return p
	}
	first := d.outdated
	if !credentials(d.base) {
		first = d.renew
	}
	if p := first(); p != nothing || d.result.done() {
		return p
	}
	if !credentials(d.base) {
		d.notes.finding(diagnose.Credentials, "the request carries none"+d.tokensFrom())
		d.explain("missing_credentials", "auth", "the server asks for credentials and the request has none", anyEvidence)
		return nothing
	}
	if p := d.mendCredentials(); p != nothing {
		return p
	}
	x, out, n := d.withoutCredentials()
	read := "these credentials are refused"
	switch out {
	case diagnose.Pass:
		_, edits := anonymous(d.base)
		d.prove(edits, x, n, nil)
		return solved
	case diagnose.Same:
		read = "without credentials the answer is the same: they are not seen, or not told apart"
		d.notes.finding(diagnose.Credentials, read)
	case diagnose.Other:
		read = "without credentials the answer is another: these are read and refused"
		d.notes.finding(diagnose.Credentials, read)
	}
	for _, stage := range []func() progress{d.renew, d.question} {
		if p := stage(); p != nothing || d.result.done() {
			return p
		}
	}
	if from := d.tokensFrom(); from != "" {
		d.notes.finding(diagnose.Credentials, read+from)
	}
	d.refusedCredentials(out, n)
	return nothing
}

// baselineFirst lets a request that works decide where there is one: credentials cannot be guessed.
func (d *detective) baselineFirst() progress {
	if len(d.Good) == 0 {
		return nothing
	}
	return d.baseline()
}

// mendCredentials tries structural repairs only (a stray blank, a doubled scheme): never another user or
// password, and no more often than the lock-out guard allows (§11.6).
func (d *detective) mendCredentials() progress {
	tries := d.Budget.Rejections - d.ladder.guard.rejected
	if !d.Production {
		tries = singlesTried
	}
	for _, e := range d.scene.repairs {
		told := e.Cause == "credentials_in_wrong_place" && d.unseen() // then a guess at the place is worth it
		if e.Source == "deletion" || e.Weight < 10 && !told || !d.credential(e.Element) {
			continue
		}
		if tries--; tries < 0 {
			break
		}
		if p := d.try([]diagnose.Edit{e}, diagnose.Repair, e.Why); p != nothing {
			return p
		}
	}
	return nothing
}

// unseen reports that the answer says in so many words that it found no credentials.
func (d *detective) unseen() bool {
	return slices.ContainsFunc(d.scene.evidence, func(e diagnose.Evidence) bool {
		return e.Cause == "missing_credentials" && e.Kind != "status" && e.Kind != "challenge" && e.Kind != "redirect"
	})
}

// refusedInPlace reports that a credential of the request was tried where the server looks for it, and was read and
// refused there: it is none that only stands in the wrong place.
func (d *detective) refusedInPlace() bool {
	return slices.ContainsFunc(d.ladder.records, func(r diagnose.ProbeRecord) bool {
		return r.Outcome == diagnose.Other && r.Status == 401 && r.Question != nil && slices.ContainsFunc(r.Question.Edits, func(e diagnose.Edit) bool { return e.Cause == "credentials_in_wrong_place" })
	})
}

func (d *detective) credential(id diagnose.ElementID) bool {
	if id == "auth" {
		return true
	}
	if e, ok := d.scene.index.Get(id); ok {
		return e.Secret
	}
	return strings.HasPrefix(string(id), "header:")
}

// refusedCredentials names the cause when no repair helped: what the static checks and the challenge say, else
// that they are not valid. A slip in another header explains nothing here, nor does a check whose repairs were tried.
func (d *detective) refusedCredentials(out diagnose.Outcome, n int) {
	best := diagnose.Hit{}
	for _, h := range d.scene.hits {
		if layer := h.Cause.Cause().Layer; h.Odds > best.Odds && !d.disproved(h) && (layer == "auth" || layer == "local" && d.credential(h.Element)) {
			best = h
		}
	}
	if n > 0 {
		d.oracle.fails = append(d.oracle.fails, n)
	}
	id := d.where()
	switch {
	case out != diagnose.Other && d.unseen():
		d.explain("credentials_in_wrong_place", id, "the server says that it found no credentials", namingAlready)
	case best.Odds >= strong && !(best.Cause == "credentials_in_wrong_place" && d.refusedByName(best.Element)):
		d.conclude(diagnose.OutcomeExplained, sentence(best.Cause, best.Element, best.Text), diagnose.Culprit{
			Element: best.Element, Cause: best.Cause, Standing: diagnose.Suspected, Confidence: 0.9, Explanation: best.Text, Fix: best.Cause.Cause().Fix, Evidence: d.oracle.fails,
		})
	case out == diagnose.Same && !d.challenged() && !d.mentioned(id) && !customary(id) && !d.sameScheme():
		d.explain("credentials_in_wrong_place", id, "the server answers as if it saw no credentials", namingAlready)
	case out == diagnose.Other:
		d.explain("invalid_credentials", id, "the server reads the credentials and refuses them", challenged)
	default:
		d.explain("invalid_credentials", id, "the server reads the credentials and refuses them", anyEvidence)
	}
}

// refusedByName reports whether the answer says of an element that the credential in it is wrong: then it is looked for
// there.
func (d *detective) refusedByName(id diagnose.ElementID) bool {
	return slices.ContainsFunc(d.scene.evidence, func(e diagnose.Evidence) bool {
		return e.Element == id && e.Cause == "invalid_credentials" && e.Ratio >= namedRatio
	})
}

// mentioned reports whether the answer speaks of the header that holds the credentials by its name.
func (d *detective) mentioned(id diagnose.ElementID) bool {
	name, ok := strings.CutPrefix(string(id), "header:")
	return ok && slices.ContainsFunc(d.scene.evidence, func(e diagnose.Evidence) bool {
		return strings.Contains(strings.ToLower(e.Text), strings.ToLower(name))
	})
}

// sameScheme reports whether the server asks for the scheme that the request's Authorization has: it looks there
// (RFC 9110 §11.6), and refuses what it finds, even if it says the same to those who send nothing.
func (d *detective) sameScheme() bool {
	sent, _, ok := strings.Cut(request.Get(d.base.Header, "Authorization"), " ")
	if !ok {
		sent = d.base.Auth.Scheme
	}
	r := d.oracle.exchange.Response()
	return sent != "" && r != nil && slices.ContainsFunc(r.Header, func(f request.Field) bool {
		asked, _, _ := strings.Cut(f.Value, " ")
		return strings.EqualFold(f.Name, "WWW-Authenticate") && strings.EqualFold(asked, sent)
	})
}

// customary reports whether an element is where API keys usually stand: a server that answers a wrong key like none
// is likelier than one that looks elsewhere.
func customary(id diagnose.ElementID) bool {
	switch strings.ToLower(string(id)) {
	case "header:x-api-key", "header:api-key", "header:apikey", "header:x-apikey", "header:ocp-apim-subscription-key":
		return true
	}
	return false
}

// challenged reports whether the answer says that it saw credentials.
func (d *detective) challenged() bool {
	return slices.ContainsFunc(d.scene.evidence, func(e diagnose.Evidence) bool {
		return e.Kind == "challenge" && e.Cause != "" && e.Cause != "missing_credentials"
	})
}

// where names the element that holds the credentials.
func (d *detective) where() diagnose.ElementID {
	if _, ok := d.scene.index.Get("auth"); ok {
		return "auth"
	}
	found := diagnose.ElementID("auth")
	for _, e := range d.scene.index.Elements {
		low := strings.ToLower(string(e.ID))
		switch {
		case !e.Secret || strings.HasPrefix(low, "body"):
		case aside(e.ID):
			if found == "auth" && !strings.HasPrefix(low, "cookie:") {
				found = e.ID
			}
		case found == "auth" || aside(found):
			found = e.ID
		}
	}
	return found
}

// aside reports a secret that by its name is for something else than to say who asks: a CSRF token repeats a cookie,
// others mark a place in a list, a device, an upload.
func aside(id diagnose.ElementID) bool {
	name := strings.ToLower(string(id))
	return slices.ContainsFunc([]string{
		"csrf", "xsrf", "previous", "next", "page", "continuation", "cursor", "sync", "captcha", "confirm", "reset", "invite", "push", "device", "upload", "idempotency",
	}, func(word string) bool { return strings.Contains(name, word) })
}

// aroundProxy goes without a forward proxy that refused the request itself.
func (d *detective) aroundProxy() progress {
	if p := d.base.Settings.Proxy.URL; p == "" || p == "direct" || !d.byProxy() || !d.base.Safe() {
		return nothing
	}
	e := diagnose.Edit{Element: "proxy", Op: diagnose.Set, To: "direct", Source: "transport", Cause: "proxy_misrouted", Why: "without the proxy", Weight: 10}
	return d.try([]diagnose.Edit{e}, diagnose.Transport, e.Why)
}

// forbidden parts the edge's refusal from the application's.
func (d *detective) forbidden() progress {
	d.notes.begin(diagnose.Credentials)
	for _, stage := range []func() progress{d.aroundProxy, d.outdated} {
		if p := stage(); p != nothing || d.result.done() {
			return p
		}
	}
	for _, e := range d.scene.evidence {
		if e.Ratio >= 50 && (e.Cause == "insufficient_scope" || e.Cause == "gateway_route_not_found" || e.Cause == "quota_exhausted" || e.Cause == "rate_limit_exceeded") {
			d.notes.finding(diagnose.Credentials, e.Text)
			d.explain(e.Cause, elementOf(e.Cause, d.where()), e.Text, anyEvidence)
			return nothing
		}
	}
	stages := []func() progress{d.baselineFirst, d.named, d.mendCredentials, d.suspicious, d.control, d.bundle, d.singles}
	if !credentials(d.base) && !d.byProxy() {
		stages = append(stages, d.origins, d.supplement)
	}
	if !d.byProxy() && !d.explained() {
		stages = append(stages, d.disarm)
	}
	for _, stage := range stages {
		if p := stage(); p != nothing || d.result.done() {
			return p
		}
	}
	if len(d.accused()) == 0 && !d.byProxy() && !d.explained() && d.reading() {
		d.notes.finding(diagnose.Endpoints, "the path can be read: it is the method that is refused")
		d.explain("method_not_allowed", "method", "the path can be read, and "+d.base.Method+" is refused", namingAlready)
		return nothing
	}
	if p := d.elsewhere(); p != nothing || d.result.done() {
		return p
	}
	if p := d.question(); p != nothing || d.result.done() {
		return p
	}
	cause, text := diagnose.CauseID("insufficient_permission"), "the request is understood and refused"
	if !credentials(d.base) {
		cause, text = "missing_credentials", "the request carries no credentials"
	} else if x, out, _ := d.withoutCredentials(); out == diagnose.Same {
		text = "without credentials the answer is the same: the refusal does not depend on them"
		cause = "ip_not_allowed"
		if name, origin, _ := evidence.Responder(x); name != "" && !origin {
			cause = "blocked_by_waf"
		} else if !d.Production && d.garbage() == diagnose.Other {
			cause, text = "insufficient_permission", "a credential that cannot be right gets another answer: this one is read, and does not allow this"
		}
	} else if out == diagnose.Other {
		text = "the credentials are accepted, and do not allow this"
	}
	d.notes.finding(diagnose.Credentials, text)
	floor := anyEvidence
	if cause == "ip_not_allowed" || cause == "blocked_by_waf" || cause == "missing_credentials" && d.explained() {
		floor = moreThanStatus // the experiment knows more than the bare 403
	}
	d.explain(cause, elementOf(cause, d.where()), text, floor)
	return nothing
}

// moreThanStatus is the ratio of evidence that says more than a status does.
const moreThanStatus = 6

// notFound parts a route that does not exist from a resource that does not.
func (d *detective) notFound() progress {
	d.notes.begin(diagnose.Endpoints)
	stages := []func() progress{d.baselineFirst, d.mendPath, d.named}
	if d.goodElsewhere() {
		stages = []func() progress{d.mendPath, d.baselineFirst, d.named}
	}
	if a := d.accused(); len(a) > 0 && (!strings.HasPrefix(string(a[0].Element), "url") || a[0].Cause == "resource_not_found") {
		stages = []func() progress{d.baselineFirst, d.named}
	}
	for _, stage := range append(stages, d.otherVersion) {
		if p := stage(); p != nothing || d.result.done() {
			return p
		}
	}
	if a := d.accused(); len(a) > 0 && !strings.HasPrefix(string(a[0].Element), "url") {
		d.explain(a[0].Cause, a[0].Element, a[0].Text, anyEvidence)
		return nothing
	}
	if a := d.accused(); len(a) > 0 && a[0].Cause == "wrong_path" && d.readable() {
		return d.otherMethod()
	}
	if a := d.accused(); len(a) > 0 && a[0].Cause == "wrong_path" {
		if p := d.otherPath(); p != nothing || d.result.done() {
			return p
		}
	}
	if a := d.accused(); len(a) > 0 && a[0].Cause != "" {
		d.explain(a[0].Cause, a[0].Element, a[0].Text, namingAlready) // the answer itself tells the two apart
		return nothing
	}
	if p := d.otherPath(); p != nothing || d.result.done() {
		return p
	}
	out, n := d.nonsensePath()
	if n > 0 {
		d.oracle.fails = append(d.oracle.fails, n)
	}
	switch out {
	case diagnose.Same:
		if d.readable() {
			return d.otherMethod()
		}
		if near := d.above(); near.passes {
			if p := d.sibling(near.ids); p != nothing {
				return p
			}
			d.notes.finding(diagnose.Endpoints, "the collection above can be read: the route exists, the resource does not")
			d.explain("resource_not_found", d.resource(), "the collection above exists; this resource does not", namingAlready)
			return nothing
		}
		if !d.base.Safe() && d.exists() {
			text := "the path exists for another method; " + d.base.Method + " is answered as if it did not"
			d.notes.finding(diagnose.Endpoints, text)
			d.result.hints = append(d.result.hints, text+": it is the method, or something that the request names and that does not exist")
			d.explain("resource_not_found", d.resource(), text, anyEvidence)
			return nothing
		}
		d.notes.finding(diagnose.Endpoints, "a path that cannot exist gets the same answer: this path is not known here")
		d.explain("wrong_path", "url.path", "a nonsense path gets the same answer", namingAlready)
	case diagnose.Other:
		d.notes.finding(diagnose.Endpoints, "a path that cannot exist gets another answer: the route exists, the resource does not")
		d.nonsenseID()
		d.explain("resource_not_found", d.resource(), "the route exists; this resource does not", namingAlready)
	default:
		d.exists()
		d.explain("resource_not_found", d.resource(), "not found", anyEvidence)
	}
	return nothing
}

// otherMethod concludes that a route answers as if it did not exist because of the method: frameworks that match the
// method with the path do (Rails, Stripe), where RFC 9110 §15.5.6 asks for 405.
func (d *detective) otherMethod() progress {
	text := "the path can be read; " + d.base.Method + " is answered as if it did not exist"
	d.notes.finding(diagnose.Endpoints, text)
	d.explain("method_not_allowed", "method", text, certainty+1)
	return nothing
}

// otherVersion tries what a header or parameter with a version could say instead: routes may hang on it.
func (d *detective) otherVersion() progress {
	for _, e := range d.scene.repairs {
		if e.Cause != "wrong_api_version" || strings.HasPrefix(string(e.Element), "url.") || e.Weight < worthTrying {
			continue
		}
		if p := d.try([]diagnose.Edit{e}, diagnose.Repair, e.Why); p != nothing {
			return p
		}
	}
	return nothing
}

// mendPath tries other spellings of the path.
func (d *detective) mendPath() progress {
	tries := singlesTried
	for _, e := range append(slices.Clone(d.scene.repairs), d.slash()...) {
		if !strings.HasPrefix(string(e.Element), "url.") || e.Source == "deletion" {
			continue
		}
		if tries--; tries < 0 {
			break
		}
		if p := d.try([]diagnose.Edit{e}, diagnose.Repair, e.Why); p != nothing {
			return p
		}
	}
	return nothing
}

// resource is the last path segment: where the id of a resource stands.
func (d *detective) resource() diagnose.ElementID {
	id := diagnose.ElementID("url.path")
	for _, e := range d.scene.index.Elements {
		if strings.HasPrefix(string(e.ID), "url.path[") && e.Text != "" {
			id = e.ID
		}
	}
	return id
}

// wrongMethod reads Allow. Another method does something else: it is tried only where it is safe, and
// otherwise proposed.
func (d *detective) wrongMethod() progress {
	d.notes.begin(diagnose.Endpoints)
	if p := d.baselineFirst(); p != nothing || d.result.done() {
		return p
	}
	var propose []diagnose.Edit
	for _, e := range d.scene.repairs {
		if e.Element != "method" {
			continue
		}
		to, _ := e.To.(string)
		if !(request.Request{Method: to}).Safe() {
			propose = append(propose, e)
			continue
		}
		if x, out, n := d.vary([]diagnose.Edit{e}, diagnose.Repair, e.Why); out == diagnose.Pass {
			d.prove([]diagnose.Edit{e}, x, n, nil)
			return solved
		}
	}
	d.explain("method_not_allowed", "method", "the server does not take "+d.base.Method+" here", namingAlready)
	if !request.Has(d.oracle.exchange.Response().Header, "Allow") && !slices.ContainsFunc(propose, func(e diagnose.Edit) bool { return e.Source == "server" }) {
		var told []diagnose.Edit // goes before what is usual
		for _, m := range d.options() {
			if m != d.base.Method && m != "OPTIONS" && m != "HEAD" {
				told = append(told, diagnose.Edit{Element: "method", Op: diagnose.Set, To: m, Source: "server", Cause: "method_not_allowed", Why: "the server names it in Allow"})
			}
		}
		propose = append(told, propose...)
	}
	if len(propose) > 0 {
		d.result.fix = append(slices.Clone(d.peeled), propose[0])
	}
	return nothing
}

// upstream is a gateway's answer that was seen every time.
func (d *detective) upstream() progress {
	if p := d.baselineFirst(); p != nothing || d.result.done() {
		return p
	}
	for _, stage := range []func() progress{d.suspicious, d.control} {
		if p := stage(); p != nothing || d.result.done() {
			return p
		}
	}
	if p := d.elsewhere(); p != nothing || d.result.done() {
		return p
	}
	d.root()
	d.another()
	if p := d.question(); p != nothing || d.result.done() {
		return p
	}
	cause := map[int]diagnose.CauseID{502: "upstream_unavailable", 503: "upstream_unavailable", 504: "gateway_timeout"}[d.oracle.exchange.Status()]
	d.explain(cause, "server", "the gateway got no good answer from the server behind it", anyEvidence)
	return nothing
}

// goodElsewhere reports that the request which works is one for another resource, by the last word of its path: that this
// path becomes that one mends nothing. A word that is only misspelled is the same.
func (d *detective) goodElsewhere() bool {
	if len(d.Good) == 0 {
		return false
	}
	last := func(url string) string {
		path := strings.Trim(element.SplitURL(url).Path, "/")
		return strings.ToLower(path[strings.LastIndexByte(path, '/')+1:])
	}
	mine, other := last(d.base.URL), last(d.Good[0].Request.URL)
	return mine != "" && other != "" && !strings.ContainsAny(mine+other, "0123456789") && habit.Distance(mine, other) > len(mine)/2
}

// slash is the path with or without a slash at its end, for a request that can be sent without harm: the
// commonest difference between a route and its near miss.
func (d *detective) slash() []diagnose.Edit {
	path := element.SplitURL(d.base.URL).Path
	to := path + "/"
	if strings.HasSuffix(path, "/") {
		to = strings.TrimRight(path, "/")
	}
	if to == "" || path == "" {
		return nil
	}
	return []diagnose.Edit{{Element: "url.path", Op: diagnose.Set, To: to, Source: "transform", Cause: "trailing_slash", Weight: 12, Harm: 0.1, Why: "the other form of the path, with or without a slash at its end"}}
}
