package evidence

import (
	"cmp"
	"hash/fnv"
	"math/bits"
	"net/url"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/lazyre"
)

// Sign returns what makes the failure of x recognisable (§3.2), free of what changes from one try to the next:
// ids, times, numbers, and the values of the request itself. elements is the request taken apart; the values
// of both are masked, so that an edited request can have the same signature.
func Sign(x *request.Exchange, elements []diagnose.Element) diagnose.Signature {
	var s diagnose.Signature
	if x == nil {
		return s
	}
	if f := x.Failure; f != nil {
		s.Failure = string(f.Phase) + " " + f.Cause
	}
	r := newReader(x, elements)
	if r.resp == nil {
		return s
	}
	name, _, _ := r.who()
	s.Status, s.Media, s.Responder = r.resp.Status, r.doc.media, name
	s.Challenge = r.challengeKey()
	s.Code = r.errorCode()
	s.Template = r.template()
	s.Pointers, s.Errors = r.pointers()
	s.Shape = shapeOf(r.doc)
	s.Headers = headerSet(r.resp.Header)
	s.Length = bits.Len64(uint64(max(r.resp.Body.Size(), 0)))
	return s
}

// Calibrate returns the finest level at which two signatures of the same failure agree. L0 is the answer when
// they agree in nothing but the status, and also when not even in that.
func Calibrate(a, b diagnose.Signature) diagnose.Level {
	for l := diagnose.L4; l > diagnose.L0; l-- {
		if a.Equal(b, l) {
			return l
		}
	}
	return diagnose.L0
}

// challengeKey is scheme, error and scope of every challenge, in order; nonces and realms are left out.
func (r *reader) challengeKey() string {
	var parts []string
	for _, c := range challengesOf(r.resp, "WWW-Authenticate") {
		p := c.scheme
		if e := c.params["error"]; e != "" {
			p += " error=" + e
		}
		if sc := c.params["scope"]; sc != "" {
			p += " scope=" + sc
		}
		parts = append(parts, p)
	}
	return strings.Join(parts, ", ")
}

// signatureCodes are where error codes stand (§3.2), the telling ones first.
var signatureCodes = []string{
	"code", "error_code", "errorCode", "error.code", "error.status", "error.type", "errors.0.code", "__type", "type", "reason",
	"fault.detail.errorcode", "extensions.code", "errors.0.extensions.code", "error.errors.0.reason", "Code", "0.errorCode", "detail.0.type", "issues.0.code", "errors.0.type",
}

// errorCode returns the code of the error; "" when it has none.
func (r *reader) errorCode() string {
	for _, p := range signatureCodes {
		v := r.doc.root.at(p).str()
		if v == "" || v == "about:blank" || strings.Contains(v, " ") {
			continue
		}
		if p == "type" || p == "__type" {
			v = v[strings.LastIndexAny(v, "/#")+1:]
		}
		v = r.hide.Replace(v)
		v = opaque(v[:min(len(v), 8*maxText)])
		return v[:min(len(v), maxText)]
	}
	if v := r.header("x-amzn-ErrorType"); v != "" {
		v, _, _ = strings.Cut(v, ":")
		return v
	}
	if strings.HasPrefix(strings.TrimSpace(r.doc.text), "<") && !r.doc.html {
		return r.doc.xmlText("Code") + r.doc.xmlText("faultcode")
	}
	return ""
}

// templateKeys are where the message stands (§3.2).
var templateKeys = []string{
	"message", "detail", "title", "error_description", "error", "msg", "faultstring", "errors.0.message", "error.message", "errors.0.detail", "errors.0.title",
	"detail.0.msg", "errors.0.msg", "error.reason", "fault.faultstring", "Message", "error_message", "errorMessage", "reason", "description", "message.0", "errors.0", "0.message",
}

// template returns the message with everything masked that changes with the request or with time.
func (r *reader) template() string {
	msg := ""
	for _, p := range templateKeys {
		if msg = r.doc.root.at(p).str(); msg != "" {
			break
		}
	}
	if msg == "" {
		msg = r.doc.prose()
	}
	msg = r.unaddressed(msg)
	msg = r.hide.Replace(msg) // before it is cut: half a secret would not be known again
	msg = msg[:min(len(msg), 1000)]
	values, known := r.literals()
	return maskTemplate(msg, values, known)
}

// unaddressed takes out of a message how it was asked, which routers repeat: "Cannot DELETE /orders".
func (r *reader) unaddressed(msg string) string {
	u, err := url.Parse(r.x.Request.URL)
	if err != nil || len(u.Path) < 2 || !strings.Contains(msg, r.method()+" "+u.Path) {
		return msg
	}
	return strings.ReplaceAll(msg, r.method()+" "+u.Path, "{request}")
}

// literals returns the values of the request that are long enough to be masked, longest first, and the names of
// its elements, which are kept.
func (r *reader) literals() (values []string, known map[string]bool) {
	known = map[string]bool{}
	for i := range r.ix.entries {
		e := &r.ix.entries[i]
		for _, s := range e.folds {
			known[s] = true
		}
		if e.el == nil || e.el.Default || e.id == "method" || e.id == "body" {
			continue
		}
		if v := e.value(); len(v) >= minEcho && len(v) <= maxText {
			values = append(values, v)
		}
	}
	slices.SortFunc(values, func(a, b string) int { return cmp.Or(len(b)-len(a), cmp.Compare(a, b)) })
	return slices.Compact(values), known
}

