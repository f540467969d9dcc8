package evidence

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// echoes looks for values and names of the request in a sentence that no rule could read.
func (r *reader) echoes(s said) {
	if i := strings.LastIndex(strings.TrimSpace(s.text), "\n\n"); i > 0 {
		s.text = strings.TrimSpace(s.text[i:]) // after what is said of every refusal
	}
	before, own := len(r.out), s.text
	s.text = r.plain(own)
	defer func() { r.quoted(before, s.text, own) }()
	text := s.text[:min(len(s.text), maxProse)]
	lower := strings.ToLower(text)
	class := classOfText(text)
	if repeats(lower) || r.textBody(s) {
		return
	}
	if r.resp.Status == 404 {
		if m := ownHeaderRE.FindString(short(s.text)); r.within(s) || m != "" && r.sentHeader(m) != "" && r.ownHeader(s, class) {
			return
		}
		r.notFound(s)
		r.lost(s)
		return
	}
	if r.markup(s, class) || r.prefixed(s, class) || r.within(s) || r.lacks(s, class) {
		return
	}
	if r.part(s) || r.keyed(s) || r.worded(s, class) || r.coded(s) || r.resp.Status != 401 && r.spoken(s, class) {
		return
	}
	cut := said{s.source, text}
	if r.token(cut, class) {
		return
	}
	if found := r.ix.only(atAnEnd(text, class)); len(found) == 1 && r.resp.Status < 500 && r.resp.Status != 401 {
		i := cut.issue(class, code)
		if class == unclear || class == syntax {
			i.class = wrongValue
		}
		r.addFound(i, found)
		return
	}
	if n := r.fieldValue(text, class); n >= 0 {
		i := cut.issue(wrongValue, code)
		if strings.Contains(fold(lastOf(r.ix.entries[n].segs)), "version") {
			i.cause = "wrong_api_version"
		}
		r.addFound(i, []int{n})
		return
	}
	if r.resp.Status >= 500 || r.resp.Status == 401 || r.ownHeader(s, class) || r.doc.html && len(r.doc.prose()) > shortPage {
		return
	}
	if n := r.repeatedOnce(text); n >= 0 {
		r.addFound(cut.issue(ofValue(class), code), []int{n})
		return
	}
	if r.pathEnd(text) || r.lastWord(s, class) {
		return
	}
	if n := r.thing(s.text); n >= 0 && absentRE.MatchString(short(s.text)) {
		r.add(diagnose.Evidence{Kind: "echo", Source: s.source, Text: s.text, Cause: "resource_not_found", Element: r.ix.entries[n].id, Ratio: code})
		return
	}
	r.bareNames(s, lower, class)
}

// token reads a value or a name of the request that stands in quotes, or is all that the sentence says.
func (r *reader) token(s said, cl class) bool {
	for _, tok := range append(quotedTokens(s.text), oneWord(s.text)...) {
		if found := r.ix.byValue(tok, anywhere); len(found) == 1 && (r.resp.Status != 401 && r.resp.Status != 403 || r.ix.entries[found[0]].place != inPath) {
			i := s.issue(cl, code)
			if i.value = tok; cl != syntax {
				i.class = ofValue(cl)
			}
			r.addFound(i, found)
			return true
		}
		if found := r.which(r.ix.said(tok)); len(found) > 0 && len(found) <= maxShared && len(tok) > 1 {
			i := s.issue(cl, echo)
			if len(found) == 1 && calledElement(s.text, tok) {
				i.ratio = likely
			}
			r.addFound(i, r.narrow(found, i))
			return true
		}
	}
	return false
}

// pathEnd reads a refusal that quotes the last part of the path with its slash: what stands there does not fit. All of the
// path says only which request it is about.
func (r *reader) pathEnd(text string) bool {
	if st := r.resp.Status; st != 400 && st != 422 {
		return false
	}
	u, _, _ := strings.Cut(r.x.Request.URL, "?")
	_, rest, _ := strings.Cut(u, "://")
	_, path, _ := strings.Cut(rest, "/")
	for _, tok := range quotedTokens(text) {
		if len(tok) < minEcho || strings.LastIndexByte(tok, '/') != 0 || !strings.HasSuffix(path, tok) {
			continue
		}
		if e := r.ix.segment(tok[1:]); e != nil {
			r.add(diagnose.Evidence{Kind: "echo", Source: "body", Text: text, Cause: "invalid_request_parameter", Element: e.id, Ratio: code})
			return true
		}
	}
	return false
}

