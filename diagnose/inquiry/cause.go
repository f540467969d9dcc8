package inquiry

import (
	"encoding/json"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/evidence"
	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// challenged is the ratio of an answer that names its cause without doubt, though not in so many words.
const challenged = 50

// byStatusAlone are the statuses that name the cause whatever mends the request (RFC 9110 §15.5).
var byStatusAlone = map[int]diagnose.CauseID{
	405: "method_not_allowed", 406: "not_acceptable", 412: "precondition_failed", 413: "payload_too_large",
	414: "uri_too_long", 428: "precondition_required", 431: "request_header_too_large",
}

// vague are causes that evidence falls back to when a text says only that a value is not liked.
var vague = map[diagnose.CauseID]bool{
	"invalid_body_property_value": true, "invalid_request_parameter": true, "invalid_request_header": true, "business_rule_violation": true,
}

// causeOf says what it means that an edit mends the request: what the status says by itself, a check that was
// sure of it, what the server said of the element, else what the edit was proposed for, or what kind it is.
func (a *asker) causeOf(e diagnose.Edit) diagnose.CauseID {
	status := a.oracle.exchange.Status()
	kind, name, _ := e.Element.Cut()
	data := data(e.Element)
	if e.Source == "redirect" {
		return e.Cause
	}
	if c, ok := byStatusAlone[status]; ok && !(status == 406 && e.Element == "header:Content-Type") {
		return c
	}
	said, ratio := diagnose.CauseID(""), 0.0
	for _, ev := range a.scene.evidence {
		if ev.Element == e.Element && ev.Cause != "" && ev.Ratio > ratio {
			said, ratio = ev.Cause, ev.Ratio
		}
	}
	meant, odds := e.Cause, e.Weight
	for _, h := range a.scene.hits {
		if h.Element == e.Element && (meant == "" || e.Source == "deletion") && h.Odds > 1 && !aboutName(e, h) && !(e.Op == diagnose.Remove && h.Cause == "url_encoding" && h.Odds < strong) {
			meant, odds = h.Cause, h.Odds
			break
		}
	}
	if f := a.oracle.exchange.Failure; f != nil && f.Cause != "" && e.Source == "transport" {
		return e.Cause
	}
	if status/100 == 2 {
		if c := soft(e, said, ratio); c != "soft_error_in_success" || !data || !a.callsInvalid() {
			return c
		}
		if e.Op == diagnose.Remove && e.Element.InBody() {
			return a.ofRemoved(e.Element)
		}
		return byKind(kind, name, e, a.original)
	}
	if said == "invalid_body_property_value" && e.Op == diagnose.Set && a.noNumber(e) {
		return "invalid_body_property_type"
	}
	if status < 500 && e.Op == diagnose.Remove && !(e.Source == "sibling" && e.Cause != "") && e.Element.InBody() && (said == "" || said == "unexpected_body_property" && ratio < namedRatio) && odds < strong {
		return a.ofRemoved(e.Element)
	}
	switch {
	case (status == 401 || status == 403) && kind == "auth" && rescheme(e, a.original) && (said == "" || said == "insufficient_permission" || said == "invalid_credentials"):
		return "malformed_authorization"
	case said != "" && ratio >= certainty && status >= 500 && !vague[said]:
		return said // the server names the element and what is wrong with it; the status is its own matter
	case status >= 500 && said == "malformed_json" && slices.ContainsFunc(a.scene.hits, func(h diagnose.Hit) bool { return h.Cause == said && h.Element == e.Element }):
		return said // it is none, whatever the server calls its refusal
	case status >= 500 && e.Element == "body" && a.brokenBody() != "":
		return a.brokenBody() // nor is it JSON or XML because the server has no word for it
	case status == 502 && said != "" && ratio >= certainty:
		return said // the rule of a method, and no gateway
	case status >= 500 && status != 501 && !a.blamesSender() && (data || (kind == "header" || kind == "cookie") && e.Op != diagnose.Add && (status < 502 || status > 504)):
		return "input_triggered_server_error"
	case status == 403 && data && e.Op != diagnose.Add && said == "" && a.filtered(e.Element):
		return "blocked_by_waf"
	case status == 403 && data && e.Op != diagnose.Add && said == "" && a.own() && (meant == "" || vague[meant]):
		return "business_rule_violation" // the application read it, and does not allow this value
	case status == 403 && kind == "header" && (a.attacks(e.Element) || said == "" && strings.EqualFold(name, "User-Agent")):
		return "blocked_by_waf" // who is turned away for the name of the program is so before the application (RFC 9110 §10.1.5)
	case said != "" && ratio >= certainty && e.Op == diagnose.Remove && e.Source == "server":
		return said
	case kind == "header" && e.Op == diagnose.Remove && a.unknown == strict && len(a.sentAs(e.Element)) >= longField && (meant == "" || vague[meant]):
		return "request_header_too_large"
	case said == "resource_not_found" && ratio >= namedRatio && meant == "wrong_path":
		return said // the route was found: it is the name in it
	case said == "gateway_route_not_found" && ratio < namedRatio && meant == "wrong_path":
		return meant // who answers is a guess from the look of the page; that the path was wrong is seen
	case vague[said] && (meant == said || meant == "") && otherType(e, a.original) || (said == "" || vague[said]) && retyped(e, a.original):
		return "invalid_body_property_type" // it is called invalid, and passes as another type
	case meant == "interacting_parameters" && said == "invalid_body_property_type" && otherType(e, a.original):
		return said // as it was sent it was no value that anything could go with
	case meant != "" && odds >= 2*strong:
		return meant
	case said != "" && ratio >= challenged && !vague[said]:
		return said
	case meant != "":
		return meant
	case said != "":
		return said
	}
	cause := byKind(kind, name, e, a.original)
	if cause == "resource_not_found" && (status == 400 || status == 422) {
		cause = "invalid_request_parameter" // what is not there gets a 404; this one is not accepted (RFC 9110 §15.5.1)
	}
	return cause
}

// aboutName reports a check of the name of a member where another value of it passed under the same name.
func aboutName(e diagnose.Edit, h diagnose.Hit) bool {
	return e.Op == diagnose.Set && h.Cause == "unexpected_body_property" && e.Element.Is("body")
}

// noNumber reports a number put in the place of a text that is none, whatever form it is read in.
func (a *asker) noNumber(e diagnose.Edit) bool {
	was, ok := a.original.Get(e.Element)
	text, isText := was.Value.(string)
	_, number := e.To.(json.Number)
	if !ok || !isText || !number || text == "" {
		return false
	}
	_, reads := habit.Number(text)
	return !reads
}

// soft is what it means that an edit mends a success with an error in it: GraphQL and JSON-RPC answer all errors that way,
// and say, or the edit does, what is wrong with the element; else it is that a success hides an error.
func soft(e diagnose.Edit, said diagnose.CauseID, ratio float64) diagnose.CauseID {
	specific := func(c diagnose.CauseID) bool { return c != "" && c != "soft_error_in_success" && c != "drift" }
	switch {
	case specific(said) && ratio >= challenged && !(vague[said] && specific(e.Cause)):
		return said
	case specific(e.Cause) && e.Source != "deletion" && e.Op != diagnose.Remove:
		return e.Cause
	case specific(said):
		return said
	}
	return "soft_error_in_success"
}

// callsInvalid reports that the error inside of a success is that what was sent is not valid: it is an answer of 400 in other
// clothes, and what was wrong with the request is what there is to say.
func (f *failure) callsInvalid() bool {
	return slices.ContainsFunc(f.scene.evidence, func(e diagnose.Evidence) bool {
		low := strings.ToLower(e.Text)
		return e.Kind == "soft_error" && (strings.Contains(low, "invalid") || strings.Contains(low, "validation") || strings.Contains(low, "bad request")) && !strings.Contains(low, "auth")
	})
}

// blamesSender reports that the answer says that the request is at fault, though its status says that the server is.
// So it may be where a message of SOAP gets a 500 that says nothing: a fault has that status whoever is to blame (SOAP 1.1 §6.2).
func (f *failure) blamesSender() bool {
	if x := f.oracle.exchange; x.Status() == 500 && strings.Contains(f.base.Body.Text, soapEnvelope) {
		if said := string(x.Response().Body.Head(headRead)); !strings.Contains(said, "Fault>") && !uncaught.MatchString(said) {
			return true
		}
	}
	return slices.ContainsFunc(f.scene.evidence, func(e diagnose.Evidence) bool { return e.Source == evidence.FaultCode })
}

const (
	soapEnvelope = `"http://schemas.xmlsoap.org/soap/envelope/"` // the namespace of SOAP 1.1
	headRead     = 64 << 10                                      // where a fault is looked for: in answers that people read it comes first
)

// uncaught matches the names that languages give to what was thrown: a service that stumbled, and refused nothing.
var uncaught = lazyre.New(`[a-z](Exception|Error)\b|Traceback \(most recent|\bpanic: `)

// ofRemoved says what was wrong with a member that the request passes without, when the server does not tell:
// a familiar name is known to the API, and what it does not like is the value; a name that no API knows is the
// fault itself.
func (a *asker) ofRemoved(id diagnose.ElementID) diagnose.CauseID {
	e, ok := a.original.Get(id)
	if !ok {
		return "unexpected_body_property"
	}
	name := id.Last()
	if isDigits(name) && id.Is("body") {
		return "invalid_body_property_value" // an item of a list is a value of it
	}
	k := habit.Of(name)
	kind, _ := element.Kind(e)
	switch odd, _ := k.Odd(e.Value, kind != "body"); odd {
	case habit.Type:
		return "invalid_body_property_type"
	case habit.Format:
		return "invalid_body_property_format"
	case habit.Range:
		return "invalid_body_property_value"
	}
	text, isText := e.Value.(string)
	if isText && text == "" {
		return "invalid_body_property_value" // nothing is no value that any form takes; the name may be known
	}
	switch a.unknown {
	case tolerant:
		if truth := e.Text == "true" || e.Text == "false"; a.triedOther(id) && (truth || plainly(e) != habit.Free) {
			return "unexpected_body_property" // its value is as it should be, and no other one passes
		}
		return "invalid_body_property_value" // one that it does not know would not matter
	case strict:
		if _, number := e.Value.(json.Number); number || a.triedOther(id) || isText && k != habit.Free && !k.Moment() && e.Text != "" {
			return "unexpected_body_property" // it looks as its name promises, and other values do not pass
		}
	}
	unknown := slices.ContainsFunc(a.scene.hits, func(h diagnose.Hit) bool { return h.Element == id && h.Cause == "unexpected_body_property" })
	switch {
	case unknown:
		return "unexpected_body_property"
	case isText && habit.Good(text):
		return "invalid_body_property_value"
	case isText && barelyUUID.MatchString(text):
		return "invalid_body_property_format"
	case e.Text == "null" || e.Text == `""` || e.Text == "[]" || e.Text == "{}":
		return "invalid_body_property_value"
	case k == habit.Phone || k == habit.Email || k == habit.UUID || k == habit.URL || k.Moment() || k == habit.Code || k == habit.IP:
		return "invalid_body_property_format"
	case k == habit.Free && isText && (habit.Datelike(text) || strings.Contains(text, "://") || clockLike.MatchString(text)):
		return "invalid_body_property_format"
	case isText && habit.Truth(text) != nil && k == habit.Free && !isDigits(text):
		return "invalid_body_property_type"
	case isText && k == habit.Free && isDigits(text):
		return "invalid_body_property_type"
	case isText && k == habit.Free && (bareURL.MatchString(text) || almostUUID.MatchString(text) || strings.TrimSpace(text) != text):
		return "invalid_body_property_format"
	case k != habit.Free || isText && len([]rune(text)) > long || codeNames.MatchString(name):
		return "invalid_body_property_value"
	}
	return "unexpected_body_property"
}

// longField is the length from which a field is taken for too long when it is refused under a name that nobody reads, too:
// servers overlook fields that they do not know (RFC 9110 §5.1), and the smallest limits in use are of 1 KiB.
const longField = 1000

// sentAs is the text of an element of the request as it was.
func (a *asker) sentAs(id diagnose.ElementID) string {
	e, _ := a.original.Get(id)
	return e.Text
}

// triedOther reports that another value of an element alone was tried and failed as before.
func (a *asker) triedOther(id diagnose.ElementID) bool {
	return slices.ContainsFunc(a.ladder.Records, func(r diagnose.ProbeRecord) bool {
		return r.Question != nil && r.Outcome == diagnose.Same && len(r.Question.Edits) == len(a.peeled)+1 && r.Question.Edits[len(a.peeled)].Element == id && r.Question.Edits[len(a.peeled)].Op == diagnose.Set
	})
}

// barelyUUID is a UUID without its dashes, or with something around it.
var barelyUUID = lazyre.New(`(?i)^[{(]?([0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})[)}]?$`)

// isDigits reports text that is a number and therefore no word for yes or no.
func isDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

var (
	// almostUUID is what is left of a UUID when characters were lost.
	almostUUID = lazyre.New(`(?i)^[0-9a-f]{4,8}(-[0-9a-f]{3,12}){3,4}$`)
	// bareURL is an address on the web without its scheme.
	bareURL = lazyre.New(`(?i)^(www\.)?[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,10}(/\S*)?$`)
	// sessionLike are names of cookies that stand for a person.
	sessionLike = lazyre.New(`(?i)sess|sid$|token|auth|jwt|login|user`)
	// keyLike are names of headers that hold a credential of their own.
	keyLike = lazyre.New(`(?i)api-?key|(api|access|auth|device|server)-?token|(subscription|client)-?(key|secret)`)
	// codeNames are names of values with a form of their own.
	codeNames = lazyre.New(`(?i)^(slug|handle|token|key|hash|reg|.*(Reg|_reg|Date|_date|Time|_time|Slug|_slug))$`)
)

// clockLike is a time of day as people write it.
var clockLike = lazyre.New(`(?i)^[0-9]{1,2}[.:h][0-9]{2}( ?[ap]\.?m\.?)?$`)

// byKind is the cause that an edit found by comparison speaks for.
func byKind(kind, name string, e diagnose.Edit, x *element.Index) diagnose.CauseID {
	switch {
	case kind == "method":
		return "method_not_allowed"
	case kind == "cookie" && !sessionLike.MatchString(name):
		return "invalid_request_header" // it holds no session
	case kind == "cookie":
		return "session_cookie_invalid"
	case kind == "auth" && e.Op == diagnose.Add:
		return "missing_credentials"
	case kind == "auth":
		return "invalid_credentials"
	case kind == "url.host" || kind == "url.port":
		return "wrong_host_or_environment"
	case kind == "url.scheme":
		return "scheme_mismatch"
	case strings.HasPrefix(kind, "url"):
		return ofPath(e, x)
	case kind == "body" && name == "":
		return "malformed_request_body"
	case kind == "header" && strings.EqualFold(name, "Accept"):
		return "not_acceptable"
	case kind == "header" && strings.EqualFold(name, "Host"):
		return "host_header_mismatch" // every request has one: what is missing is this value of it
	case kind == "header" && strings.EqualFold(name, "Content-Type"):
		return "content_type_mismatch"
	case kind == "header" && e.Op == diagnose.Add && keyLike.MatchString(name):
		return "missing_credentials"
	case kind == "header" && e.Op == diagnose.Add:
		return "missing_request_header"
	case kind == "header":
		return "invalid_request_header"
	case kind == "query" && e.Op == diagnose.Add:
		return "missing_request_parameter"
	case kind == "query":
		return "invalid_request_parameter"
	case e.Op == diagnose.Add:
		return "missing_body_property"
	case e.Op == diagnose.Remove:
		return "unexpected_body_property"
	}
	if from, ok := x.Get(e.Element); ok && kindOf(from.Text) != kindOf(element.Shown(e)) {
		return "invalid_body_property_type"
	}
	return "invalid_body_property_value"
}

// rescheme reports the same credential behind another scheme: who it is was right all along.
func rescheme(e diagnose.Edit, x *element.Index) bool {
	was, _ := x.Get(e.Element)
	to, text := e.To.(string)
	_, before, a := strings.Cut(was.Text, " ")
	_, after, b := strings.Cut(to, " ")
	return text && a && b && before != "" && before == after && was.Text != to
}

// retyped reports an edit that leaves a value of JSON as it reads and changes its type alone: "23" and 23.
func retyped(e diagnose.Edit, x *element.Index) bool {
	from, _ := x.Get(e.Element)
	return element.Plain(from.Value) == element.Plain(e.To) && otherType(e, x)
}

// otherType reports an edit that gives a value of JSON another type.
func otherType(e diagnose.Edit, x *element.Index) bool {
	from, ok := x.Get(e.Element)
	return ok && e.Op == diagnose.Set && e.Element.Is("body") && kindOf(from.Text) != kindOf(element.Shown(e))
}

// ofPath says what was wrong with a path that another one mends: a slash at its end, the number of a version, the
// number of a thing, or the path.
func ofPath(e diagnose.Edit, x *element.Index) diagnose.CauseID {
	from, _ := x.Get(e.Element)
	to := element.Shown(e)
	if strings.TrimRight(from.Text, "/") == strings.TrimRight(to, "/") {
		return "trailing_slash"
	}
	a, b := strings.Split(from.Text, "/"), strings.Split(to, "/")
	if len(a) != len(b) {
		return "wrong_path"
	}
	cause := diagnose.CauseID("")
	for i := range a {
		switch {
		case a[i] == b[i]:
		case cause != "":
			return "wrong_path"
		case versionLike.MatchString(a[i]) && versionLike.MatchString(b[i]):
			cause = "wrong_api_version"
		case i > 0 && isDigits(a[i]) && isDigits(b[i]):
			cause = "resource_not_found"
		default:
			cause = "wrong_path"
		}
	}
	return cause
}

// versionLike is a part of a path that numbers a version.
var versionLike = lazyre.New(`(?i)^v[0-9]{1,3}(\.[0-9]{1,3})?$`)

// kindOf tells JSON values apart by their first character.
func kindOf(text string) byte {
	switch {
	case text == "":
		return 0
	case strings.ContainsRune(`"{[tfn`, rune(text[0])):
		if text[0] == 'f' {
			return 't'
		}
		return text[0]
	}
	return '0'
}
