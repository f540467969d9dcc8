package curl

import (
	"net/url"
	"strings"

	"culprit/request"
)

func (s *state) giveNet(g given) bool {
	set := &s.settings
	switch g.name {
	case "ipv4", "ipv6":
		set.IPFamily = map[string]int{"ipv4": 4, "ipv6": 6}[g.name]
	case "http1.0":
		set.HTTPVersion = ""
		s.note(Changed, g, "HTTP/1.0 is not spoken here; HTTP/1.1 is sent")
	case "http1.1", "http2", "http2-prior-knowledge":
		set.HTTPVersion = strings.TrimPrefix(g.name, "http")
	case "unix-socket":
		set.UnixSocket = g.value
	case "proxy", "socks5", "socks5-hostname":
		s.proxy(g)
	case "proxytunnel": // see tunnel
	case "noproxy":
		set.Proxy.NoProxy = g.value
	case "resolve":
		s.resolve(g)
	case "connect-to":
		f := hostFields(g.value)
		if len(f) != 4 {
			s.note(Unsupported, g, "it needs HOST1:PORT1:HOST2:PORT2")
			break
		}
		to := f[2]
		if f[3] != "" {
			to += ":" + f[3]
		}
		if to != "" {
			set.Resolve = append(set.Resolve, request.Override{Host: f[0], Port: f[1], To: to})
		}
	default:
		return false
	}
	return true
}

// resolve takes HOST:PORT:ADDRESS[,ADDRESS]; a + before it only limits how long curl believes it.
func (s *state) resolve(g given) {
	f := hostFields(strings.TrimPrefix(g.value, "+"))
	if strings.HasPrefix(g.value, "-") || len(f) < 3 {
		s.note(Unsupported, g, "it needs HOST:PORT:ADDRESS")
		return
	}
	if f[0] == "*" {
		f[0] = ""
	}
	to := strings.Join(f[2:], ":") // an IPv6 address may stand without brackets
	for address := range strings.SplitSeq(to, ",") {
		if strings.Contains(address, ":") && !strings.HasPrefix(address, "[") {
			address = "[" + address + "]"
		}
		s.settings.Resolve = append(s.settings.Resolve, request.Override{Host: f[0], Port: f[1], To: address})
	}
}

// hostFields splits at colons that do not stand in brackets.
func hostFields(v string) []string {
	var fields []string
	start, depth := 0, 0
	for i := range len(v) {
		switch v[i] {
		case '[':
			depth++
		case ']':
			depth--
		case ':':
			if depth <= 0 {
				fields = append(fields, v[start:i])
				start = i + 1
			}
		}
	}
	return append(fields, v[start:])
}

// proxy takes a proxy's URL; without a scheme it is http, "" means none at all.
func (s *state) proxy(g given) {
	v := g.value
	switch {
	case g.name == "socks5":
		v = "socks5://" + v
	case g.name == "socks5-hostname":
		v = "socks5h://" + v
	case v == "":
		v = "direct"
	case !strings.Contains(v, "://"):
		v = "http://" + v
	}
	scheme, rest, _ := strings.Cut(v, "://")
	switch scheme {
	case "direct", "http", "https", "socks5", "socks5h":
	default:
		s.note(Unsupported, g, "only http, https, socks5 and socks5h proxies are known")
		return
	}
	if scheme == "http" {
		if u, err := url.Parse(v); err == nil && u.Port() == "" && u.Host != "" {
			v = scheme + "://" + strings.Replace(rest, u.Host, u.Host+":1080", 1) // curl's default port of a proxy
		}
	}
	s.settings.Proxy.URL = v
}

// finishProxy adds --proxy-user, and takes --noproxy '*' for no proxy at all.
func (s *state) finishProxy() {
	p := &s.settings.Proxy
	if p.NoProxy == "*" {
		p.URL, p.NoProxy = "direct", ""
	}
	if s.proxyUser == "" || p.URL == "" || p.URL == "direct" {
		return
	}
	if u, err := url.Parse(p.URL); err == nil {
		name, password, _ := strings.Cut(s.proxyUser, ":")
		u.User = url.UserPassword(name, password)
		p.URL = u.String()
	}
}

// tunnel refuses --proxytunnel where it makes another request: for http, CONNECT is asked of a proxy that would else be
// given the request itself, and no such request is sent here. Of https nothing else is ever asked.
func (s *state) tunnel(r request.Request) error {
	g, given := s.seen["proxytunnel"]
	if !given || !g.on || !strings.HasPrefix(strings.ToLower(r.URL), "http://") {
		return nil
	}
	switch scheme, _, _ := strings.Cut(r.Settings.Proxy.URL, "://"); scheme {
	case "http", "https":
		return &Error{g.at, g.text + " asks the proxy for a tunnel (CONNECT) to an http server; culprit sends no such request, and without the tunnel it would be another one. Leave it out to send it through the proxy as usual"}
	case "":
		s.note(Unsupported, g, "where the environment names a proxy, an http server is asked through it without a tunnel (CONNECT)")
	}
	return nil
}

func (s *state) giveTLS(g given) bool {
	t := &s.settings.TLS
	switch g.name {
	case "insecure":
		t.Insecure = g.on
	case "cacert":
		t.CAFile = g.value
	case "cert":
		file, password := certificate(g.value)
		t.CertFile = file
		if password {
			s.note(Unsupported, g, "a key behind a password is not opened: decrypt it first")
		}
	case "key":
		t.KeyFile = g.value
	case "cert-type", "key-type":
		if !strings.EqualFold(g.value, "PEM") {
			s.note(Unsupported, g, "certificates and keys are read as PEM only")
		}
	case "tlsv1", "tlsv1.0", "tlsv1.1", "tlsv1.2", "tlsv1.3":
		t.MinVersion = strings.TrimPrefix(g.name, "tlsv")
		if g.name == "tlsv1" {
			t.MinVersion = "1.0"
		}
	case "tls-max":
		if g.value != "default" {
			t.MaxVersion = g.value
		}
	default:
		return false
	}
	return true
}

// certificate splits FILE:PASSWORD at the first colon that has no backslash before it; a drive letter's colon
// is none either.
func certificate(v string) (file string, password bool) {
	var b strings.Builder
	for i := 0; i < len(v); i++ {
		switch {
		case v[i] == '\\' && i+1 < len(v) && (v[i+1] == '\\' || v[i+1] == ':'):
			i++
			b.WriteByte(v[i])
		case v[i] == ':' && !(i == 1 && len(v) > 2 && (v[2] == '\\' || v[2] == '/')):
			return b.String(), true
		default:
			b.WriteByte(v[i])
		}
	}
	return b.String(), false
}
