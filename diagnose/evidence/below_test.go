package evidence

import (
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

func posted(url, text string) request.Request {
	return request.Request{Method: "POST", URL: url, Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: text}}
}

// What is said of an object or a list, and can only mean one value in it, is said of that value; a sentence with the name
// of one element and the value of another is about both; of alternatives, what was sent goes before what is missing.
func TestSaidOfWhatHoldsIt(t *testing.T) {
	const habit = `{"name":"Read","shareWith":["bob"],"settings":{"snooze":true,"tone":"quiet"}}`
	for _, c := range []struct {
		name   string
		sent   request.Request
		status int
		answer string
		el     diagnose.ElementID
		cause  diagnose.CauseID
	}{
		{"zod, flattened: a choice", posted("https://h.test/habits", habit), 400, `{"error":{"formErrors":[],"fieldErrors":{"settings":["Invalid option: expected one of \"soft\"|\"loud\""]}}}`, "body:/settings/tone", "invalid_body_property_value"},
		{"zod, flattened: an item", posted("https://h.test/habits", habit), 400, `{"error":{"formErrors":[],"fieldErrors":{"shareWith":["Invalid email address"]}}}`, "body:/shareWith/0", "invalid_body_property_format"},
		{"zod, flattened: a type", posted("https://h.test/habits", `{"settings":{"snooze":"true","tone":"quiet"}}`), 400, `{"error":{"formErrors":[],"fieldErrors":{"settings":["Invalid input: expected boolean, received string"]}}}`, "body:/settings/snooze", "invalid_body_property_type"},
		{"the list itself", posted("https://h.test/habits", habit), 400, `{"error":{"formErrors":[],"fieldErrors":{"shareWith":["Too small: expected array to have >=2 items"]}}}`, "body:/shareWith", "invalid_body_property_value"},
		{"JSON-RPC", posted("https://h.test/", `{"jsonrpc":"2.0","id":1,"method":"void","params":{"number":"42"}}`), 400, `{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"Invalid params: number must look like INV-00000"}}`, "body:/params/number", "invalid_body_property_value"},
		{"a rule of two", posted("https://h.test/books", `{"title":"Emma","condition":"worn","signed":true}`), 400, `{"non_field_errors":["Worn copies cannot be sold as signed."]}`, "body:/signed", "interacting_parameters"},
		{"Symfony's violations as text", posted("https://h.test/jobs", `{"client":{"vat":"1"},"wordCount":12}`), 400, `{"error":"Array[client][vat]:\n    This value is not valid. (code de1e3db3-5ed4-4941-aae4-59f3667cc3a3)\n"}`, "body:/client/vat", "invalid_body_property_value"},
		{"Symfony's, a member that is missing", posted("https://h.test/jobs", `{"client":{"vat":"1"},"wordCount":12}`), 400, `{"error":"Array[words]:\n    This field is missing. (code 2fa2158c)\nArray[wordCount]:\n    This field was not expected. (code 7703c766)\n"}`, "body:/words", "missing_body_property"},
		{"alternatives", posted("https://h.test/calls", `{"to":"1","answer_url":"https://a.test","ringing_timer":300}`), 400, `{"message":"Validation errors","errors":[{"message":"must have required property 'ncco'","location":{"in":"request","name":"body","path":""}},{"message":"must be <= 120","location":{"in":"request","name":"body","path":"/ringing_timer"}},{"message":"must match exactly one schema in oneOf","location":{"in":"request","name":"body","path":""}}]}`, "body:/ringing_timer", "invalid_body_property_value"},
		{"full messages, one of them with an everyday word", posted("https://h.test/proposals", `{"proposal":{"level":"expert","slides_url":"x"}}`), 422, `{"errors":["Level is not included in the list"]}`, "body:/proposal/level", "invalid_body_property_value"},
		{"SOAP that is not well-formed", posted("https://h.test/tax", `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><Date>1</e:Body></e:Envelope>`), 500, `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode>500</faultcode><faultstring>Invalid XML</faultstring><detail>Error: Unexpected close tag</detail></soap:Fault></soap:Body></soap:Envelope>`, "body", "malformed_request_body"},
	} {
		x := answered(c.sent, c.status, c.answer)
		if c.status == 500 {
			x = answered(c.sent, c.status, c.answer, "Content-Type", "text/xml")
		}
		var best diagnose.Evidence
		for _, e := range read(x) {
			if e.Element != "" && e.Element != "server" && e.Ratio > best.Ratio {
				best = e
			}
		}
		if best.Element != c.el || best.Cause != c.cause {
			t.Errorf("%s: read %s %s (%.0f), want %s %s", c.name, best.Element, best.Cause, best.Ratio, c.el, c.cause)
		}
	}
}

// Each full message of a list is a complaint of its own, whichever words it uses.
func TestEachMessageOfAListIsRead(t *testing.T) {
	x := answered(posted("https://h.test/proposals", `{"proposal":{"level":"expert","slides_url":"x"}}`), 422, `{"errors":["Level is not included in the list","Slides url must be an https link"]}`)
	named := map[diagnose.ElementID]bool{}
	for _, e := range read(x) {
		named[e.Element] = named[e.Element] || e.Ratio >= code
	}
	for _, id := range []diagnose.ElementID{"body:/proposal/level", "body:/proposal/slides_url"} {
		if !named[id] {
			t.Errorf("%s is not named", id)
		}
	}
}

// Of the files of an upload, the one is named whose kind is not among those that are taken.
func TestAFileOfAnotherKind(t *testing.T) {
	form := func(file string) request.Request {
		return request.Request{Method: "POST", URL: "https://h.test/avatars", Body: request.Body{Kind: request.MultipartBody, Parts: []request.Part{{Name: "shape", Value: "circle"}, {Name: "avatar", Path: file}}}}
	}
	const answer = `{"message":"Only .png, .jpg and .jpeg format allowed!"}`
	for file, want := range map[string]bool{"a.gif": true, "a.JPEG": false} {
		got := false
		for _, e := range read(answered(form(file), 400, answer)) {
			got = got || e.Element == "multipart:avatar" && e.Ratio >= likely
		}
		if got != want {
			t.Errorf("%s: named is %v", file, got)
		}
	}
}
