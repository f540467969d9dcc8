package lint

import (
	"strings"
	"testing"

	"culprit/diagnose/element"
	"culprit/request"
)

func TestURLRules(t *testing.T) { run(t, urlSamples()) }

func urlSamples() []sample {
	ok := get("https://api.shop.test/v1/users/42?limit=10")
	near := Facts{Siblings: []request.Request{get("https://api.shop.test/v1/users"), get("https://api.shop.test/v1/orders"), get("https://api.shop.test/v1/products/3")}}
	return []sample{
		{"U1", get("localhost:8080/x"), Facts{}, "url.scheme", "missing_url_scheme", "http://localhost:8080/x", get("http://localhost:8080/x")},
		{"U1", get("api.shop.test/x"), Facts{}, "url.scheme", "missing_url_scheme", "https://api.shop.test/x", ok},
		{"U1", get("htps://h.test/x"), Facts{}, "url.scheme", "missing_url_scheme", "https://h.test/x", get("HTTPS://h.test/x")},
		{"U1", get("https:/h.test/x"), Facts{}, "url.scheme", "missing_url_scheme", "https://h.test/x", ok},
		{"U1", get("{{base}}/x"), Facts{}, "url", "unresolved_variable", "", ok},
		{"U2", get(" https://h.test/x\n"), Facts{}, "url", "malformed_url", "https://h.test/x", ok},
		{"U2", get(`"https://h.test/x"`), Facts{}, "url", "malformed_url", "https://h.test/x", ok},
		{"U3", get("https://h.test/a b"), Facts{}, "url.path", "url_encoding", "/a%20b", get("https://h.test/a%20b")},
		{"U3", get("https://h.test/?q=x y&z=1"), Facts{}, "query:q", "url_encoding", "x y", get("https://h.test/?q=x+y")},
		{"U4", get("https://h.test/?q=a%2520b"), Facts{}, "query:q", "url_encoding", "a b", get("https://h.test/?q=100%25")},
		{"U23", get("https://h.test/v1%2Fitems?limit=5"), Facts{Status: 400}, "url.path", "url_encoding", "/v1/items", get("https://h.test/v1/items?next=%2Fa")},
		{"U5", get("https://h.test/?q=100%"), Facts{}, "query:q", "url_encoding", "100%", get("https://h.test/?q=100%25&w=%C3%A9")},
		{"U5", get("https://h.test/?q=100%+wool%20x"), Facts{}, "query:q", "url_encoding", "100% wool x", get("https://h.test/?q=100%25+wool")},
		{"U6", get("https://h.test/?phone=+491234567"), Facts{}, "query:phone", "url_encoding", "+491234567", get("https://h.test/?q=blue+car")},
		{"U7", get("https://h.test/v1//users"), Facts{}, "url.path", "wrong_path", "/v1/users", get("https://h.test/proxy/https://x.test/")},
		{"U7", get("https://h.test/v1/v1/users"), Facts{}, "url.path", "wrong_path", "/v1/users", get("https://h.test/7/7/tiles")},
		{"U7", get("https://h.test/api/v1/api/v1/users"), Facts{}, "url.path", "wrong_path", "/api/v1/users", ok},
		{"U7", get("http://h.test:8080users"), Facts{}, "url.port", "malformed_url", "http://h.test:8080/users", ok},
		{"U8", get("https://api.shop.test/v1/users/"), near, "url.path", "trailing_slash", "/v1/users", get("https://api.shop.test/v1/users")},
		{"U9", get("https://api.shop.test/v1/Users/4"), near, "url.path", "wrong_path", "/v1/users/4", get("https://api.shop.test/v1/users/ABC")},
		{"U10", get("https://h.test/users/{id}"), Facts{}, "url.path[1]", "unresolved_variable", "", ok},
		{"U10", get("https://h.test/users/:id/x"), Facts{}, "url.path[1]", "unresolved_variable", "", get("https://h.test/v1/users:batchGet")},
		{"U10", get("https://h.test/users/undefined"), Facts{}, "url.path[1]", "unresolved_variable", "", get("https://h.test/users/me")},
		{"U11", get("http://h.test:443/"), Facts{}, "url.scheme", "scheme_mismatch", "https", get("https://h.test:443/")},
		{"U11", get("https://h.test:99999/"), Facts{}, "url.port", "malformed_url", "", get("https://h.test:65535/")},
		{"U12", get("http://0.0.0.0:8080/"), Facts{}, "url.host", "wrong_host_or_environment", "127.0.0.1", get("http://localhost:8080/")},
		{"U13", get("https://h.test/a#x=1&y=2"), Facts{}, "url.fragment", "url_encoding", "", get("https://h.test/a#top")},
		{"U14", get("https://user:pw@h.test/"), Facts{}, "url.host", "malformed_authorization", "", get("https://h.test/@user")},
		{"U15", get("https://h.test/?limit=1&limit=2"), Facts{}, "query:limit#1", "invalid_request_parameter", "-", get("https://h.test/?tag=a&tag=b")},
		{"U15", get("https://h.test/?a=1&a[]=2"), Facts{}, "query:a", "invalid_request_parameter", "a[]", get("https://h.test/?a[]=1&a[]=2")},
		{"U16", get("https://h.test/?q=" + strings.Repeat("a", 9000)), Facts{}, "url.query", "uri_too_long", "", get("https://h.test/?q=" + strings.Repeat("a", 3000))},
		{"U17", get("https://api.shop.test/v2/users"), near, "url.path", "wrong_api_version", "/v1/users", ok},
		{"U18", get("https://docs.shop.test/v1/users"), Facts{}, "url.host", "wrong_host_or_environment", "api.shop.test", get("https://docsearch.shop.test/")},
		{"U19", get("https://h.test./"), Facts{}, "url.host", "host_header_mismatch", "h.test", ok},
		{"U19", get("https://h.con/"), Facts{}, "url.host", "dns_name_not_found", "h.com", get("https://falcon/")},
		{"U21", get("https://h.test/?api_key=k"), Facts{}, "query:api_key", "credentials_in_wrong_place", "", ok},
		{"U22", get("https://api.shop.test/v1/prodcts/4"), near, "url.path", "wrong_path", "/v1/products/4", get("https://api.shop.test/v1/payments/4")},
		{"C9", get("https://{{host}}/x"), Facts{}, "url.host", "unresolved_variable", "", ok},
	}
}

