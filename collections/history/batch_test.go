package history

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"culprit/collections"
)

// What a run sent is in the history when the run has ended, though it was cancelled: each with its ID, the large body too.
func TestABatchKeepsAll(t *testing.T) {
	h := opened(t)
	ctx, cancel := context.WithCancel(t.Context())
	b := h.Batch(ctx)
	var senders sync.WaitGroup
	var mu sync.Mutex
	ids := map[string]string{}
	start := h.now()
	const each = batchMost + pruneEvery/2
	for s := range 2 {
		senders.Go(func() {
			for i := range each {
				x := sent(start.Add(time.Duration(i)*time.Millisecond), 200, fmt.Sprintf("%d-%d %0*d", s, i, i%100/99*inline, 0))
				if err := b.Record(ctx, collections.Record{Collection: "/c", Entry: fmt.Sprintf("%d-%d", s, i), Exchange: x, Passed: true}); err != nil {
					t.Error(err)
				}
				mu.Lock()
				ids[x.ID] = fmt.Sprintf("%d-%d", s, i)
				mu.Unlock()
			}
		})
	}
	senders.Wait()
	cancel()
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	other := New(h.dir)
	defer other.Close()
	items, err := other.Find(t.Context(), Query{}, Item{}, 3*each)
	if err != nil || len(items) != 2*each {
		t.Fatalf("%d of %d, %v", len(items), 2*each, err)
	}
	for _, i := range items {
		if ids[i.ID] != i.Entry {
			t.Errorf("%s is %s, not %q", i.ID, i.Entry, ids[i.ID])
		}
	}
}

// Where nothing can be kept, the end says so, and nobody waits.
func TestABatchSaysWhatItCouldNotKeep(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	b := New(filepath.Join(file, "state")).Batch(t.Context())
	for range 3 * batchMost {
		b.Record(t.Context(), collections.Record{Exchange: sent(time.Now(), 200, "")}) // Close says it
	}
	if b.Close() == nil {
		t.Error("nothing was kept, and the end says nothing")
	}
}
