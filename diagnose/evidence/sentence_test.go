package evidence

import (
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// TestSentences are wordings of servers that say what they miss or refuse in a sentence, a pair of words or a code.
func TestSentences(t *testing.T) {
	raw := func(url, text string) request.Request {
		return request.Request{Method: "POST", URL: url, Body: request.Body{Kind: request.RawBody, Text: text, Type: "text/plain"}}
	}
	bare := func(method string) request.Request {
		return request.Request{Method: method, URL: "https://h.test/orders"}
	}
	offer := `{"title":"Lamp","table":"four","occasion":"Birthday","color":"black","from":"DE89 37","to":"DE89 37","encoding":"utf8","items":[{"qty":2},{"qty":"2"}],"method":"app.find_all","member":{"age":"x","plan":"Basic"},"name":"web_app","options":["tea"]}`
	for _, c := range []reading{
		{"Joi's sentences in one, the first", post(offer), 400, `{"message":"\"table\" must be a number. \"occasion\" must be one of [birthday, other]"}`, nil, "body:/table", "invalid_body_property_type", certain},
		{"Joi's sentences in one, the second", post(offer), 400, `{"message":"\"table\" must be a number. \"occasion\" must be one of [birthday, other]"}`, nil, "body:/occasion", "invalid_body_property_value", certain},
		{"voluptuous", post(offer), 400, `{"message":"extra keys not allowed @ data['color']"}`, nil, "body:/color", "unexpected_body_property", certain},
		{"voluptuous misses", post(offer), 400, `{"message":"required key not provided @ data['host']"}`, nil, "body:/host", "missing_body_property", certain},
		{"Symfony", post(offer), 422, `{"violations":[{"propertyPath":"color","message":"This field was not expected."}]}`, nil, "body:/color", "unexpected_body_property", certain},
		{"Cerberus' items", post(offer), 422, `{"_issues":{"items":[{"1":[{"qty":["must be of integer type"]}]}]}}`, nil, "body:/items/1/qty", "invalid_body_property_type", certain},
		{"AJV's list under another name", post(offer), 400, `{"message":"validation failed","data":[{"instancePath":"","keyword":"required","message":"must have required property 'text'"}]}`, nil, "body:/text", "missing_body_property", certain},
		{"a parameter in backticks", get("https://h.test/api/v1/query?time=1"), 422, `{"error":"missing \u0060query\u0060 arg"}`, nil, "query:query", "missing_request_parameter", certain},
		{"a list in backticks", get("https://h.test/api/v1/series?start=1"), 422, `{"error":"missing \u0060match[]\u0060 arg"}`, nil, "query:match[]", "missing_request_parameter", certain},
		{"a query repeated", get("https://h.test/api/v1/query?query=sum(up&time=1"), 422, `{"error":"error when executing query=\"sum(up\": unexpected token \"\"; want \")\""}`, nil, "query:query", "invalid_request_parameter", likely},
		{"a parser's word", get("https://h.test/query?q=SELCT+a+FROM+b"), 400, `{"error":"error parsing query: found SELCT, expected SELECT, DELETE at line 1, char 1"}`, nil, "query:q", "invalid_request_parameter", likely},
		{"the path repeated", get("https://h.test/api/v2/query?query=up"), 400, `requestURI: /api/v2/query?query=up; unsupported path requested: "/api/v2/query"`, nil, "url.path", "wrong_path", likely},
		{"Laravel's route", get("https://h.test/api/searches?q=ink"), 404, `{"message":"The route api/searches could not be found."}`, nil, "url.path", "wrong_path", likely},
		{"must provide", post(offer), 400, `{"error":"bad_request","reason":"you must provide a selector when you find()"}`, nil, "body:/selector", "missing_body_property", code},
		{"a quoted name", post(offer), 400, `{"error":"bad_request","reason":"Missing JSON list of 'docs'"}`, nil, "body:/docs", "missing_body_property", code},
		{"Erlang's pair", post(offer), 400, `{"error":"bad_request","reason":["unsupported_encoding","utf8"]}`, nil, "body:/encoding", "invalid_body_property_value", code},
		{"Erlang's tuple", post(offer), 400, `{"error":"bad_request","reason":"[{key_missing,properties}]"}`, nil, "body:/properties", "missing_body_property", code},
		{"a code with a name", post(offer), 400, `{"error":"bad_request","reason":"tags_not_present"}`, nil, "body:/tags", "missing_body_property", code},
		{"JSON-RPC's method", post(offer), 400, `{"error":{"code":1,"message":"No such method: app.find_all"}}`, nil, "body:/method", "invalid_body_property_value", certain},
		{"a name in front", post(offer), 400, `from: not an IBAN`, nil, "body:/from", "invalid_body_property_value", likely},
		{"two that must differ", post(offer), 422, `from and to must differ`, nil, "body:/to", "interacting_parameters", code},
		{"Active Model's full messages", post(offer), 422, `{"errors":["Age is not a number","Plan is not included in the list"]}`, nil, "body:/member/plan", "invalid_body_property_value", code},
		{"an example", post(offer), 422, `{"kind":"Status","status":"Failure","reason":"Invalid","code":422,"details":{"causes":[{"reason":"FieldValueInvalid","field":"name","message":"Invalid value: \"web_app\": must be lower case (e.g. 'my-name', or 'abc-123')"}]}}`, nil, "body:/name", "invalid_body_property_value", likely},
		{"a value that is taken", post(offer), 409, `{"error":{"message":"A list named 'Lamp' already exists. List names must be unique."}}`, nil, "body:/title", "already_exists", likely},
		{"a short page", post(offer), 400, `<html><title>Error: 400</title><pre>question is required</pre></html>`, nil, "body:/question", "missing_body_property", code},
		{"a header on a page", get("https://h.test/x"), 400, `<html><h1>Error 400 Missing X-Tenant header</h1></html>`, nil, "header:X-Tenant", "missing_request_header", certain},
		{"line protocol", raw("https://h.test/write?db=m", "cpu,host=a value=1,5"), 400, `{"error":"unable to parse 'cpu,host=a value=1,5': invalid field format"}`, nil, "body", "malformed_request_body", likely},
		{"text has no members", raw("https://h.test/write", "cpu value=1"), 400, `{"error":"database is required"}`, nil, "query:database", "missing_request_parameter", code},
		{"a parameter that is JSON", get("https://h.test/trpc/post.byId?input=%7B%22id%22%3A%221%22%7D"), 400, `{"error":{"message":"[\n {\"code\":\"invalid_type\",\"expected\":\"number\",\"path\":[\"id\"],\"message\":\"Expected number, received string\"}\n]","data":{"path":"post.byId"}}}`, nil, "query:input", "invalid_request_parameter", certain},
		{"an id in JSON", get("https://h.test/trpc/post.byId?input=%7B%22id%22%3A99%7D"), 404, `{"error":{"message":"No post with id '99'"}}`, nil, "query:input", "resource_not_found", code},
		{"a database in quotes", get("https://h.test/write?db=metric"), 404, `{"error":"database not found: \"metric\""}`, nil, "query:db", "resource_not_found", code},
		{"the body that is not there", bare("POST"), 400, `{"detail":"The body is not JSON: unexpected end of input."}`, nil, "body", "malformed_json", code},
		{"the only value", get("https://h.test/track/1Z999"), 409, `{"code":"InvalidArgument","message":"invalid tracking number"}`, nil, "url.path[1]", "invalid_request_parameter", code},
		{"a header offered", post(offer), 409, `<h1>409: Conflict</h1><p>resend with <code>X-App-Session-Id: s1x2y3</code></p>`, []string{"X-App-Session-Id", "s1x2y3"}, "header:X-App-Session-Id", "missing_request_header", certain},
		{"Apache's page for every 503", get("https://h.test/x"), 503, `<h1>Service Unavailable</h1><p>The server is temporarily unable to service your request due to maintenance downtime or capacity problems.</p>`, nil, "server", "upstream_unavailable", likely},
		{"WebDAV's depth", request.Request{Method: "PROPFIND", URL: "https://h.test/dav/", Header: []request.Field{{Name: "Depth", Value: "two"}}}, 400, `<h1>Bad Request</h1>`, nil, "header:Depth", "invalid_request_header", likely},
		{"WebDAV's destination", request.Request{Method: "COPY", URL: "https://h.test/dav/a"}, 400, `<h1>Bad Request</h1>`, nil, "header:Destination", "missing_request_header", likely},
		{"a value in a shape of the server's own", post(`{"subnets":[{"net":"10.89.5.0/40","via":"10.89.5.1"}]}`), 500, `{"fault":{"chain":["failed to parse subnet: invalid CIDR address: 10.89.5.0/40"]}}`, nil, "body:/subnets/0/net", "invalid_body_property_value", code},
		{"a name in brackets, deep down", post(`{"sort":[{"prce":"asc"}],"size":2}`), 400, `{"error":{"failed":[{"why":{"text":"No mapping found for [prce] in order to sort on"}}]}}`, nil, "body:/sort/0/prce", "invalid_body_property_value", code},
		{"a name in angles", post(`{"query":5,"ttl":60}`), 400, `{"errorMessage":"expecting string for <query>"}`, nil, "body:/query", "invalid_body_property_value", code},
		{"a part of a value", post(`{"statement":"FOR u IN usrs RETURN u","ttl":60}`), 400, `{"why":"no collection \"usrs\""}`, nil, "body:/statement", "invalid_body_property_value", code},
		{"a part of a text", raw("https://h.test/flux", `from(bucket: "iot") |> last()`), 400, `{"message":"cannot submit unbounded read to \"iot\""}`, nil, "body", "malformed_request_body", code},
		{"a parser of a parameter", get("https://h.test/query_range?query=%7Bapp%3Dapi%7D&start=1700000000&limit=5"), 400, "parse error at line 1, col 6: syntax error: unexpected IDENTIFIER, expecting STRING\n", nil, "query:query", "invalid_request_parameter", likely},
		{"a field that is asked for", bare("POST"), 412, "Tus-Resumable Required\n", nil, "header:Tus-Resumable", "missing_request_header", likely},
		{"the first of two fields", bare("POST"), 400, "Upload-Length or Upload-Defer-Length header required\n", nil, "header:Upload-Length", "missing_request_header", likely},
		{"a field that conflicts", request.Request{Method: "PATCH", URL: "https://h.test/files/a.txt", Header: []request.Field{{Name: "Upload-Offset", Value: "7"}}}, 409, "Upload-Offset conflict\n", nil, "header:Upload-Offset", "conflict", likely},
		{"the value of a field", request.Request{Method: "GET", URL: "https://h.test/tenant", Header: []request.Field{{Name: "X-Tenant", Value: "acm"}}}, 404, `{"detail":"No tenant is registered as 'acm'"}`, nil, "header:X-Tenant", "invalid_request_header", code},
		{"the same again", post(`{"username":"ada","email":"a@b.test"}`), 409, `{"errorMessage":"User exists with same username"}`, nil, "body:/username", "already_exists", echo},
		{"a token request without a name", request.Request{Method: "POST", URL: "https://h.test/token", Body: request.Body{Kind: request.FormBody, Fields: []request.Field{{Name: "grant_type", Value: "password"}, {Name: "password", Value: "x-7"}}}}, 401, `{"error":"invalid_request","error_description":"Missing parameter: username"}`, nil, "form:username", "missing_body_property", likely},
		{"a route without a handler", get("https://h.test/products/_serch"), 400, `{"error":"no handler found for uri [/products/_serch] and method [GET]"}`, nil, "url.path", "wrong_path", likely},
		{"jsonschema below a member", post(`{"auth":{"identity":{"password":{}}}}`), 400, `{"error":{"message":"Invalid input for field 'identity': 'methods' is a required property\n\nFailed validating 'required' in schema['properties']['identity']:\n    {'type': 'object'}\n\nOn instance['identity']:\n    {'password': {}}"}}`, nil, "body:/auth/identity/methods", "missing_body_property", certain},
		{"AWS' names", post(`{"TableName":"Orders"}`), 400, `{"__type":"x#ValidationException","message":"1 validation error detected: Value null at 'item' failed to satisfy constraint: Member must not be null"}`, nil, "body:/Item", "missing_body_property", certain},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := read(answered(c.r, c.status, c.body, c.header...))
			if e := find(all, c.cause, c.el); e == nil || e.Ratio < c.ratio {
				t.Errorf("want %s %s of at least %.0f, got %+v", c.el, c.cause, c.ratio, all)
			}
		})
	}
}

