package lab

import (
	"crypto/subtle"
	"net/http"
	"net/url"
	"strings"
	"time"
)

func (s *shop) accountRoutes() []route {
	me := func(c *call) (answer, *refusal) {
		return reply(http.StatusOK, map[string]any{"user": c.claims.Subject, "scopes": strings.Fields(c.claims.Scope)}), nil
	}
	return []route{
		{method: "GET", path: "/health", access: openToAll, do: func(*call) (answer, *refusal) {
			return reply(http.StatusOK, map[string]any{"status": "up"}), nil
		}},
		{method: "GET", path: "/me", do: me},
		{method: "GET", path: "/margins", scope: "orders:read", do: func(c *call) (answer, *refusal) {
			if c.claims.Subject != owner {
				return answer{}, refuse(http.StatusForbidden, "forbidden", "You are not allowed to see this.")
			}
			return reply(http.StatusOK, map[string]any{"margins": map[string]float64{"TEA-0007": 0.41}}), nil
		}},
		{method: "GET", path: "/duties", access: byEither, do: func(*call) (answer, *refusal) {
			return reply(http.StatusOK, map[string]any{"duties": map[string]float64{"tea": 0.032}}), nil
		}},
		{method: "GET", path: "/rates", access: byKey, do: func(*call) (answer, *refusal) {
			return reply(http.StatusOK, map[string]any{"base": "EUR", "rates": map[string]float64{"USD": 1.09, "GBP": 0.86}}), nil
		}},
		{method: "GET", path: "/staff/rota", access: byBasic, do: func(*call) (answer, *refusal) {
			return reply(http.StatusOK, map[string]any{"week": []string{"ada", "carl"}}), nil
		}},
		{method: "GET", path: "/vault/keys", access: byDigest, do: func(*call) (answer, *refusal) {
			return reply(http.StatusOK, map[string]any{"keys": []string{"front door", "till"}}), nil
		}},
		{method: "POST", path: "/vault/keys", access: byDigest, body: ref(object(must("key", text(1, 40)), may("copies", whole(1, 9)))), do: func(c *call) (answer, *refusal) {
			return reply(http.StatusOK, c.body), nil
		}},
		{method: "GET", path: "/desk/profile", access: bySession, do: func(*call) (answer, *refusal) {
			return reply(http.StatusOK, map[string]any{"name": "Ada", "theme": "dark"}), nil
		}},
		{method: "POST", path: "/desk/profile", access: bySession,
			body: ref(object(may("name", text(1, 80)), may("theme", oneOf("dark", "light")))),
			do: func(c *call) (answer, *refusal) {
				return reply(http.StatusOK, c.body), nil
			}},
		{method: "POST", path: "/oauth/token", access: openToAll, takes: []string{"application/x-www-form-urlencoded"}, do: s.token},
	}
}

func ref(r rule) *rule { return &r }

// admit checks the credentials.
func (s *shop) admit(c *call, rt route) *refusal {
	switch rt.access {
	case openToAll:
		return nil
	case byKey:
		return s.admitKey(c)
	case byBasic:
		if s.signedIn(c) {
			return nil
		}
		return refuse(http.StatusUnauthorized, "unauthorized", "User name or password is wrong.", "WWW-Authenticate", `Basic realm="staff", charset="UTF-8"`)
	case byDigest:
		return s.admitDigest(c)
	case byEither:
		// Two ways in, and only one of them has a challenge that a browser knows.
		if s.signedIn(c) || same(c.Header.Get("X-Api-Key"), s.tokens.APIKey) {
			return nil
		}
		return refuse(http.StatusUnauthorized, "unauthorized", "Authentication is required.", "WWW-Authenticate", `Basic realm="shop"`)
	case bySession:
		return s.admitSession(c)
	}
	return s.admitToken(c, rt.scope)
}

// signedIn reports the user name and the password of the staff.
func (s *shop) signedIn(c *call) bool {
	user, password, ok := c.BasicAuth()
	return ok && same(user, s.tokens.User) && same(password, s.tokens.Password)
}

