package workbench

import (
	"encoding/json"
	"strings"
	"unicode"

	"culprit/request/xmltext"
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
	case !whole || strings.HasPrefix(value, "{") || strings.HasPrefix(value, "[") || r.body.XML() && strings.HasPrefix(value, "<") && !strings.HasPrefix(value, "<![CDATA["):
		return Say("Only a text or a number can be a variable: go to one.")
	}
	if text := ""; r.body.XML() {
		value = meant(value)
	} else if json.Unmarshal(raw, &text) == nil {
		value = text
	}
	return Take{Name: named(at), Value: value}
}

// meant is the text that an element holds, as a reader of XML takes it: &lt; is <, CDATA what stands in it.
func meant(text string) string {
	all, err := xmltext.Values("<a>" + text + "</a>")
	if err != nil || len(all) != 1 {
		return text
	}
	return strings.TrimSpace(all[0].Text)
}

// named makes the name of a variable of a JSON pointer or XPath: its last word that is no index.
func named(pointer string) string {
	words := strings.Split(pointer, "/")
	for i := len(words) - 1; i > 0; i-- {
		last, _, _ := strings.Cut(words[i], "[")
		word := strings.Map(func(c rune) rune {
			if unicode.IsLetter(c) || unicode.IsDigit(c) || c == '_' || c == '-' || c == '.' {
				return c
			}
			return '_'
		}, last)
		if strings.ContainsFunc(word, unicode.IsLetter) {
			return word
		}
	}
	return "value"
}
