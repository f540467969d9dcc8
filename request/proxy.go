package request

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/http/httpproxy"
)

// A ProxyRefusal is a proxy's answer to CONNECT other than 200. It is the error inside a Failure.
type ProxyRefusal struct {
	Status int
	Header []Field
}

// Error returns the status.
func (p *ProxyRefusal) Error() string {
	return fmt.Sprintf("the proxy answered CONNECT with %d", p.Status)
}

// A route is what a hop goes through, and why.
type route struct {
	proxy *url.URL // nil for none
	why   string
}

// routeOf decides by which proxy target is reached. An explicit proxy is used for loopback addresses too, as
// curl does; one from the environment is not, as Go does.
func routeOf(p Proxy, getenv func(string) string, target *url.URL) (route, error) {
	switch {
	case p.URL == "direct":
		return route{why: "the request says: direct"}, nil
	case p.URL != "":
		u, err := proxyURL(p.URL)
		if err != nil {
			return route{}, err
		}
		if entry := explicitNoProxy(p.NoProxy, u, target); entry != "" {
			return route{why: "NO_PROXY entry " + entry}, nil
		}
		return route{u, "the request names it"}, nil
	case getenv == nil:
		return route{why: "no proxy set"}, nil
	}
	return environmentRoute(getenv, target)
}

// EnvironmentProxy returns the host and port of the proxy that the process's environment puts before rawURL, and the
// variable that names it; "" when there is none or the URL cannot be read. It is never for a request that names its
// own proxy.
func EnvironmentProxy(getenv func(string) string, rawURL string) (proxy, variable string) {
	u, err := url.Parse(rawURL)
	if err != nil || u.Host == "" || getenv == nil {
		return "", ""
	}
	if to, err := environmentRoute(getenv, u); err == nil && to.proxy != nil {
		return to.proxy.Host, to.why
	}
	return "", ""
}

// SparedProxy returns the URL of a proxy that the process's environment names and that rawURL does not go through, and
// why it does not: NO_PROXY excludes the host, or the variable is for the other scheme. It is without credentials,
// even those of the variable. It returns "" when there is none, for loopback hosts, and where EnvironmentProxy has one.
func SparedProxy(getenv func(string) string, rawURL string) (proxy, why string) {
	u, err := url.Parse(rawURL)
	if err != nil || u.Host == "" || getenv == nil || isLoopback(u.Hostname()) {
		return "", ""
	}
	if to, err := environmentRoute(getenv, u); err != nil || to.proxy != nil {
		return "", ""
	}
	for _, scheme := range []string{u.Scheme, "https", "http"} {
		open := func(name string) string { // the environment without exceptions
			if strings.EqualFold(name, "NO_PROXY") {
				return ""
			}
			return getenv(name)
		}
		other := *u
		other.Scheme = scheme
		to, err := environmentRoute(open, &other)
		if err != nil || to.proxy == nil {
			continue
		}
		p := url.URL{Scheme: to.proxy.Scheme, Host: to.proxy.Host}
		if !strings.EqualFold(scheme, u.Scheme) {
			return p.String(), to.why + " names it, for the other scheme"
		}
		kept, _ := environmentRoute(getenv, u)
		return p.String(), to.why + " names it, and " + kept.why + " keeps this host from it"
	}
	return "", ""
}

func environmentRoute(getenv func(string) string, target *url.URL) (route, error) {
	first := func(names ...string) (string, string) {
		for _, n := range names {
			if v := getenv(n); v != "" {
				return n, v
			}
		}
		return "", ""
	}
	name, value := first(strings.ToUpper(target.Scheme)+"_PROXY", strings.ToLower(target.Scheme)+"_proxy")
	if name == "" {
		if all, _ := first("ALL_PROXY", "all_proxy"); all != "" {
			return route{why: "no proxy set (" + all + " is not used: only HTTP_PROXY and HTTPS_PROXY are)"}, nil
		}
		return route{why: "no proxy set"}, nil
	}
	no, entries := first("NO_PROXY", "no_proxy")
	c := httpproxy.Config{HTTPProxy: value, HTTPSProxy: value, NoProxy: entries}
	if u, err := c.ProxyFunc()(target); err == nil && u != nil {
		return route{u, name}, nil
	}
	if isLoopback(target.Hostname()) {
		return route{why: name + " is not used for loopback addresses"}, nil
	}
	if entry := matching(c, target); entry != "" {
		return route{why: no + " entry " + entry}, nil
	}
	return route{why: name + " is not a URL and is ignored"}, nil // as Go does; its value may hold a password
}

// matching returns the NO_PROXY entry that keeps target from the proxy: the one that does so alone.
func matching(c httpproxy.Config, target *url.URL) string {
	if c.NoProxy == "" {
		return ""
	}
	for entry := range strings.SplitSeq(c.NoProxy, ",") {
		c.NoProxy = entry
		if strings.TrimSpace(entry) == "" {
			continue
		}
		if u, err := c.ProxyFunc()(target); err == nil && u == nil {
			return strings.TrimSpace(entry)
		}
	}
	return ""
}

// explicitNoProxy returns the entry of list that exempts target from a proxy that the request names. The
// library sends no loopback address through a proxy, so for those the entry is compared here.
func explicitNoProxy(list string, proxy, target *url.URL) string {
	host := target.Hostname()
	if !isLoopback(host) {
		c := httpproxy.Config{HTTPProxy: proxy.String(), HTTPSProxy: proxy.String(), NoProxy: list}
		return matching(c, target)
	}
	for entry := range strings.SplitSeq(list, ",") {
		entry = strings.TrimSpace(entry)
		name := entry
		if h, port, err := net.SplitHostPort(entry); err == nil {
			if port != portOf(target) {
				continue
			}
			name = h
		}
		ip, err := netip.ParseAddr(host)
		block, bad := netip.ParsePrefix(name)
		if name == "*" || strings.EqualFold(strings.Trim(name, "[]"), host) || err == nil && bad == nil && block.Contains(ip) {
			return entry
		}
	}
	return ""
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

func proxyURL(s string) (*url.URL, error) {
	if !strings.Contains(s, "://") {
		s = "http://" + s // curl's rule for -x
	}
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" {
		return nil, fmt.Errorf("the proxy's URL cannot be read")
	}
	switch u.Scheme {
	case "http", "https", "socks5", "socks5h":
		return u, nil
	}
	return nil, fmt.Errorf("proxy scheme %q is not one of http, https, socks5, socks5h", u.Scheme)
}

// bare returns the proxy's URL without credentials.
func (r route) bare() string {
	if r.proxy == nil {
		return ""
	}
	u := *r.proxy
	u.User = nil
	return u.String()
}

// full returns the proxy's URL with credentials, as a key for a pool.
func (r route) full() string {
	if r.proxy == nil {
		return ""
	}
	return r.proxy.String()
}

// refusal keeps what a proxy answered to CONNECT.
func (h *hopTrace) refusal(res *http.Response) error {
	if res.StatusCode == http.StatusOK {
		return nil
	}
	return &ProxyRefusal{Status: res.StatusCode, Header: sorted(res.Header)}
}
