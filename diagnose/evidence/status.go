package evidence

import (
	"path"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/lazyre"
)

// A statusRow says what a status by itself speaks for.
type statusRow struct {
	status int
	cause  diagnose.CauseID
	el     diagnose.ElementID
	ratio  float64
	text   string
}

// statusRows are the statuses that name a cause or an element by themselves (§4.2).
var statusRows = []statusRow{
	{401, "invalid_credentials", "auth", hint, "the request is not authenticated"},                                      // RFC 9110 §15.5.2
	{402, "quota_exhausted", "", hint * 2, "it has to be paid for"},                                                     // RFC 9110 §15.5.3
	{403, "insufficient_permission", "auth", hint, "the request is refused"},                                            // RFC 9110 §15.5.4
	{404, "wrong_path", "url.path", hint, "nothing is there"},                                                           // RFC 9110 §15.5.5
	{404, "resource_not_found", "url.path", hint, "nothing is there"},                                                   // RFC 9110 §15.5.5
	{405, "method_not_allowed", "method", certain, "the method is not allowed here"},                                    // RFC 9110 §15.5.6
	{406, "not_acceptable", "header:Accept", certain, "nothing matches what the request accepts"},                       // RFC 9110 §15.5.7
	{407, "proxy_auth_required", "proxy", certain, "a proxy wants credentials"},                                         // RFC 9110 §15.5.8
	{408, "response_timeout", "timeout", code, "the server waited too long for the request"},                            // RFC 9110 §15.5.9
	{409, "conflict", "", hint, "the state of the resource does not allow it"},                                          // RFC 9110 §15.5.10
	{410, "api_deprecated_or_removed", "url.path", code, "it is gone for good"},                                         // RFC 9110 §15.5.11
	{411, "missing_request_header", "header:Content-Length", certain, "the server wants a Content-Length"},              // RFC 9110 §15.5.12
	{413, "payload_too_large", "body", certain, "the body is larger than the server takes"},                             // RFC 9110 §15.5.14
	{414, "uri_too_long", "url", likely, "the URL is longer than the server takes"},                                     // RFC 9110 §15.5.15
	{415, "unsupported_media_type", "header:Content-Type", code, "the type or coding of the body is not accepted here"}, // RFC 9110 §15.5.16
	{416, "invalid_request_header", "header:Range", certain, "the range does not lie in the resource"},                  // RFC 9110 §15.5.17
	{417, "invalid_request_header", "header:Expect", certain, "the server does not do what Expect asks"},                // RFC 9110 §15.5.18
	{419, "csrf_or_origin_rejected", "", code, "a CSRF token is missing or expired (Laravel)"},
	{421, "host_header_mismatch", "header:Host", code, "this server does not answer for the host"},              // RFC 9110 §15.5.20
	{423, "conflict", "", code, "the resource is locked"},                                                       // RFC 4918 §11.3
	{424, "conflict", "", code, "another action that this one depends on failed"},                               // RFC 4918 §11.4
	{425, "conflict", "", hint, "too early: sent before the handshake was complete"},                            // RFC 8470 §5.2
	{426, "http_version_mismatch", "http_version", hint, "the server wants another protocol"},                   // RFC 9110 §15.5.22
	{428, "precondition_required", "header:If-Match", certain, "the server wants a condition such as If-Match"}, // RFC 6585 §3
	{429, "rate_limit_exceeded", "", code, "too many requests"},                                                 // RFC 6585 §4
	{431, "request_header_too_large", "", certain, "the header is larger than the server takes"},                // RFC 6585 §5
	{440, "expired_token", "auth", code, "the login has timed out (IIS)"},
	{498, "invalid_credentials", "auth", code, "the token is invalid or expired (ArcGIS)"},
	{451, "ip_not_allowed", "", code, "refused for legal reasons"}, // RFC 7725
	{500, "server_error", "server", hint, "the server failed"},     // RFC 9110 §15.6.1
	{500, "input_triggered_server_error", "", hint, "the server failed, perhaps on this input"},
	{501, "method_not_allowed", "method", challenge, "the server does not know the method"},                // RFC 9110 §15.6.2
	{502, "upstream_unavailable", "server", code, "a gateway got no valid answer from its upstream"},       // RFC 9110 §15.6.3
	{503, "upstream_unavailable", "server", challenge, "the service is not available"},                     // RFC 9110 §15.6.4
	{503, "overloaded", "server", hint, "the service is not available"},                                    // RFC 9110 §15.6.4
	{504, "gateway_timeout", "server", code, "a gateway waited too long for its upstream"},                 // RFC 9110 §15.6.5
	{505, "http_version_mismatch", "http_version", certain, "the server does not speak this HTTP version"}, // RFC 9110 §15.6.6
	{507, "quota_exhausted", "server", code, "the server has no room for what the request makes"},          // RFC 4918 §11.5
	{509, "quota_exhausted", "", code, "the bandwidth limit is used up"},
	{511, "captive_portal", "server", certain, "the network wants a sign-in"}, // RFC 6585 §6
	{494, "request_header_too_large", "", certain, "nginx: the header is too large"},
	{495, "mtls_certificate_rejected", "tls.client_certificate", certain, "nginx: the client certificate is not accepted"},
	{496, "mtls_certificate_required", "tls.client_certificate", certain, "nginx: a client certificate is required"},
	{497, "scheme_mismatch", "url.scheme", certain, "nginx: plain HTTP was sent to an HTTPS port"},
	{499, "response_timeout", "timeout", code, "nginx: the client closed the connection first"},
	{460, "response_timeout", "timeout", code, "the load balancer saw the client close first"},                                  // AWS ALB 460
	{463, "invalid_request_header", "header:X-Forwarded-For", code, "the load balancer got too many X-Forwarded-For addresses"}, // AWS ALB 463
	{464, "http_version_mismatch", "http_version", code, "the load balancer's target group does not take this protocol"},        // AWS ALB 464
	{520, "upstream_unavailable", "server", code, "Cloudflare got an unknown error from the origin"},
	{521, "upstream_unavailable", "server", code, "the origin refused Cloudflare's connection"},
	{522, "upstream_unavailable", "server", code, "Cloudflare could not connect to the origin"},
	{523, "upstream_unavailable", "server", code, "Cloudflare cannot reach the origin"},
	{524, "gateway_timeout", "server", code, "the origin was too slow for Cloudflare (100 s)"},
	{525, "upstream_unavailable", "server", code, "the TLS handshake of Cloudflare with the origin failed"},
	{526, "upstream_unavailable", "server", code, "Cloudflare does not trust the origin's certificate"},
	{529, "overloaded", "server", code, "the server is overloaded"}, // Anthropic, Qualys
	{530, "upstream_unavailable", "server", code, "Cloudflare cannot find or reach the origin"},
}

