// Package history keeps the exchanges that happened, in a SQLite database of the person's own.
//
// No secret value is ever written: requests are kept with references in the place of secrets and filled again
// from where the secrets are, everything else is kept as a person may see it. The package decides nothing
// about what passed and sends nothing.
package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"culprit/collections/flock"
)

// Caps of the history (RELIABILITY §4.9, but for the entries: a search of 100,000 takes 70 ms). The oldest go first;
// what is kept as known-good goes last.
const (
	maxEntries = 100_000
	maxBytes   = 1 << 30
	maxAge     = 90 * 24 * time.Hour
	// inline is up to how many bytes a body is in the database; larger ones are files beside it.
	inline = 64 << 10
	// maxBody is how much of a body is kept: what is larger can be asked for again.
	maxBody = 8 << 20
	// pruneEvery is after how many records the caps are looked at.
	pruneEvery = 100
	// spare is how many entries below its cap the history is after it has reached it: to choose takes a second.
	spare = 1000
)

// A History is the database in one folder. The zero value is not usable; make one with New. It is opened on
// first use; its methods may be called from any goroutine, block on the disk, and work while another culprit
// uses the same folder.
type History struct {
	dir string
	now func() time.Time

	mu   sync.Mutex
	db   *sql.DB
	salt []byte
}

// Dir is the folder that the history lies in, and what else culprit keeps for itself.
func (h *History) Dir() string { return h.dir }

// New returns the history in dir, $XDG_STATE_HOME/culprit for the person's own. Nothing is touched yet.
func New(dir string) *History { return &History{dir: dir, now: time.Now} }

const schema = `
create table if not exists meta (key text primary key, value blob not null);
create table if not exists exchange (
	id text primary key, at integer not null, collection text not null, entry text not null, environment text not null,
	method text not null, url text not null, status integer not null, cause text not null, took integer not null,
	passed integer not null, template text not null, request text not null, secrets text not null, refillable integer not null,
	hops text not null, body blob, bodyfile text not null, bodysize integer not null, cut text not null
);
drop index if exists exchange_at;
create index if not exists exchange_find on exchange (at desc, id desc, collection, entry, environment, method, url, status, cause, took, passed, template, bodysize);
create index if not exists exchange_entry on exchange (collection, entry, environment, passed, at);
create index if not exists exchange_bodyfile on exchange (bodyfile) where bodyfile <> '';
`

