package evidence

import (
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// What is said of how things stand, of any date, or of a choice that may not be there, accuses nobody alone; what is a rule
// about two values, of the one header that has the word, or names the choice itself, does.
func TestHowThingsStandIsNoRule(t *testing.T) {
	dated := func(body, header string) request.Request {
		r := posted("https://h.test/x", body)
		r.Header = append(r.Header, request.Field{Name: header, Value: "20261122T000000Z"})
		return r
	}
	zod := `{"error":{"formErrors":[],"fieldErrors":{"settings":["Invalid option: expected one of \"soft\"|\"loud\""]}}}`
	for _, c := range []struct {
		name   string
		sent   request.Request
		answer string
		el     diagnose.ElementID
		named  bool
	}{
		{"a state", posted("https://h.test/x", `{"type":"customer","account":"A-1"}`), `{"message":"Customer has no account yet"}`, "body:/account", false},
		{"a state, the other", posted("https://h.test/x", `{"type":"customer","account":"A-1"}`), `{"message":"Customer was moved to another account"}`, "body:/type", true},
		{"a state that is over", posted("https://h.test/x", `{"type":"customer","account":"A-1"}`), `{"message":"The account is already taken by a customer"}`, "body:/type", false},
		{"a rule", posted("https://h.test/x", `{"type":"customer","account":"A-1"}`), `{"message":"A customer cannot have an account"}`, "body:/type", true},
		{"any date", dated(`{"name":"Ada","born":"1990-02-30"}`, "X-Amz-Date"), `{"message":"Invalid date"}`, "header:X-Amz-Date", false},
		{"any date, by its look", dated(`{"name":"Ada","on":"30.02.1990"}`, "X-Shop-Date"), `{"message":"Invalid date"}`, "header:X-Shop-Date", false},
		{"the only date", dated(`{"name":"Ada"}`, "X-Shop-Date"), `{"message":"Invalid date"}`, "header:X-Shop-Date", true},
		{"a choice that may be missing", posted("https://h.test/x", `{"settings":{"snooze":true,"label":"quiet"}}`), zod, "body:/settings/label", false},
		{"a choice with a code", posted("https://h.test/x", `{"settings":{"tone":"quiet"}}`), `{"issues":[{"code":"invalid_value","values":["soft","loud"],"path":["settings","tone"],"message":"Invalid option: expected one of \"soft\"|\"loud\""}]}`, "body:/settings/tone", true},
	} {
		named := false
		for _, e := range read(answered(c.sent, 422, c.answer)) {
			named = named || e.Element == c.el && e.Ratio >= code
		}
		if named != c.named {
			t.Errorf("%s: %s is named: %v", c.name, c.el, named)
		}
	}
}