// lastWord reads a short refusal whose last word is that of one field of the header that an API has for itself, and of
// nothing else that was sent: "unknown event", with X-Shop-Event.
func (r *reader) lastWord(s said, cl class) bool {
	words := strings.Fields(strings.TrimRight(afterCode(s.text), ".! \n"))
	if len(words) < 2 || len(words) > 4 || cl == missing || cl == blank || !refusedRE.MatchString(words[0]) {
		return false
	}
	last := strings.ToLower(words[len(words)-1])
	if len(last) < minEcho || stopWord(last) {
		return false // an "id" may be anything, that in the path first
	}
	hit, n := -1, 0
	for i := range r.ix.entries {
		e := &r.ix.entries[i]
		if e.el == nil || e.el.Default || len(e.segs) == 0 {
			continue
		}
		if strings.HasSuffix(strings.ToLower(lastOf(e.segs)), last) {
			hit, n = i, n+1
		}
	}
	if n != 1 || r.ix.entries[hit].place != inHeader || r.ix.entries[hit].el.Secret || !strings.HasSuffix(strings.ToLower(r.ix.entries[hit].segs[0]), "-"+last) || !ofAPI(r.ix.entries[hit].segs[0]) {
		return false
	}
	if habit.Of(last).Moment() && r.ix.holdsMoment() {
		return false // "Invalid date" may be said of any that was sent
	}
	r.addFound(issue{text: s.text, class: wrongValue, source: s.source, ratio: code, allowed: allowedValues(s.text)}, []int{hit})
	return true
}

// holdsMoment reports a value of the data that is a date or a time, by its name or by its look.
func (ix *index) holdsMoment() bool {
	return slices.ContainsFunc(ix.entries, func(e entry) bool {
		if !e.ofData() || len(e.segs) == 0 {
			return false
		}
		return momentRE.MatchString(e.value()) || habit.Of(lastOf(e.segs)).Moment()
	})
}

// momentRE is a date or a time of day, also one that no calendar has.
var momentRE = lazyre.New(`^\d{4}-\d{1,2}-\d{1,2}|^\d{1,2}[./]\d{1,2}[./]\d{2,4}|^\d{1,2}:\d{2}`)

// refusedRE are words for a value that is not known or not liked.
var refusedRE = lazyre.New(`(?i)^(?:unknown|invalid|unsupported|unrecogni[sz]ed|unexpected|bad|wrong|illegal|mismatched|mismatching|conflicting|stale)$`)

// afterCode is a sentence without the code that it begins with: "ERR_MISMATCHED_OFFSET: mismatched offset".
func afterCode(s string) string {
	if code, rest, ok := strings.Cut(s, ": "); ok && !strings.ContainsAny(code, " \t\n") && strings.ToUpper(code) == code {
		return rest
	}
	return s
}

// ofAPI reports a field of the header that an API or a protocol of its own has: X-Shop-Event, Upload-Offset. Those of HTTP,
// of browsers and of proxies (RFC 9110, Fetch, RFC 7239) are none.
func ofAPI(name string) bool {
	first, _, dashed := strings.Cut(strings.ToLower(name), "-")
	return ownField.MatchString(name) || dashed && !slices.Contains([]string{"accept", "access", "alt", "cache", "clear", "content", "cross", "device", "early", "forwarded", "if", "keep", "last", "max",
		"priority", "proxy", "retry", "save", "sec", "set", "strict", "transfer", "user", "www"}, first)
}

// ownHeaderRE is a name that only fields of a header have: X-Tenant-Id.
var ownHeaderRE = lazyre.New(`\b[Xx]-[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*\b`)

// dashedHeaderRE is a name with dashes that a sentence calls a header: missing or invalid Upload-Length header.
var dashedHeaderRE = lazyre.New(`\b([A-Z][A-Za-z0-9]*(?:-[A-Z][A-Za-z0-9]*)+) (?:request )?header\b`)

// answerField reports a field that only answers have (RFC 9110 §10.2, §11.6; RFC 6265 §4.1), and one that every client sets
// by itself.
func answerField(name string) bool {
	switch strings.ToLower(name) {
	case "retry-after", "set-cookie", "www-authenticate", "proxy-authenticate", "last-modified", "content-length", "transfer-encoding":
		return true
	}
	return false
}

// ownHeader reads a sentence with the name of one such field in it: it lacks where the request does not have it.
func (r *reader) ownHeader(s said, cl class) bool {
	names := ownHeaderRE.FindAllString(short(s.text), 3)
	if m := dashedHeaderRE.FindStringSubmatch(short(s.text)); len(names) == 0 && m != nil && (cl == missing || r.sentHeader(m[1]) != "") && !answerField(m[1]) {
		names = m[1:]
	}
	if len(names) == 0 || slices.ContainsFunc(names, func(n string) bool { return !strings.EqualFold(n, names[0]) }) {
		return false
	}
	i := issue{segs: []string{names[0]}, place: inHeader, text: s.text, class: cl, source: s.source, ratio: likely, allowed: allowedValues(s.text)}
	if len(r.ix.resolve(i.segs, inHeader)) == 0 {
		i.class = missing
	} else if cl == missing || cl == unclear || cl == syntax {
		i.class = wrongValue
	}
	r.settle(i)
	return true
}

