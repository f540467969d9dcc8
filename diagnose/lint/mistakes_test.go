package lint

import (
	"strings"
	"testing"

	"culprit/request"
)

func TestMistakes(t *testing.T) { run(t, mistakeSamples()) }

// mistakeSamples are mistakes that people make beyond what the other tables hold.
func mistakeSamples() []sample {
	wrapped := Facts{Siblings: []request.Request{data(`{"order":{"name":"a","qty":2,"note":"x"}}`)}}
	bare := Facts{Siblings: []request.Request{data(`{"name":"a","qty":2,"note":"x"}`)}}
	return []sample{
		{"B12", data(`{"customerEmail":"a@b.test","deliver_on":"2026-12-01","items":[]}`), Facts{}, "body:/customerEmail", "unexpected_body_property", "customer_email", data(`{"customer_email":"a@b.test","deliver_on":"2026-12-01","items":[]}`)},
		{"H2", get("https://h.test/", "X-Api-Key: lib-51c07e", "X-Api-Key: lib-51c07e"), Facts{}, "header:X-Api-Key#1", "invalid_request_header", "-", get("https://h.test/", "X-Api-Key: lib-51c07e", "Accept: text/html", "Accept: text/html", "X-Forwarded-For: a", "X-Forwarded-For: a", "X-Tag: a", "X-Tag: b")},
		{"C19", tokenRequest("access_token=abc&token_type_hint=access_token"), Facts{}, "form:token", "missing_body_property", "token", tokenRequest("token=abc&token_type_hint=access_token")},
		{"B16", data(`{"name":"b","qty":1}`), wrapped, "body", "invalid_body_property_type", `{"order":{"name":"b","qty":1}}`, data(`{"order":{"name":"b","qty":1}}`)},
		{"B16", data(`{"data":{"name":"b","qty":1}}`), bare, "body", "invalid_body_property_type", `{"name":"b","qty":1}`, data(`{"name":"b","qty":1}`)},
		{"B16", data(`{"data":{"data":{"name":"b"}}}`), Facts{}, "body", "invalid_body_property_type", `{"data":{"name":"b"}}`, data(`{"data":{"attributes":{"name":"b"}}}`)},

		{"N2", data(`{"site_url":"htp://x.test/a"}`), Facts{}, "body:/site_url", "invalid_body_property_format", `"http://x.test/a"`, data(`{"site_url":"ftp://x.test/a"}`)},
		{"N2", data(`{"website":"https:/x.test"}`), Facts{}, "body:/website", "invalid_body_property_format", `"https://x.test"`, data(`{"website":"https://x.test","protocol":"https"}`)},
		{"N2", data(`{"callback_url":"http//x.test"}`), Facts{}, "body:/callback_url", "invalid_body_property_format", `"http://x.test"`, data(`{"callback_url":"https://http.test"}`)},
		{"B7", data(`{"opening_time":"25:00"}`), Facts{}, "body:/opening_time", "invalid_body_property_value", `"12:00"`, data(`{"opening_time":"24:00","score":"25:00"}`)},
		{"B10", data(`{"quantity":"0x1F"}`), Facts{}, "body:/quantity", "invalid_body_property_type", "31", data(`{"address":"0x1F","color":"0xFF"}`)},
		{"B8", tokenRequest(`client_id=a&client_secret=s3cr3t-9f2b+`), Facts{}, "form:client_secret", "invalid_body_property_value", "s3cr3t-9f2b", tokenRequest(`client_id=a&client_secret=s3cr3t 9f2b`)},
		{"B17", tokenRequest(`items={"a":1}&b=2`), Facts{}, "form:items", "invalid_body_property_format", "", tokenRequest(`payload={"a":1}&items[a]=1`)},
		{"B20", data(`{"a":"` + strings.Repeat("a", 7<<20) + `"}`), Facts{Responder: "AWS API Gateway"}, "body", "payload_too_large", "", data(`{"a":"b"}`)},
		{"C15", with("POST", "https://h.test/", "application/json", "{}", "Cookie: sessionid=1", "Authorization: Bearer x"), Facts{Status: 403}, "cookie:sessionid", "malformed_authorization", "-", with("POST", "https://h.test/", "application/json", "{}", "Cookie: theme=1", "Authorization: Bearer x")},
		{"C18", get("https://s3.us-east-1.amazonaws.com/b/a%2520b", "X-Amz-Date: 20261120T115900Z", "Authorization: AWS4-HMAC-SHA256 Credential=AK/20261120/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=ab"), Facts{}, "url.path", "signature_mismatch", "",
			get("https://s3.us-east-1.amazonaws.com/b/a%20b", "X-Amz-Date: 20261120T115900Z", "Authorization: AWS4-HMAC-SHA256 Credential=AK/20261120/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=ab")},
		{"U23", get("https://h.test/?a=1&amp;b=2"), Facts{}, "url.query", "invalid_request_parameter", "a=1&b=2", get("https://h.test/?a=1&amplitude=2")},
		{"U24", get("https://h.test/?a=1?b=2"), Facts{}, "url.query", "invalid_request_parameter", "a=1&b=2", get("https://h.test/?next=https://x.test/?b=2")},
		{"U25", get("https://h.test/users&limit=10"), Facts{}, "url.path", "wrong_path", "https://h.test/users?limit=10", get("https://h.test/R&D/a;v=1")},
		{"U26", get("https://h.test/?limit:10&a=1"), Facts{}, "url.query", "invalid_request_parameter", "limit=10&a=1", get("https://h.test/?q=author:ada&t=10:30")},
		{"U27", get("https://h.test/?ids=[1, 2]"), Facts{}, "query:ids", "invalid_request_parameter", "1,2", get("https://h.test/?filter={\"a\":[1]}&box=[[1,2]]")},
		{"U28", get("http://https://h.test/x"), Facts{}, "url", "malformed_url", "https://h.test/x", get("http://https.test//x")},
		{"U15", get("https://h.test/?id=1,2"), Facts{Siblings: []request.Request{get("https://h.test/a?id[]=1&id[]=2")}}, "query:id", "invalid_request_parameter", "id[]=1&id[]=2", get("https://h.test/?id[]=3")},
		{"U15", get("https://h.test/?x=1&id[]=1&id[]=2"), Facts{Siblings: []request.Request{get("https://h.test/a?id=1,2")}}, "query:id[]", "invalid_request_parameter", "x=1&id=1,2", get("https://h.test/?id=3,4")},

		{"H19", get("https://h.test/", "api_key: abcdefgh"), Facts{Status: 401}, "header:Api_key", "credentials_in_wrong_place", "Api-Key", get("https://h.test/", "api-key: abcdefgh")},
		{"H19", get("https://h.test/", "tenant_id: 7"), Facts{}, "header:Tenant_id", "missing_request_header", "Tenant-Id", get("https://h.test/?tenant_id=7")},
		{"H20", get("https://h.test/", "If-Modified-Since: 2026-11-20"), Facts{}, "header:If-Modified-Since", "invalid_request_header", "Fri, 20 Nov 2026 00:00:00 GMT", get("https://h.test/", "If-Modified-Since: Fri, 20 Nov 2026 00:00:00 GMT")},
		{"H20", get("https://h.test/", "If-Modified-Since: yesterday"), Facts{}, "header:If-Modified-Since", "invalid_request_header", "", get("https://h.test/", "If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT")},
		{"H20", get("https://h.test/", "Range: 0-99"), Facts{}, "header:Range", "invalid_request_header", "bytes=0-99", get("https://h.test/", "Range: items=0-9")},
		{"H20", get("https://h.test/", "Accept-Language: en_US"), Facts{}, "header:Accept-Language", "invalid_request_header", "en-US", get("https://h.test/", "Accept-Language: de-DE,de;q=0.9, *;q=0.1")},
		{"H20", get("https://h.test/", "traceparent: 00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01"), Facts{}, "header:Traceparent", "invalid_request_header", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", get("https://h.test/", "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")},
		{"H20", get("https://h.test/", "Cookie: a=b, c=d"), Facts{}, "header:Cookie", "session_cookie_invalid", "a=b; c=d", get("https://h.test/", "Cookie: a=b,c; d=e")},

		{"H21", get("https://h.test/", "Prefer: return=minimal, wait=ten"), Facts{}, "header:Prefer", "invalid_request_header", "return=minimal", get("https://h.test/", "Prefer: return=minimal, wait=10, odata.maxpagesize=ten")},
		{"H21", get("https://h.test/", "Prefer: handling=strikt, wait=10"), Facts{}, "header:Prefer", "invalid_request_header", "handling=strict, wait=10", get("https://h.test/", `Prefer: handling="strict"; x=1`)},
		{"H21", get("https://h.test/", "Cache-Control: no-cache, max-age=1h"), Facts{}, "header:Cache-Control", "invalid_request_header", "no-cache", get("https://h.test/", "Cache-Control: no-cache, max-age=3600")},
		{"H21", get("https://h.test/", "Forwarded: for=1.2.3.4;proto=htp;host=x"), Facts{}, "header:Forwarded", "invalid_request_header", "for=1.2.3.4;proto=http;host=x", get("https://h.test/", `Forwarded: for="[2001:db8::1]";proto=HTTPS, for=1.2.3.4`)},
		{"H21", post("text/plain", "x", "Content-Disposition: attachment; filename=\"a;size=b.txt\"; size=big"), Facts{}, "header:Content-Disposition", "invalid_request_header", `attachment; filename="a;size=b.txt"`, post("text/plain", "x", "Content-Disposition: attachment; filename=\"a;size=b.txt\"; size=12")},
		{"H22", post("application/offset+octet-stream", "x", "Upload-Metadata: filename YS5wbmc=,filetype image/png"), Facts{}, "header:Upload-Metadata", "invalid_request_header", "filename YS5wbmc=,filetype aW1hZ2UvcG5n", post("application/offset+octet-stream", "x", "Upload-Metadata: filename YS5wbmc=, is_confidential,empty ")},

		{"C11", auth("Bearer " + jwt(`{"scope":"read profile"}`)), Facts{Scopes: []string{"read", "write"}}, "auth", "insufficient_scope", "", auth("Bearer " + jwt(`{"scp":["write","read"]}`))},
		{"C19", tokenRequest("grant_type=client_credential"), Facts{}, "form:grant_type", "invalid_body_property_value", "client_credentials", tokenRequest("grant_type=client_credentials")},
		{"C19", tokenRequest("grant_type=authorization_code&code=a&redirect_uri=https://a.test&client_id=c"), Facts{}, "form:code_verifier", "missing_body_property", "", tokenRequest("grant_type=authorization_code&code=a&redirect_uri=https://a.test&client_id=c&code_verifier=v")},
		{"C19", tokenRequest("grant_type=authorization_code&code=a&redirect_uri=https://a.test/cb&code_verifier=v"), Facts{Siblings: []request.Request{get("https://id.test/authorize?redirect_uri=https%3A%2F%2Fa.test%2Fcb%2F")}}, "form:redirect_uri", "invalid_body_property_value", "https://a.test/cb/",
			tokenRequest("grant_type=authorization_code&code=a&redirect_uri=https://a.test/cb/&code_verifier=v")},
		{"C19", tokenRequest("grant_type=password&user=ada&password=x"), Facts{}, "form:username", "missing_body_property", "", tokenRequest("grant_type=password&username=ada&password=x")},
		{"C19", with("POST", "https://id.test/oauth/token", "application/json", `{"grant_type":"client_credentials"}`), Facts{}, "header:Content-Type", "content_type_mismatch", "", with("POST", "https://id.test/v1/clients", "application/json", `{"grant_type":"client_credentials"}`)},
		{"C22", auth("Basic b'dXNlcjpwYXNz'"), Facts{}, "auth", "malformed_authorization", "Basic dXNlcjpwYXNz", auth("Basic dXNlcjpwYXNz")},
		{"C23", auth("Bearer abc%2Bdef%3D%3D"), Facts{}, "auth", "malformed_authorization", "Bearer abc+def==", get("https://h.test/?api_key=abc%3D")},
		{"C24", auth("Basic dXNlcjpwYXNzZA"), Facts{}, "auth", "malformed_authorization", "Basic dXNlcjpwYXNzZA==", auth("Basic dXNlcjpwYXNzZA==")},
		{"C24", auth("Basic " + b64(b64("user:pass"))), Facts{}, "auth", "malformed_authorization", "Basic " + b64("user:pass"), auth("Basic " + b64("user:"+b64("pass")))},
		{"C24", auth("Basic " + b64("sk_0123456789")), Facts{}, "auth", "malformed_authorization", "Basic " + b64("sk_0123456789:"), auth("Basic " + b64("sk_0123456789:"))},
		{"C25", get("https://h.test/", "X-Timestamp: 1700000000", "X-Signature: ab"), Facts{}, "header:X-Timestamp", "signature_mismatch", "", get("https://h.test/", "X-Timestamp: 1795175940", "X-Signature: ab")},
		{"C25", get("https://h.test/", "X-Timestamp: 1795183200", "X-Signature: ab"), Facts{}, "header:X-Timestamp", "clock_skew", "", get("https://h.test/", "X-Timestamp: 1795176060", "X-Signature: ab")},
		{"C25", get("https://h.test/", "X-Timestamp: 1700000000000", "X-Hmac: ab"), Facts{}, "header:X-Timestamp", "signature_mismatch", "", get("https://h.test/", "X-Timestamp: 1700000000", "X-Api-Key: ab")},

		{"B17", gql(`{"query":"query A { a } query B { b }","operationName":"C"}`), Facts{}, "body:/operationName", "invalid_body_property_value", `"A"`, gql(`{"query":"query A { a } query B { b }","operationName":"B"}`)},
		{"B17", gql(`{"query":"query A { a } query B { b }"}`), Facts{}, "body:/operationName", "missing_body_property", `"A"`, gql(`{"query":"query A { a }"}`)},
		{"B17", gql(`{"query":"query A($id: ID!) { a(id: $id) }","variables":{}}`), Facts{}, "body:/variables/id", "missing_body_property", "", gql(`{"query":"query A($id: ID!, $n: Int, $m: Int! = 3) { a(id: $id) }","variables":{"id":"1"}}`)},
		{"B17", get("https://h.test/graphql?query=mutation%7Ba%7D"), Facts{}, "method", "method_not_allowed", "POST", get("https://h.test/graphql?query=%7Ba%7D")},
		{"B17", post("text/xml", `<Envelope xmlns="http://www.w3.org/2003/05/soap-envelope"></Envelope>`), Facts{}, "header:Content-Type", "content_type_mismatch", "application/soap+xml; charset=utf-8", post("application/soap+xml", `<Envelope xmlns="http://www.w3.org/2003/05/soap-envelope"></Envelope>`)},
		{"B17", post("application/soap+xml", `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"></s:Envelope>`), Facts{}, "header:Content-Type", "content_type_mismatch", "text/xml; charset=utf-8", post("text/xml", `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"></s:Envelope>`, "SOAPAction: x")},
		{"B17", post("text/xml", `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"></s:Envelope>`), Facts{}, "header:Soapaction", "missing_request_header", `""`, post("text/xml", `<Envelope><a/></Envelope>`)},
		{"B17", data(`{"method":"a","params":[],"id":1}`), Facts{}, "body:/jsonrpc", "missing_body_property", `"2.0"`, data(`{"method":"card","params":[1],"id":1,"amount":2}`)},
		{"B17", data(`{"jsonrpc":2.0,"method":"a","id":1}`), Facts{}, "body:/jsonrpc", "invalid_body_property_value", `"2.0"`, data(`{"jsonrpc":"2.0","method":"a","id":1}`)},
		{"B17", data(`{"jsonrpc":"2.0","method":"a","params":"x","id":1}`), Facts{}, "body:/params", "invalid_body_property_type", `["x"]`, data(`{"params":"x","id":1}`)},
		{"B22", patch(`[{"op":"replace","path":"a.b","value":1}]`), Facts{}, "body:/0/path", "invalid_body_property_format", `"/a/b"`, patch(`[{"op":"replace","path":"/a/b","value":1},{"op":"replace","path":"","value":{}}]`)},
		{"B22", patch(`[{"op":"update","path":"/a","value":1}]`), Facts{}, "body:/0/op", "invalid_body_property_value", `"replace"`, patch(`[{"op":"test","path":"/a","value":null}]`)},
		{"B22", patch(`[{"op":"add","path":"/a"}]`), Facts{}, "body:/0/value", "missing_body_property", "", patch(`[{"op":"remove","path":"/a"}]`)},

		{"B21", data(`{"password":"abcdefgh1","password_confirmation":"abcdefgh2"}`), Facts{}, "body:/password_confirmation", "interacting_parameters", `"abcdefgh1"`, data(`{"password":"abcdefgh1","password_confirmation":"abcdefgh1"}`)},
		{"B21", data(`{"email":"a@b.co","confirmEmail":"a@c.co"}`), Facts{}, "body:/confirmEmail", "interacting_parameters", `"a@b.co"`, data(`{"email":"a@b.co","other":{"confirmEmail":"a@c.co"}}`)},
		{"B21", data(`{"arrival":"2026-12-05","departure":"2026-12-01"}`), Facts{}, "body:/departure", "interacting_parameters", "", data(`{"arrival":"2026-12-01","departure":"2026-12-05"}`)},
		{"B21", data(`{"origin":"BER","departure":"2026-12-05","arrival":"2026-12-01"}`), Facts{}, "body:/arrival", "interacting_parameters", "", data(`{"origin":"BER","departure":"2026-12-01","arrival":"2026-12-05"}`)},
		{"B21", data(`{"departure_date":"2026-12-05","arrival_date":"2026-12-01","vessel":"a"}`), Facts{}, "body:/arrival_date", "interacting_parameters", "", data(`{"departure_date":"2026-12-01","arrival_date":"2026-12-05","vessel":"a"}`)},
		{"B21", data(`{"departure":"2026-12-05T09:00:00Z","arrival":"2026-12-01T09:00:00Z","passengers":2}`), Facts{}, "body:/arrival", "interacting_parameters", "", data(`{"departure":"2026-12-01T09:00:00Z","arrival":"2026-12-05T09:00:00Z","passengers":2}`)},
		{"B21", data(`{"vessel":"a","berth":"B12","arrival":"2026-12-05","departure":"2026-12-01"}`), Facts{}, "body:/departure", "interacting_parameters", "", data(`{"vessel":"a","berth":"B12","arrival":"2026-12-01","departure":"2026-12-05"}`)},
		{"B21", data(`{"items":[{"price":2.5,"quantity":2},{"price":1}],"total":7}`), Facts{}, "body:/total", "interacting_parameters", "6", data(`{"items":[{"price":2.5,"quantity":2},{"price":1}],"total":6}`)},
		{"B21", data(`{"items":[{"unit_price":2}],"total":3}`), Facts{}, "body:/total", "interacting_parameters", "2", data(`{"items":[{"unit_price":2}],"shipping":1,"total":3}`)},
		{"B9", data(`{"amount_cents":12.5}`), Facts{}, "body:/amount_cents", "invalid_body_property_type", "1250", data(`{"amount_cents":1250,"percents":12.5}`)},
		{"N10", data(`{"address[city]":"x","address[zip]":"1","a":2}`), Facts{}, "body:/address[city]", "unexpected_body_property", `{"a":2,"address":{"city":"x","zip":"1"}}`, data(`{"filter[0]":"x","a":"b[c]"}`)},
		{"N11", data(`{"iban":"DE89 3704 0044 0532 0130 01"}`), Facts{}, "body:/iban", "invalid_body_property_value", "", data(`{"iban":"DE89 3704 0044 0532 0130 00"}`)},
		{"N11", data(`{"card_number":"4242 4242 4242 4241"}`), Facts{}, "body:/card_number", "invalid_body_property_value", "", data(`{"card_number":"4242424242424242","order_number":"4242424242424241"}`)},
		{"N11", data(`{"isbn":"978-0-441-01359-4"}`), Facts{}, "body:/isbn", "invalid_body_property_value", "", data(`{"isbn":"978-0-441-01359-3","ean":"4006381333931"}`)},
		{"N12", data(`{"callback_url":"http://localhost:3000/hook"}`), Facts{}, "body:/callback_url", "invalid_body_property_value", "", data(`{"callback_url":"https://hooks.example.com/x","site_url":"http://localhost:3000"}`)},
		{"N12", data(`{"webhookUrl":"http://192.168.0.7/hook"}`), Facts{}, "body:/webhookUrl", "invalid_body_property_value", "", with("POST", "http://localhost:8080/hooks", "application/json", `{"webhookUrl":"http://192.168.0.7/hook"}`)},
		{"N13", data(`{"lat":151.2,"lng":-33.8}`), Facts{}, "body:/lat", "interacting_parameters", "", data(`{"lat":-33.8,"lng":151.2}`)},
	}
}

func tokenRequest(text string) request.Request {
	return with("POST", "https://id.test/oauth/token", "application/x-www-form-urlencoded", text)
}

func gql(body string) request.Request {
	return with("POST", "https://h.test/graphql", "application/json", body)
}

func patch(body string) request.Request {
	return with("PATCH", "https://h.test/1", "application/json-patch+json", body)
}
