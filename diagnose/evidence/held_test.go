package evidence

import (
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// That there is too little of what the server keeps is a rule that a request runs into: what is named beside runs into it,
// the account and its balance are the server's own. A member of the same name that the request has is meant where nothing
// says whose it is.
func TestWhatTheServerKeepsIsNoElement(t *testing.T) {
	sent := posted("https://h.test/transfers", `{"amount":5000,"account":"A-1","sku":"TEA-7","balance":3}`)
	for _, c := range []struct {
		status int
		answer string
		el     diagnose.ElementID
		cause  diagnose.CauseID
	}{
		{400, `{"message":"account balance too low"}`, "server", "business_rule_violation"},
		{422, `{"error":"Insufficient funds"}`, "server", "business_rule_violation"},
		{400, `{"code":"insufficient_balance"}`, "server", "business_rule_violation"},
		{400, `{"message":"amount exceeds available balance"}`, "body:/amount", "business_rule_violation"},
		{422, `{"errors":[{"field":"amount","message":"Insufficient balance"}]}`, "body:/amount", "business_rule_violation"},
		{409, `{"message":"Not enough stock for TEA-7"}`, "body:/sku", "business_rule_violation"},
		{400, `{"message":"balance is too low"}`, "body:/balance", "invalid_body_property_value"},
		{400, `{"message":"amount is too low"}`, "body:/amount", "invalid_body_property_value"},
	} {
		best := diagnose.Evidence{}
		for _, e := range read(answered(sent, c.status, c.answer)) {
			if e.Ratio > best.Ratio && e.Element != "" {
				best = e
			}
		}
		if best.Element != c.el || best.Cause != c.cause {
			t.Errorf("%s: %s %s", c.answer, best.Element, best.Cause)
		}
	}
}

// A signature that is missed by the name of its field is that field, and no credential in the wrong place.
func TestAMissingSignatureIsItsField(t *testing.T) {
	sent := posted("https://h.test/orders", `{"a":1}`)
	sent.Header = append(sent.Header, request.Field{Name: "X-Api-Key", Value: "k-7d1f2c9a40be"})
	for _, text := range []string{"missing X-Shop-Signature header", "X-Shop-Signature is missing", "Missing required header: X-Shop-Signature"} {
		named := false
		for _, e := range read(answered(sent, 401, `{"error":"`+text+`"}`)) {
			named = named || e.Element == "header:X-Shop-Signature" && e.Cause == "missing_request_header" && e.Missing
		}
		if !named {
			t.Errorf("%s: the field is not named", text)
		}
	}
}
