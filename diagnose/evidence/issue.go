package evidence

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request"
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
	dialect  string  // whose form it is: a library, a document
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
	if len(i.segs) > 0 && i.text == "string" && lastOf(i.segs) == "string" {
		return // what tools put where a document gives no example: a mock says nothing by it
	}
	i.located()
	if i.code == "" && !strings.ContainsAny(i.text, " '\"") {
		i.code = i.text // one word: Active Model's details
	}
	if i.class == unclear {
		i.class = classify(i.code, i.text)
	}
	if i.received == "undefined" {
		i.class = missing
	}
	if len(i.allowed) == 0 && i.class != unexpected && (i.class != missing || specifiedAs.MatchString(i.text)) {
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
	if lastOf(i.segs) == "__root__" { // pydantic 1: of the object as a whole
		i.segs = i.segs[:len(i.segs)-1]
	}
	if i.place == anywhere && r.memberBody(i) {
		i.place = inBody
	}
	if m := lackedHeaderRE.FindStringSubmatch(short(i.text)); m != nil && i.place == anywhere && !r.isPath(i.segs) && len(r.ix.resolve(i.segs, anywhere)) == 0 {
		i.segs, i.place, i.class, i.absolute = []string{m[1]}, inHeader, missing, false
	}
	i.segs = r.filtered(trimPlace(&i))
	if m := mustHaveRE.FindStringSubmatch(short(i.text)); m != nil && len(i.segs) > 0 && m[1] == lastOf(i.segs) {
		i.segs, i.class, i.absolute, i.wire = append(slices.Clone(i.segs), m[2]), missing, true, true
	}
	if len(i.segs) > 1 && isNumber(i.segs[0]) && strings.HasPrefix(strings.TrimSpace(r.sentBody()), "{") && len(r.ix.exact(i.segs[:1], inBody)) == 0 {
		i.segs = i.segs[1:] // one of a batch, which is sent as it is
	}
	if len(i.segs) > 1 && i.place != inHeader && !r.isPath(i.segs) && len(r.ix.exact(i.segs[:1], anywhere)) == 0 && r.resource(i.segs[0]) {
		i.segs = i.segs[1:]
	}
	if i.place == anywhere && i.class == missing && queryWords.MatchString(i.text) && len(r.ix.exact(i.segs, anywhere)) == 0 {
		i.place = inQuery
	}
	if i.place == inBody && (i.class == missing || i.class == blank) && r.bodyless() {
		i.place = inQuery // what reads a query says what it says of a body
	}
	r.place(i)
}

// bodyless reports a request without a body whose method has none as a rule, and which has a query.
func (r *reader) bodyless() bool {
	return r.ix.body == "" && r.sentBody() == "" && !r.carriesData() && strings.Contains(r.x.Request.URL, "?")
}

// memberBody reports a complaint about a member that is called body, as mail and messages have one, and not about all of
// the body: that it is no JSON, or no object where it went out as something else.
func (r *reader) memberBody(i issue) bool {
	if len(i.segs) != 1 || fold(i.segs[0]) != "body" || i.class == missing || i.class == syntax || len(r.ix.exact(i.segs, inBody)) != 1 {
		return false
	}
	return i.absolute || isJSONMedia(request.Essence(r.sentHeader("Content-Type"))) && !strings.Contains(strings.ToLower(short(i.text)), "json")
}

