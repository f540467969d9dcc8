package history

import (
	"context"
	"fmt"
	"os"
	"strings"
)

// Find returns at most limit exchanges that q asks for, newest first: those after, in that order, the item last,
// or the first ones for the zero Item. It reads an index alone, unless q looks into bodies.
func (h *History) Find(ctx context.Context, q Query, last Item, limit int) (items []Item, err error) {
	defer h.doubt(&err)
	db, err := h.open(ctx)
	if err != nil {
		return nil, err
	}
	where, args := q.where()
	if last.ID != "" {
		where += " and (at, id) < (?, ?)"
		args = append(args, last.At.UnixMilli(), last.ID)
	}
	rows, err := db.QueryContext(ctx, "select "+itemColumns+" from exchange where "+where+" order by at desc, id desc limit ?", append(args, limit)...)
	if err != nil {
		return nil, fmt.Errorf("search history: %w", err)
	}
	return all(rows, "search history", func(i *Item) error { return scan(i, rows) })
}

// Latest returns the newest exchange of each saved request of the collection in a folder, by its path. A history that
// nobody has begun is not begun for that.
func (h *History) Latest(ctx context.Context, collection string) (latest map[string]Item, err error) {
	defer h.doubt(&err)
	if _, err := os.Stat(h.file()); err != nil {
		return nil, nil
	}
	db, err := h.open(ctx)
	if err != nil {
		return nil, err
	}
	// SQLite gives the columns of the row that has the greatest value (Bare Columns In An Aggregate Query); at, not id,
	// is what is ordered by, and of one millisecond any will do.
	rows, err := db.QueryContext(ctx, "select "+strings.Replace(itemColumns, "at,", "max(at),", 1)+" from exchange where collection = ? and entry <> '' group by entry", collection)
	if err != nil {
		return nil, fmt.Errorf("search history: %w", err)
	}
	items, err := all(rows, "search history", func(i *Item) error { return scan(i, rows) })
	if err != nil {
		return nil, err
	}
	latest = make(map[string]Item, len(items))
	for _, i := range items {
		latest[i.Entry] = i
	}
	return latest, nil
}

// Count returns how many exchanges q asks for.
func (h *History) Count(ctx context.Context, q Query) (n int, err error) {
	db, err := h.open(ctx)
	if err != nil {
		return 0, err
	}
	where, args := q.where()
	if err := db.QueryRowContext(ctx, "select count(*) from exchange where "+where, args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("search history: %w", err)
	}
	return n, nil
}
