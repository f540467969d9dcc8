package request

import (
	"net"
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestWhyAProxyIsUsed(t *testing.T) {
	env := func(pairs ...string) func(string) string {
		return func(name string) string {
			for i := 0; i < len(pairs); i += 2 {
				if pairs[i] == name {
					return pairs[i+1]
				}
			}
			return ""
		}
	}
	const p = "http://user:pw@proxy.test:3128"
	for _, w := range []struct {
		proxy            Proxy
		env              func(string) string
		target, via, why string
	}{
		{Proxy{}, nil, "http://a.test/", "", "no proxy set"},
		{Proxy{}, env(), "http://a.test/", "", "no proxy set"},
		{Proxy{}, env("HTTP_PROXY", p), "http://a.test/", "http://proxy.test:3128", "HTTP_PROXY"},
		{Proxy{}, env("http_proxy", p), "http://a.test/", "http://proxy.test:3128", "http_proxy"},
		{Proxy{}, env("HTTPS_PROXY", p), "http://a.test/", "", "no proxy set"},
		{Proxy{}, env("HTTPS_PROXY", p), "https://a.test/", "http://proxy.test:3128", "HTTPS_PROXY"},
		{Proxy{}, env("HTTP_PROXY", p, "NO_PROXY", "x.test, .a.test"), "http://b.a.test/", "", "NO_PROXY entry .a.test"},
		{Proxy{}, env("HTTP_PROXY", p, "no_proxy", "10.0.0.0/8"), "http://10.1.2.3/", "", "no_proxy entry 10.0.0.0/8"},
		{Proxy{}, env("HTTP_PROXY", p), "http://localhost:8/", "", "HTTP_PROXY is not used for loopback addresses"},
		{Proxy{}, env("HTTP_PROXY", p), "http://127.0.0.1/", "", "HTTP_PROXY is not used for loopback addresses"},
		{Proxy{}, env("ALL_PROXY", p), "http://a.test/", "", "no proxy set (ALL_PROXY is not used: only HTTP_PROXY and HTTPS_PROXY are)"},
		{Proxy{}, env("HTTP_PROXY", "http://user:pw@%zz"), "http://a.test/", "", "HTTP_PROXY is not a URL and is ignored"},
		{Proxy{URL: "direct"}, env("HTTP_PROXY", p), "http://a.test/", "", "the request says: direct"},
		{Proxy{URL: "proxy.test:1"}, nil, "http://localhost/", "http://proxy.test:1", "the request names it"},
		{Proxy{URL: p, NoProxy: "localhost"}, nil, "http://localhost/", "", "NO_PROXY entry localhost"},
		{Proxy{URL: p, NoProxy: "127.0.0.0/8"}, nil, "http://127.0.0.1:80/", "", "NO_PROXY entry 127.0.0.0/8"},
		{Proxy{URL: p, NoProxy: "localhost:81,*"}, nil, "http://localhost/", "", "NO_PROXY entry *"},
		{Proxy{URL: p, NoProxy: "b.test,a.test"}, nil, "http://a.test/", "", "NO_PROXY entry a.test"},
		{Proxy{URL: "socks5h://s.test"}, nil, "http://a.test/", "socks5h://s.test", "the request names it"},
	} {
		u, err := url.Parse(w.target)
		if err != nil {
			t.Fatal(err)
		}
		got, err := routeOf(w.proxy, w.env, u)
		if err != nil {
			t.Fatal(err)
		}
		if got.bare() != w.via || got.why != w.why {
			t.Errorf("%+v to %s: got %q because %q, want %q because %q", w.proxy, w.target, got.bare(), got.why, w.via, w.why)
		}
	}
	for _, bad := range []string{"http://%zz", "ftp://x", "http://"} {
		if _, err := routeOf(Proxy{URL: bad}, nil, &url.URL{Scheme: "http", Host: "a.test"}); err == nil {
			t.Errorf("%s: no error", bad)
		}
	}
}

func TestAddressesTakeTurns(t *testing.T) {
	ip := func(list string) (out []net.IPAddr) {
		for s := range strings.FieldsSeq(list) {
			out = append(out, net.IPAddr{IP: net.ParseIP(s)})
		}
		return out
	}
	for _, w := range []struct {
		in     string
		family int
		want   string
	}{
		{"::1 ::2 1.1.1.1 1.1.1.2 1.1.1.3", 0, "::1 1.1.1.1 ::2 1.1.1.2 1.1.1.3"},
		{"1.1.1.1 ::1", 0, "1.1.1.1 ::1"}, {"1.1.1.1 ::1", 6, "::1"}, {"1.1.1.1 ::1", 4, "1.1.1.1"}, {"::1", 4, ""},
	} {
		var got []string
		for _, a := range order(ip(w.in), w.family) {
			got = append(got, a.String())
		}
		if !slices.Equal(got, strings.Fields(w.want)) {
			t.Errorf("%s, family %d: got %v, want %s", w.in, w.family, got, w.want)
		}
	}
}

func TestOverrides(t *testing.T) {
	d := &dialer{settings: Settings{Resolve: []Override{
		{"a.test", "443", "127.0.0.1"}, {"a.test", "80", "[::1]"}, {"b.test", "", "c.test:81"}, {"", "9", "127.0.0.9:10"},
	}}}
	for _, w := range [][4]string{
		{"a.test", "443", "127.0.0.1", "443"}, {"A.test", "80", "::1", "80"}, {"b.test", "1", "c.test", "81"},
		{"x.test", "9", "127.0.0.9", "10"}, {"a.test", "81", "a.test", "81"},
	} {
		if h, p := d.override(w[0], w[1]); h != w[2] || p != w[3] {
			t.Errorf("%v: got %s %s", w, h, p)
		}
	}
}
