package wizard

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/tui"
	"culprit/tui/layout"
	"culprit/tui/widget/frame"
)

// An asker is an above that somebody waits for.
type asker interface{ asks() }

// A consent asks whether a probe may be sent. It shows exactly what would go out; every key but yes means no
// or nothing.
type consent struct {
	q   diagnose.Question
	top int
}

func newConsent(q diagnose.Question) *consent { return &consent{q: q} }

func (c *consent) asks() {}

// always reports whether a yes may hold for the run: what may change data is asked every time (§11).
func (c *consent) always() bool { return c.q.Safety < diagnose.S5 }

func (c *consent) update(z *Wizard, msg tea.Msg) tui.Intent {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	a, m := z.keys.Wizard.Ask, z.keys.Wizard.Move
	answer := Answer{Question: c.q}
	lines, in := c.lines(z), c.rect(z).Inside()
	l := list{top: c.top, n: len(lines), h: in.H - consentFoot}
	switch {
	case key.Matches(k, a.Once):
		answer.Yes = true
	case key.Matches(k, a.Always) && c.always():
		answer.Yes, answer.Always = true, true
	case key.Matches(k, a.No), key.Matches(k, a.Choose):
	case key.Matches(k, m.Down):
		l.scroll(1)
		c.top = l.top
		return nil
	case key.Matches(k, m.Up):
		l.scroll(-1)
		c.top = l.top
		return nil
	default:
		return nil
	}
	z.over = nil
	return answer
}

// Sizes of an overlay that asks.
const (
	askWidth    = 84
	consentFoot = 2 // an empty line and the keys
)

func (c *consent) rect(z *Wizard) layout.Rect {
	return layout.Overlay(layout.Rect{W: z.w, H: z.h}, min(askWidth, z.w-2), len(c.lines(z))+2+consentFoot)
}

func (c *consent) lines(z *Wizard) []string {
	s, q := z.styles, c.q
	w := min(askWidth, z.w-2) - 4
	out := []string{""}
	out = append(out, paint(s.Text.Plain, " ", z.text.line(q.Why), w)...)
	if len(q.Edits) > 0 {
		out = append(out, "", " "+s.Text.Title.Render("What is different"))
		out = append(out, z.diff(element.Changes(z.board.index, q.Edits), w)...)
	}
	if q.Request != nil {
		out = append(out, "", " "+s.Text.Title.Render("What is sent"))
		out = append(out, z.requestLines(q, nil, consentBody)...)
	}
	out = append(out, "", " "+s.State.Warn.Render(class(q.Safety)))
	if q.If != "" {
		out = append(out, paint(s.Text.Plain, " ", "If it succeeds: "+z.text.line(q.If), w)...)
	}
	if z.c.Production {
		out = append(out, " "+s.State.Alarm.Render(" production "))
	}
	return out
}

// consentBody is how many lines of a body are shown before yes or no.
const consentBody = 12

// class says a class of safety as a sentence.
func class(c diagnose.Safety) string {
	w := safetyWords(c.String())
	return strings.ToUpper(w[:1]) + w[1:] + "."
}

func (c *consent) draw(z *Wizard) (string, layout.Rect) {
	at := c.rect(z)
	in := at.Inside()
	lines := window(c.lines(z), c.top, in.H-consentFoot)
	for len(lines) < in.H-consentFoot {
		lines = append(lines, "")
	}
	lines = append(lines, "", " "+z.keyWords(c.keys(z)))
	f := frame.Frame{Title: z.styles.Frame.TitleFocus.Render("May this be sent?"), Overlay: true}
	if n := len(c.lines(z)); n > in.H-consentFoot {
		f.Foot = z.styles.Text.Faint.Render("j k read on")
	}
	return f.Draw(z.styles, at.W, at.H, lines), at
}

func (c *consent) keys(z *Wizard) []binding {
	a := z.keys.Wizard.Ask
	out := []binding{a.Once}
	if c.always() {
		out = append(out, a.Always)
	}
	return append(out, named(a.No, "no (default)"))
}

// keyWords draws bindings as words.
func (z *Wizard) keyWords(bindings []binding) string {
	s := z.styles
	var out []string
	for _, b := range bindings {
		out = append(out, s.Text.Key.Render(b.Help().Key)+" "+s.Text.Muted.Render(b.Help().Desc))
	}
	return strings.Join(out, "   ")
}
