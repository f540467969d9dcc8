package evidence

import "testing"

// TestWordings are answers of real servers whose reading once went wrong.
func TestWordings(t *testing.T) {
	shipment := `{"carrier":"DHL","order_id":"7","items":[{"sku":"A","qty":2},{"sku":"B","qty":0}],"key":"","lease":"77","vat":"DE 1","owner":{"id":"7"},"labels":{"a":1},"variables":{},"query":"{a"}`
	for _, c := range []reading{
		{"Go's zero value", post(shipment), 400, `{"error":"Key: 'shipment.Items[1].Qty' Error:Field validation for 'Qty' failed on the 'required' tag"}`, nil, "body:/items/1/qty", "invalid_body_property_value", certain},
		{"Go's absent field", post(shipment), 400, `{"error":"Key: 'shipment.Email' Error:Field validation for 'Email' failed on the 'required' tag"}`, nil, "body:/email", "missing_body_property", certain},
		{"Go's name of a type", post(shipment), 500, `json: cannot unmarshal string into Go struct field shipment.carrier of type bool`, nil, "body:/carrier", "invalid_body_property_type", certain},
		{"Fiber", post(shipment), 400, `[{"FailedField":"shipment.Carrier","Tag":"oneof","Value":"dhl ups"}]`, nil, "body:/carrier", "invalid_body_property_value", certain},
		{"Joi's pattern", post(shipment), 400, `{"message":"\"vat\" with value \"DE 1\" fails to match the required pattern: /^DE[0-9]{9}$/"}`, nil, "body:/vat", "invalid_body_property_format", certain},
		{"another style of names", post(shipment), 400, `{"message":"\"orderId\" is required"}`, nil, "body:/orderId", "missing_body_property", certain},
		{"Huma's absent member", post(shipment), 422, `{"errors":[{"message":"expected required property email to be present","location":"body.owner"}]}`, nil, "body:/owner/email", "missing_body_property", certain},
		{"a member too many", post(shipment), 400, `{"message":"body must NOT have additional properties"}`, nil, "body", "unexpected_body_property", challenge},
		{"Prism's header", post(shipment), 422, ``, []string{"sl-violations", `[{"location":["request","body","carrier"],"severity":"Error","code":"type","message":"must be integer"}]`}, "body:/carrier", "invalid_body_property_type", certain},
		{"GraphQL's syntax", post(shipment), 400, `{"errors":[{"message":"Syntax Error: Expected Name, found <EOF>.","locations":[{"line":1,"column":3}]}]}`, nil, "body:/query", "malformed_request_body", certain},
		{"base64", post(`{"key":"foo!","value":"YmFy"}`), 400, `{"message":"illegal base64 data at input byte 3"}`, nil, "body:/key", "invalid_body_property_format", likely},
		{"an empty member with a common name", post(shipment), 400, `{"message":"etcdserver: key is not provided"}`, nil, "body:/key", "invalid_body_property_value", certain},
		{"a 404 about a member", post(shipment), 404, `{"message":"requested lease not found"}`, nil, "body:/lease", "resource_not_found", code},
		{"a 404 about a parameter", get("https://h.test/books/?page=9"), 404, `{"detail":"Invalid page."}`, nil, "query:page", "invalid_request_parameter", code},
		{"a path repeated", get("https://h.test/fleet/v1/cars"), 401, `{"errors":[{"path":"/fleet/v1/cars","message":"'X-Fleet-Key' header required"}]}`, nil, "header:X-Fleet-Key", "missing_credentials", likely},
		{"a value of the path", get("https://h.test/delay/abc"), 400, `{"detail":"strconv.ParseFloat: parsing \"abc\": invalid syntax"}`, nil, "url.path[1]", "invalid_request_parameter", certain},
		{"NestJS's pipe", get("https://h.test/people/ada"), 400, `{"message":"Validation failed (numeric string is expected)","error":"Bad Request","statusCode":400}`, nil, "url.path[1]", "invalid_request_parameter", likely},
		{"an example of a query", get("https://h.test/q?query=up&step=1"), 400, `{"error":"too many points. Try decreasing the resolution (?step=XX)"}`, nil, "query:step", "invalid_request_parameter", code},
		{"a parameter that is not there", get("https://h.test/series?start=1"), 400, `{"error":"no match[] parameter provided"}`, nil, "query:match[]", "missing_request_parameter", certain},
		{"a version", get("https://h.test/a", "Accept-Version", "1"), 400, `{"error":"Unsupported version 1, supported: 2"}`, nil, "header:Accept-Version", "wrong_api_version", likely},
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