// resource reports that a name is that of what the request is about, as its path has it: orders, or one order.
func (r *reader) resource(name string) bool {
	for i := range r.els {
		if v, ok := r.els[i].Value.(string); ok && r.els[i].ID.IsSegment() && len(name) > 2 {
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
	if len(i.segs) == 1 && ownWord[i.segs[0]] && !slices.Contains(quotedTokens(i.text), i.segs[0]) && ownSubjectRE.MatchString(short(i.text)) && len(r.ix.resolve(i.segs, i.place)) == 0 {
		i.segs, i.class = nil, unclear // an envelope, and a sentence with a subject of its own
	}
	r.member(&i)
	if len(i.segs) > 0 && (r.isPath(i.segs) || len(i.segs) == 1 && i.absolute && i.class == unclear && r.samePath(i.segs) && len(r.ix.exact(i.segs, inBody)) == 0) {
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
			s := said{i.source, i.text}
			if r.prose(s); !r.pointed() {
				r.echoes(s)
			}
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
	if len(found) == 0 && slices.ContainsFunc(i.segs, func(s string) bool { return holdsPath(s) || i.place == inQuery && strings.Contains(s, ".") }) {
		segs := splitPath(strings.Join(i.segs, "."))
		if found = r.ix.resolve(segs, i.place); len(found) > 0 {
			i.segs = segs
		}
	}
	if len(found) == 0 && (i.dialect == "pydantic errors" || r.ix.tagged(i.segs)) {
		if segs := r.ix.untagged(i.segs, i.class == missing); segs != nil {
			i.segs, found = segs, r.ix.exact(segs, i.place)
		}
	}
	if i.place == inPath && i.bare && len(r.ix.exact(i.segs, inBody))+len(r.ix.exact(i.segs, inQuery)) > 0 {
		i.place = anywhere // a guess that it is of the path, and there is one of that name
		found = r.ix.resolve(i.segs, i.place)
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
	if len(found) == 0 && len(i.segs) == 1 && !i.absolute && (i.class == wrongType || i.class == wrongFormat) {
		if here := r.ix.byValue(i.segs[0], i.place); len(here) == 1 && (r.ix.entries[here[0]].place == inPath || !plainName.MatchString(i.segs[0])) { // what stands where names do is a value: "abc" must be an integer; {"sort":"price"} holds a name
			found = here
		}
	}
	if len(found) == 0 && i.value != "" && (i.place == inPath || i.generic) {
		found = r.ix.byPathValue(i.value)
	}
	if len(found) == 0 && i.value != "" && i.generic {
		found = r.ix.parameter(i.value)
	}
	if len(found) == 0 && i.generic && (i.class == wrongType || i.class == wrongFormat || i.dialect == invalidValue || strings.HasPrefix(i.dialect, "GraphQL")) {
		found = r.ix.only(i.value)
	}
	if len(found) == 0 && i.generic && i.class == wrongType && (i.received == "array" || i.received == "object") {
		if n := r.ix.sole(func(e *entry) bool { return e.place == inBody && len(e.segs) > 0 && e.typeName() == i.received }); n >= 0 {
			found = []int{n}
		}
	}
	if len(found) == 0 && i.value == "" && len(i.segs) == 1 && i.segs[0] == "?" {
		found = r.ix.alike(i.allowed)
	}
	if len(found) == 0 && i.place == anywhere && i.class != missing {
		found = r.ix.inJSON(i.segs)
	}
	if len(found) == 0 && len(i.segs) == 1 && i.class == unexpected {
		if found = r.ix.listing(i.segs[0]); len(found) > 0 {
			i.class = wrongValue
		}
	}
	if len(found) == 0 && len(i.segs) == 1 && (i.class == wrongType || i.class == wrongFormat || i.class == wrongValue) && r.sentBody() == "" {
		for _, tok := range quotedTokens(short(i.text)) { // the name is the server's own for what stands in the path
			found = append(found, r.ix.byPathValue(tok)...)
		}
	}
	if len(found) == 0 && len(i.segs) == 1 && i.class != missing && i.class != blank && i.class != unexpected {
		found = r.ix.begun(i.segs[0])
	}
	if len(found) == 0 && len(i.segs) > 1 && !i.absolute && (i.class == wrongType || i.class == wrongFormat || i.class == wrongValue) {
		if here := r.ix.exact(i.segs[len(i.segs)-1:], inBody); len(here) == 0 {
			if here = r.ix.byLast[fold(lastOf(i.segs))]; len(here) == 1 && r.ix.entries[here[0]].place == inBody {
				found = here // the server has a longer name for it: index.number_of_shards
			}
		}
	}
	if len(found) == 0 && i.place == inPath {
		found = r.ix.pathParameter(lastOf(i.segs), i.expected)
	}
	if len(found) == 0 && len(i.segs) == 1 && i.class != missing && i.class != blank && i.class != unexpected {
		found = r.ix.pick(r.ix.byLast[fold(i.segs[0])+"id"], i.place) // an association, for the key that was sent: author must exist
	}
	found = r.narrow(r.which(r.quotedBelow(r.valuesBelow(found, i), *i)), *i)
	if len(found) == 0 && i.place == anywhere && len(i.segs) == 1 && isHeaderName(i.segs[0]) {
		i.place = inHeader
		found = r.ix.exact(i.segs, inHeader)
	}
	return found
}

// validRE asks for a valid one of something: valid project is required.
var validRE = lazyre.New(`(?i)\bvalid [\w -]{2,40} (?:is|are) required\b|\b(?:enter|provide|specify|supply) an? valid\b`)

// ownWord are members in which an answer has its sentences.
var ownWord = map[string]bool{"title": true, "message": true, "detail": true, "description": true, "text": true, "reason": true}

// ownSubjectRE is a sentence that begins with the name of what it is about: Revision can't be blank.
var ownSubjectRE = lazyre.New(`^[A-Z][\w-]*(?: \w+)? (?:can't|cannot|must|is|are|has|should|does)\b`)

// lackedHeaderRE is all of a sentence that misses a field of the header, wherever it stands.
var lackedHeaderRE = lazyre.New(`(?i)^(?:an? |the )?([A-Za-z][\w-]+) header is (?:required|missing)\.?$`)

// mustHaveRE says of an object what it lacks: 'parent' must have an 'id'.
var mustHaveRE = lazyre.New(`^['"\x60]?([A-Za-z_][\w.]*)['"\x60]? must have (?:an? |the )?['"\x60]([A-Za-z_]\w*)['"\x60](?:\W*$| (?:property|field|attribute|key|member)\b)`)

// holdsPath reports a segment of a pointer that is a path itself: /data/attributes/rooms[1].area.
func holdsPath(seg string) bool {
	open := strings.IndexByte(seg, '[')
	return open > 0 && strings.Contains(seg[open:], "]")
}

// conclude adds the evidence for what was found.
func (r *reader) conclude(found []int, i issue) {
	if (i.class == missing || i.class == blank) && len(found) > 0 && !r.allEmpty(found) && validRE.MatchString(short(i.text)) {
		i.class = wrongValue // there is one, and it is not valid
	}
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

// isHeaderName knows the header fields that APIs ask for; a server that names one rarely says that it is one.
func isHeaderName(s string) bool {
	switch strings.ToLower(s) {
	case "content-type", "accept", "if-match", "if-none-match", "idempotency-key", "user-agent", "origin", "referer", "content-length", "accept-language", "prefer", "content-md5":
		return true
	}
	return len(s) > 2 && (s[0] == 'X' || s[0] == 'x') && s[1] == '-'
}
