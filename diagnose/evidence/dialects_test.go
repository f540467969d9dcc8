package evidence

import (
	"testing"

	"culprit/request"
)

// TestDialects are answers of validators in many languages, as they came from the real thing.
func TestDialects(t *testing.T) {
	form := func(body string) request.Request {
		return request.Request{Method: "POST", URL: "https://h.test/signup", Header: []request.Field{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}}, Body: request.Body{Kind: request.RawBody, Text: body}}
	}
	pet := post(`{"name":"Rex","kind":"dog","size":"XL","vaccines":[7,"rabies"],"owner":{"city":"York","phone":"5"},"lines":[{"sku":"a"}],"tier":"diamond"}`)
	for _, c := range []reading{
		{"ow, absent", pet, 400, "{\"error\":\"Expected property property `name` to be of type `string` but received type `undefined` in object `owner` in object `body`\"}", nil, "body:/owner/name", "missing_body_property", likely},
		{"ow, too many", pet, 400, "{\"error\":\"Did not expect property `city` to exist, got `York` in object `owner` in object `body`\"}", nil, "body:/owner/city", "unexpected_body_property", likely},
		{"ow, value", pet, 400, "{\"error\":\"Expected property string `kind` to be one of `[\\\"cat\\\"]`, got `dog` in object `body`\"}", nil, "body:/kind", "invalid_body_property_value", likely},
		{"zod prettified", pet, 400, "✖ Too big: expected string to have <=2 characters\n  → at kind\n✖ Invalid email address\n  → at owner.city", nil, "body:/owner/city", "invalid_body_property_format", likely},
		{"zod prettified, absent", pet, 400, "✖ Invalid input: expected string, received undefined\n  → at owner.name", nil, "body:/owner/name", "missing_body_property", likely},
		{"zod prettified, too many", pet, 400, "✖ Unrecognized key: \"tier\"", nil, "body:/tier", "unexpected_body_property", likely},
		{"json_schemer, absent", pet, 422, `{"errors":[{"pointer":"/owner","type":"required","details":{"missing_keys":["name"]},"schema":""}]}`, nil, "body:/owner/name", "missing_body_property", likely},
		{"json_schemer, as it is", pet, 422, `[{"data":{},"data_pointer":"","schema":{},"schema_pointer":"","type":"required","details":{"missing_keys":["sown"]}}]`, nil, "body:/sown", "missing_body_property", likely},
		{"json_schemer, too many", pet, 422, `{"errors":[{"pointer":"/tier","type":"schema","details":null,"schema":"/additionalProperties"}]}`, nil, "body:/tier", "unexpected_body_property", likely},
		{"go-playground's fields as JSON", pet, 400, `{"title":"Validation error","errors":[{"kind":"string","namespace":"Pet.owner.mail","param":"","tag":"required","type":"string","value":""}]}`, nil, "body:/owner/mail", "missing_body_property", likely},
		{"go-playground's fields as JSON, a choice", pet, 400, `{"errors":[{"namespace":"Pet.kind","param":"cat bird","tag":"oneof","value":"dog"}]}`, nil, "body:/kind", "invalid_body_property_value", likely},
		{"justinrainbow", pet, 422, `{"errors":[{"property":"lines[0].sku","message":"String value found, but an integer is required"}]}`, nil, "body:/lines/0/sku", "invalid_body_property_type", likely},
		{"Hertz", pet, 400, `{"code":400,"message":"'show' field is a 'required' parameter, but the request body does not have this parameter 'show'"}`, nil, "body:/show", "missing_body_property", likely},
		{"Hertz, a header", get("https://h.test/seats?show=x"), 400, `{"code":400,"message":"'X-Box-Office' field is a 'required' parameter, but the request does not have this parameter"}`, nil, "header:X-Box-Office", "missing_request_header", likely},
		{"tagexpr", pet, 400, `{"message":"validating: expr_path=Kind, cause=invalid"}`, nil, "body:/kind", "invalid_body_property_value", likely},
		{"tagexpr, absent", pet, 400, `{"message":"binding: expr_path=Owner.Name, cause=missing required parameter"}`, nil, "body:/owner/name", "missing_body_property", likely},
		{"gorilla/schema", form("nick=ada&mail=a"), 400, `terms is empty`, nil, "form:terms", "missing_body_property", code},
		{"gorilla/schema, too many", form("nick=ada&newsletter=1"), 400, `schema: invalid path "newsletter"`, nil, "form:newsletter", "unexpected_body_property", likely},
		{"libopenapi-validator", pet, 400, `{"errors":[{"message":"POST request body for '/pets' failed to validate schema","reason":"The request body is defined as an object. However, it does not meet the schema requirements of the specification","validationType":"requestBody","validationErrors":[{"reason":"missing property 'count'","location":"/properties/lines/items/required"}]}]}`, nil, "body:/lines/0/count", "missing_body_property", likely},
		{"libopenapi-validator, value", pet, 400, `{"errors":[{"message":"x","validationType":"requestBody","validationErrors":[{"reason":"'York' does not match pattern '^[A-Z]{2}$'","location":"/properties/owner/properties/city/pattern"}]}]}`, nil, "body:/owner/city", "invalid_body_property_format", likely},
		{"Crystal", pet, 400, "Missing JSON attribute: crust\n  parsing Pizza at line 1, column 1", nil, "body:/crust", "missing_body_property", likely},
		{"Crystal, too many", pet, 400, "Unknown JSON attribute: tier\n  parsing Pizza at line 1, column 1", nil, "body:/tier", "unexpected_body_property", likely},
		{"Crystal, enum", pet, 400, "Unknown enum Size value: XL", nil, "body:/size", "invalid_body_property_value", likely},
		{"aeson, absent", pet, 400, `Error in $.owner: parsing Main.Owner(Owner) failed, key "name" not found`, nil, "body:/owner/name", "missing_body_property", likely},
		{"Type::Tiny", pet, 422, `{"error":"Reference {\"kind\" => \"dog\"} did not pass type constraint \"Dict[owner=>Dict[city=>StrMatch[(?^:^[A-Z]{2}$)]],kind=>Enum[\"cat\"]]\" / \"Dict[owner=>Dict[city=>StrMatch[(?^:^[A-Z]{2}$)]],kind=>Enum[\"cat\"]]\" constrains value at key \"owner\" of hash with \"Dict[city=>StrMatch[(?^:^[A-Z]{2}$)]]\" / \"Dict[city=>StrMatch[(?^:^[A-Z]{2}$)]]\" constrains value at key \"city\" of hash with \"StrMatch[(?^:^[A-Z]{2}$)]\""}`, nil, "body:/owner/city", "invalid_body_property_value", likely},
		{"Type::Tiny, absent", pet, 422, `{"error":"Reference {} did not pass type constraint \"Dict[owner=>Dict[city=>Str],price=>Num]\" / \"Dict[owner=>Dict[city=>Str],price=>Num]\" requires key \"price\" to appear in hash"}`, nil, "body:/price", "missing_body_property", likely},
		{"Type::Tiny, in a list", pet, 422, `{"error":"Reference {} did not pass type constraint \"Dict[vaccines=>ArrayRef[Str]]\" constrains value at key \"vaccines\" of hash with \"ArrayRef[Str]\" / Reference [7] did not pass type constraint \"ArrayRef[Str]\" (in $_->{\"vaccines\"}) / \"ArrayRef[Str]\" constrains each value in the array with \"Str\" / Value \"7\" did not pass type constraint \"Str\" (in $_->{\"vaccines\"}->[0])"}`, nil, "body:/vaccines/0", "invalid_body_property_value", likely},
		{"ow, in a list", pet, 400, "{\"error\":\"(array `vaccines`) Expected property values to be of type `string` but received type `number` in object `body`\"}", nil, "body:/vaccines/0", "invalid_body_property_type", likely},
		{"a scheme that is not taken", get("https://h.test/account", "Authorization", "Token abc"), 401, `{"error":"Unauthorized"}`, []string{"WWW-Authenticate", `Bearer realm="x", error="invalid_token", error_description="The access token is invalid or has expired"`}, "auth", "malformed_authorization", code},
		{"R's match.arg", post(`{"station":"EGLL","horizon":48,"model":"lstm"}`), 400, `{"error":"'arg' should be one of “arima”, “ets”, “prophet”"}`, nil, "body:/model", "invalid_body_property_value", likely},
		{"members of the house's own", post(`{"tenant":"Ada","rooms":["bath","garage"]}`), 400, `{"title":"Your lease is not valid","invalid":[{"at":"rooms[1]","why":"Invalid option: expected one of \"kitchen\"|\"bath\""}]}`, nil, "body:/rooms/1", "invalid_body_property_value", likely},
		{"words of the company", pet, 422, `{"ok":false,"problems":["That tier is not on offer."]}`, nil, "body:/tier", "invalid_body_property_value", hint},
		{"numbers in words", get("https://h.test/mean?from=1&to=ten"), 400, `{"error":"from and to are whole numbers"}`, nil, "query:to", "invalid_request_parameter", echo},
		{"a token that was not sent", get("https://h.test/account"), 401, `{"error":"Unauthorized"}`, []string{"WWW-Authenticate", `Bearer realm="x", error="invalid_token", error_description="The access token is invalid or has expired"`}, "auth", "missing_credentials", likely},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := read(answered(c.r, c.status, c.body, c.header...))
			if e := find(all, c.cause, c.el); e == nil || e.Ratio < c.ratio || all[0].Element != c.el && all[0].Ratio > e.Ratio {
				t.Errorf("got %+v of %+v", e, all)
			}
		})
	}
}

