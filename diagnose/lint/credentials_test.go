package lint

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/request"
)

func b64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

func TestCredentialRules(t *testing.T) { run(t, credentialSamples()) }

func credentialSamples() []sample {
	good := jwt(`{"exp":1900000000,"nbf":1,"iat":1}`)
	bare := auth("Bearer abcdef0123456789")
	return []sample{
		{"C1", auth("Bearer abcdef "), Facts{}, "auth", "malformed_authorization", "Bearer abcdef", bare},
		{"C1", get("https://h.test/", "X-Api-Key:  abc\n"), Facts{}, "header:X-Api-Key", "malformed_authorization", "abc", get("https://h.test/", "X-Api-Key: a b c")},
		{"C2", auth("Bearer abc\u200bdef"), Facts{}, "auth", "malformed_authorization", "Bearer abcdef", auth("Bearer abc-def")},
		{"C3", auth(`Bearer "abcdef"`), Facts{}, "auth", "malformed_authorization", "Bearer abcdef", auth(`Digest username="x", realm="y"`)},
		{"C3", auth(`"Bearer abcdef"`), Facts{}, "auth", "malformed_authorization", "", auth(`Token token="abc"`)},
		{"C4", auth("Bearer Bearer abc"), Facts{}, "auth", "malformed_authorization", "Bearer abc", bare},
		{"C4", auth("Bearer: abc"), Facts{}, "auth", "malformed_authorization", "Bearer abc", auth("Token abc")},
		{"C4", auth("Baerer abcdef"), Facts{}, "auth", "malformed_authorization", "Bearer abcdef", auth("SSWS abcdef")},
		{"C4", auth("Bearerabcdefghijklmnop"), Facts{}, "auth", "malformed_authorization", "Bearer abcdefghijklmnop", auth("ApiKey abcdefghijklmnop")},
		{"C4", auth("Bearer"), Facts{}, "auth", "missing_credentials", "", auth("Negotiate")},
		{"C5", auth(good), Facts{}, "auth", "malformed_authorization", "Bearer " + good, auth("Bearer " + good)},
		{"C5", auth("ghp_0123456789abcdef"), Facts{}, "auth", "malformed_authorization", "Bearer ghp_0123456789abcdef", auth("token ghp_0123456789abcdef")},
		{"C6", auth("Bearer  abc"), Facts{}, "auth", "malformed_authorization", "Bearer abc", bare},
		{"C6", auth("Bearer abc def"), Facts{}, "auth", "malformed_authorization", "Bearer abcdef", auth("bearer abc")},
		{"C5", auth(b64("ops:tulip-42")), Facts{}, "auth", "malformed_authorization", "Basic " + b64("ops:tulip-42"), auth("Basic " + b64("ops:tulip-42"))},
		{"C7", auth("Basic " + good), Facts{}, "auth", "malformed_authorization", "Bearer " + good, auth("Basic " + b64("user:pass"))},
		{"C7", auth("Bearer " + b64("user:password")), Facts{}, "auth", "malformed_authorization", "Basic " + b64("user:password"), auth("Bearer 0123456789abcdef")},
		{"C8", auth("Bearer abcd…wxyz"), Facts{}, "auth", "malformed_authorization", "", bare},
		{"C8", auth("Bearer sk_live_****"), Facts{}, "auth", "malformed_authorization", "", auth("Bearer sk_live_a.b-c_d~e+f/g")},
		{"C9", auth("Bearer {{token}}"), Facts{}, "auth", "unresolved_variable", "", bare},
		{"C9", auth("Bearer YOUR_API_KEY"), Facts{}, "auth", "unresolved_variable", "", auth("Bearer yourkeyisnice")},
		{"C9", auth("Bearer undefined"), Facts{}, "auth", "unresolved_variable", "", auth("Bearer undefinedx1")},
		{"C9", get("https://h.test/?user=${USER}"), Facts{}, "query:user", "unresolved_variable", "", get("https://h.test/?price=$100")},
		{"C9", data(`{"a":"{{x}}"}`), Facts{}, "body:/a", "unresolved_variable", "", data(`{"template":"Hello {{name}}, welcome"}`)},
		{"C10", auth("Bearer eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ"), Facts{}, "auth", "malformed_authorization", "", auth("Bearer " + good)},
		{"C10", auth("Bearer " + good + "="), Facts{}, "auth", "malformed_authorization", "Bearer " + good, auth("Bearer eyJhbGciOiJub3QgYSBqd3QifQ")},
		{"C10", auth("Bearer " + good[:len(good)-5]), Facts{}, "auth", "malformed_authorization", "", auth("Bearer " + good)},
		{"C11", auth("Bearer " + jwt(`{"exp":1700000000}`)), Facts{}, "auth", "expired_token", "", auth("Bearer " + good)},
		{"C11", auth("Bearer " + jwt(`{"nbf":1900000000}`)), Facts{}, "auth", "token_not_yet_valid", "", auth("Bearer " + good)},
		{"C11", auth("Bearer " + jwt(`{"aud":"https://api.other.example"}`)), Facts{}, "auth", "wrong_audience", "", auth("Bearer " + jwt(`{"aud":["https://id.shop.test","x"]}`))},
		{"C11", auth("Bearer " + jwt(`{"iss":"https://id.staging.shop.test/"}`)), Facts{}, "auth", "wrong_environment_credentials", "", auth("Bearer " + jwt(`{"iss":"https://accounts.vendor.example/"}`))},
		{"C11", get("https://api.shop.test/", "X-Client-Id: till", "Authorization: Bearer "+jwt(`{"azp":"web"}`)), Facts{}, "auth", "invalid_credentials", "", get("https://api.shop.test/", "X-Client-Id: web", "Authorization: Bearer "+jwt(`{"azp":"web"}`))},
		{"C11", auth("Bearer " + jwt(`{"azp":"https://app.staging.shop.test"}`)), Facts{}, "auth", "wrong_environment_credentials", "", auth("Bearer " + jwt(`{"azp":"https://app.shop.test"}`))},
		{"C12", auth("Basic " + b64("user:pass\n")), Facts{}, "auth", "malformed_authorization", "Basic " + b64("user:pass"), auth("Basic " + b64("user:pa:ss"))},
		{"C12", auth("Basic user:pass"), Facts{}, "auth", "malformed_authorization", "Basic " + b64("user:pass"), auth("Basic " + b64("user:pass"))},
		{"C13", get("https://gitlab.shop.test/", "Authorization: Bearer ghp_0123456789abcdef"), Facts{}, "auth", "wrong_environment_credentials", "", get("https://api.github.com/", "Authorization: Bearer ghp_0123456789abcdef")},
		{"C13", auth("Bearer sk_test_0123456789"), Facts{Around: in("production")}, "auth", "wrong_environment_credentials", "", auth("Bearer sk_live_0123456789")},
		{"C14", get("https://h.test/c?api_key=k"), Facts{Siblings: []request.Request{get("https://h.test/a", "X-Api-Key: k"), get("https://h.test/b", "X-Api-Key: k")}}, "query:api_key", "credentials_in_wrong_place", "header:X-Api-Key", get("https://h.test/c", "X-Api-Key: k")},
		{"C15", get("https://h.test/?api_key=k", "Authorization: Bearer x"), Facts{}, "query:api_key", "malformed_authorization", "-", get("https://h.test/?key_id=7", "Authorization: Bearer x")},
		{"C16", get("https://h.test/", "Cookie: sid=1; Path=/; HttpOnly"), Facts{}, "cookie:Path", "session_cookie_invalid", "-", get("https://h.test/", "Cookie: sid=1; path_taken=left")},
		{"C16", get("https://h.test/a", "Cookie: sid=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT"), Facts{}, "cookie:sid", "session_cookie_invalid", "", get("https://h.test/a", "Cookie: sid=1")},
		{"C16", get("https://h.test/shop", "Cookie: sid=1; Path=/admin"), Facts{}, "cookie:sid", "session_cookie_invalid", "", get("https://h.test/admin/users", "Cookie: sid=1")},
		{"C16", get("https://h.test/shop", "Cookie: sid=1; Domain=other.test"), Facts{}, "cookie:sid", "session_cookie_invalid", "", get("https://h.test/", "Cookie: sid=1")},
		{"C16", get("http://h.test/a", "Cookie: __Host-sid=1"), Facts{}, "cookie:__Host-sid", "session_cookie_invalid", "", get("https://h.test/a", "Cookie: __Host-sid=1")},
		{"C16", get("https://h.test/a", "Cookie: sid=1"), baked("sid=‹secret›; Max-Age=1800; Path=/", time.Hour), "cookie:sid", "session_cookie_invalid", "", get("https://h.test/a", "Cookie: other=1")},
		{"C16", get("https://h.test/a", "Cookie: sid=1"), baked("sid=; Max-Age=0", time.Minute), "cookie:sid", "session_cookie_invalid", "", get("https://h.test/a", "Cookie: other=1")},
		{"C16", get("http://h.test/a", "Cookie: sid=1"), baked("sid=x; Secure", time.Minute), "cookie:sid", "session_cookie_invalid", "", get("https://h.test/a", "Cookie: sid=1")},
		{"C16", get("https://h.test/a", "Cookie: sid=1"), baked("sid=x; Path=/api/", time.Minute), "cookie:sid", "session_cookie_invalid", "", get("https://h.test/api/a", "Cookie: sid=1")},
		{"C16", get("https://evil.test/a", "Cookie: sid=1"), baked("sid=x; Domain=h.test", time.Minute), "cookie:sid", "session_cookie_invalid", "", get("https://www.h.test/a", "Cookie: sid=1")},
		{"C17", auth("Bearer " + strings.Repeat("a", 9000)), Facts{}, "auth", "request_header_too_large", "", auth("Bearer " + strings.Repeat("a", 3000))},
		{"C18", get("https://s3.us-west-2.amazonaws.com/b", "X-Amz-Date: 20261120T115900Z", "Authorization: AWS4-HMAC-SHA256 Credential=AK/20261120/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=ab"), Facts{}, "auth", "signature_mismatch", "",
			get("https://s3.us-east-1.amazonaws.com/b", "X-Amz-Date: 20261120T115900Z", "Authorization: AWS4-HMAC-SHA256 Credential=AK/20261120/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=ab")},
		{"C18", get("https://s3.us-east-1.amazonaws.com/b", "X-Amz-Date: 20261119T115900Z", "Authorization: AWS4-HMAC-SHA256 Credential=AK/20261119/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=ab"), Facts{}, "auth", "signature_mismatch", "", bare},
		{"C19", auth("Bearer " + jwt(`{"token_use":"id","at_hash":"x"}`)), Facts{}, "auth", "invalid_credentials", "", auth("Bearer " + jwt(`{"token_use":"access"}`))},
		{"C20", with("POST", "https://h.test/a", "application/json", "{}", "Cookie: csrf=c9; sid=1", "X-CSRF-Token: c8"), Facts{}, "header:X-Csrf-Token", "csrf_or_origin_rejected", "c9", with("POST", "https://h.test/a", "application/json", "{}", "Cookie: csrf=c9; sid=1", "X-CSRF-Token: masked-c9")},
		{"C20", with("POST", "https://h.test/a", "application/json", "{}", "Cookie: csrf=c9; sid=1", "X-CSRF-Token: c8"), Facts{}, "header:X-Csrf-Token", "csrf_or_origin_rejected", "c9",
			with("POST", "https://h.test/a", "application/json", "{}", "Cookie: csrftoken="+strings.Repeat("aB3d", 16)+"; sessionid=1", "X-CSRFToken: "+strings.Repeat("Qx7z", 16))},
		{"C20", with("POST", "https://h.test/a", "application/json", "{}", "Cookie: csrftoken=abc; sessionid=1"), Facts{}, "header:X-Csrftoken", "csrf_or_origin_rejected", "abc", with("POST", "https://h.test/a", "application/json", "{}", "Cookie: theme=dark")},
		{"C21", get("https://h.test/c"), Facts{Siblings: []request.Request{get("https://h.test/a", "Authorization: Bearer k")}}, "auth", "missing_credentials", "Bearer k", get("https://other.test/c")},
	}
}

