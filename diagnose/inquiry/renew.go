package inquiry

import (
	"slices"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/ladder"
	"culprit/diagnose/safety"
)

// This file gets new credentials, where the person's collection says how, and sends the request with them (§8, refresh
// and re-login). Asking for them is a write with credentials: it goes where the collection says and nowhere else, each
// time with consent of its own.

// renewal is the source of edits that put new credentials in.
const renewal = "renewal"

// outOfDate reports that the credentials are said to be past their time, by themselves or by the server.
func (f *failure) outOfDate() bool {
	return slices.ContainsFunc(f.scene.hits, func(h diagnose.Hit) bool { return h.Cause == "expired_token" && h.Odds >= strong }) ||
		slices.ContainsFunc(f.scene.evidence, func(e diagnose.Evidence) bool {
			return e.Cause == "expired_token" || e.Kind == "challenge" && e.Cause == "invalid_credentials"
		})
}

// outdated renews credentials that are said to be past their time, whatever the status of the answer that says so.
func (d *detective) outdated() progress {
	if !d.outOfDate() {
		return nothing
	}
	return d.renew()
}

// renew sends the request with new credentials, once for each way to get them.
func (d *detective) renew() progress {
	ways := d.Renewals
	d.Renewals = nil // once in a run
	for _, w := range ways {
		edits := d.fresh(w)
		if len(edits) == 0 {
			continue
		}
		d.renewer = w.Path
		if p := d.try(edits, diagnose.Repair, edits[0].Why); p != nothing || d.ladder.Stopped != "" {
			return p
		}
		d.notes.finding(diagnose.Credentials, "new ones, from "+w.Label+", are refused too")
	}
	return nothing
}

// fresh asks for new credentials and returns the edits that put them in; nil when there are none, or when they are no
// others than the request has.
func (d *detective) fresh(w diagnose.Renewal) []diagnose.Edit {
	w.Request.Settings.Follow = 0
	x, out, n := d.ladder.Send(&oracle{}, w.Request, ladder.Probe{Kind: diagnose.Renew, Step: diagnose.Credentials, Why: "new credentials, from " + w.Label,
		Pass: "the request is sent again with the new credentials", Again: true})
	switch {
	case n == 0:
		return nil
	case out == diagnose.Refused:
		d.hintBy("--allow-login", "let it get new credentials from "+w.Label)
		return nil
	}
	made, err := w.Renewed(x)
	if err != nil {
		d.notes.finding(diagnose.Credentials, "no new ones from "+w.Label+": "+err.Error())
		return nil
	}
	edits := element.Diff(d.Request, made)
	if len(edits) == 0 {
		d.notes.finding(diagnose.Credentials, w.Label+" gives the same ones again")
		return nil
	}
	cause := diagnose.CauseID("invalid_credentials")
	switch {
	case !safety.Credentials(d.base):
		cause = "missing_credentials"
	case d.expired():
		cause = "expired_token"
	}
	for i := range edits {
		if edits[i].Element.InURL() {
			return nil // it would lead elsewhere
		}
		if edits[i].Element.Is("cookie") {
			cause = "session_cookie_invalid"
		}
		edits[i].Source, edits[i].Cause, edits[i].Why, edits[i].Weight = renewal, cause, "new credentials, from "+w.Label, renewalWeight
	}
	d.base.Secrets = append(slices.Clip(d.base.Secrets), made.Secrets...) // hidden wherever the request is shown
	return edits
}

// renewalWeight is that of §8 for a refresh or a re-login.
const renewalWeight = 50

// expired reports that the token itself, or the server in so many words, says that it is past its time.
func (f *failure) expired() bool {
	return slices.ContainsFunc(f.scene.hits, func(h diagnose.Hit) bool { return h.Cause == "expired_token" }) ||
		slices.ContainsFunc(f.scene.evidence, func(e diagnose.Evidence) bool { return e.Cause == "expired_token" && e.Ratio >= namedRatio/2 })
}
