package repair

import (
	"strings"
	"unicode"

	"culprit/request/lazyre"
)

var (
	// onlyOf is a sentence that says which characters a value may have, and no other.
	onlyOf = lazyre.New(`(?i)\b(?:only|consists? of|consisting of)\b[^;\n]{0,120}`)
	// lowerOf, upperOf, digitsOf and lettersOf are the names and ranges of kinds of characters in it.
	lowerOf   = lazyre.New(`(?i)lower-?\s?case|small letters`)
	rangeOf   = lazyre.New(`\ba-z\b`)
	upperOf   = lazyre.New(`\bA-Z\b|(?i:upper-?\s?case|capital)`)
	lettersOf = lazyre.New(`(?i)letter|alpha|latin|ascii char`)
	digitsOf  = lazyre.New(`(?i)\b0-9\b|digit|number|numeric`)
)

// joints are the marks that stand between words, by what sentences call them.
var joints = []struct {
	mark  string
	names []string
}{
	{"_", []string{"underscore", " _", "\"_\"", "'_'", "(_)", "0-9_"}}, {"-", []string{"hyphen", "dash", " -", "\"-\"", "'-'", "(-)"}}, {".", []string{" dot", "period", "full stop", "\".\"", "'.'", "(.)"}}, {" ", []string{"space", "blank"}},
}

// ofCharacters is value with no other characters than those that a sentence allows: what is between words as the mark that
// joins them there, or nothing. It is "" where the sentence does not say which ones.
func ofCharacters(sentence, value string) string {
	said := onlyOf.FindString(sentence)
	lower, letters := lowerOf.MatchString(said) || rangeOf.MatchString(said), lettersOf.MatchString(said)
	upper, digits := upperOf.MatchString(said), digitsOf.MatchString(said)
	if said == "" || !lower && !upper && !letters && (!digits || strings.ContainsFunc(value, unicode.IsLetter)) {
		return "" // without its letters it is another number, of an account maybe
	}
	joint, marks := "", ""
	for _, j := range joints {
		for _, name := range j.names {
			if strings.Contains(strings.ToLower(said), name) && !strings.Contains(marks, j.mark) {
				marks += j.mark
				if joint == "" {
					joint = j.mark
				}
			}
		}
	}
	small, capital := lower || letters && !upper, upper || letters && !lower
	var b strings.Builder
	for _, r := range value {
		switch letter := r <= unicode.MaxASCII && unicode.IsLetter(r); {
		case letter && small && (unicode.IsLower(r) || !capital):
			b.WriteRune(unicode.ToLower(r))
		case letter && capital:
			b.WriteRune(unicode.ToUpper(r))
		case '0' <= r && r <= '9' && digits, strings.ContainsRune(marks, r):
			b.WriteRune(r)
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.HasSuffix(b.String(), joint):
			b.WriteString(joint)
		}
	}
	return strings.Trim(b.String(), marks)
}
