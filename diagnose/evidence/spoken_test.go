package evidence

import (
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

func withHeader(r request.Request, name, value string) request.Request {
	r.Header = append(r.Header[:len(r.Header):len(r.Header)], request.Field{Name: name, Value: value})
	return r
}

// TestSpoken are sentences that say where and what in words of their own.
func TestSpoken(t *testing.T) {
	trip := post(`{"mode":"tram","from":{"stop":"A","zip":"1"},"to":{"stop":"B","zip":"two"},"legs":[{"km":2},{"km":"x"}],"title":"Evening tour","revision":"0.3"}`)
	for _, c := range []struct {
		name   string
		r      request.Request
		status int
		body   string
		el     diagnose.ElementID
		cause  diagnose.CauseID
	}{
		{"a member and its value quoted for their object", trip, 422, `{"detail":[{"type":"union_tag_invalid","loc":["from"],"msg":"Input tag 'A' found using 'stop' does not match any of the expected tags: 'B', 'C'"}]}`, "body:/from/stop", "invalid_body_property_value"},
		{"AJV's own words", trip, 422, `{"message":"data/to/zip must match pattern \"^[0-9]+$\"","keyword":"pattern","params":{"pattern":"^[0-9]+$"}}`, "body:/to/zip", "invalid_body_property_format"},
		{"AJV, a member of a member", trip, 422, `{"message":"data/from must have required property 'city'","keyword":"required","params":{"missingProperty":"city"}}`, "body:/from/city", "missing_body_property"},
		{"AJV, a member too many", trip, 422, `{"message":"data/from must NOT have additional properties","keyword":"additionalProperties","params":{"additionalProperty":"stop"}}`, "body:/from/stop", "unexpected_body_property"},
		{"AJV 6 under any name", trip, 400, `{"more":["body/to/zip should match pattern \"^[0-9]+$\""]}`, "body:/to/zip", "invalid_body_property_format"},
		{"AJV 6, a header", trip, 400, `{"more":["headers should have required property 'x-line'"]}`, "header:X-Line", "missing_request_header"},
		{"AJV, a parameter", get("https://h.test/trips?page=x"), 400, `{"message":"data/page must be integer"}`, "query:page", "invalid_request_parameter"},
		{"a pointer beside the name", trip, 400, `{"violations":[{"pointer":"/from","message":"'city' is a required property"}]}`, "body:/from/city", "missing_body_property"},
		{"a pointer beside what is too much", trip, 400, `{"violations":[{"pointer":"/from","message":"Additional properties are not allowed ('stop' was unexpected)"}]}`, "body:/from/stop", "unexpected_body_property"},
		{"a key that is unexpected", trip, 400, `{"issues":[{"path":["revision"],"message":"is unexpected, expected: \"mode\" | \"from\""}]}`, "body:/revision", "unexpected_body_property"},
		{"voluptuous on a query", get("https://h.test/trips?line=4"), 400, `{"message":"required key not provided @ data['day']"}`, "query:day", "missing_request_parameter"},
		{"a value and its name", trip, 400, `{"message":"the tram mode is not yet supported"}`, "body:/mode", "invalid_body_property_value"},
		{"a name in another case", trip, 422, `{"message":"data/from must have required property 'Stop'"}`, "body:/from/Stop", "missing_body_property"},
		{"JSON Schema's output", trip, 422, `{"valid":false,"errors":[{"instanceLocation":"#","keyword":"properties","keywordLocation":"#/properties","error":"Property \"legs\" does not match schema."},{"instanceLocation":"#/legs/1/km","keyword":"type","keywordLocation":"#/properties/legs/items/properties/km/type","error":"Instance type \"string\" is invalid. Expected \"number\"."}]}`, "body:/legs/1/km", "invalid_body_property_type"},
		{"JSON Schema's output, a member", trip, 422, `{"valid":false,"errors":[{"instanceLocation":"#/from","keyword":"required","keywordLocation":"#/properties/from/required","error":"Instance does not have required property \"city\"."}]}`, "body:/from/city", "missing_body_property"},
		{"JSON Schema's output, without a word", trip, 400, `{"errors":[{"keywordLocation":"#/properties/mode/enum","instanceLocation":"#/mode"}]}`, "body:/mode", "invalid_body_property_value"},
		{"JSON Schema's output, too much", trip, 400, `{"errors":[{"keywordLocation":"#/additionalProperties","instanceLocation":"#/revision"}]}`, "body:/revision", "unexpected_body_property"},
		{"JSON Schema's output, nested", trip, 400, `{"valid":false,"errors":[{"keywordLocation":"#/properties","instanceLocation":"#","errors":[{"keywordLocation":"#/properties/mode/enum","instanceLocation":"#/mode","error":"not one of the values"}]}]}`, "body:/mode", "invalid_body_property_value"},
		{"JSON Schema's list", trip, 400, `{"valid":false,"details":[{"valid":true,"evaluationPath":"","instanceLocation":""},{"valid":false,"evaluationPath":"/properties/from/required","instanceLocation":"/from","errors":{"required":"Required properties [\"city\"] are not present"}}]}`, "body:/from/city", "missing_body_property"},
		{"AJV 6, a member too many", trip, 400, `{"more":["body should NOT have additional properties 'revision'"]}`, "body:/revision", "unexpected_body_property"},
		{"z-schema", trip, 400, `{"code":"SCHEMA_VALIDATION_FAILED","errors":[{"code":"OBJECT_MISSING_REQUIRED_PROPERTY","params":["city"],"message":"Missing required property: city","path":"#/from"}]}`, "body:/from/city", "missing_body_property"},
		{"Valibot, flattened", trip, 400, `{"statusCode":400,"data":{"nested":{"to.zip":["Invalid format: Expected /^[0-9]+$/ but received \"two\""]}}}`, "body:/to/zip", "invalid_body_property_format"},
		{"Valibot, a member too many", trip, 400, `{"data":{"nested":{"revision":["Invalid key: Expected never but received \"revision\""]}}}`, "body:/revision", "unexpected_body_property"},
		{"Valibot, a member too few", trip, 400, `{"data":{"nested":{"price":["Invalid key: Expected \"price\" but received undefined"]}}}`, "body:/price", "missing_body_property"},
		{"a number and its name", trip, 400, `{"message":"unsupported revision 0.3"}`, "body:/revision", "invalid_body_property_value"},
		{"a header's value", withHeader(trip, "X-Depot-Id", "north"), 403, `{"message":"depot north is unknown to you"}`, "header:X-Depot-Id", "invalid_request_header"},
		{"it exists already", trip, 400, `{"error":"a trip with mode tram already exists"}`, "body:/mode", "already_exists"},
		{"it is not there", trip, 400, `{"__type":"ResourceNotFoundException","message":"Route tram under account 0000 not found."}`, "body:/mode", "resource_not_found"},
		{"a 404 under the name of its id", get("https://h.test/trips/9"), 404, `{"errors":{"id":["Trip 9 does not exist"]}}`, "url.path[1]", "resource_not_found"},
		{"the only member", post(`{"Name":"my-cups"}`), 400, `{"odata.error":{"code":"","message":{"lang":"en-US","value":"The specified resource name contains invalid characters."}}}`, "body:/Name", "invalid_body_property_format"},
		{"a route that is none", get("https://h.test/v1/trip"), 404, `{"detail":"/v1/trip is not a resource of this API"}`, "url.path", "wrong_path"},
		{"a contract without the path", get("https://h.test/trip?q=1"), 400, "No matching REST stub or contract found for method GET and path /trip", "url.path", "wrong_path"},
		{"a short value", get("https://h.test/trips?page=one&line=4"), 400, `{"message":"Failed to convert value of type 'java.lang.String' to required type 'int'; For input string: \"one\""}`, "query:page", "invalid_request_parameter"},
		{"an enum's constant", get("https://h.test/trips?page=1&mode=hover"), 400, `{"message":"Failed to convert value of type 'java.lang.String' to required type 'Trip$Mode'; No enum constant Trip.Mode.hover"}`, "query:mode", "invalid_request_parameter"},
		{"another type", trip, 415, `{"message":"expected application/cloudevents+json"}`, "header:Content-Type", "unsupported_media_type"},
		{"both ways of a path", trip, 400, `{"more":["body/to.zip should be integer"]}`, "body:/to/zip", "invalid_body_property_type"},
		{"a body that was not seen", post(`{"name":"a","born":"b","seats":"c","plan":"pro"}`), 400, `{"errors":{"name":["This field is required."],"born":["This field is required."],"seats":["This field is required."],"plan":["Not a valid choice."]}}`, "header:Content-Type", "content_type_mismatch"},
		{"an element of XML", request.Request{Method: "POST", URL: "https://h.test/feed", Header: []request.Field{{Name: "Content-Type", Value: "application/xml"}}, Body: request.Body{Kind: request.RawBody, Text: "<trip><seats>two</seats></trip>"}}, 422, `{"message":"element seats: \"two\" is not an integer"}`, "body:/trip/seats", "invalid_body_property_type"},
		{"the word before a label", get("https://h.test/q?start=5&end=4"), 400, "end timestamp must not be before or equal to start time", "query:end", "invalid_request_parameter"},
		{"a member of an object by name", post(`{"auth":{"user":{"name":"a"},"scope":{"id":1}}}`), 400, `{"error":{"message":"Expecting to find domain in user. The server could not comply with the request."}}`, "body:/auth/user/domain", "missing_body_property"},
		{"a word of a query", get("https://h.test/?query=SELECT+1+FORMAT+JSN"), 404, "Code: 73, Exception: Unknown format JSN", "query:query", "invalid_request_parameter"},
		{"a setting", get("https://h.test/?query=SELECT+1&max_thread=2"), 404, "Code: 115, Exception: Unknown setting max_thread", "query:max_thread", "invalid_request_parameter"},
		{"a table of a text", request.Request{Method: "POST", URL: "https://h.test/", Body: request.Body{Kind: request.RawBody, Text: "SELECT * FROM trips"}}, 404, "Code: 60, Exception: Table main.trips doesn't exist.", "body", "resource_not_found"},
		{"a password in the query", get("https://h.test/?user=ada&password=tea&query=SELECT+1"), 401, "Code: 193, Exception: Wrong password for user ada", "query:password", "invalid_credentials"},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := read(answered(c.r, c.status, c.body))
			if e := find(all, c.cause, c.el); e == nil || e.Ratio < all[0].Ratio || len(all) > 1 && all[1].Ratio == e.Ratio && all[1].Element != e.Element {
				t.Errorf("got %+v of %+v", e, all)
			}
		})
	}
}

// TestAnExampleNamesNothing: a mock server answers with the example of its description, in which every text is "string".
func TestAnExampleNamesNothing(t *testing.T) {
	for _, e := range read(answered(post(`{"color":"red"}`), 422, `{"message":"string","documentation_url":"string","errors":[{"resource":"string","field":"string","message":"string","code":"string","index":0,"value":"string"}]}`)) {
		if e.Element != "" && e.Ratio > hint {
			t.Errorf("got %+v", e)
		}
	}
}

// TestOneOfSeveralIsNotMissing: "missing leg" of a request with legs is about one of them.
func TestOneOfSeveralIsNotMissing(t *testing.T) {
	for _, e := range read(answered(post(`{"legs":[{"km":2}]}`), 400, `{"errors":[{"code":"bad data","message":"missing leg"}]}`)) {
		if e.Element == "body:/leg" && e.Ratio >= code {
			t.Errorf("got %+v", e)
		}
	}
}
