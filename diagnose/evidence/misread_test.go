package evidence

import (
	"testing"

	"culprit/diagnose"
)

// TestEverydayWordsOfOtherThings are sentences that look like those of a rule and speak of something of the server's, or of
// another element than the one that the rule knows.
func TestEverydayWordsOfOtherThings(t *testing.T) {
	const url = "https://h.test/v1/users/42/orders?limit=10"
	for _, c := range []struct {
		who, sent string
		status    int
		body      string
		not       diagnose.ElementID
		cause     diagnose.CauseID // that it may not be said to be; "" for any
	}{
		{"all of the body", `{"body":"x","title":"y"}`, 400, `{"message":"Invalid request body"}`, "body:/body", ""},
		{"all of the data", `{"data":{"a":1}}`, 400, `{"message":"Invalid request data"}`, "body:/data", "unexpected_body_property"},
		{"the id in the body", `{"product_id":"9x"}`, 400, `{"message":"Invalid product id"}`, "url.path[2]", ""},
		{"an id of no segment", `{"product":"9x"}`, 400, `{"message":"Invalid product id"}`, "url.path[2]", ""},
		{"an id that is a member, too", `{"id":"9x"}`, 400, `{"message":"Invalid id"}`, "url.path[2]", ""},
		{"an amount over a limit", `{"amount":5000}`, 422, `{"message":"The amount exceeds your daily limit"}`, "", "quota_exhausted"},
		{"a role", `{"user":{"a":1}}`, 400, `{"message":"user must have 'admin' role"}`, "body:/user/admin", ""},
		{"a role that is required", `{"to":"x"}`, 400, `{"message":"The 'admin' role is required"}`, "body:/admin", ""},
		{"roles", `{"email":"x"}`, 403, `{"message":"Your role must have at least one of admin, owner"}`, "body:/admin", ""},
		{"a method among those taken", `{"a":1}`, 400, `{"message":"This endpoint only supports GET, POST"}`, "method", ""},
		{"a method of a webhook", `{"webhook":{"method":"POST"}}`, 400, `{"message":"Webhook method must be PUT."}`, "method", ""},
		{"a page of a gateway", `{"a":1}`, 503, `<html><body>Our site is down for maintenance. Use only GET requests.</body></html>`, "method", ""},
		{"a header of what a gateway got", `{"a":1}`, 502, `{"message":"Response must contain a Content-Length header"}`, "header:Content-Length", ""},
		{"the version of TLS", `{"tls":"1.1"}`, 400, `{"message":"TLS version 1.1 is not supported"}`, "url.path[0]", ""},
		{"a version that is a member", `{"version":"1"}`, 400, `{"message":"Version 1 is not supported"}`, "url.path[0]", ""},
		{"a token of a language", `{"template":"{{x"}`, 400, `{"message":"Malformed token in template"}`, "auth", ""},
		{"tokens of a text", `{"max_tokens":9}`, 400, `{"message":"Number of tokens expired in context"}`, "auth", ""},
		{"the header of a table", `{"csv":"a b"}`, 400, `{"message":"The header must begin with an id column"}`, "auth", ""},
		{"the server's surroundings", `{"a":1}`, 400, `{"message":"No value set for environment variable DATABASE"}`, "body:/DATABASE", ""},
		{"what is looked up elsewhere", `{"a":1}`, 400, `{"message":"No value found for the index of the exchange"}`, "body:/exchange", ""},
		{"a file of the server", `{"file":"f"}`, 500, `{"message":"Could not read file: permission denied"}`, "body:/file", ""},
		{"what a gateway did", `{"timeout":5}`, 503, `{"error":"error processing timeout: the worker must be restarted"}`, "body:/timeout", ""},
		{"a type that is not taken", `{"a":5}`, 415, `{"error":"This resource does not accept media type application/json"}`, "header:Accept", ""},
		{"the header of a file that was sent", `{"csv":"a;b"}`, 400, `{"errors":[{"field":"csv","message":"id header is required"}]}`, "header:Id", ""},
		{"no type", `{"name":"Ann"}`, 400, `{"message":"Not a member: Ann"}`, "", "invalid_body_property_type"},
		{"who is not there is in the body", `{"user":"x"}`, 404, `{"message":"User not found"}`, "url.path[2]", ""},
		{"an address that was sent", `{"ip":"10.0.0.1"}`, 403, `{"message":"IP address 10.0.0.1 is not allowed"}`, "server", "ip_not_allowed"},
	} {
		r := post(c.sent)
		r.URL = url
		for _, e := range read(answered(r, c.status, c.body)) {
			if e.Ratio >= code && (c.not == "" || e.Element == c.not) && (c.cause == "" || e.Cause == c.cause) {
				t.Errorf("%s: %s: got %+v", c.who, c.body, e)
			}
		}
	}
	r := post(`{"memo":"Dear Sir, name, thanks"}`)
	for _, e := range read(answered(r, 400, `{"errors":[{"field":"name","code":"unknown_field"}]}`)) {
		if e.Element == "body:/memo" && e.Ratio >= code {
			t.Errorf("a text with commas: got %+v", e)
		}
	}
}
