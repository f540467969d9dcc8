package shell

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/sahilm/fuzzy"

	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/layout"
	"culprit/tui/theme"
	"culprit/tui/widget/frame"
)

// An item is one line of a list: what it is, what it says beside it, and what choosing it does.
type item struct {
	mark  string // styled, one or a few cells; drawn before the label
	label string // safe to draw
	aside string // safe; at the right, muted: a key, a path
	do    func() tea.Cmd
}

// A list finds one of many items by a few letters.
type list struct {
	title  string
	items  []item
	shown  []fuzzy.Match
	query  []rune
	cur    int
	top    int
	w, h   int
	styles *theme.Styles
	keys   *keys.Map
}

func (s *Shell) list(title string, items []item) *list {
	l := &list{title: title, items: items, styles: s.styles, keys: s.keys}
	l.find()
	return l
}

// Title implements overlay.
func (l *list) Title() string { return l.title }

// Size of a list: wide enough for a name and its path, a third of a large screen high.
const (
	listWidth = 72
	listLines = 16
)

// Want implements overlay.
func (l *list) Want(screen layout.Rect) (w, h int) {
	return min(listWidth, screen.W-4), min(len(l.items), listLines) + 4
}

// Resize implements tui.Part.
func (l *list) Resize(w, h int) { l.w, l.h = w, h; l.move(l.cur) }

// Keys implements tui.Part.
func (l *list) Keys() []key.Binding {
	return []key.Binding{l.keys.Overlay.Accept, l.keys.Overlay.Up, l.keys.Overlay.Down, l.keys.Overlay.Close}
}

// Typing implements tui.Typist.
func (l *list) Typing() bool { return true }

// Cursor implements tui.Typist.
func (l *list) Cursor() *tea.Cursor {
	return tea.NewCursor(min(3+ansi.StringWidth(string(l.query)), l.w-1), 0)
}

type labels []item

func (a labels) String(i int) string { return a[i].label + " " + a[i].aside }
func (a labels) Len() int            { return len(a) }

// find shows what fits the query, best first; without one, everything in order.
func (l *list) find() {
	l.cur, l.top = 0, 0
	if len(l.query) == 0 {
		l.shown = make([]fuzzy.Match, len(l.items))
		for i := range l.items {
			l.shown[i] = fuzzy.Match{Index: i}
		}
		return
	}
	l.shown = fuzzy.FindFrom(string(l.query), labels(l.items))
}

func (l *list) rows() int { return max(l.h-2, 1) }

func (l *list) move(to int) {
	l.cur = max(min(to, len(l.shown)-1), 0)
	l.top = max(min(l.top, l.cur), l.cur-l.rows()+1, 0)
}

// Update implements tui.Part.
func (l *list) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	if p, ok := msg.(tea.PasteMsg); ok {
		l.query = append(l.query, printable(p.Content)...)
		l.find()
		return nil, nil
	}
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, nil
	}
	o := l.keys.Overlay
	switch {
	case key.Matches(k, o.Close), key.Matches(k, l.keys.Chord.Palette):
		return closed{}, nil
	case key.Matches(k, o.Accept):
		if l.cur < len(l.shown) {
			return closed{l.items[l.shown[l.cur].Index].do}, nil
		}
	case key.Matches(k, o.Up):
		l.move(l.cur - 1)
	case key.Matches(k, o.Down), k.String() == "tab":
		l.move(l.cur + 1)
	case k.String() == "pgdown":
		l.move(l.cur + l.rows())
	case k.String() == "pgup":
		l.move(l.cur - l.rows())
	case k.String() == "backspace":
		l.query = l.query[:max(len(l.query)-1, 0)]
		l.find()
	case k.String() == "ctrl+u":
		l.query = nil
		l.find()
	case k.Text != "":
		l.query = append(l.query, printable(k.Text)...)
		l.find()
	}
	return nil, nil
}

// View implements tui.Part.
func (l *list) View() string {
	s := l.styles
	query := s.Text.Plain.Render(string(l.query))
	if len(l.query) == 0 {
		query = s.Text.Faint.Render("type to find")
	}
	out := []string{" " + s.Text.Accent.Render(s.Glyphs.Arrow) + " " + query, ""}
	for i := l.top; i < len(l.shown) && len(out) < l.h; i++ {
		m := l.shown[i]
		it := l.items[m.Index]
		mark := it.mark
		if mark != "" {
			mark += " "
		}
		row := frame.Ends(" "+mark+matched(s, it.label, m.MatchedIndexes), s.Text.Muted.Render(it.aside)+" ", l.w)
		if i == l.cur {
			row = theme.Onto(s.Frame.Selected, row)
		}
		out = append(out, row)
	}
	if len(l.shown) == 0 {
		out = append(out, " "+s.Text.Muted.Render("nothing fits"))
	}
	return strings.Join(out, "\n")
}

// matched draws a label with the bytes that the query found underlined.
func matched(s *theme.Styles, label string, at []int) string {
	if len(at) == 0 {
		return s.Text.Plain.Render(label)
	}
	hit := map[int]bool{}
	for _, i := range at {
		hit[i] = true
	}
	var out strings.Builder
	for i, r := range label {
		st := s.Text.Plain
		if hit[i] {
			st = s.Text.Key.Underline(true)
		}
		out.WriteString(st.Render(string(r)))
	}
	return out.String()
}
