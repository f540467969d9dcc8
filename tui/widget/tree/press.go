package tree

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/widget"
	"culprit/tui/widget/input"
)

// press takes a key while no filter is typed.
func (t *Tree) press(msg tea.KeyPressMsg) tui.Intent {
	k, n := t.keys, len(t.seen)
	switch {
	case key.Matches(msg, k.Up):
		t.window.Move(-1, n)
	case key.Matches(msg, k.Down):
		t.window.Move(1, n)
	case key.Matches(msg, k.PageUp):
		t.window.Move(-t.page(), n)
	case key.Matches(msg, k.PageDown):
		t.window.Move(t.page(), n)
	case key.Matches(msg, k.Top):
		t.window.At = 0
	case key.Matches(msg, k.Bottom):
		t.window.Move(n, n)
	case key.Matches(msg, k.Filter):
		t.asking = true
		t.unfilter() // what was filtered for before is over
		t.filter.Focus()
	case key.Matches(msg, k.FoldAll):
		t.foldAll()
	case n == 0:
		return tui.Pass{}
	case key.Matches(msg, k.Open):
		return t.open()
	case key.Matches(msg, k.Close):
		t.fold()
	case key.Matches(msg, k.Unfold):
		if !t.chosen().Branch {
			return Chosen{t.At()}
		}
		delete(t.folded, t.At())
	case msg.Code == tea.KeyEscape && t.filter.Value() != "":
		t.unfilter()
	default:
		return tui.Pass{}
	}
	return nil
}

// chosen returns the row at the cursor; there must be one.
func (t *Tree) chosen() *Row { return &t.rows[t.seen[t.window.At]] }

// open folds or unfolds a branch and opens a leaf.
func (t *Tree) open() tui.Intent {
	r := t.chosen()
	if !r.Branch {
		return Chosen{r.ID}
	}
	if t.folded[r.ID] {
		delete(t.folded, r.ID)
	} else if t.filter.Value() == "" {
		t.folded[r.ID] = true
	}
	return nil
}

// fold folds the branch at the cursor; from a leaf or a folded branch it goes to the row above it.
func (t *Tree) fold() {
	r := t.chosen()
	if r.Branch && !t.folded[r.ID] && t.filter.Value() == "" {
		t.folded[r.ID] = true
		return
	}
	for i := t.window.At - 1; i >= 0; i-- {
		if t.rows[t.seen[i]].Depth < r.Depth {
			t.window.At = i
			return
		}
	}
}

// foldAll folds every branch; the cursor goes to the branch that hides its row.
func (t *Tree) foldAll() {
	at := 0
	if len(t.seen) > 0 {
		at = t.seen[t.window.At]
	}
	for i := range t.rows {
		if t.rows[i].Branch {
			t.folded[t.rows[i].ID] = true
		}
	}
	for at > 0 && t.rows[at].Depth > 0 {
		at--
	}
	t.arrange()
	if at < len(t.rows) {
		t.Select(t.rows[at].ID)
	}
}

// unfilter takes the filter away and keeps the cursor on its row, unfolding what is above it.
func (t *Tree) unfilter() {
	id := t.At()
	if id != "" {
		t.unfold(t.seen[t.window.At])
	}
	t.filter.SetValue("")
	t.arrange()
	t.Select(id)
}

// pressFilter takes a message while the filter is typed. Enter keeps the filter, esc takes it away.
func (t *Tree) pressFilter(msg tea.Msg) tui.Intent {
	if k, ok := msg.(tea.KeyPressMsg); ok && (k.Code == tea.KeyDown || k.Code == tea.KeyUp) {
		t.window.Move(map[rune]int{tea.KeyDown: 1, tea.KeyUp: -1}[k.Code], len(t.seen))
		return nil
	}
	answer, _ := t.filter.Update(msg)
	switch answer := answer.(type) {
	case input.Submitted:
		t.asking = false
		t.filter.Blur()
	case widget.Cancelled:
		t.asking = false
		t.filter.Blur()
		t.unfilter()
	case input.Changed:
		t.first()
	case tui.Pass:
		return answer
	}
	return nil
}

// first puts the cursor on the first row that the filter means, not on one that is only above it.
func (t *Tree) first() {
	want := strings.ToLower(t.filter.Value())
	t.window.At = 0
	t.arrange()
	for i, n := range t.seen {
		if r := &t.rows[n]; !r.Branch && r.has(want) {
			t.window.At = i
			break
		}
	}
}

// Mouse scrolls with the wheel and opens what one clicks.
func (t *Tree) Mouse(msg tea.MouseMsg) (tui.Intent, tea.Cmd) {
	m := msg.Mouse()
	before := t.At()
	var answer tui.Intent
	switch msg.(type) {
	case tea.MouseWheelMsg:
		t.window.Move(widget.Notch(msg), len(t.seen))
	case tea.MouseClickMsg:
		n := t.window.Top + m.Y
		if m.Button != tea.MouseLeft || m.Y < 0 || m.Y >= t.page() || n >= len(t.seen) {
			return tui.Pass{}, nil
		}
		t.window.At = n
		answer = t.open()
	default:
		return tui.Pass{}, nil
	}
	t.arrange()
	if at := t.At(); answer == nil && at != before {
		answer = Moved{at}
	}
	return answer, nil
}