// status adds what the status says by itself.
func (r *reader) status() {
	s := r.resp.Status
	for _, row := range statusRows {
		if row.status != s || !r.statusApplies(row) {
			continue
		}
		switch {
		case s == 406:
			row = r.unacceptable(row)
		case s == 413 && r.sentBody() == "":
			row = r.declared(row)
		}
		e := diagnose.Evidence{Kind: "status", Source: "status", Text: itoa(s) + ": " + row.text, Cause: row.cause, Element: row.el, Ratio: row.ratio}
		if row.el.Is("header") && (row.cause == "missing_request_header" || row.cause == "precondition_required") {
			e.Missing = !r.has(row.el)
		}
		r.add(e)
	}
	r.signedURL()
	if s == 412 {
		r.precondition()
	}
	if s == 431 || s == 494 || s == 400 && r.doc.html && oversized(r.doc.text) {
		r.largestHeader()
	}
	if s == 414 {
		r.longestQuery()
	}
	if s == 403 && r.resp != nil && isBodyless(r.method()) && r.sentBody() != "" {
		r.add(diagnose.Evidence{Kind: "status", Source: "status", Text: r.method() + " with a body: some CDNs refuse it with 403", Cause: "blocked_by_waf", Element: "body", Ratio: challenge})
	}
	if ext := extension(r.x.Request.URL); s == 403 && !r.has("auth") && !r.ownCredential() && slices.Contains(guarded, ext) {
		r.add(diagnose.Evidence{Kind: "status", Source: "status", Text: "403 for a file " + ext + ": filters and servers keep such files from everybody", Cause: "blocked_by_waf", Element: "url.path", Ratio: challenge}) // OWASP CRS 920440
	}
	if s == 501 && r.transferCoded() {
		r.add(diagnose.Evidence{Kind: "status", Source: "status", Text: "501: servers say so of a Transfer-Encoding that they do not know", Cause: "invalid_request_header", Element: "header:Transfer-Encoding", Ratio: certain}) // RFC 9112 §6.1
	}
	if s == 401 && r.serverIs("tinyproxy") { // tinyproxy 1.11 answers wrong credentials of its own with 401, and absent ones with 407
		r.add(diagnose.Evidence{Kind: "status", Source: "status", Text: "the proxy itself answers 401: it does not accept its credentials", Cause: "proxy_auth_required", Element: "proxy", Ratio: certain})
	}
	if s == 401 && !r.has("auth") && !r.ownCredential() && request.Get(r.resp.Header, "WWW-Authenticate") == "" {
		r.add(diagnose.Evidence{Kind: "status", Source: "status", Text: "401 and the request carries no Authorization", Cause: "missing_credentials", Element: "auth", Missing: true, Ratio: echo})
	}
}

