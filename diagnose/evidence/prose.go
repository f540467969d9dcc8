package evidence

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"culprit/diagnose"
)

func atoi(s string) (int, error) { return strconv.Atoi(s) }

// A textRule reads one documented wording. needle must be in the lower-case text before the pattern is tried.
type textRule struct {
	needle string
	re     func() *regexp.Regexp
	read   func(m []string) issue
}

// prose reads a sentence: first the documented wordings, then whatever says "x is required".
func (r *reader) prose(s said) {
	defer func(outer string) { r.sentence = outer }(r.sentence)
	r.sentence = s.text
	lower := strings.ToLower(s.text)
	before := len(r.out)
	if r.pythonSchema(s) || r.signed(s, lower) {
		return
	}
	if st := r.resp.Status; st == 415 || st == 406 {
		if st == 406 && r.negotiated(s) {
			return
		}
		r.wholeWords(s, lower) // about the type of the body, whatever words it uses
		if len(r.out) == before {
			r.otherMedia(s)
		}
		return
	}
	if parts := joined(s.text); len(parts) > 1 {
		for _, p := range parts {
			r.prose(said{s.source, p})
		}
		return
	}
	if r.taken(s) || r.absent(s) || r.assigned(s) || r.wholeBody(s) || queryError().MatchString(lower) && r.within(s) || r.route(s) || r.ofPath(s) {
		return
	}
	sets := [][]textRule{dialectRules(), schemaRules(), jvmRules(), goRules(), rustRules(), dotnetRules(), scriptRules(), openapiRules(), saasRules(), plainRules()}
	for n, rules := range sets {
		vague := n == len(sets)-1 // everyday words, which may be about anything
		for _, rule := range rules {
			if !strings.Contains(lower, rule.needle) {
				continue
			}
			for _, m := range rule.re().FindAllStringSubmatch(s.text, 10) {
				i := rule.read(m)
				i.source = s.source
				if i.text == "" {
					i.text = around(s.text, m[0])
				}
				if n := len(i.segs); n > 0 && exceptionRE().MatchString(i.segs[n-1]) {
					continue // the name of an exception stands before its message as fields do
				}
				if len(i.segs) == 1 && !i.absolute && stopWord(i.segs[0]) && !r.emptyMember(i.segs) {
					continue
				}
				if i.class == missing && (i.ref == "serde" || i.ref == "JSON::Serializable") && !i.absolute {
					r.nest(&i, s.text)
				}
				if vague {
					r.doubt(&i, m[0])
				}
				switch i.ref { // a cart may be empty that lies at the server, and a key be missing there
				case "gorilla/schema":
					i.generic = i.generic || r.ix.body == "body:/"
				case "Python KeyError":
					i.generic = i.generic || r.resp.Status >= 500
				}
				if len(i.segs) == 0 && i.class == unclear && i.offset == 0 && i.cause == "" && i.value == "" {
					continue
				}
				if i.offset == 0 && len(i.segs) == 0 {
					i.offset = r.position(s.text)
				}
				r.settle(i)
			}
			if len(r.out) > before && rule.needle != "" && r.pointed() {
				return
			}
		}
	}
	if len(r.out) > before {
		return
	}
	if off := r.position(s.text); off > 0 && !strings.Contains(lower, "base64") {
		r.settle(issue{text: s.text, offset: off, source: s.source, place: inBody, ratio: likely})
		return
	}
	if classOfText(s.text) == syntax {
		r.settle(issue{text: s.text, class: syntax, source: s.source, ratio: code})
	}
	r.wholeWords(s, lower)
}

// queryError are words of the parser of a query language.
var queryError = lazy(`syntax ?error|invalid input '|undefined (?:field|column|identifier)|does not exist \[`)

var exceptionRE = lazy(`^[A-Z]\w*(?:Exception|Error)$`)

// emptyMember reports whether a word that is no name in most sentences is one in this request, and says nothing.
func (r *reader) emptyMember(segs []string) bool {
	found := r.ix.exact(segs, inBody)
	return len(found) > 0 && r.allEmpty(found)
}

