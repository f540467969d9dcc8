package lint

import (
	"net/http"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request"
	"culprit/request/lazyre"
)

func headerRules() []rule {
	return []rule{
		{"H1", 95, checkHeaderText}, {"H2", 50, checkSingle}, {"H3", 50, checkNoType}, {"H4", 60, checkType}, {"H5", 8, checkCharset}, {"H6", 80, checkMultipart},
		{"H7", 80, checkLength}, {"H8", 25, checkAccept}, {"H9", 10, checkAcceptEncoding}, {"H10", 20, checkUserAgent}, {"H11", 40, checkHost},
		{"H12", 50, checkVersionHeader}, {"H13", 30, checkMajority}, {"H21", 25, checkAkin}, {"H14", 60, checkHop}, {"H15", 30, checkHeaderSize}, {"H16", 8, checkBrowser},
		{"H17", 60, checkHeaderName}, {"H18", 5, checkForwarded}, {"H19", 90, checkDigest},
	}
}

// contentType is the media type as it goes out.
func (s *scan) contentType() string {
	if request.Has(s.r.Header, "Content-Type") {
		return request.Get(s.r.Header, "Content-Type")
	}
	return s.r.Body.Type
}

// media is the essence of the content type in lower case.
func (s *scan) media() string { return request.Essence(s.contentType()) }

const typeID diagnose.ElementID = "header:Content-Type"

func checkHeaderText(s *scan, r rule) {
	for _, h := range s.r.Header {
		id := diagnose.ID("header", http.CanonicalHeaderKey(h.Name))
		if strings.EqualFold(h.Name, "Authorization") && s.r.Auth.Scheme == "" {
			id = "auth"
		}
		name := strings.TrimSuffix(strings.TrimSpace(visible(h.Name)), ":")
		switch {
		case strings.HasPrefix(h.Name, ":"):
			continue // H14
		case !isToken(h.Name):
			var edits []diagnose.Edit
			if isToken(name) && id != "auth" {
				edits = append(edits, rename(id, name, .01))
			} else if before, after, ok := strings.Cut(h.Name, ":"); ok && isToken(before) && h.Value == "" && id != "auth" {
				edits = append(edits, rename(id, before, .01), set(id, strings.TrimSpace(after), .01))
			}
			s.hit(r, id, "invalid_header_characters", "There is a space, colon or other forbidden character in the name of a header.", edits...)
			s.fatal()
		case !printable(h.Value):
			clean := strings.Map(func(c rune) rune {
				if c < 0x20 && c != '\t' || c == 0x7f {
					return -1
				}
				return c
			}, h.Value)
			s.hit(r, id, "invalid_header_characters", "There is a line break or control character in the value of a header.", set(id, strings.TrimSpace(clean), .01))
			s.fatal()
		case hasInvisible(h.Value) && id != "auth":
			s.hit(r.at(80), id, "invalid_header_characters", "There is an invisible character in the value of a header.", set(id, strings.TrimSpace(visible(h.Value)), .01))
		case !ascii(h.Value) && id != "auth":
			s.hit(r.at(30), id, "invalid_header_characters", "There is a character that is not ASCII in the value of a header (RFC 9110 §5.5).")
		default:
			if v, was := unquoted(h.Value); was && !strings.EqualFold(h.Name, "If-Match") && !strings.EqualFold(h.Name, "If-None-Match") && !strings.EqualFold(h.Name, "If-Range") && !sensitive(h.Name) && !strings.ContainsAny(v, `"`) {
				s.hit(r.at(20), id, "invalid_request_header", "The whole value of a header stands in quotes.", set(id, v, .1))
			}
		}
	}
}

func checkSingle(s *scan, r rule) {
	single := []string{"Content-Type", "Content-Length", "Authorization", "Host"}
	sent := map[string][]string{}
	var names []string
	for _, h := range s.r.Header {
		name := http.CanonicalHeaderKey(h.Name)
		if sent[name] = append(sent[name], h.Value); len(sent[name]) == 2 {
			names = append(names, name)
		}
	}
	for _, name := range names {
		values := sent[name]
		if !slices.Contains(single, name) && (len(values) > 2 || values[0] != values[1] || listed.MatchString(name)) {
			continue
		}
		id := diagnose.ID("header", name+"#1")
		odds, text := r.odds, "A header that may be there once is there twice."
		if values[0] == values[1] {
			odds = 25
		}
		if !slices.Contains(single, name) {
			text = "The same header is there twice."
		}
		s.hit(r.at(odds), id, "invalid_request_header", text, remove(id, .05))
	}
}

// listed are fields that are lists, or are sent line by line: twice the same is odd, and allowed (RFC 9110 §5.3).
var listed = lazyre.New(`^(Accept.*|Cookie|Via|Forwarded|X-Forwarded-.*|Cache-Control|Prefer|Link|Vary|Te|Trailer|Upgrade|Connection|If-(None-)?Match|Warning|Pragma|User-Agent|Range|Expect|Allow|Content-(Encoding|Language)|Tracestate|Baggage)$`)

func checkNoType(s *scan, r rule) {
	switch {
	case s.hasBody() && s.contentType() == "" && s.r.Body.Kind == request.RawBody:
		t := sniff(s.r.Body.Text)
		odds := r.odds
		if t == "" {
			t, odds = "application/octet-stream", 10
		}
		s.hit(r.at(odds), typeID, "missing_request_header", "There is a body without a Content-Type.", set(typeID, t, .02))
	case !s.hasBody() && s.r.Body.Kind == request.NoBody && request.Has(s.r.Header, "Content-Type"):
		s.hit(r.at(4), typeID, "content_type_mismatch", "There is a Content-Type without a body.", weigh(remove(typeID, .02), 4))
	}
}

