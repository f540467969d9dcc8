package repair

import "strings"

// synonymGroups are words that APIs use for the same thing, the commonest first: sort orders, units of SI and the
// temperature scales, states.
var synonymGroups = [][]string{
	{"asc", "ascending"}, {"desc", "descending"}, {"C", "celsius"}, {"F", "fahrenheit"}, {"kg", "kilogram"}, {"lb", "pound"}, {"km", "kilometer"}, {"m", "meter"},
	{"f", "female"}, {"m", "male"}, {"day", "daily"}, {"week", "weekly"}, {"month", "monthly"}, {"year", "yearly", "annual"}, {"hour", "hourly"}, {"quarter", "quarterly"},
	{"full_time", "fulltime", "full-time"}, {"part_time", "parttime", "part-time"}, {"one_way", "oneway"}, {"round_trip", "roundtrip"}, {"in_progress", "inprogress", "ongoing"}, {"on_hold", "onhold"},
	{"active", "enabled"}, {"inactive", "disabled"}, {"published", "public"}, {"draft", "unpublished"}, {"open", "opened"}, {"closed", "close"}, {"mail", "email"}, {"sms", "text"},
}

// sameGroup are the other words of the group of a word.
func sameGroup(v string) []string {
	low := strings.ToLower(v)
	var out []string
	for _, g := range synonymGroups {
		for i, w := range g {
			if strings.ToLower(w) == low {
				out = append(append(out, g[:i]...), g[i+1:]...)
			}
		}
	}
	return out
}

// synonyms are other words for a fixed word: those of its group, and its other number.
func synonyms(v string) []string {
	out := sameGroup(v)
	if !word.MatchString(v) || len(v) < 4 {
		return out
	}
	if one, ok := strings.CutSuffix(v, "s"); ok && !strings.HasSuffix(one, "s") {
		return append(out, one)
	}
	return append(out, v+"s")
}