// doubt lowers what an everyday sentence proves: a name in quotes is one, a bare word may be any; and a status
// that is not about the request's data lets a sentence count only for what the request has.
func (r *reader) doubt(i *issue, match string) {
	switch r.resp.Status {
	case 200, 400, 406, 409, 411, 412, 415, 422, 428:
	default:
		i.generic = i.generic || i.place != inHeader
	}
	i.generic = i.generic || r.doc.html && len(r.doc.prose()) > shortPage // a page for people, full of other sentences
	if i.ratio == 0 && !strings.ContainsAny(match, "'\"\x60[") && !strings.ContainsAny(strings.Join(i.segs, "."), "_.-") {
		i.bare = true
	}
}

// around returns the sentence about a match, for the text of the evidence.
func around(text, match string) string {
	if len(text) <= maxText {
		return text
	}
	i := strings.Index(text, match)
	if i < 0 {
		return text
	}
	from := strings.LastIndexAny(text[:i], ".\n;")
	return strings.TrimSpace(text[from+1:])
}

// stopWord reports whether a word in front of "is required" is no name of an element.
func stopWord(s string) bool {
	switch fold(s) {
	case "this", "it", "value", "values", "field", "that", "which", "what", "parameter", "property", "attribute", "header", "one", "all", "and", "or", "the", "a", "an", "is", "are", "i",
		"request", "input", "data", "json", "be", "error", "access", "permission", "method", "resource", "object", "objects", "there", "you", "we", "both", "each", "key", "keys",
		"fields", "parameters", "properties", "not", "of", "https", "tls", "ssl", "payment", "upgrade", "length", "precondition", "authentication", "proxy", "argument", "arguments", "arg",
		"body", "payload", "validation", "here", "must", "has", "they", "http", "none", "null", "true", "false", "array", "string", "strings", "integer", "boolean", "valid", "invalid", "to", "at",
		"least", "required", "missing", "for", "in", "with", "from", "found", "provided", "supplied", "given", "something", "anything", "everything", "nothing", "some", "any", "expected", "received", "but", "syntax", "credentials", "token", "body.":
		return true
	}
	return false
}

// authComplaint reports whether a message is about credentials.
func authComplaint(s string) bool {
	m := strings.ToLower(s[:min(len(s), 500)])
	for _, w := range authWords {
		if strings.Contains(m, w) {
			return true
		}
	}
	return false
}

var authWords = []string{
	"api key", "apikey", "api-key", "api_key", "access token", "access_token", "bearer", "authorization header", "authentication", "unauthorized", "unauthenticated",
	"credentials", "not authenticated", "subscription key", "no auth", "jwt", "invalid token", "token expired", "token is expired", "missing token", "auth token", "client token", "not logged in", "login required",
}

// wholeWords reads complaints that name no element: media types, charset, size, credentials.
func (r *reader) wholeWords(s said, lower string) {
	add := func(cause diagnose.CauseID, el diagnose.ElementID, ratio float64) {
		r.add(diagnose.Evidence{Kind: "text", Source: s.source, Text: s.text, Cause: cause, Element: el, Ratio: ratio, Allowed: mediaIn(s.text, cause)})
	}
	st := r.resp.Status
	for _, w := range wholeWordings {
		if !strings.Contains(lower, w.words) || w.min != 0 && (st < w.min || st > w.max) {
			continue
		}
		add(w.cause, w.el, w.ratio)
		return
	}
	if st == 401 && authComplaint(s.text) && noneSeen(s.text, lower) {
		add("missing_credentials", "auth", challenge)
		return
	}
	if (st == 400 || st == 403 || st == 422) && authComplaint(s.text) {
		cause := diagnose.CauseID("invalid_credentials")
		if noneSeen(s.text, lower) || strings.Contains(lower, "no auth") {
			cause = "missing_credentials"
		}
		add(cause, "auth", challenge)
	}
}

// noneSeen reports a complaint that there are no credentials, and not that they may be wrong ("missing or invalid").
func noneSeen(text, lower string) bool {
	for _, w := range []string{"invalid", "expired", "incorrect", "wrong", "malformed", "revoked"} {
		if strings.Contains(lower, w) {
			return false
		}
	}
	c := classOfText(text)
	return c == missing || c == blank || noneRE().MatchString(lower)
}

var noneRE = lazy(`(?:^|\W)(?:no|without) (?:an? |any )?(?:client )?(?:api[ _-]?key|auth|token|credential|bearer|access)`)

