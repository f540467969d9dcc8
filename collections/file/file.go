// Package file keeps collections on disk as OpenCollection YAML, the format of Bruno 3 and later.
//
// Files are read as they are and edited by splicing bytes: what a change does not touch (comments, unknown
// keys, order, quoting, line ends) stays byte for byte. A file is replaced in one step, and never when it
// changed since it was read. Everything goes through an os.Root: nothing outside the folder is read or
// written, whatever a link or a name says.
//
// The package sends nothing, fills in no variable and runs no script. What culprit knows and the format has
// no place for is in .culprit.json at the top of the collection (see Marks).
package file

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"

	"culprit/collections"
)

const (
	rootFile   = "opencollection.yml"
	folderFile = "folder.yml"
	envFolder  = "environments"
	// maxFiles is how many files are listed; beyond it a folder is no collection but a mistake.
	maxFiles = 20_000
)

// ErrNoCollection says that a folder holds no opencollection.yml.
var ErrNoCollection = errors.New("no opencollection.yml: this folder is not a collection")

// ErrOutside says that a path, often a link, leads out of the collection.
var ErrOutside = errors.New("it leads out of the collection")

// A Store is one collection on disk. Its methods block on the disk and may be called from any goroutine; they
// never change an Entry that a caller holds.
type Store struct {
	dir string
	at  atomic.Pointer[os.Root] // the folder that was at dir when it was read last

	mu     sync.Mutex
	base   map[string][]byte // what was read or written last, by path in the collection
	unmade bool              // there was no opencollection.yml; what is created first writes it
}

// Open opens the collection in dir, without reading it. Close it.
func Open(dir string) (*Store, error) {
	s, err := open(dir)
	if err == nil && s.unmade {
		s.Close()
		return nil, fmt.Errorf("%s: %w", s.dir, ErrNoCollection)
	}
	return s, err
}

// OpenOrBegin opens the collection in dir, else the one that dir is a folder of, else a new one in dir: that is
// empty, whatever else lies there, and nothing is written before something is created in it. Close it.
func OpenOrBegin(dir string) (*Store, error) {
	s, err := open(dir)
	if err != nil || !s.unmade {
		return s, err
	}
	for at := filepath.Dir(s.dir); ; at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, rootFile)); err == nil {
			s.Close()
			return Open(at)
		}
		if at == filepath.Dir(at) {
			return s, nil
		}
	}
}

func open(dir string) (*Store, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("open collection: %w", err)
	}
	root, err := os.OpenRoot(abs)
	if err != nil {
		return nil, fmt.Errorf("open collection: %w", err)
	}
	_, err = root.Stat(rootFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		root.Close()
		return nil, fmt.Errorf("open collection: %w", err)
	}
	return in(abs, root, err != nil), nil
}

func in(dir string, root *os.Root, unmade bool) *Store {
	s := &Store{dir: dir, base: map[string][]byte{}, unmade: unmade}
	s.at.Store(root)
	return s
}

func (s *Store) root() *os.Root { return s.at.Load() }

// reopen takes the folder that is at Dir now: it may have been deleted and made again, or be a link that leads elsewhere
// than it did. Where there is none, the old one stays. The old one is closed when nobody uses it any more, which the
// collector of garbage knows.
func (s *Store) reopen() {
	now, err := os.Stat(s.dir)
	if err != nil {
		return
	}
	if was, err := s.root().Stat("."); err == nil && os.SameFile(was, now) {
		return
	}
	if root, err := os.OpenRoot(s.dir); err == nil {
		s.at.Store(root)
	}
}

// blank is the opencollection.yml of a new collection.
func blank(name string) []byte {
	n := put(mapping(), "opencollection", word("1.0.0"))
	put(n, "info", put(mapping(), "name", text(name)))
	put(n, "bundled", word("false"))
	return compose(n)
}

// begins reports whether the folder is no collection yet.
func (s *Store) begins() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.unmade {
		_, err := s.root().Stat(rootFile)
		s.unmade = errors.Is(err, fs.ErrNotExist)
	}
	return s.unmade
}

// Close frees the folder.
func (s *Store) Close() error { return s.root().Close() }

// Dir returns the absolute path of the collection.
func (s *Store) Dir() string { return s.dir }

// Load reads the whole collection. A file that cannot be read is a Broken entry; an error means that the folder
// itself cannot be read or that ctx is done.
func (s *Store) Load(ctx context.Context) (*collections.Collection, error) {
	s.reopen()
	if s.begins() {
		return s.unwritten(), nil
	}
	c, entries, err := s.list(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.fillAll(ctx, entries); err != nil {
		return nil, err
	}
	c.Name = c.Root.Name
	arrangeAll(c.Root)
	c.Environments, c.Problems = s.environments()
	return c, nil
}

// readers is how many files are read at the same time at most; more only wait for the same disk.
const readers = 8

// fillAll reads the files of entries.
func (s *Store) fillAll(ctx context.Context, entries []*collections.Entry) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(readers, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(entries) {
					return
				}
				s.fill(entries[i])
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

// fill reads the file of an entry.
func (s *Store) fill(e *collections.Entry) {
	if e.File == "" || e.Kind == collections.Broken {
		return
	}
	src, err := s.read(s.rel(e.File))
	if err != nil {
		if e.Kind == collections.Folder && errors.Is(err, fs.ErrNotExist) {
			return
		}
		fillEntry(e, nil, &Fault{Text: reason(err)})
		return
	}
	s.remember(s.rel(e.File), src)
	d, fault := Parse(src)
	fillEntry(e, d, fault)
}

// Reload reads the file of e again and returns it as a new entry without parent and children.
func (s *Store) Reload(e *collections.Entry) *collections.Entry {
	fresh := &collections.Entry{Name: path.Base(e.Path), Path: e.Path, File: e.File}
	if e.Kind == collections.Folder {
		fresh.Kind = e.Kind
	}
	s.fill(fresh)
	return fresh
}

// rel returns the path in the collection, with slashes, of an absolute file name.
func (s *Store) rel(file string) string {
	r, err := filepath.Rel(s.dir, file)
	if err != nil {
		return file // os.Root refuses it
	}
	return filepath.ToSlash(r)
}

func (s *Store) abs(rel string) string { return filepath.Join(s.dir, filepath.FromSlash(rel)) }

func (s *Store) remember(rel string, src []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.base[rel] = src
}

// forget drops what was read of rel and of all below it: it is gone by our own doing.
func (s *Store) forget(rel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.base, func(file string, _ []byte) bool { return file == rel || strings.HasPrefix(file, rel+"/") })
}

func (s *Store) remembered(rel string) ([]byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, ok := s.base[rel]
	return b, ok
}

// read returns the bytes of a regular file of at most a little over 1 MiB; Parse says when it is too large. A pipe
// is not waited for.
func (s *Store) read(rel string) ([]byte, error) {
	f, err := s.root().OpenFile(rel, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a regular file", rel)
	}
	b := bytes.NewBuffer(make([]byte, 0, min(info.Size(), maxSize)+bytes.MinRead))
	if _, err := b.ReadFrom(io.LimitReader(f, maxSize+1)); err != nil {
		return nil, fmt.Errorf("read %s: %w", rel, err)
	}
	return b.Bytes(), nil
}

// reason returns what went wrong without the path, which stands beside it.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		if strings.Contains(pe.Err.Error(), "escapes") {
			return ErrOutside.Error()
		}
		return pe.Err.Error()
	}
	return err.Error()
}
