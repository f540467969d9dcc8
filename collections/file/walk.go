package file

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"culprit/collections"
)

// list walks the folder. entries are all that may have a file, the root first.
func (s *Store) list(ctx context.Context) (*collections.Collection, []*collections.Entry, error) {
	c, w := s.begin()
	if err := w.walk(ctx, c.Root, "."); err != nil {
		return nil, nil, fmt.Errorf("list collection: %w", err)
	}
	return c, w.entries, nil
}

// begin is the collection without its entries, and what adds them.
func (s *Store) begin() (*collections.Collection, *walker) {
	c := s.empty()
	return c, &walker{s: s, entries: []*collections.Entry{c.Root}, leaves: s.Leaves()}
}

// empty is the collection without its entries.
func (s *Store) empty() *collections.Collection {
	root := &collections.Entry{Kind: collections.Folder, Name: filepath.Base(s.dir), File: s.abs(rootFile)}
	return &collections.Collection{Name: root.Name, Dir: s.dir, Root: root}
}

// unwritten is a collection of which nothing is on disk.
func (s *Store) unwritten() *collections.Collection {
	c := s.empty()
	c.Unmade = true
	return c
}

// ignored returns the folders that the collection tells Bruno to leave out, and those that bru never walks.
func (s *Store) ignored() []string {
	names := []string{".git", "node_modules"}
	src, err := s.read(rootFile)
	if err != nil {
		return names
	}
	d, fault := Parse(src)
	if fault != nil {
		return names
	}
	if at, ok := d.find("extensions/bruno/ignore"); ok {
		for i := range at.len() {
			names = append(names, strings.Trim(at.child(i).node.Value, "/"))
		}
	}
	return names
}

// A walker lists a folder and those below it.
type walker struct {
	s       *Store
	entries []*collections.Entry
	leaves  func(rel string) bool
}

func (w *walker) walk(ctx context.Context, parent *collections.Entry, dir string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	items, err := w.s.items(dir)
	if err != nil {
		if dir == "." {
			return err
		}
		parent.Problems = append(parent.Problems, collections.Problem{File: w.s.abs(dir), Text: reason(err)})
		return nil
	}
	for _, item := range items {
		w.s.sweep(dir, item)
		if len(w.entries) >= maxFiles {
			parent.Problems = append(parent.Problems, collections.Problem{File: w.s.abs(dir),
				Text: fmt.Sprintf("more than %d files; the rest is not shown", maxFiles)})
			return nil
		}
		if item.Name() == folderFile && dir != "." {
			parent.File = w.s.abs(path.Join(dir, folderFile))
		}
		e := w.add(parent, path.Join(dir, item.Name()), item.IsDir())
		if e == nil || !item.IsDir() {
			continue
		}
		if err := w.walk(ctx, e, e.Path); err != nil {
			return err
		}
	}
	return nil
}

// add makes the entry of a folder or file below parent; nil for one that is no part of the collection.
func (w *walker) add(parent *collections.Entry, rel string, dir bool) *collections.Entry {
	name := path.Base(rel)
	e := &collections.Entry{Name: name, Path: rel, Parent: parent}
	switch {
	case dir && (w.leaves(rel) || rel == envFolder), !dir && (!strings.HasSuffix(name, ".yml") || name == folderFile || rel == rootFile):
		return nil
	case dir:
		e.Kind = collections.Folder
	default:
		e.Name, e.Path, e.File = strings.TrimSuffix(name, ".yml"), strings.TrimSuffix(rel, ".yml"), w.s.abs(rel)
	}
	parent.Children = append(parent.Children, e)
	w.entries = append(w.entries, e)
	return e
}
