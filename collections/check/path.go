package check

import (
	"errors"
	"strings"
)

// A path is an expression that only looks something up: res.body.items[0].price, res.headers['content-type'],
// res.getHeader('etag'), res('items[0].id').
type path []step

// A step is a member, an index, or a call with a text or nothing in it.
type step struct {
	name string
	call bool
	arg  string
}

// errJavaScript says that an expression is more than a path.
var errJavaScript = errors.New("this is JavaScript beyond a path into the response; it is not run")

// parse reads an expression; what is more than a path is errJavaScript.
func parse(text string) (path, error) {
	text = strings.TrimSpace(text)
	var p path
	for rest := text; rest != ""; {
		var s step
		var ok bool
		switch {
		case rest[0] == '[':
			s.name, rest, ok = bracket(rest, ']')
		case rest[0] == '(' && (len(p) == 1 || len(p) == 2 && strings.HasPrefix(p[1].name, "get") && !p[1].call):
			var arg string
			if arg, rest, ok = bracket(rest, ')'); ok && len(p) == 1 {
				p = append(p, step{call: true, arg: arg}) // res('…')
				continue
			}
			if ok {
				p[len(p)-1].call, p[len(p)-1].arg = true, arg
				continue
			}
		case rest[0] == '.' && len(p) > 0:
			s.name, rest, ok = word(rest[1:])
		case (strings.HasPrefix(rest, "?.[") || strings.HasPrefix(rest, "?.(")) && len(p) > 0:
			rest = rest[2:]
			continue
		case strings.HasPrefix(rest, "?.") && len(p) > 0:
			s.name, rest, ok = word(rest[2:])
		case len(p) == 0:
			s.name, rest, ok = word(rest)
		}
		if !ok {
			return nil, errJavaScript
		}
		p = append(p, s)
	}
	if len(p) == 0 || p[0].call {
		return nil, errJavaScript
	}
	switch p[0].name {
	case "res", "req", "body":
		return p, nil
	}
	return nil, errJavaScript
}

// word reads a name.
func word(text string) (name, rest string, ok bool) {
	n := strings.IndexFunc(text, func(r rune) bool {
		return r < 0x80 && r != '_' && r != '$' && (r < '0' || r > '9' && r < 'A' || r > 'Z' && r < 'a' || r > 'z')
	})
	if n < 0 {
		n = len(text)
	}
	return text[:n], text[n:], n > 0
}

// bracket reads [0], ['name'], ("name") and (); text begins with the bracket.
func bracket(text string, end byte) (name, rest string, ok bool) {
	in := strings.TrimLeft(text[1:], " ")
	if in == "" {
		return "", "", false
	}
	if q := in[0]; q == '"' || q == '\'' || q == '`' {
		n := strings.IndexByte(in[1:], q)
		if n < 0 || strings.Contains(in[1:n+1], `\`) {
			return "", "", false
		}
		name, in = in[1:n+1], strings.TrimLeft(in[n+2:], " ")
		return name, strings.TrimPrefix(in, string(end)), strings.HasPrefix(in, string(end))
	}
	n := strings.IndexByte(in, end)
	if n < 0 {
		return "", "", false
	}
	name = strings.TrimSpace(in[:n])
	digits := strings.Trim(name, "0123456789") == ""
	return name, in[n+1:], digits && (name != "" || end == ')')
}
