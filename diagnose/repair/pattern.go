package repair

import (
	"regexp"
	"strings"

	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// patternIn reads the regular expression that a validator repeats in its message: what stands between the first
// ^ and the last $. "" when there is none that can be read.
func patternIn(text string) string {
	if m := wholePattern.FindStringSubmatch(text); m != nil && !strings.ContainsAny(m[1], "^$") {
		text = "^(?:" + m[1] + ")$"
	}
	from := strings.IndexByte(text, '^')
	if from < 0 {
		return ""
	}
	to := strings.LastIndexByte(text, '$')
	if to <= from {
		return ""
	}
	p := text[from : to+1]
	if _, err := regexp.Compile(p); err != nil {
		return ""
	}
	return p
}

// wholePattern is how Bean Validation repeats a pattern, which it matches against the whole value without anchors.
var wholePattern = lazyre.New(`^must match "(.{1,200})"$`)

// matching returns values for a pattern: the old one written in another way, else one made up.
func matching(pattern, old string) []string {
	re, err := regexp.Compile(pattern)
	if err != nil {
		return nil
	}
	var out []string
	for _, f := range []func(string) string{strings.TrimSpace, strings.ToUpper, strings.ToLower, bareCode, func(s string) string { return strings.ToUpper(bareCode(s)) }} {
		if v := f(old); v != old && re.MatchString(v) {
			return append(out, v)
		}
	}
	if v := habit.Matching(pattern); v != "" && v != old {
		out = append(out, v)
	}
	return out
}

// bareCode leaves out what people put between the groups of a long number.
func bareCode(s string) string {
	return strings.NewReplacer(" ", "", "-", "", ".", "", "/", "", "{", "", "}", "", "\u00a0", "").Replace(s)
}
