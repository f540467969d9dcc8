package evidence

import (
	"encoding/json"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

// The likelihood ratios of §9.4.
const (
	certain   = 1000 // the server names the element, or the transport error is the cause itself
	likely    = 300  // it names it, but the reading takes one step: a suffix, an absent element judged by its message
	code      = 100  // the class of a code or status matches
	challenge = 50   // an authentication challenge
	echo      = 30   // a name or value of the request stands in a message
	hint      = 5    // it points that way
)

// An issue is one complaint of an error body, before the element is found.
type issue struct {
	segs     []string // path that the server gave; nil for none
	place    place
	code     string
	text     string // message
	class    class  // unclear: to be read from code and text
	cause    diagnose.CauseID
	value    string // value that the server says it received; "" for none
	received string // type that it received
	expected string
	allowed  []string
	source   string  // "body detail[0].loc"
	ref      string  // document the reading rests on
	ratio    float64 // 0 is certain
	item     int     // its place in the list that it was read from
	offset   int     // position+1 in the sent body; 0 for none
	generic  bool    // found by a guess: counts only when it resolves
	bare     bool    // the name is a bare word of a sentence
	method   bool    // the path may begin with a method and an argument (Bean Validation)
	absolute bool    // the path is from the root of the body, not just a name
	pascal   bool    // the name may be spelled with a capital on the wire (AWS's JSON protocols)
	zero     bool    // "missing" may as well mean 0 or false (Go)
	wire     bool    // the name is spelled as on the wire, and its case counts (JSON Schema)
}

// maxIssues bounds the complaints that are taken from one body.
const maxIssues = 100

// settle finds the elements of an issue and adds the evidence.
func (r *reader) settle(i issue) {
	if i.ratio == 0 {
		i.ratio = certain
	}
	i.located()
	if i.code == "" && !strings.ContainsAny(i.text, " '\"") {
		i.code = i.text // one word: Active Model's details
	}
	if i.class == unclear {
		i.class = classify(i.code, i.text)
	}
	if i.class == missing && strings.Contains(i.text, "eceived undefined") || i.received == "undefined" {
		i.class = missing
	}
	if len(i.allowed) == 0 && i.class != missing && i.class != unexpected {
		i.allowed = allowedValues(i.text)
	}
	if i.expected == "" && (i.class == wrongType || i.class == wrongFormat || i.class == missing) {
		i.expected = expectedType(i.text)
	}
	if i.expected != "" {
		if t := typeWord(i.expected); t != "" {
			i.expected = t
		}
	}
	i.segs = trimPlace(&i)
	if len(i.segs) > 1 && isNumber(i.segs[0]) && strings.HasPrefix(strings.TrimSpace(r.sentBody()), "{") && len(r.ix.exact(i.segs[:1], inBody)) == 0 {
		i.segs = i.segs[1:] // one of a batch, which is sent as it is
	}
	if len(i.segs) > 1 && i.place != inHeader && !r.isPath(i.segs) && len(r.ix.exact(i.segs[:1], anywhere)) == 0 && r.resource(i.segs[0]) {
		i.segs = i.segs[1:]
	}
	if i.place == anywhere && i.class == missing && queryWords.MatchString(i.text) && len(r.ix.exact(i.segs, anywhere)) == 0 {
		i.place = inQuery
	}
	r.place(i)
}

// resource reports that a name is that of what the request is about, as its path has it: orders, or one order.
func (r *reader) resource(name string) bool {
	for i := range r.els {
		if v, ok := r.els[i].Value.(string); ok && strings.HasPrefix(string(r.els[i].ID), "url.path[") && len(name) > 2 {
			if f := fold(v); f == fold(name) || f == fold(name)+"s" {
				return true
			}
		}
	}
	return false
}

// queryWords say that what is missing is missing in the query, and in nothing else.
var queryWords = lazyre.New(`^Required QueryValue\b|(?i)\bin the query string$`)

// place finds the elements that the path of an issue means.
func (r *reader) place(i issue) {
	if m := locatedRE.FindStringSubmatch(short(i.text)); m != nil && m[2] == "" && len(r.ix.resolve(i.segs, i.place)) == 0 && keysRE.MatchString(short(i.text)) {
		i.segs = nil // the sentence stands under a name of the answer's own
	}
	i.member()
	if len(i.segs) > 0 && r.isPath(i.segs) {
		if r.sentence == "" || len(i.text) < len(r.sentence) { // the path of the request, as many errors repeat it
			r.prose(said{i.source, i.text})
		}
		return
	}
	if r.credential(i) {
		return
	}
	if len(i.segs) == 0 {
		r.settleWhole(i)
		if r.sentence == "" && !r.pointed() { // the object is named, and its member in the words
			r.prose(said{i.source, i.text})
		}
		return
	}
	r.conclude(r.candidates(&i), i)
}

// candidates are the elements that a path may mean; it completes the issue on the way.
func (r *reader) candidates(i *issue) []int {
	found := r.ix.exact(i.segs, i.place)
	if len(found) == 0 && !isWild(lastOf(i.segs)) && (i.class != missing && i.class != blank || !i.absolute) {
		found = r.ix.resolve(i.segs, i.place)
	}
	if len(found) == 0 && i.ref == "pydantic errors" {
		if segs := r.ix.untagged(i.segs, i.class == missing); segs != nil {
			i.segs, found = segs, r.ix.exact(segs, i.place)
		}
	}
	if len(found) == 0 && len(i.segs) > 1 && isWild(lastOf(i.segs)) {
		found = r.ix.itemsOf(i.segs[:len(i.segs)-1])
	}
	if len(found) == 0 && i.method && len(r.ix.resolve(i.segs[:1], i.place)) == 0 {
		i.segs = i.segs[2:]
		found = r.ix.resolve(i.segs, i.place)
	}
	if len(found) == 0 && len(i.segs) == 2 && i.place != inHeader && len(r.ix.exact(i.segs[:1], anywhere)) == 0 {
		if here := r.ix.exact(i.segs[1:], inQuery); len(here) == 1 { // a method of the server and its parameter
			i.place, found = inQuery, here
		}
	}
	if len(found) == 0 && i.value != "" {
		found = r.ix.byValue(i.value, i.place)
	}
	if len(found) == 0 && i.value != "" && (i.place == inPath || i.generic) {
		found = r.ix.byPathValue(i.value)
	}
	if len(found) == 0 && i.value != "" && i.generic {
		found = r.ix.parameter(i.value)
	}
	if len(found) == 0 && i.generic && (i.class == wrongType || i.class == wrongFormat || strings.HasPrefix(i.ref, "GraphQL")) {
		found = r.ix.only(i.value)
	}
	if len(found) == 0 && i.value == "" && len(i.segs) == 1 && i.segs[0] == "?" {
		found = r.ix.alike(i.allowed)
	}
	if len(found) == 0 && i.place == anywhere && i.class != missing {
		found = r.ix.inJSON(i.segs)
	}
	if len(found) == 0 && i.place == inPath {
		found = r.ix.pathParameter(lastOf(i.segs), i.expected)
	}
	found = r.narrow(r.valuesBelow(found, i), *i)
	if len(found) == 0 && i.place == anywhere && len(i.segs) == 1 && isHeaderName(i.segs[0]) {
		i.place = inHeader
		found = r.ix.exact(i.segs, inHeader)
	}
	return found
}

// conclude adds the evidence for what was found.
func (r *reader) conclude(found []int, i issue) {
	switch {
	case len(found) > 0 && (i.class == missing || i.class == blank) && !i.absolute && !r.allEmpty(found) && len(r.ix.exact(i.segs, i.place)) == 0:
		// A bare name that exists deeper down does not say which of the two is meant.
		i.ratio = min(i.ratio, likely)
		r.addMissing(i)
	case len(found) == 1 && i.class == missing && !i.zero && r.otherwise(found[0], i.segs, i.wire):
		r.addMissing(i)
	case len(found) > 0:
		r.addFound(i, found)
	case r.resp.Status == 404 && absentRE.MatchString(short(i.text)):
		r.notFound(said{i.source, i.text}) // the name is the server's own for what the path says
	case i.generic, i.class == unclear && !i.absolute:
		// Not in the request, and nothing says that it should be.
	default:
		r.addMissing(i)
	}
}

// trimPlace reads a location word in front of the path, when the place is not known yet.
func trimPlace(i *issue) []string {
	segs := i.segs
	if len(segs) > 0 && i.place == anywhere && len(segs) > 1 {
		switch fold(segs[0]) {
		case "body", "requestbody":
			i.place, i.absolute = inBody, true
			return segs[1:]
		case "query", "querystring":
			i.place = inQuery
			return segs[1:]
		case "header", "headers":
			i.place = inHeader
			return segs[1:]
		case "cookie", "cookies":
			i.place = inCookie
			return segs[1:]
		case "path":
			i.place = inPath
			return segs[1:]
		}
	}
	if len(segs) == 1 && i.place == anywhere {
		switch fold(segs[0]) {
		case "body", "requestbody", "json", "$", "":
			i.place = inBody
			return nil
		}
	}
	return segs
}

// settleWhole is for a complaint about the body or the request as a whole.
func (r *reader) settleWhole(i issue) {
	e := diagnose.Evidence{Kind: "text", Source: i.source, Text: i.text, Ratio: min(i.ratio, code), Expected: i.expected, Allowed: i.allowed, Ref: i.ref, Cause: i.cause}
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
	if i.place == inBody || i.class == syntax {
		e.Element = "body"
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

// syntaxCause says what a body that cannot be parsed is called.
func (r *reader) syntaxCause() diagnose.CauseID {
	b := &r.x.Request.Body
	media := strings.ToLower(r.sentHeader("Content-Type") + b.Type)
	switch {
	case b.Kind == "multipart" || strings.Contains(media, "multipart/"):
		return "multipart_malformed"
	case strings.Contains(media, "json"):
		return "malformed_json"
	case b.Kind == "form" || strings.Contains(media, "xml") || strings.Contains(media, "x-www-form"):
		return "malformed_request_body"
	}
	return "malformed_json"
}

// isHeaderName knows the header fields that APIs ask for; a server that names one rarely says that it is one.
func isHeaderName(s string) bool {
	switch strings.ToLower(s) {
	case "content-type", "accept", "if-match", "if-none-match", "idempotency-key", "user-agent", "origin", "referer", "content-length", "accept-language", "prefer", "content-md5":
		return true
	}
	return len(s) > 2 && (s[0] == 'X' || s[0] == 'x') && s[1] == '-'
}

// narrow keeps the elements that fit what the server says it received, when that tells them apart.
func (r *reader) narrow(found []int, i issue) []int {
	if len(found) < 2 {
		return found
	}
	keep := func(ok func(e *entry) bool) {
		var some []int
		for _, n := range found {
			if ok(&r.ix.entries[n]) {
				some = append(some, n)
			}
		}
		if len(some) > 0 {
			found = some
		}
	}
	if i.value != "" {
		keep(func(e *entry) bool { return e.value() == i.value })
	}
	if i.received != "" {
		keep(func(e *entry) bool { return e.typeName() == i.received })
	}
	if i.class == wrongType && i.expected != "" {
		keep(func(e *entry) bool { return e.typeName() != "" && !fitsType(e.typeName(), i.expected) })
	}
	if len(found) > maxShared {
		return nil
	}
	return found
}

// valuesBelow are the values in a map or a list that is named for the type of one of them, as encoding/json does: cannot
// unmarshal string into Go struct field Alert.thresholds of type float64.
func (r *reader) valuesBelow(found []int, i *issue) []int {
	if len(found) != 1 || i.class != wrongType || i.received == "" || i.received == "object" || i.received == "array" || i.expected == "object" || i.expected == "array" || i.expected == "" {
		return found
	}
	at := &r.ix.entries[found[0]]
	if !at.container() || at.place != inBody {
		return found
	}
	var values []int
	for n := range r.ix.entries {
		if e := &r.ix.entries[n]; e.place == inBody && len(e.segs) == len(at.segs)+1 && hasSuffix(e.segs[:len(at.segs)], at.segs) && e.typeName() == i.received {
			values = append(values, n)
		}
	}
	if len(values) == 0 || len(values) > maxShared {
		return found
	}
	return values
}

func fitsType(have, want string) bool {
	return have == want || have == "number" && want == "integer"
}

func (r *reader) allEmpty(found []int) bool {
	for _, n := range found {
		if !r.ix.entries[n].empty() {
			return false
		}
	}
	return true
}

// addFound adds evidence for elements that are in the request.
func (r *reader) addFound(i issue, found []int) {
	for _, n := range found {
		e := &r.ix.entries[n]
		cl, ratio := i.class, i.ratio/float64(len(found))
		if cl == missing || cl == blank {
			if !e.empty() && !(i.zero && e.zero()) {
				if e.place == inBody {
					r.unseen = append(r.unseen, e.id)
				}
				ratio /= 10 // it is there: the complaint is about something else
				if cl == blank {
					ratio /= 2 // and says of what it did not see that it is empty
				}
			}
			cl = wrongValue
		}
		if v := e.value(); cl == unexpected && v != "" && strings.Contains(i.text, "'"+v+"'") {
			cl = wrongValue // it is the value that is not wanted
		}
		if cl == wrongType && e.typeName() != "" && i.expected != "" && fitsType(e.typeName(), i.expected) && e.typeName() != "number" {
			cl = wrongValue
		}
		if cl == wrongType && e.typeName() == "string" && isFormat(i.expected) {
			cl = wrongFormat
		}
		ev := diagnose.Evidence{Kind: "pointer", Source: i.source, Text: i.describe(), Element: e.id, Ratio: ratio,
			Allowed: i.allowed, Expected: i.expected, Ref: i.ref, Cause: i.cause}
		if cl == unclear && e.container() && e.place == inBody && r.ix.leaves(e.segs) > 1 {
			ev.Ratio = min(ev.Ratio, challenge) // nothing says what is wrong with all of it
		}
		if cl == unexpected && e.typeName() == "object" && withinRE.MatchString(i.text) {
			ev.Ratio = challenge // something in it, not it
		}
		if ev.Cause == "" {
			ev.Cause = cl.cause(e.place)
			negotiated(&ev)
		}
		if r.resp.Status == 404 && absentRE.MatchString(short(i.text)) {
			ev.Cause = "resource_not_found"
		}
		if ev.Cause == "malformed_json" {
			ev.Cause = r.syntaxCause()
		}
		if r.resp.Status == 409 && sameRE.MatchString(short(i.text)) && (e.place == inBody || e.place == inQuery) {
			ev.Cause = "already_exists"
		}
		r.add(ev)
	}
}

// sameRE are words for a thing that there may be only one of.
var sameRE = lazyre.New(`(?i)\bsame (?:\w+ ){0,4}?\w+|\bexists\b|\bduplicates?d?\b|\bin use\b|\btaken\b`)

// negotiated gives complaints about Content-Type and Accept their own causes.
func negotiated(e *diagnose.Evidence) {
	switch e.Element {
	case "header:Content-Type":
		e.Cause = "unsupported_media_type"
	case "header:Accept":
		e.Cause = "not_acceptable"
	default:
		return
	}
	if m := mediaIn(e.Text, e.Cause); len(m) > 0 {
		e.Allowed = m
	}
}

func isFormat(t string) bool {
	switch t {
	case "date", "date-time", "email", "uuid", "uri":
		return true
	}
	return false
}

// addMissing adds evidence for an element that is not in the request.
func (r *reader) addMissing(i issue) {
	if i.class == unexpected || i.class == exists {
		if i.cause == "" {
			i.cause = i.class.cause(i.place)
		}
		r.add(diagnose.Evidence{Kind: "text", Source: i.source, Text: i.describe(), Cause: i.cause, Ratio: min(i.ratio, code), Ref: i.ref})
		return
	}
	if i.bare {
		i.ratio = code
	}
	if r.ix.record() == nil && !i.absolute && len(i.segs) == 1 && (i.class == missing || i.class == blank) && (i.place == inBody || i.place == anywhere) {
		i.segs = append(r.ix.wrapper(), i.segs...) // Active Model names the attributes of the one object that was sent
	}
	if i.pascal && len(i.segs) == 1 && i.segs[0] != "" && styleOf(r.ix.childNames(nil)) == stylePascal {
		i.segs = []string{strings.ToUpper(i.segs[0][:1]) + i.segs[0][1:]}
	}
	i.segs = r.ix.without(i.segs)
	if i.zero && len(i.segs) > 1 {
		i.segs = r.ix.asSiblings(i.segs)
	}
	id := r.ix.missing(i.segs, i.place)
	if id == "" {
		return
	}
	if last := lastOf(i.segs); i.wire && i.place != inHeader && len(last) <= len(id) && strings.EqualFold(string(id[len(id)-len(last):]), last) {
		id = id[:len(id)-len(last)] + diagnose.ElementID(last)
	}
	ratio := i.ratio
	if i.class != missing && i.class != blank {
		ratio = min(ratio, likely) // judged although absent: validators do that with undefined values
		if i.class == wrongValue || i.class == unclear {
			ratio = min(ratio, code) // it may as well be about something that the server has
		}
	}
	if i.class == missing && !i.absolute && len(r.ix.byLast[fold(lastOf(i.segs))+"s"]) > 0 {
		ratio = min(ratio, echo) // there are several of them: it is something in one that is missed
	}
	pl, _ := takeApart(id)
	cause := missing.cause(pl)
	if pl == inPath {
		cause = "invalid_request_parameter"
	}
	if i.class == together {
		cause = "interacting_parameters"
	}
	r.add(diagnose.Evidence{Kind: "pointer", Source: i.source, Text: i.describe(), Cause: cause, Element: id, Missing: pl != inPath,
		Ratio: ratio, Allowed: i.allowed, Expected: i.expected, Ref: i.ref})
}

// describe is the text of the evidence: the server's words, or its code.
func (i *issue) describe() string {
	if i.text != "" {
		return i.text
	}
	return i.code
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
	if i.place == inHeader && r.x.Status() == 401 && i.class == missing && name != "authorization" {
		r.add(diagnose.Evidence{Kind: "pointer", Source: i.source, Text: i.describe(), Cause: "missing_credentials", Element: r.ix.missing(i.segs, inHeader), Missing: true, Ratio: likely})
		return true
	}
	cause := diagnose.CauseID("invalid_credentials")
	if cl := i.class; cl == missing || cl == blank {
		cause = "missing_credentials"
	}
	if strings.Contains(strings.ToLower(short(i.text)), "audience") {
		cause = "wrong_audience"
	}
	r.add(diagnose.Evidence{Kind: "text", Source: i.source, Text: i.describe(), Cause: cause, Element: "auth",
		Missing: cause == "missing_credentials" && !r.has("auth"), Ratio: code})
	return true
}

// endedRE are words about a body that ended before it began.
var endedRE = lazyre.New(`(?i)\b(?:unexpected (?:end|eof)|premature end|body is (?:empty|not json)|empty (?:request )?body)\b`)

// carriesData reports whether the method is one whose requests have a body (RFC 9110 §9.3).
func (r *reader) carriesData() bool {
	return slices.Contains([]string{"POST", "PUT", "PATCH"}, strings.ToUpper(r.x.Request.Method))
}
