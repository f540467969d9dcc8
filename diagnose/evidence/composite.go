package evidence

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

// part reads a sentence that repeats two parts of one value: "VCPU expected positive integer amount. Got: x" for
// resources=VCPU:x.
func (r *reader) part(s said) bool {
	words := wordsOf(short(s.text))
	hit := r.ix.sole(func(e *entry) bool {
		if !e.ofData() || strings.ContainsAny(e.value(), " {[") {
			return false
		}
		parts := strings.FieldsFunc(e.value(), func(c rune) bool { return strings.ContainsRune(":,;|=", c) })
		if !slices.ContainsFunc(parts, func(p string) bool { return len(p) >= minEcho }) {
			return false
		}
		said := 0
		for _, p := range parts {
			if slices.Contains(words, p) {
				said++
			}
		}
		return said >= 2
	})
	if hit < 0 {
		return false
	}
	r.addFound(issue{text: s.text, class: wrongValue, source: s.source, ratio: likely, expected: expectedType(s.text)}, []int{hit})
	return true
}

// phrase returns the one element whose name of three words or more a sentence says in a row: "parent provider UUID"
// for parent_provider_uuid.
func (r *reader) phrase(words []string) []int {
	const least, most = 3, 5
	name := ""
	for n, w := range words[:min(len(words), most)] {
		name += fold(strings.Trim(w, "./-"))
		if n+1 < least {
			continue
		}
		if hits := r.ix.resolve([]string{name}, anywhere); len(hits) == 1 {
			return hits
		}
	}
	return nil
}

// noSuchRE ends a sentence with the name of what is not known.
var noSuchRE = lazyre.New(`(?i)\b(?:no such|unknown|unrecogni[sz]ed|undefined|unsupported|invalid (?:operator|function|option|clause))(?: [\w-]+){0,3}:? ["'\x60]?([A-Za-z_$][\w-]{1,60})["'\x60]?\.?\s*$`)

// unknownRE has it in brackets.
var unknownRE = lazyre.New(`(?i)\b(?:no such|unknown|unrecogni[sz]ed|undefined|unsupported) (?:[\w-]+ ){0,3}\[([A-Za-z_$][\w.-]{0,60})\]`)

// keyed reads a complaint about a name that stands as the key of a map: "No such resource class VCPUS".
func (r *reader) keyed(s said) bool {
	m := noSuchRE.FindStringSubmatch(short(s.text))
	if m == nil {
		m = unknownRE.FindStringSubmatch(short(s.text))
	}
	if m == nil || r.resp.Status != 400 && r.resp.Status != 422 {
		return false
	}
	hit := -1
	for i := range r.ix.entries {
		e := &r.ix.entries[i]
		switch {
		case e.el == nil || e.place != inBody:
		case e.value() == m[1] || lastOf(e.segs) == m[1] && hit >= 0:
			return false // it may be either
		case lastOf(e.segs) == m[1]:
			hit = i
		}
	}
	if hit < 0 {
		return false
	}
	i := issue{text: s.text, class: unexpected, source: s.source, ratio: likely}
	if len(strings.Fields(m[0])) == 2 && !r.ix.entries[hit].container() {
		i.class = wrongValue // "Unknown topic" is about the topic that was sent, "unknown field topic" about its name
	}
	r.addFound(i, []int{hit})
	return true
}

// worded reads a sentence that says the name of an element in three words or more.
func (r *reader) worded(s said, cl class) bool {
	words := strings.FieldsFunc(strings.ToLower(short(s.text)), func(c rune) bool { return !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_') })
	if cl == unclear || cl == missing || cl == blank || len(words) > 60 { // no sentence has as many
		return false
	}
	for n := range words {
		if hits := r.phrase(words[n:]); len(hits) > 0 {
			r.addFound(s.issue(cl, likely), hits)
			return true
		}
	}
	return false
}

// ofPathRE is a thing that a sentence calls invalid without saying where it stands.
var ofPathRE = lazyre.New(`(?i)\b(?:the |an? )?([a-z]\w{2,30}) (?:is invalid|is not valid|is malformed)\b|\binvalid ([a-z]\w{2,30})\b`)

// enclosed is what a text has in quotes, brackets or parentheses.
func enclosed(text string) []string {
	out := append(quotedTokens(short(text)), inBrackets(text)...)
	for _, m := range parenRE.FindAllStringSubmatch(short(text), 8) {
		out = append(out, m[1])
	}
	return out
}

var parenRE = lazyre.New(`\(([^()\n]{1,80})\)`)

// ofPath reads a complaint about a thing whose collection the path names right before it: "The trait is invalid" for
// /traits/custom_fast. A request with such a member means that one.
func (r *reader) ofPath(s said) bool {
	if st := r.resp.Status; st != 400 && st != 422 {
		return false
	}
	m := ofPathRE.FindStringSubmatch(short(s.text))
	if m == nil || len(r.ix.exact([]string{m[1] + m[2]}, anywhere)) > 0 {
		return false
	}
	for _, tok := range enclosed(s.text) {
		if len(r.ix.only(tok)) == 1 {
			return false // that one is meant
		}
	}
	thing, next := fold(m[1]+m[2]), false
	for i := range r.els {
		e := &r.els[i]
		if !e.ID.IsSegment() {
			continue
		}
		if next && e.Text != "" {
			r.add(diagnose.Evidence{Kind: "text", Source: s.source, Text: s.text, Cause: "invalid_request_parameter", Element: e.ID, Ratio: likely})
			return true
		}
		f := fold(e.Text)
		next = f == thing+"s" || f == thing+"es" || strings.HasSuffix(thing, "y") && f == strings.TrimSuffix(thing, "y")+"ies"
	}
	return false
}
