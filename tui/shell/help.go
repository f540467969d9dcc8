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

// A sheet shows lines and scrolls over them.
type sheet struct {
	title string
	rows  []string
	top   int
	w, h  int
	keys  *keys.Map
}

// help is the sheet of all bindings; those of the focused pane come first.
func help(s *Shell) *sheet {
	scopes := s.keys.Scopes()
	focused := map[string]int{"list": 0, "form": 1, "reply": 2}
	first, shown := -1, -1
	if s.screen == nil {
		for i, sc := range scopes {
			if n, ok := focused[sc.Name]; ok && n == int(s.bench.Focused()) {
				first = i
			}
		}
	}
	var rows []string
	if a, ok := s.screen.(interface{ About() string }); ok {
		rows = append(rows, s.about(a.About())...)
	}
	if s.screen != nil {
		rows = append(rows, bindings(s.styles, s.screen.Title(), s.screen.Keys())...)
		if g, ok := s.screen.(interface{ Help() (string, [][2]string) }); ok {
			rows = append(rows, explained(s.styles, g)...)
		}
		c, p := s.keys.Chord, s.keys.Plain
		rows = append(rows, bindings(s.styles, "Everywhere", []key.Binding{c.Palette, p.Help, p.Quit, c.Stop, c.Suspend})...)
	}
	if s.screen == nil && s.bench.Typing() {
		rows = append(rows, bindings(s.styles, "While you type", s.bindings())...)
	}
	if first >= 0 {
		rows = append(rows, s.about(s.bench.About())...)
		if s.bench.Reading() {
			for i, sc := range scopes {
				if sc.Name == "body" {
					rows = append(rows, section(s.styles, sc)...)
					shown = i
				}
			}
		}
		rows = append(rows, section(s.styles, scopes[first])...)
	}
	for i, sc := range scopes {
		if i != first && i != shown && s.screen == nil {
			rows = append(rows, section(s.styles, sc)...)
		}
	}
	return &sheet{title: "Keys", rows: rows, keys: s.keys}
}

// about is what a part says of itself, above its keys.
func (s *Shell) about(text string) []string {
	var rows []string
	for _, l := range frame.Wrap(text, min(dialogWidth, s.size.W-4)-4) {
		rows = append(rows, " "+l)
	}
	return append(rows, "")
}

func section(s *theme.Styles, sc keys.Scope) []string {
	var all []key.Binding
	for _, n := range sc.Named {
		all = append(all, *n.Binding)
	}
	return bindings(s, sc.Title, all)
}

// explained is what a screen says of itself: in two lines each, because what is typed may be long.
func explained(s *theme.Styles, g interface{ Help() (string, [][2]string) }) []string {
	title, rows := g.Help()
	out := []string{" " + s.Text.Title.Render(title)}
	for _, r := range rows {
		out = append(out, "   "+s.Text.Key.Render(r[0]))
		for _, l := range frame.Wrap(r[1], dialogWidth-10) {
			out = append(out, "     "+s.Text.Muted.Render(l))
		}
	}
	return append(out, "")
}

// keyColumn is the width of the keys in the help: "shift+tab", or two short ones.
const keyColumn = 16

func bindings(s *theme.Styles, title string, all []key.Binding) []string {
	out := []string{" " + s.Text.Title.Render(title)}
	for _, b := range all {
		if !b.Enabled() {
			continue
		}
		also := ""
		for _, k := range b.Keys() {
			if k = arrows.Replace(k); k != b.Help().Key && k != " " && !slices.Contains(strings.Split(b.Help().Key, "/"), k) && ansi.StringWidth(b.Help().Key+also+k)+2 < keyColumn {
				also += " " + k
			}
		}
		out = append(out, "   "+s.Text.Key.Render(b.Help().Key)+frame.Line(s.Text.Faint.Render(also), keyColumn-ansi.StringWidth(b.Help().Key))+b.Help().Desc)
	}
	return append(out, "")
}

// arrows writes the names of keys as they are on the keyboard.
var arrows = strings.NewReplacer("pgdown", "pgdn", "pgup", "pgup", "shift+up", "shift+↑", "shift+down", "shift+↓", "up", "↑", "down", "↓", "left", "←", "right", "→")

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
	t.move(t.top + notches(msg))
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
