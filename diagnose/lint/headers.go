package lint

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request"
	"culprit/request/lazyre"
)

var charset = lazyre.New(`(?i);\s*charset\s*=\s*"?([^";\s]*)"?`)

func checkCharset(s *scan, r rule) {
	t := s.contentType()
	m := charset.FindStringSubmatch(t)
	if m == nil {
		return
	}
	bare := strings.TrimSpace(charset.ReplaceAllString(t, ""))
	switch name := strings.ToLower(m[1]); {
	case name == "utf8" || name == "utf_8":
		s.hit(r.at(20), typeID, "unsupported_charset_or_encoding", "The charset is spelled utf-8.", set(typeID, strings.Replace(t, m[1], "utf-8", 1), .01), because(set(typeID, bare, .02), "without the charset"))
	case name != "utf-8":
		s.hit(r.at(30), typeID, "unsupported_charset_or_encoding", "The charset is not UTF-8.", set(typeID, bare, .05))
	case strings.HasSuffix(s.media(), "json"):
		odds := 4.0 // RFC 8259 defines no charset; nearly every server ignores it
		if s.f.Status == 415 {
			odds = 30
		}
		s.hit(r.at(odds), typeID, "unsupported_charset_or_encoding", "application/json has no charset parameter; some servers answer 415 to it.", set(typeID, bare, .02))
	}
}

var boundary = lazyre.New(`(?i);\s*boundary\s*=\s*"?([^";]+)"?`)

func checkMultipart(s *scan, r rule) {
	declared := request.Get(s.r.Header, "Content-Type")
	m := boundary.FindStringSubmatch(s.contentType())
	switch {
	case s.r.Body.Kind == request.MultipartBody && declared != "":
		text := "A Content-Type set by hand on a multipart body lacks the boundary that the client makes."
		odds := r.odds
		if m != nil {
			text, odds = "A boundary set by hand need not be the one in the body.", 60
		} else if !strings.HasPrefix(s.media(), "multipart/") {
			text = "The body is multipart, the Content-Type says something else."
		}
		s.hit(r.at(odds), typeID, "multipart_malformed", text, remove(typeID, .02))
	case s.r.Body.Kind == request.RawBody && strings.HasPrefix(s.media(), "multipart/"):
		found := bodyBoundary.FindStringSubmatch(s.r.Body.Text)
		switch {
		case found == nil && m == nil && s.r.Body.Text != "":
			s.hit(r, typeID, "multipart_malformed", "The Content-Type says multipart, the body has no parts.", set(typeID, cmpOr(sniff(s.r.Body.Text), "application/json"), .05))
		case found != nil && m == nil:
			s.hit(r, typeID, "multipart_malformed", "The Content-Type has no boundary.", set(typeID, s.media()+"; boundary="+found[1], .01))
		case found != nil && m != nil && m[1] != found[1]:
			s.hit(r, typeID, "multipart_malformed", "The boundary in the Content-Type is not the one in the body.", set(typeID, s.media()+"; boundary="+found[1], .01))
		case found != nil && m != nil && !strings.Contains(s.r.Body.Text, "--"+m[1]+"--"):
			s.hit(r, "body", "multipart_malformed", "The last boundary of the body is missing.", set("body", strings.TrimRight(s.r.Body.Text, "\r\n")+"\r\n--"+m[1]+"--\r\n", .02))
		}
	case s.r.Body.Kind == request.FormBody && declared != "" && s.media() != "application/x-www-form-urlencoded":
		s.hit(r.at(60), typeID, "content_type_mismatch", "The body is a form, the Content-Type says something else.", set(typeID, "application/x-www-form-urlencoded", .02))
	}
}

var bodyBoundary = lazyre.New(`^\s*--([^\r\n]+?)\r?\n`)

func checkLength(s *scan, r rule) {
	id := diagnose.ElementID("header:Content-Length")
	v := request.Get(s.r.Header, "Content-Length")
	if v == "" {
		return
	}
	n, err := strconv.Atoi(strings.TrimSpace(v))
	size := -1
	if s.r.Body.Kind == request.RawBody || s.r.Body.Kind == request.NoBody {
		size = len(s.r.Body.Text)
	}
	switch {
	case err != nil || size >= 0 && n != size:
		s.hit(r, id, "content_length_mismatch", "The Content-Length set by hand is not the size of the body.", remove(id, .01))
	case request.Has(s.r.Header, "Transfer-Encoding"):
		s.hit(r.at(60), id, "content_length_mismatch", "Content-Length and Transfer-Encoding exclude each other (RFC 9112 §6.1).", remove(id, .01))
	}
}

