package request

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// The rules of a redirect:
//   - only http and https; credentials inside Location are ignored; no Referer is ever sent;
//   - 303, and 301 or 302 after POST, become GET without body, as browsers and curl do (RFC 9110 §15.4);
//   - when the origin changes (scheme, host or port), every credential stays behind, for good;
//   - a body, a secret in the URL, or a step from https to http would carry something to where the person did
//     not send it: there the redirect itself is the result, unless Settings.TrustRedirects.

// A step is the request that follows from a redirect.
type step struct {
	redirect Redirect
	request  Request
	target   *url.URL
}

// redirectOf returns what follows from the response, or nil when it is no redirect or none is to be followed.
func redirectOf(r Request, from *url.URL, res *Response) *step {
	if r.Settings.Follow <= 0 || res == nil {
		return nil
	}
	location := Get(res.Header, "Location")
	switch res.Status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil
	}
	if location == "" {
		return nil
	}
	method := cmp.Or(r.Method, http.MethodGet)
	s := &step{request: r.Clone(), redirect: Redirect{Status: res.Status, To: location, Method: [2]string{method, method}}}
	to, err := from.Parse(location)
	if err != nil {
		s.redirect.Stopped = "Location is not a URL"
		return s
	}
	to.User = nil
	if to.Fragment == "" { // RFC 9110 §10.2.2
		to.Fragment, to.RawFragment = from.Fragment, from.RawFragment
	}
	s.target, s.redirect.To = to, to.String()
	s.redirect.Cross = origin(from) != origin(to)
	if _, err := target(to.String()); err != nil {
		s.redirect.Stopped = err.Error()
		return s
	}
	s.request.URL = to.String()
	s.changeMethod(res.Status)
	if s.redirect.Cross && !r.Settings.TrustRedirects {
		s.crossOrigin(r, from)
	}
	return s
}

func origin(u *url.URL) string {
	return strings.ToLower(u.Scheme + "://" + u.Hostname() + ":" + portOf(u))
}

func (s *step) changeMethod(status int) {
	method := s.redirect.Method[0]
	switch {
	case s.request.Settings.KeepMethod:
		return
	case status == http.StatusSeeOther && method != http.MethodHead:
		method = http.MethodGet
	case (status == http.StatusMovedPermanently || status == http.StatusFound) && (method == http.MethodPost || s.posts()):
		method = http.MethodGet
	default:
		return
	}
	if s.request.Settings.KeepVerb {
		method = s.redirect.Method[0]
	}
	s.request.Method, s.redirect.Method[1] = method, method
	if s.request.Body.Kind != NoBody {
		s.request.Body = Body{}
		s.redirect.Dropped = append(s.redirect.Dropped, "body: "+strconv.Itoa(status)+" asks for a request without one")
	}
	s.drop(func(f Field) string {
		name := strings.ToLower(f.Name)
		if strings.HasPrefix(name, "content-") || name == "transfer-encoding" || name == "expect" {
			return "it belongs to the body"
		}
		return ""
	})
}

// posts reports whether curl would take the request for a POST whatever -X says: it goes by the data, and only
// the file of -T makes a PUT.
func (s *step) posts() bool {
	switch s.request.Body.Kind {
	case NoBody, FileBody:
		return false
	}
	return s.request.Settings.KeepVerb
}

// drop removes the header fields for which why gives a reason.
func (s *step) drop(why func(Field) string) {
	s.request.Header = slices.DeleteFunc(s.request.Header, func(f Field) bool {
		reason := why(f)
		if reason != "" {
			s.redirect.Dropped = append(s.redirect.Dropped, f.Name+": "+reason)
		}
		return reason != ""
	})
}

// crossOrigin leaves behind what belongs to the old origin, or stops.
func (s *step) crossOrigin(r Request, from *url.URL) {
	const why = "the origin changed"
	secrets := secretsOf(r)
	s.drop(func(f Field) string {
		if sensitive(f.Name) || strings.EqualFold(f.Name, "Host") || holds(f.Value, secrets) {
			return why
		}
		return ""
	})
	if r.Auth.Scheme != "" {
		s.redirect.Dropped = append(s.redirect.Dropped, "auth "+r.Auth.Scheme+": "+why)
		s.request.Auth = Auth{}
	}
	switch to := s.target; {
	case from.Scheme == "https" && to.Scheme == "http":
		s.redirect.Stopped = "it leads from https to http"
	case s.request.Body.Kind != NoBody:
		s.redirect.Dropped = append(s.redirect.Dropped, "body: "+why)
		s.redirect.Stopped = "it would send the body to another origin"
	case holds(to.String(), secrets):
		s.redirect.Stopped = "its URL carries a secret to another origin"
	}
}

// sensitive reports whether a header of this name usually carries a credential.
func sensitive(name string) bool {
	name = strings.ToLower(name)
	for _, part := range []string{
		"auth", "cookie", "token", "secret", "key", "password", "passwd", "session", "credential", "signature", "csrf", "xsrf",
	} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return strings.HasPrefix(name, "proxy-")
}

// secretFloor is the length from which a value is searched for in others: shorter ones are found everywhere.
const secretFloor = 4

// longCookie is the length from which the value of a cookie is taken for a credential, whatever its name is: en and dark
// stand in queries, too.
const longCookie = 16

// secretsOf returns every value of r that must not reach another origin.
func secretsOf(r Request) []string {
	var out []string
	add := func(v string) {
		if len(v) >= secretFloor {
			out = append(out, v, url.QueryEscape(v), url.PathEscape(v))
		}
	}
	for _, s := range Strict(r.Secrets) {
		add(s.Value)
	}
	for _, p := range r.Auth.Params {
		switch p.Name {
		case "password", "token", "value":
			add(p.Value)
		}
	}
	for _, f := range r.Header {
		if !sensitive(f.Name) {
			continue
		}
		f.Value = withoutMild(f, r.Secrets)
		add(f.Value)
		if strings.EqualFold(f.Name, "Cookie") {
			for pair := range strings.SplitSeq(f.Value, ";") {
				if name, value, _ := strings.Cut(strings.TrimSpace(pair), "="); sensitive(name) || len(value) >= longCookie {
					add(value)
				}
			}
			continue
		}
		if _, credential, ok := strings.Cut(f.Value, " "); ok {
			add(credential)
		}
	}
	return out
}

// withoutMild is the value of a header without the cookies that are no credentials.
func withoutMild(f Field, secrets []Secret) string {
	if !strings.EqualFold(f.Name, "Cookie") {
		return f.Value
	}
	pairs := strings.Split(f.Value, "; ")
	return strings.Join(slices.DeleteFunc(pairs, func(p string) bool {
		return slices.ContainsFunc(secrets, func(s Secret) bool { return s.Mild && s.Value == p })
	}), "; ")
}

func holds(text string, secrets []string) bool {
	return slices.ContainsFunc(secrets, func(s string) bool { return strings.Contains(text, s) })
}
