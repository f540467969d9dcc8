package inquiry

import (
	"slices"

	"culprit/diagnose"
	"culprit/diagnose/safety"
	"culprit/request/lazyre"
)

// untold makes a suspicion of what was concluded of a request that is refused and carries no credentials, where nothing but
// the status says that they are what is missing: an address, a browser, a signature, a right may be asked for as well.
func (d *detective) untold() {
	if len(d.result.culprits) == 0 || safety.Credentials(d.base) {
		return
	}
	c := &d.result.culprits[0]
	if c.Cause != "missing_credentials" && c.Cause != "insufficient_permission" || d.speaksFor(c.Cause) {
		return
	}
	d.result.summary = "The request is refused, and it carries no credentials."
	d.onlySuspected()
	d.hint("the answer does not say that credentials are what it misses: it may refuse the address, the client or everybody")
}

// speaksFor reports that something besides the status speaks for a cause: the answer, by a challenge or in its words, or a check of
// the request against the others of its host or a document.
func (f *failure) speaksFor(cause diagnose.CauseID) bool {
	said := slices.ContainsFunc(f.scene.evidence, func(e diagnose.Evidence) bool {
		return e.Cause == cause && e.Ratio >= challenged && e.Kind != "status" && e.Kind != "responder"
	})
	checked := slices.ContainsFunc(f.scene.hits, func(h diagnose.Hit) bool { return h.Cause == cause && h.Odds >= strong })
	r := f.oracle.exchange.Response()
	return said || checked || cause == "missing_credentials" && r != nil && asksWho.MatchString(string(r.Body.Head(headRead)))
}

// asksWho are words for who asks and how that is shown; that one is unauthorized is the name of the status. A token, a session
// and a password may be a part of what is asked for: of these it is said that they are wanted.
var asksWho = lazyre.New(`(?i)authenticat|\b(?:log|sign)[ -]?in\b|credential|api.?key|\bbearer\b|\b(?:no|missing|without|lacks?|invalid|expired|requires?|needs?|provide|send)\b.{0,30}\b(?:token|session|password)\b|` +
	`\b(?:token|session|password)\b.{0,30}\b(?:missing|required|needed|invalid|expired|not found|not provided|absent)\b`)