// repeats reports a text that writes the request down, as stubs do that found none like it: its names are no complaint.
func repeats(lower string) bool {
	n := 0
	for _, field := range []string{"accept", "content-type", "host", "user-agent", "content-length"} {
		if strings.Contains(lower, `"`+field+`"`) || strings.Contains(lower, "\n"+field+":") || strings.Contains(lower, "'"+field+"'") {
			n++
		}
	}
	return n > 2
}

// bareNames finds a name of the request that stands unquoted in a short sentence.
func (r *reader) bareNames(s said, lower string, class class) {
	if len(lower) > 300 {
		return
	}
	words := strings.FieldsFunc(lower, func(c rune) bool {
		return !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.' || c == '$' || c == '[' || c == ']' || c == '/')
	})
	found := map[diagnose.ElementID]int{}
	for n, w := range words {
		w = strings.Trim(w, "./-")
		if strings.HasPrefix(w, "$") && len(r.ix.exact([]string{w}, anywhere)) == 0 {
			continue // a symbol of a parser, and no name
		}
		first := n == 0 || n == 2 && words[1] == "and" // where a sentence says what it is about
		if len(w) < 2 || stopWord(w) && (class != together && !first || len(r.ix.exact([]string{w}, anywhere)) != 1) {
			continue
		}
		hits := r.ix.resolve(splitPath(w), anywhere)
		if len(hits) == 0 && n+1 < len(words) {
			hits = r.ix.resolve([]string{w + strings.Trim(words[n+1], ".")}, anywhere)
		}
		if len(hits) == 1 {
			found[r.ix.entries[hits[0]].id] = hits[0]
		}
	}
	r.unfit(found, expectedType(s.text))
	if len(found) == 0 && class != unclear && class != missing && class != blank {
		r.plainWord(s, words, class)
		return
	}
	if len(found) == 0 || len(found) > maxShared {
		return
	}
	if class == unclear {
		if len(found) == 1 && r.ruleOfTwo(s, found, words) {
			return
		}
		r.mentioned(s, found)
		return
	}
	for i := range r.ix.entries {
		if n, ok := found[r.ix.entries[i].id]; ok && n == i {
			ratio := echo / float64(len(found))
			if r.subject(i, words) || class == together && len(found) == 2 {
				ratio = code
			}
			r.addFound(s.issue(class, ratio), []int{i})
		}
	}
}

// plainWord reads a short refusal in which no name of the request stands but one that is a word of any sentence, too: value,
// key. It says where to look first.
func (r *reader) plainWord(s said, words []string, class class) {
	hit := -1
	for _, w := range words {
		for _, n := range r.ix.exact([]string{w}, anywhere) {
			if e := &r.ix.entries[n]; (e.place == inBody || e.place == inQuery) && !e.container() && hit < 0 {
				hit = n
			}
		}
	}
	if hit >= 0 && len(s.text) <= maxText/2 {
		r.addFound(s.issue(class, 2*hint), []int{hit})
	}
}

// unfit drops, of several names that a sentence gives one type, those whose value is a number as it asks for.
func (r *reader) unfit(found map[diagnose.ElementID]int, expected string) {
	if len(found) < 2 || expected != "integer" && expected != "number" {
		return
	}
	for id, n := range found {
		if isNumber(r.ix.entries[n].value()) {
			delete(found, id)
		}
	}
}

// ruleOfTwo reads a short sentence that has the name of one element and the value of another in it: "Worn copies cannot be
// sold as signed." Both by chance is unlikely: it is a rule about the two of them.
func (r *reader) ruleOfTwo(s said, found map[diagnose.ElementID]int, words []string) bool {
	if st := r.resp.Status; st != 400 && st != 409 && st != 422 || len(s.text) > maxText/2 || stateRE.MatchString(s.text) {
		return false
	}
	name, value := -1, -1
	for _, n := range found {
		name = n
	}
	for n := range r.ix.entries {
		e := &r.ix.entries[n]
		if v := strings.ToLower(e.value()); n == name || e.place != inBody && e.place != inQuery || len(v) < minEcho || !slices.Contains(words, v) || stopWord(v) {
			continue
		}
		if value >= 0 {
			return false
		}
		value = n
	}
	if value < 0 || r.ix.entries[name].place != r.ix.entries[value].place {
		return false
	}
	for _, n := range []int{name, value} {
		r.addFound(issue{text: s.text, class: together, source: s.source, ratio: code}, []int{n})
	}
	return true
}