// TestSentencesThatNameNothing are those that look alike and accuse nobody.
func TestSentencesThatNameNothing(t *testing.T) {
	get := request.Request{Method: "GET", URL: "https://h.test/services/web?limit=5"}
	key := request.Request{Method: "GET", URL: "https://h.test/a", Header: []request.Field{{Name: "X-Api-Key", Value: "k-123456"}}}
	for _, c := range []struct {
		name   string
		r      request.Request
		status int
		body   string
		cause  diagnose.CauseID
		el     diagnose.ElementID
	}{
		{"a refusal that repeats the route", get, 403, `{"message":"services is forbidden: cannot get resource \"services\""}`, "", "url.path[0]"},
		{"a parser without a body", get, 400, `{"error":"unexpected token in filter"}`, "malformed_json", "body"},
		{"a media type that does not fit", post(order), 415, `{"message":"Content-type application/xml does not match [application/json]."}`, "missing_body_property", ""},
		{"a symbol of a parser", request.Request{Method: "GET", URL: "https://h.test/q?end=5&start=1"}, 400, `syntax error: unexpected $end`, "", "query:end"},
		{"two fields that clash", request.Request{Method: "GET", URL: "https://h.test/a", Header: []request.Field{{Name: "X-Tenant", Value: "t-7"}, {Name: "X-Org", Value: "leaf"}}}, 400, `{"message":"X-Tenant and X-Org cannot be sent together."}`, "invalid_request_header", "header:X-Tenant"},
		{"a rule for a name that says nothing", post(`{"transport":"a","mode":"c"}`), 422, `{"status":"fail","data":{"transport":""}}`, "invalid_body_property_value", "body:/transport"},
		{"a label with a dash", post(order), 400, `{"message":"Start-Date is missing"}`, "missing_request_header", "header:Start-Date"},
		{"an argument that may be counted from 1", post(`{"jsonrpc":"2.0","id":1,"method":"m","params":["436",true]}`), 400, `{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"argument 1 must be int, not str"}}`, "invalid_body_property_value", "body:/params/1"},
		{"the time of a sample", post(`{"streams":[{"stream":{"app":"api"},"values":[["1700000000","up"]]}]}`), 400, `entry for stream has timestamp too old`, "clock_skew", ""},
		{"JSON that is right, and text within that is not", post(`{"labels":{"my-env":"prod"}}`), 400, `error parsing labels: 1:4: parse error: unexpected character inside braces: '-'`, "malformed_json", "body"},
		{"a key that is refused", key, 401, ``, "missing_credentials", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if e := find(read(answered(c.r, c.status, c.body)), c.cause, c.el); e != nil && e.Ratio > echo {
				t.Errorf("accuses: %+v", *e)
			}
		})
	}
}
