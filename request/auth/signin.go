package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"culprit/request"
)

// A SignIn is one run of the grant that needs a person at a browser: an authorization code (RFC 6749 §4.1) that comes back
// to a listener on this machine (RFC 8252 §7.3), of use only to whoever began (PKCE, RFC 7636). Its further parameters are
// authorizationUrl, callbackUrl, pkce.disabled, pkce.method (S256, plain) and additionalParameters.authorizationRequest.n.
type SignIn struct {
	URL string // what the person opens

	redirect, state, verifier string
}

// interactive reports whether the token of a takes a person at a browser.
func interactive(a request.Auth) bool {
	return a.Scheme == OAuth2 && a.Param("flow") == "authorization_code"
}

// NewSignIn begins a sign-in whose answer comes to redirect.
func NewSignIn(a request.Auth, redirect string) (SignIn, error) {
	s := SignIn{redirect: redirect, state: rand.Text(), verifier: rand.Text() + rand.Text()} // 52 letters, of 43 to 128 (RFC 7636 §4.1)
	u, err := url.Parse(a.Param("authorizationUrl"))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return s, errors.New("auth oauth2 has no authorizationUrl that a browser could open")
	}
	q := u.Query()
	put := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	put("response_type", "code")
	put("client_id", a.Param("credentials.clientId"))
	put("redirect_uri", redirect)
	put("scope", a.Param("scope"))
	put("state", s.state)
	switch {
	case a.Param("pkce.disabled") == "true":
		s.verifier = ""
	case a.Param("pkce.method") == "plain":
		put("code_challenge", s.verifier)
		put("code_challenge_method", "plain")
	default:
		sum := sha256.Sum256([]byte(s.verifier))
		put("code_challenge", base64.RawURLEncoding.EncodeToString(sum[:]))
		put("code_challenge_method", "S256")
	}
	for n := 0; ; n++ {
		at := "additionalParameters.authorizationRequest." + strconv.Itoa(n) + "."
		if !request.Has(a.Params, at+"name") {
			break
		}
		if a.Param(at+"disabled") != "true" {
			put(a.Param(at+"name"), a.Param(at+"value"))
		}
	}
	u.RawQuery = q.Encode()
	s.URL = u.String()
	return s, nil
}

// ErrNotOurs is the error of an answer that belongs to no sign-in of this program, or to another.
var ErrNotOurs = errors.New("the answer does not belong to this sign-in")

// Code reads the answer that came to the redirect (RFC 6749 §4.1.2).
func (s SignIn) Code(q url.Values) (string, error) {
	if subtle.ConstantTimeCompare([]byte(q.Get("state")), []byte(s.state)) == 0 {
		return "", ErrNotOurs
	}
	if code := q.Get("error"); code != "" {
		if d := q.Get("error_description"); d != "" {
			code += ": " + d
		}
		return "", fmt.Errorf("the sign-in ended with %s", code)
	}
	if q.Get("code") == "" {
		return "", errors.New("the sign-in brought no code")
	}
	return q.Get("code"), nil
}

// Exchange is the request that gives a code for a token, on the way that like goes.
func (s SignIn) Exchange(a request.Auth, code string, like request.Request) (request.Request, error) {
	r, err := tokenRequest(a, "authorization_code", a.Param("accessTokenUrl"), "additionalParameters.accessTokenRequest.", like, []request.Field{
		{Name: "code", Value: code}, {Name: "redirect_uri", Value: s.redirect}, {Name: "code_verifier", Value: s.verifier}})
	r.Secrets = append(r.Secrets[:len(r.Secrets):len(r.Secrets)], request.Secret{Ref: "authorization code", Value: code})
	return r, err
}
