// Package send is what both faces mean by "send": resolve a saved request, perform it, check its assertions, record what
// happened.
//
// It does not decide what to send, does not repeat anything and shows nothing.
package send

import (
	"context"
	"fmt"
	"slices"

	"culprit/collections"
	"culprit/collections/check"
	"culprit/request"
	"culprit/request/cookie"
)

// A Sender sends saved requests. Do is required; its other fields may be left empty.
type Sender struct {
	// Do performs an exchange: the method of a request.Engine.
	Do Doer
	// Tokens keeps what requests with the auth oauth2 go out with; nil gets a token for each send.
	Tokens *Tokens
	// Browse opens the address of a sign-in for the person, as far as it can: the address is an event of the sending, too.
	// nil says that nobody is there.
	Browse func(address string)
	// Values are the variables of the session, which answers add to; nil carries no capture out.
	Values *Values
	// Recorder keeps what happened; nil keeps nothing.
	Recorder collections.Recorder
}

// Sent is what came of it.
type Sent struct {
	Exchange *request.Exchange // nil when it could not be resolved: nothing was sent
	Resolved collections.Resolved
	Checks   []collections.Checked // of its assertions, in their order; nil when it has none
	Taken    []string              // variables that got a value of the answer, for the session
	// Unrecorded is why the exchange is not in the history; nil when it is, or when nobody records.
	Unrecorded error
	// Unkept is why the cookies that it set are not in the jar; nil when they are, or when there is none.
	Unkept error
}

// Send sends the entry with saved in place of what its file says. It blocks until the exchange is over, and
// returns at once when ctx is done. The error says why nothing was sent, or is the exchange's *request.Failure;
// an error status is no error. A cancelled exchange is recorded too.
func (s Sender) Send(ctx context.Context, e *collections.Entry, saved collections.Saved, o collections.ResolveOptions, emit func(request.Event)) (Sent, error) {
	environment := ""
	if o.Environment != nil {
		environment = o.Environment.Name
	}
	o.Session = s.Values.Of(environment)
	resolved, err := collections.ResolveSaved(e, saved, o)
	if err != nil {
		return Sent{}, fmt.Errorf("not sent: %w", err)
	}
	if resolved.Request, err = s.Tokens.Ready(ctx, s.Do, resolved.Request, s.show(emit)); err != nil {
		return Sent{Resolved: resolved}, fmt.Errorf("not sent: %w", err)
	}
	x, err := s.Do(ctx, resolved.Request, emit)
	unkept := keep(o.Jar, resolved.NoJar, x)
	if x.Status() == 401 && !slices.ContainsFunc(x.Hops, astray) {
		s.Tokens.Drop(resolved.Request)
	}
	sent := Sent{Exchange: x, Resolved: resolved, Unkept: unkept}
	if x != nil {
		sent.Checks = check.All(resolved.Asserts, x)
		sent.Taken = s.Values.take(environment, saved.Captures, x)
	}
	if s.Recorder == nil {
		return sent, err
	}
	r := collections.Record{Collection: o.Dir, Entry: e.Path, Environment: environment, Saved: saved, Exchange: x, Checks: sent.Checks,
		Passed: err == nil && x.Status() > 0 && x.Status() < 400 && !check.Unmet(sent.Checks)}
	// What happened is recorded although the person has given up on it.
	sent.Unrecorded = s.Recorder.Record(context.WithoutCancel(ctx), r)
	return sent, err
}

// keep puts what the answers of an exchange set into the jar, unless there is a reason not to.
func keep(jar collections.Jar, not string, x *request.Exchange) error {
	switch {
	case jar == nil || x == nil:
		return nil
	case not != "":
		cookie.Unkept(x, "not kept: "+not)
		return nil
	}
	err := jar.Keep(x)
	if err != nil {
		cookie.Unkept(x, "not kept: the jar cannot be written")
	}
	return err
}

// astray reports whether the credentials were left behind after a hop: who answers then was not shown them.
func astray(h request.Hop) bool {
	return h.Followed != nil && h.Followed.Cross && h.Followed.Stopped == ""
}

// show tells a person the address of a sign-in; nil where nobody is.
func (s Sender) show(emit func(request.Event)) func(address string) {
	if s.Browse == nil {
		return nil
	}
	return func(address string) {
		if emit != nil {
			emit(request.Event{Kind: request.SignIn, Text: address})
		}
		s.Browse(address)
	}
}
