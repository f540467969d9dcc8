package lab

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/client"
)

// exchangeOf sends r with the engine and says what came back, in the terms of the second opinion of send.
func exchangeOf(t *testing.T, e *request.Engine, r request.Request) got {
	t.Helper()
	x, err := e.Do(t.Context(), r.WithDefaults("culprit/1"), nil)
	defer x.Close()
	g := got{err: err, status: x.Status(), hops: len(x.Hops) - 1, header: http.Header{}}
	if resp := x.Response(); resp != nil {
		for _, f := range resp.Header {
			g.header.Add(f.Name, f.Value)
		}
		var b bytes.Buffer
		if _, err := io.Copy(&b, resp.Body.Reader()); err != nil {
			t.Error(err)
		}
		g.body = b.Bytes()
	}
	return g
}

// TestEngineSeesTheSame sends both tables with the engine: what fails with net/http fails here, what passes
// passes, and a failure without a response carries an accepted cause.
func TestEngineSeesTheSame(t *testing.T) {
	t.Parallel()
	l := start(t)
	e := client.New(client.Config{Net: request.Net{Dial: l.Dial, Lookup: l.Resolver.LookupIPAddr}})
	for _, f := range Faults() {
		if f.Prepare != nil {
			f.Prepare(l)
		}
		g := exchangeOf(t, e, f.Request(l))
		if g.passes() {
			t.Errorf("%s passes: %v", f.ID, g)
		}
		var failure *request.Failure
		// An engine that does not know the cause leaves it to the diagnosis.
		if errors.As(g.err, &failure) && failure.Cause != "" && !slices.Contains(f.Truth[0].Causes, diagnose.CauseID(failure.Cause)) {
			t.Errorf("%s: the engine says %s, the truth is %v", f.ID, failure.Cause, f.Truth[0].Causes)
		}
		if g := exchangeOf(t, e, f.Healthy(l)); !g.passes() {
			t.Errorf("%s: the neighbour fails: %v", f.ID, g)
		}
	}
	for _, c := range Healthy() {
		if g := exchangeOf(t, e, c.Request(l)); !g.passes() {
			t.Errorf("%s fails: %v", c.ID, g)
		}
	}
	for _, s := range l.Canary.Leaks() {
		t.Errorf("a credential reached the canary: %s %s", s.Method, strings.Join(slices.Collect(headerNames(s.Header)), ", "))
	}
}

func headerNames(h http.Header) func(func(string) bool) {
	return func(yield func(string) bool) {
		for name := range h {
			if !yield(name) {
				return
			}
		}
	}
}
