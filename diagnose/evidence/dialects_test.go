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
		{"names of the house's own, in French", post(`{"nom":"Ada","ville":"lyon"}`), 400, `{"succes":false,"erreurs":{"ville":"La ville doit être Paris, Lyon ou Nice"}}`, nil, "body:/ville", "invalid_body_property_value", code},
		{"a list of Spanish", post(`{"cliente":"Ada","envio":"expres"}`), 422, `{"codigo":"VALIDACION","errores":{"envio":"envio debe ser uno de [normal urgente]"},"mensaje":"Revise los datos enviados"}`, nil, "body:/envio", "invalid_body_property_value", code},
		{"absent in Spanish", post(`{"cliente":"Ada"}`), 422, `{"codigo":"VALIDACION","errores":{"entrega":"entrega es un campo requerido"},"mensaje":"Revise los datos enviados"}`, nil, "body:/entrega", "missing_body_property", code},
		{"an envelope of Spanish is no field", post(`{"lineas":[{"cantidad":"2"}]}`), 400, `{"codigo":"FORMATO","mensaje":"json: cannot unmarshal string into Go struct field Linea.lineas.cantidad of type int"}`, nil, "body:/lineas/0/cantidad", "invalid_body_property_type", likely},
		{"absent in a sentence of French", post(`{"nom":"Ada"}`), 400, `{"message":"Le courriel est obligatoire"}`, nil, "body:/courriel", "missing_body_property", echo},
		{"a pointer in German", post(`{"autor":{"geboren":"1883"}}`), 400, `{"fehler":[{"feld":"/autor/geboren","text":"muss sein: integer"}]}`, nil, "body:/autor/geboren", "invalid_body_property_type", code},
		{"a path with arrows", post(`{"plan":"premium"}`), 400, `{"ok":false,"msg":"value is not a valid enumeration member; permitted: 'basic', 'plus'","where":"body -> plan"}`, nil, "body:/plan", "invalid_body_property_value", code},
		{"a header behind an arrow", get("https://h.test/x"), 400, `{"ok":false,"msg":"field required","where":"header -> x-tenant"}`, nil, "header:X-Tenant", "missing_request_header", code},
		{"a path without words", post(`{"card":{"holder":"Ada"}}`), 400, `{"status":400,"code":"E1001","field":"card.last4"}`, nil, "body:/card/last4", "missing_body_property", code},
		{"Laravel's attribute in words", post(`{"amount":5,"gift_name":"a"}`), 400, `{"msg":"The donor's name field is required."}`, nil, "body:/donor_name", "missing_body_property", code},
		{"Active Model's full messages", post(`{"booking":{"guest_count":40,"area":"roof"}}`), 422, `{"message":"Validation failed: Guest count must be less than or equal to 12, Area roof is not one of our areas (hall, bar)"}`, nil, "body:/booking/guest_count", "invalid_body_property_value", likely},
		{"Active Model's details", post(`{"booking":{"area":"bar"}}`), 422, `{"errors":{"table_number":["blank","not_a_number"]}}`, nil, "body:/booking/table_number", "missing_body_property", code},
		{"pydantic's tag of a union", post(`{"targets":[{"kind":"webhook","retries":9}]}`), 422, `{"detail":[{"input":9,"loc":["targets",0,"webhook","retries"],"msg":"Input should be less than or equal to 5","type":"less_than_equal"}]}`, nil, "body:/targets/0/retries", "invalid_body_property_value", likely},
		{"pydantic's tag of a union, absent", post(`{"targets":[{"kind":"webhook"}]}`), 422, `{"detail":[{"loc":["targets",0,"webhook","retries"],"msg":"Field required","type":"missing"}]}`, nil, "body:/targets/0/retries", "missing_body_property", likely},
		{"a map of Go", post(`{"title":"a","thresholds":{"cpu":"90%","mem":0.5}}`), 400, `json: cannot unmarshal string into Go struct field Alert.thresholds of type float64`, nil, "body:/thresholds/cpu", "invalid_body_property_type", likely},
		{"a field of Go called as in the other items", post(`{"guests":[{"age":4},{"full_name":"Bob","age":5}]}`), 400, `{"msg":"Key: 'Booking.Guests[0].Name' Error:Field validation for 'Name' failed on the 'required' tag"}`, nil, "body:/guests/0/full_name", "missing_body_property", code},
		{"ArkType, too many", pet, 400, `{"error":"invalid_request","error_description":"tier must be removed"}`, nil, "body:/tier", "unexpected_body_property", code},
		{"GraphQL's path is one of the answer", post(`{"query":"query C($id: ID!) { cart(id: $id) { id } }","variables":{"id":"c9"}}`), 200, `{"data":{"cart":null},"errors":[{"message":"Cart c9 not found","locations":[{"line":1,"column":21}],"path":["cart"],"extensions":{"code":"NOT_FOUND"}}]}`, nil, "body:/variables/id", "invalid_body_property_value", code},
		{"a header with an underscore", get("https://h.test/x"), 401, `{"code":401,"message":"'api_key' header required"}`, nil, "header:api_key", "missing_credentials", code},
		{"JSON-RPC's data", post(`{"jsonrpc":"2.0","id":1,"method":"pay","params":{"amount":"5","to":"x"}}`), 200, `{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"Invalid params","data":"\"amount\" must be a number"}}`, nil, "body:/params/amount", "invalid_body_property_type", code},
		{"Xerces, too many", request.Request{Method: "POST", URL: "https://h.test/ws", Header: []request.Field{{Name: "Content-Type", Value: "text/xml"}}, Body: request.Body{Kind: request.RawBody, Text: "<E><Body><l:Loan><l:Note>hi</l:Note></l:Loan></Body></E>"}}, 400, `<Fault><faultcode>s:Client</faultcode><faultstring>Validation error</faultstring><detail><e>cvc-complex-type.2.4.d: Invalid content was found starting with element 'l:Note'. No child element is expected at this point.</e></detail></Fault>`, nil, "body:/E/Body/Loan/Note", "unexpected_body_property", code},
		{"a path in front of a house's sentence", post(`{"tenant":"Ada","rooms":["bath","garage"]}`), 422, `{"code":"E_LEASE","explanation":"rooms/1 - Invalid option: expected one of \"kitchen\"|\"bath\""}`, nil, "body:/rooms/1", "invalid_body_property_value", code},
		{"a path over a house's complaint", post(`{"rent":{"currency":"EUR"}}`), 422, `{"result":"rejected","report":{"rent.amount":{"rule":"invalid_type","hint":"Invalid input: expected number, received undefined"}}}`, nil, "body:/rent/amount", "missing_body_property", code},
		{"what a text may contain", post(`{"title":"a","slug":"Knitting 101"}`), 400, `{"ok":false,"msg":"Slug may only contain lower case letters, digits and dashes"}`, nil, "body:/slug", "invalid_body_property_format", code},
		{"Type::Tiny, each step by itself", pet, 422, `{"explain":["Reference {\"kind\" => \"dog\",\"name\" => \"Re...} did not pass type constraint \"Dict[kind=>Enum[\"bird\",\"cat\"],size=>StrMatch[(?^:^.$)]]\" (in $body)","\"Dict[kind=>Enum[\"bird\",\"cat\"],size=>StrMatch[(?^:^.$)]]\" constrains value at key \"kind\" of hash with \"Enum[\"bird\",\"cat\"]\"","\"Enum[\"bird\",\"cat\"]\" requires that the value is equal to \"bird\" or \"cat\""]}`, nil, "body:/kind", "invalid_body_property_value", likely},
		{"serde behind axum's words", pet, 422, "Failed to deserialize the JSON body into the target type: unknown variant `dog`, expected `cat` or `bird` at line 1 column 26", nil, "body:/kind", "invalid_body_property_value", likely},
		{"tv4 below all of the body", pet, 400, `{"message":"The \"body\" body parameter is invalid ({\"name\":\"Rex\",\"kind\":\"dog\",\"vaccines\":[7,\"rabies\"]}) \nJSON Schema validation error. \nData path: \"/vaccines/0\" \nSchema path: \"/properties/vaccines/items/type\" \nInvalid type: number (expected string)"}`, nil, "body:/vaccines/0", "invalid_body_property_type", likely},
		{"pydantic 1 as text", get("https://h.test/production?plant=3&step=30m"), 400, "1 validation error for Q\nstep\n  string does not match regex \"^(15m|1h)$\" (type=value_error.str.regex; pattern=^(15m|1h)$)", nil, "query:step", "invalid_request_parameter", likely},
		{"pydantic 1 as text, absent", pet, 400, "2 validation errors for Pet\nowner -> zip\n  field required (type=value_error.missing)\nkind\n  value is not a valid integer (type=type_error.integer)", nil, "body:/owner/zip", "missing_body_property", likely},
		{"Ajv in German, its parameters beside the message", pet, 422, `{"fehler":[{"pfad":"","text":"darf keine zusätzlichen Attribute haben","additionalProperty":"tier"}]}`, nil, "body:/tier", "unexpected_body_property", likely},
		{"graph-gophers", post(`{"query":"mutation($s: S!) { a(s: $s) { id } }","variables":{"s":{"seconds":"120"}}}`), 200, `{"errors":[{"message":"could not unmarshal \"120\" (string) into int32: incompatible type: string"}],"data":{}}`, nil, "body:/variables/s/seconds", "invalid_body_property_type", code},
		{"SAP's OData", pet, 400, `{"error":{"message":"Property \"tier\" does not exist in Catalog.Pets","target":"Catalog.Pets","code":"400"}}`, nil, "body:/tier", "unexpected_body_property", likely},
		{"WTForms in French, absent", form("name=Claire&tel=06+12"), 400, `{"erreurs":{"nom":["Ce champ est requis."],"tel":["Saisie non valide."]}}`, nil, "form:nom", "missing_body_property", code},
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
	}{{400, `{"error":"cart is empty"}`}, {500, `{"error":"KeyError: 'DATABASE_URL'"}`}, {400, `{"error":"The order could not be placed"}`}} {
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
