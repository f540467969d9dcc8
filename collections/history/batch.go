package history

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"time"

	"culprit/collections"
)

// What one transaction of a Batch holds; as much of a fast run is lost with a power cut.
const (
	// batchMost is how many rows it takes, and the memory of that many exchanges is held.
	batchMost = 64
	// batchFor is for how long it waits for more: each transaction syncs the disk and writes the last page of every index
	// again, and 200 exchanges on loopback took 24 of them where 5 will do.
	batchFor = 10 * time.Millisecond
)

// A Batch is a Recorder for exchanges that follow each other fast, as in a run. Syncing a row to disk takes longer than
// an exchange on loopback, so those that come meanwhile are written together. Make one with History.Batch; Close it.
type Batch struct {
	h      *History
	rows   chan func() (row, error) // made by the writer
	writer sync.WaitGroup

	mu  sync.Mutex
	err error // the first
}

// Batch begins a batch, which opens the history. It goes on when ctx is done.
func (h *History) Batch(ctx context.Context) *Batch {
	b := &Batch{h: h, rows: make(chan func() (row, error), batchMost)}
	ctx = context.WithoutCancel(ctx)
	b.writer.Go(func() {
		h.open(ctx) // while the first exchange is under way; write says what is wrong with it
		for row := range b.rows {
			if err := b.write(ctx, row); err != nil {
				b.fail(fmt.Errorf("record exchange: %w", err))
			}
		}
	})
	return b
}

// Record takes an exchange and gives it its ID. It is written soon, while the caller goes on; Close says what came of it.
// The exchange may be closed meanwhile, and else does not change any more: of a body that this would free a row is made here.
func (b *Batch) Record(ctx context.Context, r collections.Record) error {
	if r.Exchange == nil {
		return nil
	}
	id, at := newID(r.Exchange.Start, b.h.now)
	next := func() (row, error) { return b.h.row(r, id, at) }
	if res := r.Exchange.Response(); res != nil && res.Body.Size() > inline {
		if _, err := b.h.open(ctx); err != nil {
			return b.fail(err)
		}
		made, err := next()
		if err != nil {
			return b.fail(err)
		}
		next = func() (row, error) { return made, nil }
	}
	r.Exchange.ID = id
	b.rows <- next
	return nil
}

// write inserts a row and what waits behind it.
func (b *Batch) write(ctx context.Context, next func() (row, error)) (err error) {
	defer b.h.doubt(&err)
	db, err := b.h.open(ctx)
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	into, err := tx.PrepareContext(ctx, insert)
	if err != nil {
		return err
	}
	defer into.Close()
	var made sql.Result
	n, late := 0, time.After(batchFor)
	for next != nil {
		row, err := next()
		if err != nil {
			b.fail(err)
		} else if made, err = into.ExecContext(ctx, row.columns()...); err != nil {
			return err
		} else {
			n++
		}
		next = nil
		if n < batchMost {
			select {
			case next = <-b.rows: // nil when there are no more
			case <-late:
			}
		}
	}
	if err := tx.Commit(); err != nil || n == 0 {
		return err
	}
	return b.h.tidy(ctx, db, made, int64(n))
}

// fail keeps the first error.
func (b *Batch) fail(err error) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.err == nil {
		b.err = err
	}
	return err
}

// Close waits until all is written. The error is the first of all records.
func (b *Batch) Close() error {
	close(b.rows)
	b.writer.Wait()
	return b.err
}
