package history

import (
	"context"
	"fmt"
	"slices"

	"culprit/request"
)

// looked is in how many of the newest exchanges Setters looks: a login is never far from what it was for.
const looked = 2000

// Setters returns the saved requests whose answers a jar kept one of these cookies from, by their paths, the newest first:
// those of a collection and an environment, among the newest exchanges.
func (h *History) Setters(ctx context.Context, collection, environment string, cookies []string) (entries []string, err error) {
	db, err := h.open(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, `select entry, hops from exchange where id in
		(select id from exchange where collection = ? and environment = ? and entry <> '' order by at desc, id desc limit ?)
		and hops like '%"Stored":%' order by at desc, id desc`, collection, environment, looked)
	if err != nil {
		return nil, fmt.Errorf("read history: %w", err)
	}
	type answer struct{ entry, hops string }
	answers, err := all(rows, "read history", func(a *answer) error { return rows.Scan(&a.entry, &a.hops) })
	if err != nil {
		return nil, err
	}
	for _, a := range answers {
		var k kept
		if slices.Contains(entries, a.entry) || k.read(a.hops) != nil {
			continue
		}
		if slices.ContainsFunc(k.Hops, func(h Hop) bool {
			return slices.ContainsFunc(h.Stored, func(s request.Stored) bool { return s.Kept && slices.Contains(cookies, s.Name) })
		}) {
			entries = append(entries, a.entry)
		}
	}
	return entries, nil
}
