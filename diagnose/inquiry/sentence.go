package inquiry

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"culprit/diagnose"
	"culprit/diagnose/element"
)

// This file writes the sentence of a verdict: what is wrong with what, and what was seen to decide it. It holds no
// value of a credential: what a sentence says turns up in many places.

// longValue is the number of characters from which a value is no longer part of a sentence.
const longValue = 48

// found is a verdict by experiment: each culprit with what is wrong with it, then what the request does with it and
// without it.
func (f *failure) found(culprits []diagnose.Culprit, edits []diagnose.Edit) string {
	if culprits[0].Cause == "interacting_parameters" {
		var names []string
		for _, c := range culprits {
			names = append(names, element.InWords(c.Element))
		}
		return capital(meant(culprits[0].Cause, strings.Join(names, " and "))) + ": " + f.together(edits) + "."
	}
	if len(culprits) > 1 && culprits[0].Cause == "request_header_too_large" {
		return "The header has more, or longer, fields than the server takes: " + f.together(edits) + "."
	}
	if e := edits[0]; len(edits) == 1 && e.Op == diagnose.Rename && strings.HasPrefix(string(culprits[0].Cause), "missing_") {
		if to, ok := e.To.(string); ok {
			return capital(meant(culprits[0].Cause, element.InWords(e.Element.Beside(to)))) + ": " + f.bothWays(culprits[0].Cause, e) + "."
		}
	}
	var wrong []string
	for _, c := range culprits {
		wrong = append(wrong, meant(c.Cause, element.InWords(c.Element)))
	}
	what := capital(strings.Join(wrong, "; "))
	switch {
	case len(edits) != 1:
		return what + ": " + f.together(edits) + "."
	case shownAs(edits[0]) != edits[0].Element || edits[0].Source == "transport":
		return what + ": as it is the request fails, " + f.with(edits[0]) + " it passes."
	case edits[0].Op == diagnose.Remove && culprits[0].Element != edits[0].Element && culprits[0].Element.Within(edits[0].Element):
		return what + ": as it is the request fails, without " + element.InWords(edits[0].Element) + " it passes."
	}
	ways := f.bothWays(culprits[0].Cause, edits[0])
	if check, ok := f.visible(culprits[0]); ok && (strings.HasSuffix(ways, withFix) || strings.HasSuffix(ways, withOther) || strings.HasSuffix(ways, withNew)) {
		return check + " " + capital(ways) + "." // no values to show: where it is wrong says more
	}
	return what + ": " + ways + "."
}

// What ends a sentence without values: they are too long for it, or they are credentials.
const (
	withFix   = "with the fix it passes"
	withOther = "with another one it passes"
	withNew   = "with a new one it passes"
)

// visible is what a static check says of the culprit, as a sentence.
func (f *failure) visible(c diagnose.Culprit) (string, bool) {
	for _, h := range f.scene.hits {
		if h.Element == c.Element && h.Cause == c.Cause && whole(h.Text) {
			return h.Text, true
		}
	}
	return "", false
}

// meant is what a cause says of an element in words, without capital and full stop.
func meant(cause diagnose.CauseID, it string) string {
	return strings.ReplaceAll(cause.Cause().Says, "{it}", it)
}

// bothWays is what the request does with the value that it has, and with the other one.
func (f *failure) bothWays(cause diagnose.CauseID, e diagnose.Edit) string {
	from, there := f.original.Get(e.Element)
	was, to := value(from.Text), value(element.Shown(e))
	hidden := f.hides(e)
	switch {
	case e.Op == diagnose.Add && !strings.Contains(cause.Cause().Says, "{it}"):
		return "as it is the request fails, " + f.with(e) + " it passes"
	case e.Op == diagnose.Add && (hidden || to == ""):
		return "without it the request fails, with it it passes"
	case e.Op == diagnose.Add:
		return "without it the request fails, with " + to + " it passes"
	case e.Op == diagnose.Remove && (hidden || was == "" || !there):
		return "as it is the request fails, without it it passes"
	case e.Op == diagnose.Remove:
		return "with " + was + " the request fails, without it it passes"
	case e.Op == diagnose.Rename && to != "" && strings.HasPrefix(string(cause), "missing_"):
		return "sent as " + e.Element.Last() + " the request fails, as " + to + " it passes"
	case e.Op == diagnose.Rename && to != "":
		return "under this name the request fails, as " + to + " it passes"
	case e.Op == diagnose.Move && to != "":
		return "where it is the request fails, moved to " + to + " it passes"
	case hidden && e.Source == renewal:
		return "as it is the request fails, " + withNew
	case hidden && e.Source == "baseline":
		return "as it is the request fails, " + withOther
	case hidden || was == "" || to == "" || !there:
		return "as it is the request fails, " + withFix
	}
	return "with " + was + " the request fails, with " + to + " it passes"
}

