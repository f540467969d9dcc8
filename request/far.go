package request

import (
	"context"
	"errors"
	"time"
)

// A FarError is why another machine did not open a connection, or ended it. It is the error inside a Failure.
type FarError struct {
	From string // "ssh://build@host"
	// Cause is that of the connection which the other machine tried to open; "" when the other machine itself
	// cannot be reached or does not open connections.
	Cause string
	Text  string // what the program between says: one line, untrusted
}

// Error returns what was said.
func (f *FarError) Error() string { return f.From + ": " + f.Text }

// ruleFar tells a machine that cannot be reached from one that cannot reach the server.
func ruleFar(err error, _ facts) *Failure {
	var far *FarError
	switch {
	case !errors.As(err, &far):
		return nil
	case far.Cause == "":
		return &Failure{PhaseProxy, "", "There is no way over " + far.From + ".", err}
	case far.Cause == "dns_name_not_found":
		return &Failure{PhaseResolve, far.Cause, "The name has no address at " + far.From + ".", err}
	}
	return &Failure{PhaseConnect, far.Cause, "No connection from " + far.From + ".", err}
}

// errNoOther is the error of a Settings.Client that this engine does not know.
var errNoOther = errors.New("this engine knows no other client")

// other sends r with another program.
func (e *Engine) other(ctx context.Context, r Request) (*Exchange, error) {
	if e.Other == nil {
		f := &Failure{PhasePrepare, "", "The request cannot be sent with " + r.Settings.Client + ".", errNoOther}
		return &Exchange{Request: r, Start: time.Now(), Failure: f}, f
	}
	x := e.Other(ctx, r)
	if x.Failure != nil {
		return x, x.Failure
	}
	return x, nil
}
