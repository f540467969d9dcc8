package evidence

import (
	"cmp"
	"strings"

	"culprit/diagnose"
)

// soapFault reads a SOAP fault that blames the sender: Client with what it is refined to (SOAP 1.1 §4.4.1), Sender
// (SOAP 1.2 §5.4.6). Faults go over HTTP with 500 whoever is to blame (SOAP 1.1 §6.2), so the status says nothing.
func (r *reader) soapFault() {
	d := r.doc
	code, text := cmp.Or(d.xmlText("faultcode"), d.xmlText("Value")), cmp.Or(d.xmlText("faultstring"), d.xmlText("Text"))
	name, _, _ := strings.Cut(code[strings.LastIndexByte(code, ':')+1:], ".")
	if name != "Client" && name != "Sender" {
		return
	}
	cause := diagnose.CauseID("malformed_request_body")
	switch cl := classOfText(text); cl {
	case wrongType, wrongFormat, wrongValue, missing, unexpected:
		cause = cl.cause(inBody)
	}
	r.add(diagnose.Evidence{Kind: "text", Source: "body faultcode", Text: code + ": " + text, Cause: cause, Element: "body", Ratio: likely, Ref: "SOAP 1.1 §4.4.1"})
}
