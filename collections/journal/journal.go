// Package journal keeps edits that are not saved yet, so that a killed program loses at most the last one.
//
// It is a log of frames: the length of the payload (4 bytes, little endian), its CRC-32C (4 bytes), the payload.
// A frame is written whole, under a lock, and synced; what a crash tore off at the end is cut when the log is
// opened. It is not the place for secrets: the values of secret variables are left out.
package journal

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"culprit/collections"
	"culprit/collections/flock"
)

const (
	header = 8
	// maxFrame is the largest payload: a draft is a request file, at most 1 MiB, as JSON.
	maxFrame = 8 << 20
	// maxLog is how large the log may grow before it is written anew with what still counts; twice that where it is more.
	maxLog = 4 << 20
)

// A Draft is a request with edits that its file does not have.
type Draft struct {
	Collection string // absolute folder
	Entry      string // path in the collection
	Saved      collections.Saved
	// Base is what the file said when the draft was begun; nil when that is not known.
	Base *collections.Saved `json:",omitempty"`
	Time time.Time
	// Done says that there is no draft any more: it was saved, or the person let it go.
	Done bool `json:",omitempty"`
	// Writer is the running program whose draft it is, set by Append; "" where that is not known.
	Writer string `json:",omitempty"`
	// Over are the other programs whose drafts of the request this one takes the place of: those that its program took back.
	// What two windows do to one request both stays until a person has chosen. Nil is of an earlier version: all of them.
	Over []string
}

// A Journal is one log. Its methods may be called from any goroutine and by several programs at once; they
// block on the disk.
type Journal struct {
	mu   sync.Mutex
	f    *os.File
	me   *os.File // says by its lock that this program runs; nil before its first draft
	live int64    // what counted of the log when it was last written anew
	left int64    // how large this program left the log
}

// Open opens the log at path, made with mode 0600 in a folder of mode 0700 when it is not there. What is torn
// at its end is cut off. Close it.
func Open(path string) (*Journal, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("open drafts: %w", err)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open drafts: %w", err)
	}
	j := &Journal{f: f}
	err = j.locked(func() error {
		j.sweep()
		src, err := j.all()
		if err != nil {
			return err
		}
		if drafts, whole := parse(src); whole > maxLog {
			return j.rewrite(pending(drafts))
		}
		_, err = j.end()
		return err
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open drafts: %w", err), f.Close())
	}
	return j, nil
}

// Close closes the log. Its drafts are no longer those of a program that runs.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.me != nil {
		os.Remove(j.me.Name())
		j.me.Close()
	}
	return j.f.Close()
}

// locked runs do while no other goroutine and no other program uses the log.
func (j *Journal) locked(do func() error) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := flock.Lock(j.f); err != nil {
		return err
	}
	err := j.restore()
	if err == nil {
		err = do()
	}
	return errors.Join(err, flock.Unlock(j.f))
}

// all returns what is in the log.
func (j *Journal) all() ([]byte, error) {
	info, err := j.f.Stat()
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.NewSectionReader(j.f, 0, info.Size()))
}

// Append writes a draft. When it returns nil, the draft outlives a crash of the program and of the machine.
func (j *Journal) Append(d Draft) error {
	if d.Over == nil {
		d.Over = []string{}
	}
	err := j.locked(func() error {
		d.Writer = j.writer()
		b, err := frame(d)
		if err != nil {
			return err
		}
		end, err := j.end()
		if err != nil {
			return err
		}
		if end+int64(len(b)) > max(maxLog, 2*j.live) {
			src, err := j.all()
			if err != nil {
				return err
			}
			drafts, _ := parse(src)
			return j.rewrite(pending(append(drafts, d)))
		}
		if _, err := j.f.WriteAt(b, end); err != nil {
			return errors.Join(err, j.f.Truncate(end)) // a full disk must not tear the log
		}
		j.left = end + int64(len(b))
		return j.f.Sync()
	})
	if err != nil {
		return fmt.Errorf("keep draft: %w", err)
	}
	return nil
}

// end is where the log ends, without what a program tore off that was killed while this one runs: nobody reads beyond that.
func (j *Journal) end() (int64, error) {
	info, err := j.f.Stat()
	if err != nil || info.Size() == j.left {
		return j.left, err
	}
	src, err := j.all()
	if err != nil {
		return 0, err
	}
	_, whole := parse(src)
	j.left = int64(whole)
	if whole < len(src) {
		err = j.f.Truncate(j.left)
	}
	return j.left, err
}

// Drop says that the draft of an entry is over, and those of other programs that it took the place of.
func (j *Journal) Drop(collection, entry string, over []string, at time.Time) error {
	return j.Append(Draft{Collection: collection, Entry: entry, Over: over, Time: at, Done: true})
}

// Read returns the drafts that are open, oldest first: of each entry the last of each program that wrote one. Those of
// another program that runs are its own business.
func (j *Journal) Read() ([]Draft, error) {
	var drafts []Draft
	err := j.locked(func() error {
		src, err := j.all()
		drafts, _ = parse(src)
		drafts = slices.DeleteFunc(pending(drafts), func(d Draft) bool { return j.another(d.Writer) })
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read drafts: %w", err)
	}
	return drafts, nil
}

var errTooLarge = errors.New("the draft is larger than 8 MiB")

func frame(d Draft) ([]byte, error) {
	d.Saved.Vars = withoutSecrets(d.Saved.Vars)
	if d.Base != nil {
		base := *d.Base
		base.Vars = withoutSecrets(base.Vars)
		d.Base = &base
	}
	payload, err := json.Marshal(d)
	if err != nil {
		return nil, err
	}
	if len(payload) > maxFrame {
		return nil, errTooLarge
	}
	b := binary.LittleEndian.AppendUint32(nil, uint32(len(payload)))
	b = binary.LittleEndian.AppendUint32(b, crc32.Checksum(payload, crc32.MakeTable(crc32.Castagnoli)))
	return append(b, payload...), nil
}

// withoutSecrets returns a copy of vars without the values of secrets.
func withoutSecrets(vars []collections.Variable) []collections.Variable {
	vars = slices.Clone(vars)
	for i := range vars {
		if vars[i].Secret {
			vars[i].Value = ""
		}
	}
	return vars
}

// parse returns the drafts of a log up to the first frame that is not whole, and where that begins.
func parse(src []byte) (drafts []Draft, whole int) {
	table := crc32.MakeTable(crc32.Castagnoli)
	for len(src)-whole >= header {
		n := int(binary.LittleEndian.Uint32(src[whole:]))
		sum := binary.LittleEndian.Uint32(src[whole+4:])
		if n == 0 || n > maxFrame || n > len(src)-whole-header {
			break
		}
		payload := src[whole+header : whole+header+n]
		var d Draft
		if crc32.Checksum(payload, table) != sum || json.Unmarshal(payload, &d) != nil {
			break
		}
		drafts = append(drafts, d)
		whole += header + n
	}
	return drafts, whole
}

// pending returns of each entry the last draft of each program, unless it is done.
func pending(drafts []Draft) []Draft {
	var open []Draft
	for _, d := range drafts {
		open = slices.DeleteFunc(open, func(o Draft) bool {
			return o.Collection == d.Collection && o.Entry == d.Entry && (o.Writer == d.Writer || d.Over == nil || slices.Contains(d.Over, o.Writer))
		})
		if !d.Done {
			open = append(open, d)
		}
	}
	return open
}
