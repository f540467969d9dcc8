package lint

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
)

// attributes belong to Set-Cookie and are no cookies.
var attributes = []string{"Path", "Domain", "Expires", "Max-Age", "SameSite"}

// checkCookies is C16: cookies outside of the time or place that they are meant for (RFC 6265 §5.4). A jar has
// none of these, so it is about those that the request names itself: what is known of such a cookie is its name, the
// attributes that were copied along with it, and how earlier answers to this request gave it.
func checkCookies(s *scan, r rule) {
	var last diagnose.ElementID
	for _, e := range s.x.Elements {
		if e.Group != "cookie" {
			continue
		}
		name, value := e.ID.Name(), fmt.Sprint(e.Value)
		known := attribute(name)
		switch {
		case known == "" || known == "Path" && !strings.HasPrefix(value, "/"):
			last = e.ID
			if s.u.Scheme == "http" && !s.local() && (strings.HasPrefix(name, "__Secure-") || strings.HasPrefix(name, "__Host-")) {
				s.hit(r, e.ID, "session_cookie_invalid", "The cookie is for https only, the request is in clear.")
			} else if given, ok := s.given(name); ok {
				s.scoped(r, e.ID, given.cookie, given.at, given.host)
			}
			continue
		case last != "":
			if c, err := http.ParseSetCookie("x=y; " + known + "=" + value); err == nil {
				s.scoped(r, last, c, time.Time{}, s.u.Host)
			}
		}
		s.hit(r, e.ID, "session_cookie_invalid", "The cookie was copied together with an attribute of Set-Cookie.", remove(e.ID, .02))
	}
}

// attribute is the attribute of Set-Cookie that a name is, "" for none.
func attribute(name string) string {
	for _, a := range attributes {
		if name == a || name == strings.ToLower(a) {
			return a
		}
	}
	return ""
}

// A given is a cookie as an answer set it.
type given struct {
	cookie *http.Cookie
	at     time.Time
	host   string
}

// given is how the newest of the known answers gave the cookie called name.
func (s *scan) given(name string) (given, bool) {
	for _, g := range s.f.Good { // newest first
		if g.Exchange == nil || g.Exchange.Response() == nil {
			continue
		}
		for _, f := range g.Exchange.Response().Header {
			if !strings.EqualFold(f.Name, "Set-Cookie") {
				continue
			}
			pair, rest, _ := strings.Cut(f.Value, ";") // the value is hidden in the history, and does not matter
			if n, _, ok := strings.Cut(pair, "="); !ok || strings.TrimSpace(n) != name {
				continue
			}
			if c, err := http.ParseSetCookie("x=y;" + rest); err == nil {
				return given{c, g.Exchange.Start, element.SplitURL(g.Exchange.Request.URL).Host}, true
			}
		}
	}
	return given{}, false
}

// scoped reports a cookie that a client with a jar would not have sent now, or not here. at is when it was given, zero
// when that is not known; host is who gave it.
func (s *scan) scoped(r rule, id diagnose.ElementID, c *http.Cookie, at time.Time, host string) {
	end := c.Expires
	if c.MaxAge > 0 && !at.IsZero() {
		end = at.Add(time.Duration(c.MaxAge) * time.Second)
	}
	switch now := s.f.Now; {
	case !now.IsZero() && !end.IsZero() && end.Before(now), c.MaxAge < 0:
		text := "The cookie ended " + ago(now.Sub(end)) + " ago, by what it was given with."
		if end.IsZero() {
			text = "The cookie was taken back by the answer that gave it last."
		}
		s.hit(r.at(cookieOver), id, "session_cookie_invalid", text)
	case c.Secure && s.u.Scheme == "http" && !s.local():
		s.hit(r, id, "session_cookie_invalid", "The cookie is for https only, the request is in clear.")
	case c.Path != "" && strings.HasPrefix(c.Path, "/") && !below(s.u.Path, c.Path):
		s.hit(r, id, "session_cookie_invalid", "The cookie is for "+strconv.Quote(c.Path)+" and below only, the request goes elsewhere.")
	case c.Domain != "" && !inDomain(s.u.Host, c.Domain), c.Domain == "" && !strings.EqualFold(host, s.u.Host):
		s.hit(r, id, "session_cookie_invalid", "The cookie is for another host than that of the request.")
	}
}

// cookieOver are the odds of a cookie that is past its own end: like a token's exp, but servers often renew them.
const cookieOver = 60

// below is the path match of RFC 6265 §5.1.4.
func below(path, of string) bool {
	if path == "" {
		path = "/"
	}
	return path == of || strings.HasPrefix(path, strings.TrimSuffix(of, "/")+"/")
}

// inDomain is the domain match of RFC 6265 §5.1.3.
func inDomain(host, domain string) bool {
	host, domain = strings.ToLower(host), strings.ToLower(strings.TrimPrefix(domain, "."))
	return host == domain || strings.HasSuffix(host, "."+domain)
}
