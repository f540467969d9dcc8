package evidence

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request/lazyre"
)

// notFound looks for an id of the URL in a 404: who repeats it knows the route and misses the resource.
func (r *reader) notFound(s said) {
	words := strings.FieldsFunc(s.text[:min(len(s.text), maxProse)], func(c rune) bool { return strings.ContainsRune(" \t\n'\"\x60()[]{}<>,;:=#?", c) })
	for _, tok := range quotedTokens(s.text[:min(len(s.text), maxProse)]) {
		if found := r.ix.byValue(tok, anywhere); len(found) == 1 && r.ix.entries[found[0]].place != inPath {
			r.add(diagnose.Evidence{Kind: "echo", Source: s.source, Text: s.text, Cause: "resource_not_found", Element: r.ix.entries[found[0]].id, Ratio: code})
			return
		}
	}
	if n := r.thing(s.text); n >= 0 {
		r.add(diagnose.Evidence{Kind: "echo", Source: s.source, Text: s.text, Cause: "resource_not_found", Element: r.ix.entries[n].id, Ratio: code})
		return
	}
	for _, tok := range append(quotedTokens(s.text[:min(len(s.text), maxProse)]), inBrackets(s.text)...) {
		if e := r.ix.segment(tok); e != nil {
			r.add(diagnose.Evidence{Kind: "echo", Source: s.source, Text: s.text, Cause: "resource_not_found", Element: e.id, Ratio: code})
			return
		}
	}
	if m := missesRE.FindStringSubmatch(short(s.text)); m != nil {
		if e := r.ix.segment(strings.TrimRight(m[1], ".")); e != nil {
			r.add(diagnose.Evidence{Kind: "echo", Source: s.source, Text: s.text, Cause: "resource_not_found", Element: e.id, Ratio: code})
			return
		}
	}
	if e := r.afterNoun(s.text); e != nil {
		r.add(diagnose.Evidence{Kind: "echo", Source: s.source, Text: s.text, Cause: "resource_not_found", Element: e.id, Ratio: code})
		return
	}
	e := r.memberIn(words)
	if e == nil {
		e = r.expressionWith(append(quotedTokens(short(s.text)), words...))
	}
	if e != nil {
		r.add(diagnose.Evidence{Kind: "echo", Source: s.source, Text: s.text, Cause: "resource_not_found", Element: e.id, Ratio: code})
		return
	}
	for i := range r.ix.entries {
		e := &r.ix.entries[i]
		if e.el == nil || e.id == "url.path" || e.place != inPath && e.place != inQuery || !strings.ContainsAny(e.value(), "0123456789") {
			continue
		}
		for _, w := range words {
			if w = strings.TrimRight(w, "."); (w == e.value() || len(w) > 0 && strings.ContainsAny(w, "0123456789") && holds(e.value(), w)) && !isVersion(w) {
				r.add(diagnose.Evidence{Kind: "echo", Source: s.source, Text: s.text, Cause: "resource_not_found", Element: e.id, Ratio: code})
				return
			}
		}
	}
}

// absentThingRE is a thing that is said not to be there, with no word about which.
var absentThingRE = lazyre.New(`(?i)^(?:error:? |404:? )*(?:the )?(?:requested )?([a-z]{3,20}) (?:is |was |could )?not (?:be )?found\W*$`)

// afterNoun is the segment behind the collection of what is said not to be there: "Project Not Found" is about the 7 of
// /projects/7/issues. nil where the path has no such collection, or nothing behind it.
func (r *reader) afterNoun(text string) *entry {
	m := absentThingRE.FindStringSubmatch(strings.TrimSpace(short(text)))
	if m == nil || slices.Contains([]string{"page", "resource", "route", "endpoint", "path", "file", "url"}, strings.ToLower(m[1])) {
		return nil
	}
	var found *entry
	next := false
	for i := range r.ix.entries {
		e := &r.ix.entries[i]
		if name := fold(lastOf(e.segs)); e.ofData() && (name == fold(m[1]) || name == fold(m[1])+"id") {
			return nil // it may be that one
		}
		if e.el == nil || !e.id.IsSegment() {
			continue
		}
		if next && e.value() != "" {
			found = e
		}
		next = singular(strings.ToLower(e.value())) == strings.ToLower(m[1])
	}
	return found
}

// missesRE is what is said not to be there, in front of where it was looked for: Could not find table Taks in application app1.
var missesRE = lazyre.New(`(?i)\b(?:find|no such|unknown) (?:an? |any |the )?[a-z]+ (?:named |called |with (?:the )?(?:id|name|key) )?([\w.-]{2,60}) (?:in|on|for|of|under|within)\b`)

