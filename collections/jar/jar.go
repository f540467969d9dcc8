// Package jar keeps the cookies of environments on disk, a file for each.
//
// Which cookie is kept and where it goes is the business of package cookie. A file is read when a request is resolved and
// not before; it is replaced in one step, under a lock, so that two programs at once lose nothing of each other's.
package jar

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"culprit/collections/flock"
	"culprit/request"
	"culprit/request/cookie"
)

// schema of a file; its keys are added to, and never renamed.
const schema = "culprit.jar/1"

// maxFile is more than a full jar takes: 3000 cookies of 6 KB.
const maxFile = 32 << 20

// A Jar is the file of an environment's cookies. Its methods may be called from any goroutine.
type Jar struct {
	dir, collection, environment string
	last                         atomic.Pointer[cookie.Jar]
}

// Of returns the jar of an environment, "" for none, of the collection in a folder. dir is the folder of all jars.
// Nothing is read or made.
func Of(dir, collection, environment string) *Jar {
	return &Jar{dir: dir, collection: collection, environment: environment}
}

// content is what a file holds.
type content struct {
	Schema      string          `json:"schema"`
	Collection  string          `json:"collection"`
	Environment string          `json:"environment"`
	Cookies     []cookie.Cookie `json:"cookies"`
}

// path is named by a hash: a name of an environment can be too long for a file, or lead elsewhere.
func (j *Jar) path() string {
	sum := sha256.Sum256([]byte(j.collection + "\x00" + j.environment))
	return filepath.Join(j.dir, hex.EncodeToString(sum[:16])+".json")
}

// Open returns the cookies as they are now; none where there is no file. What is done to them stays in memory.
func (j *Jar) Open() (*cookie.Jar, error) {
	f, err := os.Open(j.path())
	if errors.Is(err, fs.ErrNotExist) {
		j.last.Store(cookie.New(nil))
		return cookie.New(nil), nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, err
	}
	var c content
	switch err := json.Unmarshal(b, &c); {
	case len(b) > maxFile:
		return nil, fmt.Errorf("%s is larger than a jar can be", f.Name())
	case err != nil:
		return nil, fmt.Errorf("%s: %w", f.Name(), err)
	case c.Schema != schema:
		return nil, fmt.Errorf("%s is not of this version of culprit (%q)", f.Name(), c.Schema)
	}
	j.last.Store(cookie.New(c.Cookies))
	return cookie.New(c.Cookies), nil
}

// Seen returns the cookies as they were read or written last, without a look at the disk; nil when they never were.
// They are not to be changed.
func (j *Jar) Seen() *cookie.Jar { return j.last.Load() }

// Keep takes in what the answers of an exchange set, and writes into them what became of it. A jar that cannot be read is
// not written.
func (j *Jar) Keep(x *request.Exchange) error {
	set := false
	for _, h := range x.Wire() {
		set = set || h.Response != nil && request.Has(h.Response.Header, "Set-Cookie")
	}
	if !set {
		return nil
	}
	return j.change(func(c *cookie.Jar) { c.Kept(x, time.Now()) })
}

// Take removes the cookies for which it is one, and returns how many.
func (j *Jar) Take(it func(cookie.Cookie) bool) (n int, err error) {
	err = j.change(func(c *cookie.Jar) { n = c.Take(it) })
	return n, err
}

// Clear removes the file, also one that cannot be read.
func (j *Jar) Clear() error {
	return j.locked(func() error {
		if err := os.Remove(j.path()); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		j.last.Store(cookie.New(nil))
		return nil
	})
}

// change replaces the file by one as edit leaves it.
func (j *Jar) change(edit func(*cookie.Jar)) error {
	return j.locked(func() error {
		c, err := j.Open()
		if err != nil {
			return err
		}
		edit(c)
		b, err := json.Marshal(content{schema, j.collection, j.environment, c.All(time.Now())})
		if err == nil {
			err = replace(j.path(), b)
		}
		if err == nil {
			j.last.Store(c)
		}
		return err
	})
}

// locked does work while no other program does any with the jars.
func (j *Jar) locked(work func() error) error {
	err := os.MkdirAll(j.dir, 0o700)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(j.dir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer f.Close() // unlocks
	if err := flock.Lock(f); err != nil {
		return err
	}
	return work()
}

// replace puts b into the file at path in one step, for the owner alone.
func replace(path string, b []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".jar-*") // mode 0600
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
