package wizard

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"charm.land/bubbles/v2/key"
	"github.com/charmbracelet/x/ansi"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
	"culprit/request/safe"
	"culprit/request/secret"
	"culprit/tui/keys"
	"culprit/tui/layout"
	"culprit/tui/theme"
	"culprit/tui/widget"
	"culprit/tui/widget/frame"
)

// A reading is something opened to be read: a probe, a step, a cause. Esc or enter closes it.
type reading struct {
	title string
	lines func(z *Wizard, w int) []string
	small bool          // as large as it needs to be, instead of all the room
	step  diagnose.Step // the step that is opened, 0 for what is none
	top   int
}

func (r *reading) rect(z *Wizard) layout.Rect {
	if r.small {
		w := min(askWidth, z.w)
		return layout.Overlay(layout.Rect{W: z.w, H: z.h}, w, len(r.lines(z, w-2))+2)
	}
	return layout.Rect{Y: min(z.size.Main.Y, 1), W: z.w, H: max(z.h-1, 0)}
}

func (r *reading) press(z *Wizard, k tea.KeyPressMsg) {
	m, page, all := z.keys.Wizard.Move, r.rect(z).Inside().H, len(r.lines(z, r.rect(z).Inside().W))
	switch {
	case key.Matches(k, z.keys.Wizard.Page.Back, z.keys.Wizard.Page.Open, z.keys.Wizard.Page.Explain):
		z.over = nil
	case key.Matches(k, m.Down):
		r.scroll(z, 1)
	case key.Matches(k, m.Up):
		r.scroll(z, -1)
	case key.Matches(k, m.PageDown):
		r.scroll(z, page-1)
	case key.Matches(k, m.PageUp):
		r.scroll(z, 1-page)
	case key.Matches(k, m.Top):
		r.scroll(z, -all)
	case key.Matches(k, m.Bottom):
		r.scroll(z, all)
	}
}

func (r *reading) scroll(z *Wizard, by int) {
	in := r.rect(z).Inside()
	l := list{top: r.top, n: len(r.lines(z, in.W)), h: in.H}
	l.scroll(by)
	r.top = l.top
}

func (r *reading) draw(z *Wizard) (string, layout.Rect) {
	at := r.rect(z)
	in := at.Inside()
	lines := r.lines(z, in.W)
	f := frame.Frame{Title: z.styles.Frame.TitleFocus.Render(r.title), Overlay: true}
	f.Scroll = widget.Scroll{Top: r.top, Seen: in.H, All: len(lines)}
	f.Foot = z.styles.Text.Faint.Render(f.Scroll.Range())
	return f.Draw(z.styles, at.W, at.H, window(lines, r.top, in.H)), at
}

func (r *reading) keys(z *Wizard) []binding {
	p, m, a := z.keys.Wizard.Page, z.keys.Wizard.Move, z.keys.Wizard.Act
	out := []binding{named(p.Back, "close")}
	if r.step != 0 {
		out = append(out, a.Skip, a.Repeat)
	}
	if in := r.rect(z).Inside(); len(r.lines(z, in.W)) > in.H {
		out = append(out, keys.Both(m.Down, m.Up, "scroll"), m.PageDown)
	}
	return out
}

// openProbe shows everything about one probe.
func (z *Wizard) openProbe(p diagnose.ProbeRecord) {
	var made []string // drawn once: an exchange may be long
	var width int
	var look theme.Choice
	z.over = &reading{title: fmt.Sprintf("Probe %d", p.N), lines: func(z *Wizard, w int) []string {
		if made == nil || width != w || look != z.styles.Choice {
			made, width, look = z.probeLines(p, w), w, z.styles.Choice
		}
		return made
	}}
}

