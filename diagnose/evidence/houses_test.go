package evidence

import (
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// TestWhatIsReadOfOddAnswers: what surrounds a complaint is no element, one sentence in several languages is read in
// English, and what a server repeats in quotes is not put into other words.
func TestWhatIsReadOfOddAnswers(t *testing.T) {
	for name, c := range map[string]struct {
		body, answer string
		want         diagnose.ElementID
		cause        diagnose.CauseID
	}{
		"HAL":           {`{"note":"x"}`, `{"_embedded":{"errors":[{"message":"Required Body [order] not specified"}]}}`, "body:/order", "missing_body_property"},
		"HAL, links":    {`{"note":"x"}`, `{"_links":{"self":"no such thing"},"_embedded":{"errors":[{"message":"it is not right"}]}}`, "", ""},
		"two languages": {`{"sku":"x"}`, `{"hint":{"de":"Das Feld menge wird gebraucht","en":"quantity is required"}}`, "body:/quantity", "missing_body_property"},
		"a quoted word": {`{"note":"it isn't blue","sku":"x"}`, `{"message":"bad value \"it isn't blue\""}`, "body:/note", "invalid_body_property_value"},
	} {
		r := request.Request{Method: "POST", URL: "https://h.test/orders", Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: c.body}}
		got, cause := diagnose.ElementID(""), diagnose.CauseID("")
		for _, e := range read(answered(r, 400, c.answer, "Content-Type", "application/json")) {
			if strings.HasPrefix(string(e.Element), "body:") && got == "" {
				got, cause = e.Element, e.Cause
			}
		}
		if got != c.want || cause != c.cause {
			t.Errorf("%s: %s %s, want %s %s", name, got, cause, c.want, c.cause)
		}
	}
}

// TestTwoFieldsOfTheHeaderThatEndAlike: a word that two fields end with is neither's.
func TestTwoFieldsOfTheHeaderThatEndAlike(t *testing.T) {
	for want, header := range map[string][]request.Field{
		"header:X-Amz-Target": {{Name: "X-Amz-Target", Value: "Shop_20120810.GetRobots"}},
		"":                    {{Name: "Soapaction", Value: "urn:shop#GetRobots"}, {Name: "X-Amz-Target", Value: "Shop_20120810.GetRobots"}},
	} {
		r := request.Request{Method: "POST", URL: "https://h.test/", Header: header, Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: `{}`}}
		got := ""
		for _, e := range read(answered(r, 400, `{"message":"Operation GetRobots unknown here"}`, "Content-Type", "application/json")) {
			if strings.HasPrefix(string(e.Element), "header:") {
				got = string(e.Element)
			}
		}
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
