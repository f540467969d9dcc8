package workbench

import (
	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/tui"
	"culprit/tui/layout"
)

// Mouse implements tui.Mouser: a click moves the focus, the wheel scrolls what is under it.
func (w *Workbench) Mouse(msg tea.MouseMsg) (tui.Intent, tea.Cmd) {
	m := msg.Mouse()
	for p, r := range w.at.Panes {
		if !r.Contains(m.X, m.Y) {
			continue
		}
		pane := layout.Pane(p)
		switch msg.(type) {
		case tea.MouseClickMsg:
			w.Focus(pane)
			w.click(pane, m.X-r.X-1, m.Y-r.Y-1)
			w.cache[p] = ""
			return w.read(), nil
		case tea.MouseWheelMsg:
			by := map[tea.MouseButton]int{tea.MouseWheelUp: -wheel, tea.MouseWheelDown: wheel}[m.Button]
			w.wheel(pane, by)
		}
		w.cache[p] = ""
	}
	return nil, nil
}

// wheel is how many lines one notch scrolls; three is what terminals and browsers do.
const wheel = 3

func (w *Workbench) wheel(p layout.Pane, by int) {
	switch p {
	case layout.Tree:
		w.tree.top = max(min(w.tree.top+by, len(w.tree.rows)-w.tree.height()), 0)
	case layout.Request:
		w.editor.words.scroll(by)
	case layout.Response:
		w.reply.wheel(by)
	}
}

func (w *Workbench) click(p layout.Pane, x, y int) {
	switch p {
	case layout.Tree:
		if w.tree.filter != nil {
			y--
		}
		if i := w.tree.top + y; y >= 0 && i < len(w.tree.rows) {
			w.tree.move(i)
			if e := w.tree.selected(); e.Kind == collections.Folder {
				w.tree.toggle(e, false)
			} else {
				w.open(e)
			}
		}
	case layout.Request:
		if t := hit(w.editor.titles(), x); y == headLines-2 && t >= 0 {
			w.editor.show(tab(t))
		}
		w.editor.head = y < headLines-2
		if i := w.editor.form.top + y - headLines; y >= headLines && i < len(w.editor.form.rows) {
			w.editor.form.cur = i
		}
	case layout.Response:
		if t := hit(w.reply.titles(), x); w.reply.exchange() != nil && y == w.reply.head()-2 && t >= 0 {
			w.reply.show(page(t))
		}
	}
}

// hit returns which of the tabs of tabLine is at x, or -1.
func hit(names []string, x int) int {
	for i, n := range names {
		if x < len([]rune(n))+2 {
			return i
		}
		x -= len([]rune(n)) + 2
	}
	return -1
}
