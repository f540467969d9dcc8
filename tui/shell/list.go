package shell

import (
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/layout"
	"culprit/tui/widget"
	"culprit/tui/widget/picker"
)

// An item is one line of a list: what it is, and what choosing it does.
type item struct {
	picker.Item
	do func() tea.Cmd
}

// A list finds one of many items by a few letters. Its IDs are the places of the items.
type list struct {
	*picker.Picker
	title string
	items []item
	keys  *keys.Map
	say   func(string)
	// digits lets a digit choose an item while nothing is typed.
	digits bool
}

func (s *Shell) list(title string, items []item) *list {
	shown := make([]picker.Item, len(items))
	for i, it := range items {
		shown[i] = it.Item
		shown[i].ID = strconv.Itoa(i)
	}
	p := picker.New(s.looks, shown)
	p.SetPlaceholder("type to find")
	return &list{Picker: p, title: title, items: items, keys: s.keys, say: s.say}
}

// Title implements overlay.
func (l *list) Title() string { return l.title }

// Foot implements footer: how many items match.
func (l *list) Foot() string { return l.Found() }

// Scroll implements scroller; the field is above the items.
func (l *list) Scroll() (widget.Scroll, int) { return l.Picker.Scroll(), 1 }

// Size of a list: wide enough for a name and its path, a third of a large screen high.
const (
	listWidth = 68
	listLines = 18
)

// Want implements overlay.
func (l *list) Want(screen layout.Rect) (w, h int) {
	return min(listWidth, screen.W-4), min(min(len(l.items), listLines)+3, screen.H-2)
}

// Keys implements tui.Part.
func (l *list) Keys() []key.Binding {
	return []key.Binding{l.keys.Overlay.Accept, keys.Both(l.keys.Overlay.Up, l.keys.Overlay.Down, "move"), l.keys.Overlay.Close}
}

// Update implements tui.Part.
func (l *list) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		n, err := strconv.Atoi(k.Text)
		switch {
		case l.digits && err == nil && n >= 1 && n <= len(l.items) && l.Typed() == "":
			return closed{l.items[n-1].do}, nil
		case key.Matches(k, l.keys.Chord.Palette):
			return closed{}, nil
		case key.Matches(k, l.keys.Overlay.Up):
			msg = tea.KeyPressMsg{Code: tea.KeyUp}
		case key.Matches(k, l.keys.Overlay.Down):
			msg = tea.KeyPressMsg{Code: tea.KeyDown}
		}
	}
	intent, cmd := l.Picker.Update(msg)
	return l.told(intent), cmd
}

// Mouse implements tui.Mouser.
func (l *list) Mouse(msg tea.MouseMsg) (tui.Intent, tea.Cmd) {
	intent, cmd := l.Picker.Mouse(msg)
	return l.told(intent), cmd
}

func (l *list) told(intent tui.Intent) tui.Intent {
	switch i := intent.(type) {
	case picker.Picked:
		if n, err := strconv.Atoi(i.ID); err == nil {
			return closed{l.items[n].do}
		}
	case widget.Cancelled:
		return closed{}
	case picker.Notice:
		l.say("Not now: " + i.Text + ".")
	}
	return nil
}
