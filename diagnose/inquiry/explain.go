package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/evidence"
	"culprit/diagnose/safety"
	"culprit/request"
)

// explain concludes with what the answer says, without a fix that passed. The strongest evidence of at least
// floor decides the cause; fallback and the element are used where there is none.
func (d *detective) explain(fallback diagnose.CauseID, id diagnose.ElementID, why string, floor float64) {
	cause, text, source := fallback, why, diagnose.Named
	ratio := 0.0
	for _, e := range d.scene.evidence {
		if e.Cause == "" || e.Ratio <= ratio || e.Ratio < floor {
			continue
		}
		cause, text, ratio = e.Cause, e.Text, e.Ratio
		if e.Element != "" {
			id = e.Element
		}
	}
	hits := slices.DeleteFunc(slices.Clone(d.scene.hits), d.disproved)
	for _, h := range hits {
		if h.Element == id && h.Odds >= 2*strong && (vague[cause] || ratio < outspoken && h.Cause.Cause().Layer == cause.Cause().Layer || h.Cause == "unresolved_variable") {
			cause, text = h.Cause, h.Text
			break
		}
	}
	e, sent := d.scene.index.Get(id)
	named := sent && ratio >= namedRatio && data(id) && !e.Default // the server's own word for it
	for _, h := range hits {
		if h.Cause == cause && h.Odds >= strong && ratio < namedRatio*10 && !vague[cause] && !named {
			id = h.Element // a check that looks for just this knows where it belongs; a weak one only guesses
			break
		}
	}
	absent := cause == "missing_credentials" && d.refusedInPlace()
	if cause == "missing_credentials" && safety.Credentials(d.base) && !absent && !d.withheld() {
		cause, id = "credentials_in_wrong_place", d.where()
		if d.sameScheme() || d.customary(id) && !d.saysNone() {
			cause = "invalid_credentials"
		}
	}
	if cause == "credentials_in_wrong_place" && aside(id) {
		cause, id, absent = "missing_credentials", "auth", true // what is there is not known to be meant for this
	}
	absence := []diagnose.CauseID{"missing_credentials", "expired_token", "invalid_credentials"}
	if session := d.lostSession(); session != "" && id == "auth" && slices.Contains(absence, cause) {
		cause, id = "session_cookie_invalid", session
		text = "when it last passed it had the cookie " + session.Name() + ", which the jar does not have any more"
	}
	if where := d.where(); id == "auth" && where != "auth" && !absent {
		id = where
	}
	if cause == "csrf_or_origin_rejected" && !named {
		id = d.forgeryToken(id)
	}
	if id.Is("cookie") && (cause == "expired_token" || cause == "invalid_credentials") {
		cause = "session_cookie_invalid"
	}
	if d.base.Settings.Proxy.URL != "" && d.base.Settings.Proxy.URL != "direct" && d.byProxy() {
		id = "proxy"
	}
	if e, ok := d.putIn(id); ok { // what is not liked is a value that was made up: the fault is that there was none
		kind, name, _ := id.Cut()
		cause = byKind(kind, name, e, d.original)
	}
	tally := diagnose.Tally{Seen: max(1, len(d.oracle.fails)), Tried: max(1, len(d.oracle.fails))}
	culprits := []diagnose.Culprit{{
		Element: id, Cause: cause, Standing: source, Confidence: 0.85, Explanation: text, Fix: cause.Cause().Fix, Evidence: d.oracle.fails, With: tally,
	}}
	for _, e := range d.accused() {
		if ratio >= certainty && e.Ratio >= certainty && e.Element != id && e.Cause != "" {
			culprits = append(culprits, diagnose.Culprit{
				Element: e.Element, Cause: e.Cause, Standing: source, Confidence: 0.85, Explanation: e.Text, Fix: e.Cause.Cause().Fix, Evidence: d.oracle.fails, With: tally,
			})
		}
	}
	for _, e := range d.peeled {
		at := shownAs(e)
		if said := d.saidOf(e.Element); said != "" && at != id && e.Source != follows && d.then[e.Element].exchange != nil {
			first := d.causeThen(e)
			culprits = append([]diagnose.Culprit{{Element: at, Cause: first, Standing: source, Confidence: 0.85, Explanation: said, Fix: element.Phrase(e), Evidence: d.oracle.fails, With: tally}}, culprits...)
		}
	}
	says := sentence(culprits[0].Cause, culprits[0].Element, culprits[0].Explanation)
	if culprits[0].Cause == "insufficient_permission" && ratio < moreThanStatus && !safety.Credentials(d.base) {
		says = "The request is refused, and it carries no credentials." // no account is known that could be said to lack a right
	}
	d.conclude(diagnose.OutcomeExplained, says, culprits...)
}

// lostSession is the cookie of a session that earlier passes had from the jar and the request has no more, "" where none is
// known to be one.
func (f *failure) lostSession() diagnose.ElementID {
	if safety.Credentials(f.base) {
		return ""
	}
	for _, name := range f.Lost {
		if sessionLike.MatchString(name) {
			return diagnose.ID("cookie", name)
		}
	}
	return ""
}

// withheld reports credentials that wait for a challenge which they could not answer: none of them went out.
func (f *failure) withheld() bool {
	switch f.base.Auth.Scheme {
	case "digest", "ntlm", "negotiate", "anyauth":
		hop := f.oracle.exchange.Last()
		return hop != nil && len(hop.Rounds) == 0 && !request.Has(hop.Sent.Header, "Authorization")
	}
	return false
}

// putIn returns the edit that added an element which the request did not have.
func (f *failure) putIn(id diagnose.ElementID) (diagnose.Edit, bool) {
	i := slices.IndexFunc(f.peeled, func(e diagnose.Edit) bool { return e.Element == id && e.Op == diagnose.Add })
	if _, there := f.original.Get(id); i < 0 || there {
		return diagnose.Edit{}, false
	}
	return f.peeled[i], true
}

// disproved reports a static check all of whose repairs were tried without success. What breaks the syntax of the body does
// so however it was meant.
func (a *asker) disproved(h diagnose.Hit) bool {
	if h.Odds >= 2*strong && (h.Cause == "malformed_json" || h.Cause == "malformed_request_body") {
		return false
	}
	for _, e := range h.Edits {
		if r, err := element.Apply(a.base, []diagnose.Edit{e}); err != nil || !a.ladder.Tried(r) {
			return false
		}
	}
	return len(h.Edits) > 0
}

// explained reports whether the application itself refuses, in words of its own: a server that filters methods has
// a page for it.
func (f *failure) explained() bool {
	r := f.oracle.exchange.Response()
	return r != nil && strings.Contains(request.Get(r.Header, "Content-Type"), "json")
}

// byProxy reports whether a forward proxy answered by itself.
func (f *failure) byProxy() bool {
	name, origin, _ := evidence.Responder(f.oracle.exchange)
	return !origin && (name == "squid" || name == "forward proxy")
}