// otherMedia reads the types that a sentence names beside the one that was sent: "expected application/xml".
func (r *reader) otherMedia(s said) {
	cause, el := diagnose.CauseID("unsupported_media_type"), diagnose.ElementID("header:Content-Type")
	if r.resp.Status == 406 {
		cause, el = "not_acceptable", "header:Accept"
	}
	sent := essence(r.sentHeader(strings.TrimPrefix(string(el), "header:")))
	types := slices.DeleteFunc(mediaIn(s.text, cause), func(m string) bool { return m == sent })
	if len(types) > 0 {
		r.add(diagnose.Evidence{Kind: "text", Source: s.source, Text: s.text, Cause: cause, Element: el, Ratio: likely, Allowed: types})
	}
}

// mediaIn returns the media types that a sentence names, for a complaint about the media type.
func mediaIn(s string, cause diagnose.CauseID) []string {
	if cause != "unsupported_media_type" && cause != "not_acceptable" {
		return nil
	}
	var out []string
	for _, m := range mediaRE().FindAllString(s, 10) {
		out = append(out, strings.ToLower(m))
	}
	return out
}

var mediaRE = lazy(`(?i)\b(?:application|text|multipart|image)/[a-z0-9.+*-]+`)

type wholeWording struct {
	words    string
	min, max int // statuses it counts for; 0 for all
	cause    diagnose.CauseID
	el       diagnose.ElementID
	ratio    float64
}

