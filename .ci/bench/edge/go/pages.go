package main

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// rule refuses some requests with an answer that a maker documents.
type rule struct {
	when   func(*http.Request) bool
	status int
	kind   string
	body   string
	header string
}

const (
	asJSON = "application/json"
	asHTML = "text/html; charset=UTF-8"
	asText = "text/plain"
)

func lacks(name string, values ...string) func(*http.Request) bool {
	return func(r *http.Request) bool {
		for _, v := range values {
			if r.Header.Get(name) == v {
				return false
			}
		}
		return true
	}
}

func outside(prefixes ...string) func(*http.Request) bool {
	return func(r *http.Request) bool {
		for _, p := range prefixes {
			if r.URL.Path == p || strings.HasPrefix(r.URL.Path, p+"/") {
				return false
			}
		}
		return true
	}
}

func method(path string, allowed ...string) func(*http.Request) bool {
	return func(r *http.Request) bool {
		for _, m := range allowed {
			if r.Method == m {
				return false
			}
		}
		return strings.HasPrefix(r.URL.Path, path)
	}
}

func both(a, b func(*http.Request) bool) func(*http.Request) bool {
	return func(r *http.Request) bool { return a(r) && b(r) }
}

func without(name string) func(*http.Request) bool {
	return func(r *http.Request) bool { return r.Header.Get(name) == "" }
}

