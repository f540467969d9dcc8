package history

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"culprit/collections/flock"
)

// The inbox is a file of rows that are not in the database yet: its first line is the salt, each other one a row as JSON.
// To open the database, to write a row and to close it takes five syncs and as long as all else that a command does which
// sends one request; a line takes one sync. Whoever opens the database next takes the rows in.
//
// A line is written whole and synced, under a lock. One that is no row is what a crash tore, and is left out. A row that
// is taken in twice is there once: it has its id.

// inboxMost is how large the inbox may grow, in bytes: to take in so many rows takes some 5 ms.
const inboxMost = 256 << 10

var errNoInbox = errors.New("the row goes to the database")

func (h *History) inbox() string { return filepath.Join(h.dir, "inbox") }

// An inboxHead is the first line.
type inboxHead struct {
	Salt []byte `json:"salt"`
}

// head returns the first line with its end.
func (h *History) head() ([]byte, error) {
	line, err := json.Marshal(inboxHead{h.salt})
	return append(line, '\n'), err
}

// drop keeps a record in the inbox and returns its id. An error, whatever it is, says that it is not there.
func (h *History) drop(record func() (row, error)) (id string, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.db != nil || !flock.Works {
		return "", errNoInbox
	}
	f, err := os.OpenFile(h.inbox(), os.O_RDWR, 0)
	if err != nil {
		return "", err
	}
	defer f.Close()
	if err := flock.Lock(f); err != nil {
		return "", err
	}
	end, err := f.Seek(0, io.SeekEnd)
	if err != nil || end > inboxMost {
		return "", errors.Join(errNoInbox, err)
	}
	first, err := bufio.NewReader(io.NewSectionReader(f, 0, end)).ReadBytes('\n')
	var head inboxHead
	if err = errors.Join(err, json.Unmarshal(first, &head)); err != nil {
		return "", err
	}
	h.salt = head.Salt
	r, err := record()
	if err != nil {
		return "", err
	}
	line, err := json.Marshal(r)
	if err != nil {
		return "", err
	}
	line = append(append([]byte("\n"), line...), '\n') // apart from what a crash tore
	if _, err := f.WriteAt(line, end); err != nil {
		return "", errors.Join(err, f.Truncate(end))
	}
	if err := f.Sync(); err != nil {
		return "", errors.Join(err, f.Truncate(end))
	}
	return r.ID, nil
}

// collect takes in what is in the inbox, which is made when it is not there.
func (h *History) collect(ctx context.Context, db *sql.DB) error {
	head, err := h.head()
	if err != nil || !flock.Works {
		return err
	}
	at, err := os.Stat(h.inbox())
	if err == nil && at.Size() == int64(len(head)) {
		return nil
	}
	f, err := os.OpenFile(h.inbox(), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := flock.Lock(f); err != nil {
		return err
	}
	src, err := io.ReadAll(f)
	if err != nil || bytes.Equal(src, head) {
		return err
	}
	if err := h.take(ctx, db, src); err != nil {
		return fmt.Errorf("take in what was sent: %w", err)
	}
	if bytes.HasPrefix(src, head) {
		return f.Truncate(int64(len(head)))
	}
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err = f.WriteAt(head, 0)
	return errors.Join(err, f.Sync(), h.settle())
}

// settle syncs the folder: a new file is there after a power cut.
func (h *History) settle() error {
	d, err := os.Open(h.dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// take writes the rows of an inbox into the database.
func (h *History) take(ctx context.Context, db *sql.DB, src []byte) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var made sql.Result
	n := int64(0)
	for line := range bytes.Lines(src) {
		var r row
		if json.Unmarshal(line, &r) != nil || r.ID == "" {
			continue
		}
		if made, err = tx.ExecContext(ctx, again, r.columns()...); err != nil {
			return err
		}
		n++
	}
	if err := tx.Commit(); err != nil || n == 0 {
		return err
	}
	return h.tidy(ctx, db, made, n)
}
