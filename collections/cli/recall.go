package cli

import (
	"context"
	"errors"

	"culprit/collections"
	"culprit/collections/history"
	"culprit/request"
	"culprit/request/auth"
	kit "culprit/request/cli"
)

// recall makes a target of an exchange of the history: its request as it was sent, with the secrets that are there
// now. It needs no saved request unless it held secrets; one that is gone is said in the notes.
func recall(ctx context.Context, d Deps, c *kit.Common, id string, own []request.Secret) (Target, error) {
	h, err := past(d)
	if err != nil {
		return Target{}, err
	}
	then, err := pick(ctx, h, id)
	if err != nil {
		return Target{}, err
	}
	t, current := Target{}, request.Valued(own)
	if then.Entry != "" {
		common := *c
		common.Env = then.Environment
		if found, err := saved(ctx, d, &common, then.Collection, then.Entry, false); err == nil {
			t = found
			current = t.secrets(ctx, d, &common)
		} else {
			t.Notes = append(t.Notes, "the saved request "+then.Entry+" is not used: "+err.Error())
		}
	}
	t.Name, t.Then = then.ID, &then
	t.As = collections.Record{Collection: then.Collection, Entry: then.Entry, Environment: then.Environment}
	if t.Entry != nil {
		t.As.Saved = t.Entry.Saved
	}
	asks := own == nil && then.Entry == "" // own are the credentials of another request: no others are asked for
	unasked := map[string]bool{}
	if asks {
		current = given(ctx, d, c, current, unasked)
	}
	var changed *history.Changed
	t.Request, _, err = h.Request(ctx, then.ID, current)
	t.Request.Jar = t.Resolved.Request.Jar // for the hops after a redirect
	switch {
	case errors.As(err, &changed):
		t.Notes, t.Changed = append(t.Notes, changed.Error()), changed.Refs
		err = otherwise(changed.Refs, unasked)
	case errors.Is(err, history.ErrNone):
		err = kit.Fail(kit.Usage, errors.New("it cannot be sent again: it held a secret that is not kept"))
	case errors.Is(err, history.ErrNoSecret) && asks:
		err = kit.Fail(kit.Usage, ungiven(err))
	case errors.Is(err, history.ErrNoSecret):
		err = kit.Fail(kit.Usage, err)
	case err != nil:
		err = kit.Fail(kit.File, err)
	}
	if err != nil {
		t.Close()
		return Target{}, err
	}
	return t, nil
}

// secrets are those of a saved request as they are now. A token that its auth oauth2 gets is got when it is asked for:
// none is kept beyond a run.
func (t *Target) secrets(ctx context.Context, d Deps, c *kit.Common) func(ref string) (string, bool) {
	asked := false
	return func(ref string) (string, bool) {
		value, ok := t.Resolved.Secret(ref)
		if ok || asked || t.Request.Auth.Scheme != auth.OAuth2 {
			return value, ok
		}
		asked = true
		if err := t.Ready(ctx, d, c); err != nil {
			t.Notes = append(t.Notes, "no new token was got as its auth oauth2 says: "+err.Error())
			return "", false
		}
		return t.Resolved.Secret(ref)
	}
}
