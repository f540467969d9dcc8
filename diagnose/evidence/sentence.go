package evidence

import (
	"cmp"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

// shortPage is the length in bytes up to which the words of an HTML page are one message: what is left of Bottle's or
// Varnish's page without its tags.
const shortPage = 400

// joined parts the sentences of a message in which Joi lines up all its complaints: "a" is required. "b" must be a
// number.
func joined(text string) []string {
	if rest, ok := strings.CutPrefix(text, "Validation failed: "); ok { // Active Record's RecordInvalid
		return clauses(rest)
	}
	if parts := strings.SplitN(text, "; ", maxIssues); len(parts) > 1 && !slices.ContainsFunc(parts, func(p string) bool { return !complaintRE.MatchString(p) }) {
		return parts
	}
	if !strings.HasPrefix(text, `"`) || !strings.Contains(text, `. "`) {
		return nil
	}
	parts := strings.SplitN(text, `. "`, maxIssues)
	for i := range parts[1:] {
		parts[i+1] = `"` + parts[i+1]
	}
	return parts
}

// complaintRE is a clause that says of one name what it must be.
var complaintRE = lazyre.New(`^\s*["'\x60]?[A-Za-z_][\w.\[\]/-]*["'\x60]? (?:must|should|cannot|can ?not|can't|may not|is|are|has|does|was|needs|expected|invalid|missing|required|too)\b`)

// clauses parts full messages, each of which begins with the name of an attribute in a capital.
func clauses(text string) []string {
	var parts []string
	for from, at := 0, 0; len(parts) < maxIssues; {
		next := strings.Index(text[at:], ", ")
		if next < 0 {
			return append(parts, text[from:])
		}
		if at += next + len(", "); at < len(text) && text[at] >= 'A' && text[at] <= 'Z' {
			parts, from = append(parts, text[from:at-len(", ")]), at
		}
	}
	return parts
}

// taken reads "… 'pics' already exists": the value that is quoted is the one that is there already.
func (r *reader) taken(s said) bool {
	if classOfText(s.text) != exists {
		return false
	}
	for _, tok := range quotedTokens(s.text[:min(len(s.text), maxProse)]) {
		if found := r.ix.byValue(tok, anywhere); len(found) == 1 {
			r.addFound(issue{text: s.text, class: exists, source: s.source, value: tok, ratio: likely}, found)
			return true
		}
	}
	for _, w := range wordsOf(short(s.text)) {
		if e := r.ix.segment(strings.Trim(w, "/")); e != nil && strings.HasSuffix(w, "/") {
			r.addFound(issue{text: s.text, class: exists, source: s.source, ratio: likely}, []int{r.ix.byID[e.id]})
			return true
		}
	}
	if n := r.named(s.text); n >= 0 {
		r.addFound(issue{text: s.text, class: exists, source: s.source, ratio: likely}, []int{n})
		return true
	}
	return false
}

// assignment is a name with a value as programs write them down: query="sum(up".
var assignment = lazyre.New(`\b([A-Za-z_][\w.\[\]-]*)\s?[=:]\s?"((?:[^"\\]|\\.)*)"`)

// prefixedRE is a name in front of a complaint about it: from: not an IBAN.
var prefixedRE = lazyre.New(`^\s*["'\x60]?([A-Za-z_][\w.\[\]/-]*)["'\x60]?(?::| -| –| =>| ->) \S`)

// assigned reads sentences that repeat a name of the request together with its value.
func (r *reader) assigned(s said) bool {
	cl := classOfText(s.text)
	if cl != wrongType && cl != wrongFormat {
		cl = wrongValue
	}
	for _, m := range assignment.FindAllStringSubmatch(s.text[:min(len(s.text), maxProse)], 8) {
		found := r.ix.exact([]string{m[1]}, anywhere)
		if len(found) == 1 && len(m[2]) >= minEcho && r.ix.entries[found[0]].value() == strings.ReplaceAll(m[2], `\"`, `"`) {
			r.addFound(issue{text: s.text, class: cl, source: s.source, ratio: likely}, found)
			return true
		}
	}
	return false
}

// prefixed reads sentences that begin with a name of the request and a colon.
func (r *reader) prefixed(s said, cl class) bool {
	m := prefixedRE.FindStringSubmatch(s.text)
	if m == nil {
		return r.ledByPath(s, cl)
	}
	found := r.ix.resolve(splitPath(m[1]), anywhere)
	if len(found) != 1 || r.ix.entries[found[0]].place == inPath {
		return false
	}
	i := s.issue(ofValue(cl), likely)
	r.addFound(i, r.quotedBelow(found, i))
	return true
}

// ledRE is a path of several names in front of what is said of it.
var ledRE = lazyre.New(`^\s*["'\x60]?([A-Za-z_]\w*(?:[./\[]\w+\]?)+)["'\x60]? \S`)

// ledByPath reads a sentence that begins with a path of the body, or with one that only ends in a name that is not there.
func (r *reader) ledByPath(s said, cl class) bool {
	m := ledRE.FindStringSubmatch(s.text)
	if m == nil || cl == unclear {
		return false
	}
	segs := splitPath(m[1])
	if found := r.ix.exact(segs, inBody); len(found) == 1 {
		r.addFound(s.issue(cl, likely), found)
		return true
	}
	if cl != missing || len(segs) < 2 || len(r.ix.exact(segs[:len(segs)-1], inBody)) != 1 {
		return false
	}
	r.addMissing(issue{segs: segs, text: s.text, class: cl, source: s.source, ratio: likely, absolute: true})
	return true
}

// foundWord is the word at which a parser of a query language stopped: found SELCT, expected SELECT; near "FORM".
var foundWord = lazyre.New(`(?i)\b(?:found|near|unexpected|at or near|unknown(?: \w+){0,2}|unrecogni[sz]ed (?:name|column|identifier|function|field)|undefined(?: \w+)?|invalid input|no such \w+):? ["'\x60\[]?([A-Za-z_][\w.]{2,40})\b|\b([A-Za-z_][\w.]{2,60})["'\x60]? (?:does not|doesn't) exist|\bfailed at position \d+: ([A-Za-z_]\w{2,40})\b|\b(?:property|column|field|attribute) (?:named )?["'\x60]([A-Za-z_]\w{2,40})["'\x60]|\[(?:table|column|view)=([A-Za-z_][\w.]{1,60})\]`)

// within reads a parser's complaint about a word that stands in one long value of the request: a query.
func (r *reader) within(s said) bool {
	for _, m := range foundWord.FindAllStringSubmatch(s.text[:min(len(s.text), maxProse)], 4) {
		word, hit := m[1]+m[2]+m[3]+m[4]+m[5], -1
		if i := strings.LastIndexByte(word, '.'); i >= 0 && m[2] != "" {
			word = word[i+1:] // a table of a database
		}
		if r.ix.opaque && m[2] != "" && len(r.sentBody()) <= longestText && slices.Contains(wordsOf(r.sentBody()), word) {
			r.add(diagnose.Evidence{Kind: "echo", Source: s.source, Text: s.text, Cause: "resource_not_found", Element: "body", Ratio: likely})
			return true
		}
		for i := range r.ix.entries {
			e := &r.ix.entries[i]
			if !e.isText() || !slices.ContainsFunc(strings.FieldsFunc(e.value(), func(c rune) bool { return strings.ContainsRune(" \t\n:()[]{},;+\"'", c) }), func(w string) bool {
				return w == word || word == strings.ToUpper(word) && strings.EqualFold(w, word) // SQL's names without quotes
			}) {
				continue
			}
			if hit >= 0 {
				return false
			}
			hit = i
		}
		if hit >= 0 && strings.ContainsAny(r.ix.entries[hit].value(), " :(") {
			r.addFound(issue{text: s.text, class: wrongValue, source: s.source, ratio: likely}, []int{hit})
			return true
		}
	}
	return false
}

// unrouted are words for a path that nobody serves.
var unrouted = lazyre.New(`(?i)\b(?:could not|cannot|can't|unable to|failed to) route (?:the request )?to /|\bno handler (?:found )?for (?:uri|path|route|url)\b|\bno match(?:ing|ed)?\b.{0,60}\bpath\b|\bno \w+ (?:was )?(?:found|registered|defined) (?:on|for|at|under) (?:the )?(?:path|route|url)\b|(?:unsupported|unknown|no such|unrecognized|unhandled|invalid) (?:path|route|endpoint|url|uri)|\bis not an? (?:known |valid )?(?:resource|route|path|endpoint)\b|\bthe route \S+ (?:could not be|was not|is not|cannot be) found|(?:path|route|endpoint) \S+ (?:not found|does not exist|is not supported)`)

// route reads a sentence about the path of the request, which it repeats.
func (r *reader) route(s said) bool {
	if st := r.resp.Status; st != 400 && st != 404 || !unrouted.MatchString(short(s.text)) {
		return false
	}
	for _, w := range strings.FieldsFunc(short(s.text), func(c rune) bool { return strings.ContainsRune(" \t\n'\"\x60()<>[],;", c) }) {
		w = strings.TrimPrefix(w, r.method()+":") // Fastify: Route GET:/orders not found
		if r.ownPath(w) || len(w) > 2 && r.isPath([]string{"", strings.Trim(w, "/")}) {
			r.add(diagnose.Evidence{Kind: "text", Source: s.source, Text: s.text, Cause: "wrong_path", Element: "url.path", Ratio: likely})
			return true
		}
	}
	return false
}

// wholeBody reads a complaint that repeats the body, or a line of it: "unable to parse 'cpu value=1,5'".
func (r *reader) wholeBody(s said) bool {
	sent := strings.TrimSpace(r.sentBody())
	if len(sent) < minEcho || r.resp.Status >= 500 {
		return false
	}
	if r.ix.unread(sent) && slices.Contains(wordsOf(short(s.text)), sent) {
		r.add(diagnose.Evidence{Kind: "echo", Source: s.source, Text: s.text, Cause: "invalid_body_property_value", Element: "body", Ratio: likely, Allowed: allowedValues(s.text)})
		return true
	}
	if r.ix.unread(sent) && unreadable.MatchString(short(s.text)) {
		r.add(diagnose.Evidence{Kind: "text", Source: s.source, Text: s.text, Cause: "malformed_request_body", Element: "body", Ratio: code})
		return true
	}
	for _, tok := range quotedTokens(s.text[:min(len(s.text), maxProse)]) {
		if len(tok) >= minEcho && (tok == sent || strings.Contains(tok, " ") && slices.Contains(strings.Split(sent, "\n"), tok)) {
			r.add(diagnose.Evidence{Kind: "echo", Source: s.source, Text: s.text, Cause: "malformed_request_body", Element: "body", Ratio: likely})
			return true
		}
	}
	return false
}

// unreadable are words for a body that is not of the kind that is stored or read there.
var unreadable = lazyre.New(`(?i)\b(?:cannot|can't|could not|couldn't|unable to|failed to|error) (?:parse|pars|read|decod|open|load|import|recogni[sz]e)\w* (?:\w+ ){0,5}(?:file|image|document|archive|picture|spreadsheet|certificate|key|stream|payload|message|content)\b|\b(?:bad|invalid|unknown|unsupported|corrupt(?:ed)?) (?:file|image|archive|document)(?: format| type)?\b`)

// unread reports a body of text that has no members: what is said of values can only mean all of it.
func (ix *index) unread(sent string) bool {
	return len(sent) >= minEcho && !strings.HasPrefix(sent, "{") && !strings.HasPrefix(sent, "[") && !strings.HasPrefix(sent, "<") &&
		!slices.ContainsFunc(ix.entries, func(e entry) bool { return e.place == inBody && len(e.segs) > 0 })
}

// lacks reads a sentence that says that something is missing and quotes one name that the request does not have.
func (r *reader) lacks(s said, cl class) bool {
	if cl != missing || r.resp.Status >= 500 || r.resp.Status == 401 || r.resp.Status == 404 {
		return false
	}
	if m := ofThingRE.FindStringSubmatch(s.text); m != nil && r.inPath(strings.ToLower(m[1])) && len(r.ix.resolve(m[2:], anywhere)) == 0 && r.sentBody() != "" {
		r.addMissing(issue{segs: []string{m[2]}, text: s.text, class: missing, source: s.source, ratio: code, pascal: true})
		return true
	}
	toks := quotedTokens(s.text[:min(len(s.text), maxProse)])
	if m := subjectRE.FindStringSubmatch(s.text); m != nil && len(toks) == 0 && (r.resp.Status == 400 || r.resp.Status == 422) && len(s.text) < maxText/2 && len(r.ix.resolve(splitPath(m[1]), anywhere)) == 0 && !stopWord(m[1]) {
		r.addMissing(issue{segs: []string{m[1]}, text: s.text, class: missing, source: s.source, ratio: echo})
		return true
	}
	if len(toks) != 1 || !plainName.MatchString(toks[0]) || stopWord(toks[0]) || storedRE.MatchString(s.text) || len(r.ix.resolve(splitPath(toks[0]), anywhere)) > 0 {
		return false
	}
	r.addMissing(issue{segs: splitPath(toks[0]), text: s.text, class: missing, source: s.source, ratio: code})
	return true
}

// ofThingRE is a sentence that says which word of a thing is missing: "Missing service name", of /service.
var ofThingRE = lazyre.New(`(?i)^(?:missing|no) ([a-z]{3,}) (name|id|type|title|url|email|key|kind|status|description|address|port|number|code)\.?$`)

// storedRE calls what is quoted something that the server has, and no member of a request.
var storedRE = lazyre.New(`(?i)\b(?:table|relation|collection|index|database|bucket|keyspace|schema) ['"\x60]`)

// subjectRE is a short sentence in Spanish, French, German, Italian, Portuguese or Dutch that says of its subject what it is.
var subjectRE = lazyre.New(`(?i)^(?:l['’]|(?:le|la|el|der|die|das|il|lo|o|a|het|de) )?(?:(?:champ|campo|feld|veld) )?['"\x60]?([a-zà-ÿ_][\wà-ÿ]*)['"\x60]? (?:est|es|ist|è|é|is verplicht) ?[\p{L} ]{0,40}\.?$`)

var plainName = lazyre.New(`^[A-Za-z_][\w.-]*(\[\w*\])*$`)

// ownPath reports whether a text is the path of the request.
func (r *reader) ownPath(s string) bool {
	s = strings.Trim(s, "/")
	return strings.Contains(s, "/") && r.isPath(strings.Split(s, "/"))
}

// ownCredential reports whether the request holds a credential outside of Authorization.
func (r *reader) ownCredential() bool {
	return slices.ContainsFunc(r.els, func(e diagnose.Element) bool {
		return e.Secret && e.Text != "" && (e.ID.Is("header") || e.ID.Is("query") || e.ID.Is("cookie"))
	})
}

// oneWord is the whole text, when it is one: what Erlang's pairs of a code and a value leave.
func oneWord(text string) []string {
	if text == "" || strings.ContainsAny(text, " \t\n\"'\x60") {
		return nil
	}
	return []string{text}
}

// lackCode is a code that says what is missing: tags_not_present, missing_title, [{key_missing,properties}].
var lackCode = lazyre.New(`^(?:([a-z]\w*?)_(?:not_present|missing|is_missing|required|is_required|not_provided|not_given)|(?:missing|no)_([a-z]\w*)|.{0,4}\bkey_missing,\s*"?(\w+)"?.{0,4})$`)

// refusedCode is a code that says what is not liked: invalid_email, status_invalid.
var refusedCode = lazyre.New(`^(?:([a-z]\w*?)_(?:invalid|not_valid|malformed|too_long|too_short|too_large|too_small|out_of_range|not_allowed)|(?:invalid|bad|malformed|unsupported|wrong)_([a-z]\w*))$`)

// typeCode is a code that says what type something is not of: payload_not_string.
var typeCode = lazyre.New(`^([a-z]\w*?)_not_(?:an?_)?(string|int|integer|number|float|boolean|bool|list|array|object|map)$`)

// coded reads a code that is made of a name and what is wrong with it.
func (r *reader) coded(s said) bool {
	if st := r.resp.Status; st != 400 && st != 422 && st != 409 {
		return false
	}
	text := strings.ToLower(strings.TrimSpace(s.text))
	if m := lackCode.FindStringSubmatch(text); m != nil {
		name := m[1] + m[2] + m[3]
		if m[3] == "" && stopWord(name) || len(r.ix.exact([]string{name}, anywhere)) > 0 && !r.emptyMember([]string{name}) {
			return false
		}
		r.addMissing(issue{segs: []string{name}, text: s.text, class: missing, source: s.source, ratio: code})
		return true
	}
	if m := typeCode.FindStringSubmatch(text); m != nil {
		if found := r.ix.exact(m[1:2], anywhere); len(found) == 1 {
			r.addFound(issue{segs: m[1:2], text: s.text, class: wrongType, expected: cmp.Or(typeWord(m[2]), m[2]), source: s.source, ratio: code}, found)
			return true
		}
	}
	if m := refusedCode.FindStringSubmatch(text); m != nil && !stopWord(m[1]+m[2]) {
		if found := r.ix.exact([]string{m[1] + m[2]}, anywhere); len(found) == 1 {
			r.addFound(issue{text: s.text, class: wrongValue, source: s.source, ratio: code}, found)
			return true
		}
	}
	return false
}

// holds reports whether a value that is JSON itself has a scalar in it.
func holds(value, scalar string) bool {
	if !strings.HasPrefix(value, "{") && !strings.HasPrefix(value, "[") {
		return false
	}
	n, whole := parseTree(value)
	return whole && holdsNode(n, scalar)
}

func holdsNode(n *node, scalar string) bool {
	return n.str() == scalar || slices.ContainsFunc(n.kids, func(k *node) bool { return holdsNode(k, scalar) })
}

// inJSON finds the parameter whose value is JSON that has a member of that path: tRPC's input.
func (ix *index) inJSON(segs []string) []int {
	if len(segs) == 0 {
		return nil
	}
	var found []int
	for i := range ix.entries {
		e := &ix.entries[i]
		if e.place != inQuery || e.el == nil || !strings.HasPrefix(e.value(), "{") {
			continue
		}
		if n, whole := parseTree(e.value()); whole && n.at(strings.Join(segs, ".")) != nil {
			found = append(found, i)
		}
	}
	return found
}

// offered reads an answer that gives, in a header field of its own, what the next request has to carry and says so in
// its body: a session id against CSRF.
func (r *reader) offered() {
	switch r.resp.Status {
	case 400, 403, 409, 412, 419, 428:
	default:
		return
	}
	text := strings.ToLower(r.doc.text[:min(len(r.doc.text), maxProse)])
	for _, f := range r.resp.Header {
		name := strings.ToLower(f.Name)
		if !strings.HasPrefix(name, "x-") || f.Value == "" || r.sentHeader(f.Name) == f.Value || !strings.Contains(text, name) || !strings.Contains(r.doc.text, f.Value) {
			continue
		}
		cause := diagnose.CauseID("missing_request_header")
		if r.sentHeader(f.Name) != "" {
			cause = "invalid_request_header"
		}
		r.add(diagnose.Evidence{Kind: "header", Source: "header " + f.Name, Text: "the answer gives the " + f.Name + " that a request has to carry", Cause: cause,
			Element: r.ix.missing([]string{f.Name}, inHeader), Missing: cause == "missing_request_header", Ratio: certain, Allowed: []string{f.Value}})
	}
}

// subject reports whether a sentence begins with the name of an entry, as people write it: "First name is too short",
// the full messages of Active Model.
func (r *reader) subject(n int, words []string) bool {
	folds := r.ix.entries[n].folds
	if len(folds) == 0 {
		return false
	}
	start := ""
	for _, w := range words[:min(len(words), 4)] {
		if start += fold(strings.Trim(w, "./-")); start == folds[len(folds)-1] {
			return true
		}
	}
	return false
}

// onlyMember reads a complaint about a value that names nothing, when the body has only one.
func (r *reader) onlyMember() {
	var only *entry
	for i := range r.ix.entries {
		if e := &r.ix.entries[i]; e.place == inBody && len(e.segs) > 0 && e.el != nil {
			if only != nil {
				return
			}
			only = e
		}
	}
	if only == nil || only.el.Secret || slices.ContainsFunc(r.out, func(e diagnose.Evidence) bool { return e.Ratio >= echo && e.Element != "" }) {
		return
	}
	for _, s := range r.doc.messages() {
		if cl := classOfText(s.text); cl == wrongType || cl == wrongFormat || cl == wrongValue {
			r.addFound(s.issue(cl, challenge), []int{slices.IndexFunc(r.ix.entries, func(e entry) bool { return e.id == only.id })})
			return
		}
	}
}

// onlyValue reads a complaint about a value that names nothing, when the request has only one that a person gave: a
// variable segment of its path.
func (r *reader) onlyValue() {
	if st := r.resp.Status; st != 400 && st != 409 && st != 422 {
		return
	}
	if r.sentBody() != "" || r.x.Request.Body.Kind != "" {
		r.onlyMember()
		return
	}
	var only *entry
	for i := range r.ix.entries {
		e := &r.ix.entries[i]
		switch {
		case e.el == nil || e.el.Default || e.el.Secret:
		case e.place == inQuery, e.place == inHeader, e.place == inCookie:
			return
		case e.place == inPath && e.id != "url.path" && strings.ContainsAny(e.value(), "0123456789") && !isVersion(e.value()):
			if only != nil {
				return
			}
			only = e
		}
	}
	if only == nil || slices.ContainsFunc(r.out, func(e diagnose.Evidence) bool { return e.Ratio >= echo && e.Element != "" }) {
		return
	}
	for _, s := range r.doc.messages() {
		if cl := classOfText(s.text); cl == wrongType || cl == wrongFormat || cl == wrongValue {
			r.add(diagnose.Evidence{Kind: "text", Source: s.source, Text: s.text, Cause: "invalid_request_parameter", Element: only.id, Ratio: code})
			return
		}
	}
}
