package evidence

import (
	"slices"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// TestWhatIsSaidOfAFormIsNotPinnedOnOneOfTwo: two values of the form, or none that is wrong, accuse neither.
func TestWhatIsSaidOfAFormIsNotPinnedOnOneOfTwo(t *testing.T) {
	for _, c := range []struct{ body, says string }{
		{`{"from":"61 * * * *","to":"62 * * * *"}`, "invalid cron expression"},
		{`{"match":"[a-z]+","name":"x"}`, "invalid regular expression"},
		{`{"a":"$.x","b":"$.y"}`, "invalid JSONPath"},
		{`{"note":"call me at 5 or 6","n":1}`, "the cron daemon is busy"},
	} {
		for _, e := range read(answered(post(c.body), 400, `{"error":"`+c.says+`"}`)) {
			if e.Ratio >= likely && e.Element != "" && e.Cause == "invalid_body_property_format" {
				t.Errorf("%s, %q: got %+v", c.body, c.says, e)
			}
		}
	}
}

// TestAPlaceInANamedTextIsNoPlaceInTheBody: the characters that are counted are those of the value.
func TestAPlaceInANamedTextIsNoPlaceInTheBody(t *testing.T) {
	r := post(`{"name":"a","expression":"temperature > 20 & (level < 4","timeout":5}`)
	for _, e := range read(answered(r, 400, `{"error":"expression: unexpected \"(level\" at position 17"}`)) {
		if e.Element != "" && e.Element != "body:/expression" {
			t.Errorf("got %+v", e)
		}
	}
}

// TestAnErrorOfJSONRPCBlamesTheSenderByItsCode, whatever the status is.
func TestAnErrorOfJSONRPCBlamesTheSenderByItsCode(t *testing.T) {
	for answer, want := range map[string]bool{
		`{"result":null,"error":{"code":-1,"message":"JSON value of type string is not of expected type number"},"id":1}`: true,
		`{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"Invalid params"}}`:                                     true,
		`{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"Internal error"}}`:                                     false,
		`{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"oops"}}`:                                               false,
		`{"error":{"code":-1,"message":"no"}}`:                                                                            false,
	} {
		r := post(`{"jsonrpc":"1.0","id":1,"method":"getblockhash","params":["1000"]}`)
		if got := slices.ContainsFunc(read(answered(r, 500, answer)), func(e diagnose.Evidence) bool { return e.Source == FaultCode }); got != want {
			t.Errorf("%s: %t", answer, got)
		}
	}
}

// called is a call of a procedure: its path names nothing.
func called(body string) request.Request {
	r := post(body)
	r.URL = "https://h.test/"
	return r
}

// TestWordings are answers of real servers whose reading once went wrong.
func TestWordings(t *testing.T) {
	shipment := `{"carrier":"DHL","order_id":"7","items":[{"sku":"A","qty":2},{"sku":"B","qty":0}],"key":"","lease":"77","vat":"DE 1","owner":{"id":"7"},"labels":{"a":1},"variables":{},"query":"{a"}`
	for _, c := range []reading{
		{"Go's zero value", post(shipment), 400, `{"error":"Key: 'shipment.Items[1].Qty' Error:Field validation for 'Qty' failed on the 'required' tag"}`, nil, "body:/items/1/qty", "invalid_body_property_value", certain},
		{"Go's absent field", post(shipment), 400, `{"error":"Key: 'shipment.Email' Error:Field validation for 'Email' failed on the 'required' tag"}`, nil, "body:/email", "missing_body_property", certain},
		{"Go's field in another style", post(`{"orderNumber":"7","items":[1]}`), 400, `{"error":"Key: 'shipment.OrderNumber' Error:Field validation for 'OrderNumber' failed on the 'required' tag"}`, nil, "body:/order_number", "missing_body_property", certain},
		{"Yup's member too many", post(shipment), 400, `{"errors":["this field has unspecified keys: vat"]}`, nil, "body:/vat", "unexpected_body_property", certain},
		{"Yup's member too many, below", post(shipment), 400, `{"errors":["owner field has unspecified keys: id"]}`, nil, "body:/owner/id", "unexpected_body_property", certain},
		{"Rails' object around all", post(`{"thing":{"a":1}}`), 400, `{"error":"param is missing or the value is empty: shipment"}`, nil, "body:/shipment", "missing_body_property", certain},
		{"Go's name of a type", post(shipment), 500, `json: cannot unmarshal string into Go struct field shipment.carrier of type bool`, nil, "body:/carrier", "invalid_body_property_type", certain},
		{"Fiber", post(shipment), 400, `[{"FailedField":"shipment.Carrier","Tag":"oneof","Value":"dhl ups"}]`, nil, "body:/carrier", "invalid_body_property_value", certain},
		{"Joi's pattern", post(shipment), 400, `{"message":"\"vat\" with value \"DE 1\" fails to match the required pattern: /^DE[0-9]{9}$/"}`, nil, "body:/vat", "invalid_body_property_format", certain},
		{"another style of names", post(shipment), 400, `{"message":"\"orderId\" is required"}`, nil, "body:/orderId", "missing_body_property", certain},
		{"Huma's absent member", post(shipment), 422, `{"errors":[{"message":"expected required property email to be present","location":"body.owner"}]}`, nil, "body:/owner/email", "missing_body_property", certain},
		{"a member too many", post(shipment), 400, `{"message":"body must NOT have additional properties"}`, nil, "body", "unexpected_body_property", challenge},
		{"Prism's header, a name that envelopes have", post(shipment), 400, `{"status":400,"err":"string"}`, []string{"sl-violations", `[{"location":["request","body"],"severity":"Error","code":"required","message":"Request body must have required property 'message'"}]`}, "body:/message", "missing_body_property", certain},
		{"Prism's header", post(shipment), 422, ``, []string{"sl-violations", `[{"location":["request","body","carrier"],"severity":"Error","code":"type","message":"must be integer"}]`}, "body:/carrier", "invalid_body_property_type", certain},
		{"GraphQL's syntax", post(shipment), 400, `{"errors":[{"message":"Syntax Error: Expected Name, found <EOF>.","locations":[{"line":1,"column":3}]}]}`, nil, "body:/query", "malformed_request_body", certain},
		{"base64", post(`{"key":"foo!","value":"YmFy"}`), 400, `{"message":"illegal base64 data at input byte 3"}`, nil, "body:/key", "invalid_body_property_format", likely},
		{"base64 among other texts", post(`{"name":"a","data":"aGVsbG8h!!8gd29ybGQ=","note":"x y"}`), 400, `{"error":"illegal base64 data at input byte 8"}`, nil, "body:/data", "invalid_body_property_format", likely},
		{"cron", post(`{"name":"a b c d e","schedule":"61 * * * *","timeout":5}`), 400, `{"error":"invalid cron expression: end of range (61) above maximum (59): 61"}`, nil, "body:/schedule", "invalid_body_property_format", likely},
		{"JSONPath, which is no JSON", post(`{"path":"$..[a","doc":{"a":1}}`), 400, `{"error":"invalid JSONPath at position 3"}`, nil, "body:/path", "invalid_body_property_format", likely},
		{"an expression", post(`{"match":"[a-z","other":"[a-z]+"}`), 400, `{"error":"error parsing regexp: missing closing ]: ` + "`[a-z`" + `"}`, nil, "body:/match", "invalid_body_property_format", likely},
		{"an argument of a procedure", post(`{"jsonrpc":"2.0","id":1,"method":"eth_getBlockByNumber","params":["436",true]}`), 200, `{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}`, nil, "body:/params/0", "invalid_body_property_value", certain},
		{"a value in a GraphQL document", post(`{"query":"{ order(id: \"o-1\") { lines(first: \"10\") { sku } } }"}`), 400, `{"errors":[{"message":"Int cannot represent non-integer value: \"10\"","locations":[{"line":1,"column":36}]}]}`, nil, "body:/query", "invalid_body_property_value", certain},
		{"an empty member with a common name", post(shipment), 400, `{"message":"etcdserver: key is not provided"}`, nil, "body:/key", "invalid_body_property_value", certain},
		{"a 404 about a member", post(shipment), 404, `{"message":"requested lease not found"}`, nil, "body:/lease", "resource_not_found", code},
		{"a 404 about a parameter", get("https://h.test/books/?page=9"), 404, `{"detail":"Invalid page."}`, nil, "query:page", "invalid_request_parameter", code},
		{"a path repeated", get("https://h.test/fleet/v1/cars"), 401, `{"errors":[{"path":"/fleet/v1/cars","message":"'X-Fleet-Key' header required"}]}`, nil, "header:X-Fleet-Key", "missing_credentials", likely},
		{"a value of the path", get("https://h.test/delay/abc"), 400, `{"detail":"strconv.ParseFloat: parsing \"abc\": invalid syntax"}`, nil, "url.path[1]", "invalid_request_parameter", certain},
		{"NestJS's pipe", get("https://h.test/people/ada"), 400, `{"message":"Validation failed (numeric string is expected)","error":"Bad Request","statusCode":400}`, nil, "url.path[1]", "invalid_request_parameter", likely},
		{"an example of a query", get("https://h.test/q?query=up&step=1"), 400, `{"error":"too many points. Try decreasing the resolution (?step=XX)"}`, nil, "query:step", "invalid_request_parameter", code},
		{"a parameter that is not there", get("https://h.test/series?start=1"), 400, `{"error":"no match[] parameter provided"}`, nil, "query:match[]", "missing_request_parameter", certain},
		{"the request's target beside it", get("https://h.test/export?match[]=up"), 400, "remoteAddr: \"127.0.0.1:5\"; requestURI: /export?match[]=up; missing `format` arg; see https://docs.test/#export", nil, "query:format", "missing_request_parameter", certain},
		{"a bare name that is missing", post(shipment), 400, `{"code":"unexpected_error","message":"missing nodes property"}`, nil, "body:/nodes", "missing_body_property", code},
		{"what the parser had not read", post(`{"guest":"eve","beds":"two","price":40}`), 500, `Code: 27, Cannot parse input: expected true before: wo","price":40}: (while read the value of key beds): (at row 1)`, nil, "body:/beds", "invalid_body_property_format", likely},
		{"another service's token", get("https://h.test/keys", "Authorization", "Bearer abcdefgh"), 401, `{"error":"token is not for this service"}`, nil, "auth", "wrong_audience", code},
		{"an access key that a 404 speaks of", get("https://h.test/bucket0", "Authorization", "AWS4-HMAC-SHA256 Credential=AKIA/x"), 404, `<?xml version="1.0" encoding="UTF-8"?><Error><Code>XAdminUserNotFound</Code><Message>No user exists with the provided access key ID.</Message></Error>`, []string{"Content-Type", "application/xml"}, "auth", "invalid_credentials", likely},
		{"a signed link that has ended", get("https://h.test/b/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2Fs3&X-Amz-Date=20260101T000000Z&X-Amz-Expires=60&X-Amz-Signature=ab"), 403, `<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>`, []string{"Content-Type", "application/xml", "Date", "Sun, 22 Nov 2026 04:53:18 GMT"}, "query:X-Amz-Expires", "expired_token", certain},
		{"a type and no name", post(`{"TableName":"stays","Values":{":b":{"N":2}},"ReturnValues":"ALL_NEW"}`), 400, `{"__type":"com.amazon.coral.service#SerializationException","Message":"NUMBER_VALUE cannot be converted to String"}`, nil, "body:/Values/:b/N", "invalid_body_property_type", likely},
		{"the end of the path", ask("PUT", "https://h.test/metrics/job/nightly/house"), 400, "odd number of components in label string \"/house\"", nil, "url.path[3]", "invalid_request_parameter", code},
		{"the last word of a protocol's own field", ask("PATCH", "https://h.test/files/7", "Tus-Resumable", "1.0.0", "Upload-Offset", "5"), 409, "ERR_MISMATCHED_OFFSET: mismatched offset\n", nil, "header:Upload-Offset", "invalid_request_header", code},
		{"the last word of a field's name", ask("POST", "https://h.test/hooks", "X-Hub-Signature-256", "sha256=aa", "X-Shop-Event", "pushed"), 422, `{"error":"unknown event"}`, nil, "header:X-Shop-Event", "invalid_request_header", code},
		{"a bare resource of a procedure's", called(`{"TableName":"stay","Limit":10}`), 400, `{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"Requested resource not found"}`, nil, "body:/TableName", "resource_not_found", code},
		{"a version", get("https://h.test/a", "Accept-Version", "1"), 400, `{"error":"Unsupported version 1, supported: 2"}`, nil, "header:Accept-Version", "wrong_api_version", likely},
		{"a field of two letters, which is a language, too", post(`{"km":12.55,"to":"ada"}`), 400, `{"km":"numeric value out of bounds (<4 digits>.<1 digits> expected)"}`, nil, "body:/km", "invalid_body_property_value", certain},
		{"a key of a message without a text", post(`{"bib_name":"ada l","shirt":"XXL"}`), 422, `{"message":"Validation Error.","data":{"bib_name":["validation.alpha_dash"]}}`, nil, "body:/bib_name", "invalid_body_property_value", certain},
		{"the kind of a union in its path", post(`{"payment":{"kind":"card","last4":"42424242"}}`), 422, `{"detail":[{"loc":"payment.card.last4","msg":"String should match pattern '^\\d{4}$'"}]}`, nil, "body:/payment/last4", "invalid_body_property_format", likely},
		{"what another member asks for", post(`{"cod":true,"service":"x"}`), 400, `{"message":"body must have property tracking_email when property cod is present"}`, nil, "body:/tracking_email", "missing_body_property", certain},
		{"what another member asks for, in an object", post(`{"shipping":{"cod":true}}`), 400, `{"message":"body/shipping must have property tracking_email when property cod is present"}`, nil, "body:/shipping/tracking_email", "missing_body_property", certain},
		{"a parameter with a point in its name", get("https://h.test/cards?limit=2&created_at.after=x"), 422, ``, []string{"sl-violations", `[{"location":["request","query","created_at.after"],"code":"format","message":"Request query parameter created_at.after must match format \"date-time\""}]`}, "query:created_at.after", "invalid_request_parameter", certain},
		{"a field and the format that it was read in", post(`{"day":"2026-05-04","kilos":12.5}`), 500, `Code: 117, e.displayText() = DB::Exception: Unknown field found while parsing JSONEachRow format: kilos: (at row 1)`, nil, "body:/kilos", "unexpected_body_property", certain},
		{"who logs in by a field of the header", get("https://h.test/?query=SELECT+1", "X-ClickHouse-User", "gardener", "X-ClickHouse-Key", "x"), 401, `Code: 192, DB::Exception: Unknown user gardener`, nil, "header:X-Clickhouse-User", "invalid_credentials", code},
		{"a login", post(`{"username":"ada","password":"x"}`), 400, `{"detail":"Incorrect username or password"}`, nil, "body:/password", "invalid_credentials", likely},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := find(read(answered(c.r, c.status, c.body, c.header...)), c.cause, c.el)
			if e == nil || e.Ratio != c.ratio {
				t.Errorf("got %+v of %+v", e, read(answered(c.r, c.status, c.body, c.header...)))
			}
		})
	}
}

