package request

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
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

// other sends r with another program: what this one refuses to send it does not send either, and it gets the proxy
// and the credentials that this one would use, whatever its own rules for them are.
func (e *Engine) other(ctx context.Context, r Request) (*Exchange, error) {
	x := &Exchange{Request: r, Start: time.Now()}
	as, err := e.asHere(r)
	switch {
	case err != nil:
		x.Failure = prepareFailure(err)
	case e.Other == nil:
		x.Failure = &Failure{PhasePrepare, "", "The request cannot be sent with " + r.Settings.Client + ".", errNoOther}
	default:
		x = e.Other(ctx, as)
		x.Request = r
	}
	if x.Failure != nil {
		return x, x.Failure
	}
	return x, nil
}

// asHere returns r with what is decided here written down: the proxy, and the fields and the query of its credentials.
func (e *Engine) asHere(r Request) (Request, error) {
	u, err := target(r.URL)
	if err != nil {
		return r, err
	}
	via, err := routeOf(r.Settings.Proxy, e.Net.Getenv, u)
	if err != nil {
		return r, refuse("malformed_url", "%w", err)
	}
	r = r.Clone()
	r.Settings.Proxy = Proxy{URL: cmp.Or(via.full(), "direct")}
	query := u.RawQuery
	t := &talk{}
	q, _, err := e.prepare(&r, u, nil, t)
	if err != nil {
		return r, err
	}
	if _, ok := t.signer.(Challenged); ok {
		return r, nil // it answers the challenge itself
	}
	plain, err := build(&r, u) // what is not in it is of the credentials
	if err != nil {
		return r, err
	}
	for name, values := range q.Header {
		for _, v := range values {
			if err := addField(&http.Request{Header: http.Header{}}, Field{Name: name, Value: v}, nil); err != nil {
				return r, err
			}
		}
		body := strings.EqualFold(name, "Content-Type") || strings.EqualFold(name, "Expect") // the other program makes it again, with its fields
		if r.Auth.Scheme != "" && len(values) == 1 && !body && !slices.Equal(values, plain.Header[name]) {
			r.Header = append(Del(r.Header, name), Field{Name: name, Value: values[0]})
		}
	}
	if own := q.URL.RawQuery; own != query {
		text, fragment, hash := strings.Cut(r.URL, "#")
		text, _, _ = strings.Cut(text, "?")
		if r.URL = text + "?" + own; hash {
			r.URL += "#" + fragment
		}
	}
	r.Auth = Auth{}
	return r, nil
}
