package workbench

import (
	"strings"

	"culprit/request"
	"culprit/tui/theme"
)

// A cookie is what a Set-Cookie line sets, split and not judged (RFC 6265 §5.2).
type cookie struct {
	name, value string
	traits      []string
}

// cookies returns what all hops set, in order.
func cookies(x *request.Exchange) []cookie {
	if x == nil {
		return nil
	}
	var found []cookie
	for _, h := range x.Hops {
		if h.Response == nil {
			continue
		}
		for _, f := range h.Response.Header {
			if !strings.EqualFold(f.Name, "Set-Cookie") {
				continue
			}
			pair, rest, _ := strings.Cut(f.Value, ";")
			name, value, ok := strings.Cut(pair, "=")
			if !ok {
				continue // RFC 6265 §5.2: without "=" the whole line is ignored
			}
			c := cookie{name: strings.TrimSpace(name), value: strings.TrimSpace(value)}
			for t := range strings.SplitSeq(rest, ";") {
				if t = strings.TrimSpace(t); t != "" {
					c.traits = append(c.traits, t)
				}
			}
			found = append(found, c)
		}
	}
	return found
}

func cookieRows(s *theme.Styles, v *veil, x *request.Exchange, w int) []string {
	var out []string
	for _, c := range cookies(x) {
		out = append(out, hang(s.Text.Label.Render(clean(c.name))+"  ", s.Text.Plain, clean(v.cookie(c.value)), w)...)
		if len(c.traits) > 0 {
			out = append(out, listed("  ", s.Text.Muted, c.traits, w)...)
		}
	}
	if len(out) == 0 {
		return []string{s.Text.Muted.Render("No cookies were set.")}
	}
	return out
}
