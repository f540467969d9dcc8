package lint

import (
	"net/url"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/token"
	"culprit/request"
	"culprit/request/lazyre"
	"culprit/request/secret"
)

// checkBasic is C12.
func checkBasic(s *scan, r rule) {
	for _, c := range s.credentials() {
		v := strings.TrimSpace(c.value)
		if !strings.EqualFold(c.scheme, "Basic") || token.Looks(v) || unresolved(v) != "" {
			continue
		}
		user, pass, ok := token.Pair(v)
		switch {
		case !ok && strings.Contains(v, ":"):
			s.hit(r, c.id, "malformed_authorization", "Name and password are sent in clear where base64 of both belongs.", set(c.id, "Basic "+base64Of(v), .01))
		case !ok:
			s.hit(r, c.id, "malformed_authorization", "The value of the scheme Basic is not base64 of name:password.")
		case strings.TrimRight(pass, "\r\n") != pass:
			s.hit(r, c.id, "malformed_authorization", "The password ends with a line break (echo without -n makes it).", set(c.id, "Basic "+base64Of(user+":"+strings.TrimRight(pass, "\r\n")), .01))
		case strings.TrimSpace(user) != user || strings.TrimSpace(pass) != pass:
			s.hit(r.at(50), c.id, "malformed_authorization", "There is white space at the edge of the name or the password.", set(c.id, "Basic "+base64Of(strings.TrimSpace(user)+":"+strings.TrimSpace(pass)), .02))
		case user == "" || pass == "":
			s.hit(r.at(8), c.id, "malformed_authorization", "The name or the password is empty.")
		case !ascii(pass) || !ascii(user):
			s.hit(r.at(8), c.id, "invalid_credentials", "The name or the password is not ASCII; servers read its encoding in different ways (RFC 7617 §2.1).")
		}
	}
}

// checkPrefix is C13.
func checkPrefix(s *scan, r rule) {
	env, host := strings.ToLower(s.f.Around.Environment), strings.ToLower(s.u.Host)
	for _, c := range s.credentials() {
		v := strings.TrimSpace(c.value)
		issuer, _ := token.Issuer(v)
		test := strings.Contains(v, "_test_")
		live := strings.Contains(v, "_live_")
		switch {
		case issuer == "GitHub" && strings.Contains(host, "gitlab"), issuer == "GitLab" && strings.Contains(host, "github"):
			s.hit(r, c.id, "wrong_environment_credentials", "The token is one of "+issuer+", the host is not.")
		case test && (strings.HasPrefix(env, "prod") || env == "live"):
			s.hit(r, c.id, "wrong_environment_credentials", "A key for tests is used in the environment for production.")
		case live && env != "" && !strings.HasPrefix(env, "prod") && env != "live":
			s.hit(r, c.id, "wrong_environment_credentials", "A live key is used in an environment that is not production.")
		case test && !s.local() && strings.HasPrefix(host, "live.") || live && environmentOf(host) != "":
			s.hit(r, c.id, "wrong_environment_credentials", "The key and the host are of different environments.")
		case strings.HasPrefix(v, "pk_live_") || strings.HasPrefix(v, "pk_test_"):
			s.hit(r.at(30), c.id, "invalid_credentials", "It is a publishable key; most endpoints want the secret one.")
		}
	}
}

// checkPlace is C14: siblings send their key elsewhere.
func checkPlace(s *scan, r rule) {
	if len(s.same) < 2 {
		return
	}
	places := map[diagnose.ElementID]int{}
	for _, x := range s.same {
		for _, e := range x.Elements {
			if e.Secret && e.ID != "auth" && (strings.HasPrefix(e.Group, "header") || e.Group == "query") {
				places[e.ID]++
			}
		}
	}
	for _, c := range s.credentials() {
		if c.id == "auth" || places[c.id] > 0 {
			continue
		}
		for id, n := range places {
			if _, here := s.x.Get(id); n*10 >= len(s.same)*7 && !here {
				s.hit(r, c.id, "credentials_in_wrong_place", "The other requests send the key as "+string(id)+".", move(c.id, string(id), .05))
				break
			}
		}
	}
}

// checkTwo is C15.
func checkTwo(s *scan, r rule) {
	if s.authText() == "" {
		return
	}
	for _, c := range s.credentials() {
		if e, _ := s.x.Get(c.id); e.Group == "query" && !strings.HasSuffix(strings.ToLower(string(c.id)), "id") {
			s.hit(r, c.id, "malformed_authorization", "Credentials are sent twice: in the header and in the query.", remove(c.id, .1))
		}
	}
	for _, e := range s.x.Elements {
		if low := strings.ToLower(string(e.ID)); e.Group == "cookie" && s.f.Status == 403 && !s.r.Safe() && (strings.Contains(low, "sess") || strings.HasSuffix(low, ":sid")) {
			s.hit(r.at(15), e.ID, "malformed_authorization", "A session cookie goes along with the credentials; some servers take the session and then ask for a token against request forgery.", remove(e.ID, .1))
		}
	}
	if s.r.Auth.Scheme != "" && request.Has(s.r.Header, "Authorization") && s.r.Auth.Scheme != "apikey" {
		s.hit(r.at(50), "header:Authorization", "malformed_authorization", "There is an Authorization header beside the credentials of the request.", remove("header:Authorization", .05))
	}
}

