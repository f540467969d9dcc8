package inquiry_test

import (
	"strings"
	"time"

	"culprit/request"
)

// requestsOfOthers is the table of requests to servers that others wrote.
func requestsOfOthers() []requestOf {
	impatient := func(r *request.Request) { r.Settings.Timeouts.FirstByte = 300 * time.Millisecond }
	long := func(n int) string { return strings.Repeat("0123456789abcdef", n/16) }
	json := ` -H 'Content-Type: application/json' -d `
	const anyPath = "url.path url.path[0] url.path[1] url.path[2] url.path[3] url.path[4]"
	return []requestOf{
		{name: "bearer-none", curl: `curl {httpbin}/bearer`, truth: truth("missing_credentials", "auth")},
		{name: "basic-wrong", curl: `curl -u ada:secret {httpbin}/basic-auth/ada/difference`, truth: truth("invalid_credentials", "auth")},
		{name: "basic-none", curl: `curl {httpbin}/basic-auth/ada/difference`, truth: truth("missing_credentials", "auth")},
		{name: "digest-none", curl: `curl {httpbin}/digest-auth/auth/ada/difference`, truth: truth("missing_credentials", "auth")},
		{name: "no-such-path", curl: `curl {httpbin}/gte`, truth: truth("wrong_path", anyPath)},
		{name: "method", curl: `curl -X POST {httpbin}/get`, truth: truth("method_not_allowed", "method")},
		{name: "method-get", curl: `curl {httpbin}/post`, truth: truth("method_not_allowed", "method")},
		{name: "too-slow", curl: `curl {httpbin}/delay/2`, adjust: impatient, truth: truth("response_timeout", "timeout server")},
		{name: "delay-word", curl: `curl {httpbin}/delay/soon`, truth: truth("invalid_request_parameter", anyPath)},
		{name: "drip-word", curl: `curl '{httpbin}/drip?duration=0&numbytes=many'`, truth: truth("invalid_request_parameter", "query:numbytes")},
		{name: "links-word", curl: `curl '{httpbin}/links/many'`, truth: truth("invalid_request_parameter", anyPath)},
		{name: "base64", curl: `curl {httpbin}/base64/decode/%21%21%21`, truth: truth("invalid_request_parameter url_encoding", anyPath)},
		{name: "accept-image", curl: `curl -H 'Accept: text/plain' {httpbin}/image`, truth: truth("not_acceptable unsupported_media_type", "header:Accept")},
		{name: "etag", curl: `curl -H 'If-Match: "old"' {httpbin}/etag/new`, truth: truth("precondition_failed", "header:If-Match")},
		{name: "header-large", curl: `curl -H 'X-Context: ` + long(40<<10) + `' {httpbin}/get`, truth: truth("request_header_too_large", "header:X-Context")},
		{name: "https-to-http", curl: `curl https://{httpbin}/get`, adjust: func(r *request.Request) { r.URL = strings.Replace(r.URL, "https://http://", "https://", 1) },
			truth: truth("scheme_mismatch", "url.scheme url.port")},
		{name: "healthy-get", curl: `curl '{httpbin}/get?limit=010&empty=&when=31/12/2026'`},
		{name: "healthy-post", curl: `curl {httpbin}/post` + json + `'{"zip":"01069","flag":"true","list":[]}'`},
		{name: "healthy-put", curl: `curl -X PUT {httpbin}/put` + json + `'[]'`},
		{name: "healthy-delete", curl: `curl -X DELETE {httpbin}/delete`},
		{name: "healthy-gzip", curl: `curl {httpbin}/gzip`},
		{name: "healthy-deflate", curl: `curl {httpbin}/deflate`},
		{name: "healthy-json", curl: `curl -H 'Accept: application/json' {httpbin}/json`},
		{name: "healthy-empty", curl: `curl {httpbin}/status/204`},
		{name: "healthy-stream", curl: `curl {httpbin}/stream/3`},
		{name: "healthy-bearer", curl: `curl -H 'Authorization: Bearer anything' {httpbin}/bearer`},
		{name: "healthy-basic", curl: `curl -u ada:difference {httpbin}/basic-auth/ada/difference`},
		{name: "healthy-form", curl: `curl -d 'a=1&b=null' {httpbin}/post`},

		{name: "nginx-denied", curl: `curl {nginx}/private/list.json`, truth: truth("missing_credentials insufficient_permission ip_not_allowed blocked_by_waf", "server auth")},
		{name: "nginx-large", curl: `curl {nginx}/api/post -H 'Content-Type: text/plain' -d '` + long(4<<10) + `'`, truth: truth("payload_too_large", "body")},
		{name: "nginx-basic-none", curl: `curl {nginx}/staff/list.json`, truth: truth("missing_credentials", "auth")},
		{name: "nginx-basic-wrong", curl: `curl -u ada:wrong {nginx}/staff/list.json`, truth: truth("invalid_credentials", "auth")},
		{name: "nginx-down", curl: `curl {nginx}/down/orders`, truth: truth("upstream_unavailable", "server")},
		{name: "nginx-slow", curl: `curl {nginx}/slow/`, truth: truth("gateway_timeout", "server")},
		{name: "nginx-uri", curl: `curl '{nginx}/list.json?trace=` + long(12<<10) + `'`, truth: truth("uri_too_long", "query:trace url.query url")},
		{name: "nginx-header", curl: `curl -H 'X-Context: ` + long(12<<10) + `' {nginx}/list.json`, truth: truth("request_header_too_large", "header:X-Context")},
		{name: "nginx-method", curl: `curl -X POST {nginx}/list.json`, truth: truth("method_not_allowed", "method")},
		{name: "nginx-path", curl: `curl {nginx}/lists.json`, truth: truth("wrong_path resource_not_found", anyPath)},
		{name: "nginx-quiet", curl: `curl {nginx}/quiet/`, truth: truth("empty_response", "server")},
		{name: "nginx-maintenance", curl: `curl {nginx}/maintenance/`, truth: truth("upstream_unavailable overloaded maintenance", "server")},
		{name: "nginx-limited", curl: `curl {nginx}/limited/list.json`, spent: true, truth: truth("rate_limit_exceeded intermittent_failure", "server")},
		{name: "nginx-healthy", curl: `curl {nginx}/list.json`},
		{name: "nginx-healthy-api", curl: `curl {nginx}/api/headers`},
		{name: "nginx-healthy-staff", curl: `curl -u ada:difference {nginx}/staff/list.json`},

		{name: "squid-healthy", curl: `curl -x {squid} {httpbin}/get`},
		{name: "squid-denied", curl: `curl -x {squid} http://127.0.0.1:1/get`, truth: truth("proxy_misrouted blocked_by_waf insufficient_permission", "proxy server")},
		{name: "squid-refused", curl: `curl -x {squid} http://127.0.0.1:2/get`, truth: truth("connection_refused upstream_unavailable proxy_misrouted", "proxy server tcp url.port")},
		{name: "squid-auth", curl: `curl -x {squid-auth} {httpbin}/get`, truth: truth("proxy_auth_required", "proxy")},

		{name: "pocket-required", curl: `curl {pocketbase}/api/collections/books/records` + json + `'{"pages":12}'`, truth: truth("missing_body_property", "body:/title")},
		{name: "pocket-email", curl: `curl {pocketbase}/api/collections/books/records` + json + `'{"title":"Notes","mail":"ada.example.com"}'`, truth: truth("invalid_body_property_format", "body:/mail")},
		{name: "pocket-low", curl: `curl {pocketbase}/api/collections/books/records` + json + `'{"title":"Notes","pages":-4}'`, truth: truth("invalid_body_property_value", "body:/pages")},
		{name: "pocket-choice", curl: `curl {pocketbase}/api/collections/books/records` + json + `'{"title":"Notes","state":"NEW"}'`, truth: truth("invalid_body_property_value", "body:/state")},
		{name: "pocket-web", curl: `curl {pocketbase}/api/collections/books/records` + json + `'{"title":"Notes","web":"example"}'`, truth: truth("invalid_body_property_format", "body:/web")},
		{name: "pocket-json", curl: `curl {pocketbase}/api/collections/books/records` + json + `'{"title":"Notes",}'`, truth: truth("malformed_json", "body")},
		{name: "pocket-admins", curl: `curl {pocketbase}/api/collections`, truth: truth("missing_credentials", "auth")},
		{name: "pocket-collection", curl: `curl {pocketbase}/api/collections/boks/records`, truth: truth("wrong_path resource_not_found", anyPath)},
		{name: "pocket-record", curl: `curl {pocketbase}/api/collections/books/records/nosuchrecord123`, truth: truth("resource_not_found", anyPath)},
		{name: "pocket-filter", curl: `curl '{pocketbase}/api/collections/books/records?filter=titel%3D%27x%27'`, truth: truth("invalid_request_parameter", "query:filter")},
		{name: "pocket-healthy", curl: `curl {pocketbase}/api/collections/books/records`},
		{name: "pocket-healthy-post", curl: `curl {pocketbase}/api/collections/books/records` + json + `'{"title":"Notes","state":"new","unknown":1}'`},
		{name: "pocket-healthy-health", curl: `curl {pocketbase}/api/health`},
	}
}