func TestMethodRules(t *testing.T) { run(t, methodSamples()) }

func methodSamples() []sample {
	both := []request.Request{post("application/json", "{}", "Idempotency-Key: a"), post("application/json", "{}", "Idempotency-Key: b")}
	return []sample{
		{"M1", with("GET", "https://h.test/", "application/json", "{}"), Facts{Responder: "cloudfront", Status: 403}, "body", "blocked_by_waf", "-", with("POST", "https://h.test/", "application/json", "{}")},
		{"M2", with("PUT", "https://h.test/a/1", "", ""), Facts{}, "body", "malformed_request_body", "{}", with("DELETE", "https://h.test/a/1", "", "")},
		{"M3", with("post", "https://h.test/", "application/json", "{}"), Facts{}, "method", "method_not_allowed", "POST", with("PROPFIND", "https://h.test/", "", "")},
		{"M3", with("PSOT", "https://h.test/", "application/json", "{}"), Facts{}, "method", "method_not_allowed", "POST", with("PURGE", "https://h.test/", "", "")},
		{"M5", with("PATCH", "https://h.test/", "application/json", `[{"op":"add","path":"/a","value":1}]`), Facts{}, "header:Content-Type", "unsupported_media_type", "application/json-patch+json", with("PATCH", "https://h.test/", "application/merge-patch+json", `{"a":null}`)},
		{"M5", with("PATCH", "https://h.test/", "application/json-patch+json", `{"a":1}`), Facts{}, "header:Content-Type", "unsupported_media_type", "application/merge-patch+json", with("PATCH", "https://h.test/", "application/json", `{"a":1}`)},
		{"M6", post("application/json", "{}", "X-HTTP-Method-Override: DELETE"), Facts{}, "header:X-Http-Method-Override", "method_not_allowed", "-", post("application/json", "{}")},
		{"M7", with("PUT", "https://h.test/1", "application/json", "{}", `If-Match: "a"`), Facts{}, "header:If-Match", "precondition_failed", "-", get("https://h.test/1", `If-None-Match: "a"`)},
		{"M7", with("PUT", "https://h.test/1", "application/json", "{}", `If-Match: abc`), Facts{}, "header:If-Match", "precondition_failed", `"abc"`, get("https://h.test/1", `If-None-Match: W/"a"`)},
		{"M8", data("{}"), Facts{Siblings: both}, "header:Idempotency-Key", "idempotency_key_missing", "", post("application/json", "{}", "Idempotency-Key: c")},
	}
}

