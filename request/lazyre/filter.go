package lazyre

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A filter tells texts that an expression surely does not match from those that it may, without running it: most rules of
// the program match next to nothing of what they are shown. The zero value lets everything through.
type filter struct {
	begins *bytes    // the expression stands at the beginning of the text and begins with one of these bytes; nil for any
	holds  []literal // what it matches has one of these in it; nil for anything
	folded *bytes    // those of holds in whose place other cases may stand begin with one of these; nil without such
}

// bytes is a set of them.
type bytes [256]bool

// A literal is text of an expression, in lower case where other cases may stand in its place.
type literal struct {
	text string
	fold bool
}

// mostLiterals bounds what is looked for instead of the expression: each is a look through the text.
const mostLiterals = 16

// filterOf reads what an expression needs.
func filterOf(pattern string) filter {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return filter{}
	}
	var f filter
	if anchored(re) {
		begins := &bytes{}
		if !begins.first(re) {
			f.begins = begins
		}
		return f
	}
	f.holds = needs(re)
	for _, l := range f.holds {
		if l.fold {
			if f.folded == nil {
				f.folded = &bytes{}
			}
			f.folded[l.text[0]], f.folded[upper(l.text[0])] = true, true
		}
	}
	return f
}

// may reports whether the expression may match s; without it, it does not.
func (f *filter) may(s string) bool {
	if f.begins != nil {
		return s != "" && f.begins[s[0]]
	}
	if f.holds == nil {
		return true
	}
	for _, l := range f.holds {
		if !l.fold && strings.Contains(s, l.text) {
			return true
		}
	}
	return f.folded != nil && f.mayFold(s)
}

func (f *filter) mayFold(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return true // ſ and K are letters of ASCII in another case
		}
		if !f.folded[s[i]] {
			continue
		}
		for _, l := range f.holds {
			if l.fold && len(s)-i >= len(l.text) && strings.EqualFold(s[i:i+len(l.text)], l.text) {
				return true
			}
		}
	}
	return false
}

// anchored reports whether an expression matches at the beginning of a text only.
func anchored(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpBeginText:
		return true
	case syntax.OpCapture, syntax.OpPlus:
		return anchored(re.Sub[0])
	case syntax.OpConcat:
		return len(re.Sub) > 0 && anchored(re.Sub[0])
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			if !anchored(sub) {
				return false
			}
		}
		return true
	}
	return false
}

// first adds the bytes that a match of re begins with, and reports whether it may be empty.
func (b *bytes) first(re *syntax.Regexp) (empty bool) {
	switch re.Op {
	case syntax.OpLiteral:
		b.add(re.Rune[0], re.Rune[0])
		for r := unicode.SimpleFold(re.Rune[0]); re.Flags&syntax.FoldCase != 0 && r != re.Rune[0]; r = unicode.SimpleFold(r) {
			b.add(r, r)
		}
	case syntax.OpCharClass:
		for i := 0; i < len(re.Rune); i += 2 {
			b.add(re.Rune[i], re.Rune[i+1])
		}
	case syntax.OpCapture, syntax.OpPlus:
		return b.first(re.Sub[0])
	case syntax.OpRepeat:
		return b.first(re.Sub[0]) || re.Min == 0
	case syntax.OpStar, syntax.OpQuest:
		b.first(re.Sub[0])
		return true
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			if !b.first(sub) {
				return false
			}
		}
		return true
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			empty = b.first(sub) || empty
		}
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.add(0, unicode.MaxRune)
	case syntax.OpNoMatch:
	default: // a condition on what is around
		return true
	}
	return empty
}

// add adds the bytes that the runes from lo to hi begin with.
func (b *bytes) add(lo, hi rune) {
	for r := lo; r <= min(hi, utf8.RuneSelf-1); r++ {
		b[r] = true
	}
	for c := utf8.RuneSelf; hi >= utf8.RuneSelf && c < len(b); c++ {
		b[c] = true
	}
}

// needs are literals of which every match of re has one in it; nil where nothing is known.
func needs(re *syntax.Regexp) []literal {
	switch re.Op {
	case syntax.OpLiteral:
		return literalOf(re)
	case syntax.OpCapture, syntax.OpPlus:
		return needs(re.Sub[0])
	case syntax.OpRepeat:
		l := needs(re.Sub[0])
		switch {
		case re.Min == 0:
			return nil
		case re.Sub[0].Op == syntax.OpLiteral && len(l) == 1:
			l[0].text = strings.Repeat(l[0].text, re.Min)
		}
		return l
	case syntax.OpConcat:
		var best []literal
		for _, sub := range re.Sub {
			if l := needs(sub); better(l, best) {
				best = l
			}
		}
		return best
	case syntax.OpAlternate:
		var all []literal
		for _, sub := range re.Sub {
			l := needs(sub)
			if l == nil || len(all)+len(l) > mostLiterals {
				return nil
			}
			all = append(all, l...)
		}
		return all
	}
	return nil
}

// literalOf is the literal of re; nil where another text may stand for it than one in another case of ASCII.
func literalOf(re *syntax.Regexp) []literal {
	cased := slices.ContainsFunc(re.Rune, func(r rune) bool { return unicode.SimpleFold(r) != r })
	l := literal{string(re.Rune), cased && re.Flags&syntax.FoldCase != 0}
	if strings.ContainsRune(l.text, utf8.RuneError) {
		return nil // any byte that is no text stands for it
	}
	if !l.fold {
		return []literal{l}
	}
	for _, r := range re.Rune {
		if r >= utf8.RuneSelf {
			return nil
		}
	}
	l.text = strings.ToLower(l.text)
	return []literal{l}
}

// better reports whether a says more than b: the shortest of its literals is longer, or as long and they are fewer.
func better(a, b []literal) bool {
	if len(a) == 0 || len(b) == 0 {
		return len(a) > 0
	}
	m, n := shortest(a), shortest(b)
	return m > n || m == n && len(a) < len(b)
}

func shortest(all []literal) int {
	n := len(all[0].text)
	for _, l := range all {
		n = min(n, len(l.text))
	}
	return n
}

func upper(c byte) byte {
	if c >= 'a' && c <= 'z' {
		return c - 'a' + 'A'
	}
	return c
}
