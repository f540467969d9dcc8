// Package tree shows rows that can be folded: a collection of requests, a list of probes.
//
// The owner gives the rows in the order in which they are seen, each with its depth; the tree keeps what is
// folded and chosen by their IDs when they change. It does not know what the rows mean.
package tree

import (
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/widget"
	"culprit/tui/widget/input"
)

// A Row is one line of the tree.
type Row struct {
	ID     string // unique; what the intents name
	Depth  int    // 0 at the top; a row belongs to the last one above it that is less deep
	Branch bool   // it can be folded
	Label  string // untrusted
	Role   widget.Role

	Badge     string // in front of the label, such as a method
	BadgeRole widget.Role
	Mark      string // at the right, such as a sign for unsaved changes
	MarkRole  widget.Role
	Sign      string // at the right edge, such as the sign of the last result; one column for all rows
	SignRole  widget.Role
	Note      string // before the mark and the sign where nothing of the label is lost by it, such as a status
	Wide      string // in place of Note in a wide tree, "" for Note
	Also      string // what the filter finds the row by beside its label, such as a path
}

// The intents of a tree.
type (
	// Chosen says that the user wants to open the row.
	Chosen struct{ ID string }
	// Moved says that the cursor is on another row now.
	Moved struct{ ID string }
)

// A Tree is a tui.Part that shows rows.
type Tree struct {
	styles *widget.Styles
	ink    widget.Ink
	keys   keys.List

	rows   []Row
	badge  int // cells of the widest badge
	sign   int // cells of the widest sign
	folded map[string]bool
	seen   []int // the rows that are visible, by number
	window widget.Window

	width, height int
	focus         bool
	filter        *input.Field
	asking        bool
	view          string
	pen           widget.Pen
}

// New returns an empty tree. The styles stay the owner's; nil means plain.
func New(styles *widget.Styles, bindings keys.List) *Tree {
	t := &Tree{styles: styles, keys: bindings, folded: map[string]bool{}, filter: input.New(styles)}
	t.filter.SetPrompt("/")
	return t
}

// SetRows replaces the rows, which the tree keeps; the cursor stays on its row if that is still there.
func (t *Tree) SetRows(rows []Row) {
	at := t.At()
	t.rows, t.badge, t.sign = rows, 0, 0
	for i := range rows {
		t.badge = max(t.badge, widget.Width([]byte(rows[i].Badge)))
		t.sign = max(t.sign, widget.Width([]byte(rows[i].Sign)))
	}
	t.arrange()
	t.Select(at)
}

// At returns the ID of the row at the cursor, "" without rows.
func (t *Tree) At() string {
	if t.window.At >= len(t.seen) {
		return ""
	}
	return t.rows[t.seen[t.window.At]].ID
}

// Select puts the cursor on the row with this ID, when it is visible.
func (t *Tree) Select(id string) {
	for i, n := range t.seen {
		if t.rows[n].ID == id {
			t.window.At = i
			break
		}
	}
	t.arrange()
}

// Reveal unfolds what is above the row with this ID, takes a filter away and puts the cursor on the row.
func (t *Tree) Reveal(id string) {
	for i := range t.rows {
		if t.rows[i].ID != id {
			continue
		}
		t.asking = false
		t.filter.Blur()
		t.filter.SetValue("")
		t.unfold(i)
		t.arrange()
		top := t.window.Top
		if t.Select(id); t.window.Top != top { // it was not seen: what is around it is seen, too
			t.window.Top = t.window.At - t.page()/3
			t.arrange()
		}
		return
	}
}

// unfold opens every branch above row n.
func (t *Tree) unfold(n int) {
	depth := t.rows[n].Depth
	for i := n; i >= 0; i-- {
		if r := &t.rows[i]; r.Depth < depth {
			delete(t.folded, r.ID)
			depth = r.Depth
		}
	}
}

// Focus marks the row of the cursor.
func (t *Tree) Focus() tea.Cmd { t.focus, t.view = true, ""; return nil }

// Blur takes the mark away; the filter stays.
func (t *Tree) Blur() { t.focus, t.asking, t.view = false, false, ""; t.filter.Blur() }

// Typing reports whether the filter is being typed.
func (t *Tree) Typing() bool { return t.asking }

