package habit

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode"
)

// longestMatch bounds what is made up for a pattern, in bytes: a repetition of one letter is at most as long (RE2).
const longestMatch = 1000

// Matching is the shortest text, of plain characters, that a regular expression matches; "" where none was found.
func Matching(pattern string) string {
	re, err := regexp.Compile(pattern)
	if err != nil {
		return ""
	}
	tree, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil { // cannot happen: it compiles
		return ""
	}
	var b strings.Builder
	match(&b, tree.Simplify())
	if text := b.String(); len(text) <= longestMatch && re.MatchString(text) {
		return text
	}
	return ""
}

// match writes what t matches at the least. Of anchors and edges of words it knows nothing: the whole is checked.
func match(b *strings.Builder, t *syntax.Regexp) {
	if b.Len() > longestMatch {
		return
	}
	switch t.Op {
	case syntax.OpLiteral:
		b.WriteString(string(t.Rune))
	case syntax.OpCharClass:
		b.WriteRune(oneOf(t.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteByte('a')
	case syntax.OpCapture, syntax.OpPlus, syntax.OpConcat:
		for _, s := range t.Sub {
			match(b, s)
		}
	case syntax.OpAlternate:
		match(b, t.Sub[0])
	}
}

// oneOf is a plain character of a class: a digit or a letter where there is one.
func oneOf(ranges []rune) rune {
	for _, want := range []func(rune) bool{unicode.IsDigit, unicode.IsUpper, unicode.IsLower, unicode.IsPrint} {
		for i := 0; i+1 < len(ranges); i += 2 {
			for c := ranges[i]; c <= ranges[i+1] && c < unicode.MaxASCII; c++ {
				if want(c) && c != '0' {
					return c
				}
			}
		}
	}
	if len(ranges) == 0 {
		return 'a' // of a class that nothing is in
	}
	return ranges[0]
}
