package workbench

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/request/secret"
	"culprit/tui/keys"
	"culprit/tui/theme"
	"culprit/tui/widget"
	"culprit/tui/widget/frame"
)

// A row is a line of a form: a name and a value, both untrusted.
type row struct {
	name, value string
	off         bool
	fixed       bool     // the name is ours, and the row can be neither switched off nor removed
	choices     []string // the value is one of these; nil for any
	hint        string   // shown while the value is empty
	from        int      // index of the saved row that it came from, -1 for a new one
}

// form is a list of rows to edit in place.
type form struct {
	styles   *theme.Styles
	looks    *widget.Styles
	keys     *keys.Form
	rows     []row
	grows    string // what a new row is called, "" when none can be added
	cur      int
	value    bool // the cursor is on the value, not the name
	top      int
	w, h     int
	editing  *line
	revealed bool // values that look like credentials are shown
}

func (f *form) set(rows []row, grows string) {
	f.rows, f.grows, f.editing = rows, grows, nil
	f.cur = min(f.cur, max(len(rows)-1, 0))
	f.scroll()
}

func (f *form) resize(w, h int) { f.w, f.h = w, h; f.scroll() }

func (f *form) scroll() {
	h := max(f.h, 1)
	f.top = max(min(f.top, f.cur), f.cur-h+1, 0)
}

// press takes a key; changed says that the rows did, mine that the key was for the form.
func (f *form) press(k tea.KeyPressMsg) (changed, mine bool) {
	if f.editing != nil {
		return f.typed(k)
	}
	switch {
	case key.Matches(k, f.keys.Down):
		if f.cur < len(f.rows)-1 {
			f.cur++
		}
	case key.Matches(k, f.keys.Up):
		if f.cur == 0 {
			return false, false // whoever is above takes it
		}
		f.cur--
	case key.Matches(k, f.keys.Left):
		f.value = false
	case key.Matches(k, f.keys.Right):
		f.value = true
	case key.Matches(k, f.keys.Edit):
		return f.edit(), true
	case f.grows != "":
		changed, mine = f.restructure(k)
		f.scroll()
		return changed, mine
	default:
		return false, false
	}
	f.scroll()
	return false, true
}

// restructure adds, removes, moves and switches rows.
func (f *form) restructure(k tea.KeyPressMsg) (changed, mine bool) {
	if key.Matches(k, f.keys.Add) {
		f.rows = append(f.rows, row{from: -1})
		f.cur, f.value = len(f.rows)-1, false
		f.editing = newLine(f.looks, "")
		return true, true
	}
	known := key.Matches(k, f.keys.Toggle, f.keys.Delete, f.keys.Duplicate, f.keys.MoveUp, f.keys.MoveDown)
	if !known || f.cur >= len(f.rows) || f.rows[f.cur].fixed {
		return false, known
	}
	switch {
	case key.Matches(k, f.keys.Toggle):
		f.rows[f.cur].off = !f.rows[f.cur].off
	case key.Matches(k, f.keys.Delete):
		f.rows = slices.Delete(f.rows, f.cur, f.cur+1)
		f.cur = max(min(f.cur, len(f.rows)-1), 0)
	case key.Matches(k, f.keys.Duplicate):
		f.rows = slices.Insert(f.rows, f.cur+1, f.rows[f.cur])
		f.cur++
	case key.Matches(k, f.keys.MoveUp) && f.cur > 0 && !f.rows[f.cur-1].fixed:
		f.rows[f.cur], f.rows[f.cur-1] = f.rows[f.cur-1], f.rows[f.cur]
		f.cur--
	case key.Matches(k, f.keys.MoveDown) && f.cur < len(f.rows)-1:
		f.rows[f.cur], f.rows[f.cur+1] = f.rows[f.cur+1], f.rows[f.cur]
		f.cur++
	default:
		return false, true
	}
	return true, true
}

// edit opens the cell under the cursor, or takes the next choice.
func (f *form) edit() (changed bool) {
	if f.cur >= len(f.rows) {
		return false
	}
	r := &f.rows[f.cur]
	if r.choices != nil {
		i := slices.Index(r.choices, r.value)
		r.value = r.choices[(i+1)%len(r.choices)]
		return true
	}
	f.value = f.value || r.fixed || r.name != ""
	if f.value {
		f.editing = newLine(f.looks, r.value)
	} else {
		f.editing = newLine(f.looks, r.name)
	}
	return false
}

