package element

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/request"
)

// A URL is a URL's text in parts, none of them decoded: it can hold what net/url refuses to parse.
type URL struct {
	Scheme, User, Host, Port, Path, Query, Fragment string
	question, hash                                  bool // "?" or "#" was there, even with nothing after it
}

// SplitURL parts a URL as RFC 3986 appendix B does, without judging it.
func SplitURL(s string) URL {
	var u URL
	s, u.Fragment, u.hash = strings.Cut(s, "#")
	s, u.Query, u.question = strings.Cut(s, "?")
	if scheme, rest, ok := strings.Cut(s, "://"); ok {
		u.Scheme, s = scheme, rest
	} else {
		u.Path = s
		return u
	}
	authority := s
	if i := strings.IndexByte(s, '/'); i >= 0 {
		authority, u.Path = s[:i], s[i:]
	}
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		u.User, authority = authority[:i], authority[i+1:]
	}
	u.Host = authority
	if i := strings.LastIndexByte(authority, ':'); i >= 0 && i > strings.LastIndexByte(authority, ']') {
		u.Host, u.Port = authority[:i], authority[i+1:]
	}
	return u
}

// String puts the parts together again.
func (u URL) String() string {
	var b strings.Builder
	if u.Scheme != "" {
		b.WriteString(u.Scheme + "://")
		if u.User != "" {
			b.WriteString(u.User + "@")
		}
		b.WriteString(u.Host)
		if u.Port != "" {
			b.WriteString(":" + u.Port)
		}
	}
	b.WriteString(u.Path)
	if u.question || u.Query != "" {
		b.WriteString("?" + u.Query)
	}
	if u.hash || u.Fragment != "" {
		b.WriteString("#" + u.Fragment)
	}
	return b.String()
}

// Reached is the port that is connected to: the one that is written, else that of the scheme.
func (u URL) Reached() string {
	switch {
	case u.Port != "":
		return u.Port
	case strings.EqualFold(u.Scheme, "https"):
		return "443"
	}
	return "80"
}

// Loopback reports whether a host of a URL is this machine: a loopback address, or a name for one (RFC 6761 §6.3).
func Loopback(host string) bool {
	host = strings.Trim(host, "[]")
	a, err := netip.ParseAddr(host)
	return err == nil && a.IsLoopback() || host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// SameOrigin compares scheme, host and port (RFC 9110 §4.3.1).
func (u URL) SameOrigin(v URL) bool {
	return strings.EqualFold(u.Scheme, v.Scheme) && strings.EqualFold(u.Host, v.Host) && u.Reached() == v.Reached()
}

func (u URL) segments() []string {
	if len(u.Path) < 2 {
		return nil
	}
	return strings.Split(u.Path[1:], "/")
}

// A pair is one name=value of a query or a form, as written.
type pair struct{ raw string }

func splitPairs(s string) []pair {
	if s == "" {
		return nil
	}
	var pairs []pair
	for _, raw := range strings.Split(s, "&") {
		pairs = append(pairs, pair{raw})
	}
	return pairs
}

func joinPairs(pairs []pair) string {
	raw := make([]string, len(pairs))
	for i, p := range pairs {
		raw[i] = p.raw
	}
	return strings.Join(raw, "&")
}

func (p pair) name() string { n, _, _ := strings.Cut(p.raw, "="); return decode(n) }

func (p pair) value() string { _, v, _ := strings.Cut(p.raw, "="); return decode(v) }

// withValue keeps the name as it was written, and what stood in the value as it is: ids=1,2 has its comma still.
func (p pair) withValue(v string) pair {
	n, was, _ := strings.Cut(p.raw, "=")
	v = Encode(v)
	for _, plain := range []string{",", "/", ":", "@", ";", "!", "$", "*", "(", ")", "'"} {
		if strings.Contains(was, plain) {
			v = strings.ReplaceAll(v, url.QueryEscape(plain), plain)
		}
	}
	return pair{n + "=" + v}
}

func (p pair) withName(n string) pair {
	if _, v, ok := strings.Cut(p.raw, "="); ok {
		return pair{Encode(n) + "=" + v}
	}
	return pair{Encode(n)}
}

func decode(s string) string {
	if d, err := url.QueryUnescape(s); err == nil {
		return d
	}
	return s
}

// Encode percent-encodes a query or form value; a space becomes %20, which every reader understands.
func Encode(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

func splitCookies(header string) []request.Field {
	var cookies []request.Field
	for _, c := range strings.Split(header, ";") {
		if n, v, ok := strings.Cut(strings.TrimSpace(c), "="); ok {
			cookies = append(cookies, request.Field{Name: n, Value: v})
		}
	}
	return cookies
}

func joinCookies(cookies []request.Field) string {
	parts := make([]string, len(cookies))
	for i, c := range cookies {
		parts[i] = c.Name + "=" + c.Value
	}
	return strings.Join(parts, "; ")
}

// A counter numbers repeated ids: the second "query:tag" is "query:tag#1".
type counter map[string]int

func (c counter) id(id string) string {
	n := c[id]
	c[id]++
	if n == 0 {
		return id
	}
	return id + "#" + strconv.Itoa(n)
}

// parse parts an id into its kind, name and number: "query:tag#1" is query, tag, 1.
func parse(id diagnose.ElementID) (kind, name string, n int) {
	id, n = id.Numbered()
	kind, name, _ = id.Cut()
	return kind, name, n
}
