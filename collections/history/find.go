package history

import (
	"context"
	"fmt"
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
	defer rows.Close()
	for rows.Next() {
		var i Item
		if err := scan(&i, rows); err != nil {
			return nil, fmt.Errorf("search history: %w", err)
		}
		items = append(items, i)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("search history: %w", err)
	}
	return items, nil
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
