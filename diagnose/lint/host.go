package lint

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request/lazyre"
)

func itoa(n int) string { return strconv.Itoa(n) }

func pathOf(x *element.Index) string {
	e, _ := x.Get("url.path")
	return e.Text
}

// checkPorts is U11: ports whose protocol is settled by custom, 8080 and 8443 less firmly.
func checkPorts(s *scan, r rule) {
	scheme := strings.ToLower(s.u.Scheme)
	say := func(odds float64, to, text string) {
		s.hit(r.at(odds), "url.scheme", "scheme_mismatch", text, set("url.scheme", to, .1))
	}
	switch {
	case scheme == "http" && s.u.Port == "443":
		say(r.odds, "https", "Port 443 speaks TLS, the scheme is http.")
	case scheme == "https" && s.u.Port == "80":
		say(r.odds, "http", "Port 80 speaks clear text, the scheme is https.")
	case scheme == "http" && s.u.Port == "8443":
		say(25, "https", "Port 8443 usually speaks TLS, the scheme is http.")
	case scheme == "https" && (s.u.Port == "8080" || s.u.Port == "3000" || s.u.Port == "8000" || s.u.Port == "5000") && s.private():
		say(25, "http", "A development port usually speaks clear text, the scheme is https.")
	}
	if s.u.Port != "" {
		if n, err := strconv.Atoi(s.u.Port); (err != nil || n < 1 || n > 65535) && !gluedPort.MatchString(s.u.Port) && !within.MatchString(s.u.Port) {
			s.hit(r.at(95), "url.port", "malformed_url", "The port is no number from 1 to 65535.")
			s.fatal()
		}
	}
	for _, x := range s.same {
		if v, ok := x.Get("url.scheme"); ok && v.Text == "https" && scheme == "http" && s.u.Port == "" {
			say(r.odds, "https", "The other requests to this host use https.")
			return
		}
	}
}

// private reports whether the host is of this machine or of a private network.
func (s *scan) private() bool {
	return s.local() || privateHost.MatchString(s.u.Host)
}

var privateHost = lazyre.New(`^(10\.|192\.168\.|172\.(1[6-9]|2[0-9]|3[01])\.|169\.254\.)|\.(local|internal|lan|corp|home|intranet)$`)

// checkLocalNames is U12 without the dialling, which the connectivity step does.
func checkLocalNames(s *scan, r rule) {
	switch h := strings.ToLower(s.u.Host); {
	case h == "0.0.0.0" || h == "[::]":
		s.hit(r, "url.host", "wrong_host_or_environment", "0.0.0.0 is an address to listen on, not one to connect to.", set("url.host", "127.0.0.1", .05))
	case h == "host.docker.internal":
		s.hit(r.at(20), "url.host", "wrong_host_or_environment", "host.docker.internal exists only inside containers.", set("url.host", "localhost", .2))
	case h != "" && h != "localhost" && !strings.ContainsAny(h, ".:{}[]$<>%"):
		s.hit(r.at(15), "url.host", "wrong_host_or_environment", "The host is a bare name, which exists only in a network of its own (containers, a company).")
	case h == "localhost":
		s.hit(r.at(3), "url.host", "ip_family_mismatch", "localhost has two addresses; a server may listen on one.", weigh(set("url.host", "127.0.0.1", .1), 3))
	}
}

func checkFragment(s *scan, r rule) {
	if s.u.Fragment == "" {
		return
	}
	odds := 3.0
	if strings.ContainsAny(s.u.Fragment, "=?&") {
		odds = r.odds
	}
	fixed := strings.Replace(s.r.URL, "#", "%23", 1)
	s.hit(r.at(odds), "url.fragment", "url_encoding", "What follows # is never sent.", set("url", fixed, .2))
}

func checkUserinfo(s *scan, r rule) {
	if s.u.User == "" {
		return
	}
	s.hit(r, "url.host", "malformed_authorization", "There are credentials or an @ in the URL before the host; not every client sends them on.")
}

