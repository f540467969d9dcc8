package file

import (
	"context"

	"culprit/collections"
)

// Glance reads as much of the collection as a window of so many rows shows: what comes first in the order of Load, to
// the first request at least, and the environments. whole says that nothing is left, so that it is what Load returns.
// Else what is left has its place and the name of its file, and is Unread unless it is a folder. Errors are those of Load.
func (s *Store) Glance(ctx context.Context, rows int) (c *collections.Collection, whole bool, err error) {
	if s.begins() {
		return s.unwritten(), true, nil
	}
	c, entries, err := s.list(ctx)
	if err != nil {
		return nil, false, err
	}
	g := glance{s: s, rows: rows, unread: len(entries) - 1}
	s.fill(c.Root)
	if err := g.folder(ctx, c.Root); err != nil {
		return nil, false, err
	}
	c.Name = c.Root.Name
	c.Environments, c.Problems = s.environments()
	return c, g.unread == 0, nil
}

// A glance reads from the top on.
type glance struct {
	s      *Store
	rows   int // that are still to be filled
	unread int // entries
	found  bool
}

func (g *glance) enough() bool { return g.found && g.rows <= 0 }

// folder reads what is in a folder: first the files of the folders in it, which come first and which they order.
func (g *glance) folder(ctx context.Context, e *collections.Entry) error {
	var folders, requests []*collections.Entry
	for _, c := range e.Children {
		if c.Kind == collections.Folder {
			folders = append(folders, c)
		} else {
			requests = append(requests, c)
		}
	}
	if err := g.read(ctx, folders); err != nil {
		return err
	}
	arrange(e.Children)
	for _, c := range e.Children[:len(folders)] {
		if g.enough() {
			return nil
		}
		g.rows--
		if err := g.folder(ctx, c); err != nil {
			return err
		}
	}
	if g.enough() {
		return nil
	}
	err := g.read(ctx, requests)
	for _, c := range requests {
		g.found = g.found || c.Kind == collections.HTTP
	}
	g.rows -= len(requests)
	arrange(e.Children)
	return err
}

func (g *glance) read(ctx context.Context, entries []*collections.Entry) error {
	g.unread -= len(entries)
	return g.s.fillAll(ctx, entries)
}
