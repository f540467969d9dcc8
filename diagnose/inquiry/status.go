package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/evidence"
	"culprit/diagnose/safety"
)

// byStatus does what only one kind of answer calls for, before the general search.
func (d *detective) byStatus() progress {
	if p, over := d.inTurn(d.redirected, d.pastProxy); over {
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
	case s == 405 || s == 501 && !d.blamesCoding():
		return d.wrongMethod()
	case s == 413:
		return d.tooLarge()
	case s == 511: // the network between, not the server: what another path is answered says nothing of it (RFC 6585 §6)
		d.explain("captive_portal", "server", "the network wants a sign-in", anyEvidence)
		return nothing
	case s == 429:
		d.explain("rate_limit_exceeded", "server", "the server limits how often it is asked", anyEvidence)
		return nothing
	case s == 502 || s == 503 || s == 504:
		return d.upstream()
	}
	return nothing
}

// blamesCoding reports a transfer coding that the server does not know, which is answered as an unknown method is.
func (f *failure) blamesCoding() bool {
	return slices.ContainsFunc(f.accused(), func(e diagnose.Evidence) bool { return e.Element == "header:Transfer-Encoding" })
}

// Floors of explain: what evidence must weigh to overrule the fallback.
const (
	anyEvidence   = 5.0  // the fallback is what the status alone says
	namingAlready = 60.0 // the fallback was found by an experiment
)

// aroundProxy goes without a forward proxy that refused the request itself.
func (d *detective) aroundProxy() progress {
	if p := d.base.Settings.Proxy.URL; p == "" || p == "direct" || !d.byProxy() || !d.base.Safe() {
		return nothing
	}
	e := diagnose.Edit{Element: "proxy", Op: diagnose.Set, To: "direct", Source: "transport", Cause: "proxy_misrouted", Why: "without the proxy", Weight: 10}
	return d.try([]diagnose.Edit{e}, diagnose.Transport, e.Why)
}

// pastProxy goes without the proxy that the person named where the answer is one of servers that are none, a reverse proxy
// looks up a route of its own for the whole URL, and has none (RFC 9112 §3.2.2); and where it may be a filter's.
func (d *detective) pastProxy() progress {
	switch d.oracle.exchange.Status() {
	case 400, 403, 404, 405, 421, 501:
		return d.goPast()
	}
	return nothing
}

// goPast goes without the proxy, which reads and can change all of a request that is not encrypted.
func (d *detective) goPast() progress {
	if p := d.base.Settings.Proxy.URL; !strings.HasPrefix(p, "http") || !strings.HasPrefix(strings.ToLower(d.base.URL), "http:") || !d.base.Safe() {
		return nothing
	}
	e := diagnose.Edit{Element: "proxy", Op: diagnose.Set, To: "direct", Source: "transport", Cause: "proxy_misrouted", Why: "K15: without the proxy", Weight: 10}
	return d.try([]diagnose.Edit{e}, diagnose.Transport, e.Why)
}