func (z *Wizard) probeLines(p diagnose.ProbeRecord, w int) []string {
	s := z.styles
	sign, word, st := outcome(s, p)
	for _, m := range meanings {
		if _, short, _ := result(s, m.outcome); short == word {
			word = m.text
		}
	}
	head := " " + st.Bold(true).Render(sign+" "+word)
	if p.Status > 0 {
		head += fmt.Sprintf("  %d", p.Status)
	}
	facts := []string{z.text.line(string(p.Kind)), safetyWords(p.Safety)}
	if p.Outcome != diagnose.Refused { // what was not sent took no time
		facts = slices.Insert(facts, 0, diagnose.Lasted(p.Duration))
	}
	head += "  " + s.Text.Muted.Render(strings.Join(facts, " "+s.Glyphs.Middle+" "))
	out := []string{"", head, ""}
	out = append(out, paint(s.Text.Plain, " ", sentence(z.text.line(p.Why)), w-1)...)
	if p.Error != "" {
		out = append(out, paint(s.State.Warn, " ", z.text.line(p.Error), w-1)...)
	}
	q := p.Question
	if q == nil {
		return out
	}
	if len(q.Edits) > 0 {
		out = append(out, "", " "+s.Text.Title.Render("Changed"))
		out = append(out, z.diff(element.Changes(z.board.index, q.Edits), w)...)
	}
	switch {
	case q.Look != nil:
		out = append(out, z.lookLines(q, p.Answer, w)...)
	case q.Request != nil:
		out = append(out, z.exchangeLines(q, p.Answer, w)...)
	case q.Prompt != nil && p.Answer != nil:
		reply := p.Answer.Reply
		if reply == "" {
			reply = "I don't know"
		}
		out = append(out, "", " "+s.Text.Title.Render("Answer"))
		out = append(out, paint(s.Text.Plain, "   ", z.text.line(reply), w-1)...)
	}
	return out
}

func (z *Wizard) lookLines(q *diagnose.Question, a *diagnose.Answer, w int) []string {
	s := z.styles
	out := []string{"", " " + s.Text.Title.Render("Looked at"),
		"   " + z.text.line(strings.TrimSpace(q.Look.Layer+" "+q.Look.Host+" "+q.Look.Port+" "+q.Look.Address))}
	if a == nil || a.Sight == nil {
		return out
	}
	out = append(out, "", " "+s.Text.Title.Render("Found"))
	out = append(out, paint(s.Text.Plain, "   ", z.text.line(a.Sight.Text), w-1)...)
	for _, f := range a.Sight.Found {
		out = append(out, "   "+s.Text.Muted.Render(z.text.line(f)))
	}
	return out
}

// exchangeLines shows what went out and what came back.
func (z *Wizard) exchangeLines(q *diagnose.Question, a *diagnose.Answer, w int) []string {
	half := w
	if w >= besideEach {
		half = w / 2
	}
	title := "Sent"
	if a == nil || a.Exchange == nil {
		title = "What would have been sent"
	}
	sent := append([]string{"", " " + z.styles.Text.Title.Render(title)}, z.requestLines(*q, a, bodyShown, half)...)
	if a == nil || a.Exchange == nil {
		return sent
	}
	back := append([]string{"", " " + z.styles.Text.Title.Render("Came back")}, z.replyLines(a, half)...)
	if half == w {
		return append(sent, back...)
	}
	out := frame.Fit(sent, half, max(len(sent), len(back)))
	for i, l := range back {
		out[i] += l
	}
	return out
}

// besideEach is from which width what was sent and what came back stand side by side.
const besideEach = 96

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
		out = append(out, z.textLines(string(r.Body.Head(2*bodyBytes)), bodyShown, w)...)
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
	if body < bodyShown {
		lines = folded(lines, func(id diagnose.ElementID) bool {
			return slices.ContainsFunc(q.Edits, func(e diagnose.Edit) bool { return e.Element == id })
		})
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
		lead := "   " + strings.Repeat("  ", l.indent)
		out = append(out, hang(lead, text, w-ansi.StringWidth(lead)-1)...)
	}
	return out
}

// url hides the secret values of a query.
func (m *mask) url(also *mask, url string) string {
	for _, e := range m.index.Elements {
		if e.Secret && strings.HasPrefix(string(e.ID), "query:") && e.Text != "" {
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

// diff draws changes as lines with - and +.
func (z *Wizard) diff(changes []diagnose.Change, w int) []string {
	s := z.styles
	var out []string
	for _, c := range changes {
		id := z.text.line(string(c.Element))
		from, to := c.Differing()
		if from != nil {
			out = append(out, paint(s.Diff.Removed, "   ", "- "+id+"  "+z.text.value(c.Element, *from), w-1)...)
		}
		if to != nil {
			out = append(out, paint(s.Diff.Added, "   ", "+ "+id+"  "+z.text.value(c.Element, *to), w-1)...)
		}
	}
	return out
}

// safetyWords say a class of §11 in words.
func safetyWords(class string) string {
	switch class {
	case "S0":
		return "nothing is sent"
	case "S1":
		return "only a connection"
	case "S2":
		return "reads only"
	case "S3":
		return "cannot act: it lacks what the server needs"
	case "S4":
		return "may succeed, harmless by declaration"
	case "S5":
		return "may change data"
	case "S6":
		return "never sent"
	}
	return ""
}
