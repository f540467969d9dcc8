package evidence

import (
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// TestTheSameWordsOfSomethingElse are answers whose words look like a complaint that a rule knows, and are another one: what they must not
// accuse, and what they do say, where that is known.
func TestTheSameWordsOfSomethingElse(t *testing.T) {
	mail := post(`{"title":"x","body":"y","userId":1}`)
	asText := mail
	asText.Header = []request.Field{{Name: "Content-Type", Value: "text/plain"}}
	place := post(`{"shape":{"type":"Polygon"},"name":"a"}`)
	for _, c := range []struct {
		who    string
		r      request.Request
		status int
		body   string
		not    diagnose.ElementID
		el     diagnose.ElementID
		cause  diagnose.CauseID
	}{
		{"all of the body went out as text", asText, 400, `{"errors":[{"field":"body","message":"must be an object"}]}`, "body:/body", "body", "invalid_body_property_type"},
		{"all of the body is no JSON", mail, 400, `{"error":{"code":"invalid_json","param":"body","message":"could not parse JSON"}}`, "body:/body", "body", "malformed_json"},
		{"the same, in other words", mail, 400, `{"errors":[{"field":"body","message":"must be valid JSON"}]}`, "body:/body", "", ""},
		{"a boundary on a map", place, 400, `{"error":"Missing boundary polygon for geofence"}`, "header:Content-Type", "", ""},
		{"a method in quotes", mail, 400, `{"message":"Invalid 'POST'"}`, "body:/POST", "", ""},
		{"a status that is a dose, too", post(`{"dose_mg":400,"name":"x"}`), 400, `<html><head><title>400 Bad Request</title></head><body><h1>400 Bad Request</h1></body></html>`, "body:/dose_mg", "", ""},
		{"a value in quotes", post(`{"currency":"USDX","n":1}`), 400, `{"message":"Invalid 'USDX'"}`, "body:/USDX", "body:/currency", "invalid_body_property_value"},
		{"choices that are types", mail, 400, `{"errors":[{"field":"userId","message":"must be one of the following types: string, null"}]}`, "", "body:/userId", "invalid_body_property_type"},
		{"a route in front", mail, 400, `v1/title: title is required`, "body:/v1/title", "body:/title", "invalid_body_property_value"},
		{"a file in front", mail, 400, `controllers/posts.title: title is required`, "body:/controllers/posts/title", "body:/title", "invalid_body_property_value"},
		{"another one who may not", post(`{"recipient":"17"}`), 403, `{"message":"Recipient does not have permission to receive invitations"}`, "auth", "", ""},
		{"who asks may not", post(`{"user":"17"}`), 403, `{"message":"The user does not have permission to invite"}`, "", "auth", "insufficient_permission"},
		{"an endpoint that is a member's value", post(`{"endpoint":"https://a.test/hook"}`), 404, `{"error":"Endpoint https://a.test/hook not found"}`, "", "body:/endpoint", "resource_not_found"},
		{"a code like one of AWS", mail, 400, `{"code":"UnknownOperation","message":"no such op"}`, "header:X-Amz-Target", "", ""},
	} {
		known := c.el == ""
		for _, e := range read(answered(c.r, c.status, c.body)) {
			if c.not != "" && e.Element == c.not && e.Ratio >= echo {
				t.Errorf("%s: %s: got %+v", c.who, c.body, e)
			}
			known = known || e.Element == c.el && e.Cause == c.cause
		}
		if !known {
			t.Errorf("%s: %s: nothing of %s %s in %+v", c.who, c.body, c.el, c.cause, read(answered(c.r, c.status, c.body)))
		}
	}
}

// TestAPointerToWhatThePathIsCalledToo is one into the body, where that is there.
func TestAPointerToWhatThePathIsCalledToo(t *testing.T) {
	r := post(`{"items":[{"a":1}],"name":"b"}`)
	r.URL = "https://h.test/items"
	for _, e := range read(answered(r, 400, `{"errors":[{"field":"/items","message":"request failed"}]}`)) {
		if e.Element == "body:/items" && e.Ratio >= code {
			return
		}
	}
	t.Error("nothing is said of /items")
}
