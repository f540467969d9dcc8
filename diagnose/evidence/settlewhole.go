package evidence

import (
	"encoding/json"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request/lazyre"
	"culprit/request/secret"
)

// settleWhole is for a complaint about the body or the request as a whole.
func (r *reader) settleWhole(i issue) {
	e := diagnose.Evidence{Kind: "text", Source: i.source, Text: i.text, Ratio: min(i.ratio, code), Expected: i.expected, Allowed: i.allowed, Cause: i.cause}
	if i.cause.Cause().Layer == "auth" {
		e.Element = "auth"
	}
	if i.offset > 0 {
		r.settlePosition(i, e)
		return
	}
	if i.class == syntax && r.x.Request.Body.Kind == "" && r.sentBody() == "" && !(r.carriesData() && endedRE.MatchString(i.text)) {
		return // nothing was sent that could be parsed: it is about the text of a parameter
	}
	if i.class == wrongType && i.place == inBody && r.settleReceived(i) {
		return
	}
	if i.place == inBody || i.class == syntax {
		e.Element = "body"
	}
	if e.Element == "body" && (i.class == wrongValue || i.class == together) && i.value == "" && r.ix.leaves(nil) > 1 {
		e.Ratio = hint // a rule about several of its members, which its words may name
	}
	if i.class == unexpected && i.place == inBody {
		e.Ratio = challenge // something in it, not it
	}
	if e.Cause == "" {
		switch {
		case i.class == syntax:
			e.Cause = r.syntaxCause()
		case i.place == inBody && (i.class == missing || i.class == blank):
			if r.x.Request.Body.Kind == "" {
				e.Missing = true
			}
			e.Cause = "missing_body_property"
		case i.place == inBody && i.class != unclear:
			e.Cause = i.class.cause(inBody)
		}
	}
	if i.class == wrongType && i.place == inBody && r.sentBody() != "" && strings.TrimSpace(i.value) == strings.TrimSpace(r.sentBody()) {
		e.Cause, e.Element, e.Ratio = "content_type_mismatch", "header:Content-Type", likely
	}
	if e.Cause == "malformed_json" && !strings.Contains(strings.ToUpper(i.text), "JSON") && json.Valid([]byte(r.sentBody())) {
		e.Ratio = hint * .8 // it is JSON: what could not be parsed is something within, or read as something else
	}
	if e.Cause != "" || e.Element != "" {
		r.add(e)
	}
}

// settleReceived is for a value that is named by nothing but the type that it has: "NUMBER_VALUE cannot be converted to
// String". It is the member of that type where hardly another one has it.
func (r *reader) settleReceived(i issue) bool {
	if i.received == "" || i.received == "object" || i.received == "array" {
		return false
	}
	var found []int
	for n := range r.ix.entries {
		if e := &r.ix.entries[n]; e.place == inBody && e.el != nil && len(e.segs) > 0 && e.typeName() == i.received {
			found = append(found, n)
		}
	}
	if len(found) == 0 || len(found) > maxShared {
		return false
	}
	i.ratio = likely / float64(len(found))
	r.addFound(i, found)
	return true
}

// syntaxCause says what a body that cannot be parsed is called.
func (r *reader) syntaxCause() diagnose.CauseID {
	b := &r.x.Request.Body
	media := strings.ToLower(r.sentHeader("Content-Type") + b.Type)
	switch {
	case b.Kind == "multipart" || strings.Contains(media, "multipart/"):
		return "multipart_malformed"
	case strings.Contains(media, "json"):
		return "malformed_json"
	case b.Kind == "form" || r.ix.opaque || strings.Contains(media, "xml") || strings.Contains(media, "x-www-form"):
		return "malformed_request_body"
	}
	return "malformed_json"
}

// credential takes complaints about credentials out: they are no fields of the body.
func (r *reader) credential(i issue) bool {
	name := ""
	if len(i.segs) > 0 {
		name = fold(i.segs[len(i.segs)-1])
	}
	switch name {
	case "authorization", "apikey", "xapikey", "bearer", "bearertoken", "credentials", "authentication", "authheader", "authorizationheader":
	default:
		if i.place == inHeader && i.class == missing && r.x.Status() == 401 && len(r.ix.exact(i.segs, inHeader)) == 0 {
			break
		}
		if i.place == inBody && i.absolute || !authComplaint(i.text) {
			return false
		}
		if name != "" && len(r.ix.exact(i.segs, i.place)) > 0 {
			return false
		}
	}
	if i.place == inBody && i.absolute && r.x.Status() != 401 {
		return false
	}
	if st := r.x.Status(); i.place == inHeader && (st == 401 || st == 403) && i.class == missing && name != "authorization" {
		cause := diagnose.CauseID("missing_credentials")
		if field := lastOf(i.segs); (signatureField.MatchString(field) || !secret.Sensitive(field)) && (r.has("auth") || r.ownCredential()) {
			cause = "missing_request_header" // a signature stands beside a key, as what is no credential does
		}
		r.add(diagnose.Evidence{Kind: "pointer", Source: i.source, Text: i.describe(), Cause: cause, Element: r.ix.missing(i.segs, inHeader), Missing: true, Ratio: likely})
		return true
	}
	cause := diagnose.CauseID("invalid_credentials")
	if cl := i.class; cl == missing || cl == blank {
		cause = "missing_credentials"
	} else if c, ok := stateOf(strings.ToLower(short(i.text)), r.x.Status()); ok {
		cause = c.cause
	}
	if strings.Contains(strings.ToLower(short(i.text)), "audience") {
		cause = "wrong_audience"
	}
	if i.cause.Cause().Layer == "auth" {
		cause = i.cause // a code said it already, and more exactly
	}
	if r.resp.Status == 403 && knownRE.MatchString(short(i.text)) {
		cause = "insufficient_permission" // who asks is known
	}
	r.add(diagnose.Evidence{Kind: "text", Source: i.source, Text: i.describe(), Cause: cause, Element: "auth",
		Missing: cause == "missing_credentials" && !r.has("auth"), Ratio: code})
	return true
}

// knownRE says that one who is known may not do something.
var knownRE = lazyre.New(`(?i)\b(?:unauthori[sz]ed|not authori[sz]ed|forbidden|not allowed|not permitted|no permission|no privileges?) (?:for|to) (?:user|role|account|principal|perform|access)\b|\b(?:user|role|account|principal) \S+ (?:is|has|does) (?:not|no)\b`)

// endedRE are words about a body that ended before it began.
var endedRE = lazyre.New(`(?i)\b(?:unexpected (?:end|eof)|premature end|body is (?:empty|not json)|empty (?:request )?body)\b`)

// carriesData reports whether the method is one whose requests have a body (RFC 9110 §9.3).
func (r *reader) carriesData() bool {
	return slices.Contains([]string{"POST", "PUT", "PATCH"}, strings.ToUpper(r.x.Request.Method))
}
