package evidence

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/request"
)

func (r *reader) header(name string) string { return request.Get(r.resp.Header, name) }

// headers adds what the header fields of the response say (§4.2).
func (r *reader) headers() {
	r.challenges()
	r.offers()
	r.limits()
	r.clock()
	r.lifecycle()
	r.contents()
	r.session()
	r.requestIDs()
	r.errorHeaders()
}

func (r *reader) fact(source, text string) {
	r.add(diagnose.Evidence{Kind: "header", Source: "header " + source, Text: text, Ratio: 1})
}

// list splits a field value at commas.
func list(v string) []string {
	var out []string
	for p := range strings.SplitSeq(v, ",") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// all returns the values of every field of that name, joined.
func all(fields []request.Field, name string) string {
	var vs []string
	for _, f := range fields {
		if strings.EqualFold(f.Name, name) {
			vs = append(vs, f.Value)
		}
	}
	return strings.Join(vs, ", ")
}

// offers reads what the server says it takes: Allow, Accept, Accept-Patch, Accept-Post, Accept-Encoding.
func (r *reader) offers() {
	s := r.resp.Status
	if allow := list(strings.ToUpper(all(r.resp.Header, "Allow"))); len(allow) > 0 {
		e := diagnose.Evidence{Kind: "header", Source: "header Allow", Text: "allowed here: " + strings.Join(allow, ", "), Allowed: allow, Ratio: 1} // RFC 9110 §10.2.1
		if s == 405 || s == 501 {
			e.Cause, e.Element, e.Ratio = "method_not_allowed", "method", certain
		}
		r.add(e)
	}
	for _, h := range []string{"Accept-Patch", "Accept-Post", "Accept"} { // RFC 5789 §3.1, W3C LDP §7.1, RFC 9110 §15.5.16
		types := list(all(r.resp.Header, h))
		if len(types) == 0 {
			continue
		}
		e := diagnose.Evidence{Kind: "header", Source: "header " + h, Text: "accepted here: " + strings.Join(types, ", "), Allowed: types, Ratio: 1}
		if s == 415 || s == 400 && h != "Accept" {
			e.Cause, e.Element, e.Ratio = "unsupported_media_type", "header:Content-Type", certain
			if s == 400 {
				e.Ratio = hint
			}
		}
		r.add(e)
	}
	if enc := list(all(r.resp.Header, "Accept-Encoding")); s == 415 && len(enc) > 0 {
		r.add(diagnose.Evidence{Kind: "header", Source: "header Accept-Encoding", Text: "codings accepted here: " + strings.Join(enc, ", "), Allowed: enc,
			Cause: "unsupported_charset_or_encoding", Element: "header:Content-Encoding", Ratio: certain}) // RFC 9110 §12.5.3
	}
	if alt := r.header("Alternates"); s == 406 && alt != "" {
		r.fact("Alternates", "offered: "+alt) // RFC 2295 §8.3
	}
	if up := r.header("Upgrade"); s == 426 && up != "" {
		r.add(diagnose.Evidence{Kind: "header", Source: "header Upgrade", Text: "the server wants " + up, Cause: "http_version_mismatch", Element: "http_version", Allowed: list(up), Ratio: certain}) // RFC 9110 §15.5.22
	}
}

// RetryAfter is how long the last response asks to wait, in either form of RFC 9110 §10.2.3; false when it does not ask
// or there is none. It is not negative.
func RetryAfter(x *request.Exchange) (time.Duration, bool) {
	if x == nil || x.Response() == nil {
		return 0, false
	}
	return newReader(x, nil).retryAfter()
}

// retryAfter reads both forms of Retry-After (RFC 9110 §10.2.3); the date counts from the response's Date.
func (r *reader) retryAfter() (time.Duration, bool) {
	v := strings.TrimSpace(r.header("Retry-After"))
	if v == "" {
		return 0, false
	}
	if n, err := strconv.ParseInt(v, 10, 32); err == nil && n >= 0 {
		return time.Duration(n) * time.Second, true
	}
	when, err := http.ParseTime(v)
	if err != nil {
		return 0, false
	}
	now, err := http.ParseTime(r.header("Date"))
	if err != nil {
		now = r.x.Start
	}
	return max(when.Sub(now), 0), true
}

// clock compares the server's Date with the local clock (RFC 9110 §6.6.1).
func (r *reader) clock() {
	date, err := http.ParseTime(r.header("Date"))
	if err != nil || r.x.Start.IsZero() || r.cached() {
		return
	}
	local := r.x.Start
	if r.hop != nil && r.hop.Timing.FirstByte > 0 {
		local = local.Add(r.hop.Timing.FirstByte)
	}
	skew := date.Sub(local)
	if skew.Abs() <= skewLimit {
		return
	}
	e := diagnose.Evidence{Kind: "header", Source: "header Date", Text: "the server's clock differs by " + request.Lapse(skew.Round(time.Second)), Ratio: 1} // RFC 9110 §6.6.1
	if s := r.resp.Status; s == 401 || s == 403 || s == 400 && strings.Contains(strings.ToLower(r.doc.text[:min(len(r.doc.text), 2000)]), "skew") {
		e.Cause, e.Element, e.Ratio = "clock_skew", "auth", echo
	}
	r.add(e)
}

// skewLimit is where a clock that is off begins to matter: JWT libraries allow 0 to 60 s of leeway, SigV4
// five minutes; Date has a resolution of a second (§4.2).
const skewLimit = 30 * time.Second

// cached reports whether a cache answered, so that Date is old.
func (r *reader) cached() bool {
	age, _ := strconv.Atoi(strings.TrimSpace(r.header("Age")))
	return age > 0
}

// lifecycle reads deprecation and where documentation is.
func (r *reader) lifecycle() {
	ratio := 1.0
	cause := diagnose.CauseID("")
	if s := r.resp.Status; s == 404 || s == 410 || s == 403 {
		ratio, cause = code, "api_deprecated_or_removed"
	}
	add := func(source, text string) {
		el := diagnose.ElementID("")
		if cause != "" {
			el = "url.path"
		}
		r.add(diagnose.Evidence{Kind: "header", Source: "header " + source, Text: text, Cause: cause, Element: el, Ratio: ratio})
	}
	if v := r.header("Deprecation"); v != "" {
		if n, err := strconv.ParseInt(strings.TrimPrefix(v, "@"), 10, 64); err == nil && v[0] == '@' {
			v = time.Unix(n, 0).UTC().Format(time.DateOnly)
		}
		add("Deprecation", "deprecated: "+v) // RFC 9745
	}
	if v := r.header("Sunset"); v != "" {
		add("Sunset", "to be switched off: "+v) // RFC 8594
	}
	for _, h := range []string{"X-API-Warn", "Warning", "api-supported-versions", "api-deprecated-versions", "X-GitHub-Api-Version-Selected", "Stripe-Version"} {
		if v := r.header(h); v != "" {
			r.fact(h, h+": "+v)
		}
	}
	if v := r.header("Alt-Svc"); v != "" {
		r.fact("Alt-Svc", "also to be had at "+v) // RFC 7838 §3
	}
	for _, l := range list(all(r.resp.Header, "Link")) {
		target, params, _ := strings.Cut(l, ">")
		for _, rel := range []string{"deprecation", "sunset", "successor-version", "service-desc", "describedby", "service-doc", "help"} {
			if strings.Contains(params, "rel="+rel) || strings.Contains(params, `rel="`+rel+`"`) {
				r.fact("Link", rel+": "+strings.TrimPrefix(target, "<")) // RFC 8288
			}
		}
	}
}

// contents compares what Content-Type, Content-Length and Content-Encoding declare with what came.
func (r *reader) contents() {
	d := r.doc
	if v := r.header("Content-Length"); v != "" && r.method() != "HEAD" && r.x.Failure == nil {
		if n, err := strconv.ParseInt(v, 10, 64); err == nil && n > r.resp.Wire && r.resp.Wire > 0 && r.resp.Status >= 200 && r.resp.Status != 304 {
			r.add(diagnose.Evidence{Kind: "header", Source: "header Content-Length", Cause: "truncated_response", Element: "server", Ratio: likely,
				Text: strconv.FormatInt(r.resp.Wire, 10) + " of " + v + " declared bytes came"}) // RFC 9112 §8
		}
	}
	switch {
	case d.html && isJSONMedia(d.media):
		r.add(diagnose.Evidence{Kind: "header", Source: "header Content-Type", Text: "the body is HTML, declared as " + d.media, Cause: "response_content_type_mismatch", Element: "server", Ratio: code}) // RFC 9110 §8.3
	case d.html && r.wantsJSON():
		e := diagnose.Evidence{Kind: "header", Source: "header Content-Type", Text: "an HTML page came where JSON was asked for", Cause: "response_content_type_mismatch", Element: "server", Ratio: hint} // RFC 9110 §12.5.1
		switch s := r.resp.Status; {
		case s < 300:
			e.Ratio = code
		case s == 400 || s == 405 || s == 406 || s == 409 || s >= 411 && s < 451:
			e.Cause, e.Element = "", "" // it was understood enough to be refused: that its refusals are pages is how this server writes them
		}
		r.add(e)
	case isJSONMedia(d.media) && d.root == nil && strings.TrimSpace(d.text) != "" && r.resp.Status < 300 && d.media != "application/x-ndjson":
		r.add(diagnose.Evidence{Kind: "header", Source: "header Content-Type", Text: "the body is no JSON, declared as " + d.media, Cause: "response_content_type_mismatch", Element: "server", Ratio: code}) // RFC 9110 §8.3
	}
}

// session notices that the server threw the session away.
func (r *reader) session() {
	s := r.resp.Status
	if s != 401 && s != 403 && s != 302 && s != 303 {
		return
	}
	if r.header("Clear-Site-Data") != "" {
		r.add(diagnose.Evidence{Kind: "header", Source: "header Clear-Site-Data", Text: "the server tells the client to forget its session", Cause: "session_cookie_invalid", Ratio: challenge})
	}
	for _, f := range r.resp.Header {
		if !strings.EqualFold(f.Name, "Set-Cookie") {
			continue
		}
		name, rest, ok := strings.Cut(f.Value, "=")
		low := strings.ToLower(rest)
		cleared := strings.HasPrefix(rest, ";") || strings.Contains(low, "max-age=0") || strings.Contains(low, "max-age=-") || strings.Contains(low, "1970") || strings.HasPrefix(low, "deleted")
		id := diagnose.ID("cookie", strings.TrimSpace(name))
		if ok && cleared && r.has(id) {
			r.add(diagnose.Evidence{Kind: "header", Source: "header Set-Cookie", Text: "the server clears the cookie " + strings.TrimSpace(name), Cause: "session_cookie_invalid", Element: id, Ratio: likely}) // RFC 6265 §3.1
		}
	}
}

// requestIDs lists what the provider can find in its logs.
func (r *reader) requestIDs() {
	for _, f := range r.resp.Header {
		if isRequestID(f.Name) && f.Value != "" && len(f.Value) < 200 {
			r.fact(f.Name, f.Name+": "+f.Value)
		}
	}
	for _, k := range []string{"request_id", "requestId", "requestid", "RequestId", "trace_id", "traceId", "correlation_id", "correlationId", "instance", "error.request_id", "meta.request_id", "fbtrace_id", "error.fbtrace_id"} {
		if v := r.doc.root.at(k).str(); v != "" && r.resp.Status >= 400 {
			r.add(diagnose.Evidence{Kind: "header", Source: "body " + k, Text: k + ": " + v, Ratio: 1})
		}
	}
}

func isRequestID(name string) bool {
	switch n := strings.ToLower(name); n {
	case "x-request-id", "request-id", "x-correlation-id", "correlation-id", "traceparent", "x-amzn-trace-id", "x-amzn-requestid", "x-amz-request-id", "cf-ray",
		"x-trace-id", "x-b3-traceid", "x-ms-request-id", "x-github-request-id", "x-amz-cf-id", "x-azure-ref", "x-vercel-id", "fly-request-id", "x-cloud-trace-context", "x-kong-request-id", "x-goog-request-id":
		return true
	default:
		return strings.HasSuffix(n, "-request-id") || strings.HasSuffix(n, "-trace-id")
	}
}

// errorHeaders reads header fields that carry an error code.
func (r *reader) errorHeaders() {
	if v := r.header("x-amzn-ErrorType"); v != "" {
		name, _, _ := strings.Cut(v, ":")
		r.awsCode(name, "header x-amzn-ErrorType")
	}
	if v := r.header("sl-violations"); strings.HasPrefix(v, "[") && r.resp.Status >= 400 {
		if n, whole := parseTree(v); whole {
			r.settleAll(prismItems(n, "header sl-violations"))
		}
	}
	for _, h := range []string{"x-ms-error-code", "X-Error-Code", "X-Error", "x-vercel-error", "X-Application-Error-Code"} {
		if v := r.header(h); v != "" {
			r.fact(h, h+": "+v)
		}
	}
	if r.resp.Status < 300 && r.header("Access-Control-Allow-Origin") == "" && r.sentHeader("Origin") != "" {
		r.fact("Access-Control-Allow-Origin", "no Access-Control-Allow-Origin: a browser on "+r.sentHeader("Origin")+" would refuse this answer") // Fetch §3.2
	}
}
