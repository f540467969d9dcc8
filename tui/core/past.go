package core

import (
	"context"
	"errors"

	"culprit/collections"
	"culprit/collections/history"
	"culprit/diagnose"
	"culprit/diagnose/dossier"
	"culprit/request"
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
	r, _, err := c.refilled(ctx, then)
	if err != nil {
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

// refilled is the request of an exchange with its secrets, and which of them have another value than they had then.
func (c *Core) refilled(ctx context.Context, then history.Exchange) (request.Request, []string, error) {
	r, _, err := c.parts.History.Request(ctx, then.ID, c.secrets(ctx, then.Item))
	var changed *history.Changed
	switch {
	case errors.Is(err, history.ErrNone):
		return r, nil, errors.New("it held a secret that is not kept")
	case errors.As(err, &changed):
		return r, changed.Refs, nil
	}
	return r, nil, err
}

// right is an exchange of which a person says that its answer was right.
func (c *Core) right(ctx context.Context, id, environment string) (*diagnose.Known, error) {
	if err := c.ledger.wait(ctx); ctx.Err() != nil {
		return nil, err
	}
	then, err := c.parts.History.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	r, changed, err := c.refilled(ctx, then)
	if err != nil {
		return nil, err
	}
	return dossier.Right(then, r, changed, environment)
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