// open returns the database, made when it is not there. A corrupt one is renamed, so that nothing is lost,
// and a new one begun.
func (h *History) open(ctx context.Context) (*sql.DB, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.db != nil {
		return h.db, h.collect(ctx, h.db)
	}
	if err := os.MkdirAll(filepath.Join(h.dir, "bodies"), 0o700); err != nil {
		return nil, fmt.Errorf("open history: %w", err)
	}
	db, err := h.connect(ctx)
	if err != nil && ctx.Err() == nil && isCorrupt(err) {
		if err := h.setAside(); err != nil {
			return nil, fmt.Errorf("open history: %w", err)
		}
		db, err = h.connect(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("open history: %w", err)
	}
	if err := h.collect(ctx, db); err != nil {
		return nil, fmt.Errorf("open history: %w", errors.Join(err, db.Close()))
	}
	h.db = db
	return db, nil
}

func (h *History) file() string { return filepath.Join(h.dir, "history.db") }

// connect opens, checks and prepares the database.
func (h *History) connect(ctx context.Context) (*sql.DB, error) {
	// SQLite gives its other files the mode of this one.
	f, err := os.OpenFile(h.file(), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	made, err := h.making()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	defer made()
	at, err := os.Lstat(h.file())
	if err == nil && at.Mode().IsRegular() { // what a link leads to keeps its mode: it may be anything
		err = f.Chmod(0o600)
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	dsn := url.URL{Scheme: "file", Path: h.file(), RawQuery: "_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)" +
		"&_pragma=synchronous(FULL)&_txlock=immediate"}
	db, err := sql.Open("sqlite", dsn.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // one writer; reads here are short
	if err := h.prepare(ctx, db); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// making keeps other programs from preparing the database at the same time, and returns what lets them: SQLite does not wait
// for who makes a database a WAL at the same moment (SQLITE_BUSY in spite of busy_timeout). The lock is a file of its own, for
// one of the database would take SQLite's own from it when it is closed.
func (h *History) making() (done func(), err error) {
	f, err := os.OpenFile(filepath.Join(h.dir, "history.lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := flock.Lock(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() { f.Close() }, nil
}

func (h *History) prepare(ctx context.Context, db *sql.DB) error {
	if err := h.sound(ctx, db); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, schema); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, "insert or ignore into meta values ('salt', randomblob(32))"); err != nil {
		return err
	}
	return db.QueryRowContext(ctx, "select value from meta where key = 'salt'").Scan(&h.salt)
}

// setAside renames the database and its companions.
func (h *History) setAside() error {
	suffix := ".corrupt-" + h.now().UTC().Format("20060102T150405")
	for _, ext := range []string{"", "-wal", "-shm"} {
		err := os.Rename(h.file()+ext, strings.TrimSuffix(h.file(), ".db")+suffix+ext)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// Close closes the database, if it was opened.
func (h *History) Close() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.db == nil {
		return nil
	}
	err := h.db.Close()
	h.db = nil
	return err
}

// prune removes what is over the caps, known-good exchanges aside (worthy), and bodies that no row names.
func (h *History) prune(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := h.pruneOld(ctx, tx); err != nil {
		return err
	}
	if err := pruneMany(ctx, tx, maxEntries); err != nil {
		return err
	}
	if err := pruneBytes(ctx, tx); err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, "select distinct bodyfile from exchange where bodyfile <> ''")
	if err != nil {
		return err
	}
	names, err := columnOf[string](rows)
	if err != nil {
		return err
	}
	keep := map[string]bool{}
	for _, name := range names {
		keep[name] = true
	}
	if err := h.sweep(keep); err != nil {
		return err
	}
	return tx.Commit()
}

// pruneOld removes what is over its age, once a day: whoever keeps old ones as known-good would choose anew each time.
func (h *History) pruneOld(ctx context.Context, tx *sql.Tx) error {
	if h.today(ctx, tx, "aged") {
		return nil
	}
	if _, err := tx.ExecContext(ctx, "delete from exchange where at < ? and id not in ("+worthy("")+")", h.now().Add(-maxAge).UnixMilli()); err != nil {
		return err
	}
	return h.done(ctx, tx, "aged")
}

// pruneMany removes the oldest when there are more than most.
func pruneMany(ctx context.Context, tx *sql.Tx, most int) error {
	var n int
	if err := tx.QueryRowContext(ctx, "select count(*) from exchange").Scan(&n); err != nil || n <= most {
		return err
	}
	_, err := tx.ExecContext(ctx, `delete from exchange where id in (select id from exchange order by at desc limit -1 offset ?)
		and id not in (`+worthy("")+")", most-spare)
	return err
}

// pruneBytes removes the oldest over the cap of bytes; space is space, so what is worth keeping is only the last to go.
// What the rows hold is added up only when the size of the database and the bodies, which is known at once, says that
// it could be over the cap.
func pruneBytes(ctx context.Context, tx *sql.Tx) error {
	var most int64
	if err := tx.QueryRowContext(ctx, `select (select page_count from pragma_page_count) * (select page_size from pragma_page_size)
		+ (select coalesce(sum(bodysize), 0) from exchange where bodyfile <> '')`).Scan(&most); err != nil || most <= maxBytes {
		return err
	}
	_, err := tx.ExecContext(ctx, `delete from exchange where id in (select id from
		(select id, sum(bodysize + octet_length(hops) + octet_length(request)) over (order by id in (`+worthy("")+`) desc, at desc, id desc) as total from exchange)
		where total > ?)`, maxBytes)
	return err
}

// sweep removes body files that no row names. A young one may belong to a row that is being written.
func (h *History) sweep(keep map[string]bool) error {
	dir := filepath.Join(h.dir, "bodies")
	items, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, i := range items {
		info, err := i.Info()
		if err == nil && !keep[i.Name()] && h.now().Sub(info.ModTime()) > time.Hour {
			if err := os.Remove(filepath.Join(dir, i.Name())); err != nil && !errors.Is(err, os.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}
