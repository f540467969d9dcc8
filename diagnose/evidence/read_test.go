package evidence

import (
	"fmt"
	"strings"
	"testing"

	"culprit/diagnose/element"
	"culprit/request"
)

func TestSecretsStayOutOfTheText(t *testing.T) {
	r := post(order)
	r.Secrets = []request.Secret{{Ref: "prod.key", Value: "s3cr3t-value"}}
	all := read(answered(r, 401, `{"error":"token tok-secret-1 is not s3cr3t-value"}`, "WWW-Authenticate", `Bearer error="invalid_token", error_description="tok-secret-1 is bad"`))
	if len(all) == 0 {
		t.Fatal("no evidence")
	}
	for _, e := range all {
		if s := fmt.Sprintf("%+v", e); strings.Contains(s, "tok-secret-1") || strings.Contains(s, "s3cr3t") {
			t.Errorf("a secret is shown: %s", s)
		}
		if len([]rune(e.Text)) > maxText {
			t.Errorf("long text: %d", len(e.Text))
		}
	}
}

func TestComplaintsAboutCredentialsNameNoBodyField(t *testing.T) {
	r := post(`{"token":"abcd1234","api_key":"abcd"}`)
	for _, body := range []string{
		`{"message":"Missing bearer token"}`, `{"detail":"Authentication credentials were not provided."}`, `{"error":"Authorization header is required"}`, `Unauthorized`, `{"errors":["Invalid API key"]}`,
		`{"error":{"message":"You didn't provide an API key.","type":"invalid_request_error","param":null,"code":null}}`,
	} {
		for _, e := range read(answered(r, 401, body)) {
			if strings.HasPrefix(string(e.Element), "body") {
				t.Errorf("%s: %+v", body, e)
			}
		}
	}
}

// TestARefusalThatSawNoCredentials: the server says that it found none, although the request carries a token.
func TestARefusalThatSawNoCredentials(t *testing.T) {
	for body, want := range map[string]bool{
		`{"title":"Unauthorized","detail":"No API key was found in the request."}`: true, `{"message":"Missing bearer token"}`: true, `{"detail":"Authentication credentials were not provided."}`: true,
		`{"message":"Missing or invalid token"}`: false, `{"errors":["Invalid API key"]}`: false, `{"error":"no valid API key"}`: false, `{"message":"Token expired"}`: false, `Unauthorized`: false,
	} {
		r := post(`{}`)
		r.Auth = request.Auth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: "abcdefgh"}}}
		got := false
		for _, e := range read(answered(r, 401, body)) {
			got = got || e.Cause == "missing_credentials"
		}
		if got != want {
			t.Errorf("%s: says that it saw none: %v", body, got)
		}
	}
}

func TestOpaqueErrorsNameNothing(t *testing.T) {
	r := post(order)
	for _, body := range []string{
		`{"error":"Bad Request","requestId":"0b7e6c1e-8f4b-4d0e-9a53-2f4c2f3b1a11"}`, `{"message":"Invalid request"}`, `Bad Request`, ``, `{}`, `{"status":400}`, `{"success":false}`,
		`{"error":{"code":400,"message":"Bad Request","status":"INVALID_ARGUMENT"}}`, `{"message":"Validation failed"}`, `{"timestamp":1,"status":400,"error":"Bad Request","path":"/v1/orders"}`,
		`<html><head><title>400 Bad Request</title></head><body><center><h1>400 Bad Request</h1></center></body></html>`, `{"title":"Bad Request","status":400,"type":"about:blank"}`,
		`{"code":"BAD_REQUEST","message":"The request could not be processed."}`, `{"error":"invalid_request"}`,
	} {
		for _, e := range read(answered(r, 400, body)) {
			if strings.HasPrefix(string(e.Element), "body:/") || strings.HasPrefix(string(e.Element), "query:") || strings.HasPrefix(string(e.Element), "header:") {
				t.Errorf("%s: %+v", body, e)
			}
		}
	}
}

func TestAServerThatDidNotReadTheBody(t *testing.T) {
	r := post(`{"name":"Ada","city":"London"}`)
	r.Header[0].Value = "text/plain"
	all := read(answered(r, 400, `{"errors":{"name":["can't be blank"],"city":["can't be blank"]}}`))
	if all[0].Cause != "content_type_mismatch" {
		t.Errorf("got %+v", all)
	}
}

func TestPositionsPointAtTheValue(t *testing.T) {
	body := "{\n  \"a\": 1,\n  \"price\": \"12.50\",\n  \"b\": 2\n}"
	all := read(answered(post(body), 422, "invalid type: string \"x\", expected f64 at line 3 column 18"))
	if find(all, "invalid_body_property_type", "body:/price") == nil {
		t.Errorf("got %+v", all)
	}
	nested := `{"customer":{"name":"x"},"items":[{"sku":"a"}]}`
	all = read(answered(post(nested), 422, "missing field `email` at line 1 column "+itoa(strings.Index(nested, "},")+1)))
	if find(all, "missing_body_property", "body:/customer/email") == nil {
		t.Errorf("got %+v", all)
	}
	all = read(answered(post(`{"a": 1, "b": }`), 400, `{"error":"Unexpected token } in JSON at position 14"}`))
	if all[0].Cause != "malformed_json" || all[0].Element != "body" {
		t.Errorf("got %+v", all[0])
	}
}

