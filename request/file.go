package request

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// ErrOutside is the error of a file that lies outside the folder a collection may read.
var ErrOutside = errors.New("the file is outside the collection's folder")

// OpenFile opens a file that the request names. A relative path starts from r.Dir. When r.Confine is set the
// file must lie below r.Dir, whatever "..", an absolute path or a symbolic link say, and be a regular file:
// else the error is ErrOutside, or says that it is none (RELIABILITY N5, N6).
func (r Request) OpenFile(path string) (*os.File, error) {
	if !r.Confine {
		if r.Dir != "" && !filepath.IsAbs(path) {
			path = filepath.Join(r.Dir, path)
		}
		return os.Open(path)
	}
	dir := cmp.Or(r.Dir, ".")
	if filepath.IsAbs(path) {
		full, err := filepath.Abs(dir)
		if err != nil {
			return nil, err
		}
		if path, err = filepath.Rel(full, path); err != nil {
			return nil, ErrOutside
		}
	}
	if path = filepath.Clean(path); !filepath.IsLocal(path) {
		return nil, fmt.Errorf("open %s: %w", path, ErrOutside)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	info, err := root.Stat(path)
	if err != nil {
		return nil, outside(path, err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("open %s: not a regular file", path)
	}
	f, err := root.Open(path)
	if err != nil {
		return nil, outside(path, err)
	}
	return f, nil
}

// outside tells an escape through a symbolic link from a file that is merely absent.
func outside(path string, err error) error {
	if os.IsNotExist(err) || os.IsPermission(err) {
		return err
	}
	return fmt.Errorf("open %s: %w (%w)", path, ErrOutside, err)
}
