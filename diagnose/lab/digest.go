package lab

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"regexp"
	"strings"

	"culprit/request"
)

// vault is the realm of what is guarded by Digest.
const vault = "vault"

// admitDigest checks an answer to a Digest challenge (RFC 7616 §3.4) with SHA-256. A nonce is good for the lab that gave
// it; one of another day is stale, and says so where the password is right.
func (s *shop) admitDigest(c *call) *refusal {
	ask := func(more string) *refusal {
		return refuse(http.StatusUnauthorized, "unauthorized", "Authentication is required.",
			"WWW-Authenticate", `Digest realm="`+vault+`", nonce="`+s.nonce()+`", algorithm=SHA-256, qop="auth"`+more)
	}
	sent, ok := strings.CutPrefix(c.Header.Get("Authorization"), "Digest ")
	if !ok {
		return ask("")
	}
	p := map[string]string{}
	for _, m := range regexp.MustCompile(`(\w+)=("[^"]*"|[^, ]*)`).FindAllStringSubmatch(sent, -1) {
		p[m[1]] = strings.Trim(m[2], `"`)
	}
	switch {
	case p["uri"] != c.RequestURI || !same(p["response"], responseTo(c.Method, s.tokens.User, s.tokens.Password, p)):
		return ask("")
	case !same(p["nonce"], s.nonce()):
		return ask(", stale=true")
	}
	return nil
}

// nonce is what a digest of this lab is computed with.
func (s *shop) nonce() string { return hex.EncodeToString(s.signer.mac("nonce")[:12]) }

// responseTo is the response of RFC 7616 §3.4.1 for the parameters p.
func responseTo(method, user, password string, p map[string]string) string {
	h := func(parts ...string) string {
		sum := sha256.Sum256([]byte(strings.Join(parts, ":")))
		return hex.EncodeToString(sum[:])
	}
	return h(h(user, p["realm"], password), p["nonce"], p["nc"], p["cnonce"], p["qop"], h(method, p["uri"]))
}

// proving sends a name and a password by Digest.
func proving(password func(Tokens) string) change {
	return func(l *Lab, r *request.Request) {
		r.Auth = request.Auth{Scheme: "digest"}.With("username", l.Tokens.User).With("password", password(l.Tokens))
	}
}

// digestFaults are about passwords that are proved.
func digestFaults() []Fault {
	right := proving(func(t Tokens) string { return t.Password })
	wrong := proving(func(t Tokens) string { return strings.ToUpper(t.Password) })
	basic := func(l *Lab, r *request.Request) {
		r.Auth = request.Auth{Scheme: "basic"}.With("username", l.Tokens.User).With("password", l.Tokens.Password)
	}
	copied := func(realm, nonce string) change {
		return func(l *Lab, r *request.Request) {
			p := map[string]string{"realm": realm, "nonce": nonce, "nc": "00000001", "cnonce": "0a4f113b", "qop": "auth", "uri": "/v1/vault/keys"}
			r.Auth = request.Auth{}
			r.Header = request.Set(r.Header, "Authorization", `Digest username="`+l.Tokens.User+`", realm="`+realm+`", nonce="`+nonce+`", uri="/v1/vault/keys", algorithm=SHA-256, qop=auth, nc=00000001, cnonce="0a4f113b", response="`+
				responseTo(r.Method, l.Tokens.User, l.Tokens.Password, p)+`"`)
		}
	}
	healthy := get("/v1/vault/keys", right)
	return []Fault{
		{ID: "digest-password", Title: "The password is wrong, and it is only proved", Request: get("/v1/vault/keys", wrong), Healthy: healthy, Truth: one("invalid_credentials", authElements)},
		{ID: "digest-password-write", Title: "The same where a body goes with it", Request: post("/v1/vault/keys", `{"key": "attic"}`, wrong), Healthy: post("/v1/vault/keys", `{"key": "attic"}`, right),
			Truth: one("invalid_credentials", authElements)},
		{ID: "digest-as-basic", Title: "The password is sent where it is to be proved", Request: get("/v1/vault/keys", basic), Healthy: healthy, Truth: one("malformed_authorization", authElements)},
		{ID: "digest-copied", Title: "The digest was copied from a call of yesterday", Request: get("/v1/vault/keys", copied(vault, "dcd98b7102dd2f0e")), Healthy: healthy,
			Truth: one("signature_mismatch", authElements)},
		{ID: "digest-realm", Title: "The digest was computed for another realm", Request: get("/v1/vault/keys", copied("cellar", "dcd98b7102dd2f0e")), Healthy: healthy,
			Truth: one("signature_mismatch", authElements)},
		{ID: "digest-missing-member", Title: "A body without a member, behind a password that is proved", Request: post("/v1/vault/keys", `{"copies": 2}`, right), Healthy: post("/v1/vault/keys", `{"key": "attic", "copies": 2}`, right),
			Truth: one("missing_body_property", "body:/key")},
	}
}
