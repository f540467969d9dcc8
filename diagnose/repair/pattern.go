package repair

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode"

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
	if v, ok := sampleOf(pattern); ok && v != old && re.MatchString(v) {
		out = append(out, v)
	}
	return out
}

// bareCode leaves out what people put between the groups of a long number.
func bareCode(s string) string {
	return strings.NewReplacer(" ", "", "-", "", ".", "", "/", "", "{", "", "}", "", "\u00a0", "").Replace(s)
}

// longestSample bounds what is made up for a pattern.
const longestSample = 200

// sampleOf writes the shortest text that a pattern matches.
func sampleOf(pattern string) (string, bool) {
	tree, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return "", false
	}
	var b strings.Builder
	ok := sample(&b, tree.Simplify())
	return b.String(), ok && b.Len() <= longestSample
}

func sample(b *strings.Builder, t *syntax.Regexp) bool {
	if b.Len() > longestSample {
		return false
	}
	switch t.Op {
	case syntax.OpLiteral:
		b.WriteString(string(t.Rune))
	case syntax.OpCharClass:
		return sampleClass(b, t.Rune)
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteByte('a')
	case syntax.OpCapture, syntax.OpPlus, syntax.OpConcat:
		for _, s := range t.Sub {
			if !sample(b, s) {
				return false
			}
		}
	case syntax.OpAlternate:
		return sample(b, t.Sub[0])
	case syntax.OpNoMatch, syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return false
	}
	return true // anchors, and what may be there not at all
}

// sampleClass writes a plain character of a class: a letter or a digit where there is one.
func sampleClass(b *strings.Builder, ranges []rune) bool {
	for _, want := range []func(rune) bool{unicode.IsDigit, unicode.IsUpper, unicode.IsLower, unicode.IsPrint} {
		for i := 0; i+1 < len(ranges); i += 2 {
			for c := ranges[i]; c <= ranges[i+1] && c < unicode.MaxASCII; c++ {
				if want(c) && c != '0' {
					b.WriteRune(c)
					return true
				}
			}
		}
	}
	return false
}
