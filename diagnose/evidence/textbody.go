package evidence

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

// A body that is one text, a query or a script, has no members that a complaint could name: it names a word of it.

var (
	// lastNamed is what stands at the end of a complaint behind a colon: "field not found: langs".
	lastNamed = lazyre.New(`: ["'\x60]?([A-Za-z_][\w.]{1,60})["'\x60]?[.\s]*$`)
	// unknownName is said of a name that a text uses and that means nothing there.
	unknownName = lazyre.New(`(?i)\b(?:unknown|undefined|unrecogni[sz]ed|no such|invalid)\b(?: \w+){0,2} (?:identifier|column|field|table|function|name|label|metric|measurement|property|attribute|keyword)\b|\b(?:unknown|undefined|no such) (?:expression )?\w+:? ["'\x60]`)
)

// longestText bounds the bodies, in bytes, whose words are looked for in an answer: nobody writes longer ones by hand.
const longestText = 64 << 10

// textBody reads a complaint that names a word of a body of text, and of nothing else that was sent.
func (r *reader) textBody(s said) bool {
	if !r.ix.opaque || r.resp.Status == 401 || r.resp.Status == 403 || len(r.sentBody()) > longestText {
		return false
	}
	text := s.text[:min(len(s.text), maxProse)]
	words := wordsOf(r.sentBody())
	if len(words) < 2 {
		return false
	}
	named := quotedTokens(text)
	for _, m := range foundWord.FindAllStringSubmatch(text, 4) {
		named = append(named, m[1]+m[2]+m[3]+m[4]+m[5])
	}
	if m := lastNamed.FindStringSubmatch(text); m != nil {
		named = append(named, m[1])
	}
	for _, w := range named {
		if len(w) < 2 || !slices.Contains(words, w) || len(r.ix.said(w)) > 0 || len(r.ix.byValue(w, anywhere)) > 0 {
			continue
		}
		e := diagnose.Evidence{Kind: "echo", Source: s.source, Text: s.text, Cause: "malformed_request_body", Element: "body", Ratio: likely, Allowed: proposed(text, w)}
		switch {
		case unknownName.MatchString(text):
			e.Cause = "invalid_body_property_value"
		case absentRE.MatchString(short(text)):
			e.Cause = "resource_not_found"
		}
		r.add(e)
		return true
	}
	return false
}

// proposed are the words that a complaint has for the one it names: "Maybe you meant: ['title']", "Expected one of: FROM".
func proposed(text, named string) []string {
	m := proposesRE.FindStringSubmatchIndex(text)
	if m == nil {
		return nil
	}
	rest := text[m[1]:]
	if i := strings.IndexAny(rest, ".;\n"); i >= 0 {
		rest = rest[:i]
	}
	var out []string
	for _, w := range wordsOf(rest) {
		if w != "" && w != named && !stopWord(strings.ToLower(w)) && len(out) < maxProposed {
			out = append(out, w)
		}
	}
	return out
}

// maxProposed is how many words a complaint may propose: parsers list all that could stand there.
const maxProposed = 40

var proposesRE = lazyre.New(`(?i)\b(?:did you mean|maybe you meant|perhaps you meant|you mean|expected one of|expecting one of|expected|candidates are|similar \w+ (?:are|is))\b:?`)
