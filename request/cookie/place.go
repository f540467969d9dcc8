package cookie

import (
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// A place is where a request goes to, as cookies see it.
type place struct{ scheme, host, port, path string }

// placeOf returns the place of a URL. A name is in its ASCII form, so that 。 is a dot, and one dot at its end is none.
func placeOf(u *url.URL) place {
	p := place{scheme: strings.ToLower(u.Scheme), host: strings.ToLower(u.Hostname()), port: u.Port(), path: u.EscapedPath()}
	if ascii, err := idna.Lookup.ToASCII(p.host); err == nil && ascii != "" {
		p.host = ascii
	}
	p.host = strings.TrimSuffix(p.host, ".")
	if p.port == "" {
		p.port = defaultPort(p.scheme)
	}
	if !strings.HasPrefix(p.path, "/") {
		p.path = "/"
	}
	return p
}

func defaultPort(scheme string) string {
	if scheme == "https" {
		return "443"
	}
	return "80"
}

// folder is the path of a cookie that names none (RFC 6265bis §5.1.4).
func (p place) folder() string {
	if i := strings.LastIndexByte(p.path, '/'); i > 0 {
		return p.path[:i]
	}
	return "/"
}

// within reports whether host is domain or a name below it. An address has no names below it.
func within(host, domain string) bool {
	if host == domain {
		return true
	}
	return strings.HasSuffix(host, "."+domain) && !address(host)
}

// address reports whether host is an address. One whose last part is a number is, in whatever way it is written (URL
// Standard, "ends in a number"): 0x7f.1.
func address(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	if hex, ok := strings.CutPrefix(last, "0x"); ok && strings.Trim(hex, "0123456789abcdef") == "" || last != "" && strings.Trim(last, "0123456789") == "" {
		return true
	}
	_, err := netip.ParseAddr(host)
	return err == nil
}

// below reports whether path is of or below it, at the end of one of its parts.
func below(path, of string) bool {
	return path == of || strings.HasPrefix(path, of) && (strings.HasSuffix(of, "/") || path[len(of)] == '/')
}

// inner are suffixes below which everybody gets a name that the list of public suffixes does not know: the services of a
// Kubernetes cluster, by its default domain.
var inner = []string{"cluster.local", "svc.cluster.local"}

// public reports whether names below domain belong to different owners, so that a cookie for all of them is none of theirs.
func public(domain string) bool {
	for _, s := range inner {
		if domain == s {
			return true
		}
	}
	for _, name := range []string{domain, "x." + domain} { // below a suffix with a * all names are suffixes
		if suffix, _ := publicsuffix.PublicSuffix(name); suffix == name {
			return true
		}
	}
	return false
}

// Withheld says why the cookie does not go to u at now; "" when it does.
func (c Cookie) Withheld(u *url.URL, now time.Time) string { return c.withheld(placeOf(u), now) }

func (c Cookie) withheld(to place, now time.Time) string {
	switch {
	case c.ended(now):
		return "it has ended"
	case c.Domain && !within(to.host, c.Host):
		return "it is for " + c.Host + " and the names below it"
	case !c.Domain && to.host != c.Host:
		return "it is for " + c.Host + " alone"
	case c.Secure && to.scheme != "https":
		return "it is for https only"
	case to.scheme != c.Scheme:
		return "it was set over " + c.Scheme
	case c.Port != "" && to.port != c.Port:
		return "it was set by port " + c.Port
	case !below(to.path, c.Path):
		return fmt.Sprintf("it is for %s and below", c.Path)
	}
	return ""
}

func (c Cookie) ended(now time.Time) bool { return !c.Expires.IsZero() && !c.Expires.After(now) }
