//go:build !unix

package file

import "io/fs"

// items lists a folder of the collection, by name.
func (s *Store) items(dir string) ([]fs.DirEntry, error) { return fs.ReadDir(s.root().FS(), dir) }
