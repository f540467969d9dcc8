package jq

import (
	"context"
	"errors"
	"runtime/metrics"
	"time"
)

// MaxMemory is by how many bytes the program's live heap may grow while a filter runs: a program can gather without end, and
// the one that is typed is run at each key.
const MaxMemory = 1 << 30

// ErrMemory says that a program was stopped at MaxMemory.
var ErrMemory = errors.New("jq: the program needs more than 1 GiB of memory and was stopped")

// bounded returns a context that ends with ErrMemory once the live heap has grown by more than most bytes, and its end, which
// has to be called. The heap is looked at as the garbage collector last saw it, twenty times a second.
func bounded(ctx context.Context, most uint64) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	before := live()
	go func() {
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				if now := live(); now > before && now-before > most {
					cancel(ErrMemory)
				}
			}
		}
	}()
	return ctx, func() { cancel(nil) }
}

// live is how many bytes of the heap were in use at the last collection.
func live() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
