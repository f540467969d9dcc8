package evidence

import (
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// What the answers of products name, each as it was seen.
func TestWhatProductsName(t *testing.T) {
	rpc := func(params string) request.Request {
		return posted("https://h.test/jsonrpc", `{"jsonrpc":"2.0","id":"q","method":"tellWaiting","params":`+params+`}`)
	}
	text := func(url, media, body string) request.Request {
		return request.Request{Method: "POST", URL: url, Body: request.Body{Kind: request.RawBody, Type: media, Text: body}}
	}
	rego := text("https://h.test/v1/policies/cart", "text/plain", "package cart\n\nallow { input.total > 10 }\n")
	sparql := text("https://h.test/notes/me.ttl", "application/sparql-update", "INSERT { <#me> <#age> 3 . }")
	check := posted("https://h.test/stores/shop/check", `{"tuple_key":{"user":"anna","object":"document:plan"}}`)
	publish := posted("https://h.test/publish", `{"routing_key":"audit","payload":{"order":17}}`)
	for name, c := range map[string]struct {
		sent    request.Request
		status  int
		body    string
		element diagnose.ElementID
		cause   diagnose.CauseID
	}{
		"the envelope of JSON-RPC names nothing": {rpc(`["a",{"log-level":"warning"}]`), 400, `{"id":"q","jsonrpc":"2.0","error":{"code":1,"message":"We encountered a problem while processing the option '--log-level'."}}`,
			"body:/params/1/log-level", "invalid_body_property_value"},
		"a parameter by its number":                        {rpc(`["0",10]`), 400, `{"id":"q","jsonrpc":"2.0","error":{"code":1,"message":"The parameter at 0 has wrong type."}}`, "body:/params/0", "invalid_body_property_type"},
		"a token before the parameters is not counted":     {rpc(`["token:x","0",10]`), 400, `{"id":"q","jsonrpc":"2.0","error":{"code":1,"message":"The parameter at 0 has wrong type."}}`, "body:/params/1", "invalid_body_property_type"},
		"one more parameter than there are":                {rpc(`["token:x",0]`), 400, `{"id":"q","jsonrpc":"2.0","error":{"code":1,"message":"The parameter at 1 is required but missing."}}`, "body:/params/2", "missing_body_property"},
		"a token before the parameters is the credential":  {rpc(`["token:x",0,10]`), 400, `{"id":"q","jsonrpc":"2.0","error":{"code":1,"message":"Unauthorized"}}`, "body:/params/0", "invalid_credentials"},
		"a parse error of what is valid JSON is no syntax": {rpc(`["0x90F8bf6A47CG","latest"]`), 200, `{"id":1,"jsonrpc":"2.0","error":{"code":-32700,"message":"Cannot wrap string value \"0x90F8bf6A47CG\" as a json-rpc type"}}`, "body:/params/0", "invalid_body_property_value"},
		"the stack of the server names nothing": {rpc(`[{"gas":"0x5207"}]`), 200, `{"id":1,"jsonrpc":"2.0","error":{"code":-32000,"message":"intrinsic gas too low","stack":"Error: intrinsic gas too low\n    at Api.tellWaiting (/srv/1.js:2:6)"}}`,
			"body:/params/0/gas", "invalid_body_property_value"},
		"a code that says the type":                 {publish, 400, `{"error":"bad_request","reason":"payload_not_string"}`, "body:/payload", "invalid_body_property_type"},
		"the place in a program":                    {rego, 400, `{"code":"invalid_parameter","message":"error(s) occurred while compiling module(s)","errors":[{"code":"rego_parse_error","message":"'if' keyword is required before rule body","location":{"file":"cart","row":3,"col":1}}]}`, "body", "malformed_request_body"},
		"what a parser expected":                    {sparql, 400, `{"name":"BadRequestHttpError","message":"Parse error on line 1:\n...age> 3 . }\n------^\nExpecting 'WHERE', 'USING', got 'EOF'","statusCode":400}`, "body", "malformed_request_body"},
		"an object by an example that is text":      {check, 400, `{"code":"validation_error","message":"the 'user' field must be an object (e.g. document:1) or an 'object#relation'"}`, "body:/tuple_key/user", "invalid_body_property_format"},
		"a field that the path has":                 {check, 400, `{"code":"validation_error","message":"invalid CheckRequest.StoreId: value does not match regex pattern \"^[A-Z0-9]{26}$\""}`, "url.path[1]", "invalid_request_parameter"},
		"which of two is meant by its value":        {posted("https://h.test/zones/a.", `{"rrsets":[{"name":"www.a.","type":"A"},{"name":"a.","type":"MXX"}]}`), 422, `{"error":"RRset a. IN MXX: unknown type given"}`, "body:/rrsets/1/type", "invalid_body_property_value"},
		"a folder that is not there":                {posted("https://h.test/api/contents/out/b.bin", `{"type":"file"}`), 500, `{"message":"Unexpected error while saving file: out/b.bin [Errno 2] No such file or directory: '/srv/notebooks/out/b.bin'"}`, "url.path", "resource_not_found"},
		"a login":                                   {posted("https://h.test/auth", `{"identity":"a@b.test","password":"x"}`), 400, `{"status":400,"message":"Failed to authenticate."}`, "body:/password", "invalid_credentials"},
		"the request line of a 404 names no member": {posted("https://h.test/imposters/1/stubs", `{"stubs":[{"a":1}]}`), 404, "Cannot POST /imposters/1/stubs", "", ""},
	} {
		said, found := read(answered(c.sent, c.status, c.body)), false
		for _, e := range said {
			if c.element == "" && e.Element.Is("body") {
				t.Errorf("%s: names %s", name, e.Element)
			}
			found = found || e.Element == c.element && e.Cause == c.cause
		}
		if !found && c.element != "" {
			t.Errorf("%s: %+v", name, said)
		}
	}
}
