package evidence

import (
	"strings"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

// spelledField is a name of a header field as it is usually written: words with capitals, and dashes between them.
var spelledField = lazyre.New(`\b[A-Z][A-Za-z0-9]*(?:-[A-Z][A-Za-z0-9]*)+\b`)

// asked are words for a field that the request has to bring.
var asked = lazyre.New(`(?i)\b(?:required|missing|must be (?:set|sent|present|provided)|not (?:set|present|provided|found)|expected|needed|no)\b`)

// fields reads a short sentence about a field of the header, which it calls by its name: one that was sent is not accepted,
// one that was not is asked for.
func (r *reader) fields(s said) bool {
	switch r.resp.Status {
	case 400, 409, 412, 417, 422, 428:
	default:
		return false
	}
	if len(s.text) > maxText/2 || r.doc.html || authComplaint(s.text) {
		return false
	}
	names := spelledField.FindAllString(s.text, 4)
	if len(names) == 0 || len(names) > 1 && r.sentHeader(names[0]) != "" && !strings.EqualFold(names[0], names[1]) {
		return false // of two that were sent, either may be meant
	}
	name := names[0]
	if strings.EqualFold(name, "Idempotency-Key") { // which has causes of its own
		return false
	}
	e := diagnose.Evidence{Kind: "text", Source: s.source, Text: s.text, Element: diagnose.ID("header", name), Ratio: likely, Cause: "invalid_request_header", Allowed: allowedValues(s.text)}
	value := r.sentHeader(name)
	wants := asked.MatchString(s.text)
	switch {
	case value == "" && !(wants && r.speaksOfHeader(s.text, name)), value != "" && wants && !strings.Contains(strings.ToLower(s.text), "expected"):
		return false
	case value == "":
		e.Cause, e.Missing = "missing_request_header", true
		if r.resp.Status == 428 {
			e.Cause = "precondition_required"
		}
	case r.resp.Status == 409:
		e.Cause = "conflict"
	case r.resp.Status == 412:
		e.Cause = "precondition_failed"
	}
	for _, el := range r.els {
		if n, ok := el.ID.In("header"); ok && strings.EqualFold(n, name) {
			if el.Default || el.Secret {
				return false
			}
			e.Element = el.ID
		}
	}
	negotiated(&e)
	r.add(e)
	return true
}

// speaksOfHeader reports that a name in a sentence is one of a header field that was not sent: the sentence says so, the name
// is known for one, or the status is about fields of the header. E-Mail and Start-Date look the same.
func (r *reader) speaksOfHeader(text, name string) bool {
	switch r.resp.Status {
	case 412, 417, 428: // RFC 9110 §15.5.13, §15.5.18, RFC 6585 §3
		return true
	}
	return isHeaderName(name) || strings.Contains(strings.ToLower(text), "header")
}

// askedHeaderRE asks for something in a field of the header, which it names.
var askedHeaderRE = lazyre.New(`(?i)\b(?:must|please|have to|need to|should) (?:specify|provide|include|pass|send|supply|set|put)\b[^.\n]{1,80}? in (?:the|an?) ['"\x60]?([A-Za-z][\w-]+)['"\x60]? (?:http |request )?header\b`)

// askedHeader reads a sentence that asks for what belongs into a field of the header that the request does not have: "You must
// specify the email address of a valid user in the From header".
func (r *reader) askedHeader(s said) bool {
	m := askedHeaderRE.FindStringSubmatch(short(s.text))
	if m == nil || r.sentHeader(m[1]) != "" {
		return false
	}
	r.settle(issue{segs: []string{m[1]}, text: s.text, place: inHeader, class: missing, source: s.source})
	return true
}
