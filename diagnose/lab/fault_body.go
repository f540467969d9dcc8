package lab

import (
	"strconv"
	"strings"
)

// A mistake is a deviation of the full order from what the shop takes.
type mistake struct {
	id, title string
	swap      []string // pairs of old and new text
	truth     []Truth
	styles    []string // prefixes under which it is in the table
}

// everyStyle tells of a mistake in each of the shop's styles.
func everyStyle() []string { return []string{Telling, Located, Coded, Opaque} }

// mistakes are what people do to a body.
func mistakes() []mistake {
	return []mistake{
		{"price-as-text", "One price among forty values is a string", []string{`"unit_price": 12.5`, `"unit_price": "12.50"`},
			one("invalid_body_property_type", "body:/items/1/unit_price"), everyStyle()},
		{"quantity-as-text", "A quantity is a string", []string{`"quantity": 3`, `"quantity": "3"`},
			one("invalid_body_property_type", "body:/items/2/quantity"), []string{Telling, Opaque}},
		{"flag-as-text", "A flag is the word True", []string{`"signature": true`, `"signature": "True"`},
			one("invalid_body_property_type", "body:/shipping/signature"), []string{Located, Opaque}},
		{"date-format", "A date is written day first", []string{`"deliver_on": "2031-04-05"`, `"deliver_on": "05/04/2031"`},
			one("invalid_body_property_format", "body:/shipping/deliver_on"), everyStyle()},
		{"enum-case", "A word of a list is in capitals", []string{`"method": "standard"`, `"method": "STANDARD"`},
			one("invalid_body_property_value", "body:/shipping/method"), everyStyle()},
		{"value-space", "A word of a list ends with a blank", []string{`"channel": "web"`, `"channel": "web "`},
			one("invalid_body_property_value", "body:/channel"), []string{Opaque}},
		{"email", "An e-mail address lacks its at sign", []string{`"email": "ada@example.com"`, `"email": "ada.example.com"`},
			one("invalid_body_property_format", "body:/customer/email"), []string{Telling, Coded}},
		{"uuid-dashes", "A UUID is written without dashes", []string{`6f1c2b1e-8a54-4f0e-9f57-0d2a7c1b9e33`, `6f1c2b1e8a544f0e9f570d2a7c1b9e33`},
			one("invalid_body_property_format", "body:/external_id"), []string{Telling, Opaque}},
		{"missing-property", "A required value is not there", []string{"\n    \"city\": \"Dresden\",", ""},
			one("missing_body_property", "body:/shipping/city"), everyStyle()},
		{"misspelt-property", "A key is misspelt", []string{`"newsletter"`, `"newsleter"`},
			one("unexpected_body_property", "body:/customer/newsleter"), []string{Telling, Opaque}},
		{"unexpected-property", "A value is sent that the shop does not know", []string{`"channel": "web",`, "\"channel\": \"web\",\n  \"created_at\": \"2026-02-18T09:00:00Z\","},
			one("unexpected_body_property", "body:/created_at"), everyStyle()},
		{"null-value", "A required value is null", []string{`"currency": "EUR"`, `"currency": null`},
			one("invalid_body_property_type invalid_body_property_value", "body:/currency"), []string{Telling, Opaque}},
		{"conflict", "Two values are fine alone and refused together", []string{`"coupon": "SPRING10",`, "\"coupon\": \"SPRING10\",\n  \"discount_percent\": 5,"},
			one("interacting_parameters", "body:/discount_percent body:/coupon"), everyStyle()},
		{"two-faults", "A price is a string and a word is in capitals", []string{`"unit_price": 12.5`, `"unit_price": "12.50"`, `"kind": "invoice"`, `"kind": "INVOICE"`},
			append(one("invalid_body_property_type", "body:/items/1/unit_price"), one("invalid_body_property_value", "body:/payment/kind")...),
			[]string{Telling, Located, Opaque}},
		{"trailing-comma", "A list ends with a comma", []string{`["spring", "b2b"]`, `["spring", "b2b",]`},
			one("malformed_json", "body body:/tags"), []string{Telling, Opaque}},
		{"single-quotes", "A key is in single quotes", []string{`"reference"`, `'reference'`},
			one("malformed_json", "body"), []string{Located, Opaque}},
		{"crash", "An empty coupon breaks the server", []string{`"coupon": "SPRING10"`, `"coupon": ""`},
			one("input_triggered_server_error", "body:/coupon"), []string{Telling, Opaque}},
		{"unknown-sku", "An article is not sold here", []string{`"sku": "MUG-0042"`, `"sku": "MUG-0043"`},
			one("business_rule_violation invalid_body_property_value resource_not_found", "body:/items/0/sku"), []string{Telling}},
		{"out-of-stock", "More is ordered than is there", []string{`"quantity": 3`, `"quantity": 300`},
			one("business_rule_violation invalid_body_property_value", "body:/items/2/quantity"), []string{Telling}},
	}
}

// bodyFaults are the mistakes in every style in which they are told. They place orders; those of quoteFaults
// only ask for a quote, which nobody can know from outside.
func bodyFaults() []Fault {
	var out []Fault
	for _, m := range mistakes() {
		for _, prefix := range m.styles {
			path := prefix + "/orders"
			out = append(out, Fault{
				ID: m.id + suffix(prefix), Title: m.title, Opaque: prefix == Opaque && m.id != "crash",
				Request: post(path, swap(fullOrder, m.swap...)), Healthy: post(path, fullOrder), Good: post(path, earlierOrder),
				Truth: m.truth,
			})
		}
	}
	return append(out, quoteFaults()...)
}

// suffix names a style in an ID.
func suffix(prefix string) string {
	switch prefix {
	case Located:
		return "-located"
	case Coded:
		return "-coded"
	case Opaque:
		return "-opaque"
	}
	return ""
}

// quoteFaults are small bodies: less to search, less to compare with.
func quoteFaults() []Fault {
	quote := func(prefix string) string { return prefix + "/orders/quote" }
	return []Fault{
		{ID: "zip-as-number", Title: "A postal code is a number", Request: post(quote(Telling), swap(shortOrder, `"zip": "20374"`, `"zip": 20374`)),
			Healthy: post(quote(Telling), shortOrder), Truth: one("invalid_body_property_type", "body:/shipping/zip")},
		{ID: "dates-crossed-opaque", Title: "The first day comes after the last", Request: post(quote(Opaque), swap(fullOrder, `"not_before": "2031-04-01"`, `"not_before": "2031-04-11"`)),
			Healthy: post(quote(Opaque), fullOrder), Good: post(quote(Opaque), earlierOrder), Opaque: true,
			Truth: one("interacting_parameters invalid_body_property_value business_rule_violation", "body:/shipping/not_before body:/shipping/deliver_on")},
		{ID: "no-body", Title: "The body was left out", Request: to("POST", quote(Telling), "", header("Content-Type", "application/json")),
			Healthy: post(quote(Telling), shortOrder), Truth: one("malformed_json missing_body_property malformed_request_body", "body")},
		{ID: "stringified", Title: "The body is JSON inside a string", Request: post(quote(Located), stringified()), Healthy: post(quote(Located), shortOrder),
			Truth: one("invalid_body_property_type malformed_json malformed_request_body", "body body:")},
	}
}

// stringified is what comes out when a document is encoded twice.
func stringified() string { return strconv.Quote(strings.ReplaceAll(shortOrder, "\n", "")) }
