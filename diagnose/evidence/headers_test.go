package evidence

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/request"
)

func TestParseChallenges(t *testing.T) {
	for v, want := range map[string][]authChallenge{
		`Bearer`:             {{scheme: "bearer", params: map[string]string{}}},
		`Basic realm="a, b"`: {{scheme: "basic", params: map[string]string{"realm": "a, b"}}},
		`Bearer realm="x", error="invalid_token", error_description="The \"token\" expired"`: {{scheme: "bearer", params: map[string]string{"realm": "x", "error": "invalid_token", "error_description": `The "token" expired`}}},
		`Digest realm="x", nonce="n", stale=TRUE, Basic realm="y"`:                           {{scheme: "digest", params: map[string]string{"realm": "x", "nonce": "n", "stale": "TRUE"}}, {scheme: "basic", params: map[string]string{"realm": "y"}}},
		`Negotiate, NTLM`:                             {{scheme: "negotiate", params: map[string]string{}}, {scheme: "ntlm", params: map[string]string{}}},
		`Negotiate YII==, Basic realm=x`:              {{scheme: "negotiate", token: "YII==", params: map[string]string{}}, {scheme: "basic", params: map[string]string{"realm": "x"}}},
		`DPoP algs="ES256", error = "use_dpop_nonce"`: {{scheme: "dpop", params: map[string]string{"algs": "ES256", "error": "use_dpop_nonce"}}},
		``: nil, `,,, ,`: nil,
	} {
		if got := parseChallenges(v); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, want %+v", v, got, want)
		}
	}
}

func TestHeadersTell(t *testing.T) {
	r := post(order)
	bare := post(order)
	bare.Header = bare.Header[:2]
	for _, c := range []struct {
		name    string
		req     request.Request
		status  int
		body    string
		header  []string
		cause   diagnose.CauseID
		element diagnose.ElementID
		allowed string
	}{
		{"expired", r, 401, ``, []string{"WWW-Authenticate", `Bearer error="invalid_token", error_description="The access token expired"`}, "expired_token", "auth", ""},
		{"scope", r, 403, ``, []string{"WWW-Authenticate", `Bearer error="insufficient_scope", scope="orders:write admin"`}, "insufficient_scope", "auth", "orders:write,admin"},
		{"nothing sent", bare, 401, ``, []string{"WWW-Authenticate", `Bearer realm="api"`}, "missing_credentials", "auth", ""},
		{"Allow", r, 405, ``, []string{"Allow", "GET, PUT"}, "method_not_allowed", "method", "GET,PUT"},
		{"Accept-Post", r, 415, ``, []string{"Accept-Post", "application/xml, text/xml"}, "unsupported_media_type", "header:Content-Type", "application/xml,text/xml"},
		{"406", r, 406, ``, nil, "not_acceptable", "header:Accept", ""},
		{"428", r, 428, ``, nil, "precondition_required", "header:If-Match", ""},
		{"Retry-After", r, 429, ``, []string{"Retry-After", "30"}, "rate_limit_exceeded", "", ""},
		{"quota", r, 429, ``, []string{"X-RateLimit-Remaining", "0", "X-RateLimit-Limit", "1000", "X-RateLimit-Reset", "86000"}, "quota_exhausted", "", ""},
		{"GitHub 403", r, 403, ``, []string{"X-RateLimit-Remaining", "0", "X-RateLimit-Resource", "core"}, "rate_limit_exceeded", "", ""},
		{"structured", r, 429, ``, []string{"RateLimit", `"default";r=0;t=30`, "RateLimit-Policy", `"default";q=100;w=60`}, "rate_limit_exceeded", "", ""},
		{"overloaded", r, 503, ``, []string{"Retry-After", "Fri, 01 May 2026 00:01:00 GMT"}, "overloaded", "server", ""},
		{"gone", r, 410, ``, []string{"Sunset", "Sat, 31 Dec 2022 23:59:59 GMT"}, "api_deprecated_or_removed", "url.path", ""},
		{"plain to TLS", r, 400, "Client sent an HTTP request to an HTTPS server.\n", nil, "scheme_mismatch", "url.scheme", ""},
		{"nginx plain to TLS", r, 400, "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head><body><center>nginx</center></body></html>", nil, "scheme_mismatch", "url.scheme", ""},
		{"client certificate", r, 400, "<html><title>400 No required SSL certificate was sent</title><center>nginx</center></html>", nil, "mtls_certificate_required", "tls.client_certificate", ""},
		{"AWS route", r, 403, `{"message":"Missing Authentication Token"}`, []string{"x-amzn-ErrorType", "MissingAuthenticationTokenException", "x-amz-apigw-id", "x"}, "gateway_route_not_found", "url.path", ""},
		{"415 in words", r, 400, `{"message":"Content-Type must be application/xml"}`, nil, "unsupported_media_type", "header:Content-Type", "application/xml"},
		{"key in words", bare, 403, `{"message":"Missing API key"}`, nil, "missing_credentials", "auth", ""},
		{"header in words", r, 400, `{"error":"Missing required header: X-Tenant-Id"}`, nil, "missing_request_header", "header:X-Tenant-Id", ""},
		{"idempotency", r, 400, `{"detail":"Idempotency-Key header is required"}`, nil, "missing_request_header", "header:Idempotency-Key", ""},
		{"query in words", r, 400, `{"error":"Missing required query parameter: page"}`, nil, "missing_request_parameter", "query:page", ""},
		{"value echo", r, 400, `{"error":"cannot handle 'fifty'"}`, nil, "invalid_request_parameter", "query:limit", ""},
		{"proxy status", r, 502, ``, []string{"Proxy-Status", `edge.example; error=http_response_timeout; details="no; answer"`}, "gateway_timeout", "server", ""},
		{"Cloudflare 1010", r, 403, "error code: 1010", []string{"Server", "cloudflare", "CF-RAY", "1"}, "blocked_by_waf", "header:User-Agent", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := read(answered(c.req, c.status, c.body, c.header...))
			if len(all) == 0 || all[0].Cause != c.cause || all[0].Element != c.element || c.allowed != "" && strings.Join(all[0].Allowed, ",") != c.allowed {
				t.Errorf("want %s %s", c.cause, c.element)
				for _, e := range all {
					t.Logf("  %.0f %s %s %s %q %v", e.Ratio, e.Kind, e.Cause, e.Element, e.Text, e.Allowed)
				}
			}
		})
	}
}

