package evidence

import (
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// Codes and pages that products document and that no other table has: each is the only case of its rule.
func TestDocumentedCodesAndPages(t *testing.T) {
	ask := func(method, url string, fields ...string) request.Request {
		r := request.Request{Method: method, URL: url}
		for i := 0; i+1 < len(fields); i += 2 {
			r.Header = append(r.Header, request.Field{Name: fields[i], Value: fields[i+1]})
		}
		return r
	}
	form := func(text string) request.Request {
		r := ask("POST", "https://id.test/token", "Content-Type", "application/x-www-form-urlencoded")
		r.Body = request.Body{Kind: request.RawBody, Text: text, Type: "application/x-www-form-urlencoded"}
		return r
	}
	get := ask("GET", "https://api.test/v1/orders", "Authorization", "Bearer a.b.c", "Cookie", "sid=s-1; lang=en")
	challenged := func(desc string) []string {
		return []string{"WWW-Authenticate", `Bearer error="invalid_token", error_description="` + desc + `"`}
	}
	document := func(query string) request.Request {
		r := ask("POST", "https://api.test/graphql", "Content-Type", "application/json", "Authorization", "Bearer a.b.c")
		r.Body = request.Body{Kind: request.RawBody, Type: "application/json", Text: `{"query":"` + query + `","variables":{"id":null}}`}
		return r
	}
	for _, c := range []struct {
		name   string
		r      request.Request
		status int
		body   string
		header []string
		who    string // "" for whoever
		cause  diagnose.CauseID
		el     diagnose.ElementID
	}{
		// RFC 6750 §3.1: the words of error_description are free, these are those of Spring, Keycloak, IdentityServer and go-jose.
		{"a token that is too early", get, 401, ``, challenged("Jwt used before 2026-01-01T00:00:00Z"), "", "token_not_yet_valid", "auth"},
		{"a token for others", get, 401, ``, challenged("The audience 'shop' is invalid"), "", "wrong_audience", "auth"},
		{"a token that is none", get, 401, ``, challenged("Malformed token: it has 2 segments"), "", "malformed_authorization", "auth"},
		{"a token of another key", get, 401, ``, challenged("The signature is invalid"), "", "invalid_credentials", "auth"},
		{"a scope that is wanted", get, 403, ``, []string{"WWW-Authenticate", `Bearer error="insufficient_scope", scope="orders:read"`}, "", "insufficient_scope", "auth"},
		{"a cookie that is taken away", get, 401, `{}`, []string{"Set-Cookie", "sid=; Max-Age=0; Path=/"}, "", "session_cookie_invalid", "cookie:sid"},

		// §4.1
		{"Squid", get, 403, `<html>ERR_ACCESS_DENIED</html>`, []string{"Server", "squid/5.7", "X-Squid-Error", "ERR_ACCESS_DENIED 0"}, "squid", "blocked_by_waf", ""},
		{"Tinyproxy", get, 401, ``, []string{"Server", "tinyproxy/1.11.1"}, "forward proxy", "proxy_auth_required", "proxy"},
		{"Cloudflare's plain page", get, 403, `<html><center><h1>403 Forbidden</h1></center><hr><center>cloudflare</center></html>`, []string{"Server", "cloudflare"}, "cloudflare", "blocked_by_waf", ""},
		{"Cloudflare, a country", get, 403, `error code: 1009`, []string{"Server", "cloudflare", "CF-RAY", "1"}, "cloudflare", "ip_not_allowed", ""},
		{"CloudFront without a page", get, 403, ``, []string{"Server", "CloudFront", "X-Cache", "Error from cloudfront"}, "cloudfront", "blocked_by_waf", ""},
		{"API Gateway by its message", get, 403, `{"message":"Missing Authentication Token"}`, nil, "aws api gateway", "gateway_route_not_found", "url.path"},
		{"Azure, no such operation", get, 404, `{ "statusCode": 404, "message": "Resource not found" }`, nil, "azure api management", "gateway_route_not_found", "url.path"},
		{"Azure, a wrong key", get, 401, `{ "statusCode": 401, "message": "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription." }`, nil, "azure api management", "invalid_credentials", "header:Ocp-Apim-Subscription-Key"},
		{"Apigee, no key", get, 401, `{"fault":{"faultstring":"Failed to resolve API Key variable request.queryparam.apikey","detail":{"errorcode":"steps.oauth.v2.FailedToResolveAPIKey"}}}`, nil, "apigee", "missing_credentials", "query:apikey"},
		{"Fastly", get, 500, "Fastly error: unknown domain: api.test. Please check that this domain has been added to a service.", nil, "fastly", "", ""},
		{"Google", get, 404, `<html><title>Error 404 (Not Found)!!1</title><p><b>404.</b> <ins>That’s an error.</ins><p>The requested URL <code>/v1/orders</code> was not found on this server.</html>`, nil, "google frontend", "gateway_route_not_found", "url.path"},
		{"Azure's web apps", get, 404, `<html><title>404 Web Site not found.</title></html>`, nil, "azure app service", "gateway_route_not_found", "url.path"},
		{"Traffic Server maps hosts", ask("GET", "https://api.test/x", "Host", "other.test"), 404, `<HTML><TITLE>Not Found on Accelerator</TITLE><FONT FACE="Helvetica,Arial"><B>Your request on the specified host was not found.</B></HTML>`, []string{"Server", "ATS/9.1"}, "traffic server", "host_header_mismatch", "header:Host"},

		// §4.4
		{"Salesforce, the session", get, 401, `[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]`, nil, "", "expired_token", ""},
		{"Salesforce, a field", post(`{"Email":"x"}`), 400, `[{"message":"Email: invalid email address: x","errorCode":"INVALID_EMAIL_ADDRESS","fields":["Email"]}]`, nil, "", "invalid_body_property_format", "body:/Email"},
		{"Salesforce, the limit", get, 403, `[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]`, nil, "", "quota_exhausted", ""},
		{"PostgREST, expired", get, 401, `{"code":"PGRST303","details":null,"hint":null,"message":"JWT expired"}`, nil, "", "expired_token", ""},
		{"PostgREST, a token", get, 401, `{"code":"PGRST301","details":null,"hint":null,"message":"No suitable key or wrong key type"}`, nil, "", "invalid_credentials", ""},
		{"PostgREST, no JSON", post(`{"a":`), 400, `{"code":"PGRST102","details":null,"hint":null,"message":"Empty or invalid json"}`, nil, "", "malformed_json", "body"},
		{"Slack, none", get, 200, `{"ok":false,"error":"not_authed"}`, nil, "", "missing_credentials", ""},
		{"Slack, revoked", get, 200, `{"ok":false,"error":"token_revoked"}`, nil, "", "invalid_credentials", ""},
		{"Slack, expired", get, 200, `{"ok":false,"error":"token_expired"}`, nil, "", "expired_token", ""},
		{"Slack, too often", get, 200, `{"ok":false,"error":"ratelimited"}`, nil, "", "rate_limit_exceeded", ""},
		{"Apollo, nobody", document("{me{id}}"), 200, `{"errors":[{"message":"You must be logged in.","extensions":{"code":"UNAUTHENTICATED"}}]}`, nil, "", "invalid_credentials", ""},
		{"Apollo, forbidden", document("{me{id}}"), 200, `{"errors":[{"message":"Not for you.","extensions":{"code":"FORBIDDEN"}}]}`, nil, "", "insufficient_permission", ""},
		{"Apollo, the document", document("{me{idd}}"), 400, `{"errors":[{"message":"The document is not valid.","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}`, nil, "", "", "body:/query"},
		{"graphql-js, null", document("query($id:ID!){order(id:$id){id}}"), 400, `{"errors":[{"message":"Variable \"$id\" got invalid value null at \"id\"; Expected non-nullable type \"ID!\" not to be null.","locations":[{"line":1,"column":7}]}]}`, nil, "", "", "body:/variables/id"},
		{"OAuth, the client's secret", form("grant_type=client_credentials&client_id=shop&client_secret=x"), 401, `{"error":"unauthorized_client","error_description":"Invalid client or Invalid client credentials"}`, nil, "", "invalid_credentials", "form:client_secret"},
		{"OAuth, the refresh token", form("grant_type=refresh_token&refresh_token=old&client_id=shop"), 400, `{"error":"invalid_grant","error_description":"Invalid refresh token"}`, nil, "", "invalid_credentials", "form:refresh_token"},

		// RFC 4918
		{"a copy to nowhere", ask("COPY", "https://h.test/a", "Destination", "https://h.test/x/y"), 409, `Conflict`, nil, "", "conflict", "header:Destination"},
		{"a copy onto something", ask("MOVE", "https://h.test/a", "Destination", "https://h.test/b", "Overwrite", "F"), 412, ``, nil, "", "precondition_failed", "header:Overwrite"},
		{"a depth", ask("PROPFIND", "https://h.test/a", "Depth", "2"), 400, ``, nil, "", "invalid_request_header", "header:Depth"},
		{"a read with a body", func() request.Request {
			r := get.Clone()
			r.Body = request.Body{Kind: request.RawBody, Text: "{}"}
			return r
		}(), 403, ``, nil, "", "blocked_by_waf", "body"},
		{"an Expect that is not met", ask("POST", "https://h.test/a", "Expect", "200-ok"), 417, ``, nil, "", "invalid_request_header", "header:Expect"},
	} {
		x := answered(c.r, c.status, c.body, c.header...)
		all := read(x)
		if name, _, _ := Responder(x); c.who != "" && name != c.who {
			t.Errorf("%s: %s answered", c.name, name)
		}
		if (c.cause != "" || c.el != "") && find(all, c.cause, c.el) == nil {
			t.Errorf("%s: no %s %s", c.name, c.cause, c.el)
			for _, e := range all {
				t.Logf("  %.0f %s %s %s %q", e.Ratio, e.Kind, e.Cause, e.Element, e.Text)
			}
		}
	}
}

// A success that is an error in a language of XML, beside one that only looks like it.
func TestFaultsInXMLAreNoPass(t *testing.T) {
	r := request.Request{Method: "POST", URL: "https://api.test/service"}
	for _, c := range []struct {
		name, body string
		passes     bool
	}{
		{"SOAP 1.1", `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode>soap:Client</faultcode><faultstring>no such order</faultstring></soap:Fault></soap:Body></soap:Envelope>`, false},
		{"SOAP 1.2", `<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope"><env:Body><env:Fault><env:Code><env:Value>env:Sender</env:Value></env:Code><env:Reason><env:Text xml:lang="en">no such order</env:Text></env:Reason></env:Fault></env:Body></env:Envelope>`, false},
		{"SOAP without a fault", `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><GetFaultsResponse><Faults>none</Faults></GetFaultsResponse></soap:Body></soap:Envelope>`, true},
		{"XML-RPC", `<?xml version="1.0"?><methodResponse><fault><value><struct><member><name>faultCode</name><value><int>4</int></value></member></struct></value></fault></methodResponse>`, false},
		{"XML-RPC's answer", `<?xml version="1.0"?><methodResponse><params><param><value><string>fault</string></value></param></params></methodResponse>`, true},
		{"Flickr", `<?xml version="1.0"?><rsp stat="fail"><err code="1" msg="Photo not found"/></rsp>`, false},
		{"Flickr's answer", `<?xml version="1.0"?><rsp stat="ok"><photo id="1" title="fail"/></rsp>`, true},
	} {
		ok, why := Passed(answered(r, 200, c.body, "Content-Type", "text/xml"), Expect{})
		if ok != c.passes {
			t.Errorf("%s: passes %v, want %v: %s", c.name, ok, c.passes, why)
		}
	}
}