// wholeWordings are complaints about the whole request; the first that fits counts.
var wholeWordings = []wholeWording{
	{"plain http request was sent to https port", 0, 0, "scheme_mismatch", "url.scheme", certain},
	{"sent an http request to an https server", 0, 0, "scheme_mismatch", "url.scheme", certain},
	{"speaking plain http to an ssl-enabled", 0, 0, "scheme_mismatch", "url.scheme", certain},
	{"no required ssl certificate was sent", 0, 0, "mtls_certificate_required", "tls.client_certificate", certain},
	{"the ssl certificate error", 0, 0, "mtls_certificate_rejected", "tls.client_certificate", certain},
	{"request header or cookie too large", 0, 0, "request_header_too_large", "", code},
	{"request header fields too large", 0, 0, "request_header_too_large", "", code},
	{"header field exceeds server limit", 0, 0, "request_header_too_large", "", code}, // Apache
	{"missing authentication token", 403, 403, "gateway_route_not_found", "url.path", likely},
	{"missing equal-sign", 400, 403, "gateway_route_not_found", "url.path", likely},
	{"no route matched", 404, 404, "gateway_route_not_found", "url.path", likely},
	{"content-type", 400, 422, "unsupported_media_type", "header:Content-Type", code},
	{"content type", 400, 422, "unsupported_media_type", "header:Content-Type", code},
	{"unsupported media type", 400, 422, "unsupported_media_type", "header:Content-Type", code},
	{"mime type", 400, 422, "unsupported_media_type", "header:Content-Type", code},
	{"charset", 400, 415, "unsupported_charset_or_encoding", "header:Content-Type", code},
	{"multipart: boundary", 400, 422, "multipart_malformed", "header:Content-Type", code},
	{"no multipart boundary", 400, 422, "multipart_malformed", "header:Content-Type", code},
	{"missing boundary", 400, 422, "multipart_malformed", "header:Content-Type", code},
	{"idempotency-key was used", 400, 422, "idempotency_key_reused", "header:Idempotency-Key", code},
	{"used with another", 400, 422, "idempotency_key_reused", "header:Idempotency-Key", challenge},
	{"used with a different", 400, 422, "idempotency_key_reused", "header:Idempotency-Key", challenge},
	{"key reuse", 400, 422, "idempotency_key_reused", "header:Idempotency-Key", challenge},
	{"idempotency", 409, 409, "idempotency_key_reused", "header:Idempotency-Key", challenge}, // one with this key is under way
	{"idempotency", 400, 422, "idempotency_key_missing", "header:Idempotency-Key", challenge},
	{"administrative rules", 403, 403, "blocked_by_waf", "server", code}, // HAProxy
	{"ip address is not allowed", 403, 403, "ip_not_allowed", "server", code},
	{"ip is not allowed", 403, 403, "ip_not_allowed", "server", code},
	{"ip not allowed", 403, 403, "ip_not_allowed", "server", code},
	{"your ip address", 403, 403, "ip_not_allowed", "server", code},
	{"https", 426, 426, "scheme_mismatch", "url.scheme", likely},
	{"csrf", 400, 419, "csrf_or_origin_rejected", "", code},
	{"invalid host header", 400, 421, "host_header_mismatch", "header:Host", code},
	{"disallowedhost", 400, 421, "host_header_mismatch", "header:Host", code},
	{"rate limit", 400, 403, "rate_limit_exceeded", "", code},
	{"too many requests", 400, 403, "rate_limit_exceeded", "", code},
	{"quota", 400, 429, "quota_exhausted", "", code},
	{"request body is missing", 400, 422, "missing_body_property", "body", code},
	{"body is required", 400, 422, "missing_body_property", "body", code},
	{"empty body", 400, 422, "missing_body_property", "body", code},
	{"body is empty", 400, 422, "missing_body_property", "body", code},
	{"body cannot be empty", 400, 422, "missing_body_property", "body", code},
	{"body must not be empty", 400, 422, "missing_body_property", "body", code},
	{"signature", 400, 403, "signature_mismatch", "auth", challenge},
	{"token has expired", 400, 403, "expired_token", "auth", likely},
	{"token expired", 400, 403, "expired_token", "auth", likely},
	{"token is expired", 400, 403, "expired_token", "auth", likely},
	{"jwt expired", 400, 403, "expired_token", "auth", likely},
	{"expired", 401, 401, "expired_token", "auth", code},
	{"live environment", 401, 403, "wrong_environment_credentials", "auth", code},
	{"test environment", 401, 403, "wrong_environment_credentials", "auth", code},
	{"test mode", 401, 403, "wrong_environment_credentials", "auth", code},
	{"live mode", 401, 403, "wrong_environment_credentials", "auth", code},
	{"sandbox", 401, 403, "wrong_environment_credentials", "auth", code},
	{"audience", 401, 403, "wrong_audience", "auth", code},
	{"scope", 403, 403, "insufficient_scope", "auth", code},
	{"cannot get /", 404, 404, "wrong_path", "url.path", code},
	{"cannot post /", 404, 404, "wrong_path", "url.path", code},
	{"cannot put /", 404, 404, "wrong_path", "url.path", code},
	{"no route", 404, 404, "wrong_path", "url.path", code},
	{"route not found", 404, 404, "wrong_path", "url.path", code},
	{"no static resource", 404, 404, "wrong_path", "url.path", code},
	{"the requested url was not found on th", 404, 404, "wrong_path", "url.path", code},
	{"unknown endpoint", 404, 404, "wrong_path", "url.path", code},
	{"endpoint not found", 404, 404, "wrong_path", "url.path", code},
	{"no http resource was found", 404, 404, "wrong_path", "url.path", code},
	{"unsupportedapiversion", 400, 404, "wrong_api_version", "", code},
	{"api version", 400, 410, "wrong_api_version", "", code},
	{"maintenance downtime or capacity", 503, 503, "upstream_unavailable", "server", likely}, // Apache's page for every 503
	{"backend fetch failed", 500, 504, "upstream_unavailable", "server", likely},             // Varnish
	{"no server is available to handle", 503, 503, "upstream_unavailable", "server", likely}, // HAProxy
	{"maintenance", 500, 503, "maintenance", "server", likely},
	{"already exists", 400, 422, "already_exists", "", code},
	{"deprecated", 400, 410, "api_deprecated_or_removed", "", challenge},
}