// longToken is what many servers take as the most for a whole header (nginx, Node: 8 KiB).
const longToken = 8 << 10

func checkLong(s *scan, r rule) {
	for _, c := range s.credentials() {
		if len(c.raw) > longToken && !c.id.Is("query") {
			s.hit(r, c.id, "request_header_too_large", "The token is longer than the 8 KiB that many servers allow for the header.")
		}
	}
}

// csrfHeaders maps the cookie of a framework to the header that repeats it.
var csrfHeaders = [][2]string{{"csrftoken", "X-Csrftoken"}, {"XSRF-TOKEN", "X-Xsrf-Token"}, {"_csrf", "X-Csrf-Token"}, {"csrf_token", "X-Csrf-Token"}}

// checkCSRF is C20.
func checkCSRF(s *scan, r rule) {
	if s.r.Safe() || s.authText() != "" {
		return
	}
	if s.unlikeCookie(r) {
		return
	}
	cookies := false
	for _, e := range s.x.Elements {
		low := strings.ToLower(string(e.ID))
		if strings.HasPrefix(low, "header:") && (strings.Contains(low, "csrf") || strings.Contains(low, "xsrf")) || strings.Contains(low, "authenticity_token") || strings.HasPrefix(low, "form:") && strings.Contains(low, "csrf") {
			return
		}
		cookies = cookies || e.Group == "cookie" && (strings.Contains(low, "sess") || strings.Contains(low, "sid"))
	}
	for _, h := range csrfHeaders {
		if e, ok := s.x.Get(diagnose.ID("cookie", h[0])); ok {
			v := e.Text
			if d, err := url.QueryUnescape(v); err == nil {
				v = d
			}
			id := diagnose.ID("header", h[1])
			s.hit(r.at(30), id, "csrf_or_origin_rejected", "There is a cookie against request forgery, but not the header that repeats it.", add(id, v, .02), add("header:X-Csrf-Token", v, .02), add("header:X-Xsrf-Token", v, .02))
			return
		}
	}
	if cookies {
		s.hit(r, "header:X-Csrf-Token", "csrf_or_origin_rejected", "A session cookie on a request that changes something, without a token against request forgery.")
	}
}

// unlikeCookie reports a token against request forgery that repeats its cookie (OWASP's double submit) with another value. Where
// one is made from the other they are not equally long, but for Django's before 4.1: each of its is masked anew.
func (s *scan) unlikeCookie(r rule) bool {
	forgery := func(e diagnose.Element, kind string) bool {
		name, ok := e.ID.In(kind)
		name = strings.ToLower(name)
		return ok && (strings.Contains(name, "csrf") || strings.Contains(name, "xsrf"))
	}
	for _, h := range s.x.Elements {
		if !forgery(h, "header") || h.Text == "" {
			continue
		}
		for _, c := range s.x.Elements {
			v, err := url.QueryUnescape(c.Text)
			if forgery(c, "cookie") && err == nil && v != h.Text && len(v) == len(h.Text) && !(maskedToken.MatchString(v) && maskedToken.MatchString(h.Text)) {
				s.hit(r.at(30), h.ID, "csrf_or_origin_rejected", "The token against request forgery is not the one of the cookie.", set(h.ID, v, .02))
				return true
			}
		}
	}
	return false
}

// maskedToken is a mask of 32 characters and a secret under it (Django's csrf.py).
var maskedToken = lazyre.New(`^[A-Za-z0-9]{64}$`)

// checkNone is C21: no credentials where the other requests of this host have them.
func checkNone(s *scan, r rule) {
	if s.authText() != "" || len(s.credentials()) > 0 || len(s.same) == 0 {
		return
	}
	n, last := 0, ""
	for _, x := range s.same {
		if e, ok := x.Get("auth"); ok && sameOrigin(x, s.x) {
			n, last = n+1, e.Text
		}
	}
	if n > 0 && n*10 >= len(s.same)*7 {
		s.hit(r, "auth", "missing_credentials", "The other requests to this host send credentials, this one does not.", add("auth", last, .02))
	}
}

// sameOrigin reports whether two requests go to one scheme, host and port: only then may a credential of one
// be proposed for the other (§11).
func sameOrigin(a, b *element.Index) bool {
	return element.SplitURL(a.Request.URL).SameOrigin(element.SplitURL(b.Request.URL))
}

// sensitive reports whether an element's name promises a credential.
func sensitive(name string) bool { return secret.Sensitive(name) }