var (
	uuidRE = lazyre.New(`(?i)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`)
	timeRE = lazyre.New(`\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?\b|\b\d\d:\d\d:\d\d\b|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4}`)
	wordRE = lazyre.New(`[A-Za-z0-9+_=-][A-Za-z0-9+/_=-]{31,}`)
	hexRE  = lazyre.New(`(?i)\b(?:0x)?(?:[0-9a-f]*[0-9][0-9a-f]*[a-f][0-9a-f]*|[0-9a-f]*[a-f][0-9a-f]*[0-9][0-9a-f]*)\b`)
	ipRE   = lazyre.New(`\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b`)
	numRE  = lazyre.New(`\d+(?:[.,]\d+)*`)
)

// opaque masks the long words that are no language: tokens, keys, hashes and the like in base64. They change, and they
// may be a credential in a spelling that nobody knows once numbers are masked.
func opaque(s string) string {
	return wordRE.ReplaceAllStringFunc(s, func(w string) string {
		if strings.ContainsAny(w, "0123456789") && strings.ToLower(w) != w && strings.ToUpper(w) != w {
			return "<id>"
		}
		return w
	})
}

// maskTemplate masks, in the order of §3.2: literal values, UUIDs, dates and times, long hexadecimals,
// addresses, quoted strings that are no element names, numbers.
func maskTemplate(msg string, values []string, known map[string]bool) string {
	for _, v := range values {
		msg = strings.ReplaceAll(msg, v, "<v>")
	}
	msg = uuidRE.ReplaceAllString(msg, "<id>")
	msg = timeRE.ReplaceAllString(msg, "<t>")
	msg = opaque(msg)
	msg = hexRE.ReplaceAllStringFunc(msg, func(s string) string {
		if len(s) < 8 {
			return s
		}
		return "<id>"
	})
	msg = ipRE.ReplaceAllString(msg, "<ip>")
	for _, q := range quotedTokens(msg) {
		if q == "<v>" || q == "<id>" || q == "<t>" {
			continue
		}
		if name := foldAll(splitPath(q)); len(name) == 0 || !known[name[len(name)-1]] && !looksLikeName(q) {
			for _, mark := range []string{`"`, `'`, "\x60"} {
				msg = strings.ReplaceAll(msg, mark+q+mark, mark+"<q>"+mark)
			}
		}
	}
	msg = numRE.ReplaceAllString(msg, "#")
	msg = strings.Join(strings.Fields(strings.ToValidUTF8(msg, "?")), " ")
	if runes := []rune(msg); len(runes) > maxText {
		msg = string(runes[:maxText])
	}
	return msg
}

// pointers returns the elements that the body names, sorted, and how many errors it lists.
func (r *reader) pointers() (string, int) {
	if r.resp.Status < 400 {
		if ok, _ := r.clean2xx(); ok {
			return "", 0
		}
	}
	r.body()
	var ids []string
	for i := range r.out {
		if e := &r.out[i]; e.Element != "" && e.Kind != "responder" {
			ids = append(ids, string(e.Element)+" "+string(e.Cause))
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	return strings.Join(ids, ", "), r.errorCount()
}

// errorCount counts the complaints of the body.
func (r *reader) errorCount() int {
	for _, p := range []string{"errors", "detail", "details", "issues", "violations", "message", "error.details", "error.issues", "error.errors", "invalid-params", "extra"} {
		v := r.doc.root.at(p)
		if v != nil && (v.kind == '[' || v.kind == '{' && p == "errors") && len(v.kids) > 0 {
			return len(v.kids)
		}
	}
	if r.doc.root == nil && r.doc.text == "" {
		return 0
	}
	return 1
}

// shapeOf hashes the sorted key paths of a JSON body, array indexes left out; 0 for everything else.
func shapeOf(d *doc) uint64 {
	if d.root == nil {
		return 0
	}
	paths := map[string]bool{}
	size := 0 // of all paths, in bytes
	var walk func(n *node, path string)
	walk = func(n *node, path string) {
		paths[path] = true
		size += len(path)
		for i, kid := range n.kids {
			switch {
			case len(paths) > 10_000 || size > 8*maxBody: // a shape that large is a page of data, not an error
				return
			case n.kind == '[':
				walk(kid, path+"/*")
			default:
				walk(kid, path+"/"+n.keys[i])
			}
		}
	}
	walk(d.root, "")
	sorted := make([]string, 0, len(paths))
	for p := range paths {
		sorted = append(sorted, p)
	}
	slices.Sort(sorted)
	h := fnv.New64a()
	for _, p := range sorted {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return h.Sum64()
}

// headerSet hashes the names of the header fields less those that come and go.
func headerSet(fields []request.Field) uint64 {
	var names []string
	for _, f := range fields {
		if n := strings.ToLower(f.Name); !volatile(n) {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	h := fnv.New64a()
	for _, n := range slices.Compact(names) {
		h.Write([]byte(n))
		h.Write([]byte{0})
	}
	return h.Sum64()
}

// volatile reports whether a header field comes and goes with time, cache and connection (§3.2).
func volatile(name string) bool {
	switch name {
	case "date", "age", "etag", "expires", "last-modified", "cf-ray", "server-timing", "set-cookie", "content-length", "connection", "keep-alive",
		"report-to", "nel", "via", "retry-after", "transfer-encoding", "alt-svc", "x-runtime", "x-response-time", "x-served-by", "x-timer":
		return true
	}
	for _, part := range []string{"request-id", "requestid", "trace", "correlation"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	for _, prefix := range []string{"x-amz-cf-id", "x-amzn-", "x-cache", "ratelimit", "x-ratelimit", "x-rate-limit"} {
		if strings.HasPrefix(name, prefix) && (prefix != "x-amzn-" || strings.HasSuffix(name, "id")) {
			return true
		}
	}
	return false
}
