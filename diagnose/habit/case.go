package habit

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Case is how the words of a name are joined.
type Case string

// The cases. Flat is that of names that tell none: of one word in small letters, or with a sign in front.
const (
	Flat   Case = ""
	Snake  Case = "snake"
	Kebab  Case = "kebab"
	Camel  Case = "camel"
	Pascal Case = "pascal"
)

// CaseOf is the case that a name is written in.
func CaseOf(name string) Case {
	switch {
	case name == "" || strings.HasPrefix(name, "_") || strings.HasPrefix(name, "$") || strings.HasPrefix(name, "@"):
		return Flat
	case strings.Contains(name, "_"):
		return Snake
	case strings.Contains(name, "-"):
		return Kebab
	case name[0] >= 'A' && name[0] <= 'Z':
		return Pascal
	case strings.ToLower(name) != name && len(Words(name)) > 1:
		return Camel
	}
	return Flat
}

// Of writes a name in the case: of unitPrice Snake makes unit_price, and Flat unitprice.
func (c Case) Of(name string) string { return c.Join(Words(name)) }

// Join writes words, which are in lower case, as one name.
func (c Case) Join(words []string) string {
	switch c {
	case Snake:
		return strings.Join(words, "_")
	case Kebab:
		return strings.Join(words, "-")
	case Camel, Pascal:
		var b strings.Builder
		for i, w := range words {
			if i > 0 || c == Pascal {
				w = Capital(w)
			}
			b.WriteString(w)
		}
		return b.String()
	}
	return strings.Join(words, "")
}

// Capital writes a text with a capital at its beginning.
func Capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
