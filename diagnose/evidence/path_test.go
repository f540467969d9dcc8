package evidence

import (
	"strings"
	"testing"

	"culprit/diagnose"
)

// Every way in which a framework writes a path leads to the element (§4.4, path normaliser).
func TestEverySpellingOfAPath(t *testing.T) {
	r := post(order)
	for spelling, el := range map[string]diagnose.ElementID{
		"/items/1/price": "body:/items/1/price", "#/items/1/price": "body:/items/1/price", "items[1].price": "body:/items/1/price", "items[1][price]": "body:/items/1/price",
		"items.1.price": "body:/items/1/price", "$.items[1].price": "body:/items/1/price", "Order.Items[1].Price": "body:/items/1/price", "body.items[1].price": "body:/items/1/price",
		"request.items[1].price": "body:/items/1/price", "data.items[1].price": "body:/items/1/price", "/data/attributes/items/1/price": "body:/items/1/price", "json.items.1.price": "body:/items/1/price",
		"params.status": "body:/status", "create.order.items[1].price": "body:/items/1/price", "Customer.EMail": "body:/customer/email",
		"email": "body:/customer/email", "query.limit": "query:limit", "header.accept": "header:Accept",
	} {
		all := read(answered(r, 400, `{"errors":[{"field":"`+spelling+`","message":"must be a number"}]}`))
		if len(all) == 0 || all[0].Element != el {
			t.Errorf("%s: got %+v, want %s", spelling, all[:min(len(all), 2)], el)
		}
	}
	for _, path := range []string{`["items",1,"price"]`, `["body","items","1","price"]`} { // arrays
		if all := read(answered(r, 400, `{"errors":[{"path":`+path+`,"message":"must be a number"}]}`)); len(all) == 0 || all[0].Element != "body:/items/1/price" {
			t.Errorf("%s: got %+v", path, all)
		}
	}
}

// A name that two elements have names both, each half as much.
func TestANameThatTwoElementsHave(t *testing.T) {
	r := post(`{"from":{"city":"Bonn"},"to":{"city":"x"}}`)
	all := read(answered(r, 400, `{"errors":[{"field":"city","message":"is invalid"}]}`))
	a, b := find(all, "", "body:/from/city"), find(all, "", "body:/to/city")
	if a == nil || b == nil || a.Ratio != b.Ratio || a.Ratio > certain/2 {
		t.Errorf("got %+v", all)
	}
}

// Echoes: a value of the request in quotes, or a name, says which element is meant; a name that is not there is one
// that is missed, unless the words say that it is one too many.
func TestEchoes(t *testing.T) {
	r := post(order)
	for _, c := range []struct {
		name, body string
		el         diagnose.ElementID
		cause      diagnose.CauseID
	}{
		{"a value", `{"error":"I cannot work with 'shippd' at all"}`, "body:/status", ""}, {"a value of the query", `{"error":"what is \"fifty\" supposed to be?"}`, "query:limit", ""},
		{"a name in quotes", `{"error":"something about 'when' is wrong"}`, "body:/when", ""}, {"a name in backticks", "{\"error\":\"bad `note`\"}", "body:/note", ""},
		{"an absent name", `{"error":"'currency' is required"}`, "body:/currency", "missing_body_property"}, {"a name too many", `{"error":"unexpected property 'note'"}`, "body:/note", "unexpected_body_property"},
		{"additional", `{"error":"additional property 'note' is not allowed"}`, "body:/note", "unexpected_body_property"},
	} {
		all := read(answered(r, 400, c.body))
		if len(all) == 0 || all[0].Element != c.el || c.cause != "" && all[0].Cause != c.cause {
			t.Errorf("%s: got %+v", c.name, all[:min(len(all), 2)])
		}
	}
	for _, body := range []string{`{"error":"the value 'x' is odd"}`, `{"error":"'true' is not right"}`, `{"error":"'null' it is"}`} { // too short, or every request's
		for _, e := range read(answered(post(`{"a":"x","b":true,"c":null}`), 400, body)) {
			if strings.HasPrefix(string(e.Element), "body:/") && e.Ratio >= echo {
				t.Errorf("%s: %+v", body, e)
			}
		}
	}
}

// A page that says its status repeats no value of the request which is the same number; a sentence about the number does.
func TestAStatusIsNoEcho(t *testing.T) {
	r := post(`{"patient":"x","items":[{"dose_mg":400,"per_day":3}]}`)
	for _, page := range []string{`<html><head><title>400 Bad Request</title></head><body><h1>400 Bad Request</h1></body></html>`, `{"error":"HTTP 400"}`, `{"message":"Error: status code 400"}`, `{"statusCode":400,"error":"Bad Request","message":"nope"}`, `{"status":"400","title":"Bad Request"}`, `<error><code>400</code><message>Not like this</message></error>`, `400`, `{"code":"400"}`} {
		for _, e := range read(answered(r, 400, page)) {
			if e.Element == "body:/items/0/dose_mg" && e.Ratio >= echo {
				t.Errorf("%s: %+v", page, e)
			}
		}
	}
	all := read(answered(r, 400, `{"error":"400 is too much for one dose"}`))
	if len(all) == 0 || all[0].Element != "body:/items/0/dose_mg" {
		t.Errorf("an echo: %+v", all)
	}
}

// A place in the sent text is the value there: by line and column, by byte, by offset.
func TestEveryKindOfPosition(t *testing.T) {
	body := `{"a": 1, "price": "12.50", "b": 2}`
	at := strings.Index(body, `"12.50"`) + len(`"12.50"`)
	for _, text := range []string{
		"expected number at line 1 column " + itoa(at), "not a number. LineNumber: 0 | BytePositionInLine: " + itoa(at) + ".", "cannot read number, offset=" + itoa(at), "not a number at position " + itoa(at),
	} {
		all := read(answered(post(body), 400, `{"error":"`+text+`"}`))
		if find(all, "", "body:/price") == nil {
			t.Errorf("%s: got %+v", text, all)
		}
	}
}
