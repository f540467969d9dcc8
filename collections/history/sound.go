package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"time"
)

const (
	// soundUpTo is the size of a database that is looked at whole whenever it is opened: that takes some 2 ms. One of
	// 100,000 exchanges takes 0.6 s, which no request shall wait for.
	soundUpTo = 1 << 20
	// daily is for how long a larger one is taken for sound, and how often what is old is looked for.
	daily = 24 * time.Hour
)

var errCorrupt = errors.New("the history is corrupt")

// sound looks for damage: in a large database only when the last look is a day old, or when somebody met damage since.
func (h *History) sound(ctx context.Context, db *sql.DB) error {
	info, err := os.Stat(h.file())
	if err != nil {
		return err
	}
	large := info.Size() > soundUpTo
	if large && h.looked(ctx, db) {
		return nil
	}
	var answer string
	if err := db.QueryRowContext(ctx, "pragma quick_check(1)").Scan(&answer); err != nil {
		return err
	}
	if answer != "ok" {
		return fmt.Errorf("%w: %s", errCorrupt, answer)
	}
	if err := os.Remove(h.doubts()); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if large {
		return h.done(ctx, db, "sound")
	}
	return nil
}

// looked reports whether a look of the last day found the database sound, and nobody doubts it.
func (h *History) looked(ctx context.Context, db *sql.DB) bool {
	if _, err := os.Lstat(h.doubts()); !errors.Is(err, os.ErrNotExist) {
		return false
	}
	return h.today(ctx, db, "sound")
}

// runner is a database or a transaction.
type runner interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// today reports whether what is done once a day, and whose name is key, was done in the last one.
func (h *History) today(ctx context.Context, r runner, key string) bool {
	var at int64
	if err := r.QueryRowContext(ctx, "select value from meta where key = ?", key).Scan(&at); err != nil {
		return false
	}
	age := h.now().Sub(time.Unix(at, 0))
	return age >= 0 && age < daily
}

// done notes that it was.
func (h *History) done(ctx context.Context, r runner, key string) error {
	_, err := r.ExecContext(ctx, "insert or replace into meta values (?, ?)", key, h.now().Unix())
	return err
}

// doubts is a file that is there when somebody met damage.
func (h *History) doubts() string { return h.file() + ".doubt" }

// doubt looks at the error of a use of the database: where it says that there is damage, the next to open it looks for it.
func (h *History) doubt(err *error) {
	if *err != nil && isCorrupt(*err) {
		os.WriteFile(h.doubts(), nil, 0o600) // where nothing can be written, the look comes within a day
	}
}

// isCorrupt reports whether an error says that the file is no sound database: SQLITE_CORRUPT (11) and
// SQLITE_NOTADB (26).
func isCorrupt(err error) bool {
	var coded interface{ Code() int }
	if errors.As(err, &coded) {
		code := coded.Code() & 0xFF
		return code == 11 || code == 26
	}
	return errors.Is(err, errCorrupt)
}
