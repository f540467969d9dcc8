package journal

import (
	"os"
	"path/filepath"

	"culprit/collections/flock"
)

// A program that keeps drafts holds the lock of a file of its own beside the log, which ends with it however it ends. So
// the drafts of a second window are told from those that a crash left. All of it runs while the log is locked.

const writerMark = ".writer-"

// writer returns the name of this program's file, which it makes at first; "" where it cannot.
func (j *Journal) writer() string {
	if j.me == nil {
		f, err := os.CreateTemp(filepath.Dir(j.f.Name()), filepath.Base(j.f.Name())+writerMark+"*") // mode 0600
		if err != nil {
			return ""
		}
		if ok, err := flock.TryLock(f); !ok || err != nil {
			f.Close()
			os.Remove(f.Name())
			return ""
		}
		j.me = f
	}
	return filepath.Base(j.me.Name())
}

// another reports whether a draft is of another program that runs.
func (j *Journal) another(writer string) bool {
	if writer == "" || j.me != nil && writer == filepath.Base(j.me.Name()) {
		return false
	}
	return runs(filepath.Join(filepath.Dir(j.f.Name()), filepath.Base(writer)))
}

// sweep removes the files of programs that have ended.
func (j *Journal) sweep() {
	all, _ := filepath.Glob(j.f.Name() + writerMark + "*") // the only error is a bad pattern: then they stay
	for _, path := range all {
		if !runs(path) {
			os.Remove(path)
		}
	}
}

// runs reports whether the program of a file holds its lock.
func runs(path string) bool {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	free, err := flock.TryLock(f)
	return err == nil && !free
}
