package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"culprit/request"
)

// worthy selects the exchanges that are kept as known-good whatever their age (DIAGNOSIS §7.2): of each request in each
// environment the newest three that passed, the oldest, and the newest of each edited version of its file, at most 16
// of those: nobody compares with more. 2,000 in all bound the store. Of 100,000 exchanges that takes a second and more;
// of, as in " and entry = ?", narrows it.
func worthy(of string) string {
	return `select id from (
	select id, at, version, newest, oldest,
		dense_rank() over (partition by collection, entry, environment order by last desc) as edition
	from (select id, at, collection, entry, environment,
			row_number() over (partition by collection, entry, environment, template order by at desc, id desc) as version,
			max(at) over (partition by collection, entry, environment, template) as last,
			row_number() over (partition by collection, entry, environment order by at desc, id desc) as newest,
			row_number() over (partition by collection, entry, environment order by at, id) as oldest
		from exchange where passed and refillable and entry <> ''` + of + `))
	where newest <= 3 or oldest <= 1 or version = 1 and edition <= 16
	order by at desc, id desc limit 2000`
}

// A Pass is an exchange that passed, and its request with the secrets of now.
type Pass struct {
	Exchange
	Request request.Request // to be sent, unlike Sent
	Changed *Changed        // secrets that have other values now; nil when all are the same
}

// Passes returns what is kept of the passes of an entry in an environment, newest first, at most limit; where there are
// more, the oldest is the last of them. current gives the values of secrets. Those whose secrets have no value now are
// left out.
func (h *History) Passes(ctx context.Context, collection, entry, environment string, limit int, current func(ref string) (string, bool)) ([]Pass, error) {
	return h.passes(ctx, limit, current, "select id from exchange where id in ("+worthy(" and collection = ? and entry = ? and environment = ?")+
		") order by at desc, id desc", collection, entry, environment)
}

// Unsaved returns the passes of what was sent and is in no collection, a curl command: those with a method and a
// URL, whatever its query is, newest first, at most limit, as Passes has them.
func (h *History) Unsaved(ctx context.Context, method, url string, limit int, current func(ref string) (string, bool)) ([]Pass, error) {
	return h.passes(ctx, limit, current, `select id from exchange where passed and refillable and collection = '' and entry = '' and method = ?
		and (url = ? or substr(url, 1, length(?) + 1) = ? || '?') order by at desc, id desc limit ?`, method, url, url, url, limit)
}

// passes reads the exchanges whose ids a query gives as passes.
func (h *History) passes(ctx context.Context, limit int, current func(ref string) (string, bool), query string, args ...any) (out []Pass, err error) {
	db, err := h.open(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read history: %w", err)
	}
	ids, err := columnOf[string](rows)
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		if len(out) == limit || limit > 1 && len(out) == limit-1 && i < len(ids)-1 {
			continue
		}
		p := Pass{}
		p.Request, _, err = h.Request(ctx, id, current)
		switch {
		case errors.As(err, &p.Changed):
		case errors.Is(err, ErrNoSecret), errors.Is(err, ErrNone):
			continue
		case err != nil:
			return nil, err
		}
		if p.Exchange, err = h.Get(ctx, id); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// Took returns how long the latest passes of an entry in an environment took, newest first, at most limit.
func (h *History) Took(ctx context.Context, collection, entry, environment string, limit int) ([]time.Duration, error) {
	db, err := h.open(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, `select took from exchange where collection = ? and entry = ? and environment = ? and passed
		order by at desc, id desc limit ?`, collection, entry, environment, limit)
	if err != nil {
		return nil, fmt.Errorf("read history: %w", err)
	}
	return columnOf[time.Duration](rows)
}

// An Ending is when an exchange of a saved request began, and whether it passed.
type Ending struct {
	At     time.Time
	Passed bool
}

// Endings returns how the latest exchanges of an entry in an environment ended, newest first, at most limit.
func (h *History) Endings(ctx context.Context, collection, entry, environment string, limit int) (out []Ending, err error) {
	db, err := h.open(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, `select at, passed from exchange where collection = ? and entry = ? and environment = ?
		order by at desc, id desc limit ?`, collection, entry, environment, limit)
	if err != nil {
		return nil, fmt.Errorf("read history: %w", err)
	}
	return all(rows, "read history", func(e *Ending) error {
		var at int64
		err := rows.Scan(&at, &e.Passed)
		e.At = time.UnixMilli(at)
		return err
	})
}

// columnOf reads rows of one value each and closes them.
func columnOf[T any](rows *sql.Rows) ([]T, error) {
	return all(rows, "read history", func(v *T) error { return rows.Scan(v) })
}

// all reads rows with scan and closes them; what begins the sentence of an error.
func all[T any](rows *sql.Rows, what string, scan func(*T) error) (out []T, err error) {
	defer rows.Close()
	for rows.Next() && err == nil {
		var v T
		err = scan(&v)
		out = append(out, v)
	}
	if err = errors.Join(err, rows.Err()); err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return out, nil
}
