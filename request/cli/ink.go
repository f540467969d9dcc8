package cli

// Ink colours a few words of a line, or none: state is never said by colour alone. The codes are the sixteen
// colours of the terminal's own palette, so that they fit a light and a dark one.
type Ink struct{ on bool }

// Ink returns the ink for a stream that is a terminal or not: --color, then NO_COLOR (no-color.org), then TERM.
func (c *Common) Ink(terminal bool, getenv func(string) string) Ink {
	switch c.Color.Value {
	case "always":
		return Ink{true}
	case "never":
		return Ink{}
	}
	if getenv == nil {
		return Ink{}
	}
	return Ink{terminal && getenv("NO_COLOR") == "" && getenv("TERM") != "dumb" && getenv("TERM") != ""}
}

// Good colours what passed.
func (i Ink) Good(s string) string { return i.in("32", s) }

// Bad colours what failed.
func (i Ink) Bad(s string) string { return i.in("31", s) }

// Warn colours what needs attention.
func (i Ink) Warn(s string) string { return i.in("33", s) }

// Dim colours what matters less.
func (i Ink) Dim(s string) string { return i.in("2", s) }

func (i Ink) in(code, s string) string {
	if !i.on || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}
