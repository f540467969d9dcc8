package workbench

import (
	"culprit/tui"
	"culprit/tui/layout"
)

// Tabs returns the names of the tabs of the request or the response, in their order; the collection has none.
func (w *Workbench) Tabs(p layout.Pane) []string {
	switch p {
	case layout.Request:
		return tabNames[:]
	case layout.Response:
		return pageNames[:]
	}
	return nil
}

// ShowTab goes to a tab of a pane, by its place in Tabs. The intent is the work that it needs.
func (w *Workbench) ShowTab(p layout.Pane, n int) tui.Intent {
	w.Focus(p)
	w.cache[p] = ""
	switch {
	case p == layout.Request && w.editor.entry != nil:
		w.editor.show(tab(n))
	case p == layout.Response && w.reply.exchange() != nil:
		return w.grant(w.reply.show(page(n)))
	}
	return nil
}

// Sent shows what was really sent, from any pane; where that is seen already, the body again.
func (w *Workbench) Sent() tui.Intent {
	x := w.reply.exchange()
	switch {
	case x == nil:
		return Say("Nothing was sent yet.")
	case w.focus != layout.Response:
		return w.ShowTab(layout.Response, int(pageSent))
	}
	w.cache[layout.Response] = ""
	return w.grant(w.reply.sent())
}

// sent turns between what was sent and the body that came.
func (r *reply) sent() tui.Intent {
	if r.page == pageSent {
		return r.show(pageBody)
	}
	return r.show(pageSent)
}
