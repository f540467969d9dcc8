package core

import (
	"context"
	"time"

	"culprit/collections"
	"culprit/collections/file"
	"culprit/collections/vault"
	"culprit/collections/watch"
)

// A Loading is the first look at a collection, which goes on while the screen is made.
type Loading struct {
	stop       context.CancelFunc
	done       chan struct{}
	collection *collections.Collection
	whole      bool
	err        error
}

// Begin begins to read as much of a store's collection as a window of so many rows shows, for Parts.First. It does
// not block.
func Begin(ctx context.Context, store *file.Store, secrets *vault.Vault, rows int) *Loading {
	ctx, stop := context.WithCancel(ctx)
	l := &Loading{stop: stop, done: make(chan struct{})}
	go func() {
		defer close(l.done)
		secrets.Read()
		l.collection, l.whole, l.err = store.Glance(ctx, rows)
	}()
	return l
}

// Load reads the collection anew.
func (c *Core) Load(ctx context.Context) (*collections.Collection, error) {
	c.parts.Vault.Refresh()
	c.parts.Vault.Read()
	loaded, err := c.parts.Store.Load(ctx)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	c.collection, c.partly = loaded, false
	c.mu.Unlock()
	return loaded, nil
}

// LoadSoon waits for Parts.First no longer than patience, which then is given up. whole says that the collection is all
// there; else the function Reload of Shell brings it, or says why it cannot be read, and until then there may be its
// beginning, or nil.
func (c *Core) LoadSoon(patience time.Duration) (loaded *collections.Collection, whole bool) {
	l := c.parts.First
	defer l.stop()
	select {
	case <-l.done:
	case <-time.After(patience):
		return nil, false
	}
	if l.err != nil {
		return nil, false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.collection, c.partly = l.collection, !l.whole
	return l.collection, l.whole
}

// watch tells of files that other programs changed, made or removed.
func (c *Core) watch(ctx context.Context, heard func(files []string)) error {
	w := watch.Watch{Dir: c.parts.Store.Dir(), Skip: c.parts.Store.Leaves()}
	return w.Run(ctx, func(paths []string) {
		if files := c.parts.Store.Outside(paths); len(files) > 0 {
			heard(files)
		}
	})
}