// guarded are the extensions of files that the OWASP core rule set keeps from everybody, those that people ask for.
var guarded = []string{".backup", ".bak", ".cfg", ".cnf", ".config", ".conf", ".crt", ".csr", ".db", ".dbf", ".dist", ".dll", ".inc", ".ini", ".key", ".log", ".mdb", ".old", ".pem", ".pfx", ".pwd", ".rdb", ".reg", ".sql", ".swp", ".sys", ".tmp", ".xsd", ".env"}

// extension is that of the file which a path names; "" for none.
func extension(url string) string {
	url, _, _ = strings.Cut(url, "?")
	return strings.ToLower(path.Ext(url[strings.LastIndexByte(url, '/')+1:]))
}

func isBodyless(method string) bool {
	return method == "GET" || method == "HEAD" || method == "OPTIONS" || method == "DELETE"
}

// statusApplies leaves rows out that the request contradicts.
func (r *reader) statusApplies(row statusRow) bool {
	switch row.status {
	case 401:
		return r.has("auth")
	case 406:
		return !r.bodyHas("generated by Mod_Security") // which answers so where it blocks
	case 416:
		return r.has("header:Range")
	case 417:
		return r.sentHeader("Expect") != ""
	case 411:
		return r.sentHeader("Content-Length") == ""
	case 501: // every server has GET and HEAD (RFC 9110 §9.1)
		return r.method() != "GET" && r.method() != "HEAD" && !r.transferCoded()
	}
	return true
}

// transferCoded reports whether the request names a transfer coding that servers need not know: another than chunked.
func (r *reader) transferCoded() bool {
	te := strings.TrimSpace(r.sentHeader("Transfer-Encoding"))
	return te != "" && !strings.EqualFold(te, "chunked")
}

// takesAll reports a request that takes every type: a 406 to it is about another field (RFC 9110 §12.5.1).
func (r *reader) takesAll() bool {
	a := strings.TrimSpace(r.sentHeader("Accept"))
	return a == "" || a == "*/*"
}

// unacceptable says which field of the header a 406 is about: where every type is taken, it is the language, the charset or
// the coding that is asked for (RFC 9110 §12.5), and each of them is worth a try beside a type.
func (r *reader) unacceptable(row statusRow) statusRow {
	for _, name := range []string{"Accept-Language", "Accept-Charset", "Accept-Encoding"} {
		id := diagnose.ID("header", name)
		if i := slices.IndexFunc(r.els, func(e diagnose.Element) bool { return e.ID == id && !e.Default && e.Text != "*" }); i >= 0 {
			e := diagnose.Evidence{Kind: "status", Source: "status", Text: "406: nothing matches what " + name + " asks for", Cause: "not_acceptable", Element: id, Ratio: likely}
			if !r.takesAll() {
				e.Ratio, row.ratio = echo, echo // either
			}
			r.add(e)
		}
	}
	if r.takesAll() {
		row.el, row.ratio = "", code
	}
	return row
}