// echoes looks for values and names of the request in a sentence that no rule could read.
func (r *reader) echoes(s said) {
	if i := strings.LastIndex(strings.TrimSpace(s.text), "\n\n"); i > 0 {
		s.text = strings.TrimSpace(s.text[i:]) // after what is said of every refusal
	}
	text := s.text[:min(len(s.text), maxProse)]
	lower := strings.ToLower(text)
	class := classOfText(text)
	if repeats(lower) {
		return
	}
	if r.resp.Status == 404 {
		if r.within(s) {
			return
		}
		r.notFound(s)
		r.lost(s)
		return
	}
	if r.markup(s, class) || r.prefixed(s, class) || r.within(s) || r.lacks(s, class) {
		return
	}
	if r.part(s) || r.keyed(s) || r.worded(s, class) || r.coded(s) || r.resp.Status != 401 && r.spoken(s, class) {
		return
	}
	for _, tok := range append(quotedTokens(text), oneWord(text)...) {
		if found := r.ix.byValue(tok, anywhere); len(found) == 1 && (r.resp.Status != 401 && r.resp.Status != 403 || r.ix.entries[found[0]].place != inPath) {
			i := issue{text: text, class: class, source: s.source, value: tok, ratio: code, expected: expectedType(text), allowed: allowedValues(text)}
			if class == missing || class == blank || class == unclear {
				i.class = wrongValue
			}
			r.addFound(i, found)
			return
		}
		if found := r.ix.said(tok); len(found) > 0 && len(found) <= maxShared && len(tok) > 1 {
			i := issue{text: text, class: class, source: s.source, ratio: echo, expected: expectedType(text), allowed: allowedValues(text)}
			if len(found) == 1 && calledElement(text, tok) {
				i.ratio = likely
			}
			r.addFound(i, r.narrow(found, i))
			return
		}
	}
	if found := r.ix.only(atAnEnd(text, class)); len(found) == 1 && r.resp.Status < 500 && r.resp.Status != 401 {
		i := issue{text: text, class: class, source: s.source, ratio: code, expected: expectedType(text), allowed: allowedValues(text)}
		if class == unclear || class == syntax {
			i.class = wrongValue
		}
		r.addFound(i, found)
		return
	}
	if r.resp.Status >= 500 || r.resp.Status == 401 || r.doc.html && len(r.doc.prose()) > shortPage {
		return
	}
	r.bareNames(s, lower, class)
}

// repeats reports a text that writes the request down, as stubs do that found none like it: its names are no complaint.
func repeats(lower string) bool {
	n := 0
	for _, field := range []string{"accept", "content-type", "host", "user-agent", "content-length"} {
		if strings.Contains(lower, `"`+field+`"`) || strings.Contains(lower, "\n"+field+":") || strings.Contains(lower, "'"+field+"'") {
			n++
		}
	}
	return n > 2
}

// bareNames finds a name of the request that stands unquoted in a short sentence.
func (r *reader) bareNames(s said, lower string, class class) {
	if len(lower) > 300 {
		return
	}
	words := strings.FieldsFunc(lower, func(c rune) bool {
		return !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.' || c == '[' || c == ']' || c == '/')
	})
	found := map[diagnose.ElementID]int{}
	for n, w := range words {
		w = strings.Trim(w, "./-")
		first := n == 0 || n == 2 && words[1] == "and" // where a sentence says what it is about
		if len(w) < 2 || stopWord(w) && (class != together && !first || len(r.ix.exact([]string{w}, anywhere)) != 1) {
			continue
		}
		hits := r.ix.resolve(splitPath(w), anywhere)
		if len(hits) == 0 && n+1 < len(words) {
			hits = r.ix.resolve([]string{w + strings.Trim(words[n+1], ".")}, anywhere)
		}
		if len(hits) == 1 {
			found[r.ix.entries[hits[0]].id] = hits[0]
		}
	}
	r.unfit(found, expectedType(s.text))
	if len(found) == 0 || len(found) > maxShared {
		return
	}
	if class == unclear {
		r.mentioned(s, found)
		return
	}
	for i := range r.ix.entries {
		if n, ok := found[r.ix.entries[i].id]; ok && n == i {
			ratio := echo / float64(len(found))
			if r.subject(i, words) || class == together && len(found) == 2 {
				ratio = code
			}
			r.addFound(issue{text: s.text, class: class, source: s.source, ratio: ratio, expected: expectedType(s.text), allowed: allowedValues(s.text)}, []int{i})
		}
	}
}

// unfit drops, of several names that a sentence gives one type, those whose value is a number as it asks for.
func (r *reader) unfit(found map[diagnose.ElementID]int, expected string) {
	if len(found) < 2 || expected != "integer" && expected != "number" {
		return
	}
	for id, n := range found {
		if isNumber(r.ix.entries[n].value()) {
			delete(found, id)
		}
	}
}

