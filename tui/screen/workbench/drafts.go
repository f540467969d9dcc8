package workbench

import (
	"maps"
	"reflect"
	"slices"

	"culprit/collections"
	"culprit/tui"
	"culprit/tui/widget/table"
)

// edited says that the request that is open may have changed: the draft is kept or dropped.
func (w *Workbench) edited() {
	e := w.editor.entry
	if e == nil {
		return
	}
	was, had := w.drafts[e.Path]
	switch {
	case reflect.DeepEqual(w.editor.saved, e.Saved):
		w.drop(e.Path)
	case !had:
		w.bases[e.Path] = copySaved(e.Saved)
		fallthrough
	default:
		w.drafts[e.Path] = copySaved(w.editor.saved)
	}
	if now, has := w.drafts[e.Path]; has != had || now.Method != was.Method {
		w.list()
	}
	w.redraw()
}

// Drafts returns what differs from the files, by path. The map is a copy.
func (w *Workbench) Drafts() map[string]collections.Saved {
	return copies(w.drafts)
}

func copies(of map[string]collections.Saved) map[string]collections.Saved {
	out := make(map[string]collections.Saved, len(of))
	for p, s := range of {
		out[p] = copySaved(s)
	}
	return out
}

// drop forgets a draft.
func (w *Workbench) drop(path string) {
	delete(w.drafts, path)
	delete(w.bases, path)
	delete(w.told, path)
}

// Bases returns what the files said when each draft was begun. The map is a copy.
func (w *Workbench) Bases() map[string]collections.Saved {
	return copies(w.bases)
}

// Stale returns the requests with a draft whose file is not what it was when the draft was begun, by path; only
// those that it did not return before for the same content, unless again is true.
func (w *Workbench) Stale(again bool) []*collections.Entry {
	var out []*collections.Entry
	if w.collection == nil {
		return nil
	}
	for _, path := range slices.Sorted(maps.Keys(w.drafts)) {
		e := w.collection.Root.Request(path)
		if e == nil || !w.outdated(e) {
			continue
		}
		if told, ok := w.told[path]; again || !ok || !reflect.DeepEqual(told, e.Saved) {
			w.told[path] = copySaved(e.Saved)
			out = append(out, e)
		}
	}
	return out
}

// Gone returns the paths with a draft whose request is not there any more; each once.
func (w *Workbench) Gone() []string {
	var out []string
	for _, path := range slices.Sorted(maps.Keys(w.drafts)) {
		if _, told := w.told[path]; told || w.collection == nil || w.collection.Root.Request(path) != nil {
			continue
		}
		w.told[path] = collections.Saved{}
		out = append(out, path)
	}
	return out
}

// outdated reports whether the draft of e was begun on another file than there is now.
func (w *Workbench) outdated(e *collections.Entry) bool {
	base, ok := w.bases[e.Path]
	return ok && e.Kind == collections.HTTP && !reflect.DeepEqual(base, e.Saved) && !reflect.DeepEqual(w.drafts[e.Path], e.Saved)
}

// Rebase says that the draft of path is meant for what its file says now.
func (w *Workbench) Rebase(path string) {
	if e := w.collection.Root.Request(path); e != nil {
		w.bases[path] = copySaved(e.Saved)
	}
}

// Restore takes drafts back, of an earlier run or from an import; bases are what the files said when they were begun,
// where that is known.
func (w *Workbench) Restore(drafts, bases map[string]collections.Saved) {
	for p, s := range drafts {
		w.drafts[p] = copySaved(s)
		if base, ok := bases[p]; ok {
			w.bases[p] = copySaved(base)
		}
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
	e := w.collection.Root.Request(path)
	if e == nil {
		return
	}
	e.Saved = copySaved(s)
	if d, ok := w.drafts[path]; ok && reflect.DeepEqual(d, e.Saved) {
		w.drop(path)
	} else if ok {
		w.bases[path] = copySaved(s)
	}
	w.list()
	w.redraw()
}

// Revert drops the draft of the request that is open.
func (w *Workbench) Revert() {
	if e := w.editor.entry; e != nil {
		w.drop(e.Path)
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
	was := w.editor.saved
	w.editor.saved = copySaved(s)
	w.editor.lead(changedTab(w.editor.tab, was, s))
	w.editor.pointAt(was)
	w.edited()
	return Changed{}
}

// Forget drops what is known of a request that is gone or has another path now; the draft that it had is
// returned.
func (w *Workbench) Forget(path string) (draft collections.Saved, had bool) {
	draft, had = w.drafts[path]
	w.drop(path)
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

// changedTab is the first tab in which two states of a request differ, so that what was put in is seen; t when none does.
func changedTab(t tab, was, is collections.Saved) tab {
	for _, try := range []struct {
		tab      tab
		was, now any
	}{{tabBody, was.Body, is.Body}, {tabParams, was.Params, is.Params}, {tabHeaders, was.Headers, is.Headers}, {tabAuth, was.Auth, is.Auth},
		{tabVars, was.Vars, is.Vars}, {tabSettings, was.Settings, is.Settings}} {
		if !reflect.DeepEqual(try.was, try.now) {
			return try.tab
		}
	}
	return t
}

// pointAt puts the cursor on what is not as it was: a line of the text, or a row.
func (e *composer) pointAt(was collections.Saved) {
	before, _ := gridOf(e.tab, was)
	now, _ := gridOf(e.tab, e.saved)
	switch old := was.Body.Text; {
	case e.text() != nil && e.tab == tabBody && e.saved.Body.Text != old:
		e.zone = atRest
		e.words.ed.Find(same(old, e.saved.Body.Text))
	case e.kind != "":
		for i, r := range now {
			if i >= len(before) || before[i] != r {
				e.zone = atRest
				e.grid.Choose(i, table.Value)
				break
			}
		}
	}
	e.settle()
}

// same is what two texts begin with.
func same(a, b string) string {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return a[:n]
}
