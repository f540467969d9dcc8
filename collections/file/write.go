package file

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// Changed says that a file is not what it was when it was read, so nothing was written.
type Changed struct {
	File         string
	Theirs, Mine []byte // as it is now (nil when it is gone), as it would have been written
}

// Error names the file.
func (c *Changed) Error() string {
	if c.Theirs == nil {
		return c.File + ": the file is gone since it was read; nothing was written"
	}
	return c.File + ": the file changed on disk since it was read; nothing was written"
}

// Overwrite writes Mine of a Changed over what was there when it was made. It returns another *Changed when the
// file changed again.
func (s *Store) Overwrite(c *Changed) error {
	rel := s.rel(c.File)
	if c.Theirs == nil {
		return s.create(rel, c.Mine)
	}
	return s.replace(rel, c.Theirs, c.Mine)
}

// linkSteps is how many links are followed to a file, as many as Linux follows.
const linkSteps = 40

// target follows links to the file itself, inside the collection.
func (s *Store) target(rel string) (string, error) {
	for range linkSteps {
		info, err := s.root().Lstat(rel)
		if err != nil || info.Mode()&fs.ModeSymlink == 0 {
			return rel, err
		}
		to, err := s.root().Readlink(rel)
		if err != nil {
			return "", err
		}
		if filepath.IsAbs(to) {
			return "", fmt.Errorf("%s: %w", rel, ErrOutside)
		}
		rel = path.Join(path.Dir(rel), filepath.ToSlash(to))
	}
	return "", fmt.Errorf("%s: too many links", rel)
}

// replace writes src in place of base in one step: a temporary file in the same folder, synced, a last look
// whether the file is still base, rename, the folder synced. The mode is kept.
func (s *Store) replace(rel string, base, src []byte) error {
	link := rel
	rel, err := s.target(rel)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("save %s: %w", link, err)
	}
	changed := &Changed{File: s.abs(link), Mine: src}
	info, err := s.root().Stat(rel)
	if err != nil {
		return changed
	}
	temp, err := s.temp(rel, src, info.Mode().Perm())
	if err != nil {
		return fmt.Errorf("save %s: %w", link, err)
	}
	theirs, err := s.read(rel)
	if err != nil || !bytes.Equal(theirs, base) {
		s.root().Remove(temp)
		changed.Theirs = theirs
		return changed
	}
	if err := s.root().Rename(temp, rel); err != nil {
		s.root().Remove(temp)
		return fmt.Errorf("save %s: %w", link, err)
	}
	s.remember(link, src)
	return s.syncDir(path.Dir(rel))
}

// create writes a file that must not exist yet, in one step.
func (s *Store) create(rel string, src []byte) error {
	if rel != rootFile && s.begins() {
		if err := s.create(rootFile, blank(filepath.Base(s.dir))); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	temp, err := s.temp(rel, src, 0o644)
	if err != nil {
		return fmt.Errorf("make %s: %w", rel, err)
	}
	defer s.root().Remove(temp)
	if err := s.root().Link(temp, rel); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("make %s: %w", rel, fs.ErrExist)
		}
		if _, err := s.root().Lstat(rel); err == nil {
			return fmt.Errorf("make %s: %w", rel, fs.ErrExist)
		}
		if err := s.root().Rename(temp, rel); err != nil { // a file system without links
			return fmt.Errorf("make %s: %w", rel, err)
		}
	}
	s.remember(rel, src)
	return s.syncDir(path.Dir(rel))
}

const tempMark = ".tmp-"

// temp writes a synced temporary file beside rel and returns its name. The name does not end in ".yml", so
// that no reader of collections takes it for a request.
func (s *Store) temp(rel string, src []byte, mode fs.FileMode) (string, error) {
	name := path.Join(path.Dir(rel), fmt.Sprintf(".%s%s%d-%s", path.Base(rel), tempMark, os.Getpid(), rand.Text()[:8]))
	f, err := s.root().OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	_, err = f.Write(src)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err != nil {
		s.root().Remove(name)
		return "", err
	}
	return name, nil
}

// syncDir makes a rename last through a power cut. File systems that cannot are left alone.
func (s *Store) syncDir(rel string) error {
	d, err := s.root().Open(rel)
	if err != nil {
		return fmt.Errorf("sync %s: %w", rel, err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrInvalid) {
		return fmt.Errorf("sync %s: %w", rel, err)
	}
	return nil
}

// strayAge is after how long a temporary file is taken for one that a killed program left: no save takes
// an hour.
const strayAge = time.Hour

// sweep removes what is listed in a folder when it is a temporary file that a killed program left behind.
func (s *Store) sweep(dir string, item fs.DirEntry) {
	name := item.Name()
	if !strings.HasPrefix(name, ".") || !strings.Contains(name, ".yml"+tempMark) {
		return
	}
	if info, err := item.Info(); err == nil && info.Mode().IsRegular() && time.Since(info.ModTime()) > strayAge {
		s.root().Remove(path.Join(dir, name)) // what cannot be removed stays
	}
}