// together is what the request does as it is, and with several changes at once.
func (f *failure) together(edits []diagnose.Edit) string {
	var changes []string
	for _, e := range edits {
		if e.Source != follows {
			changes = append(changes, f.with(e))
		}
	}
	if len(changes) > 3 {
		return "as it is the request fails, with all of the fix it passes"
	}
	return "as it is the request fails, " + strings.Join(changes, " and ") + " it passes"
}

// with is one change behind a comma: "with 5 as the header X", "without the header X".
func (f *failure) with(e diagnose.Edit) string {
	it, to := element.InWords(e.Element), value(element.Shown(e))
	if f.hides(e) {
		to = ""
	}
	if phrase, ok := ways[e.Element]; ok && to != "" {
		return strings.ReplaceAll(phrase, "{to}", strings.Trim(to, "“”"))
	}
	switch {
	case e.Op == diagnose.Remove || e.Element == "proxy" && to == "direct":
		return "without " + it
	case e.Op == diagnose.Rename && to != "":
		return "with " + it + " renamed " + to
	case e.Op == diagnose.Move && to != "":
		return "with " + it + " moved to " + to
	case e.Op == diagnose.Add && to == "":
		return "with " + it
	case to == "":
		return "with " + it + " changed"
	}
	if path, ok := e.Element.In("body"); ok {
		return "with " + to + " in " + path
	}
	return "with " + to + " as " + it
}

// hides reports that an edit is about a credential, as the request has it or as it would.
func (f *failure) hides(e diagnose.Edit) bool {
	if have, ok := f.original.Get(e.Element); ok && have.Secret || e.Element == "auth" {
		return true
	}
	r, err := element.Apply(f.base, []diagnose.Edit{e})
	if err != nil {
		return true
	}
	will, ok := element.Of(r).Get(e.Element)
	return ok && will.Secret
}

// ways are the changes that are no value in the request but a way to send it.
var ways = map[diagnose.ElementID]string{
	"client": "with {to}", "place": "from {to}", "timeout": "with a time limit of {to}", "http_version": "over HTTP/{to}",
	"ip_family": "over IPv{to}", "url.scheme": "over {to}",
}

// value is a value as it stands in a sentence, in quotes where its ends would not be seen; "" when it is too long.
func value(text string) string {
	switch {
	case utf8.RuneCountInString(text) > longValue || strings.ContainsFunc(text, unicode.IsControl):
		return ""
	case text == "" || strings.ContainsFunc(text, unicode.IsSpace) && !strings.HasPrefix(text, `"`):
		return "“" + text + "”"
	}
	return text
}

// sentence is a verdict that the answer itself or a check gives: what it means, and what says so. A whole sentence
// about what is no part of the request says it all.
func sentence(cause diagnose.CauseID, id diagnose.ElementID, text string) string {
	what := meant(cause, element.InWords(id))
	switch {
	case what == "":
		return capital(text)
	case whole(text) && !strings.Contains(cause.Cause().Says, "{it}"):
		return text
	case text == "" || said(what, text):
		return capital(what) + "."
	}
	return capital(what) + ": " + continued(strings.TrimRight(text, ".")) + "."
}

// continued is a text as it goes on behind a colon: a word that is no name begins small.
func continued(text string) string {
	first, _, _ := strings.Cut(text, " ")
	switch first {
	case "The", "A", "An", "All", "Another", "It", "This", "There", "No", "Nothing":
		return strings.ToLower(text[:1]) + text[1:]
	}
	return text
}

// whole reports a text that begins and ends as a sentence and is more than a phrase.
func whole(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(r) && strings.HasSuffix(text, ".") && len(strings.Fields(text)) > 3
}

// said reports that a sentence holds nearly every word of a text already.
func said(sentence, text string) bool {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
	new := 0
	for _, w := range words {
		if len(w) > 3 && !strings.Contains(strings.ToLower(sentence), w) {
			new++
		}
	}
	return new == 0
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
