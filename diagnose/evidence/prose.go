package evidence

import (
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

func atoi(s string) (int, error) { return strconv.Atoi(s) }

// A textRule reads one documented wording. needle must be in the lower-case text before the pattern is tried.
type textRule struct {
	needle string
	re     *lazyre.Regexp
	read   func(m []string) issue
}

// prose reads a sentence: first the documented wordings, then whatever says "x is required".
func (r *reader) prose(s said) {
	defer func(outer string) { r.sentence = outer }(r.sentence)
	r.sentence = s.text
	before := len(r.out)
	own := s.text
	s.text = r.plain(own)
	defer func() { r.quoted(before, s.text, own) }()
	lower := strings.ToLower(s.text)
	if r.routeField(s) || r.unknownKind(s) || r.noFile(s) || r.askedHeader(s) || r.pythonSchema(s) || r.effect(s) || r.indented(s) || r.fileType(s) || r.strayFile(s) || r.signed(s, lower) || r.unsigned(s) || r.sentTwice(s) {
		return
	}
	if st := r.resp.Status; st == 415 || st == 406 {
		if st == 406 && r.negotiated(s) {
			return
		}
		if st == 415 && acceptRE.MatchString(short(s.text)) && r.sentHeader("Accept") != "" {
			r.add(diagnose.Evidence{Kind: "text", Source: s.source, Text: s.text, Cause: "not_acceptable", Element: "header:Accept", Ratio: likely, Allowed: mediaIn(s.text, "not_acceptable")})
			return
		}
		r.wholeWords(s, lower) // about the type of the body, whatever words it uses
		if len(r.out) == before && !(st == 406 && r.takesAll()) {
			r.otherMedia(s)
		}
		return
	}
	if strings.Contains(lower, "antiforgery") || r.unequal(s) { // what it names beside is the token's cookie
		r.wholeWords(s, lower)
		return
	}
	if r.clauses(s) {
		return
	}
	if r.sentMarkup() && r.xsd(s) || r.taken(s) || r.absent(s) || r.assigned(s) || r.wholeBody(s) || queryError.MatchString(lower) && r.within(s) || r.route(s) || r.ofPath(s) || r.ofKind(s) {
		return
	}
	if r.outOfRange(s) {
		return
	}
	if r.documented(s, lower, before); len(r.out) > before {
		return
	}
	if off := r.position(s.text); off > 0 && !strings.Contains(lower, "base64") {
		r.settle(issue{text: s.text, offset: off, source: s.source, place: inBody, ratio: likely})
		return
	}
	if classOfText(s.text) == syntax {
		r.settle(issue{text: s.text, class: syntax, source: s.source, ratio: code})
	}
	r.wholeWords(s, lower)
}

// acceptRE is about the type that an answer is asked to have.
var acceptRE = lazyre.New(`(?i)\baccept['"\x60]? (?:header|value)|(?:^|["'\x60\[(]|the )accept['"\x60]? (?:type|media)`)

// clauses reads each part of a text of several sentences by itself; false where it is one.
func (r *reader) clauses(s said) bool {
	parts := joined(s.text)
	if parts == nil {
		parts = r.clausesOf(s.text)
	}
	if len(parts) < 2 {
		return false
	}
	for _, p := range parts {
		before := len(r.out)
		if r.prose(said{s.source, p}); len(r.out) == before && !strings.HasPrefix(p, `"`) {
			r.echoes(said{s.source, p})
		}
	}
	return true
}

// documented reads the documented wordings, the surest first, until one says which element it is; before is how much was
// known already.
func (r *reader) documented(s said, lower string, before int) {
	sets := [][]textRule{dialectRules(), schemaRules(), thrownRules(), binderRules(), jvmRules(), goRules(), rustRules(), dotnetRules(), scriptRules(), openapiRules(), saasRules(), foreignRules(), plainRules()}
	for n, rules := range sets {
		vague := n == len(sets)-1 // everyday words, which may be about anything
		for _, rule := range rules {
			if !strings.Contains(lower, rule.needle) {
				continue
			}
			for _, m := range rule.re.FindAllStringSubmatch(s.text, 10) {
				r.matched(s, rule.read(m), m[0], vague)
			}
			if len(r.out) > before && rule.needle != "" && r.pointed() {
				return
			}
		}
	}
}

// matched settles what a rule has read in the words of a sentence, unless it is no element after all; vague are everyday
// words.
func (r *reader) matched(s said, i issue, words string, vague bool) {
	i.source = s.source
	if i.text == "" {
		i.text = around(s.text, words)
	}
	if n := len(i.segs); n > 0 && exceptionRE.MatchString(i.segs[n-1]) {
		return // the name of an exception stands before its message as fields do
	}
	if len(i.segs) == 1 && !i.absolute && stopWord(i.segs[0]) && i.place != inHeader && !r.emptyMember(i.segs) && !(vague && i.class == missing && strings.Contains(words, "'"+i.segs[0]+"'")) {
		return
	}
	if i.class == missing && (i.dialect == "serde" || i.dialect == "JSON::Serializable") && !i.absolute {
		r.nest(&i, s.text)
	}
	if i.class == missing && !i.absolute {
		r.inside(&i, words, s.text)
	}
	if vague {
		if i.bare && r.resp.Status >= 500 {
			return // two words of a server that failed: status unknown
		}
		r.label(&i, words, s.text)
		r.doubt(&i, words)
	}
	switch i.dialect { // a cart may be empty that lies at the server, and a key be missing in what it has itself
	case "gorilla/schema":
		i.generic = i.generic || r.ix.body == "body:/"
	case thrown:
		if i.class == missing {
			r.lookedUp(&i)
		}
	}
	if len(i.segs) == 0 && i.class == unclear && i.offset == 0 && i.cause == "" && i.value == "" {
		return
	}
	if i.offset == 0 && len(i.segs) == 0 {
		i.offset = r.position(s.text)
	}
	r.settle(i)
}

// lookedUp says how much it tells that a program looked up in vain what the request does not have: it is a step from there to
// the request, a failing server may lack its own, and with 404 and other statuses it speaks of what it has.
func (r *reader) lookedUp(i *issue) {
	i.ratio = likely
	switch st := r.resp.Status; {
	case st >= 500:
		i.ratio = challenge
	case st != 400 && st != 422:
		i.generic = true
	}
}

// queryError are words of the parser of a query language.
var queryError = lazyre.New(`syntax ?error|invalid input '|undefined (?:field|column|identifier)|does not exist \[`)

var exceptionRE = lazyre.New(`^[A-Z]\w*(?:Exception|Error)$`)

// emptyMember reports whether a word that is no name in most sentences is one in this request, and says nothing.
func (r *reader) emptyMember(segs []string) bool {
	found := r.ix.exact(segs, inBody)
	return len(found) > 0 && r.allEmpty(found)
}

// doubt lowers what an everyday sentence proves: a name in quotes is one, a bare word may be any; and a status
// that is not about the request's data lets a sentence count only for what the request has.
func (r *reader) doubt(i *issue, match string) {
	switch r.resp.Status {
	case 200, 400, 406, 409, 411, 412, 415, 422, 428:
	default:
		i.generic = i.generic || i.place != inHeader || r.resp.Status > 500 // a gateway misses it in what it got
	}
	i.generic = i.generic || r.doc.html && len(r.doc.prose()) > shortPage // a page for people, full of other sentences
	if i.ratio == 0 && !quotedIn(match, i.segs) && !strings.ContainsAny(strings.Join(i.segs, "."), "_.-") {
		i.bare = true
		cl := i.class
		if cl == unclear {
			cl = classify(i.code, i.text)
		}
		i.generic = i.generic || cl != missing && cl != blank && cl != unclear
	}
}

// quotedIn reports whether a match has a name in quotes or in brackets.
func quotedIn(match string, segs []string) bool {
	name := lastOf(segs)
	at := strings.Index(match, name)
	return len(segs) == 0 || strings.Contains(name, "[") || at > 0 && strings.IndexByte("'\"\x60[", match[at-1]) >= 0 || at >= 0 && strings.HasPrefix(match[at+len(name):], "[")
}

// around returns the sentence about a match, for the text of the evidence.
func around(text, match string) string {
	if len(text) <= maxText {
		return text
	}
	i := strings.Index(text, match)
	if i < 0 {
		return text
	}
	from := strings.LastIndexAny(text[:i], ".\n;")
	return strings.TrimSpace(text[from+1:])
}

// stopWord reports whether a word in front of "is required" is no name of an element.
func stopWord(s string) bool {
	switch fold(s) {
	case "this", "it", "value", "values", "field", "that", "which", "what", "parameter", "property", "attribute", "header", "one", "all", "and", "or", "the", "a", "an", "is", "are", "i",
		"request", "input", "data", "json", "be", "error", "access", "permission", "method", "resource", "object", "objects", "there", "you", "we", "both", "each", "key", "keys",
		"fields", "parameters", "properties", "not", "of", "https", "tls", "ssl", "payment", "upgrade", "length", "precondition", "authentication", "proxy", "argument", "arguments", "arg", "param", "params",
		"body", "payload", "validation", "here", "must", "has", "they", "http", "none", "null", "true", "false", "array", "string", "strings", "integer", "boolean", "valid", "invalid", "to", "at",
		"least", "required", "missing", "for", "in", "with", "from", "found", "provided", "supplied", "given", "something", "anything", "everything", "nothing", "some", "any", "expected", "received", "but", "syntax", "credentials", "token", "self", "cls", "body.":
		return true
	}
	return false
}

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}
