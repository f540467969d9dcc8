package workbench

import "culprit/collections"

// Requests returns every request of the collection, in the order of the tree.
func (w *Workbench) Requests() []*collections.Entry {
	if w.collection == nil {
		return nil
	}
	var out []*collections.Entry
	visit(w.collection.Root, func(e *collections.Entry) {
		if e.Kind == collections.HTTP {
			out = append(out, e)
		}
	})
	return out
}

func find(e *collections.Entry, path string) *collections.Entry {
	var found *collections.Entry
	visit(e, func(e *collections.Entry) {
		if e.Path == path && e.Kind != collections.Folder {
			found = e
		}
	})
	return found
}

func firstRequest(root *collections.Entry) *collections.Entry {
	var found *collections.Entry
	visit(root, func(e *collections.Entry) {
		if found == nil && e.Kind == collections.HTTP {
			found = e
		}
	})
	return found
}

func visit(e *collections.Entry, do func(*collections.Entry)) {
	if e == nil {
		return
	}
	do(e)
	for _, c := range e.Children {
		visit(c, do)
	}
}
