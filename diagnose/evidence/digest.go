package evidence

import (
	"cmp"
	"net/url"
	"strings"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/mask"
)

// digest reads a Digest challenge that follows on credentials of that scheme (RFC 7616 §3.4): what of the answer does
// not fit, as far as it stands in the open. It reports whether it says something; who asks with which password no
// challenge tells.
func (r *reader) digest(c authChallenge, e *diagnose.Evidence) bool {
	if c.scheme != "digest" || !r.has("auth") {
		return false
	}
	own := strings.ToLower(r.x.Request.Auth.Scheme)
	computed := own == "digest" || own == "anyauth"
	sent := r.sentHeader("Authorization")
	if sent != "" && !strings.HasPrefix(strings.ToLower(sent), "digest ") {
		return false
	}
	stale := strings.EqualFold(c.params["stale"], "true")
	switch {
	case computed && sent == "":
		e.Cause, e.Ratio = "missing_credentials", likely
		e.Text = "the server asks for Digest with the algorithm " + cmp.Or(c.params["algorithm"], "MD5") + quality(c) + ", which cannot be computed here: nothing was answered"
		return true
	case computed && stale:
		e.Cause, e.Text = "signature_mismatch", "the server calls the nonce stale that it gave in the round before: it does not remember its own, as where several nodes answer that do not share them" // RFC 7616 §3.3
		return true
	case computed:
		e.Cause, e.Ratio = "invalid_credentials", likely
		e.Text = `the server computes another digest for the realm "` + c.params["realm"] + `": the name is not known there, or the password is another; it does not say which`
		return true
	}
	all := parseChallenges(sent)
	if len(all) != 1 || all[0].scheme != "digest" || len(all[0].params) == 0 {
		return false
	}
	const again = ": a digest is computed anew for each request; give the name and the password and take the auth digest"
	p := all[0].params
	e.Cause, e.Ratio = "signature_mismatch", likely
	switch u, err := url.Parse(r.x.Request.URL); {
	case p["realm"] != c.params["realm"]:
		e.Text = `the digest was computed for the realm "` + p["realm"] + `", the server's is "` + c.params["realm"] + `"` + again
	case !strings.EqualFold(cmp.Or(p["algorithm"], "MD5"), cmp.Or(c.params["algorithm"], "MD5")):
		e.Text = "the digest was computed with " + cmp.Or(p["algorithm"], "MD5") + ", the server asks for " + cmp.Or(c.params["algorithm"], "MD5") + again
	case err == nil && p["uri"] != u.RequestURI() && p["uri"] != r.x.Request.URL:
		e.Text = "the digest was computed for " + hiddenIn(p["uri"]) + ", the request goes to " + hiddenIn(u.RequestURI()) + again
	case stale:
		e.Text = "the digest was computed for a nonce that the server does not take any more" + again // RFC 7616 §3.3
	case p["nonce"] != c.params["nonce"]:
		e.Ratio = hint * 2
		e.Text = "the digest was computed for another nonce than the server gives now; it is too old, or the password is wrong" + again
	default:
		return false
	}
	return true
}

// hiddenIn is the target of a request without the credentials in its query: that of a copied header has others than the
// request, and they may be escaped.
func hiddenIn(target string) string { return mask.Of(request.Request{URL: target}).Text(target) }

// quality is what a challenge protects, where that is neither of the two that RFC 7616 knows.
func quality(c authChallenge) string {
	q := c.params["qop"]
	if q == "" || strings.Contains(q, "auth") {
		return ""
	}
	return " and the protection " + q
}
