package wizard

import (
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/diagnose"
	"culprit/tui"
	"culprit/tui/layout"
	"culprit/tui/widget"
	"culprit/tui/widget/frame"
	"culprit/tui/widget/input"
	"culprit/tui/widget/looks"
)

// A prompt asks the person something: one of a few choices, or a text. "I don't know" is always there.
type prompt struct {
	q     diagnose.Question
	at    int // the choice that the cursor is on; one behind the last is "I don't know"
	field *input.Field
}

func newPrompt(z *Wizard, q diagnose.Question) *prompt {
	p := &prompt{q: q}
	if len(q.Prompt.Choices) == 0 {
		p.field = input.New(looks.Of(z.styles))
		p.field.SetPrompt("> ")
		p.field.Focus()
	}
	return p
}

func (p *prompt) asks() {}

func (p *prompt) typing() bool { return p.field != nil }

func (p *prompt) update(z *Wizard, msg tea.Msg) tui.Intent {
	if p.field != nil {
		p.field.Resize(p.fieldWidth(z), 1)
		intent, _ := p.field.Update(msg)
		switch i := intent.(type) {
		case input.Submitted:
			return p.answer(z, i.Value)
		case widget.Cancelled:
			return p.answer(z, "")
		}
		return nil
	}
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	a, m, choices := z.keys.Wizard.Ask, z.keys.Wizard.Move, p.q.Prompt.Choices
	switch {
	case key.Matches(k, z.keys.Wizard.Page.Back):
		return p.answer(z, "")
	case key.Matches(k, a.Choose):
		if p.at < len(choices) {
			return p.answer(z, choices[p.at])
		}
		return p.answer(z, "")
	case key.Matches(k, m.Down, a.Down):
		p.at = min(p.at+1, len(choices))
	case key.Matches(k, m.Up, a.Up):
		p.at = max(p.at-1, 0)
	default:
		if i := int(k.Code - '1'); i >= 0 && i < min(len(choices), 9) {
			return p.answer(z, choices[i])
		}
	}
	return nil
}

func (p *prompt) answer(z *Wizard, reply string) tui.Intent {
	z.over = nil
	return Answer{Question: p.q, Yes: reply != "", Reply: reply}
}

func (p *prompt) width(z *Wizard) int      { return min(askWidth, z.w-2) }
func (p *prompt) fieldWidth(z *Wizard) int { return max(p.width(z)-4, 1) }

// head is what stands above the choices or the field.
func (p *prompt) head(z *Wizard) []string {
	s, w := z.styles, p.width(z)-4
	out := append([]string{""}, paint(s.Text.Plain, " ", z.text.line(p.q.Prompt.Text), w)...)
	if p.q.Why != "" {
		out = append(out, paint(s.Text.Muted, " ", z.text.line(p.q.Why), w)...)
	}
	return append(out, "")
}

func (p *prompt) lines(z *Wizard) []string {
	s, out := z.styles, p.head(z)
	if p.field != nil {
		p.field.Resize(p.fieldWidth(z), 1)
		return append(out, " "+p.field.View())
	}
	w := p.width(z) - 2
	for i, c := range p.q.Prompt.Choices {
		line := fmt.Sprintf(" %s  %s", s.Text.Key.Render(fmt.Sprint(i+1)), z.text.line(c))
		out = append(out, choose(s, line, w, i == p.at))
	}
	return append(out, choose(s, " "+s.Text.Key.Render(s.Glyphs.Unsure)+"  "+s.Text.Muted.Render("I don't know"), w, p.at == len(p.q.Prompt.Choices)))
}

func (p *prompt) rect(z *Wizard) layout.Rect {
	return layout.Overlay(layout.Rect{W: z.w, H: z.h}, p.width(z), len(p.lines(z))+2+consentFoot)
}

func (p *prompt) draw(z *Wizard) (string, layout.Rect) {
	at := p.rect(z)
	in := at.Inside()
	lines := window(p.lines(z), max(len(p.lines(z))-(in.H-consentFoot), 0), in.H-consentFoot)
	lines = append(lines, "", " "+z.keyWords(p.keys(z)))
	f := frame.Frame{Title: z.styles.Frame.TitleFocus.Render("A question"), Overlay: true}
	return f.Draw(z.styles, at.W, at.H, lines), at
}

func (p *prompt) cursor(z *Wizard) *tea.Cursor {
	if p.field == nil {
		return nil
	}
	c := p.field.Cursor()
	if c == nil {
		return nil
	}
	at := p.rect(z)
	c.X += at.X + 2
	c.Y += at.Y + 1 + len(p.head(z))
	return c
}

func (p *prompt) keys(z *Wizard) []binding {
	a := z.keys.Wizard.Ask
	if p.field != nil {
		return []binding{named(a.Choose, "answer"), named(z.keys.Wizard.Page.Back, "I don't know")}
	}
	return []binding{a.Choose, a.Down, a.Up, named(z.keys.Wizard.Page.Back, "I don't know")}
}
