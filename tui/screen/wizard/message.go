package wizard

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
	"culprit/request/jsontext"
	"culprit/request/safe"
	"culprit/request/secret"
)

// replyLines shows what came back.
func (z *Wizard) replyLines(a *diagnose.Answer, w int) []string {
	s, r := z.styles, a.Exchange.Response()
	if r == nil {
		text := "no response"
		if f := a.Exchange.Failure; f != nil {
			text = f.Text
		}
		return paint(s.State.Bad, "   ", z.text.line(text), w-1)
	}
	st, g := s.Status(r.Status)
	var out []string
	out = append(out, "   "+st.Render(fmt.Sprintf("%s %d %s", g, r.Status, z.text.line(r.Reason)))+s.Text.Muted.Render("  "+z.text.line(r.Proto)))
	out = append(out, z.headerLines(r.Header, w)...)
	if r.Body != nil && r.Body.Size() > 0 {
		out = append(out, "")
		out = append(out, z.replyBody(string(r.Body.Head(2*bodyBytes)), w)...)
	}
	return out
}

// replyBody draws a body that came back: JSON laid out as that of the request is, all else as it is.
func (z *Wizard) replyBody(text string, w int) []string {
	if len(text) > bodyBytes {
		return z.textLines(text, bodyShown, w)
	}
	root, err := jsontext.Parse([]byte(text))
	if err != nil {
		return z.textLines(text, bodyShown, w)
	}
	b := jsonRows{text, z.text, nil}
	b.value("", root, 0, nil, "")
	var out []string
	for _, r := range b.rows {
		lead := "   " + deep(r.indent, w)
		out = append(out, hang(lead, drawTokens(z.styles, r.json), w-ansi.StringWidth(lead)-1)...)
		if len(out) > bodyShown {
			return append(out, "   "+z.styles.Text.Faint.Render(z.styles.Glyphs.Ellipsis))
		}
	}
	return out
}

// How much of a body a probe shows: more than a person reads, and little enough to be drawn at once.
const (
	bodyShown = 2000 // lines
	bodyBytes = 64 << 10
)

// requestLines draws a request as it goes out: as recorded where it was sent, else as it would be.
func (z *Wizard) requestLines(q diagnose.Question, a *diagnose.Answer, body, w int) []string {
	s, r := z.styles, *q.Request
	method, url, proto, header := r.Method, r.URL, "", r.Header
	if a != nil && a.Exchange.Last() != nil {
		sent := a.Exchange.Hops[0].Sent
		method, url, proto, header = sent.Method, sent.URL, sent.Proto, sent.Header
	}
	if method == "" {
		method = "GET"
	}
	m := newMask(element.Of(r))
	lead := "   " + s.Method(method).Bold(true).Render(z.text.line(method)) + " "
	out := hang(lead, m.url(z.text, url), w-ansi.StringWidth(lead)-1)
	if last := len(out) - 1; ansi.StringWidth(out[last]+proto)+3 < w {
		out[last] += s.Text.Muted.Render("  " + z.text.line(proto))
	}
	out = append(out, z.headerLines(header, w)...)
	if e, ok := m.index.Get("header:Content-Type"); ok && (a == nil || a.Exchange.Last() == nil) && !request.Has(header, "Content-Type") {
		out = append(out, z.headerLines([]request.Field{{Name: "Content-Type", Value: e.Text}}, w)...) // the body's own
	}
	if e, ok := m.index.Get("auth"); ok && (a == nil || a.Exchange.Last() == nil) && request.Get(header, "Authorization") == "" {
		name := "Authorization"
		if r.Auth.Scheme == "apikey" {
			name = r.Auth.Param("key") // in the header or in the query
		}
		out = append(out, "   "+s.Text.Label.Render(z.text.line(name)+": ")+m.value("auth", e.Text))
	}
	lines := bodyRows(m.index, m)
	edited := func(id diagnose.ElementID) bool {
		return id != "" && slices.ContainsFunc(q.Edits, func(e diagnose.Edit) bool { return e.Element == id })
	}
	if body < bodyShown {
		lines = folded(lines, edited)
	}
	for i, l := range lines {
		if i == 0 {
			out = append(out, "")
		}
		if i == body {
			return append(out, "   "+s.Text.Faint.Render(fmt.Sprintf("%s %d more lines", s.Glyphs.Ellipsis, len(lines)-body)))
		}
		text := drawTokens(s, l.json)
		switch l.kind {
		case fold:
			text = s.Text.Muted.Render(fmt.Sprintf("%s %d more", s.Glyphs.Ellipsis, l.hidden))
		case part:
			text = s.Text.Label.Render(pad(l.label, factColumn)) + l.value
		}
		lead := "   "
		if edited(l.id) {
			lead = " " + s.Diff.Added.Render("+") + " "
		}
		lead += deep(l.indent, w)
		out = append(out, hang(lead, text, w-ansi.StringWidth(lead)-1)...)
	}
	return out
}

// deepest is the share of a line that indents take at most, one of so many: bodies of servers nest as deep as they like.
const deepest = 3

// deep indents a line of a body in w cells.
func deep(n, w int) string { return strings.Repeat("  ", min(n, max(w, 0)/(2*deepest))) }

// url hides the secret values of a query.
func (m *mask) url(also *mask, url string) string {
	for _, e := range m.index.Elements {
		if e.Secret && e.ID.Is("query") && e.Text != "" {
			url = strings.ReplaceAll(url, "="+element.Encode(e.Text), "="+secret.Mask(e.Text))
			url = strings.ReplaceAll(url, "="+e.Text, "="+secret.Mask(e.Text))
		}
	}
	return also.line(url)
}

// hang breaks a text into lines of w cells behind lead, and behind blanks as wide.
func hang(lead, text string, w int) []string {
	var out []string
	for i, l := range wrap(text, w) {
		if i == 1 {
			lead = strings.Repeat(" ", ansi.StringWidth(lead))
		}
		out = append(out, lead+l)
	}
	if out == nil {
		return []string{lead}
	}
	return out
}

// headerLines draws fields whole: a value that is wider than w goes on below, behind an indent.
func (z *Wizard) headerLines(fields []request.Field, w int) []string {
	var out []string
	for _, f := range fields {
		name := z.text.line(f.Name) + ": "
		for i, l := range wrap(name+z.text.field(f), w-5) {
			switch rest, ok := strings.CutPrefix(l, name); {
			case i == 0 && ok:
				l = "   " + z.styles.Text.Label.Render(name) + rest
			case i == 0:
				l = "   " + z.styles.Text.Label.Render(l)
			default:
				l = "     " + l
			}
			out = append(out, l)
		}
	}
	return out
}

func (z *Wizard) textLines(text string, most, w int) []string {
	var out []string
	text = z.text.set.Mask(text) // all of it is looked at, and less is shown: a secret cut in two would not be known
	for _, l := range safe.Block(text[:min(len(text), bodyBytes)]) {
		for _, part := range wrap(l.String(), w-4) {
			if len(out) == most {
				return append(out, "   "+z.styles.Text.Faint.Render(z.styles.Glyphs.Ellipsis))
			}
			out = append(out, "   "+part)
		}
	}
	if len(text) > bodyBytes {
		out = append(out, "   "+z.styles.Text.Faint.Render(z.styles.Glyphs.Ellipsis))
	}
	return out
}
