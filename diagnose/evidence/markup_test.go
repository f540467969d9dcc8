package evidence

import (
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// TestTheElementsOfXMLAreNamed reads what validators of XML Schema, and people, say of a body in XML.
func TestTheElementsOfXMLAreNamed(t *testing.T) {
	const soap = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:l="urn:loans"><s:Body><l:Loan ref="7">
  <l:Branch>north</l:Branch><l:From>tomorrow</l:From><l:Item><l:Qty>two</l:Qty></l:Item><l:Item><l:Qty>3</l:Qty></l:Item><l:Note>x</l:Note></l:Loan></s:Body></s:Envelope>`
	const at = "body:/Envelope/Body/Loan/"
	r := request.Request{Method: "POST", URL: "https://h.test/loans", Header: []request.Field{{Name: "Content-Type", Value: "text/xml"}}, Body: request.Body{Kind: request.RawBody, Text: soap}}
	fault := func(s string) string {
		return `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>` + s + `</faultstring></s:Fault></s:Body></s:Envelope>`
	}
	plain := func(s string) string { return `{"error":"` + s + `"}` }
	for _, c := range []struct {
		name, body string
		el         diagnose.ElementID
		cause      diagnose.CauseID
	}{
		{"Xerces, a value", fault(`cvc-type.3.1.3: The value 'tomorrow' of element 'l:From' is not valid.`), at + "From", "invalid_body_property_value"},
		{"Xerces, an item", fault(`cvc-type.3.1.3: The value 'two' of element 'l:Qty' is not valid.`), at + "Item/0/Qty", "invalid_body_property_value"},
		{"Xerces, too much", fault(`cvc-complex-type.2.4.d: Invalid content was found starting with element 'l:Note'. No child element is expected at this point.`), at + "Note", "unexpected_body_property"},
		{"Xerces, another one there", fault(`cvc-complex-type.2.4.a: Invalid content was found starting with element 'l:Note'. One of '{"urn:loans":Until}' is expected.`), at + "Until", "missing_body_property"},
		{"Xerces, too little", fault(`cvc-complex-type.2.4.b: The content of element 'l:Loan' is not complete. One of '{"urn:loans":Until}' is expected.`), at + "Until", "missing_body_property"},
		{"Xerces, no attribute", fault(`cvc-complex-type.4: Attribute 'unit' must appear on element 'l:Loan'.`), at + "@unit", "missing_body_property"},
		{"Xerces, an attribute", fault(`cvc-complex-type.3.2.2: Attribute 'ref' is not allowed to appear in element 'l:Loan'.`), at + "@ref", "unexpected_body_property"},
		{"libxml2, a value", plain(`Element '{urn:loans}Qty': 'two' is not a valid value of the atomic type 'xs:integer'.`), at + "Item/0/Qty", "invalid_body_property_value"},
		{"libxml2, a facet", plain(`Element '{urn:loans}Branch': [facet 'enumeration'] The value 'north' is not an element of the set {'East', 'West'}.`), at + "Branch", "invalid_body_property_value"},
		{"libxml2, too much", plain(`Element '{urn:loans}Note': This element is not expected.`), at + "Note", "unexpected_body_property"},
		{"libxml2, too little", plain(`Element '{urn:loans}Loan': Missing child element(s). Expected is ( {urn:loans}Until ).`), at + "Until", "missing_body_property"},
		{".NET, a value", plain(`The 'urn:loans:From' element is invalid - The value 'tomorrow' is invalid according to its datatype 'http://www.w3.org/2001/XMLSchema:date'`), at + "From", "invalid_body_property_value"},
		{".NET, too much", plain(`The element 'Loan' in namespace 'urn:loans' has invalid child element 'Note' in namespace 'urn:loans'.`), at + "Note", "unexpected_body_property"},
		{"JAXB", plain(`unexpected element (uri:\"urn:loans\", local:\"Note\"). Expected elements are <{urn:loans}Until>`), at + "Note", "unexpected_body_property"},
		{"everyday words", plain(`Branch must be one of East, West`), at + "Branch", "invalid_body_property_value"},
		{"a bare name that is missing", plain(`Until is required`), at + "Until", "missing_body_property"},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := read(answered(r, 400, c.body))
			if e := find(all, c.cause, c.el); e == nil || e.Ratio < all[0].Ratio {
				t.Errorf("got %+v of %+v", e, all)
			}
		})
	}
}
