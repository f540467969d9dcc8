package core

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"culprit/collections"
	"culprit/collections/history"
	"culprit/request"
	"culprit/request/auth"
	"culprit/request/curl"
	"culprit/request/har"
	"culprit/tui/shell"
)

// browse are the functions of the history, nil when nothing is kept.
func (c *Core) browse() *shell.Past {
	if c.parts.History == nil {
		return nil
	}
	p := &shell.Past{Find: c.find, Latest: c.latest, Count: c.count, Open: c.openPast, Again: c.again, Replay: c.replay, Draft: c.redraft, Curl: c.pastCurl, Grammar: history.Grammar()}
	if c.parts.Create != nil {
		p.HAR = c.pastHAR
	}
	return p
}

// query reads a search in the collection that is open, or in all.
func (c *Core) query(search string, all bool) (history.Query, error) {
	q, err := history.ParseQuery(search, time.Now())
	if !all {
		q.Collection = c.parts.Store.Dir()
	}
	return q, err
}

func (c *Core) find(ctx context.Context, search string, all bool, last collections.Past, limit int) ([]collections.Past, error) {
	q, err := c.query(search, all)
	if err != nil {
		return nil, err
	}
	if err := c.ledger.wait(ctx); ctx.Err() != nil {
		return nil, err // what could not be recorded is said at the end
	}
	return c.parts.History.Find(ctx, q, last, limit)
}

func (c *Core) latest(ctx context.Context) (map[string]collections.Past, error) {
	return c.parts.History.Latest(ctx, c.parts.Store.Dir())
}

func (c *Core) count(ctx context.Context, search string, all bool) (int, error) {
	q, err := c.query(search, all)
	if err != nil {
		return 0, err
	}
	return c.parts.History.Count(ctx, q)
}

func (c *Core) openPast(ctx context.Context, id string) (collections.Kept, error) {
	x, err := c.parts.History.Get(ctx, id)
	if err != nil {
		return collections.Kept{}, err
	}
	whole := x.Whole()
	return collections.Kept{Exchange: whole, Checks: x.Checks, Doubt: doubt(whole), Said: said(whole)}, nil
}

// secrets gives the secrets of p from where they are now: the saved request, else the variables of its environment.
func (c *Core) secrets(ctx context.Context, p collections.Past) func(ref string) (string, bool) {
	o := c.jarred(p.Environment)
	var now collections.Resolved
	if e := c.entry(p.Collection, p.Entry); e != nil {
		now, _ = collections.Resolve(e, o) // what it cannot resolve it has no secrets of
	}
	return func(ref string) (string, bool) {
		if v, ok := now.Secret(ref); ok {
			return v, true
		}
		if now.Request.Auth.Scheme == auth.OAuth2 { // its token is got when it is asked for: none is kept in the history
			if r, err := c.tokens.Ready(ctx, c.parts.Engine.Do, now.Request, nil); err == nil {
				now.Request = r
				return now.Secret(ref)
			}
		}
		name, ok := strings.CutPrefix(ref, "environment "+p.Environment+".")
		if !ok {
			return "", false
		}
		return c.parts.Vault.Value(p.Environment, name)
	}
}

// again fills the secrets into a recorded request.
func (c *Core) again(ctx context.Context, p collections.Past) (shell.Again, error) {
	if p.Collection != "" && p.Collection != c.parts.Store.Dir() {
		return shell.Again{}, fmt.Errorf("it belongs to the collection in %s; open that one", p.Collection)
	}
	r, _, err := c.parts.History.Request(ctx, p.ID, c.secrets(ctx, p))
	if e := c.entry(p.Collection, p.Entry); e != nil {
		if now, err := collections.Resolve(e, c.jarred(p.Environment)); err == nil {
			r.Jar = now.Request.Jar // for the hops after a redirect
		}
	}
	var changed *history.Changed
	var no *history.NoSecret
	switch {
	case errors.As(err, &no) && p.Entry == "":
		return shell.Again{}, fmt.Errorf("it held %s, which the history does not keep; edit it instead, a variable stands in its place: %w", no.Ref, err)
	case errors.As(err, &changed):
		return shell.Again{Request: r, Changed: changed.Refs}, nil
	case errors.Is(err, history.ErrNone):
		return shell.Again{}, errors.New("it held a secret in a form that is not kept")
	case err != nil:
		return shell.Again{}, err
	}
	return shell.Again{Request: r}, nil
}

func (c *Core) replay(ctx context.Context, p collections.Past, r request.Request, emit func(request.Event)) (*request.Exchange, error) {
	x, err := c.parts.Engine.Do(ctx, r, emit)
	if x == nil {
		return nil, err
	}
	rec := collections.Record{Collection: p.Collection, Entry: p.Entry, Environment: p.Environment, Exchange: x,
		Passed: err == nil && x.Status() > 0 && x.Status() < 400}
	if e := c.entry(p.Collection, p.Entry); e != nil {
		rec.Saved = e.Saved
	}
	return x, errors.Join(err, c.ledger.Record(context.WithoutCancel(ctx), rec))
}

// redraft returns a recorded request as what can be edited: the saved request with the changes that lead to it
// where they can be expressed, else the request as it was with variables in the places of secrets.
func (c *Core) redraft(ctx context.Context, p collections.Past) (shell.Redraft, error) {
	out := shell.Redraft{Entry: c.entry(p.Collection, p.Entry)}
	if out.Entry != nil {
		if a, err := c.again(ctx, p); err == nil && len(a.Changed) == 0 {
			if now, err := collections.Resolve(out.Entry, c.jarred(p.Environment)); err == nil {
				to, _ := now.Unjarred(a.Request)
				now.Request, _ = now.Unjarred(now.Request)
				now.Jarred = nil
				am, err := collections.Amend(out.Entry, out.Entry.Saved, now, to, c.options(p.Environment))
				if err == nil && len(am.Assign) == 0 {
					out.Saved = am.Saved
					return out, nil
				}
			}
		}
	}
	x, err := c.parts.History.Get(ctx, p.ID)
	if err != nil {
		return out, err
	}
	r, names := x.Editable()
	saved, lost := collections.FromRequest(r)
	out.Saved = saved
	if len(names) > 0 {
		out.Notes = append(out.Notes, "secrets are not kept; variables stand in their places: "+strings.Join(names, ", "))
	}
	for _, l := range lost {
		out.Notes = append(out.Notes, "not carried over: "+l)
	}
	return out, nil
}

func (c *Core) pastCurl(ctx context.Context, id string) (string, error) {
	x, err := c.parts.History.Get(ctx, id)
	if err != nil {
		return "", err
	}
	return x.Curl(curl.OneLine), nil
}

// mostExported is how many exchanges an archive gets: more than a person looks through, each at most 8 MiB.
const mostExported = 1000

// pastHAR writes items as an archive, or what a search finds when there are none.
func (c *Core) pastHAR(ctx context.Context, items []collections.Past, search string, all bool) (string, error) {
	if len(items) == 0 {
		var err error
		if items, err = c.find(ctx, search, all, collections.Past{}, mostExported); err != nil {
			return "", err
		}
	}
	w, path, err := c.parts.Create("culprit-history-" + time.Now().UTC().Format("20060102-150405") + ".har")
	if err != nil {
		return "", err
	}
	return path, errors.Join(c.parts.History.HAR(ctx, w, har.Creator{Name: "culprit", Version: c.parts.Version}, items), w.Close())
}
