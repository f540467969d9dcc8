package collections

import (
	"slices"
	"strings"
)

// What a variable in scope says already is written as the variable: a literal in its place would be right today and
// wrong where the variable has another value.

// telling is the least length of a value that is taken for a variable's: a shorter one ("20", "true", "json") may be the
// same by chance.
const telling = 8

// variable returns the variable in scope that has value, the nearest first; "" for none. Secrets are not looked at:
// unfill knows those that the request uses.
func (a *amender) variable(value string) string {
	if len(value) < telling {
		return ""
	}
	for _, v := range VisibleTo(a.e, a.out.Saved, a.o) {
		if v.Value == value && !v.Secret && !strings.Contains(v.Value, "{{") {
			return v.Name
		}
	}
	return ""
}

// written is how a whole value stands in the template.
func (a *amender) written(value string) string {
	if name := a.variable(value); name != "" {
		a.note("the value is that of {{%s}}", name)
		return "{{" + name + "}}"
	}
	return a.unfill(value)
}

// moved returns the template of a URL that leads to an address which a variable names; false when none does, or when
// the address is the old one.
func (a *amender) moved() (string, bool, error) {
	was, is := a.r.Request.URL, a.to.URL
	end := addressEnd(was)
	if end == 0 || was[:end] == is[:addressEnd(is)] {
		return "", false, nil
	}
	var to Visible
	for _, v := range VisibleTo(a.e, a.out.Saved, a.o) {
		rest, begins := strings.CutPrefix(is, v.Value)
		whole := rest == "" || strings.ContainsRune("/?#", rune(rest[0])) || strings.HasSuffix(v.Value, "/")
		if begins && whole && addressEnd(v.Value) > 0 && !v.Secret && len(v.Value) > len(to.Value) {
			to = v
		}
	}
	if to.Name == "" {
		return "", false, nil
	}
	pieces, at := a.r.texts["url"], 0
	i := slices.IndexFunc(pieces, func(p piece) bool { at += len(p.out); return at >= end })
	rest, err := a.rewrite(pieces[i+1:], is[len(to.Value):])
	a.note("the address is that of {{%s}}", to.Name)
	return "{{" + to.Name + "}}" + rest, true, err
}

// addressEnd is where scheme, host and port of a URL end; 0 when it has none.
func addressEnd(url string) int {
	scheme := strings.Index(url, "://")
	if scheme < 1 {
		return 0
	}
	from := scheme + len("://")
	if i := strings.IndexAny(url[from:], "/?#"); i >= 0 {
		return from + i
	}
	return len(url)
}
