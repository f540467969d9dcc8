package wizard

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/diagnose"
	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/layout"
	"culprit/tui/screen"
	"culprit/tui/widget"
	"culprit/tui/widget/frame"
	"culprit/tui/widget/input"
	"culprit/tui/widget/looks"
)

// A prompt asks the person something: one of a few choices, or a text. "I don't know" is always there.
type prompt struct {
	z     *Wizard
	q     diagnose.Question
	at    int          // the choice that the cursor is on; one behind the last is "I don't know"
	field *input.Field // nil when there are choices
	whole string       // what was pasted and is no text of one field, as it is; "" for nothing
	w, h  int
}

func newPrompt(z *Wizard, q diagnose.Question) *prompt {
	p := &prompt{z: z, q: q}
	if len(q.Prompt.Choices) == 0 {
		p.field = input.New(looks.Of(z.styles))
		p.field.SetPrompt("> ")
		p.field.Focus()
	}
	return p
}

// Title implements screen.Overlay.
func (p *prompt) Title() string { return "A question" }

// Want implements screen.Overlay.
func (p *prompt) Want(s layout.Rect) (w, h int) {
	w = min(askWidth, s.W-2)
	return w, len(p.head(w-2)) + max(len(p.q.Prompt.Choices)+1, 1) + 2 + askFoot
}

// Resize implements tui.Part.
func (p *prompt) Resize(w, h int) {
	p.w, p.h = w, h
	if p.field != nil {
		p.field.Resize(max(w-2, 1), 1)
	}
}

// Typing reports whether plain characters go into a field.
func (p *prompt) Typing() bool { return p.field != nil }

// Update implements tui.Part.
func (p *prompt) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	intent, cmd := p.press(msg)
	if intent != nil {
		p.z.asking, p.z.cache = 0, ""
	}
	return intent, cmd
}

// press takes a key; its intent is nil while nothing is decided.
func (p *prompt) press(msg tea.Msg) (tui.Intent, tea.Cmd) {
	if p.field != nil {
		if p.takes(msg) {
			return nil, nil
		}
		intent, cmd := p.field.Update(msg)
		switch i := intent.(type) {
		case input.Submitted:
			return answer(or(p.whole, i.Value)), cmd
		case input.Refused:
			if m, ok := msg.(tea.PasteMsg); ok {
				p.keep(m.Content)
			}
		case widget.Cancelled:
			return screen.Answer{}, cmd
		}
		return nil, cmd
	}
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, nil
	}
	a, m, choices := p.z.keys.Wizard.Ask, p.z.keys.Wizard.Move, p.q.Prompt.Choices
	switch {
	case key.Matches(k, p.z.keys.Wizard.Page.Back):
		return screen.Answer{}, nil
	case key.Matches(k, a.Choose) && p.at < len(choices):
		return answer(choices[p.at]), nil
	case key.Matches(k, a.Choose):
		return screen.Answer{}, nil
	case key.Matches(k, m.Down, a.Down):
		p.at = min(p.at+1, len(choices))
	case key.Matches(k, m.Up, a.Up):
		p.at = max(p.at-1, 0)
	default:
		if i := int(k.Code) - '1'; i >= 0 && i < min(len(choices), 9) {
			return answer(choices[i]), nil
		}
	}
	return nil, nil
}

// takes keeps a paste of several lines whole, for lines are what a document or a log is made of; press does so with one that is
// too long for the field. Until it is answered with,
// the next letter or paste takes its place.
func (p *prompt) takes(msg tea.Msg) bool {
	switch m := msg.(type) {
	case tea.PasteMsg:
		if p.whole = ""; strings.Contains(strings.TrimSpace(m.Content), "\n") {
			p.keep(m.Content)
			return true
		}
	case tea.KeyPressMsg:
		if p.whole != "" && (m.Text != "" || m.Code == tea.KeyBackspace) {
			p.whole = ""
			return m.Text == "" // it took away the paste
		}
	}
	return false
}

func (p *prompt) keep(pasted string) {
	p.whole = pasted
	p.field.SetValue("")
}

func answer(reply string) screen.Answer { return screen.Answer{Yes: reply != "", Reply: reply} }

// head is what stands above the choices or the field.
func (p *prompt) head(w int) []string {
	s, z := p.z.styles, p.z
	out := append([]string{""}, paint(s.Text.Plain, " ", z.text.line(p.q.Prompt.Text), w-1)...)
	out = append(out, paint(s.Text.Muted, " ", sentence(z.text.line(p.q.Why)), w-1)...)
	return append(out, "")
}

// View implements tui.Part.
func (p *prompt) View() string {
	s, out := p.z.styles, p.head(p.w)
	switch {
	case p.whole != "":
		text := strings.TrimSpace(p.whole)
		first, _, _ := strings.Cut(text, "\n")
		count := " 1 line  "
		if n := strings.Count(text, "\n"); n > 0 {
			count = fmt.Sprintf(" %d lines  ", n+1)
		}
		out = append(out, s.Text.Muted.Render(count)+ansi.Truncate(p.z.text.line(first), max(p.w-ansi.StringWidth(count)-2, 1), s.Glyphs.Ellipsis))
	case p.field != nil:
		out = append(out, " "+p.field.View())
	default:
		for i, c := range p.q.Prompt.Choices {
			out = append(out, choose(s, fmt.Sprintf(" %s  %s", s.Text.Key.Render(fmt.Sprint(i+1)), capital(p.z.text.line(c))), p.w, i == p.at))
		}
		out = append(out, choose(s, " "+s.Text.Key.Render(s.Glyphs.Unsure)+"  "+s.Text.Muted.Render("I don't know"), p.w, p.at == len(p.q.Prompt.Choices)))
	}
	room := max(p.h-askFoot, 0)
	lines := frame.Fit(window(out, max(len(out)-room, 0), room), p.w, room) // the answer is seen in any case
	return strings.Join(frame.Fit(append(lines, "", " "+p.z.keyWords(p.Keys(), p.w-1)), p.w, p.h), "\n")
}

// Asks says that the keys stand in the overlay.
func (p *prompt) Asks() {}

// Cursor returns where the cursor of the field is, nil for none.
func (p *prompt) Cursor() *tea.Cursor {
	if p.field == nil || p.whole != "" {
		return nil
	}
	c := p.field.Cursor()
	if c != nil {
		c.X++
		c.Y += len(p.head(p.w)) - max(len(p.head(p.w))+1-max(p.h-askFoot, 0), 0)
	}
	return c
}

// Keys implements tui.Part.
func (p *prompt) Keys() []binding {
	a := p.z.keys.Wizard.Ask
	if p.field != nil {
		return []binding{named(a.Choose, "answer"), named(p.z.keys.Wizard.Page.Back, "I don't know")}
	}
	return []binding{a.Choose, keys.Both(a.Down, a.Up, "move"), named(p.z.keys.Wizard.Page.Back, "I don't know")}
}
