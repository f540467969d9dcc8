package shell

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/layout"
	"culprit/tui/widget"
)

// A sheet shows lines and scrolls over them.
type sheet struct {
	title string
	rows  []string
	top   int
	w, h  int
	keys  *keys.Map
}

// Title implements overlay.
func (t *sheet) Title() string { return t.title }

// Want implements overlay.
func (t *sheet) Want(screen layout.Rect) (w, h int) {
	return min(dialogWidth, screen.W-4), min(len(t.rows)+2, screen.H-4)
}

// Resize implements tui.Part.
func (t *sheet) Resize(w, h int) { t.w, t.h = w, h; t.move(t.top) }

func (t *sheet) move(to int) { t.top = max(min(to, len(t.rows)-t.h), 0) }

// Keys implements tui.Part.
func (t *sheet) Keys() []key.Binding {
	return []key.Binding{keys.Both(t.keys.List.Down, t.keys.List.Up, "scroll"), t.keys.Overlay.Close}
}

// Update implements tui.Part.
func (t *sheet) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, nil
	}
	l := t.keys.List
	switch {
	case key.Matches(k, t.keys.Overlay.Close, t.keys.Plain.Help, t.keys.Chord.Help, t.keys.Plain.Quit):
		return closed{}, nil
	case key.Matches(k, l.Down):
		t.move(t.top + 1)
	case key.Matches(k, l.Up):
		t.move(t.top - 1)
	case key.Matches(k, l.PageDown):
		t.move(t.top + t.h)
	case key.Matches(k, l.PageUp):
		t.move(t.top - t.h)
	case key.Matches(k, l.Top):
		t.move(0)
	case key.Matches(k, l.Bottom):
		t.move(len(t.rows))
	}
	return nil, nil
}

// Mouse implements tui.Mouser: the wheel scrolls.
func (t *sheet) Mouse(msg tea.MouseMsg) (tui.Intent, tea.Cmd) {
	t.move(t.top + widget.Notch(msg)*widget.WheelRows)
	return nil, nil
}

// View implements tui.Part.
func (t *sheet) View() string {
	end := min(t.top+t.h, len(t.rows))
	return strings.Join(t.rows[min(t.top, end):end], "\n")
}

// Scroll implements scroller.
func (t *sheet) Scroll() (widget.Scroll, int) { return t.seen(), 0 }

func (t *sheet) seen() widget.Scroll { return widget.Scroll{Top: t.top, Seen: t.h, All: len(t.rows)} }

// Foot implements footer: which of the lines are seen.
func (t *sheet) Foot() string { return t.seen().Range() }
