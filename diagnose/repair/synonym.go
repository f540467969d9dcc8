package repair

import "strings"

// synonymGroups are words that APIs use for the same thing, the commonest first: sort orders, units of SI and the
// temperature scales, states.
var synonymGroups = [][]string{
	{"asc", "ascending"}, {"desc", "descending"}, {"C", "celsius"}, {"F", "fahrenheit"}, {"kg", "kilogram"}, {"lb", "pound"}, {"km", "kilometer"}, {"m", "meter"},
	{"active", "enabled"}, {"inactive", "disabled"}, {"published", "public"}, {"draft", "unpublished"}, {"open", "opened"}, {"closed", "close"}, {"mail", "email"}, {"sms", "text"},
}

// synonyms are other words for a fixed word: those of its group, and its other number.
func synonyms(v string) []string {
	low := strings.ToLower(v)
	var out []string
	for _, g := range synonymGroups {
		for i, w := range g {
			if strings.ToLower(w) != low {
				continue
			}
			out = append(append(out, g[:i]...), g[i+1:]...)
		}
	}
	if !word.MatchString(v) || len(v) < 4 {
		return out
	}
	if one, ok := strings.CutSuffix(v, "s"); ok && !strings.HasSuffix(one, "s") {
		return append(out, one)
	}
	return append(out, v+"s")
}