// Cursor returns the place of the cursor in the filter, or nil.
func (t *Tree) Cursor() *tea.Cursor {
	if !t.asking || t.height < 2 {
		return nil
	}
	c := t.filter.Cursor()
	if c != nil {
		c.Y += t.height - 1
	}
	return c
}

// Restyle draws anew with the styles as they are now.
func (t *Tree) Restyle() { t.view = "" }

// Resize sets the size of View in cells.
func (t *Tree) Resize(width, height int) {
	if t.height == 0 {
		t.window.Top = 0 // it was chosen before there was a window: nothing is scrolled away
	}
	t.width, t.height = max(0, width), max(0, height)
	t.filter.Resize(t.width, 1)
	t.arrange()
}

// Keys returns the bindings that work now.
func (t *Tree) Keys() []key.Binding {
	if t.asking {
		return t.filter.Keys()
	}
	k := t.keys
	return []key.Binding{k.Open, k.Close, k.Unfold, k.Filter, k.Up, k.Down, k.PageUp, k.PageDown, k.Top, k.Bottom, k.FoldAll}
}

// filtering reports whether the last row shows the filter.
func (t *Tree) filtering() bool { return (t.asking || t.filter.Value() != "") && t.height >= 2 }

func (t *Tree) page() int {
	if t.filtering() {
		return t.height - 1
	}
	return max(1, t.height)
}

// arrange finds the rows that are visible: not folded away, or matching the filter with all above them.
func (t *Tree) arrange() {
	t.view = ""
	t.seen = t.seen[:0]
	want := strings.ToLower(t.filter.Value())
	hidden := -1 // the depth of the fold that hides what follows
	keep := make([]bool, 0, len(t.rows))
	if want != "" {
		keep = t.matching(want, keep)
	}
	for i := range t.rows {
		r := &t.rows[i]
		if want != "" {
			if keep[i] {
				t.seen = append(t.seen, i)
			}
			continue
		}
		if hidden >= 0 && r.Depth > hidden {
			continue
		}
		hidden = -1
		t.seen = append(t.seen, i)
		if r.Branch && t.folded[r.ID] {
			hidden = r.Depth
		}
	}
	t.window.Fit(len(t.seen), t.page())
}

// matching marks the rows that hold want, and the rows that they belong to.
func (t *Tree) matching(want string, keep []bool) []bool {
	keep = append(keep, make([]bool, len(t.rows))...)
	var above []int
	for i := range t.rows {
		r := &t.rows[i]
		for len(above) > 0 && t.rows[above[len(above)-1]].Depth >= r.Depth {
			above = above[:len(above)-1]
		}
		if r.has(want) {
			keep[i] = true
			for _, a := range above {
				keep[a] = true
			}
		}
		above = append(above, i)
	}
	return keep
}

// has reports whether the row itself holds want, which is in lower case.
func (r *Row) has(want string) bool {
	return strings.Contains(strings.ToLower(r.Label), want) || strings.Contains(strings.ToLower(r.Badge), want) ||
		strings.Contains(strings.ToLower(r.Also), want)
}

// Update takes a key, or a paste into the filter.
func (t *Tree) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	before := t.At()
	var answer tui.Intent
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if t.asking {
			answer = t.pressFilter(msg)
		} else {
			answer = t.press(msg)
		}
	case tea.PasteMsg:
		if !t.asking {
			return tui.Pass{}, nil
		}
		answer = t.pressFilter(msg)
	default:
		return tui.Pass{}, nil
	}
	if answer == (tui.Pass{}) {
		return answer, nil
	}
	t.arrange()
	if at := t.At(); answer == nil && at != before {
		answer = Moved{at}
	}
	return answer, nil
}

// Place says where the cursor is when not all rows are seen: "12/46"; else "".
func (t *Tree) Place() string {
	if len(t.seen) <= t.page() {
		return ""
	}
	return strconv.Itoa(t.window.At+1) + "/" + strconv.Itoa(len(t.seen))
}

// Scroll returns which of the rows are seen.
func (t *Tree) Scroll() widget.Scroll {
	return widget.Scroll{Top: t.window.Top, Seen: t.page(), All: len(t.seen)}
}
