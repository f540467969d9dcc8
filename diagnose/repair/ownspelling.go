package repair

import (
	"slices"
	"strings"
	"unicode"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// asksFor are the words in which servers ask for what is absent.
var asksFor = lazyre.New(`(?i)\b(?:required|missing|not (?:present|provided|specified|set|found))\b|must be (?:present|provided|specified|set)|can't be blank`)

// respelt is the name of a member as a sentence spells it that asks for it although it is there: names are told apart by their
// capitals and joints (RFC 8259 §4 compares them as they are). "" where it is spelled so, is empty, or nothing is asked for.
func (g *generator) respelt(text string, el diagnose.Element) string {
	if !el.ID.Is("body") || el.Text == `""` || el.Text == "null" || el.Text == "" || el.ID.IsItem() || !asksFor.MatchString(text) {
		return ""
	}
	name := el.ID.Last()
	same := habit.Flat.Of(name)
	for _, word := range strings.FieldsFunc(text[:min(len(text), 400)], func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '_' && c != '-' }) {
		if word == name || !strings.EqualFold(habit.Flat.Of(word), same) {
			continue
		}
		if first := []rune(word); unicode.IsUpper(first[0]) && g.begins(el.ID, unicode.IsLower) && !strings.ContainsAny(word, "-_") {
			if !strings.HasPrefix(text, word) {
				continue // what a language calls it: Go's fields, C#'s properties
			}
			first[0] = unicode.ToLower(first[0]) // the sentence's capital
			word = string(first)
		}
		if word != name {
			return word
		}
	}
	return ""
}

// begins reports that the names beside an element begin so.
func (g *generator) begins(id diagnose.ElementID, so func(rune) bool) bool {
	return !slices.ContainsFunc(g.x.Elements, func(e diagnose.Element) bool {
		n := []rune(e.ID.Last())
		return e.ID.Is("body") && e.ID != "body" && !e.ID.IsItem() && e.ID.Parent() == id.Parent() && len(n) > 0 && !so(n[0])
	})
}
