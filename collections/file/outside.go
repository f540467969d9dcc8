package file

import (
	"bytes"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// Outside returns which of the touched files and folders, by absolute path, say something else than what was last read
// or written here, by path in the collection: what another program changed, made or removed. What is no part of a
// collection, and what was written as it was, is left out.
func (s *Store) Outside(touched []string) []string {
	var out []string
	aside := false // something that a link in the collection may lead to
	for _, t := range touched {
		rel := s.rel(t)
		switch {
		case rel == ".":
			out = append(out, rel) // the collection as a whole: nobody knows what
		case rel == marksFile || strings.HasSuffix(rel, ".yml"):
			if s.differs(rel) {
				out = append(out, rel)
			}
		default:
			aside, out = true, append(out, s.missing(rel)...)
		}
	}
	if aside {
		out = append(out, s.led()...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (s *Store) differs(rel string) bool {
	was, known := s.remembered(rel)
	now, err := s.read(rel)
	if err != nil {
		return known
	}
	return !known || !bytes.Equal(was, now)
}

// led returns the links whose targets, which may have any name, say something else.
func (s *Store) led() []string {
	s.mu.Lock()
	files := slices.Collect(maps.Keys(s.base))
	s.mu.Unlock()
	return slices.DeleteFunc(files, func(rel string) bool {
		at, err := s.root().Lstat(rel)
		return err != nil || at.Mode()&fs.ModeSymlink == 0 || !s.differs(rel)
	})
}

// missing returns what was read in the folder rel, when that is not there any more.
func (s *Store) missing(rel string) []string {
	if _, err := s.root().Stat(rel); err == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for file := range s.base {
		if strings.HasPrefix(file, rel+"/") {
			out = append(out, file)
		}
	}
	return out
}

// Leaves returns which folders, by path in the collection, are no part of it: of what is no collection yet, all.
func (s *Store) Leaves() func(rel string) bool {
	ignored := s.ignored()
	return func(rel string) bool {
		return s.begins() || slices.Contains(ignored, rel) || slices.Contains(ignored[:2], filepath.Base(rel))
	}
}