// TestWhatNobodyWroteAccusesNobody: the example of a string where a document gives none, and an English word that a field of
// the header has, or that its action happens to end in.
func TestWhatNobodyWroteAccusesNobody(t *testing.T) {
	query := ask("POST", "https://h.test/", "X-Amz-Target", "Shop_20120810.Query")
	query.Body = post(`{"TableName":"stays"}`).Body
	for answer, r := range map[string]request.Request{
		`{"message":"body must have properties phone, email when property cod is present"}`: post(`{"cod":true,"phone":"030"}`),
		`{"error":"Invalid email or password"}`:                                             ask("POST", "https://h.test/login", "X-Login-Type", "email"),
		`{"error":"Invalid credentials for production"}`:                                    ask("POST", "https://h.test/login", "X-Environment", "production"),
		`{"detail":[{"loc":["string"],"msg":"string","type":"string"}]}`:                    post(`{"rateLimit":"120/s"}`),
		`{"__type":"x#ValidationException","message":"Query condition missed key: day"}`:    query,
	} {
		for _, e := range read(answered(r, 400, answer)) {
			if e.Element != "" && e.Ratio >= code {
				t.Errorf("%s: got %+v", answer, e)
			}
		}
	}
}

// TestTheLittleThatIsSaidOfANamedElement: one word beside a name, and a path in front of a sentence that has the last name of
// it alone.
func TestTheLittleThatIsSaidOfANamedElement(t *testing.T) {
	r := post(`{"title":"a","endpoint":"https://h.test/in","body":{"value":"x"},"channel":"CALL","clinic":{"name":"b","syncMark":1}}`)
	for _, c := range []struct {
		answer  string
		element diagnose.ElementID
		cause   diagnose.CauseID
	}{
		{`{"fields":[{"name":"clinic.syncMark","reason":"unexpected"}]}`, "body:/clinic/syncMark", "unexpected_body_property"},
		{`clinic.licence: licence is required`, "body:/clinic/licence", "missing_body_property"},
		{`{"clinic":["A valid list is required."]}`, "body:/clinic", "invalid_body_property_type"},
		{`{"param":"channel","message":"channel must be one of email, sms, call"}`, "body:/channel", "invalid_body_property_value"}, // one of the choices is a format, too
		{`{"errors":[{"pointer":"#/body","detail":"body must be of type string"}]}`, "body:/body", "invalid_body_property_type"},
	} {
		if !slices.ContainsFunc(read(answered(r, 400, c.answer)), func(e diagnose.Evidence) bool {
			return e.Element == c.element && e.Cause == c.cause && e.Ratio >= likely
		}) {
			t.Errorf("%s: got %+v", c.answer, read(answered(r, 400, c.answer)))
		}
	}
}

// TestNoSuchEndpointIsThePath, and not a member of that name.
func TestNoSuchEndpointIsThePath(t *testing.T) {
	for _, e := range read(answered(post(`{"endpoint":"https://h.test/in"}`), 404, `{"error":{"message":"No such endpoint"}}`)) {
		if e.Element == "body:/endpoint" {
			t.Errorf("got %+v", e)
		}
	}
}