// TestWordsThatNameNothingOfTheRequest: what a server says of its own things is about no member that is missing.
func TestWordsThatNameNothingOfTheRequest(t *testing.T) {
	for _, c := range []struct {
		status int
		body   string
	}{{400, `{"error":"cart is empty"}`}, {500, `{"error":"KeyError: 'session'"}`}, {400, `{"error":"The order could not be placed"}`}} {
		for _, e := range read(answered(post(`{"order":"A-1","sku":"b"}`), c.status, c.body)) {
			if e.Element != "" && e.Kind != "status" && e.Ratio >= hint {
				t.Errorf("%s: %+v", c.body, e)
			}
		}
	}
}

// TestRepeatedRequestIsNoComplaint: an answer that only repeats the request says nothing of what it names.
func TestRepeatedRequestIsNoComplaint(t *testing.T) {
	body := `{"error":"Request-Mismatch : HttpRequest { method: \"POST\", path: \"/v1/orders\", query: None, headers: Some({\"accept\": [\"application/json\"], \"content-type\": [\"application/json\"], \"host\": [\"h.test\"]}), body: Present(b\"{\\\"kind\\\": \\\"dog\\\"}\", Some(ContentType { main_type: \"application\", sub_type: \"json\" })) }"}`
	for _, e := range read(answered(post(`{"kind":"dog"}`), 500, body)) {
		if e.Ratio >= echo && e.Element != "" {
			t.Errorf("got %+v", e)
		}
	}
}