// memberIn returns the only member of the body whose text is one of the words of a 404, as APIs that call procedures
// by POST answer: "no tour andes" for {"id": "andes"}. nil when the path has the word too.
func (r *reader) memberIn(words []string) *entry {
	var found *entry
	for i := range r.ix.entries {
		e := &r.ix.entries[i]
		if e.el == nil || e.place != inBody && !e.id.IsSegment() || len(e.value()) < minEcho || !slices.Contains(words, e.value()) {
			continue
		}
		if found != nil || e.place != inBody {
			return nil
		}
		found = e
	}
	return found
}

// expressionWith returns the one text of several words, a query as a rule, in which a word stands that a 404 says and that
// neither the path nor another sentence needs: "Keyspace not found: default:travl". nil for none and for several.
func (r *reader) expressionWith(words []string) *entry {
	hit := -1
	for _, w := range words {
		if w = strings.TrimRight(w, "."); len(w) < minEcho || everyday(strings.ToLower(w)) || stopWord(w) || r.inPath(singular(strings.ToLower(w))) {
			continue
		}
		for i := range r.ix.entries {
			e := &r.ix.entries[i]
			if !e.ofData() || !e.isText() || !statementRE.MatchString(e.value()) || !standsAlone(e.value(), w, false) {
				continue
			}
			if hit >= 0 && hit != i {
				return nil
			}
			hit = i
		}
	}
	if hit < 0 {
		return nil
	}
	return &r.ix.entries[hit]
}

// statementRE is a text of a language for queries, and none that people search for.
var statementRE = lazyre.New(`[=(){}*<>;]|(?i)\b(?:select|from|match|where|return|insert|update|delete)\b`)

// lost looks for the name of a parameter or member in a 404: "Invalid page.", "requested lease not found".
func (r *reader) lost(s said) {
	lower := strings.ToLower(s.text)
	if len(lower) > 120 || strings.TrimSpace(lower) == "404 page not found" { // Go's net/http: there is no such path
		return
	}
	if own := strings.ToLower(strings.TrimSuffix(element.SplitURL(r.x.Request.URL).Path, "/")); own != "" {
		lower = strings.ReplaceAll(lower, own, " ") // repeated, and no name of anything else
	}
	path := unrouted.MatchString(s.text) // and no member of that name, unless its value is told, too
	words := strings.FieldsFunc(lower, func(c rune) bool { return !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_') })
	if before, ok := strings.CutSuffix(strings.TrimSpace(lower), "_not_found"); ok && len(words) == 1 {
		words = append(words, before) // a code of the API's own: CHANNEL_NOT_FOUND
	}
	for i := range r.ix.entries {
		e := &r.ix.entries[i]
		if path && (len(e.value()) < minEcho || !strings.Contains(s.text, e.value())) {
			continue
		}
		if e.el == nil || len(e.segs) == 0 || e.place != inQuery && e.place != inBody || len(e.folds[len(e.folds)-1]) < 3 {
			continue
		}
		for _, w := range words {
			if fold(w) != e.folds[len(e.folds)-1] || stopWord(w) {
				continue
			}
			cause := diagnose.CauseID("resource_not_found")
			if e.place == inQuery && (strings.Contains(lower, "invalid") || strings.Contains(lower, "unknown") || strings.Contains(lower, "unsupported")) {
				cause = "invalid_request_parameter"
			}
			r.add(diagnose.Evidence{Kind: "echo", Source: s.source, Text: s.text, Cause: cause, Element: e.id, Ratio: code})
			return
		}
	}
}

// isVersion reports whether a path segment is a version: v1, v2.3.
func isVersion(s string) bool {
	return len(s) > 1 && (s[0] == 'v' || s[0] == 'V') && strings.Trim(s[1:], "0123456789.") == ""
}

// bracketRE is a name in brackets, as Lucene's relatives write it.
var bracketRE = lazyre.New(`\[([A-Za-z_][\w.-]{1,60})\]`)

// inBrackets are the names that a text has in brackets, at most 8.
func inBrackets(text string) []string {
	var out []string
	for _, m := range bracketRE.FindAllStringSubmatch(short(text), 8) {
		out = append(out, m[1])
	}
	return out
}

// segment returns the one segment of the path that a name is, letter by letter; nil for a version or for several.
func (ix *index) segment(name string) *entry {
	var found *entry
	for i := range ix.entries {
		e := &ix.entries[i]
		if e.el == nil || e.place != inPath || e.id == "url.path" || e.value() != name || isVersion(name) {
			continue
		}
		if found != nil {
			return nil
		}
		found = e
	}
	return found
}
