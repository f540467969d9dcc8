package evidence

import (
	"strings"

	"culprit/request/lazyre"
)

// choice is a word that a value can be, in quotes or without them.
const choice = `["'\x60]?[A-Za-z0-9][A-Za-z0-9_+-]*["'\x60]?`

// choiceRE are words with "or" or a bar between them after what says that a value has to be one of them.
var choiceRE = lazyre.New(`(?i)(?:\b(?:must|should|has to|have to|needs to|can|may|expected|expects|choose|use|pick)(?: only)?(?: be| have)?(?: specified| given| set| sent| provided)?(?: as| to| to be)?(?: either| one of| any of| from)?:? |\beither |\bnot in |\(|: )\(?` +
	`(` + choice + `(?:(?: ?, ?` + choice + `)*,? or ` + choice + `|(?: ?\| ?` + choice + `)+))(?:[).,;]| but | and |$)`)

// givenAs are choices in quotes after what something has to be given as.
var givenAs = lazyre.New(`(?i)\bas (?:either )?(["'\x60][\w+-]+["'\x60](?: ?, ?["'\x60][\w+-]+["'\x60])*,? or ["'\x60][\w+-]+["'\x60])`)

// specifiedAs says how something has to be given, which need not be missing.
var specifiedAs = lazyre.New(`(?i)\b(?:specif(?:y|ied)|given?|set|send|sent|provided?)\b.{0,60}? (?:as|to) ["'\x60]`)

// choicesIn are the choices that a message names in a sentence: must be red, blue or green; must be red|blue; (red or blue);
// nil where the words are of another kind: types, sizes, classes of signs.
func choicesIn(message string) []string {
	message = straight.Replace(message[:min(len(message), 600)])
	for _, m := range append(choiceRE.FindAllStringSubmatch(message, 4), givenAs.FindAllStringSubmatch(message, 1)...) {
		var list []string
		spoken := false // a word of the sentence
		for _, w := range strings.FieldsFunc(m[1], func(c rune) bool { return c == ',' || c == '|' || c == ' ' }) {
			if w == "or" {
				continue
			}
			bare := strings.Trim(w, "'\"\x60")
			spoken = spoken || bare == w && noChoice(w)
			list = append(list, bare)
		}
		if len(list) > 1 && !spoken {
			return list
		}
	}
	return nil
}

// noChoice reports a word of a sentence that is no value.
func noChoice(w string) bool {
	if typeWord(w) != "" || strings.Trim(w, "0123456789") == "" {
		return true
	}
	switch strings.ToLower(w) {
	case "a", "an", "the", "at", "in", "of", "be", "is", "not", "no", "any", "only", "it", "this", "that", "to", "by", "equal", "greater", "less", "more", "fewer", "older", "younger", "larger", "smaller", "higher",
		"lower", "longer", "shorter", "above", "below", "over", "under", "later", "before", "after", "earlier", "empty", "blank", "missing", "absent", "present", "omitted", "undefined", "positive", "negative", "zero", "valid", "invalid", "unique",
		"required", "optional", "letters", "digits", "numbers", "characters", "alphanumeric", "underscores", "hyphens", "dashes", "dots", "spaces", "underscore", "hyphen", "dash", "letter", "digit", "character", "both", "neither",
		"malformed", "incorrect", "wrong", "expired", "unknown", "unsupported", "body", "query", "header", "path", "parameter", "field", "value", "username", "password", "name", "token", "key", "id", "phone", "address", "one", "two", "few":
		return true
	}
	return false
}
