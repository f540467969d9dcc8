package evidence

import (
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// TestWholeWordings has an answer for each wording about the whole request that no other test brings, as the server that
// is named writes it, and what is the strongest that is read from it.
func TestWholeWordings(t *testing.T) {
	write := post(`{"name":"a"}`)
	list := get("https://h.test/v1/orders", "Authorization", "Bearer tok-secret-1")
	keyed := withHeader(write, "Idempotency-Key", "k-1")
	upload := request.Request{Method: "POST", URL: "https://h.test/files", Header: []request.Field{{Name: "Content-Type", Value: "multipart/form-data"}}, Body: request.Body{Kind: request.RawBody, Text: "--x\r\n\r\n--x--"}}
	for _, c := range []struct {
		who    string
		r      request.Request
		status int
		body   string
		cause  diagnose.CauseID
		el     diagnose.ElementID
	}{
		{"Apache mod_ssl", list, 400, "Reason: You're speaking plain HTTP to an SSL-enabled server port.", "scheme_mismatch", "url.scheme"},
		{"nginx", list, 400, "<html><head><title>400 Request Header Or Cookie Too Large</title></head></html>", "request_header_too_large", ""},
		{"Go mime", upload, 400, "multipart: boundary is empty", "multipart_malformed", "header:Content-Type"},
		{"Go net/http ErrMissingBoundary", upload, 400, "no multipart boundary param in Content-Type", "multipart_malformed", "header:Content-Type"},
		{"Starlette", upload, 400, `{"detail":"Missing boundary in multipart."}`, "multipart_malformed", "header:Content-Type"},
		{"draft-ietf-httpapi-idempotency-key-header §2.7", write, 400, `{"title":"Idempotency-Key is missing"}`, "missing_request_header", "header:Idempotency-Key"},
		{"the same, a retry", keyed, 409, `{"title":"A request is outstanding for this Idempotency-Key"}`, "idempotency_key_reused", "header:Idempotency-Key"},
		{"the same, another payload", keyed, 422, `{"title":"Idempotency-Key is already used"}`, "idempotency_key_reused", "header:Idempotency-Key"},
		{"another payload", keyed, 422, `{"error":"This idempotency key was already used with a different request body."}`, "idempotency_key_reused", "header:Idempotency-Key"},
		{"another payload", keyed, 422, `{"error":"The idempotency key has been used with another payload."}`, "idempotency_key_reused", "header:Idempotency-Key"},
		{"a title", keyed, 422, `{"title":"Idempotency Key Reuse"}`, "idempotency_key_reused", "header:Idempotency-Key"},
		{"an allow-list", list, 403, `{"message":"Your IP is not allowed to access this resource"}`, "ip_not_allowed", "server"},
		{"an allow-list", list, 403, `{"error":"IP not allowed"}`, "ip_not_allowed", "server"},
		{"Kong ip-restriction", list, 403, `{"message":"IP address not allowed: 192.0.2.1"}`, "ip_not_allowed", "server"},
		{"Stripe", list, 403, `{"error":{"message":"Your IP address is not permitted for this key."}}`, "ip_not_allowed", "server"},
		{"webpack-dev-server", list, 403, "Invalid Host header", "host_header_mismatch", "header:Host"},
		{"Django", list, 400, "DisallowedHost at /v1/orders", "host_header_mismatch", "header:Host"},
		{"GitHub, secondary", list, 403, `{"message":"You have exceeded a secondary rate limit."}`, "rate_limit_exceeded", ""},
		{"AWS ThrottlingException", list, 400, `{"message":"Too many requests, please slow down"}`, "rate_limit_exceeded", ""},
		{"Quarkus", write, 400, `{"error":"Request body is required"}`, "missing_body_property", "body"},
		{"Vert.x", write, 400, `{"error":"Empty body"}`, "missing_body_property", "body"},
		{"a validator", write, 400, `{"message":"Request body cannot be empty"}`, "missing_body_property", "body"},
		{"a validator", write, 400, `{"message":"The body is empty"}`, "missing_body_property", "body"},
		{"JAX-RS", write, 400, `{"message":"Request body must not be empty"}`, "missing_body_property", "body"},
		{"firebase-php", list, 403, `{"error":"The token has expired"}`, "expired_token", "auth"},
		{"golang-jwt", list, 403, `{"error":"token is expired"}`, "expired_token", "auth"},
		{"jsonwebtoken", list, 403, `{"error":"jwt expired"}`, "expired_token", "auth"},
		{"a gateway of payments", list, 401, `{"message":"This key is not valid in the live environment"}`, "wrong_environment_credentials", "auth"},
		{"the other one", list, 401, `{"message":"This key is only for the test environment"}`, "wrong_environment_credentials", "auth"},
		{"Stripe", list, 403, `{"error":{"message":"No such order; a similar object exists in live mode, but a test mode key was used"}}`, "wrong_environment_credentials", "auth"},
		{"Stripe", list, 401, `{"error":{"message":"This API key may only be used in live mode."}}`, "wrong_environment_credentials", "auth"},
		{"Plaid", list, 401, `{"message":"this key belongs to the sandbox"}`, "wrong_environment_credentials", "auth"},
		{"Microsoft.IdentityModel IDX10214", list, 401, `{"message":"IDX10214: Audience validation failed."}`, "wrong_audience", "auth"},
		{"Google", list, 403, `{"error":{"message":"Request had insufficient authentication scopes."}}`, "insufficient_scope", "auth"},
		{"Express", write, 404, "<pre>Cannot POST /v1/orders</pre>", "wrong_path", "url.path"},
		{"Express", putting(write), 404, "<pre>Cannot PUT /v1/orders</pre>", "wrong_path", "url.path"},
		{"an API", list, 404, `{"error":"Unknown endpoint"}`, "wrong_path", "url.path"},
		{"an API", list, 404, `{"error":"Endpoint not found"}`, "wrong_path", "url.path"},
		{"ASP.NET Web API", list, 404, `{"Message":"No HTTP resource was found that matches the request URI 'https://h.test/v1/orders'."}`, "wrong_path", "url.path"},
		{"ASP.NET API versioning", list, 400, `{"error":{"code":"UnsupportedApiVersion","message":"The HTTP resource that matches the request URI 'https://h.test/v1/orders' does not support the API version '2.0'."}}`, "wrong_api_version", ""},
		{"an API", list, 400, `{"error":"This API version is not supported"}`, "wrong_api_version", ""},
		{"Varnish", list, 503, "<html><head><title>503 Backend fetch failed</title></head></html>", "upstream_unavailable", "server"},
		{"HAProxy", list, 503, "<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>", "upstream_unavailable", "server"},
		{"an API", list, 400, `{"error":"This version of the API is deprecated"}`, "api_deprecated_or_removed", ""},
		{"an API", write, 400, `{"error":"unsupported mime type"}`, "unsupported_media_type", "header:Content-Type"},
		{"a gateway", list, 403, `{"error":"A client certificate is required"}`, "mtls_certificate_required", "tls.client_certificate"},
		{"F5", list, 403, "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator.<br>Your support ID is: 4711</body></html>", "blocked_by_waf", "server"},
		{"Apache", list, 400, "<html><head><title>400 Bad Request</title></head><body>Your browser sent a request that this server could not understand.<br />\nSize of a request header field exceeds server limit.</body></html>", "request_header_too_large", ""},
		{"Node", list, 400, `{"error":"Request Header Fields Too Large"}`, "request_header_too_large", ""},
		{"Fastify", emptied(write), 400, `{"statusCode":400,"code":"FST_ERR_CTP_EMPTY_JSON_BODY","error":"Bad Request","message":"Body cannot be empty when content-type is set to 'application/json'"}`, "missing_body_property", "body"},
		{"Express", write, 415, `{"message":"unsupported charset \"UTF-16\""}`, "unsupported_charset_or_encoding", "header:Content-Type"},
	} {
		var best diagnose.Evidence
		var all []string
		for _, e := range read(answered(c.r, c.status, c.body)) {
			all = append(all, string(e.Cause)+" "+string(e.Element))
			if e.Cause != "" && e.Ratio > best.Ratio {
				best = e
			}
		}
		if best.Cause != c.cause || best.Element != c.el {
			t.Errorf("%s, %d %s: got %s %s %v, want %s %s; all %q", c.who, c.status, c.body, best.Cause, best.Element, best.Ratio, c.cause, c.el, all)
		}
	}
}

func emptied(r request.Request) request.Request {
	r.Body = request.Body{}
	return r
}

func putting(r request.Request) request.Request {
	r.Method = "PUT"
	return r
}