// pages are gateways that do not run here (clouds, or too large), each with its documented answers.
func pages() {
	gate := func(name string, header map[string]string, rules ...rule) {
		good := to("origin")
		serve(name, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			for _, g := range rules {
				if !g.when(r) {
					continue
				}
				for k, v := range header {
					w.Header().Set(k, v)
				}
				if k, v, ok := strings.Cut(g.header, ": "); ok {
					w.Header().Set(k, v)
				}
				w.Header().Set("Content-Type", g.kind)
				w.WriteHeader(g.status)
				fmt.Fprint(w, g.body)
				return
			}
			good.ServeHTTP(w, r)
		}))
	}
	// docs.konghq.com: key-auth, request-size-limiting, routes
	gate("kong", map[string]string{"Server": "kong/3.6.1", "X-Kong-Response-Latency": "0"},
		rule{outside("/v2"), 404, asJSON, `{"message":"no Route matched with those values","request_id":"4c1e5b7a2f"}`, ""},
		rule{without("apikey"), 401, asJSON, `{"message":"No API key found in request","request_id":"4c1e5b7a30"}`, `WWW-Authenticate: Key realm="kong"`},
		rule{lacks("apikey", "kongkey-77a1"), 401, asJSON, `{"message":"Unauthorized","request_id":"4c1e5b7a31"}`, ""},
		rule{func(r *http.Request) bool { return r.ContentLength > 2000 }, 413, asJSON, `{"message":"Request size limit exceeded","request_id":"4c1e5b7a32"}`, ""})
	// docs.aws.amazon.com/apigateway: supported gateway responses
	gate("awsgw", map[string]string{"X-Amzn-RequestId": "b7b1f1c2-6c53-4f0e-9d8a-0c6e6f2b8a11"},
		rule{outside("/v2/parcels", "/v2/rates", "/v2/pickups"), 403, asJSON, `{"message":"Missing Authentication Token"}`, "X-Amzn-ErrorType: MissingAuthenticationTokenException"},
		rule{method("/v2/rates", "GET"), 403, asJSON, `{"message":"Missing Authentication Token"}`, "X-Amzn-ErrorType: MissingAuthenticationTokenException"},
		rule{lacks("X-Api-Key", "aws-usage-plan-key-1"), 403, asJSON, `{"message":"Forbidden"}`, "X-Amzn-ErrorType: ForbiddenException"},
		rule{both(method("/v2/pickups", "GET"), func(r *http.Request) bool {
			return !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json")
		}), 415, asJSON,
			`{"message":"Unsupported Media Type"}`, "X-Amzn-ErrorType: UnsupportedMediaTypeException"})
	// docs.apigee.com: policy error codes
	gate("apigee", nil,
		rule{func(r *http.Request) bool { return r.URL.Query().Get("apikey") == "" }, 401, asJSON,
			`{"fault":{"faultstring":"Failed to resolve API Key variable request.queryparam.apikey","detail":{"errorcode":"steps.oauth.v2.FailedToResolveAPIKey"}}}`, ""},
		rule{func(r *http.Request) bool { return r.URL.Query().Get("apikey") != "Zx81kLq0" }, 401, asJSON,
			`{"fault":{"faultstring":"Invalid ApiKey","detail":{"errorcode":"oauth.v2.InvalidApiKey"}}}`, ""})
	// learn.microsoft.com: subscriptions in Azure API Management
	gate("apim", nil,
		rule{outside("/v2"), 404, asJSON, `{ "statusCode": 404, "message": "Resource not found" }`, ""},
		rule{without("Ocp-Apim-Subscription-Key"), 401, asJSON,
			`{ "statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API." }`, ""},
		rule{lacks("Ocp-Apim-Subscription-Key", "9f0c3d1e5a7b"), 401, asJSON,
			`{ "statusCode": 401, "message": "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription." }`, ""})
	// istio.io and envoyproxy.io: authorization policies, response flags
	gate("istio", map[string]string{"Server": "istio-envoy"},
		rule{both(method("/v2/parcels", "GET", "POST"), lacks("X-Team", "platform")), 403, asText, "RBAC: access denied", ""},
		rule{func(r *http.Request) bool { return r.URL.Path == "/v2/labels" }, 503, asText, "no healthy upstream", ""},
		rule{func(r *http.Request) bool {
			if r.URL.Query().Get("deep") != "true" {
				return false
			}
			time.Sleep(400 * time.Millisecond)
			return true
		}, 504, asText, "upstream request timeout", ""},
		rule{func(r *http.Request) bool {
			return strings.Contains(r.URL.Path, "//") || strings.Contains(strings.ToLower(r.URL.RawPath), "%2f")
		}, 400, asText, "", ""})
	// developers.cloudflare.com: 1xxx errors, challenges
	page := func(code, title, text string) string {
		return `<!DOCTYPE html><html lang="en-US"><head><title>` + title + `</title></head><body><div id="cf-wrapper"><h1><span class="cf-error-type">Error</span> <span class="cf-error-code">` +
			code + `</span></h1><h2 class="cf-subheadline">` + title + `</h2><p>` + text + `</p><p><span class="cf-footer-item">Cloudflare Ray ID: <strong>8a1b2c3d4e5f6789</strong></span></p></div></body></html>`
	}
	gate("cloudflare", map[string]string{"Server": "cloudflare", "CF-RAY": "8a1b2c3d4e5f6789-FRA"},
		rule{func(r *http.Request) bool {
			return strings.Contains(r.UserAgent(), "python-requests") || strings.Contains(r.UserAgent(), "scrapy")
		}, 403, asHTML, page("1010", "Access denied", "The owner of this website has banned your access based on your browser's signature."), ""},
		rule{func(r *http.Request) bool {
			return strings.HasPrefix(r.URL.Path, "/admin") && r.Header.Get("Cookie") == ""
		}, 403, asHTML,
			`<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript and cookies to continue</noscript><script>window._cf_chl_opt={cType:'managed'}</script></body></html>`, "Cf-Mitigated: challenge"},
		rule{func(r *http.Request) bool { return r.URL.Path == "/v2/labels" }, 522, asHTML, page("522", "Connection timed out", "The initial connection between Cloudflare's network and the origin web server timed out."), ""})
	// doc.traefik.io: routers, and middlewares that say only the status
	gate("traefik", nil,
		rule{outside("/v2/parcels", "/v2/rates", "/v2/pickups"), 404, "text/plain; charset=utf-8", "404 page not found\n", "X-Content-Type-Options: nosniff"},
		rule{func(r *http.Request) bool {
			return strings.HasPrefix(r.URL.Path, "/v2/rates") && !strings.HasPrefix(r.Host, "rates.")
		}, 404,
			"text/plain; charset=utf-8", "404 page not found\n", "X-Content-Type-Options: nosniff"})
	gate("maintenance", map[string]string{"Retry-After": "3600"},
		rule{func(*http.Request) bool { return true }, 503, asHTML, "<html><head><title>Down for maintenance</title></head><body><h1>We'll be back soon</h1><p>We are performing scheduled maintenance until 18:00 UTC.</p></body></html>", ""})
}
