package lab

import (
	"net/http"
)

// movedRoutes are operations that have moved, some of them badly.
func (s *shop) movedRoutes(l *Lab) []route {
	to := func(status int, location func() string) func(*call) (answer, *refusal) {
		return func(*call) (answer, *refusal) {
			return answer{status: status, header: http.Header{"Location": {location()}}}, nil
		}
	}
	here := func(path string) func() string { return func() string { return path } }
	return []route{
		// To another origin: a client leaves the credentials behind.
		{method: "GET", path: "/account", access: openToAll, do: to(http.StatusMovedPermanently, func() string { return l.Mirror + "/v1/me" })},
		// To the same origin: all is well.
		{method: "GET", path: "/whoami", access: openToAll, do: to(http.StatusTemporaryRedirect, here("/v1/me"))},
		{method: "GET", path: "/items", access: openToAll, do: to(http.StatusMovedPermanently, here("/v1/products"))},
		// A POST that becomes a GET on the way, at a place that knows POST only.
		{method: "POST", path: "/checkout", access: openToAll, do: to(http.StatusFound, here("/v1/quotes"))},
		{method: "POST", path: "/quotes", access: openToAll, do: to(http.StatusPermanentRedirect, here("/v1/orders/quote"))},
		// Two rules that undo each other.
		{method: "GET", path: "/promotions", access: openToAll, do: to(http.StatusFound, here("/v1/promotions/"))},
		{method: "GET", path: "/promotions/", access: openToAll, do: to(http.StatusFound, here("/v1/promotions"))},
		// To a host that has no business with our credentials.
		{method: "GET", path: "/partners", access: openToAll, do: to(http.StatusFound, func() string { return l.Canary.URL + "/v1/partners" })},
		// A page for people: without a session there is only the sign-in form.
		{method: "GET", path: "/desk/stats", access: openToAll, do: func(c *call) (answer, *refusal) {
			if no := s.admitSession(c); no != nil {
				return signIn("Shop desk"), nil
			}
			return reply(http.StatusOK, map[string]any{"visits": 4711}), nil
		}},
	}
}

// signIn is a page with a form.
func signIn(title string) answer {
	return answer{http.StatusOK, http.Header{"Content-Type": {"text/html; charset=utf-8"}, "Cache-Control": {"no-store"}},
		[]byte("<!doctype html>\n<html><head><title>Sign in - " + title + "</title></head>\n<body><form method=\"post\" action=\"/login\">" +
			"<label>User <input name=\"user\"></label> <label>Password <input type=\"password\" name=\"password\"></label>" +
			"<button>Sign in</button></form></body></html>\n")}
}