// checkRepeated is U15: one parameter in two styles, or twice with different values.
func checkRepeated(s *scan, r rule) {
	values := map[string][]string{}
	var names []string
	s.pairs(func(id diagnose.ElementID, _, value string) {
		name := paramOf(id)
		if values[name] == nil {
			names = append(names, name)
		}
		values[name] = append(values[name], value)
	})
	for _, name := range names {
		if bare, ok := strings.CutSuffix(name, "[]"); ok && values[bare] != nil {
			s.hit(r, diagnose.ID("query", bare), "invalid_request_parameter", "A list parameter is written in two styles.", rename(diagnose.ID("query", bare), name, .1))
		}
		if v := values[name]; len(v) > 1 && single[strings.ToLower(name)] {
			second := diagnose.ID("query", name+"#1")
			s.hit(r, second, "invalid_request_parameter", "A parameter that has one value is there twice.", remove(second, .1))
		}
		if name == "" && len(values[name]) > 0 {
			s.hit(r.at(8), "query:", "invalid_request_parameter", "There is an empty parameter in the query.", remove("query:", .02))
		}
	}
}

// single are parameters that nobody repeats.
var single = map[string]bool{"limit": true, "offset": true, "page": true, "per_page": true, "page_size": true, "pagesize": true, "cursor": true, "api_key": true, "access_token": true, "format": true, "callback": true}

// The lengths that common servers allow for a request line (8 KiB: nginx, Apache) and old proxies do (2 000).
const (
	longURL  = 8000
	stiffURL = 2000
)

func checkURLLength(s *scan, r rule) {
	switch n := len(s.r.URL); {
	case n > longURL:
		s.hit(r, "url.query", "uri_too_long", "The URL is longer than the 8 000 bytes that most servers allow.")
	case n > stiffURL:
		s.hit(r.at(5), "url.query", "uri_too_long", "The URL is longer than 2 000 bytes; some proxies cut or refuse it.")
	}
}

var docsHost = lazyre.New(`^(docs?|developers?|portal|console|dashboard|app|help|support|status|swagger|redoc)\.`)

func checkDocsHost(s *scan, r rule) {
	h := strings.ToLower(s.u.Host)
	if m := docsHost.FindString(h); m != "" && m != "app." {
		s.hit(r, "url.host", "wrong_host_or_environment", "The host looks like one for documentation or people, not like the API's.", set("url.host", "api."+h[len(m):], .5))
	}
	seg := s.segments()
	for i, w := range seg {
		if w == "docs" || w == "swagger-ui" || w == "swagger" || w == "redoc" {
			s.hit(r.at(8), diagnose.SegmentID(i), "wrong_path", "A part of the path is that of a documentation page.")
		}
	}
}

// checkHostName is U19, and U20 as far as the name alone tells.
func checkHostName(s *scan, r rule) {
	h := s.u.Host
	switch {
	case strings.HasSuffix(h, ".") && h != ".":
		s.hit(r, "url.host", "host_header_mismatch", "The host ends with a dot, which goes into Host and SNI.", set("url.host", strings.TrimRight(h, "."), .01))
	case strings.ContainsAny(h, " _,;!*'()") && !within.MatchString(h):
		odds := 60.0
		if !strings.ContainsAny(h, " ,;!*'()") {
			odds = 5 // an underscore is refused by some, resolved by most
		}
		s.hit(r.at(odds), "url.host", "malformed_url", "There is a character in the host that no host name has.")
	case strings.Contains(h, ".."):
		s.hit(r.at(90), "url.host", "malformed_url", "There are two dots in a row in the host.", set("url.host", regexp.MustCompile(`\.{2,}`).ReplaceAllString(h, "."), .01))
	case !ascii(h):
		s.hit(r, "url.host", "dns_name_not_found", "The host is not ASCII; it goes out in Punycode.")
	}
	for _, typo := range tldSlips {
		if strings.HasSuffix(strings.ToLower(h), typo[0]) {
			s.hit(r.at(25), "url.host", "dns_name_not_found", "The end of the host name looks misspelled.", set("url.host", h[:len(h)-len(typo[0])]+typo[1], .1))
		}
	}
}

// tldSlips are endings that do not exist (IANA root zone) and what was meant.
var tldSlips = [][2]string{{".con", ".com"}, {".cmo", ".com"}, {".ocm", ".com"}, {".comm", ".com"}, {".ogr", ".org"}, {".nte", ".net"}, {".locl", ".local"}}

// checkURLSecret is U21: only a word of warning, no suspicion.
func checkURLSecret(s *scan, r rule) {
	for _, e := range s.x.Elements {
		if e.Group == "query" && sensitive(e.ID.Name()) && e.Text != "" {
			s.hit(r, e.ID, "credentials_in_wrong_place", "There is a credential in the query, where logs keep it.")
		}
	}
}

// host returns the host and port as a Host header has them.
func (s *scan) host() string {
	u, err := url.Parse(s.r.URL)
	if err != nil {
		return s.u.Host
	}
	return u.Host
}