// forbidden parts the edge's refusal from the application's.
func (d *detective) forbidden() progress {
	d.notes.begin(diagnose.Credentials)
	if p, over := d.inTurn(d.aroundProxy, d.outdated, d.preflight); over {
		return p
	}
	for _, e := range d.scene.evidence {
		if e.Cause == "blocked_by_waf" && e.Element == "server" && e.Ratio > namedRatio {
			if p, over := d.inTurn(d.suspicious); over { // a rule may ask it of some alone, a library by its name
				return p
			}
			d.explain(e.Cause, e.Element, e.Text+", with a page that wants a browser and a person", namingAlready)
			return nothing
		}
		if d.spoilt(e) || e.Ratio >= 50 && (e.Cause == "insufficient_scope" || e.Cause == "gateway_route_not_found" || e.Cause == "quota_exhausted" || e.Cause == "rate_limit_exceeded") {
			d.notes.finding(diagnose.Credentials, e.Text)
			d.explain(e.Cause, elementOf(e.Cause, d.where()), e.Text, anyEvidence)
			return nothing
		}
	}
	stages := []func() progress{d.baselineFirst, d.named, d.mendCredentials, d.suspicious, d.control, d.bundle, d.singles}
	if !safety.Credentials(d.base) && !d.byProxy() {
		stages = append(stages, d.origins, d.supplement)
	}
	if !d.byProxy() && !d.explained() {
		stages = append(stages, d.disarm)
		if !safety.Credentials(d.base) && d.base.Safe() {
			stages = append(stages, d.combine)
		}
	}
	if p, over := d.inTurn(stages...); over {
		return p
	}
	if len(d.accused()) == 0 && !d.byProxy() && !d.explained() && d.reading() {
		if p, over := d.inTurn(d.content); over {
			return p
		}
		d.notes.finding(diagnose.Endpoints, "the path can be read: it is the method that is refused")
		d.explain("method_not_allowed", "method", "the path can be read, and "+d.base.Method+" is refused", namingAlready)
		d.onlySuspected() // a 403 says of the method no more than of who asks
		return nothing
	}
	if p, over := d.inTurn(d.elsewhere, d.question); over {
		return p
	}
	cause, text := diagnose.CauseID("insufficient_permission"), "the request is understood and refused"
	if !safety.Credentials(d.base) {
		cause, text = "missing_credentials", "the request carries no credentials"
	} else if x, out, _ := d.withoutCredentials(); out == diagnose.Same {
		text = "without credentials the answer is the same: the refusal does not depend on them"
		cause = "ip_not_allowed"
		if name, origin, _ := evidence.Responder(x); name != "" && !origin {
			cause = "blocked_by_waf"
		} else if !d.Production && d.garbage() == diagnose.Other {
			cause, text = "insufficient_permission", "a credential that cannot be right gets another answer: this one is read, and does not allow this"
		} else if at := d.root(); at == diagnose.Pass || at == diagnose.Other {
			cause, text = "invalid_credentials", "it is refused with and without credentials, and the host answers its root: it is not the address that is refused"
		}
	} else if out == diagnose.Other {
		text = "the credentials are accepted, and do not allow this"
	}
	d.notes.finding(diagnose.Credentials, text)
	floor := anyEvidence
	if cause == "ip_not_allowed" || cause == "blocked_by_waf" || cause == "invalid_credentials" || cause == "missing_credentials" && d.explained() {
		floor = moreThanStatus // the experiment knows more than the bare 403
	}
	d.explain(cause, elementOf(cause, d.where()), text, floor)
	if d.result.culprits[0].Cause == "ip_not_allowed" && cause == "ip_not_allowed" && len(d.accused()) == 0 {
		d.onlySuspected() // so is a place that is closed to everybody
	}
	d.untold()
	return nothing
}

// spoilt reports evidence of a link that carries its own signature: that is of all of it, so that no change of it can pass,
// and it ended, or does not fit.
func (f *failure) spoilt(e diagnose.Evidence) bool {
	return e.Cause == "expired_token" && e.Element.Is("query") && e.Ratio >= certainty || e.Cause == "signature_mismatch" && f.where().Is("query")
}

// moreThanStatus is the ratio of evidence that says more than a status does.
const moreThanStatus = 6

// upstream is a gateway's answer that was seen every time.
func (d *detective) upstream() progress {
	if d.asksToWait() {
		d.explain("overloaded", "server", "the server takes no requests now", anyEvidence)
		return nothing
	}
	if p, over := d.inTurn(d.baselineFirst, d.suspicious, d.control, d.elsewhere); over {
		return p
	}
	d.root()
	d.another()
	if p, over := d.inTurn(d.question); over {
		return p
	}
	cause := map[int]diagnose.CauseID{502: "upstream_unavailable", 503: "upstream_unavailable", 504: "gateway_timeout"}[d.oracle.exchange.Status()]
	d.explain(cause, "server", "the gateway got no good answer from the server behind it", anyEvidence)
	return nothing
}
