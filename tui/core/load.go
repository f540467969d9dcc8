package core

import (
	"context"
	"time"

	"culprit/collections"
)

// loading is the first reading of the collection, that goes on while the screen is drawn.
type loading struct {
	done       chan struct{}
	collection *collections.Collection
	err        error
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

// LoadSoon begins to read the collection and waits for it no longer than patience. A nil collection without an
// error means that it takes longer: the function Reload of Shell then gives what was begun.
func (c *Core) LoadSoon(ctx context.Context, patience time.Duration) (*collections.Collection, error) {
	l := &loading{done: make(chan struct{})}
	go func() {
		defer close(l.done)
		l.collection, l.err = c.Load(ctx)
	}()
	select {
	case <-l.done:
		return l.collection, l.err
	case <-time.After(patience):
		c.mu.Lock()
		c.begun = l
		c.mu.Unlock()
		return nil, nil
	}
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
		return l.collection, l.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
