package cli

import (
	"context"
	"errors"
	"fmt"

	"culprit/collections/send"
	"culprit/request"
	"culprit/request/auth"
	kit "culprit/request/cli"
	"culprit/request/outside"
	"culprit/request/safe"
)

// Ready gets the token of a request whose auth is oauth2, as sending it does, and puts it into Request and Resolved.
// Errors carry the exit code.
func (t *Target) Ready(ctx context.Context, d Deps, c *kit.Common) error {
	if t.Request.Auth.Scheme != auth.OAuth2 {
		return nil
	}
	engine := d.Engine()
	defer engine.Close()
	do := func(ctx context.Context, r request.Request, emit func(request.Event)) (*request.Exchange, error) {
		return engine.Do(ctx, c.Limit(r), emit)
	}
	r, err := (*send.Tokens)(nil).Ready(ctx, do, t.Request, d.browse())
	if err != nil {
		return kit.Fail(tokenCode(err), err)
	}
	t.Granted = t.Request.Auth
	t.Request, t.Resolved.Request = r, r
	t.Notes = append(t.Notes, "a token was got for it, as its auth oauth2 says")
	return nil
}

// browse shows the person the address of a sign-in, and opens it where there is a browser; nil where nobody can be asked.
func (d Deps) browse() func(address string) {
	if !d.Streams.InTerm {
		return nil
	}
	return func(address string) {
		fmt.Fprintln(d.Streams.Err, "Open this address in a browser to sign in:\n"+safe.Line(address).String())
		outside.Browse(d.Getenv, address)
	}
}

// tokenCode is the exit code of an error that kept a token away.
func tokenCode(err error) kit.Code {
	var failure *request.Failure
	switch {
	case errors.As(err, &failure):
		return kit.Network
	case errors.Is(err, send.ErrNoToken):
		return kit.No
	}
	return kit.Usage
}
