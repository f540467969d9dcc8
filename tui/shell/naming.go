package shell

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/layout"
	"culprit/tui/theme"
	"culprit/tui/widget"
	"culprit/tui/widget/frame"
	"culprit/tui/widget/input"
)

// A naming asks for one line of text.
type naming struct {
	title, what string
	field       *input.Field
	done        func(text string) tea.Cmd
	styles      *theme.Styles
	keys        *keys.Map
	w           int
	empty       bool                         // may be the answer
	rows        int                          // of completions below the field; 0 for none
	changed     func(text string) tui.Intent // hears what is typed; nil for nobody
}

// name returns a naming; what says what is asked for, text is the answer that is offered.
func (s *Shell) name(title, what, text string, done func(text string) tea.Cmd) *naming {
	f := input.New(s.looks)
	f.SetPrompt("> ")
	f.SetValue(text)
	f.Focus()
	return &naming{title: title, what: what, field: f, done: done, styles: s.styles, keys: s.keys}
}

// Title implements overlay.
func (q *naming) Title() string { return q.title }

// Want implements overlay.
func (q *naming) Want(screen layout.Rect) (w, h int) {
	return min(dialogWidth, screen.W-2), min(7+q.rows+len(frame.Wrap(q.what, dialogWidth-6))-1, screen.H)
}

// Resize implements tui.Part.
func (q *naming) Resize(w, h int) { q.w = w; q.field.Resize(max(w-4, 1), 1+q.rows) }

// Keys implements tui.Part.
func (q *naming) Keys() []key.Binding {
	done := keys.As(q.keys.Overlay.Accept, "done")
	if q.field.Offers() > 0 {
		k := input.DefaultKeyMap()
		return []key.Binding{k.Accept, k.NextOffer, done, q.keys.Overlay.Close}
	}
	return []key.Binding{done, q.keys.Overlay.Close}
}

// Typing implements tui.Typist.
func (q *naming) Typing() bool { return true }

// Cursor implements tui.Typist.
func (q *naming) Cursor() *tea.Cursor {
	c := q.field.Cursor()
	if c != nil {
		c.X, c.Y = c.X+2, c.Y+len(q.above())
	}
	return c
}

func (q *naming) above() []string {
	var out []string
	for _, l := range frame.Wrap(q.what, q.w-4) {
		out = append(out, "  "+q.styles.Text.Muted.Render(l))
	}
	return append([]string{""}, append(out, "")...)
}

// Update implements tui.Part.
func (q *naming) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	intent, _ := q.field.Update(msg)
	switch i := intent.(type) {
	case input.Changed:
		if q.changed != nil {
			return q.changed(i.Value), nil
		}
	case widget.Cancelled:
		return closed{}, nil
	case input.Submitted:
		text := strings.TrimSpace(i.Value)
		if text == "" && !q.empty {
			return nil, nil
		}
		return closed{func() tea.Cmd { return q.done(text) }}, nil
	}
	return nil, nil
}

// View implements tui.Part.
func (q *naming) View() string {
	above := q.above()
	for l := range strings.SplitSeq(q.field.View(), "\n") {
		above = append(above, "  "+l)
	}
	return strings.Join(above, "\n")
}
