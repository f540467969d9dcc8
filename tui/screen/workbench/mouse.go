package workbench

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/collections"
	"culprit/tui"
	"culprit/tui/layout"
	"culprit/tui/widget"
	"culprit/tui/widget/frame"
	"culprit/tui/widget/table"
)

// Mouse implements tui.Mouser: a click moves the focus, opens what it is on and puts the cursor there, the wheel scrolls
// what is under it, and dragging selects in a text that is written.
func (w *Workbench) Mouse(msg tea.MouseMsg) (tui.Intent, tea.Cmd) {
	if w.Empty() {
		return nil, nil
	}
	m := msg.Mouse()
	for p, r := range w.at.Panes {
		if !r.Contains(m.X, m.Y) {
			continue
		}
		pane := layout.Pane(p)
		w.cache[p] = ""
		switch msg := msg.(type) {
		case tea.MouseClickMsg:
			if m.Y == r.Y {
				w.Focus(w.pointed(pane, m.X-r.X))
				return w.read(), nil
			}
			w.Focus(pane)
			msg.X, msg.Y = m.X-r.X-1, m.Y-r.Y-1
			return w.click(pane, msg), nil
		case tea.MouseWheelMsg:
			return w.wheel(pane, msg), nil
		case tea.MouseMotionMsg:
			msg.X, msg.Y = m.X-r.X-1, m.Y-r.Y-1
			if pane == layout.Request && w.editor.drag(msg) || m.Button != tea.MouseLeft {
				return nil, nil
			}
			return Say("shift+drag selects as the terminal does (option+drag on a Mac)."), nil
		}
	}
	return nil, nil
}

// pointed returns the pane whose name stands at the cell x of the upper border of p; p for none.
func (w *Workbench) pointed(p layout.Pane, x int) layout.Pane {
	from := frame.TitleFrom
	for _, q := range w.named(p) {
		n := ansi.StringWidth(w.name(q))
		if x >= from && x < from+n {
			return q
		}
		from += n + ansi.StringWidth(between)
	}
	return p
}

func (w *Workbench) wheel(p layout.Pane, msg tea.MouseWheelMsg) tui.Intent {
	switch p {
	case layout.Tree:
		intent, _ := w.tree.Mouse(msg)
		intent, _ = w.chosen(intent, false)
		return intent
	case layout.Request:
		if w.editor.text() == nil {
			w.editor.grid.Mouse(msg)
		} else {
			w.editor.words.scroll(widget.Notch(msg) * widget.WheelRows)
		}
	case layout.Response:
		w.reply.wheel(msg)
	}
	return nil
}

// click does what a click in a pane means; the place is relative to what is inside its border.
func (w *Workbench) click(p layout.Pane, m tea.MouseClickMsg) tui.Intent {
	switch p {
	case layout.Tree:
		intent, _ := w.tree.Mouse(m)
		if i, ok := w.chosen(intent, false); ok {
			return i
		}
	case layout.Request:
		if w.editor.entry != nil && w.editor.entry.Kind == collections.HTTP && w.editor.click(m) {
			w.edited()
			return Changed{}
		}
	case layout.Response:
		if m.Y == w.reply.head()-2 && w.reply.exchange() != nil {
			m.Y = 0
			if i, _ := w.reply.bar.Mouse(m); i != (tui.Pass{}) {
				return w.grant(w.reply.show(page(w.reply.bar.At())))
			}
		}
		if m.Y >= w.reply.head() && w.reply.reading() && !w.reply.typing() {
			m.Y -= w.reply.head()
			intent, _ := w.reply.body.Mouse(m)
			if intent == (tui.Pass{}) {
				return nil
			}
			return w.grant(intent)
		}
	}
	return w.read()
}

// click puts the cursor where one clicks; changed says that a row was switched or its typing ended.
func (e *composer) click(m tea.MouseClickMsg) (changed bool) {
	was := e.saved
	rows := headLines + len(e.form.rows)
	switch {
	case m.Y == headLines-2:
		m.Y = 0
		if i, _ := e.bar.Mouse(m); i != (tui.Pass{}) {
			changed = e.focus(false)
			e.show(tab(e.bar.At()))
		}
	case m.Y < headLines-2:
		e.zone = atURL
	case m.Y < headLines:
	case m.Y < rows:
		e.zone, e.form.cur = atForm, min(e.form.top+m.Y-headLines, len(e.form.rows)-1)
	case e.kind != "":
		e.zone = atRest
		m.Y -= rows + e.gap()
		intent, _ := e.grid.Mouse(m)
		if _, changed = intent.(table.Changed); changed {
			e.saved = applyGrid(e.tab, e.saved, e.base, e.grid.Rows())
			if !e.grid.Typing() {
				e.refresh()
			}
		}
	default:
		again := e.zone == atRest && e.words.here
		e.zone = atRest
		e.point(m, again)
	}
	e.focus(true)
	if changed {
		e.history().remember(was, e.typing())
	}
	return changed
}

// point puts the cursor into the text; a click where it is already begins to write.
func (e *composer) point(m tea.MouseClickMsg, again bool) {
	if e.text() == nil {
		return
	}
	m.Y -= headLines + len(e.form.rows) + e.gap()
	e.words.ed.Mouse(m)
	if again {
		e.words.start()
	}
}

// drag selects in the text, which is written in from then on; it reports whether there is one.
func (e *composer) drag(m tea.MouseMotionMsg) (mine bool) {
	if m.Button != tea.MouseLeft || e.zone != atRest || e.text() == nil || !e.active {
		return false
	}
	m.Y -= headLines + len(e.form.rows) + e.gap()
	if !e.words.on {
		e.words.start()
	}
	e.words.ed.Mouse(m)
	return true
}
