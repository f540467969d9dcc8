// Package token reads credentials without using them: what kind a token is, and what a JWT says.
//
// Everything is local. No signature is verified, nothing is sent anywhere, and no function returns text that
// contains the token.
package token

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"culprit/request/lazyre"
)

// A JWT is a JSON Web Token (RFC 7519) as it claims to be; its signature is not verified.
type JWT struct {
	Algorithm string // "alg" of the header
	Type      string // "typ" of the header
	Claims    map[string]any
	Expires   time.Time // exp; zero when absent, as the others
	NotBefore time.Time // nbf
	Issued    time.Time // iat
	Issuer    string
	Audience  []string
	Scopes    []string // of scope, scp and roles
	Signature int      // length of the signature part in characters
}

// The errors of Decode. None contains a part of the token.
var (
	ErrParts    = errors.New("a JWT has three parts with dots between them")
	ErrHeader   = errors.New("the header of the JWT cannot be read")
	ErrClaims   = errors.New("the claims of the JWT cannot be read")
	ErrAlphabet = errors.New("the JWT is not in the URL-safe base64 that RFC 7515 asks for")
)

var alphabet = lazyre.New(`^[A-Za-z0-9_-]*$`)

// Looks reports whether s begins like a JWT: the header is JSON, so its base64 begins with "eyJ" or "ewo".
func Looks(s string) bool {
	return strings.HasPrefix(s, "eyJ") || strings.HasPrefix(s, "ewo") || strings.HasPrefix(s, "ewog")
}

// Decode reads a JWT. It accepts padding and the other base64 alphabet and then reports ErrAlphabet together
// with the result.
func Decode(s string) (JWT, error) {
	parts := strings.Split(s, ".")
	if len(parts) == 5 { // RFC 7516: encrypted, only its header is readable
		return JWT{}, nil
	}
	if len(parts) != 3 {
		return JWT{}, ErrParts
	}
	var j JWT
	var header struct{ Alg, Typ string }
	if raw, err := part(parts[0]); err != nil || json.Unmarshal(raw, &header) != nil {
		return j, ErrHeader
	}
	raw, err := part(parts[1])
	if err != nil || json.Unmarshal(raw, &j.Claims) != nil {
		return j, ErrClaims
	}
	j.Algorithm, j.Type, j.Signature = header.Alg, header.Typ, len(strings.TrimRight(parts[2], "="))
	j.Expires, j.NotBefore, j.Issued = j.moment("exp"), j.moment("nbf"), j.moment("iat")
	j.Issuer = j.Text("iss")
	j.Audience = j.list("aud")
	for _, c := range []string{"scope", "scp", "roles"} {
		j.Scopes = append(j.Scopes, j.list(c)...)
	}
	for _, p := range parts {
		if !alphabet.MatchString(p) {
			return j, ErrAlphabet
		}
	}
	return j, nil
}

// Normal returns s in URL-safe base64 without padding.
func Normal(s string) string { return strings.NewReplacer("+", "-", "/", "_", "=", "").Replace(s) }

func part(s string) ([]byte, error) { return base64.RawURLEncoding.DecodeString(Normal(s)) }

// Text returns a claim that is text, "" otherwise.
func (j JWT) Text(claim string) string {
	s, _ := j.Claims[claim].(string)
	return s
}

// list reads a claim that is a list or a text with spaces.
func (j JWT) list(claim string) []string {
	switch v := j.Claims[claim].(type) {
	case string:
		return strings.Fields(v)
	case []any:
		var out []string
		for _, x := range v {
			if s, ok := x.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

// maxNumericDate is the last second of the year 9999; beyond it are milliseconds, not seconds.
const maxNumericDate = 253402300799

func (j JWT) moment(claim string) time.Time {
	f, ok := j.Claims[claim].(float64)
	if !ok || f <= 0 {
		return time.Time{}
	}
	if f > maxNumericDate {
		f /= 1000
	}
	if f > maxNumericDate {
		return time.Time{}
	}
	return time.Unix(int64(f), 0).UTC()
}

// signatures are the lengths of signatures in base64url characters by algorithm (RFC 7518 §3, RFC 8037).
// RSA depends on the key: 256 bytes are the least that is in use.
var signatures = map[string]int{"HS256": 43, "HS384": 64, "HS512": 86, "ES256": 86, "ES384": 128, "ES512": 176, "EdDSA": 86}

// Cut reports whether the signature has another length than its algorithm makes.
func (j JWT) Cut() bool {
	if n, ok := signatures[j.Algorithm]; ok {
		return j.Signature != n
	}
	return (strings.HasPrefix(j.Algorithm, "RS") || strings.HasPrefix(j.Algorithm, "PS")) && j.Signature < 342
}

// kinds are prefixes of tokens whose issuer can be told, with the issuer.
var kinds = []struct{ prefix, issuer string }{
	{"ghp_", "GitHub"}, {"gho_", "GitHub"}, {"ghs_", "GitHub"}, {"github_pat_", "GitHub"}, {"glpat-", "GitLab"},
	{"sk_live_", "Stripe"}, {"sk_test_", "Stripe"}, {"rk_live_", "Stripe"}, {"rk_test_", "Stripe"}, {"pk_live_", "Stripe"}, {"pk_test_", "Stripe"},
	{"sk-", "OpenAI"}, {"xoxb-", "Slack"}, {"xoxp-", "Slack"}, {"SG.", "SendGrid"}, {"shpat_", "Shopify"}, {"npm_", "npm"},
	{"hf_", "Hugging Face"}, {"AIza", "Google"}, {"ya29.", "Google"}, {"EAAG", "Meta"}, {"dop_v1_", "DigitalOcean"}, {"sk_", ""},
}

// Issuer returns who issues tokens of this form and whether the form is known; the issuer may be "".
func Issuer(s string) (string, bool) {
	for _, k := range kinds {
		if strings.HasPrefix(s, k.prefix) && len(s) > len(k.prefix)+7 {
			return k.issuer, true
		}
	}
	return "", false
}

// Pair decodes base64 of "user:password"; ok is false when it is not that.
func Pair(s string) (user, password string, ok bool) {
	raw, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(strings.NewReplacer("-", "+", "_", "/").Replace(s), "="))
	if err != nil {
		return "", "", false
	}
	for _, b := range raw {
		if b < 0x20 && b != '\n' && b != '\r' {
			return "", "", false
		}
	}
	return strings.Cut(string(raw), ":")
}
