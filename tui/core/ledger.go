package core

import (
	"context"
	"sync"

	"culprit/collections"
)

// A ledger records exchanges behind the person's back: an exchange is shown at once, and the body that is masked,
// hashed and synced to disk meanwhile keeps nobody waiting. The order is kept. To is required.
type ledger struct {
	to collections.Recorder

	mu   sync.Mutex
	last chan struct{} // closed when all that was given so far is recorded; nil for nothing yet
	err  error         // the first one
}

// Record implements collections.Recorder. It returns at once; wait says what came of it.
func (l *ledger) Record(ctx context.Context, r collections.Record) error {
	if r.Exchange != nil {
		own := *r.Exchange // its ID is written while the screen reads the original
		r.Exchange = &own
	}
	done := make(chan struct{})
	l.mu.Lock()
	before := l.last
	l.last = done
	l.mu.Unlock()
	go func() {
		defer close(done)
		if before != nil {
			<-before // one at a time: a record may hold 8 MiB in more than one copy
		}
		if err := l.to.Record(ctx, r); err != nil {
			l.mu.Lock()
			defer l.mu.Unlock()
			if l.err == nil {
				l.err = err
			}
		}
	}()
	return nil
}

// wait blocks until what was given so far is recorded, or ctx is done. The error is ctx's, or the first of all
// recording.
func (l *ledger) wait(ctx context.Context) error {
	l.mu.Lock()
	last := l.last
	l.mu.Unlock()
	if last != nil {
		select {
		case <-last:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}
