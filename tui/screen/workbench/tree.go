package workbench

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/collections"
	"culprit/tui/keys"
	"culprit/tui/theme"
	"culprit/tui/widget"
	"culprit/tui/widget/frame"
)

// tree is the collection as a tree of folders and requests.
type tree struct {
	styles *theme.Styles
	looks  *widget.Styles
	keys   *keys.List
	root   *collections.Entry
	closed map[string]bool // folders by path
	rows   []branch
	cur    int
	top    int // first row seen
	w, h   int
	filter *line                                              // nil when there is none
	typing bool                                               // the filter takes characters
	mark   func(e *collections.Entry) (glyph string, ok bool) // last result, styled
}

type branch struct {
	entry *collections.Entry
	depth int
}

func (t *tree) set(root *collections.Entry) {
	path := t.path()
	t.root = root
	t.build()
	t.choose(path)
}

func (t *tree) path() string {
	if e := t.selected(); e != nil {
		return e.Path
	}
	return ""
}

func (t *tree) selected() *collections.Entry {
	if t.cur < len(t.rows) {
		return t.rows[t.cur].entry
	}
	return nil
}

// choose moves the cursor to a path, where it is seen.
func (t *tree) choose(path string) {
	for i, r := range t.rows {
		if r.entry.Path == path {
			t.move(i)
			return
		}
	}
	t.move(t.cur)
}

// reveal opens the folders above a path and moves there.
func (t *tree) reveal(path string) {
	t.filter, t.typing = nil, false
	for p := path; strings.Contains(p, "/"); {
		p = p[:strings.LastIndex(p, "/")]
		delete(t.closed, p)
	}
	t.build()
	t.choose(path)
}

func (t *tree) build() {
	t.rows = t.rows[:0]
	if t.root != nil {
		t.walk(t.root.Children, 0)
	}
	t.move(t.cur)
}

func (t *tree) walk(entries []*collections.Entry, depth int) {
	for _, e := range entries {
		if t.filter != nil && t.filter.value() != "" {
			if e.Kind != collections.Folder && matches(e, t.filter.value()) {
				t.rows = append(t.rows, branch{e, 0})
			}
			t.walk(e.Children, 0)
			continue
		}
		t.rows = append(t.rows, branch{e, depth})
		if e.Kind == collections.Folder && !t.closed[e.Path] {
			t.walk(e.Children, depth+1)
		}
	}
}

func matches(e *collections.Entry, word string) bool {
	word = strings.ToLower(word)
	return strings.Contains(strings.ToLower(e.Name), word) || strings.Contains(strings.ToLower(e.Path), word)
}

func (t *tree) move(to int) {
	t.cur = max(min(to, len(t.rows)-1), 0)
	rows := max(t.height(), 1)
	t.top = max(min(t.top, t.cur), t.cur-rows+1)
	t.top = max(min(t.top, len(t.rows)-rows), 0)
}

func (t *tree) height() int {
	if t.filter != nil {
		return t.h - 1
	}
	return t.h
}

func (t *tree) resize(w, h int) { t.w, t.h = w, h; t.move(t.cur) }

// press returns whether an entry was opened, and whether the key was for the tree.
func (t *tree) press(k tea.KeyPressMsg) (opened *collections.Entry, mine bool) {
	if t.typing {
		return t.typed(k)
	}
	e := t.selected()
	switch {
	case key.Matches(k, t.keys.Up):
		t.move(t.cur - 1)
	case key.Matches(k, t.keys.Down):
		t.move(t.cur + 1)
	case key.Matches(k, t.keys.Top):
		t.move(0)
	case key.Matches(k, t.keys.Bottom):
		t.move(len(t.rows) - 1)
	case key.Matches(k, t.keys.PageUp):
		t.move(t.cur - t.height())
	case key.Matches(k, t.keys.PageDown):
		t.move(t.cur + t.height())
	case key.Matches(k, t.keys.Filter):
		if t.filter == nil {
			t.filter = newLine(t.looks, "")
		}
		t.typing = true
	case key.Matches(k, t.keys.Open):
		if e != nil && e.Kind == collections.Folder {
			t.toggle(e, !t.closed[e.Path] && k.String() != "enter")
			return nil, true
		}
		return e, true
	case key.Matches(k, t.keys.Close):
		t.close(e)
	case k.String() == "esc" && t.filter != nil:
		t.endFilter()
	default:
		return nil, false
	}
	return nil, true
}

