package evidence

import (
	"testing"

	"culprit/request"
)

// TestOrdinarySentencesNameNothing: what people and programs say of other things than the request is not a complaint about
// the element that it happens to have the word of, nor about one that it has not.
func TestOrdinarySentencesNameNothing(t *testing.T) {
	sent := sendJSON("https://h.test/v1/search", `{"sort":"price","es":"Hola","source":"web","items":[1,2],"user":7,"message":"hi","status":"open","data":"x","currency":"EUR"}`)
	twice := sent
	twice.Header = append(append([]request.Field{}, sent.Header...), request.Field{Name: "Accept", Value: "text/html"}, request.Field{Name: "Accept", Value: "text/csv"})
	for _, c := range []struct {
		r      request.Request
		status int
		body   string
	}{
		// a name that stands as a value
		{sent, 400, `{"error":"price.split is not a function"}`},
		// the word for a field, and no name of one
		{sent, 400, `{"detail":"Este campo es obligatorio."}`},
		{sent, 400, `{"detail":"El campo es inválido"}`},
		{sent, 400, `{"detail":"Ce champ est obligatoire."}`},
		{sent, 400, `{"detail":"Le champ de saisie est obligatoire."}`},
		{sent, 400, `{"detail":"Dieses Feld ist erforderlich."}`},
		{sent, 400, `{"detail":"Das Feld muss ausgefüllt werden"}`},
		{sent, 400, `{"detail":"To pole jest wymagane."}`},
		{sent, 400, `{"detail":"Falta un campo obligatorio"}`},
		{sent, 400, `{"detail":"Bu alan zorunludur"}`},
		// what a server keeps, and what a program has itself
		{sent, 404, `{"error":"key not found: session"}`},
		{sent, 404, `{"error":"'ada'"}`},
		{sent, 401, `{"error":"Undefined array key \"tenant\""}`},
		{sent, 400, `TypeError: handler() missing 1 required positional argument: 'self'`},
		{sent, 500, `TypeError: items is not iterable`},
		{sent, 500, `TypeError: items.map is not a function`},
		{sent, 503, `status unknown`},
		{sent, 400, `Upstream: (currency: gone)`},
		{sent, 502, `json: cannot unmarshal JSON string into Go int within "/user"`},
		{sent, 500, `json: cannot unmarshal JSON string into Go int within "/limits/max"`},
		{sent, 502, "upstream: status\n  field required (type=value_error.missing)"},
		{sent, 409, `{"code":"INVALID_STATUS"}`},
		{sent, 400, `{"error":"missing_data"}`},
		{sent, 500, `{"error":"no permission to write /var/log/app.log"}`},
		// words that fields of the header are made of
		{twice, 400, `{"error":"duplicate entries are not acceptable"}`},
		{sent, 403, `{"error":"e-signature is required before approval"}`},
		{sent, 400, `{"error":"Too busy, see the Retry-After header"}`},
		{sent, 400, `{"error":"invalid Content-Length header from upstream"}`},
	} {
		for _, e := range read(answered(c.r, c.status, c.body)) {
			if e.Element != "" && e.Element != "server" && e.Element != "header:Content-Type" && e.Kind != "status" && e.Ratio >= code {
				t.Errorf("%d %s: %+v", c.status, c.body, e)
			}
		}
	}
}

// TestANameOfAnotherMemberIsNoValue: a field that is missing is not the one whose value is its name.
func TestANameOfAnotherMemberIsNoValue(t *testing.T) {
	for _, text := range []string{`price must be a number`, `\"price\" must be a number`} {
		for _, e := range read(answered(sendJSON("https://h.test/search", `{"sort":"price","page":1}`), 422, `{"message":"`+text+`"}`)) {
			if e.Element == "body:/sort" && e.Ratio > code {
				t.Errorf("%s: %+v", text, e)
			}
		}
	}
}

// TestAHeadIsNoField: a table has a header, too, and a signature is no field of the header by its dash.
func TestAHeadIsNoField(t *testing.T) {
	for _, text := range []string{"CSV file is missing header 'email'", "The file is missing header: email", "A counter-signature is required"} {
		for _, e := range read(answered(sendJSON("https://h.test/import", person), 400, text)) {
			if e.Element.Is("header") && e.Missing {
				t.Errorf("%s: %+v", text, e)
			}
		}
	}
}

// TestTwoWordsAreALead: a bare name and a word for what is wrong is sure of a path, and not of what the request is about.
func TestTwoWordsAreALead(t *testing.T) {
	sent := sendJSON("https://h.test/sms", `{"message":"hi","user":7}`)
	for _, text := range []string{"Message rejected.", "unknown user", "System.ArgumentNullException: Value cannot be null. (Parameter 'user')"} {
		for _, e := range read(answered(sent, 400, text)) {
			if e.Element.InBody() && e.Ratio > code {
				t.Errorf("%s: %+v", text, e)
			}
		}
	}
}

// TestARuleIsNoNameWithinAWord: rent stands in "current", and it is rent that exceeds the balance.
func TestARuleIsNoNameWithinAWord(t *testing.T) {
	all := read(answered(sendJSON("https://h.test/leases", `{"rent":900,"term":2}`), 400, `{"error":"rent exceeds your current balance"}`))
	if e := find(all, "business_rule_violation", "body:/rent"); e == nil {
		t.Errorf("got %+v", all)
	}
}

// TestALengthOfTwo: of two that may be so long, the one that is not is meant.
func TestALengthOfTwo(t *testing.T) {
	for body, want := range map[string]string{`{"first":"A","last":"Lovelace"}`: "body:/first", `{"first":"Ada","last":"L"}`: "body:/last"} {
		for _, e := range read(answered(sendJSON("https://h.test/people", body), 400, `{"error":"first and last must be between 2 and 50 characters"}`)) {
			if e.Element.InBody() && string(e.Element) != want {
				t.Errorf("%s: %+v", body, e)
			}
		}
	}
}

// TestAnotherDocumentIsALead: what a failing server says of a member that has the right type may be said of what it read
// elsewhere.
func TestAnotherDocumentIsALead(t *testing.T) {
	sent := sendJSON("https://h.test/orders", `{"user":7,"status":"open"}`)
	for _, text := range []string{"Value of type 'Int' required for key 'user'", `decode response: decode field "status": unexpected byte`} {
		for _, e := range read(answered(sent, 502, text)) {
			if e.Element.InBody() && e.Ratio > likely {
				t.Errorf("%s: %+v", text, e)
			}
		}
	}
}
