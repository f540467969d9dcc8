package file

import (
	"io/fs"
	"path"

	"culprit/collections"
)

// Only reads the request at a path, the folders above it and the environments: what it takes to send it, in a collection
// of any size. Nothing else is in the collection that it returns, and no request where there is none at that path.
func (s *Store) Only(at string) *collections.Collection {
	c, w := s.begin()
	if fs.ValidPath(at) {
		parent := c.Root
		for i, r := range at {
			if r == '/' && parent != nil {
				parent = w.only(parent, at[:i], true)
			}
		}
		if parent != nil {
			w.only(parent, at+".yml", false)
		}
	}
	for _, e := range w.entries {
		s.fill(e)
	}
	c.Name = c.Root.Name
	c.Environments, c.Problems = s.environments()
	return c
}

// only adds the entry at a path where walk would find one.
func (w *walker) only(parent *collections.Entry, rel string, dir bool) *collections.Entry {
	info, err := w.s.root().Lstat(rel)
	if err != nil || info.IsDir() != dir {
		return nil
	}
	e := w.add(parent, rel, dir)
	if e != nil && dir {
		if _, err := w.s.root().Lstat(path.Join(rel, folderFile)); err == nil {
			e.File = w.s.abs(path.Join(rel, folderFile))
		}
	}
	return e
}
