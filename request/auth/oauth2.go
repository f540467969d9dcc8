package auth

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"culprit/request"
	"culprit/request/mask"
	"culprit/request/vars"
)

// This file gets access tokens by the grants of OAuth 2.0 that need no person at a browser: client credentials,
// password and refresh token (RFC 6749 §4.4, §4.3, §6); SignIn is for the one that does. It makes the request and reads the answer; whoever has an
// engine sends it, so that timeouts, limits, proxies and records are those of every other request. (That is why it is
// not golang.org/x/oauth2, which brings an http.Client of its own.)
//
// Parameter names are those of OpenCollection: flow, accessTokenUrl, refreshTokenUrl, scope, credentials.clientId,
// credentials.clientSecret, credentials.placement (basic_auth_header, body), resourceOwner.username,
// resourceOwner.password, tokenConfig.placement.header (what stands before the token), tokenConfig.placement.query (the
// name of the parameter), tokenConfig.source (access_token, id_token), and for each n from 0
// additionalParameters.accessTokenRequest.n.{name,value,placement}, the same for refreshTokenRequest.

// OAuth2 is the scheme that gets its token from somebody else.
const OAuth2 = "oauth2"

// A Token is the answer of a token endpoint (RFC 6749 §5.1).
type Token struct {
	Value   string        // the token that goes with requests
	Refresh string        // for the next one; "" when none was given
	Lasts   time.Duration // 0 when that is not said
}

// grant is the grant_type of a flow of OpenCollection that can be gone through; "" for another.
func grant(flow string) string {
	switch flow {
	case "client_credentials":
		return flow
	case "resource_owner_password_credentials":
		return "password"
	}
	return ""
}

// TokenRequest is the request that asks for a token as a says, on the way that like goes: its proxy, its authorities,
// its time limits. With refresh it is the grant of that refresh token. It follows no redirect, so that the credentials
// go to the token endpoint and nowhere else.
func TokenRequest(a request.Auth, refresh string, like request.Request) (request.Request, error) {
	flow, extra := grant(a.Param("flow")), "additionalParameters.accessTokenRequest."
	to := a.Param("accessTokenUrl")
	if refresh != "" {
		flow, extra = "refresh_token", "additionalParameters.refreshTokenRequest."
		if u := a.Param("refreshTokenUrl"); u != "" {
			to = u
		}
	}
	var more []request.Field
	switch flow {
	case "":
		if interactive(a) {
			return request.Request{}, ErrInteractive
		}
		return request.Request{}, fmt.Errorf("the OAuth2 flow %q is not built (client_credentials, resource_owner_password_credentials and authorization_code are): get a token elsewhere and use the auth bearer", a.Param("flow"))
	case "password":
		more = []request.Field{{Name: "username", Value: a.Param("resourceOwner.username")}, {Name: "password", Value: a.Param("resourceOwner.password")}}
	case "refresh_token":
		more = []request.Field{{Name: "refresh_token", Value: refresh}}
	}
	return tokenRequest(a, flow, to, extra, like, more)
}

// ErrInteractive says that a token takes a person at a browser.
var ErrInteractive = errors.New("the OAuth2 flow authorization_code takes a person at a browser, and there is none: send it in the workbench or at a terminal, or use the auth bearer")

// tokenRequest is the request of a grant with the fields that are its own, where they have a value.
func tokenRequest(a request.Auth, flow, to, extra string, like request.Request, more []request.Field) (request.Request, error) {
	if to == "" {
		return request.Request{}, errors.New("auth oauth2 has no accessTokenUrl")
	}
	r := request.Request{Method: "POST", URL: to, Header: []request.Field{{Name: "Accept", Value: "application/json"}}, Secrets: like.Secrets,
		Body: request.Body{Kind: request.FormBody, Fields: []request.Field{{Name: "grant_type", Value: flow}}}}
	from := like.Settings
	r.Settings = request.Settings{Timeouts: from.Timeouts, Proxy: from.Proxy, From: from.From, TLS: request.TLS{CAFile: from.TLS.CAFile, MinVersion: from.TLS.MinVersion}}
	r.Dir, r.Confine = like.Dir, like.Confine
	put := func(name, value string) {
		if value != "" {
			r.Body.Fields = append(r.Body.Fields, request.Field{Name: name, Value: value})
		}
	}
	for _, f := range more {
		put(f.Name, f.Value)
	}
	if flow != "authorization_code" { // it was asked for with the code (RFC 6749 §4.1.3)
		put("scope", a.Param("scope"))
	}
	id, secret := a.Param("credentials.clientId"), a.Param("credentials.clientSecret")
	if a.Param("credentials.placement") == "body" || secret == "" {
		put("client_id", id)
		put("client_secret", secret)
	} else { // both are encoded as in a form first (RFC 6749 §2.3.1)
		r.Auth = request.Auth{Scheme: "basic"}.With("username", url.QueryEscape(id)).With("password", url.QueryEscape(secret))
	}
	return additional(r, a, extra), nil
}