// toggle opens or closes a folder; stay leaves an open one open.
func (t *tree) toggle(e *collections.Entry, stay bool) {
	if stay {
		return
	}
	if t.closed[e.Path] {
		delete(t.closed, e.Path)
	} else {
		t.closed[e.Path] = true
	}
	t.build()
}

// close folds the folder under the cursor, or goes to the folder above.
func (t *tree) close(e *collections.Entry) {
	switch {
	case e == nil:
	case e.Kind == collections.Folder && !t.closed[e.Path]:
		t.closed[e.Path] = true
		t.build()
	case e.Parent != nil:
		t.choose(e.Parent.Path)
	}
}

func (t *tree) typed(k tea.KeyPressMsg) (*collections.Entry, bool) {
	switch k.String() {
	case "esc":
		t.endFilter()
	case "enter":
		t.typing = false
		return t.selected(), true
	case "up":
		t.move(t.cur - 1)
	case "down":
		t.move(t.cur + 1)
	default:
		if !t.filter.press(k) {
			return nil, false
		}
		t.cur = 0
		t.build()
	}
	return nil, true
}

func (t *tree) endFilter() {
	path := t.path()
	t.filter, t.typing = nil, false
	t.build()
	t.reveal(path)
}

// lines draws the rows that are seen, and says where the text cursor is, when there is one.
func (t *tree) lines(focused bool) ([]string, *tea.Cursor) {
	var out []string
	var cursor *tea.Cursor
	if t.filter != nil {
		text, x := t.filter.view(t.w - 2)
		out = append(out, t.styles.Text.Accent.Render("/ ")+text)
		if t.typing {
			cursor = tea.NewCursor(2+x, 0)
		}
	}
	for i := t.top; i < len(t.rows) && len(out) < t.h; i++ {
		out = append(out, t.row(t.rows[i], i == t.cur, focused))
	}
	if len(t.rows) == 0 {
		out = append(out, "", t.styles.Text.Muted.Render(" no requests here"))
	}
	return out, cursor
}

// badge is the width of a method in the tree: DELETE and OPTIONS are cut to what is known by four letters.
const badge = 4

func short(m string) string {
	switch m {
	case "DELETE":
		return "DEL"
	case "OPTIONS":
		return "OPT"
	case "PATCH":
		return "PTCH"
	case "websocket":
		return "WS"
	case "graphql":
		return "GQL"
	}
	return ansi.Truncate(m, badge, "")
}

func (t *tree) row(b branch, selected, focused bool) string {
	s, e := t.styles, b.entry
	indent := " " + strings.Repeat("  ", b.depth)
	plain := s.Text.Plain
	var left, name string
	switch e.Kind {
	case collections.Folder:
		g := s.Glyphs.Open
		if t.closed[e.Path] {
			g = s.Glyphs.Closed
		}
		left, name = s.Text.Muted.Render(g)+" ", s.Text.Title.Render(clean(e.Name))
	case collections.HTTP:
		m := method(e.Saved)
		left, name = s.Method(m).Render(frame.Line(short(clean(m)), badge))+" ", plain.Render(clean(e.Name))
	case collections.Broken:
		left, name = s.State.Bad.Render(frame.Line(s.Glyphs.Cross, badge))+" ", s.Text.Muted.Render(clean(e.Name)+" (broken)")
	default:
		left, name = s.Text.Faint.Render(frame.Line(short(clean(e.Type)), badge))+" ", s.Text.Muted.Render(clean(e.Name))
	}
	right := " "
	if g, ok := t.mark(e); ok {
		right = " " + g + " "
	}
	row := frame.Ends(indent+left+name, right, t.w)
	if !selected {
		return row
	}
	st := s.Frame.SelectedBlurred
	if focused {
		st = s.Frame.Selected
	}
	return theme.Onto(st, row)
}