func TestHeaderRules(t *testing.T) { run(t, headerSamples()) }

func headerSamples() []sample {
	two := []request.Request{get("https://h.test/a", "X-Tenant: 7", "Notion-Version: 2022-06-28"), get("https://h.test/b", "X-Tenant: 7", "Notion-Version: 2022-06-28")}
	multi := request.Request{Method: "POST", URL: "https://h.test/", Header: []request.Field{{Name: "Content-Type", Value: "multipart/form-data"}}, Body: request.Body{Kind: request.MultipartBody, Parts: []request.Part{{Name: "a", Value: "b"}}}}
	clean := multi.Clone()
	clean.Header = nil
	return []sample{
		{"H1", get("https://h.test/", "X-A: b\nc"), Facts{}, "header:X-A", "invalid_header_characters", "bc", get("https://h.test/", "X-A: b\tc")},
		{"H1", get("https://h.test/", "X A: b"), Facts{}, "", "invalid_header_characters", "", get("https://h.test/", "X_A: b")},
		{"H1", get("https://h.test/", "X-Trace-Id:: b"), Facts{}, "", "invalid_header_characters", "X-Trace-Id", get("https://h.test/", "X-A: b:c")},
		{"H1", get("https://h.test/", "X-A: caf\u00e9"), Facts{}, "header:X-A", "invalid_header_characters", "", get("https://h.test/", "X-A: cafe")},
		{"H2", post("", "{}", "Content-Type: application/json", "Content-Type: text/plain"), Facts{}, "header:Content-Type#1", "invalid_request_header", "-", get("https://h.test/", "Accept: a/b", "Accept: c/d")},
		{"H3", post("", `{"a":1}`), Facts{}, "header:Content-Type", "missing_request_header", "application/json", data(`{"a":1}`)},
		{"H3", post("", `a=1&b=2`), Facts{}, "header:Content-Type", "missing_request_header", "application/x-www-form-urlencoded", get("https://h.test/")},
		{"H4", post("application/x-www-form-urlencoded", `{"a":1}`), Facts{}, "header:Content-Type", "content_type_mismatch", "application/json", post("application/x-www-form-urlencoded", `a={"b":1}`)},
		{"H4", post("application/json", `a=1&b=2`), Facts{}, "header:Content-Type", "content_type_mismatch", "application/x-www-form-urlencoded", post("application/vnd.api+json", `{"data":{}}`)},
		{"H4", post("application/json", `<a><b/></a>`), Facts{}, "header:Content-Type", "content_type_mismatch", "application/xml", post("application/json", `"<a>x</a>"`)},
		{"H4", post("application/xml", `{"a":1}`), Facts{}, "header:Content-Type", "content_type_mismatch", "application/json", post("application/soap+xml", `<a>x</a>`)},
		{"H4", post("text/plain", `{"a":1}`), Facts{Status: 415}, "header:Content-Type", "content_type_mismatch", "application/json", post("text/plain", `hello = world`)},
		{"H4", post("applicaton/json", `{"a":1}`), Facts{}, "header:Content-Type", "content_type_mismatch", "application/json", post("application/hal+json", `{"a":1}`)},
		{"H4", post("json", `{"a":1}`), Facts{}, "header:Content-Type", "content_type_mismatch", "application/json", post("application/cbor", "\xa0")},
		{"H4", post("application/json", "{\"a\":1}\n{\"a\":2}"), Facts{}, "header:Content-Type", "content_type_mismatch", "application/x-ndjson", post("application/x-ndjson", "{\"a\":1}\n{\"a\":2}")},
		{"H5", post("application/json; charset=utf8", `{"a":1}`), Facts{}, "header:Content-Type", "unsupported_charset_or_encoding", "application/json; charset=utf-8", post("application/json; charset=utf-8", `{"a":1}`)},
		{"H5", post("application/json; charset=iso-8859-1", `{"a":1}`), Facts{}, "header:Content-Type", "unsupported_charset_or_encoding", "application/json", post("text/plain; charset=utf-8", `a`)},
		{"H6", multi, Facts{}, "header:Content-Type", "multipart_malformed", "-", clean},
		{"H6", post("multipart/form-data; boundary=x", "--y\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--y--\r\n"), Facts{}, "header:Content-Type", "multipart_malformed", "multipart/form-data; boundary=y", post("multipart/form-data; boundary=y", "--y\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--y--\r\n")},
		{"H7", post("application/json", `{"a":1}`, "Content-Length: 3"), Facts{}, "header:Content-Length", "content_length_mismatch", "-", post("application/json", `{"a":1}`, "Content-Length: 7")},
		{"H8", get("https://h.test/", "Accept: application/xml"), Facts{}, "header:Accept", "not_acceptable", "*/*", get("https://h.test/", "Accept: application/xml, */*;q=0.1")},
		{"H8", get("https://h.test/", "Accept: aplication/json"), Facts{}, "header:Accept", "not_acceptable", "application/json", get("https://h.test/", "Accept: text/event-stream")},
		{"H8", get("https://h.test/", "Accept: json"), Facts{}, "header:Accept", "not_acceptable", "application/json", get("https://h.test/", "Accept: application/json")},
		{"H9", get("https://h.test/", "Accept-Encoding: gizp"), Facts{}, "header:Accept-Encoding", "unsupported_charset_or_encoding", "gzip", get("https://h.test/", "Accept-Encoding: gzip;q=1.0, identity; q=0.5, *;q=0")},
		{"H10", get("https://h.test/", "User-Agent: curl/8.0"), Facts{Status: 403}, "header:User-Agent", "blocked_by_waf", "", get("https://h.test/", "User-Agent: Mozilla/5.0")},
		{"H11", get("https://h.test/", "Host: other.test"), Facts{}, "header:Host", "host_header_mismatch", "-", get("http://127.0.0.1:8080/", "Host: other.test")},
		{"H12", get("https://h.test/c", "X-Tenant: 7"), Facts{Siblings: two}, "header:Notion-Version", "missing_request_header", "2022-06-28", get("https://h.test/c", "X-Tenant: 7", "Notion-Version: x")},
		{"H21", get("https://h.test/old/payments?limit=3"), Facts{Siblings: []request.Request{with("POST", "https://h.test/v1/payments", "application/json", "{}", "X-Api-Version: 2026-01", "Accept: text/plain")}}, "header:X-Api-Version", "missing_request_header", "2026-01", get("https://h.test/old/refunds")},
		{"H13", get("https://h.test/c"), Facts{Siblings: two}, "header:X-Tenant", "missing_request_header", "7", get("https://i.test/c")},
		{"H14", get("https://h.test/", ":authority: h.test"), Facts{}, "", "invalid_header_characters", "-", get("https://h.test/", "Connection: keep-alive")},
		{"H15", get("https://h.test/", "X-Big: "+strings.Repeat("a", 9000)), Facts{}, "header:X-Big", "request_header_too_large", "-", get("https://h.test/", "X-Big: "+strings.Repeat("a", 900))},
		{"H16", get("https://h.test/", "Origin: https://x.test"), Facts{Status: 403}, "header:Origin", "csrf_or_origin_rejected", "-", get("https://h.test/", "X-Origin-Id: 4")},
		{"H17", get("https://h.test/", "Authorisation: Bearer x"), Facts{}, "header:Authorisation", "missing_request_header", "Authorization", get("https://h.test/", "X-Authorization: Bearer x")},
		{"H17", get("https://h.test/", "ContentType: application/json"), Facts{}, "header:Contenttype", "missing_request_header", "Content-Type", get("https://h.test/", "X-Content-Type-Options: nosniff")},
		{"H19", post("application/json", `{"hello": "world"}`, "Content-Digest: sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"), Facts{}, "header:Content-Digest", "signature_mismatch", "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:", post("application/json", `{"hello": "world"}`, "Content-Digest: sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:")},
		{"H19", post("application/json", `{"hello": "world"}`, "Digest: SHA-256=AAAA, id-sha-256=X48E"), Facts{}, "header:Digest", "signature_mismatch", "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=, id-sha-256=X48E", post("application/json", "{}", "Want-Digest: sha-256;q=1")},
		{"H19", post("application/json", `{}`, "Content-MD5: AAAA"), Facts{}, "header:Content-MD5", "signature_mismatch", "mZFLkyvTelC5g8XnyQrpOw==", post("application/json", `{}`, "Content-MD5: mZFLkyvTelC5g8XnyQrpOw==")},
		{"H19", post("application/json", `{"hello": "world"}`, "Digest: SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9D-_8"), Facts{}, "header:Digest", "signature_mismatch", "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=",
			post("application/json", `{"hello": "world"}`, "Digest: SHA-256=AAAA", "Repr-Digest: sha-256=:AAAA:", "Content-Range: bytes 0-17/40")},
		{"H19", get("https://h.test/", "Digest: SHA-256=AAAA"), Facts{}, "header:Digest", "signature_mismatch", "SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", leftOver(get("https://h.test/", "Digest: SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="))},
		{"H18", get("https://h.test/", "X-Forwarded-For: 1.2.3.4"), Facts{}, "header:X-Forwarded-For", "invalid_request_header", "-", get("https://h.test/", "X-Forward: 1")},
	}
}

// A write does not go to the path that comes of decoding: DELETE of one thing would become that of another.
func TestAnEncodedSlashOfAWriteStays(t *testing.T) {
	r := get("https://h.test/projects/a%2Fmembers")
	r.Method = "DELETE"
	for _, h := range Check(element.Of(r), Facts{Status: 404}) {
		if h.Cause == "url_encoding" {
			t.Errorf("got %+v", h)
		}
	}
}

// leftOver is a request without a body, and the text of the one that it had.
func leftOver(r request.Request) request.Request {
	r.Body.Text = "left over"
	return r
}

// A digest in hex is that of the body, and no other one.
func TestADigestInHexIsNotThatOfAnotherBody(t *testing.T) {
	for _, h := range []string{"Digest: SHA-256=5f8f04f6a3a892aaabbddb6cf273894493773960d4a325b105fee46eef4304f1", "Content-MD5: 49dfdd54b01cbcd2d2ab5e9e5ee6b9b9"} {
		hit, ok := find(check(post("application/json", `{"hello": "world"}`, h), Facts{}), "H19", "")
		if !ok || hit.Odds > 30 || hit.Text != "The digest is not written in base64." {
			t.Errorf("%s: got %+v", h, hit)
		}
	}
}
