package evidence

import (
	"slices"
	"strings"

	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// A place is the part of the request in which a server says an element is.
type place int

const (
	anywhere place = iota
	inBody         // a body member, form field or part
	inQuery
	inPath
	inHeader
	inCookie
)

// placeOf reads a location word of the frameworks ("body", "querystring", "params", "headers").
func placeOf(word string) (place, bool) {
	switch fold(word) {
	case "body", "json", "form", "formdata", "payload", "requestbody", "data", "files", "jsonorform", "requestparameters":
		return inBody, true
	case "query", "querystring", "queryparameter", "queryparameters", "queryparam", "queryparams", "searchparams", "parameter":
		return inQuery, true
	case "path", "param", "params", "uri", "pathparameter", "pathparameters", "viewargs", "routeparams":
		return inPath, true
	case "header", "headers":
		return inHeader, true
	case "cookie", "cookies", "signedcookies":
		return inCookie, true
	}
	return anywhere, false
}

// filterRE is a segment that says by a value of theirs which items of a list are meant: @reference_id=='default'.
var filterRE = lazyre.New(`^\??\(?@\.?(\w+)\s?==\s?['"]?([^'")]*)['"]?\)?$`)

// filtered puts the numbers of items where a path has filters: of the item with that value, or of the only one.
func (r *reader) filtered(segs []string) []string {
	for k, s := range segs {
		m := filterRE.FindStringSubmatch(s)
		if m == nil || k == 0 {
			continue
		}
		n := 0
		for at := 0; ; at++ {
			item := append(slices.Clone(segs[:k]), itoa(at))
			if len(r.ix.exact(item, inBody)) == 0 {
				if at > 1 && n == 0 {
					return segs // several, and none has it
				}
				break
			}
			if found := r.ix.exact(append(item, m[1]), inBody); len(found) == 1 && r.ix.entries[found[0]].value() == m[2] {
				n = at
				break
			}
		}
		segs = slices.Clone(segs)
		segs[k] = itoa(n)
	}
	return segs
}

// fold makes names comparable: lower case without '_', '-' and spaces.
func fold(s string) string {
	plain := true
	for i := range len(s) {
		if c := s[i]; c >= 'A' && c <= 'Z' || c == '_' || c == '-' || c == ' ' || c >= 0x80 {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == ' ' {
			return -1
		}
		return r
	}, strings.ToLower(s))
}

// maxPath bounds a path that a server names; longer ones are prose.
const maxPath = 300

// splitPath takes any of the spellings of §4.4 apart: /a/0/b, #/a/0/b, a.b[0].c, a[b][0], a.0.b, $.a[0].b,
// a["b"], Order["items"]->ArrayList[1]. It returns nil for what is no path.
func splitPath(s string) []string {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > maxPath {
		return nil
	}
	if p, ok := strings.CutPrefix(s, "#/"); ok {
		return splitPointer(p)
	}
	if p, ok := strings.CutPrefix(s, "/"); ok {
		return splitPointer(p)
	}
	s = strings.TrimPrefix(strings.TrimPrefix(s, "$"), ".")
	var segs []string
	var cur strings.Builder
	flush := func() {
		if cur.Len() > 0 {
			segs = append(segs, cur.String())
			cur.Reset()
		}
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '.', '/':
			flush()
		case '[', ']':
			flush()
			if c == '[' && strings.HasPrefix(s[i:], "[]") {
				segs = append(segs, "*")
				i++
			}
		case '"', '\'', '`':
		case '-':
			if strings.HasPrefix(s[i:], "->") {
				flush()
				i++
				continue
			}
			cur.WriteByte(c)
		default:
			cur.WriteByte(c)
		}
	}
	flush()
	return segs
}

func splitPointer(p string) []string {
	segs := strings.Split(p, "/")
	for i, s := range segs {
		segs[i] = strings.ReplaceAll(strings.ReplaceAll(s, "~1", "/"), "~0", "~")
	}
	if segs[len(segs)-1] == "" {
		segs = segs[:len(segs)-1]
	}
	return segs
}

func joinPointer(segs []string) string {
	var b strings.Builder
	for _, s := range segs {
		b.WriteByte('/')
		b.WriteString(strings.ReplaceAll(strings.ReplaceAll(s, "~", "~0"), "/", "~1"))
	}
	return b.String()
}

func isNumber(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func startsUpper(s string) bool { return s != "" && s[0] >= 'A' && s[0] <= 'Z' }

func isWild(s string) bool { return s == "*" || s == "[]" || s == "each" || s == "elem" }

// strippable reports whether a leading segment only says where the request is, and is no name in it.
func strippable(s string) bool {
	switch fold(s) {
	case "body", "request", "data", "attributes", "json", "params", "payload", "requestbody", "input", "form",
		"query", "path", "header", "headers", "querystring", "value", "root", "schema", "$", "arg", "args", "dto",
		"model", "obj", "object", "variables", "instance", "#", "param", "formdata", "arg0", "cookie":
		return true
	}
	return false
}

// looksLikeName reports whether s could be the name of a field or a path to one, and is no prose.
func looksLikeName(s string) bool {
	if s == "" || len(s) > 100 {
		return false
	}
	letters := 0
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
			letters++
		case r >= '0' && r <= '9', strings.ContainsRune("_-.[]/$#@:~*\"'", r), r > 0x7f:
		default:
			return false
		}
	}
	return letters > 0
}

// styleOf is the case in which the names of one object are written, by the first that tells it.
func styleOf(names []string) habit.Case {
	for _, n := range names {
		switch {
		case strings.Contains(n, "_"):
			return habit.Snake
		case strings.Contains(n, "-"):
			return habit.Kebab
		case n != "" && n[0] >= 'A' && n[0] <= 'Z':
			return habit.Pascal
		case strings.ToLower(n) != n:
			return habit.Camel
		}
	}
	return habit.Flat
}

// restyle spells a Pascal-case name of a server's own type the way its siblings in the request are spelled.
// Any other name is kept: then the server spoke of the name on the wire.
func restyle(name string, siblings []string) string {
	if name == "" || name[0] < 'A' || name[0] > 'Z' || name == strings.ToUpper(name) {
		return name
	}
	st := styleOf(siblings)
	if st == habit.Pascal {
		return name
	}
	var b strings.Builder
	for i := range len(name) {
		c := name[i]
		upper := c >= 'A' && c <= 'Z'
		starts := upper && i > 0 && (name[i-1] < 'A' || name[i-1] > 'Z' || i+1 < len(name) && name[i+1] >= 'a' && name[i+1] <= 'z')
		switch {
		case starts && st == habit.Snake:
			b.WriteByte('_')
		case starts && st == habit.Kebab:
			b.WriteByte('-')
		}
		if upper && (i == 0 || !starts || st == habit.Snake || st == habit.Kebab) {
			c += 'a' - 'A'
		}
		b.WriteByte(c)
	}
	return b.String()
}
