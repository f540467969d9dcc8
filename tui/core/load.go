package core

import (
	"context"
	"time"

	"culprit/collections"
	"culprit/collections/file"
	"culprit/collections/watch"
)

// A Loading is the first reading of a collection, that goes on while the screen is made.
type Loading struct {
	done       chan struct{}
	collection *collections.Collection
	err        error
}

// Begin begins to read the collection of a store, for Parts.First. It does not block.
func Begin(ctx context.Context, store *file.Store) *Loading {
	l := &Loading{done: make(chan struct{})}
	go func() {
		defer close(l.done)
		l.collection, l.err = store.Load(ctx, nil)
	}()
	return l
}

// Load reads the collection anew.
func (c *Core) Load(ctx context.Context) (*collections.Collection, error) {
	loaded, err := c.parts.Store.Load(ctx, nil)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	c.collection = loaded
	c.mu.Unlock()
	return loaded, nil
}

// LoadSoon waits for Parts.First no longer than patience. A nil collection without an error means that it takes
// longer: the function Reload of Shell then gives what was begun.
func (c *Core) LoadSoon(patience time.Duration) (*collections.Collection, error) {
	l := c.parts.First
	select {
	case <-l.done:
		return c.keep(l)
	case <-time.After(patience):
		c.mu.Lock()
		c.begun = l
		c.mu.Unlock()
		return nil, nil
	}
}

// keep takes what a finished reading brought.
func (c *Core) keep(l *Loading) (*collections.Collection, error) {
	if l.err == nil {
		c.mu.Lock()
		c.collection = l.collection
		c.mu.Unlock()
	}
	return l.collection, l.err
}

// reload reads the collection anew, or waits for the first reading.
func (c *Core) reload(ctx context.Context) (*collections.Collection, error) {
	c.mu.Lock()
	l := c.begun
	c.begun = nil
	c.mu.Unlock()
	if l == nil {
		return c.Load(ctx)
	}
	select {
	case <-l.done:
		return c.keep(l)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
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
