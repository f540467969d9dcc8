package inquiry

import (
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

// placeRE is a place in a value as parsers of small languages say it: position 7, input byte 8, line 1, column 5, 1:9.
var placeRE = lazyre.New(`(?i)\b(?:position|pos|offset|byte|char(?:acter)?|col(?:umn)?|index)\.?(?: number)?[ =:]*(\d{1,4})\b|\b1:(\d{1,4})\b`)

// span is how many characters are shown on each side of a place: enough for a word, whether it is counted from 0 or from 1.
const span = 6

// around shows the part of an element's value to which what the server said points by its place alone; "" where it says no
// place, the value is short or secret, or the text repeats a part of it already.
func (f *failure) around(id diagnose.ElementID, said string) string {
	e, ok := f.scene.index.Get(id)
	value, text := e.Value.(string)
	m := placeRE.FindStringSubmatch(said)
	if !ok || !text || e.Secret || m == nil || id == "body" {
		return ""
	}
	at, err := strconv.Atoi(m[1] + m[2])
	runes := []rune(value)
	if err != nil || at > len(runes) || len(runes) <= 2*span {
		return ""
	}
	from, to := max(at-span, 0), min(at+span, len(runes))
	part := string(runes[from:to])
	for word := range strings.FieldsSeq(part) {
		if len(word) > 2 && strings.Contains(said, word) {
			return ""
		}
	}
	if from > 0 {
		part = "…" + part
	}
	if to < len(runes) {
		part += "…"
	}
	return " That is at “" + part + "”."
}
