package evidence

import (
	"cmp"
	"strings"

	"culprit/diagnose"
	"culprit/request/lazyre"
	"culprit/request/xmltext"
)

// FaultCode is the Source of evidence that a fault of SOAP or an error of JSON-RPC blames the sender, whatever the status is.
const FaultCode = "body faultcode"

// soapFault reads a SOAP fault that blames the sender: Client with what it is refined to (SOAP 1.1 §4.4.1), Sender
// (SOAP 1.2 §5.4.6). Faults go over HTTP with 500 whoever is to blame (SOAP 1.1 §6.2), so the status says nothing.
func (r *reader) soapFault() {
	d := r.doc
	code, text := cmp.Or(d.xmlText("faultcode"), d.xmlText("Value")), cmp.Or(d.xmlText("faultstring"), d.xmlText("Text"))
	if r.sentMarkup() && illFormed.MatchString(text+" "+d.xmlText("detail")) {
		if _, err := xmltext.Check(r.sentBody()); err != nil { // else it is about what is in it, or about another document
			r.add(diagnose.Evidence{Kind: "text", Source: FaultCode, Text: text, Cause: "malformed_request_body", Element: "body", Ratio: certain})
			return
		}
	}
	name, _, _ := strings.Cut(code[strings.LastIndexByte(code, ':')+1:], ".")
	if name != "Client" && name != "Sender" {
		return
	}
	cause := diagnose.CauseID("malformed_request_body")
	switch cl := classOfText(text); {
	case cl == wrongType || cl == wrongFormat || cl == wrongValue || cl == missing || cl == unexpected:
		cause = cl.cause(inBody)
	case r.ix.record() != nil: // it can be read, and nothing is said of what is wrong in it
		r.add(diagnose.Evidence{Kind: "text", Source: FaultCode, Text: code + ": " + text, Ratio: 1}) // SOAP 1.1 §4.4.1
		return
	}
	r.add(diagnose.Evidence{Kind: "text", Source: FaultCode, Text: code + ": " + text, Cause: cause, Element: "body", Ratio: likely}) // SOAP 1.1 §4.4.1
}

// illFormed are words of parsers for XML that is not well-formed.
var illFormed = lazyre.New(`(?i)\binvalid xml\b|not well[- ]formed|(?:un(?:expected|closed|matched)|mismatched|missing) (?:close |closing |end |start )?(?:root )?(?:tag|element)\b|must be terminated by the matching end-tag|xml (?:parse|parsing|syntax) error|error parsing xml`)

// rpcFault reads an error of JSON-RPC that is no fault of the server: all but its internal error and those that are left
// to servers (JSON-RPC 2.0 §5.1). Bitcoin's and others answer all of them with 500.
func (r *reader) rpcFault() {
	e := r.doc.root.get("error")
	if r.resp.Status != 500 || !e.isObject() || r.doc.root.get("jsonrpc") == nil && (r.doc.root.get("result") == nil || r.doc.root.get("id") == nil) {
		return
	}
	code, err := atoi(e.get("code").str())
	if err != nil || code == -32603 || code <= -32000 && code >= -32099 {
		return
	}
	r.add(diagnose.Evidence{Kind: "text", Source: FaultCode, Text: e.get("message").str(), Ratio: 1}) // JSON-RPC 2.0 §5.1
}
