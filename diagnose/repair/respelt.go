package repair

import (
	"slices"
	"strings"

	"culprit/diagnose/habit"
)

// Respelt are the other ways to write one fixed word, likeliest first: in capitals, with a capital, in small letters, without
// a slip, with its words parted in another way, in its other number. nil for what is no such word.
func Respelt(v string) []string {
	if !word.MatchString(v) || len(v) < 2 || len(v) > longestWord {
		return nil
	}
	low := strings.ToLower(v)
	forms := []string{strings.ToUpper(v), strings.ToUpper(v[:1]) + low[1:], low}
	if len(habit.Words(v)) > 1 {
		forms = append(forms[:1], habit.Cases(v)...)
	}
	slip := habit.Misspelled(v)
	if slip == "" {
		slip = habit.Meant(low)
	}
	if slip != "" {
		forms = slices.Insert(forms, 0, slip)
	}
	if one := inSingular(low); one == low {
		forms = append(forms, synonyms(v)...)
	} else {
		forms = append(forms, one)
	}
	var out []string
	for _, f := range forms {
		if f != "" && f != v && !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

// longestWord is the length of the longest words that are choices.
const longestWord = 32