var (
	formLike = lazyre.New(`^[A-Za-z_][\w.\[\]-]*=[^&\s=]*(&[A-Za-z_][\w.\[\]%-]*=[^&\s]*)*$`)
	xmlLike  = lazyre.New(`^\s*(<\?xml|<[A-Za-z][\w:.-]*(\s[^<>]*)?>[\s\S]*</[A-Za-z][\w:.-]*>\s*$|<[A-Za-z][\w:.-]*(\s[^<>]*)?/>\s*$)`)
)

// sniff returns the media type that a body looks like, "" when it is just text.
func sniff(body string) string {
	t := strings.TrimSpace(strings.TrimPrefix(body, "\ufeff"))
	switch {
	case t == "":
		return ""
	case jsonLike(t):
		return "application/json"
	case xmlLike.MatchString(t):
		if strings.HasPrefix(strings.ToLower(t), "<!doctype html") || strings.HasPrefix(strings.ToLower(t), "<html") {
			return "text/html"
		}
		return "application/xml"
	case formLike.MatchString(t):
		return "application/x-www-form-urlencoded"
	}
	return ""
}

// jsonLike reports whether a text is an object or array, whole or nearly.
func jsonLike(t string) bool {
	if len(t) < 2 || t[0] != '{' && t[0] != '[' {
		return false
	}
	end := t[len(t)-1]
	return end == '}' || end == ']' || strings.Contains(t, `":`) || strings.Contains(t, `" :`)
}

func checkType(s *scan, r rule) {
	declared, looks := s.media(), ""
	if s.r.Body.Kind == request.RawBody {
		looks = sniff(s.r.Body.Text)
	}
	if declared == "" || looks == "" || s.r.Body.Text == "" {
		if declared != "" && s.hasBody() {
			s.checkTypeName(r)
		}
		return
	}
	isJSON := strings.HasSuffix(declared, "json") || strings.HasSuffix(declared, "+json")
	say := func(odds float64, text string) {
		s.hit(r.at(odds), typeID, "content_type_mismatch", text, set(typeID, looks, .02))
	}
	switch {
	case s.contradicts(declared, looks):
		say(r.odds, "The body is "+short(looks)+", the Content-Type says something else.")
	case looks == "application/json" && declared == "text/plain":
		odds := 30.0 // text may be what is meant
		if s.f.Status == 415 || s.f.Status == 400 || s.f.Status == 422 {
			odds = 60
		}
		say(odds, "The body is JSON, the Content-Type is text/plain.")
	case isJSON && looks == "application/json" && declared == "application/json" && ndjson(s.r.Body.Text):
		s.hit(r, typeID, "content_type_mismatch", "The body is one JSON document a line.", set(typeID, "application/x-ndjson", .1))
	case isJSON && looks != "application/json":
		say(r.odds, "The Content-Type says JSON, the body is "+short(looks)+".")
	default:
		s.checkTypeName(r)
	}
}

// contradicts reports whether a declared type and what the body looks like exclude each other.
func (s *scan) contradicts(declared, looks string) bool {
	family := func(m string) string {
		switch {
		case strings.Contains(m, "json"):
			return "json"
		case strings.HasSuffix(m, "xml"):
			return "xml"
		case m == "application/x-www-form-urlencoded" || m == "multipart/form-data" && s.r.Body.Kind == request.RawBody:
			return "form"
		case m == "text/csv", m == "text/html", m == "application/octet-stream":
			return m
		}
		return ""
	}
	d, l := family(declared), family(looks)
	if d == "" || l == "" || d == l || declared == "multipart/form-data" || declared == "text/csv" && l == "form" {
		return false
	}
	return !(d == "application/octet-stream") && !(d == "text/html" && l == "xml")
}

// ndjson reports whether a text is several documents, one a line.
func ndjson(text string) bool {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if len(lines) < 2 {
		return false
	}
	for _, l := range lines {
		l = strings.TrimSpace(l)
		if len(l) < 2 || l[0] != '{' || l[len(l)-1] != '}' {
			return false
		}
	}
	return true
}

func short(media string) string {
	return map[string]string{"application/json": "JSON", "application/xml": "XML", "text/html": "HTML", "application/x-www-form-urlencoded": "a URL-encoded form"}[media]
}

// mediaTypes are the types that requests are commonly sent with, for the spelling.
var mediaTypes = []string{"application/json", "application/xml", "text/xml", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
	"application/merge-patch+json", "application/json-patch+json", "application/vnd.api+json", "application/octet-stream", "text/csv", "application/graphql", "application/x-ndjson", "application/soap+xml", "application/problem+json"}

// checkTypeName sees a Content-Type that does not exist or is one slip away from one that does.
func (s *scan) checkTypeName(r rule) {
	m := s.media()
	for _, known := range mediaTypes {
		if m == known {
			return
		}
	}
	params := ""
	if i := strings.IndexByte(s.contentType(), ';'); i >= 0 {
		params = s.contentType()[i:]
	}
	if m == "json" || m == "text/json" || m == "application/x-json" || m == "application-json" || m == "application\\json" || m == "text/javascript" || m == "application/javascript" {
		s.hit(r, typeID, "content_type_mismatch", "JSON has the media type application/json.", set(typeID, "application/json"+params, .02))
		return
	}
	if near := habit.Nearest(m, mediaTypes); near != "" && habit.Distance(near, m) <= 2 {
		s.hit(r, typeID, "content_type_mismatch", "The media type is one slip away from "+near+".", set(typeID, near+params, .02))
	} else if !strings.Contains(m, "/") {
		s.hit(r, typeID, "content_type_mismatch", "The Content-Type is no media type.", set(typeID, cmpOr(sniff(s.r.Body.Text), "application/json"), .05))
	}
}
