package evidence

import (
	"slices"
	"strings"
	"unicode"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

// spoken reads a sentence that says a value of the request and the name that it has there: "the htp protocol is not
// yet supported" for protocol=htp. A short value or a number must stand beside its name.
func (r *reader) spoken(s said, cl class) bool {
	n := r.named(s.text)
	if n < 0 {
		return false
	}
	i := s.issue(ofValue(cl), likely)
	i.value = r.ix.entries[n].value()
	r.addFound(i, []int{n})
	return true
}

// named returns the one element outside of the path whose name and value are both words of a sentence; -1 for none.
func (r *reader) named(text string) int {
	words := wordsOf(short(text))
	found := r.ix.sole(func(e *entry) bool {
		return e.el != nil && !e.el.Default && !e.el.Secret && e.place != anywhere && e.place != inPath && len(e.segs) > 0 && e.besideIn(words)
	})
	if found >= 0 && r.others(found, words) {
		return -1
	}
	return found
}

// others reports that words hold the value of another entry, too, and that of this one not beside its name: either may be
// meant.
func (r *reader) others(n int, words []string) bool {
	this := &r.ix.entries[n]
	name := nameWords(this.segs[len(this.segs)-1])
	for at, w := range words {
		if w == this.value() && (at > 0 && slices.Contains(name, fold(words[at-1])) || at+1 < len(words) && slices.Contains(name, fold(words[at+1]))) {
			return false
		}
	}
	for i := range r.ix.entries {
		if e := &r.ix.entries[i]; i != n && e.ofData() && len(e.value()) >= minEcho && e.value() != this.value() && slices.Contains(words, e.value()) {
			return true
		}
	}
	return false
}

// besideIn reports whether words hold the value of an entry and a word of its name: side by side, or anywhere when the
// value is long enough to be nothing else.
func (e *entry) besideIn(words []string) bool {
	v := e.value()
	if v == "" || v == "true" || v == "false" || v == "null" || strings.ContainsAny(v, " \t\n") {
		return false
	}
	telling := len(v) >= minEcho && strings.ContainsFunc(v, unicode.IsLetter)
	name := nameWords(e.segs[len(e.segs)-1])
	for at, w := range words {
		if w != v {
			continue
		}
		for n, other := range words {
			if n != at && (telling || n == at-1 || n == at+1) && slices.Contains(name, strings.TrimPrefix(fold(other), "$")) {
				return true
			}
		}
	}
	return false
}

// wordsOf parts a sentence into words; points, dashes and the like within one stay.
func wordsOf(text string) []string {
	words := strings.FieldsFunc(text, func(c rune) bool { return unicode.IsSpace(c) || strings.ContainsRune("'\"\x60()[]{},;:=<>!?", c) })
	for i, w := range words {
		words[i] = strings.TrimRight(w, ".")
	}
	return words
}

// nameWords are the words of a name and the name itself, folded: X-Tenant-Id gives tenant and xtenantid.
func nameWords(name string) []string {
	out := []string{fold(name)}
	start := 0
	cut := func(to int) {
		if w := strings.ToLower(name[start:to]); len(w) > 2 && !stopWord(w) {
			out = append(out, w)
		}
	}
	for i := range len(name) {
		switch c := name[i]; {
		case c == '_' || c == '-' || c == '.':
			cut(i)
			start = i + 1
		case c >= 'A' && c <= 'Z' && i > start && (name[i-1] < 'A' || name[i-1] > 'Z'):
			cut(i)
			start = i
		}
	}
	if start < len(name) {
		cut(len(name))
	}
	return out
}

// absentRE are words for a thing that the server does not have.
var absentRE = lazyre.New(`(?i)\b(?:is |was |be )?not found\b|\bno such\b|\b(?:does not|doesn't) exist\b`)

// absent reads a sentence that says a value of the body or the query and that there is no such thing: "Stream pulse
// under account 1 not found". RFC 9110 has 404 for what the URL names; APIs that call by POST say it with 400.
func (r *reader) absent(s said) bool {
	if st := r.resp.Status; st != 400 && st != 409 && st != 422 || !strings.Contains(strings.ToLower(short(s.text)), "not found") || strings.Contains(s.text, "not found in enum") {
		return false
	}
	n := r.named(s.text)
	if n < 0 {
		for _, w := range wordsOf(short(s.text)) {
			if found := r.ix.byValue(w, anywhere); len(found) == 1 && r.ix.entries[found[0]].place != inPath && !isNumber(w) && !stopWord(w) {
				n = found[0]
				break
			}
		}
	}
	if n < 0 {
		return false
	}
	r.add(diagnose.Evidence{Kind: "echo", Source: s.source, Text: s.text, Cause: "resource_not_found", Element: r.ix.entries[n].id, Ratio: likely})
	return true
}
