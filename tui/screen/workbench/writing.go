package workbench

import (
	"math"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/theme"
	"culprit/tui/widget/editor"
)

// writing is the text of a tab: seen, or written while on is true. Enter begins, esc ends; in between the tab
// key indents.
type writing struct {
	ed   *editor.Editor
	here bool       // the cursor is on the text, not on the rows above it
	on   bool       // characters go into the text
	wish tui.Intent // what the editor asks of its owner
}

// show gives the editor a text when it is another one than it has.
func (t *writing) show(words string, l editor.Language) {
	if t.ed.Value() != words {
		t.ed.SetValue(words)
	}
	t.ed.SetLanguage(l)
}

func (t *writing) replace(words string) { t.ed.Replace(words) }

// rest goes back to the rows.
func (t *writing) rest() {
	t.stop()
	t.here = false
}

func (t *writing) start() {
	t.here, t.on = true, true
	t.ed.Focus()
}

func (t *writing) stop() {
	t.on = false
	t.ed.Blur()
}

// asked returns what the composer or its editor asks for, once.
func (e *composer) asked() tui.Intent {
	wish := e.wish
	if wish == nil {
		wish = e.words.wish
	}
	e.wish, e.words.wish = nil, nil
	return wish
}

func (t *writing) paste(words string) tui.Intent {
	intent, _ := t.ed.Update(tea.PasteMsg{Content: words})
	return intent
}

// scroll moves by lines, as the wheel does.
func (t *writing) scroll(by int) {
	k := tea.KeyPressMsg{Code: tea.KeyDown}
	if by < 0 {
		k.Code, by = tea.KeyUp, -by
	}
	for range by {
		t.ed.Update(k)
	}
}

func (t *writing) cursor() *tea.Cursor {
	if !t.on {
		return nil
	}
	return t.ed.Cursor()
}

// empty reports whether there is nothing to see.
func (t *writing) empty() bool { return t.ed.Value() == "" && !t.on }

// lines draws the text; of an empty one it says how to write it, from where the cursor is.
func (t *writing) lines(s *theme.Styles, k *keys.Form) []string {
	if !t.empty() {
		return strings.Split(t.ed.View(), "\n")
	}
	way := s.Text.Key.Render(k.Edit.Help().Key)
	if !t.here {
		way = s.Text.Key.Render(k.Down.Help().Key) + s.Text.Muted.Render(" then ") + way
	}
	return []string{s.Text.Muted.Render(" empty: ") + way + s.Text.Muted.Render(" writes, ") + s.Text.Key.Render("ctrl+o") + s.Text.Muted.Render(" opens $EDITOR")}
}

// rule is the line between the rows and the text; it says what enter and esc do.
func (t *writing) rule(s *theme.Styles, focused bool) string {
	switch {
	case t.on:
		return " " + s.State.Busy.Render(s.Glyphs.Dot+" writing") + s.Text.Muted.Render("  esc ends")
	case t.here && focused:
		return " " + s.Text.Accent.Render(s.Glyphs.Here) + s.Text.Muted.Render(" enter edits the text")
	}
	return ""
}

// browse moves over the text, and begins to write.
func (e *composer) browse(k tea.KeyPressMsg) bool {
	switch {
	case key.Matches(k, e.keys.Edit):
		e.words.start()
	case key.Matches(k, e.keys.Up):
		e.words.scroll(-1)
	case key.Matches(k, e.keys.Down):
		e.words.scroll(1)
	case k.String() == "pgup" || k.String() == "pgdown":
		e.words.ed.Update(k)
	case k.String() == "g" || k.String() == "home":
		e.words.ed.Go(0)
	case k.String() == "G" || k.String() == "end":
		e.words.ed.Go(math.MaxInt)
	default:
		return false
	}
	return true
}

// write gives a key to the editor.
func (e *composer) write(k tea.KeyPressMsg) (changed, mine bool) {
	intent, _ := e.words.ed.Update(k)
	if _, passed := intent.(tui.Pass); passed {
		if k.String() != "esc" {
			return false, false
		}
		e.words.stop()
		return false, true
	}
	return e.told(intent), true
}

// told takes what the editor says; it reports whether the text changed.
func (e *composer) told(intent tui.Intent) (changed bool) {
	switch i := intent.(type) {
	case editor.Changed:
		changed = true
	case editor.Cut:
		changed = true
		e.words.wish = Copy{Text: i.Text, What: "What was cut was"}
	case editor.External, editor.Copy, editor.Notice:
		e.words.wish = intent
	}
	if p := e.text(); changed && p != nil {
		*p = e.words.ed.Value()
		e.reresolve()
	}
	return changed
}

// wish grants what the editor asks for.
func (w *Workbench) wish(i tui.Intent) tui.Intent {
	if _, ok := i.(editor.External); ok {
		return w.external()
	}
	return w.grant(i)
}
