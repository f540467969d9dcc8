package lab

import (
	"encoding/base64"
	"strings"

	"culprit/request"
)

// authFaults are requests whose token is wrong, missing or mangled.
func authFaults() []Fault {
	me, orders := get("/v1/me"), get("/v1/orders?limit=5")
	raw := func(write func(Tokens) string) change {
		return func(l *Lab, r *request.Request) {
			r.Auth = request.Auth{}
			r.Header = request.Set(r.Header, "Authorization", write(l.Tokens))
		}
	}
	return []Fault{
		{ID: "expired-token", Title: "The bearer token ran out 42 minutes ago", Request: get("/v1/me", token(func(t Tokens) string { return t.Expired })),
			Healthy: me, Truth: one("expired_token", authElements)},
		{ID: "expired-token-opaque", Title: "The bearer token ran out, and the API says nothing about it",
			Request: get("/legacy/orders?limit=5", token(func(t Tokens) string { return t.Expired })), Healthy: get("/legacy/orders?limit=5"),
			Opaque: true, Truth: one("expired_token", authElements)},
		{ID: "early-token", Title: "The token is not valid before an hour from now", Request: get("/v1/me", token(func(t Tokens) string { return t.Early })),
			Healthy: me, Truth: one("token_not_yet_valid clock_skew", authElements)},
		{ID: "missing-scope", Title: "A reader's token places an order", Request: post("/v1/orders", fullOrder, token(func(t Tokens) string { return t.Reader })),
			Healthy: post("/v1/orders", fullOrder), Truth: one("insufficient_scope", authElements)},
		{ID: "not-the-owner", Title: "A shopkeeper looks at what only the owner may see", Request: get("/v1/margins"),
			Healthy: get("/v1/margins", token(func(t Tokens) string { return t.Owner })), Truth: one("insufficient_permission", authElements)},
		{ID: "no-credentials", Title: "No credentials are sent", Request: get("/v1/orders?limit=5", noAuth), Healthy: orders,
			Truth: one("missing_credentials", authElements)},
		{ID: "bearer-twice", Title: "The token field holds the word Bearer as well", Request: get("/v1/orders?limit=5", token(func(t Tokens) string { return "Bearer " + t.Valid })),
			Healthy: orders, Truth: one("malformed_authorization", authElements)},
		{ID: "bearer-twice-opaque", Title: "The same, where one answer stands for everything",
			Request: get("/legacy/orders?limit=5", token(func(t Tokens) string { return "Bearer " + t.Valid })), Healthy: get("/legacy/orders?limit=5"),
			Opaque: true, Truth: one("malformed_authorization", authElements)},
		{ID: "bare-token", Title: "The header holds the token without a scheme", Request: get("/v1/orders?limit=5", raw(func(t Tokens) string { return t.Valid })),
			Healthy: orders, Truth: one("malformed_authorization", authElements)},
		{ID: "token-newline", Title: "The token ends with a line break", Request: get("/v1/orders?limit=5", token(func(t Tokens) string { return t.Valid + "\n" })),
			Healthy: orders, Truth: one("malformed_authorization invalid_header_characters", authElements)},
		{ID: "token-space", Title: "A blank was pasted into the token",
			Request: get("/v1/orders?limit=5", token(func(t Tokens) string { return t.Valid[:40] + " " + t.Valid[40:] })),
			Healthy: orders, Truth: one("malformed_authorization", authElements)},
		{ID: "token-truncated", Title: "The token was copied from a screen that shortens it",
			Request: get("/v1/orders?limit=5", token(func(t Tokens) string { return t.Valid[:60] + "..." })),
			Healthy: orders, Truth: one("malformed_authorization", authElements)},
		{ID: "token-forged", Title: "The token was signed with another key", Request: get("/v1/me", token(func(t Tokens) string { return t.Forged })),
			Healthy: me, Truth: one("invalid_credentials", authElements)},
		{ID: "token-variable", Title: "The variable with the token was never filled in", Request: get("/v1/me", token(func(Tokens) string { return "{{token}}" })),
			Healthy: me, Truth: one("unresolved_variable", authElements)},
		{ID: "other-audience", Title: "The token is for the staging shop", Request: get("/v1/me", token(func(t Tokens) string { return t.Staging })),
			Healthy: me, Truth: one("wrong_audience wrong_environment_credentials", authElements)},
	}
}

