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
		if w.results[e.Path] == nil {
			w.beside(layout.Request) // there is no answer to see
		} else {
			w.beside(layout.Response)
		}
	}
	if enter {
		w.Focus(layout.Request)
	}
	return w.read(), true
}

// manage takes the keys that make, name, move and remove requests and folders.
func (w *Workbench) manage(k tea.KeyPressMsg) (tui.Intent, bool) {
	l, e := w.opt.Keys.List, w.here()
	switch {
	case key.Matches(k, l.New):
		return NewRequest{w.Folder()}, true
	case key.Matches(k, l.NewFolder):
		return NewFolder{w.Folder()}, true
	case !key.Matches(k, l.Duplicate, l.Rename, l.Delete, l.Move):
		return nil, false
	case e == nil:
		return Say("Choose a request or a folder first."), true
	case key.Matches(k, l.Rename):
		return Rename{e}, true
	case key.Matches(k, l.Delete):
		return Delete{e}, true
	case e.Kind == collections.Folder:
		return Say("A folder is renamed and deleted here; only requests are copied and moved."), true
	case key.Matches(k, l.Duplicate):
		return Duplicate{e}, true
	}
	return Move{e}, true
}

// Folder returns the path of the folder at the cursor of the tree, or of the one around the request there; "" is the top.
func (w *Workbench) Folder() string {
	e := w.here()
	if e != nil && e.Kind != collections.Folder {
		e = e.Parent
	}
	if e == nil {
		return ""
	}
	return e.Path
}

// GoTo moves the cursor of the tree to the folder at a path.
func (w *Workbench) GoTo(folder string) {
	w.tree.Reveal(folder + folderMark)
	w.Focus(layout.Tree)
}