// additional puts the parameters of a whose names begin with prefix into r.
func additional(r request.Request, a request.Auth, prefix string) request.Request {
	for n := 0; ; n++ {
		at := prefix + strconv.Itoa(n) + "."
		name, value := a.Param(at+"name"), a.Param(at+"value")
		switch placement := a.Param(at + "placement"); {
		case !request.Has(a.Params, at+"name"):
			return r
		case name == "" || a.Param(at+"disabled") == "true":
		case placement == "header":
			r.Header = append(r.Header, request.Field{Name: name, Value: value})
		case placement == "query":
			sep := "?"
			if strings.Contains(r.URL, "?") {
				sep = "&"
			}
			r.URL += sep + url.QueryEscape(name) + "=" + url.QueryEscape(value)
		default:
			r.Body.Fields = append(r.Body.Fields, request.Field{Name: name, Value: value})
		}
	}
}

// maxToken bounds what is read of a token endpoint's answer, in bytes.
const maxToken = 256 << 10

// TokenOf reads the answer of a token endpoint, as JSON or as a form, which some send all the same. The error is what
// the endpoint says (RFC 6749 §5.2) or what its answer lacks; it holds no credential.
func TokenOf(a request.Auth, x *request.Exchange) (Token, error) {
	r := x.Response()
	if r == nil {
		return Token{}, errors.New("the token endpoint gave no answer")
	}
	got := members(r.Body.Head(maxToken))
	if code := got["error"]; code != "" || r.Status >= 300 {
		text := strings.TrimSpace(fmt.Sprintf("the token endpoint answers %d %s", r.Status, code))
		if d := got["error_description"]; d != "" {
			text += ": " + d
		}
		sent := mask.Of(x.Request, vars.Literals(request.Request{Auth: a})...) // some endpoints repeat what they refuse
		return Token{}, errors.New(sent.Text(text))
	}
	name := a.Param("tokenConfig.source")
	if name != "id_token" {
		name = "access_token"
	}
	t := Token{Value: got[name], Refresh: got["refresh_token"]}
	if t.Value == "" {
		return t, fmt.Errorf("the token endpoint answers %d without %s", r.Status, name)
	}
	if s, err := strconv.ParseFloat(got["expires_in"], 64); err == nil && s > 0 && s < maxLasting.Seconds() {
		t.Lasts = time.Duration(s * float64(time.Second))
	}
	return t, nil
}

// maxLasting is the longest life of a token that is believed.
const maxLasting = 10 * 365 * 24 * time.Hour

// members are the texts and numbers of a flat JSON object, or of a form.
func members(body []byte) map[string]string {
	out := map[string]string{}
	var object map[string]any
	if err := json.Unmarshal(body, &object); err == nil {
		for k, v := range object {
			switch v := v.(type) {
			case string:
				out[k] = v
			case float64:
				out[k] = strconv.FormatFloat(v, 'f', -1, 64)
			}
		}
		return out
	}
	form, err := url.ParseQuery(strings.TrimSpace(string(body)))
	if err != nil {
		return out
	}
	for k := range form {
		out[k] = form.Get(k)
	}
	return out
}

// With returns r as it goes out with token, where a says: after "Bearer" in Authorization when it says nothing.
func (t Token) With(a request.Auth, r request.Request) request.Request {
	r = r.Clone()
	r.Secrets = append(r.Secrets, request.Secret{Ref: "OAuth2 token", Value: t.Value})
	query := a.Param("tokenConfig.placement.query")
	prefix, own := "Bearer", request.Has(a.Params, "tokenConfig.placement.header")
	if own {
		prefix = strings.TrimSpace(a.Param("tokenConfig.placement.header"))
	}
	key := request.Auth{Scheme: "apikey"}
	switch {
	case query != "":
		r.Auth = key.With("key", query).With("value", t.Value).With("placement", "query")
	case strings.EqualFold(prefix, "Bearer"):
		r.Auth = request.Auth{Scheme: "bearer"}.With("token", t.Value)
	default:
		r.Auth = key.With("key", "Authorization").With("value", strings.TrimSpace(prefix+" "+t.Value))
	}
	return r
}
