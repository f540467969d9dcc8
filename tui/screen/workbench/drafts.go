package workbench

import (
	"reflect"
	"slices"

	"culprit/collections"
	"culprit/tui"
)

// edited says that the request that is open may have changed: the draft is kept or dropped.
func (w *Workbench) edited() {
	e := w.editor.entry
	if e == nil {
		return
	}
	was, had := w.drafts[e.Path]
	if reflect.DeepEqual(w.editor.saved, e.Saved) {
		delete(w.drafts, e.Path)
	} else {
		w.drafts[e.Path] = copySaved(w.editor.saved)
	}
	if now, has := w.drafts[e.Path]; has != had || now.Method != was.Method {
		w.list()
	}
	w.redraw()
}

// Drafts returns what differs from the files, by path. The map is a copy.
func (w *Workbench) Drafts() map[string]collections.Saved {
	out := make(map[string]collections.Saved, len(w.drafts))
	for p, s := range w.drafts {
		out[p] = copySaved(s)
	}
	return out
}

// Restore takes drafts back, of an earlier run or from an import.
func (w *Workbench) Restore(drafts map[string]collections.Saved) {
	for p, s := range drafts {
		w.drafts[p] = copySaved(s)
	}
	if w.editor.entry != nil {
		w.open(w.editor.entry)
	}
	w.list()
	w.redraw()
}

// Kept says that s is now what the file of path holds.
func (w *Workbench) Kept(path string, s collections.Saved) {
	if w.collection == nil {
		return
	}
	e := find(w.collection.Root, path)
	if e == nil {
		return
	}
	e.Saved = copySaved(s)
	if d, ok := w.drafts[path]; ok && reflect.DeepEqual(d, e.Saved) {
		delete(w.drafts, path)
	}
	w.list()
	w.redraw()
}

// Revert drops the draft of the request that is open.
func (w *Workbench) Revert() {
	if e := w.editor.entry; e != nil {
		delete(w.drafts, e.Path)
		w.editor.history().remember(w.editor.saved, false)
		w.open(e)
		w.list()
	}
}

// Replace gives the request that is open another content, as one edit.
func (w *Workbench) Replace(s collections.Saved) tui.Intent {
	if w.editor.entry == nil {
		return nil
	}
	w.editor.history().remember(w.editor.saved, false)
	w.editor.saved = copySaved(s)
	w.editor.refresh()
	w.edited()
	return Changed{}
}

// Forget drops what is known of a request that is gone or has another path now; the draft that it had is
// returned.
func (w *Workbench) Forget(path string) (draft collections.Saved, had bool) {
	draft, had = w.drafts[path]
	delete(w.drafts, path)
	delete(w.results, path)
	delete(w.editor.past, path)
	w.list()
	return draft, had
}

// External takes the text that the person's own editor left.
func (w *Workbench) External(text string) tui.Intent {
	if !w.editor.replace(text) {
		return nil
	}
	w.edited()
	return Changed{}
}

// copySaved returns a copy that shares nothing that is edited.
func copySaved(s collections.Saved) collections.Saved {
	s.Headers = slices.Clone(s.Headers)
	s.Params = slices.Clone(s.Params)
	s.Auth.Params = slices.Clone(s.Auth.Params)
	s.Body.Rows = slices.Clone(s.Body.Rows)
	s.Body.Parts = slices.Clone(s.Body.Parts)
	s.Vars = slices.Clone(s.Vars)
	return s
}