func TestClockSkew(t *testing.T) {
	x := answered(post(order), 401, ``, "Date", "Fri, 01 May 2026 00:10:00 GMT")
	x.Start = time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	if e := find(read(x), "clock_skew", "auth"); e == nil || !strings.Contains(e.Text, "10 min") {
		t.Errorf("got %+v", e)
	}
}

func TestResponder(t *testing.T) {
	r := post(order)
	for _, c := range []struct {
		want   string
		origin bool
		status int
		body   string
		header []string
	}{
		{"nginx", false, 404, "<html><body><center><h1>404 Not Found</h1></center><hr><center>nginx/1.25</center></body></html>", []string{"Server", "nginx"}},
		{"nginx", true, 404, `{"error":"no such order"}`, []string{"Server", "nginx/1.25"}},
		{"cloudflare", false, 522, "", []string{"Server", "cloudflare", "CF-RAY", "x"}},
		{"cloudflare", true, 404, `{"error":"x"}`, []string{"Server", "cloudflare", "CF-RAY", "x"}},
		{"cloudfront", false, 403, "<HTML><H1>403 ERROR</H1><H2>The request could not be satisfied.</H2> Generated by cloudfront (CloudFront)</HTML>", []string{"X-Cache", "Error from cloudfront"}},
		{"aws load balancer", false, 503, "<html><center>503</center></html>", []string{"Server", "awselb/2.0"}},
		{"envoy", false, 503, "no healthy upstream", []string{"server", "envoy"}},
		{"envoy", true, 400, `{"a":1}`, []string{"server", "envoy", "x-envoy-upstream-service-time", "3"}},
		{"kong", false, 404, `{"message":"no Route matched with those values"}`, nil},
		{"apigee", false, 401, `{"fault":{"faultstring":"Invalid ApiKey","detail":{"errorcode":"oauth.v2.InvalidApiKey"}}}`, nil},
		{"azure api management", false, 401, `{"statusCode":401,"message":"Access denied due to missing subscription key."}`, nil},
		{"go router", false, 404, "404 page not found\n", nil},
		{"varnish", false, 503, "<html><h1>Error 503</h1><h3>Guru Meditation:</h3></html>", nil},
		{"akamai", false, 403, "<HTML><H1>Access Denied</H1>Reference&#32;&#35;18.1</HTML>", []string{"Server", "AkamaiGHost"}},
		{"heroku", false, 503, `<html><iframe src="//www.herokucdn.com/error-pages/application-error.html"></iframe></html>`, nil},
		{"vercel", false, 404, "The page could not be found", []string{"x-vercel-error", "NOT_FOUND"}},
		{"captive portal", false, 511, "", nil}, {"forward proxy", false, 407, "", []string{"Proxy-Authenticate", "Basic"}},
		{"edge", false, 502, "", []string{"Proxy-Status", "edge; error=connection_refused"}},
		{"origin", true, 500, `{"error":"x"}`, nil},
	} {
		name, origin, why := Responder(answered(r, c.status, c.body, c.header...))
		if name != c.want || origin != c.origin {
			t.Errorf("got %s origin=%v (%s), want %s origin=%v", name, origin, why, c.want, c.origin)
		}
	}
}