// mentioned is for a short sentence in a company's own words, which has one name of the data in it and says nothing that
// is known: "That tier is not on offer." It says where to look first, and proves nothing.
func (r *reader) mentioned(s said, found map[diagnose.ElementID]int) {
	if st := r.resp.Status; st != 400 && st != 422 || len(found) != 1 || len(s.text) > maxText/2 {
		return
	}
	for _, n := range found {
		if e := &r.ix.entries[n]; e.place == inBody || e.place == inQuery {
			ratio := 1.0 // nothing but a word to look at first
			if m := aboutRE().FindStringSubmatch(s.text); m != nil && fold(m[1]) == fold(lastOf(e.segs)) {
				ratio = hint
			}
			r.addFound(issue{text: s.text, class: wrongValue, source: s.source, ratio: ratio}, []int{n})
		}
	}
}

// aboutRE is a sentence that is about one thing and says what that is not: That tier is not on offer.
var aboutRE = lazy(`(?i)^(?:sorry,? )?(?:that |this |the |your |our )?["'\x60]?([A-Za-z_][\w-]*)["'\x60]? (?:is|are|was|were|isn't|aren't|cannot|can't|doesn't|don't|does|do|has|have) (?:not |n't |no |un)?`)

// quotedTokens returns what stands in quotes or backticks, at most 20.
func quotedTokens(s string) []string {
	var out []string
	for i := 0; i < len(s) && len(out) < 20; i++ {
		q := s[i]
		if q != '"' && q != '\'' && q != '\x60' || q == '\'' && i > 0 && isWordByte(s[i-1]) {
			continue
		}
		end := strings.IndexByte(s[i+1:], q)
		if end < 0 {
			continue
		}
		if end > 0 && end <= maxPath {
			out = append(out, s[i+1:i+1+end])
		}
		i += end + 1
	}
	return out
}

// atAnEnd is what stands behind the colon at the end of a sentence, "invalid sorting option: name", or the number that it
// begins with, "21 is greater than the maximum of 13": the value that is meant. What is missing is a name instead.
func atAnEnd(text string, cl class) string {
	m := endRE().FindStringSubmatch(strings.TrimSpace(text))
	if m == nil || cl == missing || cl == blank {
		return ""
	}
	return m[1] + m[2]
}

var endRE = lazy(`^[A-Za-z][\w ,'-]{3,80}: ([^\s:,;'"]+?)\.?$|^(-?\d[\d.]{2,}|-?\d+) (?:is|was|does) `)

// calledElement reports that a sentence says of a quoted name what it is: parameter "limit", the 'price' attribute.
func calledElement(text, name string) bool {
	at := strings.Index(text, name)
	if at < 1 || at+len(name) >= len(text) || isWordByte(text[at-1]) {
		return false
	}
	return elementBefore().MatchString(text[:at-1]) || elementAfter().MatchString(text[at+len(name)+1:])
}

var (
	elementBefore = lazy(`(?i)\b(?:parameter|attribute|property|field|header|argument|column|member|setting) $`)
	elementAfter  = lazy(`(?i)^ (?:parameter|attribute|property|field|header|argument|column|member|setting)\b`)
)

// only returns the one member or parameter whose value is v, however short; nil where there is none or are several.
func (ix *index) only(v string) []int {
	var found []int
	for i := range ix.entries {
		if e := &ix.entries[i]; v != "" && e.el != nil && !e.el.Default && (e.place == inBody || e.place == inQuery) && e.value() == v {
			found = append(found, i)
		}
	}
	if len(found) > 1 {
		return nil
	}
	return found
}

// said returns the elements whose name a token is, as it is or as a path.
func (ix *index) said(tok string) []int {
	if found := ix.resolve(splitPath(tok), anywhere); len(found) > 0 || !strings.HasPrefix(tok, "$") {
		return found
	}
	return ix.resolve([]string{tok}, anywhere)
}

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// minEcho is the shortest value that is recognised by itself (Schemathesis' rule).
const minEcho = 4

// byValue returns the elements whose value is v, when it is long enough to mean something and one element
// has it.
func (ix *index) byValue(v string, p place) []int {
	if len(v) < minEcho || v == "true" || v == "false" || v == "null" {
		return nil
	}
	var found []int
	for i := range ix.entries {
		e := &ix.entries[i]
		if e.el == nil || e.el.Default || e.place == anywhere || e.id == "url.path" || p != anywhere && e.place != p {
			continue
		}
		if e.value() == v || e.el.Text == v {
			found = append(found, i)
		}
	}
	if len(found) > 1 {
		return nil
	}
	return found
}
