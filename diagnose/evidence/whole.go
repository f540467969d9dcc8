package evidence

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/lazyre"
)

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
		if own := r.signatureField(); cause == "signature_mismatch" && el == "auth" && own != "" {
			el = own
		}
		r.add(diagnose.Evidence{Kind: "text", Source: s.source, Text: s.text, Cause: cause, Element: el, Ratio: ratio, Allowed: mediaIn(s.text, cause)})
	}
	st := r.resp.Status
	if strings.Contains(lower, "number of request header fields exceeds") { // Apache, LimitRequestFields
		add("request_header_too_large", r.lastHeader(), likely)
		return
	}
	if m := rootRE.FindStringSubmatch(s.text); m != nil && r.sentBody() != "" {
		r.add(diagnose.Evidence{Kind: "text", Source: s.source, Text: s.text, Cause: "invalid_body_property_type", Element: "body", Ratio: likely, Expected: typeWord(m[1])})
		return
	}
	if m := convertRE.FindStringSubmatch(s.text); m != nil && st != 415 && strings.Contains(r.sentHeader("Accept"), m[1]) && !strings.Contains(r.sentHeader("Content-Type"), m[1]) {
		add("not_acceptable", "header:Accept", likely)
		return
	}
	if r.credentialForm(s, lower) {
		return
	}
	state, said := stateOf(lower, max(st, 400))
	if st < 300 { // a refusal in a success
		state, said = stateOf(lower, 401)
		state.ratio = likely
	}
	said = said && (st > 400 || r.has("auth") || r.ownCredential())
	if said && state.ratio >= likely {
		add(state.cause, "auth", state.ratio)
		return
	}
	if m := methodRE.FindStringSubmatch(short(s.text)); m != nil && r.otherMethod(s, m[1]) {
		r.add(diagnose.Evidence{Kind: "text", Source: s.source, Text: s.text, Cause: "method_not_allowed", Element: "method", Ratio: likely, Allowed: m[1:2]})
		return
	}
	for _, w := range wholeWordings {
		if !strings.Contains(lower, w.words) || w.min != 0 && (st < w.min || st > w.max) {
			continue
		}
		if m := ownTypeRE.FindStringSubmatch(s.text); m != nil && w.cause == "unsupported_media_type" && len(r.ix.only(m[1])) == 1 {
			r.addFound(s.issue(wrongValue, likely), r.ix.only(m[1])) // the type of what is made: of a page, and not of the body
			return
		}
		if w.cause == "multipart_malformed" && !strings.Contains(lower, "multipart") && !strings.HasPrefix(request.Essence(r.sentHeader("Content-Type")), "multipart/") {
			continue // a boundary on a map
		}
		if w.cause == "insufficient_permission" && (r.anotherMayNot(lower) || st >= 500 && !strings.Contains(lower, "user")) { // a server that fails may lack one itself
			continue
		}
		if w.cause == "wrong_api_version" && w.el == "" {
			if id := r.versionElement(); id.IsSegment() && slices.Contains(wordsOf(lower), strings.Trim(r.ix.entries[r.ix.byID[id]].value(), "vV")) {
				w.el = id
			}
		}
		add(w.cause, w.el, w.ratio)
		return
	}
	if said {
		add(state.cause, "auth", state.ratio)
		return
	}
	if (st >= 401 && st <= 403 || st == 429) && addressRE.MatchString(lower) && r.repeatedOnce(s.text) < 0 {
		add("ip_not_allowed", "server", likely)
		return
	}
	if st >= 401 && st <= 403 && mayNotRE.MatchString(lower) {
		add("insufficient_permission", "auth", likely)
		return
	}
	if (st == 400 || st == 404 || st == 410 || st == 426) && oldVersionRE.MatchString(lower) && (strings.Contains(lower, "api") || r.ix.sole(func(e *entry) bool { return e.ofData() && versionName(lastOf(e.segs)) }) < 0) {
		add("wrong_api_version", r.versionElement(), likely)
		return
	}
	if st >= 401 && st <= 403 && meantForRE.MatchString(lower) {
		add("wrong_audience", "auth", code)
		return
	}
	if (st == 400 || st == 422) && r.sentBody() != "" && contentRE.MatchString(lower) {
		r.otherMedia(s)
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

// otherMethod reports that a sentence which asks for a method means that of the request, and that it has another: a gateway
// speaks of what it did itself, a list may have the one that was sent, and a member may be called so.
func (r *reader) otherMethod(s said, asked string) bool {
	st := r.resp.Status
	if asked == r.method() || st != 400 && st != 405 && st != 500 && st != 501 || len(s.text) >= 2*maxText || methodsRE.MatchString(short(s.text)) && slices.Contains(wordsOf(short(s.text)), r.method()) {
		return false
	}
	return r.ix.sole(func(e *entry) bool { return e.ofData() && strings.HasSuffix(fold(lastOf(e.segs)), "method") }) < 0
}

// methodsRE is a list of methods.
var methodsRE = lazyre.New(`\b(?:GET|POST|PUT|PATCH|DELETE)['"\x60]?(?:, ?(?:and |or )?| and | or |/)['"\x60]?(?:HEAD|GET|POST|PUT|PATCH|DELETE|OPTIONS)\b`)

// addressRE says of the address that a request comes from that it is not let in.
var addressRE = lazyre.New(`\b(?:unauthori[sz]ed|blocked|banned|denied|forbidden|unknown|disallowed|blacklisted) (?:client |source |remote )?ip\b|\bip(?: address(?:es)?)?(?: [\d.:a-f]{2,45})? (?:is |has been |was )?(?:not (?:been )?(?:allowed|authori[sz]ed|permitted|white-?listed)|blocked|banned|denied|black-?listed)\b`)

// mayNotRE says of the one who asks that their rights do not reach so far.
var mayNotRE = lazyre.New(`\binsufficient (?:\w+ )?(?:privileges?|permissions?|rights|access|role)\b|\b(?:missing|lacks?|lacking|requires?|needs?) (?:the )?(?:required |necessary )?(?:[\w.:-]+ )?(?:permissions?|privileges?|rights)\b|\bnot accessible by\b`)

// oldVersionRE says of a version of the API that it is not served.
var oldVersionRE = lazyre.New(`(?:^\W*(?:the |this )?|\b(?:api|requested) )version ['"]?v?[\d.-]+['"]? (?:of the api )?(?:is not|is no longer|isn't) (?:active|supported|available|valid)\b`)

// ownTypeRE is a content type that is no media type.
var ownTypeRE = lazyre.New(`(?i)\bcontent[ -]type:? ['"\x60]?([\w-]{2,60})(?:['"\x60]|[.,;]?(?:\s|$))`)

// versionElement is where the request says which version of the API it wants; "" when nothing or several things do.
func (r *reader) versionElement() diagnose.ElementID {
	n := r.ix.sole(func(e *entry) bool {
		if e.el == nil || e.el.Default {
			return false
		}
		named := (e.place == inHeader || e.place == inQuery) && strings.HasSuffix(fold(lastOf(e.segs)), "version")
		return named || e.id.IsSegment() && isVersion(e.value())
	})
	if n < 0 {
		return ""
	}
	return r.ix.entries[n].id
}

// methodRE says which method a request must have.
var methodRE = lazyre.New(`\b(?:[Uu]se|[Uu]sing|must be|should be|[Rr]equires?|[Oo]nly|[Ee]xpect(?:s|ed|ing)?|[Ss]upports?|[Aa]ccepts?)(?: only)?(?: the| an?)?(?: HTTP)?(?: method| verb)?:? ['"\x60]?(GET|POST|PUT|PATCH|DELETE)['"\x60]?(?: (?:method|requests?|verb|instead|for|is|are)\b|[.,;!)]|\s*$)`)

// meantForRE says of a token that it is another's; an endpoint may be meant for others, too.
var meantForRE = lazyre.New(`\b(?:token|jwt|assertion)\b[^.;\n]{0,60}?\bnot (?:for this|(?:meant|intended|issued) for)\b`)

// anotherMayNot reports a refusal for what one may not who is named in the body, a recipient, and not who asks. A user, a
// client or an account is as a rule the one who asks.
func (r *reader) anotherMayNot(lower string) bool {
	m := notAllowedRE.FindStringSubmatch(lower)
	return m != nil && !slices.Contains([]string{"user", "client", "account", "caller", "principal", "role", "token"}, m[1]) && len(r.ix.exact(m[1:], inBody)) == 1
}

// notAllowedRE says of whom it is said that they may not.
var notAllowedRE = lazyre.New(`\b([a-z]\w+) (?:is not authori[sz]ed to|does not have permission)`)

// rootRE says what the whole body has to be.
var rootRE = lazyre.New(`(?i)^\W*(?:the )?(?:(?:request|json|http|post) )?(?:body|request|payload|document|input|data|content)(?: body| data| payload)? (?:must|should|has to|needs to|is expected to) be (?:an? )?(?:valid )?(?:json )?(array|list|object|map|dictionary|string)\b`)

// convertRE names the type that a resource cannot be turned into.
var convertRE = lazyre.New(`(?i)\b(?:convert\w*|conversion|represent\w*|produc\w*|render\w*|serv\w*)\b.{0,80}?\b(?:to|as|in|into) ['"]?([a-z]+/[a-z0-9.+-]+)`)

// noneSeen reports a complaint that there are no credentials, and not that they may be wrong ("missing or invalid").
func noneSeen(text, lower string) bool {
	for _, w := range []string{"invalid", "expired", "incorrect", "wrong", "malformed", "revoked"} {
		if strings.Contains(lower, w) {
			return false
		}
	}
	c := classOfText(text)
	return c == missing || c == blank || noneRE.MatchString(lower)
}

// contentRE is a sentence about the type of what was sent, without the word type: content must be application/json.
var contentRE = lazyre.New(`\b(?:content|body|payload|encoded|format)\b.{0,40}\b(?:must|should|has to|expect\w*|only)\b.{0,20}\b(?:application|multipart|text)/[a-z]|\b(?:must|should|has to|expect\w*|only)\b.{0,40}\b(?:application|multipart|text)/[a-z]`)

var noneRE = lazyre.New(`(?:^|\W)(?:no|without) (?:an? |any )?(?:client )?(?:api[ _-]?key|auth|token|credential|bearer|access)`)

// otherMedia reads the types that a sentence names beside the one that was sent: "expected application/xml".
func (r *reader) otherMedia(s said) {
	cause, el := diagnose.CauseID("unsupported_media_type"), diagnose.ElementID("header:Content-Type")
	if r.resp.Status == 406 {
		cause, el = "not_acceptable", "header:Accept"
	}
	sent := request.Essence(r.sentHeader(el.Name()))
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
	for _, m := range mediaRE.FindAllString(s, 10) {
		out = append(out, strings.ToLower(m))
	}
	return out
}

var mediaRE = lazyre.New(`(?i)\b(?:application|text|multipart|image)/[a-z0-9.+*-]+`)

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
	{"client certificate required", 400, 403, "mtls_certificate_required", "tls.client_certificate", likely},
	{"client certificate is required", 400, 403, "mtls_certificate_required", "tls.client_certificate", likely},
	{"using server name indication (sni), which is required", 403, 403, "sni_mismatch", "tls.server_name", certain},           // Apache, SSLStrictSNIVHostCheck
	{"bad request - invalid hostname", 400, 400, "host_header_mismatch", "header:Host", certain},                              // IIS
	{"fastly error: unknown domain", 500, 500, "host_header_mismatch", "header:Host", certain},                                // Fastly
	{"blocked hosts: ", 403, 403, "host_header_mismatch", "header:Host", likely},                                              // Rails
	{"this host (\"", 403, 403, "host_header_mismatch", "header:Host", likely},                                                // Vite
	{"request that exceeds the request content length", 404, 404, "payload_too_large", "body", certain},                       // IIS 404.13
	{"not configured to allow the http request method that was used", 403, 403, "method_not_allowed", "method", certain},      // CloudFront
	{"error was generated by mod_security", 400, 406, "blocked_by_waf", "server", certain},                                    // ModSecurity
	{"incapsula incident id", 400, 503, "blocked_by_waf", "server", certain},                                                  // Imperva
	{"used cloudflare to restrict access", 403, 403, "blocked_by_waf", "server", likely},                                      // Cloudflare 1020
	{"the requested url was rejected. please consult with your administrator", 400, 503, "blocked_by_waf", "server", certain}, // F5
	{"no credentials found for given", 401, 401, "invalid_credentials", "auth", likely},                                       // Kong's jwt: an issuer that it does not know
	{"request header or cookie too large", 0, 0, "request_header_too_large", "", code},
	{"request header fields too large", 0, 0, "request_header_too_large", "", code},
	{"header field exceeds server limit", 0, 0, "request_header_too_large", "", code}, // Apache
	{"missing authentication token", 403, 403, "gateway_route_not_found", "url.path", likely},
	{"missing equal-sign", 400, 403, "gateway_route_not_found", "url.path", likely},
	{"no route matched", 404, 404, "gateway_route_not_found", "url.path", likely},
	{"multipart: boundary", 400, 422, "multipart_malformed", "header:Content-Type", code},
	{"no multipart boundary", 400, 422, "multipart_malformed", "header:Content-Type", code},
	{"missing boundary", 400, 422, "multipart_malformed", "header:Content-Type", code},
	{"cannot be empty when content-type", 400, 422, "missing_body_property", "body", likely},            // Fastify: FST_ERR_CTP_EMPTY_JSON_BODY
	{"unsupported charset", 400, 422, "unsupported_charset_or_encoding", "header:Content-Type", likely}, // body-parser
	{"content-type", 400, 422, "unsupported_media_type", "header:Content-Type", code},
	{"content type", 400, 422, "unsupported_media_type", "header:Content-Type", code},
	{"unsupported media type", 400, 422, "unsupported_media_type", "header:Content-Type", code},
	{"mime type", 400, 422, "unsupported_media_type", "header:Content-Type", code},
	{"charset", 400, 415, "unsupported_charset_or_encoding", "header:Content-Type", code},
	{"idempotency-key was used", 400, 422, "idempotency_key_reused", "header:Idempotency-Key", code},
	{"used with another", 400, 422, "idempotency_key_reused", "header:Idempotency-Key", challenge},
	{"used with a different", 400, 422, "idempotency_key_reused", "header:Idempotency-Key", challenge},
	{"key reuse", 400, 422, "idempotency_key_reused", "header:Idempotency-Key", challenge},
	{"idempotency", 409, 409, "idempotency_key_reused", "header:Idempotency-Key", challenge}, // one with this key is under way
	{"idempotency", 400, 422, "idempotency_key_missing", "header:Idempotency-Key", challenge},
	{"administrative rules", 403, 403, "blocked_by_waf", "server", code}, // HAProxy
	{"your ip ", 403, 403, "ip_not_allowed", "server", code},
	{"https", 426, 426, "scheme_mismatch", "url.scheme", likely},
	{"no valid crumb", 403, 403, "csrf_or_origin_rejected", "", likely},                   // Jenkins
	{"cross-site post form submissions", 403, 403, "csrf_or_origin_rejected", "", likely}, // SvelteKit
	{"cross-origin request detected", 403, 403, "csrf_or_origin_rejected", "", likely},    // Go's http.CrossOriginProtection
	{"cookie check failed", 403, 403, "csrf_or_origin_rejected", "", likely},              // WordPress: its nonce
	{"url doesn't end in a slash", 500, 500, "trailing_slash", "", likely},                // Django, APPEND_SLASH
	{"antiforgery", 400, 403, "csrf_or_origin_rejected", "", likely},                      // ASP.NET
	{"csrf", 400, 422, "csrf_or_origin_rejected", "", code},
	{"invalid host header", 400, 421, "host_header_mismatch", "header:Host", code},
	{"disallowedhost", 400, 421, "host_header_mismatch", "header:Host", code},
	{"rbac: access denied", 403, 403, "insufficient_permission", "auth", likely},                 // Envoy
	{"you cannot consume this service", 403, 403, "insufficient_permission", "auth", likely},     // Kong's acl
	{"deployment could not be found", 404, 404, "wrong_host_or_environment", "url.host", likely}, // Vercel
	{"github pages site here", 404, 404, "wrong_host_or_environment", "url.host", likely},
	{"404 web site not found", 404, 404, "wrong_host_or_environment", "url.host", likely}, // Azure App Service
	{"find your azure front door service configuration", 404, 404, "wrong_host_or_environment", "url.host", likely},
	{"no such app", 404, 404, "wrong_host_or_environment", "url.host", likely}, // Heroku
	{"rate limit", 400, 403, "rate_limit_exceeded", "", code},
	{"too many requests", 400, 403, "rate_limit_exceeded", "", code},
	{"insufficient_quota", 402, 429, "quota_exhausted", "", likely}, {"your current quota", 402, 429, "quota_exhausted", "", likely}, // OpenAI
	{"daily limit", 429, 429, "quota_exhausted", "", likely}, {"monthly limit", 429, 429, "quota_exhausted", "", likely}, {"usage limit", 429, 429, "quota_exhausted", "", likely}, // with others, an amount may be over one
	{"quota", 400, 429, "quota_exhausted", "", code},
	{"terminated by a newline", 400, 422, "malformed_request_body", "body", likely},
	{"end with a newline", 400, 422, "malformed_request_body", "body", likely},
	{"request body is missing", 400, 422, "missing_body_property", "body", code},
	{"body is required", 400, 422, "missing_body_property", "body", code},
	{"empty body", 400, 422, "missing_body_property", "body", code},
	{"body is empty", 400, 422, "missing_body_property", "body", code},
	{"body cannot be empty", 400, 422, "missing_body_property", "body", code},
	{"body must not be empty", 400, 422, "missing_body_property", "body", code},
	{"signature", 400, 403, "signature_mismatch", "auth", challenge},
	{"expired", 401, 401, "expired_token", "auth", code},
	{"live environment", 401, 403, "wrong_environment_credentials", "auth", code},
	{"test environment", 401, 403, "wrong_environment_credentials", "auth", code},
	{"test mode", 401, 403, "wrong_environment_credentials", "auth", code},
	{"live mode", 401, 403, "wrong_environment_credentials", "auth", code},
	{"sandbox", 401, 403, "wrong_environment_credentials", "auth", code},
	{"audience", 401, 403, "wrong_audience", "auth", code},
	{"provided access key", 400, 404, "invalid_credentials", "auth", likely}, // S3's servers, some with 404
	{"missing_scope", 401, 403, "insufficient_scope", "auth", certain},
	{"insufficient_scope", 400, 403, "insufficient_scope", "auth", certain},
	{"scope", 403, 403, "insufficient_scope", "auth", code},
	{"not authorized to", 403, 403, "insufficient_permission", "auth", likely}, // InfluxDB, AWS; what it names beside is what was asked for
	{"not authorised to", 403, 403, "insufficient_permission", "auth", likely},
	{"no permission to ", 400, 500, "insufficient_permission", "auth", likely}, // Virtuoso, with 500
	{"does not have permission", 403, 403, "insufficient_permission", "auth", likely},
	{"cannot get /", 404, 404, "wrong_path", "url.path", code},
	{"cannot post /", 404, 404, "wrong_path", "url.path", code},
	{"cannot put /", 404, 404, "wrong_path", "url.path", code},
	{"no route", 404, 404, "wrong_path", "url.path", code},
	{"no procedure found on path", 404, 404, "wrong_path", "url.path", likely}, // tRPC
	{"no such operation", 404, 404, "wrong_path", "url.path", code},
	{"route not found", 404, 404, "wrong_path", "url.path", code},
	{"no static resource", 404, 404, "wrong_path", "url.path", code},
	{"the requested url was not found on th", 404, 404, "wrong_path", "url.path", code},
	{"unknown endpoint", 404, 404, "wrong_path", "url.path", code},
	{"endpoint not found", 404, 404, "wrong_path", "url.path", code},
	{"no http resource was found", 404, 404, "wrong_path", "url.path", code},
	{"api version", 400, 410, "wrong_api_version", "", code},
	{"unable to connect to the remote web server", 500, 504, "upstream_unavailable", "server", likely}, // Tinyproxy
	{"maintenance downtime or capacity", 503, 503, "upstream_unavailable", "server", likely},           // Apache's page for every 503
	{"backend fetch failed", 500, 504, "upstream_unavailable", "server", likely},                       // Varnish
	{"no server is available to handle", 503, 503, "upstream_unavailable", "server", likely},           // HAProxy
	{"maintenance", 500, 503, "maintenance", "server", likely},
	{"already exists", 400, 422, "already_exists", "", code},
	{"deprecated", 400, 410, "api_deprecated_or_removed", "", challenge},
}
