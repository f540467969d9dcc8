// Package watch says which files of a collection other programs touch while it is open.
//
// The kernel tells where it can, which costs nothing while nothing happens. Where it cannot know (a network file
// system, on which another machine writes) or has no room for more watches, the files are looked at now and then. It
// reads no file: whether a touched file says something else now is for its reader to find out.
package watch

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A Watch is one folder with all below it.
type Watch struct {
	Dir  string                // an absolute path
	Skip func(rel string) bool // whether a folder, by its path below Dir with slashes, is left out; nil leaves out none
	Poll bool                  // look now and then although the kernel would tell
}

// Times of a watch.
const (
	// calm is how long nothing may happen before what did is told: an editor writes, renames and removes for one save,
	// and git changes many files at once (LIBRARIES.md: 100 ms).
	calm = 100 * time.Millisecond
	// late is when it is told although it goes on.
	late = 2 * time.Second
	// again is how often a folder that is gone is looked for: git makes one again within milliseconds, a person within
	// minutes, and until then nothing else costs anything.
	again = 500 * time.Millisecond
)

// Run calls heard with the absolute paths of what was touched, folders too, until ctx ends. It blocks; heard is
// called from the same goroutine. Nothing is heard of what happened before.
func (w Watch) Run(ctx context.Context, heard func(paths []string)) error {
	if !w.Poll && !remote(w.Dir) {
		told, err := w.told(ctx, heard)
		if told {
			return err
		}
	}
	return w.look(ctx, heard)
}

// told lets the kernel tell. It returns false when the kernel cannot, before anything was heard.
func (w Watch) told(ctx context.Context, heard func(paths []string)) (bool, error) {
	n, err := fsnotify.NewWatcher()
	if err != nil {
		return false, err
	}
	defer n.Close()
	at, err := w.begin(n)
	if err != nil {
		return false, err
	}
	touched := map[string]bool{}
	var quiet, limit, gone <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return true, ctx.Err()
		case e, ok := <-n.Events:
			if !ok {
				return true, fsnotify.ErrClosed
			}
			if e.Op == fsnotify.Chmod || w.skips(e.Name) || !w.holds(e.Name) {
				continue
			}
			touched[e.Name] = true
			switch {
			case e.Name == w.Dir: // it is gone, or another one
				gone = time.After(0)
			case e.Has(fsnotify.Create): // it may be a folder, which may have files before it is watched
				below, _ := w.add(n, e.Name) // what cannot be watched is not; its files are told when it is read
				for _, p := range below {
					touched[p] = true
				}
			}
		case <-gone:
			gone = nil
			for _, old := range n.WatchList() {
				_ = n.Remove(old)
			}
			if at, err = w.begin(n); err != nil {
				gone = time.After(again)
				continue
			}
			touched[w.Dir] = true // all of it may be another
		case _, ok := <-n.Errors:
			if !ok {
				return true, fsnotify.ErrClosed
			}
			touched[w.Dir] = true // events were lost: anything may be another
		case <-quiet:
			limit = nil
			tell(touched, heard)
		case <-limit:
			limit = nil
			tell(touched, heard)
		}
		if len(touched) == 0 && gone == nil && !w.still(at) { // while somebody has it open, its end is not told
			gone = time.After(0)
		}
		if quiet = nil; len(touched) > 0 {
			quiet = time.After(calm)
			if limit == nil {
				limit = time.After(late)
			}
		}
	}
}

func tell(touched map[string]bool, heard func(paths []string)) {
	var paths []string
	for p := range touched {
		paths = append(paths, p)
	}
	clear(touched)
	slices.Sort(paths)
	heard(paths)
}

// add watches at and every folder below it, and returns what is in them. A path that is no folder is left alone.
func (w Watch) add(n *fsnotify.Watcher, at string) (below []string, err error) {
	err = w.walk(at, func(path string, e fs.DirEntry) error {
		if path != at {
			below = append(below, path)
		}
		if e.IsDir() {
			return n.Add(path)
		}
		return nil
	})
	return below, err
}

// walk calls do for at and all below it that is not skipped. What cannot be listed is passed over; a link is not
// followed, unless it is the folder itself.
func (w Watch) walk(at string, do func(path string, e fs.DirEntry) error) error {
	from := at
	if at == w.Dir {
		from += string(filepath.Separator) // what a link leads to, not the link
	}
	return filepath.WalkDir(from, func(path string, e fs.DirEntry, err error) error {
		switch path = filepath.Clean(path); {
		case err != nil && path == w.Dir:
			return err
		case err != nil:
			return nil
		case w.skips(path) && e.IsDir():
			return fs.SkipDir
		}
		return do(path, e)
	})
}

// begin watches the folder, and where it is a link what holds that: who leads it elsewhere writes there. It returns what
// is at the folder's path.
func (w Watch) begin(n *fsnotify.Watcher) (fs.FileInfo, error) {
	at, err := os.Stat(w.Dir)
	if err != nil {
		return nil, err
	}
	if w.link() {
		_ = n.Add(filepath.Dir(w.Dir))
	}
	_, err = w.add(n, w.Dir)
	return at, err
}

// still reports whether the same folder is at its path.
func (w Watch) still(at fs.FileInfo) bool {
	now, err := os.Stat(w.Dir)
	return err == nil && os.SameFile(now, at)
}

// link reports whether the folder is reached through a link.
func (w Watch) link() bool {
	info, err := os.Lstat(w.Dir)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

// holds reports whether path is the folder or in it.
func (w Watch) holds(path string) bool {
	return path == w.Dir || strings.HasPrefix(path, w.Dir+string(filepath.Separator))
}

func (w Watch) skips(path string) bool {
	rel, err := filepath.Rel(w.Dir, path)
	return err == nil && rel != "." && w.Skip != nil && w.Skip(filepath.ToSlash(rel))
}