func TestFormsAndParts(t *testing.T) {
	r := request.Request{Method: "POST", URL: "https://api.example.com/x", Body: request.Body{Kind: request.FormBody, Fields: []request.Field{{Name: "items[0][price]", Value: "x"}, {Name: "email", Value: "nope"}}}}
	checkBodies(t, r, []bodyCase{
		{"bracketed", 400, `{"error":{"code":"parameter_invalid_integer","param":"items[0][price]","message":"Invalid integer: x"}}`, "invalid_body_property_type", "form:items[0][price]", false, ""},
		{"dotted", 422, `{"errors":{"items.0.price":["must be a number"]}}`, "invalid_body_property_type", "form:items[0][price]", false, ""},
		{"missing", 422, `{"errors":{"name":["is required"]}}`, "missing_body_property", "form:name", true, ""},
		{"e-mail", 422, `{"error":"email must be a valid email address"}`, "invalid_body_property_format", "form:email", false, "expected=email"},
	})
	get := request.Request{Method: "GET", URL: "https://api.example.com/x?page=one"}
	checkBodies(t, get, []bodyCase{
		{"query", 400, `{"error":"page must be an integer"}`, "invalid_request_parameter", "query:page", false, "expected=integer"},
		{"missing query", 400, `{"error":"user_id is required"}`, "missing_request_parameter", "query:user_id", true, ""},
	})
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{order, `{"detail":[{"loc":["body",1],"type":"missing"}]}`, `{"errors":{"a":["b"]}}`, "<a><b>", `{"a":{"_errors":[]}}`, `[[[[`, `{"message":"\ud800 is required"}`, "x is required\x00", `{"errors":{"$.":["Path: $ | LineNumber: 9 | BytePositionInLine: 99."]}}`} {
		f.Add(s, 400, `Bearer error="x"`)
	}
	r := post(order)
	els := element.Of(r).Elements
	f.Fuzz(func(t *testing.T, body string, status int, header string) {
		x := answered(r, status, body, "WWW-Authenticate", header, "Proxy-Status", header, "RateLimit", header, "Retry-After", header, "Link", header, "Allow", header, "Set-Cookie", header, "Date", header)
		for _, e := range Read(x, els) {
			if len([]rune(e.Text)) > maxText {
				t.Errorf("text of %d runes", len([]rune(e.Text)))
			}
		}
		s := Sign(x, els)
		if s != Sign(x, els) {
			t.Error("the signature of the same exchange differs")
		}
		Passed(x, Expect{})
	})
}

func BenchmarkRead(b *testing.B) {
	r := post(order)
	els := element.Of(r).Elements
	var big strings.Builder
	big.WriteString(`{"errors":[`)
	for i := range 600 {
		fmt.Fprintf(&big, `{"instancePath":"/items/%d/price","keyword":"type","params":{"type":"number"},"message":"must be number, really"},`, i)
	}
	big.WriteString(`{}]}`)
	for name, body := range map[string]string{
		"fastapi": `{"detail":[{"type":"float_type","loc":["body","items",1,"price"],"msg":"Input should be a valid number","input":"12.50"}]}`,
		"text":    "Failed to deserialize the JSON body into the target type: items[1].price: invalid type: string \"12.50\", expected f64 at line 1 column 121",
		"64KiB":   big.String(), "page64KiB": "<html>" + strings.Repeat("<p>something must be wrong here, which is required</p>", 1200),
		"opaque64KiB": `{"message":"` + strings.Repeat("something must be wrong here ", 2200) + `"}`,
	} {
		b.Run(name, func(b *testing.B) {
			x := answered(r, 400, body)
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				Read(x, els)
			}
		})
	}
}

func TestA404TellsRouteFromResource(t *testing.T) {
	r := request.Request{Method: "GET", URL: "https://api.example.com/v1/orders/4711"}
	for body, want := range map[string][2]string{
		`{"message":"Order 4711 not found"}`:         {"resource_not_found", "url.path[2]"},
		`{"error":"no order with id '4711'"}`:        {"resource_not_found", "url.path[2]"},
		`<pre>Cannot GET /v1/orders/4711</pre>`:      {"wrong_path", "url.path"},
		`{"detail":"No static resource v1/orders."}`: {"wrong_path", "url.path"},
	} {
		if e := read(answered(r, 404, body))[0]; string(e.Cause) != want[0] || string(e.Element) != want[1] {
			t.Errorf("%s: got %s %s", body, e.Cause, e.Element)
		}
	}
}

func TestEverydaySentencesAreDoubted(t *testing.T) {
	r := post(order)
	for status, body := range map[int]string{403: `{"message":"A valid subscription is required"}`, 402: `{"error":"Payment is required"}`, 500: `{"error":"something must be wrong"}`, 404: `{"error":"lookup is required"}`, 429: `{"message":"A pause is required"}`} {
		for _, e := range read(answered(r, status, body)) {
			if e.Missing {
				t.Errorf("%d %s: %+v", status, body, e)
			}
		}
	}
	if e := read(answered(r, 400, `{"message":"At least one attachment is required"}`))[0]; e.Ratio > code {
		t.Errorf("a bare word is certain: %+v", e)
	}
}

func TestErrorsAboutOtherThingsNameNothing(t *testing.T) {
	r := post(order)
	for status, bodies := range map[int][]string{
		400: {`{"error":{"name":"ValidationError","message":"invalid input"}}`, `{"error":"failed","data":{"user":"not found"}}`, `{"errors":[{"name":"BadRequestException","message":"Something is required"}]}`},
		500: {`{"error":{"name":"TypeError","message":"Cannot read properties of undefined (reading 'x')"}}`, `{"timestamp":"x","status":500,"error":"Internal Server Error","path":"/v1/orders"}`},
		409: {`{"error":{"type":"conflict","message":"The account has insufficient funds"}}`},
		422: {`{"errors":{"account":["has insufficient funds"]}}`},
	} {
		for _, body := range bodies {
			for _, e := range read(answered(r, status, body)) {
				if e.Missing && e.Ratio > hint {
					t.Errorf("%d %s: %+v", status, body, e)
				}
			}
		}
	}
}
