package lint

import (
	"strings"

	"culprit/request/lazyre"
)

// invisible reports characters that nobody sees and that copying brings along: zero-width, bidi controls,
// the byte order mark, the non-breaking space (C2).
func invisible(r rune) bool {
	return r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r == 0x2060 || r == 0xFEFF || r == 0xA0 || r >= 0x2066 && r <= 0x2069 || r == 0x202F
}

func hasInvisible(s string) bool { return strings.ContainsFunc(s, invisible) }

// visible drops invisible characters; a non-breaking space becomes a plain one.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == 0xA0 || r == 0x202F:
			return ' '
		case invisible(r):
			return -1
		}
		return r
	}, s)
}

// quotes are pairs that people put around values: ASCII, typographic, backquotes.
var quotes = [][2]string{{`"`, `"`}, {`'`, `'`}, {"`", "`"}, {"“", "”"}, {"‘", "’"}, {"„", "“"}, {"”", "”"}, {"«", "»"}}

// unquoted takes the quotes off that stand around all of s.
func unquoted(s string) (string, bool) {
	for _, q := range quotes {
		if len(s) > len(q[0])+len(q[1]) && strings.HasPrefix(s, q[0]) && strings.HasSuffix(s, q[1]) {
			return s[len(q[0]) : len(s)-len(q[1])], true
		}
	}
	return s, false
}

var (
	// templated is a variable of some program that nobody filled in, as all of a value.
	templated = lazyre.New(`^(\{\{[^{}]*\}\}|\$\{[^{}]*\}|\{%[^%]*%\}|<%=?[^%]*%>|\$[A-Z_][A-Z0-9_]{2,}|%[A-Z_][A-Z0-9_]{2,}%|#\{[^{}]*\}|__[A-Z][A-Z0-9_]*__)$`)
	// within is the same inside a value; only forms that mean nothing else.
	within = lazyre.New(`\{\{\s*[\w.$-]+\s*\}\}|\$\{[A-Za-z_][\w.]*\}`)
	// stencil is what documentation writes where a value belongs.
	stencil = lazyre.New(`(?i)^(<[a-z][a-z0-9 _.-]{1,40}>|\[(your|api|access)[a-z _-]+\]|(your|my|insert|replace|enter|put)[-_ ]([a-z]+[-_ ])*(key|token|secret|password|id|here|value|name|username|jwt|credential)s?([-_ ]here)?|(api[-_]?key|token|secret|access[-_]token)[-_]here|changeme|change[-_]me|replace[-_]?me|todo|tbd|x{4,})$`)
	// hollow is how programs print a value that is not there.
	hollow = lazyre.New(`^(undefined|null|None|nil|NaN|\[object Object\]|\[object Promise\]|<nil>|%!s\(<nil>\))$`)
)

// unresolved says what kind of unfilled placeholder a whole value is: "" when it is none.
func unresolved(v string) string {
	t := strings.TrimSpace(v)
	switch {
	case templated.MatchString(t):
		return "a variable that was not filled in"
	case stencil.MatchString(t):
		return "a placeholder of the documentation"
	case hollow.MatchString(t):
		return "how a program prints a value that is not there"
	}
	return ""
}

// printable reports whether s has no control character.
func printable(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < 0x20 && r != '\t' || r == 0x7f })
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
