package workbench

import (
	"encoding/json"
	"strings"
	"unicode"

	"culprit/tui"
)

// take asks to use the value under the cursor as a variable: the token of a sign-in, the number of an order.
func (r *reply) take() tui.Intent {
	raw, whole := r.body.Value()
	_, at, ok := r.body.Path()
	value := string(raw)
	switch {
	case raw == nil || !ok:
		return Say("There is no value here.")
	case !whole || strings.HasPrefix(value, "{") || strings.HasPrefix(value, "["):
		return Say("Only a text or a number can be a variable: go to one.")
	}
	if text := ""; json.Unmarshal(raw, &text) == nil {
		value = text
	}
	return Take{Name: named(at), Value: value}
}

// named makes the name of a variable of a JSON pointer: its last word that is no index.
func named(pointer string) string {
	words := strings.Split(pointer, "/")
	for i := len(words) - 1; i > 0; i-- {
		word := strings.Map(func(c rune) rune {
			if unicode.IsLetter(c) || unicode.IsDigit(c) || c == '_' || c == '-' || c == '.' {
				return c
			}
			return '_'
		}, words[i])
		if strings.ContainsFunc(word, unicode.IsLetter) {
			return word
		}
	}
	return "value"
}
