package shell

import (
	"fmt"
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
	"culprit/tui/widget/input"
)

// A guide is a sheet of chapters that is searched: what is typed leaves the rows that hold it, under their headings.
// Its size stays while it is searched.
type guide struct {
	sheet
	styles    *theme.Styles
	seen, all []chapter // without a search, and in one
	field     *input.Field
	found     int
	room      int // lines of the overlay, with the one of the search
}

func newGuide(s *Shell, seen, all []chapter) *guide {
	g := &guide{sheet: sheet{title: "Keys", keys: s.keys}, styles: s.styles, seen: seen, all: all, field: input.New(s.looks)}
	g.field.SetPrompt(" /")
	g.find("")
	return g
}

// find leaves the rows that hold what, case aside; "" shows what is seen without a search.
func (g *guide) find(what string) {
	chapters := g.all
	if what == "" {
		chapters = g.seen
	}
	what = strings.ToLower(what)
	g.rows, g.found = nil, 0
	for _, c := range chapters {
		var held []string
		for _, r := range c.rows {
			if what == "" || c.title != "" && strings.Contains(strings.ToLower(ansi.Strip(r)), what) {
				held = append(held, strings.Split(r, "\n")...)
				g.found++
			}
		}
		if len(held) == 0 {
			continue
		}
		if len(g.rows) > 0 {
			g.rows = append(g.rows, "")
		}
		if c.title != "" {
			held = append([]string{" " + g.styles.Text.Title.Render(c.title)}, held...)
		}
		g.rows = append(g.rows, held...)
	}
	g.top = 0
}

// searching reports whether the last row is the search: while it is typed, and while it leaves rows out.
func (g *guide) searching() bool { return g.field.Typing() || g.field.Value() != "" }

// Want implements overlay.
func (g *guide) Want(screen layout.Rect) (w, h int) {
	n := 0
	for _, c := range g.seen {
		n += len(c.rows) + 2
		for _, r := range c.rows {
			n += strings.Count(r, "\n")
		}
	}
	return min(dialogWidth, screen.W-4), min(n+1, screen.H-4)
}

// Resize implements tui.Part.
func (g *guide) Resize(w, h int) {
	g.field.Resize(max(w-12, 1), 1) // beside it is how many were found
	g.room = h
	g.fit(w)
}

// fit gives the rows what the search leaves of w cells and the room.
func (g *guide) fit(w int) {
	h := g.room
	if g.searching() {
		h--
	}
	g.sheet.Resize(w, h)
}

// Keys implements tui.Part.
func (g *guide) Keys() []key.Binding {
	find, o := g.keys.Body.Find, g.keys.Overlay
	switch {
	case g.field.Typing():
		return []key.Binding{keys.As(o.Accept, "keep"), keys.As(o.Close, "end the search")}
	case g.searching():
		return []key.Binding{keys.Both(g.keys.List.Down, g.keys.List.Up, "scroll"), keys.As(o.Close, "end the search"), find.Search}
	}
	return []key.Binding{keys.Both(g.keys.List.Down, g.keys.List.Up, "scroll"), keys.As(find.Search, "search all keys"), o.Close}
}

// Update implements tui.Part.
func (g *guide) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	defer func() { g.fit(g.w) }()
	k, pressed := msg.(tea.KeyPressMsg)
	switch {
	case g.field.Typing() && pressed && key.Matches(k, g.keys.Overlay.Up, g.keys.Overlay.Down):
		return g.sheet.Update(msg)
	case g.field.Typing():
		g.typed(msg)
		return nil, nil
	case pressed && key.Matches(k, g.keys.Body.Find.Search):
		g.field.Focus()
		return nil, nil
	case pressed && g.searching() && key.Matches(k, g.keys.Overlay.Close):
		g.field.SetValue("")
		g.find("")
		return nil, nil
	}
	return g.sheet.Update(msg)
}

func (g *guide) typed(msg tea.Msg) {
	switch intent, _ := g.field.Update(msg); i := intent.(type) {
	case input.Changed:
		g.find(i.Value)
	case input.Submitted:
		g.field.Blur()
	case widget.Cancelled:
		g.field.Blur()
		g.field.SetValue("")
		g.find("")
	}
}

// Typing implements tui.Typist.
func (g *guide) Typing() bool { return g.field.Typing() }

// Cursor implements tui.Typist.
func (g *guide) Cursor() *tea.Cursor {
	c := g.field.Cursor()
	if c != nil {
		c.Y = g.h
	}
	return c
}

// View implements tui.Part.
func (g *guide) View() string {
	if !g.searching() {
		return g.sheet.View()
	}
	tally := fmt.Sprintf("%d found", g.found)
	if g.field.Value() == "" {
		tally = ""
	}
	rows := frame.Fit(lines(g.sheet.View()), g.w, g.h)
	return strings.Join(append(rows, frame.Ends(g.field.View(), g.styles.Text.Muted.Render(tally)+" ", g.w)), "\n")
}
