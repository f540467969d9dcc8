package workbench

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/tui"
	"culprit/tui/layout"
	"culprit/tui/widget/tree"
)

// inTree gives a key to the tree; enter opens what the filter found too.
func (w *Workbench) inTree(k tea.KeyPressMsg) tui.Intent {
	typing := w.tree.Typing()
	if !typing {
		if wish, mine := w.manage(k); mine {
			return wish
		}
	}
	intent, _ := w.tree.Update(k)
	found := typing && !w.tree.Typing() && key.Matches(k, w.opt.Keys.Overlay.Accept)
	if i, ok := w.chosen(intent, found); ok {
		return i
	}
	return intent
}

// chosen opens the row that the cursor came to; enter goes on to the request.
func (w *Workbench) chosen(intent tui.Intent, enter bool) (tui.Intent, bool) {
	switch intent.(type) {
	case tree.Moved, nil:
	case tree.Chosen:
		enter = true
	default:
		return nil, false
	}
	e := w.here()
	if e == nil || e.Kind == collections.Folder {
		return nil, true
	}
	if e != w.editor.entry {
		w.open(e)
	}
	if enter {
		w.Focus(layout.Request)
	}
	return w.read(), true
}

// manage takes the keys that make, name and remove requests.
func (w *Workbench) manage(k tea.KeyPressMsg) (tui.Intent, bool) {
	l, e := w.opt.Keys.List, w.here()
	switch {
	case key.Matches(k, l.New):
		return NewRequest{}, true
	case !key.Matches(k, l.Duplicate, l.Rename, l.Delete):
		return nil, false
	case e == nil || e.Kind == collections.Folder:
		return Say("Choose a request first; folders are made and named on disk."), true
	case key.Matches(k, l.Duplicate):
		return Duplicate{e}, true
	case key.Matches(k, l.Rename):
		return Rename{e}, true
	}
	return Delete{e}, true
}
