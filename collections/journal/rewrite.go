package journal

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// A log that has grown is written anew with what still counts. It stays the same file, for other programs have it open and
// its lock is on it; so what it is to be lies beside it, whole, before it is cut: a crash on the way loses nothing.

// beside is where that lies.
func (j *Journal) beside() string { return j.f.Name() + ".new" }

// rewrite replaces the log by these drafts.
func (j *Journal) rewrite(drafts []Draft) error {
	var b bytes.Buffer
	for _, d := range drafts {
		f, err := frame(d)
		if err != nil {
			return err
		}
		b.Write(f)
	}
	if err := write(j.beside(), b.Bytes()); err != nil {
		return err
	}
	if err := j.settle(); err != nil { // it is there before the log is cut, also after a power cut
		return err
	}
	j.live, j.left = int64(b.Len()), int64(b.Len())
	return j.restore()
}

// write makes a file that is there whole or not at all.
func write(path string, data []byte) error {
	f, err := os.OpenFile(path+"~", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path+"~"))
	}
	return os.Rename(path+"~", path)
}

// restore makes the log what lies beside it, if anything does.
func (j *Journal) restore() error {
	b, err := os.ReadFile(j.beside())
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = j.f.Truncate(0)
	}
	if err == nil {
		_, err = j.f.WriteAt(b, 0)
	}
	if err = errors.Join(err, j.f.Sync()); err != nil {
		return err
	}
	return errors.Join(os.Remove(j.beside()), j.settle()) // back after a power cut, it would replace what was written since
}

// settle makes what files there are in the folder last through a power cut. File systems that cannot are left alone.
func (j *Journal) settle() error {
	d, err := os.Open(filepath.Dir(j.f.Name()))
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrInvalid) {
		return err
	}
	return nil
}
