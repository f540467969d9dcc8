package collections

import "iter"

// All walks through e and all that lies in it, a folder before what is in it. Of nil it is empty.
func (e *Entry) All() iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) { e.walk(yield) }
}

func (e *Entry) walk(yield func(*Entry) bool) bool {
	if e == nil {
		return true
	}
	if !yield(e) {
		return false
	}
	for _, c := range e.Children {
		if !c.walk(yield) {
			return false
		}
	}
	return true
}

// Folder returns the folder of a path in e, which may be e itself; nil for none.
func (e *Entry) Folder(path string) *Entry {
	for c := range e.All() {
		if c.Path == path && c.Kind == Folder {
			return c
		}
	}
	return nil
}

// Request returns the entry of a path in e that is no folder, whether it can be sent or not; nil for none.
func (e *Entry) Request(path string) *Entry {
	for c := range e.All() {
		if c.Path == path && c.Kind != Folder {
			return c
		}
	}
	return nil
}
