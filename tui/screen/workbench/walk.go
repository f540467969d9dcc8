package workbench

import "culprit/collections"

// Requests returns every request of the collection, in the order of the tree.
func (w *Workbench) Requests() []*collections.Entry {
	if w.collection == nil {
		return nil
	}
	var out []*collections.Entry
	for e := range w.collection.Root.All() {
		if e.Kind == collections.HTTP {
			out = append(out, e)
		}
	}
	return out
}