// keyFaults are about API keys, passwords and sessions.
func keyFaults() []Fault {
	basic := func(encoding func(Tokens) string) change {
		return func(l *Lab, r *request.Request) {
			r.Auth = request.Auth{}
			r.Header = request.Set(r.Header, "Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(encoding(l.Tokens))))
		}
	}
	userPass := func(t Tokens) string { return t.User + ":" + t.Password }
	key := func(pick func(Tokens) string) change {
		return func(l *Lab, r *request.Request) {
			r.Auth = request.Auth{Scheme: "apikey", Params: []request.Field{
				{Name: "key", Value: "X-Api-Key"}, {Name: "value", Value: pick(l.Tokens)}, {Name: "placement", Value: "header"}}}
		}
	}
	live := func(t Tokens) string { return t.APIKey }
	inQuery := func(l *Lab, r *request.Request) {
		r.Auth = request.Auth{}
		r.URL += "?api_key=" + l.Tokens.APIKey
		r.Secrets = append(r.Secrets, request.Secret{Ref: "query api_key", Value: l.Tokens.APIKey})
	}
	return []Fault{
		{ID: "key-in-query", Title: "The API key is sent in the query", Request: get("/v1/rates", inQuery), Healthy: get("/v1/rates", key(live)),
			Truth: one("credentials_in_wrong_place", authElements+" query:api_key header:X-Api-Key")},
		{ID: "key-as-bearer", Title: "The API key is sent as a bearer token", Request: get("/v1/rates", token(live)), Healthy: get("/v1/rates", key(live)),
			Truth: one("credentials_in_wrong_place", authElements+" header:X-Api-Key")},
		{ID: "test-key", Title: "The key of the test shop is used at the live one", Request: get("/v1/rates", key(func(t Tokens) string { return t.TestKey })),
			Healthy: get("/v1/rates", key(live)), Truth: one("wrong_environment_credentials", authElements+" header:X-Api-Key")},
		{ID: "key-under-basic", Title: "The key is not valid, and the challenge speaks of another way in", Request: get("/v1/duties", key(func(t Tokens) string { return "live_" + strings.Repeat("7", 24) })),
			Healthy: get("/v1/duties", key(live)), Truth: one("invalid_credentials", authElements+" header:X-Api-Key")},
		{ID: "key-as-bearer-under-basic", Title: "The key is sent as a bearer token, and the challenge speaks of another way in", Request: get("/v1/duties", token(live)), Healthy: get("/v1/duties", key(live)),
			Truth: one("credentials_in_wrong_place", authElements+" header:X-Api-Key")},
		{ID: "basic-newline", Title: "A line break was encoded with the password", Request: get("/v1/staff/rota", basic(func(t Tokens) string { return userPass(t) + "\n" })),
			Healthy: get("/v1/staff/rota", basic(userPass)), Truth: one("malformed_authorization", authElements)},
		{ID: "basic-password", Title: "The password is wrong", Request: get("/v1/staff/rota", basic(func(t Tokens) string { return t.User + ":" + strings.ToUpper(t.Password) })),
			Healthy: get("/v1/staff/rota", basic(userPass)), Truth: one("invalid_credentials", authElements)},
		{ID: "csrf-missing", Title: "A session writes without its CSRF token",
			Request: post("/v1/desk/profile", `{"theme": "light"}`, session), Healthy: post("/v1/desk/profile", `{"theme": "light"}`, session, csrf),
			Truth: one("csrf_or_origin_rejected", "header:X-CSRF-Token")},
		{ID: "session-gone", Title: "The session cookie is of yesterday", Request: get("/v1/desk/profile", noAuth, header("Cookie", "sid=ohsoold")),
			Healthy: get("/v1/desk/profile", session), Truth: one("session_cookie_invalid", "cookie:sid header:Cookie auth")},
	}
}

// session signs the request in with a cookie in place of a token.
func session(l *Lab, r *request.Request) {
	r.Auth = request.Auth{}
	r.Header = request.Set(r.Header, "Cookie", "sid="+l.Tokens.Session)
}

func csrf(l *Lab, r *request.Request) {
	r.Header = request.Set(r.Header, "X-CSRF-Token", l.Tokens.CSRF)
}
