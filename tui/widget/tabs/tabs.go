// Package tabs is a bar of names, one of which is open.
package tabs

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/widget"
)

// A Tab is one name in the bar.
type Tab struct {
	Label string
	Mark  string // behind the name: a count, a sign for changes
	Role  widget.Role
}

// Selected says that tab Index, from 0, is open now.
type Selected struct{ Index int }

// Bar is a tui.Part of one row; further rows stay empty.
type Bar struct {
	styles        *widget.Styles
	ink           widget.Ink
	keys          KeyMap
	tabs          []Tab
	at, first     int
	width, height int
	focus         bool
	pen           widget.Pen
}

// A KeyMap holds the bindings of a bar.
type KeyMap struct{ Next, Previous key.Binding }

// DefaultKeyMap returns the brackets, which work in every part that is not typed into.
func DefaultKeyMap() KeyMap {
	return KeyMap{
		Next:     widget.Bind("]", "next tab", "]"),
		Previous: widget.Bind("[", "previous tab", "["),
	}
}

// New returns a bar of tabs, which it keeps; the first is open. nil styles mean plain.
func New(styles *widget.Styles, tabs []Tab) *Bar {
	return &Bar{styles: styles, keys: DefaultKeyMap(), tabs: tabs}
}

// SetKeys replaces the bindings.
func (b *Bar) SetKeys(k KeyMap) { b.keys = k }

// SetTabs replaces the tabs; the open one keeps its number.
func (b *Bar) SetTabs(tabs []Tab) { b.tabs = tabs; b.Select(b.at) }

// At returns the number of the open tab.
func (b *Bar) At() int { return b.at }

// Select opens tab n.
func (b *Bar) Select(n int) { b.at = min(max(0, n), max(0, len(b.tabs)-1)); b.reveal() }

// Focus marks the bar.
func (b *Bar) Focus() tea.Cmd { b.focus = true; return nil }

// Blur takes the mark away.
func (b *Bar) Blur() { b.focus = false }

// Resize sets the size of View in cells.
func (b *Bar) Resize(width, height int) {
	b.width, b.height = max(0, width), max(0, height)
	b.reveal()
}

// Keys returns the bindings.
func (b *Bar) Keys() []key.Binding { return []key.Binding{b.keys.Next, b.keys.Previous} }

// Update takes a key.
func (b *Bar) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	k, ok := msg.(tea.KeyPressMsg)
	n := len(b.tabs)
	switch {
	case !ok || n == 0:
		return tui.Pass{}, nil
	case key.Matches(k, b.keys.Next):
		b.Select((b.at + 1) % n)
	case key.Matches(k, b.keys.Previous):
		b.Select((b.at + n - 1) % n)
	default:
		return tui.Pass{}, nil
	}
	return Selected{b.at}, nil
}

// Mouse opens the tab that one clicks.
func (b *Bar) Mouse(msg tea.MouseMsg) (tui.Intent, tea.Cmd) {
	click, ok := msg.(tea.MouseClickMsg)
	if !ok || click.Button != tea.MouseLeft || click.Y != 0 {
		return tui.Pass{}, nil
	}
	x := 0
	for i := b.first; i < len(b.tabs); i++ {
		w := size(b.tabs[i])
		if click.X >= x && click.X < x+w {
			b.Select(i)
			return Selected{i}, nil
		}
		x += w
	}
	return tui.Pass{}, nil
}

// size returns the cells of a tab: a sign, the name, the mark, a sign.
func size(t Tab) int {
	n := 2 + widget.Width([]byte(t.Label))
	if t.Mark != "" {
		n += 1 + widget.Width([]byte(t.Mark))
	}
	return n
}

// reveal moves the bar so that the open tab can be seen.
func (b *Bar) reveal() {
	b.first = 0
	for b.first < b.at {
		x := 0
		for i := b.first; i <= b.at; i++ {
			x += size(b.tabs[i])
		}
		if x <= b.width {
			return
		}
		b.first++
	}
}

// View draws the bar. The open tab stands in brackets: colour alone says nothing.
func (b *Bar) View() string {
	b.ink.Load(b.styles)
	var out []byte
	for y := range b.height {
		if y > 0 {
			out = append(out, '\n')
		}
		b.pen.Begin(&b.ink, out, b.width)
		for i := b.first; y == 0 && i < len(b.tabs); i++ {
			need := size(b.tabs[i])
			if i+1 < len(b.tabs) {
				need++ // the sign that there are more
			}
			if i > b.at && need > b.pen.Left() {
				b.pen.Spaces(widget.Muted, b.pen.Left()-1)
				b.pen.Word(widget.Muted, b.ink.Sign("›", ">"))
				break
			}
			b.draw(i)
		}
		out = b.pen.End()
	}
	return string(out)
}

func (b *Bar) draw(i int) {
	t, role, before, after := b.tabs[i], widget.Muted, " ", " "
	switch {
	case i == b.at:
		role, before, after = widget.Strong, "[", "]"
		if b.focus {
			role = widget.Accent
		}
	case i == b.first && i > 0:
		before = b.ink.Sign("‹", "<")
	}
	b.pen.Word(role, before)
	b.pen.Put(role, []byte(t.Label))
	if t.Mark != "" {
		b.pen.Spaces(role, 1)
		b.pen.Put(t.Role, []byte(t.Mark))
	}
	b.pen.Word(role, after)
}
