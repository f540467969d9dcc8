package workbench

import (
	"strings"

	"culprit/request"
	"culprit/tui/theme"
)

// A cookie is what a Set-Cookie line sets, split and not judged (RFC 6265bis §5.6), and what became of it.
type cookie struct {
	name, value string
	traits      []string
	stored      *request.Stored // nil where no jar was asked
}

// cookies returns what all that went out was answered with, in order.
func cookies(x *request.Exchange) []cookie {
	var found []cookie
	for _, h := range x.Wire() {
		if h.Response == nil {
			continue
		}
		stored := h.Response.Stored
		for _, f := range h.Response.Header {
			if !strings.EqualFold(f.Name, "Set-Cookie") {
				continue
			}
			c := split(f.Value)
			if len(stored) > 0 {
				c.stored, stored = &stored[0], stored[1:]
			}
			found = append(found, c)
		}
	}
	return found
}

func split(line string) cookie {
	pair, rest, _ := strings.Cut(line, ";")
	name, value, ok := strings.Cut(pair, "=")
	if !ok {
		name, value = "", pair // without "=" all of it is the value
	}
	c := cookie{name: strings.TrimSpace(name), value: strings.TrimSpace(value)}
	for t := range strings.SplitSeq(rest, ";") {
		if t = strings.TrimSpace(t); t != "" {
			c.traits = append(c.traits, t)
		}
	}
	return c
}

// became says what the jar did with a cookie.
func became(s *theme.Styles, of *request.Stored, w int) []string {
	switch {
	case of == nil:
		return nil
	case of.Kept && of.Why == "":
		return []string{"  " + s.State.Good.Render(s.Glyphs.Tick) + s.Text.Muted.Render(" kept in the jar")}
	case of.Kept:
		return said(s.State.Good.Render(s.Glyphs.Tick), prose(s.Text.Muted, "kept in the jar: "+clean(of.Why), w-4))
	}
	return said(s.State.Warn.Render(s.Glyphs.Cross), prose(s.Text.Plain, clean(of.Why), w-4))
}

// said puts a sign before the first of some lines.
func said(sign string, lines []string) []string {
	for i := range lines {
		lines[i] = "    " + lines[i]
	}
	lines[0] = "  " + sign + lines[0][len("   "):]
	return lines
}

// nameless stands for the name of a cookie that has none.
const nameless = "without a name"

func cookieRows(s *theme.Styles, v *veil, x *request.Exchange, w int) []string {
	var out []string
	for _, c := range cookies(x) {
		name := s.Text.Label.Render(clean(c.name))
		if c.name == "" {
			name = s.Text.Faint.Render(nameless)
		}
		out = append(out, hang(name+"  ", s.Text.Plain, clean(v.cookie(c.value)), w)...)
		if len(c.traits) > 0 {
			out = append(out, listed("  ", s.Text.Muted, c.traits, w)...)
		}
		out = append(out, became(s, c.stored, w)...)
	}
	if len(out) == 0 {
		return []string{s.Text.Muted.Render("No cookies were set.")}
	}
	return out
}
