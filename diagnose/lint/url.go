package lint

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

func urlRules() []rule {
	return []rule{
		{"U1", 95, checkURLScheme}, {"U2", 80, checkURLEdges}, {"U3", 70, checkURLRaw}, {"U4", 40, checkDoubleEncoding}, {"U5", 60, checkPercent},
		{"U6", 30, checkPlus}, {"U7", 40, checkSlashes}, {"U8", 12, checkTrailingSlash}, {"U9", 15, checkPathCase}, {"U10", 90, checkPathVariables},
		{"U11", 40, checkPorts}, {"U12", 40, checkLocalNames}, {"U13", 30, checkFragment}, {"U14", 10, checkUserinfo}, {"U15", 20, checkRepeated}, {"U15", 20, checkListStyle},
		{"U16", 40, checkURLLength}, {"U17", 15, checkVersion}, {"U18", 25, checkDocsHost}, {"U19", 5, checkHostName}, {"U21", 1, checkURLSecret}, {"U22", 40, checkPathSlip},
		{"U23", 20, checkEncodedSlash},
	}
}

// hostOnly is a host with an optional port, at the start of a URL that has no scheme.
var hostOnly = lazyre.New(`^(localhost|\[[0-9a-fA-F:.]+\]|[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)(:[0-9]+)?([/?#]|$)`)

func checkURLScheme(s *scan, r rule) {
	raw := strings.TrimSpace(visible(s.r.URL))
	if q, ok := unquoted(raw); ok {
		raw = q
	}
	u := element.SplitURL(raw)
	switch scheme := strings.ToLower(u.Scheme); {
	case raw == "":
		s.hit(r, "url", "malformed_url", "There is no URL.")
		s.fatal()
	case scheme == "http" || scheme == "https":
		if u.Host == "" {
			s.hit(r, "url.host", "malformed_url", "The URL has no host.")
			s.fatal()
		}
		return
	case within.MatchString(raw) || strings.HasPrefix(raw, "$"):
		s.hit(r, "url", "unresolved_variable", "The URL begins with a variable that was not filled in.")
		s.fatal()
	case u.Scheme != "":
		s.hit(r, "url.scheme", "missing_url_scheme", "The URL's scheme does not exist in HTTP.", s.schemes(raw[len(u.Scheme)+3:], cmpOr(habit.Nearest(scheme, []string{"https", "http"}), schemeFor(u.Host)))...)
		s.fatal()
	default:
		rest := strings.TrimLeft(regexp.MustCompile(`(?i)^https?:*/*`).ReplaceAllString(raw, ""), "/:")
		if hostOnly.MatchString(raw) {
			rest = raw
		}
		if hostOnly.MatchString(rest) {
			s.hit(r, "url.scheme", "missing_url_scheme", "The URL has no scheme such as https://.", s.schemes(rest, schemeFor(element.SplitURL("x://"+rest).Host))...)
		} else {
			s.hit(r, "url", "malformed_url", "The URL has no scheme and no host.")
		}
		s.fatal()
	}
}

// schemes are the repairs of a URL whose rest is right: the likelier scheme first.
func (s *scan) schemes(rest, first string) []diagnose.Edit {
	other := "http"
	if first == "http" {
		other = "https"
	}
	return []diagnose.Edit{set("url", first+"://"+rest, .05), weigh(set("url", other+"://"+rest, .05), 40)}
}

// schemeFor guesses the scheme of a host: clear text on this machine and in private networks.
func schemeFor(host string) string {
	if host == "localhost" || strings.HasPrefix(host, "127.") || strings.HasPrefix(host, "[") || strings.HasPrefix(host, "192.168.") || strings.HasPrefix(host, "10.") {
		return "http"
	}
	return "https"
}

