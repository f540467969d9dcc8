package workbench

import (
	"cmp"
	"fmt"
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
	"culprit/tui/widget/input"
)

// form is a list of fixed rows: each has a value to choose or to type.
type form struct {
	styles   *theme.Styles
	looks    *widget.Styles
	keys     *keys.Form
	rows     []row
	cur      int
	top      int
	w, h     int
	editing  *line
	suggest  func(text string, at int) []input.Offer
	revealed bool // values that look like credentials are shown
}

func (f *form) set(rows []row) {
	f.rows, f.editing = rows, nil
	f.cur = min(f.cur, max(len(rows)-1, 0))
	f.scroll()
}

func (f *form) resize(w, h int) { f.w, f.h = w, h; f.scroll() }

func (f *form) scroll() { f.top = max(min(f.top, f.cur), f.cur-max(f.h, 1)+1, 0) }

// press takes a key; changed says that a value did, mine that the key was for the form.
func (f *form) press(k tea.KeyPressMsg) (changed, mine bool) {
	if f.editing != nil {
		return f.typed(k)
	}
	if f.cur >= len(f.rows) {
		return false, false
	}
	defer f.scroll()
	switch {
	case key.Matches(k, f.keys.Down) && f.cur < len(f.rows)-1:
		f.cur++
	case key.Matches(k, f.keys.Up) && f.cur > 0:
		f.cur--
	case key.Matches(k, f.keys.Left):
		return f.choose(-1), true
	case key.Matches(k, f.keys.Right, f.keys.Toggle):
		return f.choose(1), true
	case key.Matches(k, f.keys.Edit):
		if f.rows[f.cur].choices != nil {
			return f.choose(1), true
		}
		f.editing = newLine(f.looks, f.rows[f.cur].value, f.suggest)
	default:
		return false, false // whoever is above or below takes it
	}
	return false, true
}

// choose takes another choice of the row under the cursor.
func (f *form) choose(by int) (changed bool) {
	r := &f.rows[f.cur]
	n := len(r.choices)
	if n == 0 {
		return false
	}
	i := slices.Index(r.choices, r.value)
	r.value = r.choices[(i+by+n)%n]
	return true
}

func (f *form) typed(k tea.KeyPressMsg) (changed, mine bool) {
	switch f.editing.press(k) {
	case passed:
		return false, false
	case kept:
		f.editing = nil
		return false, true
	case dropped:
		changed = f.store(f.editing.before)
		f.editing = nil
		return changed, true
	}
	return f.store(f.editing.value()), true
}

func (f *form) store(v string) (changed bool) {
	r := &f.rows[f.cur]
	changed, r.value = r.value != v, v
	return changed
}

// nameShare is the part of the form that names take at most.
const nameShare = 3

func (f *form) nameWidth() int {
	w := 0
	for _, r := range f.rows {
		w = max(w, ansi.StringWidth(clean(r.name)))
	}
	return min(w, f.w/nameShare)
}

// lines draws the rows that are seen; the cursor is relative to the form.
func (f *form) lines(focused bool) ([]string, *tea.Cursor) {
	var out []string
	var cursor *tea.Cursor
	names := f.nameWidth()
	for i := f.top; i < len(f.rows) && len(out) < f.h; i++ {
		here := focused && i == f.cur
		r := f.rows[i]
		lead := "   "
		if here {
			lead = " " + f.styles.Text.Accent.Render(f.styles.Glyphs.Here) + " "
		}
		lead += f.styles.Text.Muted.Render(frame.Line(clean(r.name), names)) + "  "
		room := f.w - names - 5
		switch {
		case here && f.editing != nil:
			text, x := f.editing.view(room - 2)
			cursor = tea.NewCursor(names+6+x, len(out)) // a space more: values begin where choices do
			out = append(out, lead+" "+text)
			for _, o := range f.editing.offers(f.looks, room-1) {
				out = append(out, strings.Repeat(" ", names+6)+o)
			}
		case here:
			out = append(out, theme.Onto(f.styles.Frame.SelectedBlurred, frame.Line(lead+f.shown(r, room, true), f.w)))
		default:
			out = append(out, lead+f.shown(r, room, false))
		}
	}
	return out, cursor
}

// shown draws the value of a row: its choices side by side where they fit.
func (f *form) shown(r row, room int, here bool) string {
	s := f.styles
	if r.choices == nil {
		switch {
		case r.value == "" && here:
			return " " + s.Text.Key.Render("enter") + s.Text.Muted.Render(" sets it   "+r.hint)
		case r.value == "":
			return " " + s.Text.Faint.Render(r.hint)
		}
		return " " + variables(s, s.Text.Plain, clean(f.veiled(r)))
	}
	for _, wide := range []bool{true, false} {
		if line := f.side(r, wide); ansi.StringWidth(line) <= room {
			return line
		}
	}
	at := slices.Index(r.choices, r.value)
	return s.Text.Faint.Render(s.Glyphs.Less) + s.Frame.Chosen.Render("["+clean(cmp.Or(labels[r.value], r.value))+"]") +
		s.Text.Faint.Render(s.Glyphs.More+"  "+fmt.Sprintf("%d of %d", at+1, len(r.choices)))
}

// side draws the choices side by side. The brackets of the chosen one take the place of blanks where there is room for
// two between words, so that nothing moves when another is chosen.
func (f *form) side(r row, wide bool) string {
	s, edge, between := f.styles, "", " "
	if wide {
		edge, between = " ", ""
	}
	out := make([]string, len(r.choices))
	for i, c := range r.choices {
		label := clean(cmp.Or(labels[c], c))
		if c == r.value {
			out[i] = s.Frame.Chosen.Render("[" + label + "]")
		} else {
			out[i] = edge + s.Text.Muted.Render(label) + edge
		}
	}
	return strings.Join(out, between)
}

// labels are shorter words for some choices.
var labels = map[string]string{"form-urlencoded": "form", "multipart-form": "multipart"}

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
		a, b := widget.NextVariable([]byte(text))
		if a < 0 {
			break
		}
		if a > 0 {
			out.WriteString(base.Render(text[:a]))
		}
		out.WriteString(s.Text.Variable.Render(text[a:b]))
		text = text[b:]
	}
	if text != "" {
		out.WriteString(base.Render(text))
	}
	return out.String()
}