func checkAccept(s *scan, r rule) {
	e, ok := s.x.Get("header:Accept")
	if !ok || e.Default || e.Text == "" {
		return
	}
	anything := because(set("header:Accept", "*/*", .01), "accept any type")
	accept := strings.ToLower(e.Text)
	switch {
	case strings.Contains(accept, "*/*") || accept == "application/json":
	case s.f.Status == 406:
		s.hit(r.at(80), "header:Accept", "not_acceptable", "The server offers nothing that Accept allows.", anything)
	case !validAccept.MatchString(accept):
		s.hit(r.at(40), "header:Accept", "not_acceptable", "Accept is no list of media types.", set("header:Accept", "application/json", .05), anything)
	default:
		for part := range strings.SplitSeq(accept, ",") {
			m, _, _ := strings.Cut(part, ";")
			m = strings.TrimSpace(m)
			if near := habit.Nearest(m, mediaTypes); near != "" && !slices.Contains(mediaTypes, m) && habit.Distance(near, m) <= 2 {
				s.hit(r.at(60), "header:Accept", "not_acceptable", "A media type in Accept is one slip away from "+near+".", set("header:Accept", near, .02), anything)
				return
			}
		}
		if !strings.Contains(accept, "json") && !strings.Contains(accept, "*") && !strings.Contains(accept, "event-stream") {
			s.hit(r, "header:Accept", "not_acceptable", "Accept leaves out JSON and everything unnamed.", weigh(anything, 25))
		} else if strings.Contains(accept, "application/vnd.") && !strings.Contains(accept, ",") {
			s.hit(r.at(12), "header:Accept", "not_acceptable", "Accept names one type of a vendor or version only.", anything, weigh(set("header:Accept", "application/json", .02), 10))
		}
	}
}

var validAccept = lazyre.New(`^\s*[\w!#$&^.+*-]+/[\w!#$&^.+*-]+\s*(;[^,]*)?(,\s*[\w!#$&^.+*-]+/[\w!#$&^.+*-]+\s*(;[^,]*)?)*,?\s*$`)

func checkAcceptEncoding(s *scan, r rule) {
	e, ok := s.x.Get("header:Accept-Encoding")
	if !ok || e.Default {
		return
	}
	for part := range strings.SplitSeq(strings.ToLower(e.Text), ",") {
		name, _, _ := strings.Cut(part, ";")
		switch strings.TrimSpace(name) {
		case "gzip", "deflate", "br", "zstd", "identity", "*", "x-gzip", "compress", "":
		default:
			s.hit(r, "header:Accept-Encoding", "unsupported_charset_or_encoding", "Accept-Encoding names a coding that does not exist or that this client cannot decode.", set("header:Accept-Encoding", "gzip", .01))
			return
		}
	}
}

func checkUserAgent(s *scan, r rule) {
	if s.f.Status != 403 && s.f.Status != 429 {
		return
	}
	ua := request.Get(s.r.Header, "User-Agent")
	low := strings.ToLower(ua)
	for _, lib := range []string{"", "curl/", "python-", "go-http-client", "java/", "okhttp", "axios", "node-fetch", "wget", "libwww", "scrapy", "bot", "spider"} {
		if lib == "" && ua == "" || lib != "" && strings.Contains(low, lib) {
			s.hit(r, "header:User-Agent", "blocked_by_waf", "The User-Agent is absent or that of a library, which firewalls refuse.", set("header:User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", .02))
			return
		}
	}
}

func checkHost(s *scan, r rule) {
	e, ok := s.x.Get("header:Host")
	if !ok || s.u.Host == "" || within.MatchString(e.Text) {
		return
	}
	h, _, _ := strings.Cut(e.Text, ":")
	if !strings.EqualFold(e.Text, s.host()) && !strings.EqualFold(h, s.u.Host) {
		odds := r.odds
		if s.local() || ipLike.MatchString(s.u.Host) {
			odds = 5 // a name sent to an address: how one tests a virtual host
		}
		s.hit(r.at(odds), "header:Host", "host_header_mismatch", "The Host header is not the host of the URL.", remove("header:Host", .05))
	}
}

var ipLike = lazyre.New(`^[0-9.]+$|^\[`)

// checkVersionHeader and checkMajority are H12 and H13: what the other requests to this host send.
func checkVersionHeader(s *scan, r rule) {
	s.majority(func(name, value string) {
		if strings.Contains(strings.ToLower(name), "version") {
			id := diagnose.ID("header", name)
			s.hit(r, id, "missing_request_header", "The other requests to this host send "+name+", this one does not.", add(id, value, .02))
		}
	})
}

func checkMajority(s *scan, r rule) {
	s.majority(func(name, value string) {
		if strings.Contains(strings.ToLower(name), "version") || name == "Content-Type" && !s.hasBody() || name == "Idempotency-Key" || name == "Content-Length" {
			return
		}
		odds := r.odds
		if name == "Accept" || name == "User-Agent" || name == "Accept-Encoding" || name == "Accept-Language" {
			odds = 4
		}
		id := diagnose.ID("header", name)
		e := add(id, value, .02)
		e.Source = "sibling"
		cause := diagnose.CauseID("missing_request_header")
		if sensitive(name) {
			cause = "missing_credentials"
		}
		s.hit(r.at(odds), id, cause, "The other requests to this host send "+name+", this one does not.", e)
	})
}

// majority calls f for each header that at least 70 % of two or more siblings of the same origin send and this
// request does not, in alphabetical order.
func (s *scan) majority(f func(name, value string)) {
	counts, values, all := map[string]int{}, map[string]string{}, 0
	for _, x := range s.same {
		if !sameOrigin(x, s.x) {
			continue
		}
		all++
		seen := map[string]bool{}
		for _, h := range x.Request.Header {
			name := http.CanonicalHeaderKey(h.Name)
			if !seen[name] && !h.Default {
				seen[name] = true
				counts[name]++
				values[name] = h.Value
			}
		}
	}
	var names []string
	for name, n := range counts {
		if all >= 2 && n*10 >= all*7 && !request.Has(s.r.Header, name) && name != "Authorization" && name != "Cookie" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		f(name, values[name])
	}
}