func checkURLEdges(s *scan, r rule) {
	raw := s.r.URL
	clean := strings.TrimSpace(visible(raw))
	text := "There is white space or an invisible character in the URL."
	if q, ok := unquoted(clean); ok {
		clean, text = q, "The URL stands in quotes."
	} else if strings.HasPrefix(clean, "<") && strings.HasSuffix(clean, ">") && unresolved(clean) == "" {
		clean, text = clean[1:len(clean)-1], "The URL stands in angle brackets."
	}
	clean = strings.NewReplacer("\n", "", "\r", "", "\t", "").Replace(clean)
	if clean != raw && clean != "" {
		s.hit(r, "url", "malformed_url", text, set("url", clean, .01))
	}
}

func checkURLRaw(s *scan, r rule) {
	if strings.ContainsAny(s.u.Path, " \"<>\\^`{|}") || !ascii(s.u.Path) {
		if fixed := encodeRaw(strings.ReplaceAll(s.u.Path, `\`, "/"), false); !within.MatchString(s.u.Path) && !pathVariable.MatchString(s.u.Path) {
			odds := r.odds
			if !strings.ContainsAny(s.u.Path, " \"<>\\") {
				odds = 30 // clients encode these by themselves
			}
			s.hit(r.at(odds), "url.path", "url_encoding", "There is a character in the path that must be percent-encoded.", set("url.path", fixed, .02))
		}
	}
	if s.u.Query == "" || within.MatchString(s.u.Query) {
		return
	}
	switch fixed := encodeRaw(s.u.Query, true); {
	case strings.ContainsAny(s.u.Query, " \"<>"):
		s.hit(r, s.pairWith(" \"<>"), "url_encoding", "There is a character in the query that must be percent-encoded.", s.pairFix(" \"<>", fixed))
	case !ascii(s.u.Query):
		s.hit(r.at(30), "url.query", "url_encoding", "There is a character in the query that is not ASCII and not percent-encoded.", set("url.query", fixed, .02))
	}
}

// pairWith returns the first parameter of the query that has one of chars, "url.query" when none has.
func (s *scan) pairWith(chars string) diagnose.ElementID {
	var found diagnose.ElementID
	s.pairs(func(id diagnose.ElementID, raw, _ string) {
		if found == "" && strings.ContainsAny(raw, chars) {
			found = id
		}
	})
	return cmp.Or(found, "url.query")
}

// pairFix repairs one parameter when only one is at fault, else the whole query.
func (s *scan) pairFix(chars, fixed string) diagnose.Edit {
	n := 0
	var edit diagnose.Edit
	s.pairs(func(id diagnose.ElementID, raw, value string) {
		if strings.ContainsAny(raw, chars) {
			n++
			edit = set(id, value, .02)
		}
	})
	if n == 1 {
		return edit
	}
	return set("url.query", fixed, .02)
}

// pairs calls f for each name=value of the query, as written and with its value decoded.
func (s *scan) pairs(f func(id diagnose.ElementID, raw, value string)) {
	if s.u.Query == "" {
		return
	}
	i := 0
	var ids []diagnose.Element
	for _, e := range s.x.Elements {
		if e.Group == "query" {
			ids = append(ids, e)
		}
	}
	for raw := range strings.SplitSeq(s.u.Query, "&") {
		if i < len(ids) {
			f(ids[i].ID, raw, ids[i].Text)
		}
		i++
	}
}

// encodeRaw percent-encodes what RFC 3986 does not allow and leaves the rest as it is.
func encodeRaw(v string, query bool) string {
	var b strings.Builder
	for i := range len(v) {
		c := v[i]
		switch {
		case c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0:
			if query && strings.IndexByte("{|}", c) >= 0 {
				b.WriteByte(c)
				continue
			}
			const digits = "0123456789ABCDEF"
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

var (
	doubleEncoded = lazyre.New(`%25[0-9A-Fa-f]{2}`)
	badPercent    = lazyre.New(`%($|[^0-9A-Fa-f]|[0-9A-Fa-f]($|[^0-9A-Fa-f]))`)
)

func checkDoubleEncoding(s *scan, r rule) {
	if doubleEncoded.MatchString(s.u.Path) {
		s.hit(r, "url.path", "url_encoding", "The path is percent-encoded twice.", set("url.path", strings.ReplaceAll(s.u.Path, "%25", "%"), .1))
	}
	s.pairs(func(id diagnose.ElementID, raw, value string) {
		if !doubleEncoded.MatchString(raw) {
			return
		}
		if once, err := url.PathUnescape(value); err == nil && once != value {
			s.hit(r, id, "url_encoding", "The value is percent-encoded twice.", set(id, once, .1))
		}
	})
}

// checkEncodedSlash is U23: a slash in the path that is percent-encoded. It is one of the name that it stands in (RFC 3986
// §2.2), which some APIs want; many servers refuse it before anybody reads it, with a 400 (lighttpd, Tomcat) or a 404
// (Apache's AllowEncodedSlashes). A write is not sent to the path that comes of it: that may be another operation.
func checkEncodedSlash(s *scan, r rule) {
	if s.f.Status != 400 && s.f.Status != 404 || !s.r.Safe() {
		return
	}
	if plain := strings.NewReplacer("%2F", "/", "%2f", "/").Replace(s.u.Path); plain != s.u.Path && !strings.Contains(plain, "//") {
		s.hit(r, "url.path", "url_encoding", "A slash in the path is percent-encoded; many servers refuse that.", set("url.path", plain, .1))
	}
}

func checkPercent(s *scan, r rule) {
	fix := func(v string) string {
		return badPercent.ReplaceAllStringFunc(v, func(m string) string { return "%25" + m[1:] })
	}
	if badPercent.MatchString(s.u.Path) && !within.MatchString(s.u.Path) {
		s.hit(r, "url.path", "url_encoding", "A percent sign in the path is not followed by two hexadecimal digits.", set("url.path", fix(s.u.Path), .02))
	}
	s.pairs(func(id diagnose.ElementID, raw, value string) {
		if badPercent.MatchString(raw) {
			_, v, _ := strings.Cut(raw, "=")
			if plain, err := url.QueryUnescape(fix(v)); err == nil {
				value = plain
			}
			s.hit(r, id, "url_encoding", "A percent sign is not followed by two hexadecimal digits.", set(id, value, .02))
		}
	})
}

var (
	plusMeant = lazyre.New(`^\+[0-9]{6,}$|^[^\s@]+\+[^\s@]+@[^\s@]+\.[^\s@]+$|\+[0-9]{2}:?[0-9]{2}$`)
	base64ish = lazyre.New(`^[A-Za-z0-9+/]{20,}={1,2}$`)
)

func checkPlus(s *scan, r rule) {
	s.pairs(func(id diagnose.ElementID, raw, _ string) {
		_, v, _ := strings.Cut(raw, "=")
		if !strings.Contains(v, "+") {
			return
		}
		plain, err := url.PathUnescape(v)
		if err == nil && (plusMeant.MatchString(plain) || base64ish.MatchString(plain)) {
			s.hit(r.at(60), id, "url_encoding", "The plus sign in this value arrives as a space.", set(id, plain, .02))
		} else if err == nil {
			s.hit(r.at(4), id, "url_encoding", "A plus sign stands for a space here; not every server reads it so.", weigh(set(id, strings.ReplaceAll(plain, "+", " "), .05), 4))
		}
	})
}

// segments returns the parts of the path between slashes.
func (s *scan) segments() []string {
	p := strings.Trim(s.u.Path, "/")
	if p == "" {
		return nil
	}
	return strings.Split(p, "/")
}

// siblingPaths are the parts of the paths of the other requests to this host.
func (s *scan) siblingPaths() [][]string {
	var out [][]string
	for _, x := range s.same {
		u := element.SplitURL(x.Request.URL)
		if p := strings.Split(strings.Trim(u.Path, "/"), "/"); p[0] != "" && !slices.Equal(p, s.segments()) {
			out = append(out, p)
		}
	}
	return out
}