// admitToken answers as RFC 6750 §3 asks: no error attribute when there are no credentials at all.
func (s *shop) admitToken(c *call, scope string) *refusal {
	const realm = `Bearer realm="shop"`
	scheme, token, _ := strings.Cut(c.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return refuse(http.StatusUnauthorized, "unauthorized", "Authentication is required.", "WWW-Authenticate", realm)
	}
	// RFC 6750 §2.1: the token is one b64token, so anything else in it is a malformed request.
	if token == "" || strings.Trim(token, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~+/=") != "" {
		return refuse(http.StatusBadRequest, "invalid_request", "The Authorization header is malformed.",
			"WWW-Authenticate", realm+`, error="invalid_request", error_description="The Authorization header is malformed"`)
	}
	claims, err := s.signer.check(token, time.Now())
	if err != nil {
		return refuse(http.StatusUnauthorized, "invalid_token", "Not authorised: "+err.Error()+".",
			"WWW-Authenticate", realm+`, error="invalid_token", error_description="`+err.Error()+`"`)
	}
	if !claims.may(scope) {
		return refuse(http.StatusForbidden, "insufficient_scope", "The access token lacks a scope.",
			"WWW-Authenticate", realm+`, error="insufficient_scope", scope="`+scope+`"`)
	}
	c.claims = claims
	return nil
}

func (s *shop) admitKey(c *call) *refusal {
	switch key := c.Header.Get("X-Api-Key"); {
	case key == "":
		return refuse(http.StatusUnauthorized, "api_key_missing", "No API key was found in the request.")
	case same(key, s.tokens.APIKey):
		return nil
	case same(key, s.tokens.TestKey):
		return refuse(http.StatusUnauthorized, "api_key_wrong_mode", "This key does not belong to the live environment.")
	}
	return refuse(http.StatusUnauthorized, "api_key_invalid", "The API key is not valid.")
}

// admitSession wants the cookie, and for a write the token that a page of the same site knows.
func (s *shop) admitSession(c *call) *refusal {
	cookie, err := c.Cookie("sid")
	if err != nil || !same(cookie.Value, s.tokens.Session) {
		r := refuse(http.StatusUnauthorized, "session_expired", "Please sign in.", "Set-Cookie", "sid=; Path=/; Max-Age=0; HttpOnly")
		return r
	}
	if c.Method != http.MethodGet && c.Method != http.MethodHead && !same(c.Header.Get("X-CSRF-Token"), s.tokens.CSRF) {
		return refuse(http.StatusForbidden, "csrf_failed", "CSRF verification failed.")
	}
	return nil
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// token is the token endpoint of RFC 6749 §4.3, §4.4 and §6; its errors are those of §5.2.
func (s *shop) token(c *call) (answer, *refusal) {
	no := func(status int, code string) (answer, *refusal) {
		return reply(status, map[string]any{"error": code}), nil
	}
	form, err := url.ParseQuery(string(c.raw))
	if err != nil {
		return no(http.StatusBadRequest, "invalid_request")
	}
	id, secret, ok := c.BasicAuth()
	if !ok {
		id, secret = form.Get("client_id"), form.Get("client_secret")
	}
	given := map[string]any{"access_token": s.tokens.Valid, "token_type": "Bearer", "expires_in": 3600}
	switch grant := form.Get("grant_type"); {
	case !form.Has("grant_type"):
		return no(http.StatusBadRequest, "invalid_request")
	case grant == "password" && same(form.Get("username"), s.tokens.User) && same(form.Get("password"), s.tokens.Password):
		given["refresh_token"] = s.tokens.Refresh
	case grant == "refresh_token" && same(form.Get("refresh_token"), s.tokens.Refresh):
	case grant == "password", grant == "refresh_token":
		return no(http.StatusBadRequest, "invalid_grant")
	case grant != "client_credentials":
		return no(http.StatusBadRequest, "unsupported_grant_type")
	case !same(id, s.tokens.User) || !same(secret, s.tokens.Password):
		return no(http.StatusUnauthorized, "invalid_client")
	}
	return reply(http.StatusOK, given).with("Cache-Control", "no-store"), nil
}