// declared says which field of the header a 413 is about that answers a request without a body: the one field of its own
// that tells how long something will be, as protocols for uploads in parts have it.
func (r *reader) declared(row statusRow) statusRow {
	row.el, row.text = "", "413: more than the server takes"
	for i := range r.els {
		e := &r.els[i]
		name, ok := e.ID.In("header")
		if ok && !e.Default && lengthField.MatchString(name) && isNumber(e.Text) {
			row.el, row.text = e.ID, "413: "+name+" tells more than the server takes"
			return row
		}
	}
	return row
}

// lengthField is a field of an API's own that tells a length in bytes: Upload-Length (tus), X-Upload-Content-Length, X-File-Size.
var lengthField = lazyre.New(`(?i)-(?:length|size)$`)

// precondition names the conditional header that did not hold (RFC 9110 §13).
func (r *reader) precondition() {
	n := 0
	for _, h := range []string{"If-Match", "If-Unmodified-Since", "If-None-Match", "If-Modified-Since", "If-Range"} {
		id := diagnose.ID("header", h)
		if r.has(id) {
			n++
			r.add(diagnose.Evidence{Kind: "status", Source: "status", Text: "412: the condition of " + h + " does not hold", Cause: "precondition_failed",
				Element: id, Ratio: certain / float64(n)}) // RFC 9110 §15.5.13
		}
	}
	if n == 0 {
		r.add(diagnose.Evidence{Kind: "status", Source: "status", Text: "412: a condition of the request does not hold", Cause: "precondition_failed", Ratio: code}) // RFC 9110 §15.5.13
	}
}

// longestQuery names the longest parameter of a URL that is too long.
func (r *reader) longestQuery() {
	var big *diagnose.Element
	for i := range r.els {
		e := &r.els[i]
		if (e.Group == "query" || e.ID.IsSegment()) && (big == nil || len(e.Text) > len(big.Text)) {
			big = e
		}
	}
	if big != nil && len(big.Text) > 256 { // one that matters here is longer than any ordinary one
		r.add(diagnose.Evidence{Kind: "status", Source: "status", Text: "the longest part has " + itoa(len(big.Text)) + " bytes", Cause: "uri_too_long", Element: big.ID, Ratio: certain}) // RFC 9110 §15.5.15
	}
}

// largestHeader names the longest header of a request whose header is too large.
func (r *reader) largestHeader() {
	var big *diagnose.Element
	for i := range r.els {
		e := &r.els[i]
		if e.ID.Is("header") || e.ID.Is("cookie") || e.ID == "auth" {
			if big == nil || len(e.Text) > len(big.Text) {
				big = e
			}
		}
	}
	if big != nil && len(big.Text) > 256 { // a header that matters here is longer than any ordinary one
		r.add(diagnose.Evidence{Kind: "status", Source: "status", Text: "the longest field has " + itoa(len(big.Text)) + " bytes", Cause: "request_header_too_large", Element: big.ID, Ratio: certain}) // RFC 6585 §5
	}
}

// lastHeader is the last field of the header that the request brings itself: of too many it is the one too many.
func (r *reader) lastHeader() (id diagnose.ElementID) {
	for _, e := range r.els {
		if e.ID.Is("header") && !e.Default && !e.Secret {
			id = e.ID
		}
	}
	return id
}

// oversized reports whether a page says that the header is too large: nginx's words, and Apache's.
func oversized(page string) bool {
	page = strings.ToLower(page[:min(len(page), maxProse)])
	return strings.Contains(page, "header or cookie too large") || strings.Contains(page, "header field exceeds server limit")
}