// A credential of one origin is never proposed for another (§11).
func TestCredentialsStayWithTheirOrigin(t *testing.T) {
	for _, url := range []string{"http://h.test/c", "https://h.test:8443/c", "https://evil.test/c"} {
		hits := check(get(url), Facts{Siblings: []request.Request{get("https://h.test/a", "Authorization: Bearer k", "X-Api-Key: s"), get("https://h.test/b", "Authorization: Bearer k", "X-Api-Key: s")}})
		for _, h := range hits {
			for _, e := range h.Edits {
				if to := fmt.Sprint(e.To); strings.Contains(to, "Bearer k") || to == "s" {
					t.Errorf("%s: %s proposes it", url, h.Rule)
				}
			}
		}
	}
}

// baked is the knowledge of a pass some time ago, whose answer set a cookie.
func baked(cookie string, ago time.Duration) Facts {
	x := &request.Exchange{Request: get("https://h.test/a"), Start: noon.Add(-ago), Hops: []request.Hop{{Response: &request.Response{Status: 200,
		Header: []request.Field{{Name: "Set-Cookie", Value: cookie}}, Body: request.NewContent(nil)}}}}
	return Facts{Good: []diagnose.Known{{Label: "then", Request: x.Request, From: diagnose.FromHistory, Exchange: x}}}
}
