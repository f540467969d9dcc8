package core

import (
	"context"
	"errors"

	"culprit/collections"
	"culprit/collections/history"
	"culprit/tui/shell"
)

// recall makes a problem of an exchange of the history. Its request is what was sent then, with the secrets that
// it has now; what came back is as it was kept, secrets masked.
func (c *Core) recall(ctx context.Context, id string) (shell.Problem, error) {
	if err := c.ledger.wait(ctx); ctx.Err() != nil {
		return shell.Problem{}, err
	}
	then, err := c.parts.History.Get(ctx, id)
	if err != nil {
		return shell.Problem{}, err
	}
	p := shell.Problem{Environment: then.Environment, Past: true}
	if e := c.entry(then.Collection, then.Entry); e != nil {
		p.Entry, p.Saved = e, e.Saved
	}
	r, _, err := c.parts.History.Request(ctx, id, c.secrets(ctx, then.Item))
	var changed *history.Changed
	switch {
	case errors.Is(err, history.ErrNone):
		return shell.Problem{}, errors.New("it held a secret that is not kept")
	case err != nil && !errors.As(err, &changed):
		return shell.Problem{}, err
	}
	if p.Entry == nil {
		saved, _ := collections.FromRequest(r)
		p.Entry = &collections.Entry{Kind: collections.HTTP, Name: r.Method + " " + then.Entry, Path: then.Entry, Saved: saved}
		p.Saved = saved
	}
	p.Exchange = then.Whole()
	p.Exchange.Request = r
	return p, nil
}

// entry returns a request of the collection that is open, nil when it is not there.
func (c *Core) entry(collection, path string) *collections.Entry {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.collection == nil || collection != c.parts.Store.Dir() {
		return nil
	}
	if e := c.collection.Root.Request(path); e != nil && e.Kind == collections.HTTP {
		return e
	}
	return nil
}