func (f *form) typed(k tea.KeyPressMsg) (changed, mine bool) {
	switch k.String() {
	case "esc":
		f.editing = nil
		return false, true
	case "enter":
		next := !f.value
		f.editing = nil
		if next {
			f.value = true
			f.editing = newLine(f.looks, f.rows[f.cur].value)
		}
		return false, true
	}
	if !f.editing.press(k) {
		return false, false
	}
	return f.store(), true
}

// paste puts text at the cursor of the cell being edited.
func (f *form) paste(text string) (changed bool) {
	f.editing.insert(text)
	return f.store()
}

func (f *form) store() (changed bool) {
	r, v := &f.rows[f.cur], f.editing.value()
	if f.value {
		changed, r.value = r.value != v, v
	} else {
		changed, r.name = r.name != v, v
	}
	return changed
}

// Widths of the column of names: a third of the form, and not below what "Content-Type" needs.
const (
	nameLeast = 12
	nameShare = 3
	markWidth = 3
)

func (f *form) nameWidth() int {
	w := nameLeast
	for _, r := range f.rows {
		w = max(w, ansi.StringWidth(clean(r.name)))
	}
	return min(w, max(f.w/nameShare, nameLeast))
}

// lines draws the rows that are seen; the cursor is relative to the form.
func (f *form) lines(focused bool) ([]string, *tea.Cursor) {
	var out []string
	var cursor *tea.Cursor
	names := f.nameWidth()
	for i := f.top; i < len(f.rows) && len(out) < f.h; i++ {
		here := focused && i == f.cur
		text, x := f.line(f.rows[i], names, here)
		if here && f.editing != nil {
			cursor = tea.NewCursor(x, len(out))
		} else if here {
			text = theme.Onto(f.styles.Frame.Selected, frame.Line(text, f.w))
		}
		out = append(out, text)
	}
	if len(f.rows) == 0 && f.grows != "" {
		out = append(out, f.styles.Text.Muted.Render(" none yet; ")+f.styles.Text.Key.Render("a")+
			f.styles.Text.Muted.Render(" adds "+f.grows))
	}
	return out, cursor
}

// line draws a row; x is the cell of the text cursor while it is edited.
func (f *form) line(r row, names int, here bool) (text string, x int) {
	s := f.styles
	mark := "   "
	label, value := s.Text.Label, s.Text.Plain
	switch {
	case r.fixed:
		mark = " "
		label = s.Text.Muted
	case r.off:
		mark = " " + s.Text.Off.Render(s.Glyphs.Off) + " "
		label, value = s.Text.Off, s.Text.Off
	default:
		mark = " " + s.State.Good.Render(s.Glyphs.On) + " "
	}
	start := ansi.StringWidth(mark)
	name := label.Render(frame.Line(clean(r.name), names))
	shown := variables(s, value, clean(f.veiled(r)))
	if r.value == "" && r.hint != "" {
		shown = s.Text.Faint.Render(r.hint)
	}
	if r.choices != nil {
		shown += s.Text.Faint.Render(" " + s.Glyphs.Open)
	}
	if here && f.editing != nil && f.value {
		shown, x = f.editing.view(f.w - start - names - markWidth)
		return mark + name + "  " + shown, x + start + names + 2
	}
	if here && f.editing != nil {
		name, x = f.editing.view(names)
		return mark + name + "  " + shown, x + start
	}
	return mark + name + "  " + shown, 0
}

// veiled is the value of a row as it may be seen.
func (f *form) veiled(r row) string {
	if f.revealed || !secret.Guess(r.name, r.value) {
		return r.value
	}
	return secret.Mask(r.value)
}

// variables draws text that was cleaned with each {{name}} in its own style.
func variables(s *theme.Styles, base interface{ Render(...string) string }, text string) string {
	var out strings.Builder
	for text != "" {
		i := strings.Index(text, "{{")
		j := strings.Index(text, "}}")
		if i < 0 || j < i {
			break
		}
		if i > 0 {
			out.WriteString(base.Render(text[:i]))
		}
		out.WriteString(s.Text.Variable.Render(text[i : j+2]))
		text = text[j+2:]
	}
	if text != "" {
		out.WriteString(base.Render(text))
	}
	return out.String()
}