// stateRE is a sentence about how things stand, which is no rule about what was sent: "Customer has no account yet".
var stateRE = lazyre.New(`(?i)\b(?:yet|already|no longer|(?:has|have|had) (?:no|not|been|never)|(?:was|were|does|do|did)(?: not|n't)|there (?:is|are) no)\b`)

// mentioned is for a short sentence in a company's own words, which has one name of the data in it and says nothing that
// is known: "That tier is not on offer." It says where to look first, and proves nothing.
func (r *reader) mentioned(s said, found map[diagnose.ElementID]int) {
	if st := r.resp.Status; st != 400 && st != 422 || len(found) != 1 || len(s.text) > maxText/2 {
		return
	}
	for _, n := range found {
		if e := &r.ix.entries[n]; e.place == inBody || e.place == inQuery {
			ratio := 1.0 // nothing but a word to look at first
			if m := aboutRE.FindStringSubmatch(s.text); m != nil && fold(m[1]) == fold(lastOf(e.segs)) {
				ratio = hint
			}
			r.addFound(issue{text: s.text, class: wrongValue, source: s.source, ratio: ratio}, []int{n})
		}
	}
}

// aboutRE is a sentence that is about one thing and says what that is not: That tier is not on offer.
var aboutRE = lazyre.New(`(?i)^(?:sorry,? )?(?:that |this |the |your |our )?["'\x60]?([A-Za-z_][\w-]*)["'\x60]? (?:is|are|was|were|isn't|aren't|cannot|can't|doesn't|don't|does|do|has|have) (?:not |n't |no |un)?`)

// quotedTokens returns what stands in quotes or backticks, at most 20.
func quotedTokens(s string) []string {
	var out []string
	for i := 0; i < len(s) && len(out) < 20; i++ {
		q := s[i]
		if q != '"' && q != '\'' && q != '\x60' || q == '\'' && i > 0 && isWordByte(s[i-1]) {
			continue
		}
		end := strings.IndexByte(s[i+1:], q)
		if end < 0 {
			continue
		}
		if end > 0 && end <= maxPath {
			out = append(out, s[i+1:i+1+end])
		}
		i += end + 1
	}
	return out
}

// atAnEnd is what stands behind the colon at the end of a sentence, "invalid sorting option: name", or the number that it
// begins with, "21 is greater than the maximum of 13": the value that is meant. What is missing is a name instead.
func atAnEnd(text string, cl class) string {
	m := endRE.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil || cl == missing || cl == blank {
		return ""
	}
	return m[1] + m[2]
}

var endRE = lazyre.New(`^[A-Za-z][\w ,'-]{3,80}: ([^\s:,;'"]+?)\.?$|^(-?\d[\d.]{2,}|-?\d+) (?:is|was|does) `)

// calledElement reports that a sentence says of a quoted name what it is: parameter "limit", the 'price' attribute.
func calledElement(text, name string) bool {
	at := strings.Index(text, name)
	if at < 1 || at+len(name) >= len(text) || isWordByte(text[at-1]) {
		return false
	}
	return elementBefore.MatchString(text[:at-1]) || elementAfter.MatchString(text[at+len(name)+1:])
}

var (
	elementBefore = lazyre.New(`(?i)\b(?:parameter|attribute|property|field|header|argument|column|member|setting) $`)
	elementAfter  = lazyre.New(`(?i)^ (?:parameter|attribute|property|field|header|argument|column|member|setting)\b`)
)

// only returns the one member or parameter whose value is v, however short; nil where there is none or are several.
func (ix *index) only(v string) []int {
	var found []int
	for i := range ix.entries {
		if e := &ix.entries[i]; v != "" && e.el != nil && !e.el.Default && (e.place == inBody || e.place == inQuery) && e.value() == v {
			found = append(found, i)
		}
	}
	if len(found) > 1 {
		return nil
	}
	return found
}

// said returns the elements whose name a token is, as it is or as a path.
func (ix *index) said(tok string) []int {
	if found := ix.resolve(splitPath(tok), anywhere); len(found) > 0 || !strings.HasPrefix(tok, "$") {
		return found
	}
	return ix.resolve([]string{tok}, anywhere)
}

// minEcho is the shortest value that is recognised by itself (Schemathesis' rule).
const minEcho = 4

// byValue returns the elements whose value is v, when it is long enough to mean something and one element
// has it.
func (ix *index) byValue(v string, p place) []int {
	if len(v) < minEcho || v == "true" || v == "false" || v == "null" {
		return nil
	}
	var found []int
	for i := range ix.entries {
		e := &ix.entries[i]
		if e.el == nil || e.el.Default || e.place == anywhere || e.id == "url.path" || p != anywhere && e.place != p {
			continue
		}
		if e.value() == v || e.el.Text == v {
			found = append(found, i)
		}
	}
	if len(found) > 1 {
		return nil
	}
	return found
}
