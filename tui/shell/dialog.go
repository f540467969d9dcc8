package shell

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/layout"
	"culprit/tui/theme"
	"culprit/tui/widget"
	"culprit/tui/widget/frame"
)

// A dialog asks one thing. Esc, and enter unless an answer says otherwise, take the harmless way out.
type dialog struct {
	title   string
	text    []string // safe to draw; may hold styles
	answers []answer
	refused func() tea.Cmd // when it is closed without an answer; may be nil
	quits   bool           // a second ctrl+c means quit
	styles  *theme.Styles
	keys    *keys.Map
	w, h    int
	top     int
}

// An answer is one key of a dialog.
type answer struct {
	key key.Binding
	do  func() tea.Cmd
}

func say(k, what string, do func() tea.Cmd) answer {
	return answer{key.NewBinding(key.WithKeys(k), key.WithHelp(k, what)), do}
}

func (s *Shell) dialog(title string, text ...string) *dialog {
	return &dialog{title: title, text: text, styles: s.styles, keys: s.keys}
}

// Title implements overlay.
func (d *dialog) Title() string { return d.title }

// Width of a dialog: a comfortable line of prose.
const dialogWidth = 64

// Want implements overlay.
func (d *dialog) Want(screen layout.Rect) (w, h int) {
	w = min(dialogWidth, screen.W-2)
	for _, l := range append(slices.Clone(d.text), d.foot()) {
		if ansi.StringWidth(l)+6 > w {
			w = min(ansi.StringWidth(l)+6, screen.W-4, dialogWidth*3/2)
		}
	}
	return w, len(d.wrapped(layout.Overlay(screen, w, 0).W-2)) + 6
}

func (d *dialog) wrapped(w int) []string {
	var out []string
	for _, l := range d.text {
		out = append(out, frame.Wrap(l, w-4)...)
	}
	return out
}

// Resize implements tui.Part.
func (d *dialog) Resize(w, h int) { d.w, d.h = w, h }

// Keys implements tui.Part.
func (d *dialog) Keys() []key.Binding {
	var out []key.Binding
	for _, a := range d.answers {
		out = append(out, a.key)
	}
	return append(out, d.keys.Overlay.Close)
}

// Update implements tui.Part.
func (d *dialog) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, nil
	}
	for _, a := range d.answers {
		if key.Matches(k, a.key) {
			return closed{a.do}, nil
		}
	}
	switch {
	case key.Matches(k, d.keys.Overlay.Close), key.Matches(k, d.keys.Overlay.No):
		return closed{d.refused}, nil
	case key.Matches(k, d.keys.Overlay.Down):
		d.top = min(d.top+1, max(len(d.wrapped(d.w))-(d.h-4), 0))
	case key.Matches(k, d.keys.Overlay.Up):
		d.top = max(d.top-1, 0)
	}
	return nil, nil
}

// View implements tui.Part.
func (d *dialog) View() string {
	out := []string{""}
	text := d.wrapped(d.w)
	room := max(d.h-4, 0)
	for _, l := range text[min(d.top, len(text)):min(d.top+room, len(text))] {
		out = append(out, "  "+l)
	}
	return strings.Join(append(out, "", "  "+d.foot()), "\n")
}

// Asks implements keyed: the answers are the last line.
func (d *dialog) Asks() {}

// Scroll implements scroller.
func (d *dialog) Scroll() (widget.Scroll, int) {
	return widget.Scroll{Top: d.top, Seen: max(d.h-4, 0), All: len(d.wrapped(d.w))}, 1
}

// Mouse implements tui.Mouser: the wheel scrolls, a click on an answer gives it.
func (d *dialog) Mouse(msg tea.MouseMsg) (tui.Intent, tea.Cmd) {
	text, m := d.wrapped(d.w), msg.Mouse()
	room := max(d.h-4, 0)
	d.top = max(min(d.top+widget.Notch(msg)*widget.WheelRows, len(text)-room), 0)
	if _, click := msg.(tea.MouseClickMsg); !click || m.Button != tea.MouseLeft || m.Y != min(room, len(text)-d.top)+2 {
		return nil, nil
	}
	from := 2
	for _, b := range d.Keys() {
		w := ansi.StringWidth(d.word(b))
		if m.X >= from && m.X < from+w {
			return d.Update(keys.Press(b.Keys()[0]))
		}
		from += w + ansi.StringWidth(apart)
	}
	return nil, nil
}

// apart is the space between two answers.
const apart = "   "

// foot is the line of the answers.
func (d *dialog) foot() string {
	var out []string
	for _, b := range d.Keys() {
		out = append(out, d.word(b))
	}
	return strings.Join(out, apart)
}

func (d *dialog) word(b key.Binding) string {
	return d.styles.Text.Key.Render(b.Help().Key) + " " + d.styles.Text.Muted.Render(b.Help().Desc)
}
