package lab

import (
	"errors"
	"reflect"
	"testing"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/client"
)

func start(t *testing.T) *Lab {
	t.Helper()
	l, err := Start(t.Context(), Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return l
}

// TestFaultsFailAndNeighboursPass is what makes the table true: every fault fails, and mending just the fault
// makes it pass.
func TestFaultsFailAndNeighboursPass(t *testing.T) {
	t.Parallel()
	l := start(t)
	for _, f := range Instances() {
		t.Run(f.ID, func(t *testing.T) {
			if f.Prepare != nil {
				f.Prepare(l)
			}
			turn(t, l, f)
			if g := send(t.Context(), f.Request(l), l.Resolver); g.passes() != f.succeeds() {
				t.Errorf("the fault passes %v, want %v: %v", g.passes(), f.succeeds(), g)
			} else {
				t.Logf("%v", g)
			}
			if g := send(t.Context(), f.Healthy(l), l.Resolver); !g.passes() {
				t.Errorf("the neighbour fails: %v", g)
			}
			if f.Good != nil && f.Turn == nil {
				if g := send(t.Context(), f.Good(l), l.Resolver); !g.passes() {
					t.Errorf("the known good request fails: %v", g)
				}
			}
		})
	}
}

// succeeds reports whether the request of a fault gets an answer that counts as a success, sent by itself.
func (f Fault) succeeds() bool { return f.Turn != nil && (f.Turn.Passes || f.Turn.Kept) }

// turn sees what is known from before pass, and brings about today: the answer is another one then.
func turn(t *testing.T, l *Lab, f Fault) {
	t.Helper()
	if f.Turn == nil {
		return
	}
	for _, make := range []func(*Lab) request.Request{f.Request, f.Good} {
		if make == nil {
			continue
		}
		if g := send(t.Context(), make(l), l.Resolver); !g.passes() {
			t.Errorf("it fails before the world turned: %v", g)
		}
	}
	if f.Turn.Happens != nil {
		f.Turn.Happens(l)
	}
}

// TestAKeptConnectionIsClosedWhenItIsUsedAgain: the one fault that shows on a second request of a connection alone.
func TestAKeptConnectionIsClosedWhenItIsUsedAgain(t *testing.T) {
	l := start(t)
	e := client.New(client.Config{SpoolDir: t.TempDir(), Net: request.Net{Dial: l.Dial, Lookup: l.Resolver.LookupIPAddr}})
	t.Cleanup(func() { e.Close() })
	for _, f := range turnedFaults() {
		if !f.Turn.Kept {
			continue
		}
		if g := exchangeOf(t, e, f.Request(l)); !g.passes() {
			t.Errorf("%s fails on a new connection: %v", f.ID, g)
		}
		var failure *request.Failure
		if g := exchangeOf(t, e, f.Request(l)); !errors.As(g.err, &failure) || failure.Cause != string(f.Truth[0].Causes[0]) {
			t.Errorf("%s on a kept connection: %v", f.ID, g)
		}
	}
}

// TestFaultsAreWellFormed: ids are unique, causes are in the vocabulary, and the neighbour differs.
func TestFaultsAreWellFormed(t *testing.T) {
	l := start(t)
	seen := map[string]bool{}
	for _, f := range Instances() {
		if seen[f.ID] {
			t.Errorf("%s: twice in the table", f.ID)
		}
		seen[f.ID] = true
		if f.Title == "" || len(f.Truth) == 0 {
			t.Errorf("%s: lacks a title or a truth", f.ID)
		}
		for _, truth := range f.Truth {
			if len(truth.Elements) == 0 {
				t.Errorf("%s: no element", f.ID)
			}
			for _, c := range truth.Causes {
				if c.Cause().Meaning == "" {
					t.Errorf("%s: cause %q is not in the vocabulary", f.ID, c)
				}
			}
		}
		if f.Prepare == nil && reflect.DeepEqual(f.Request(l), f.Healthy(l)) {
			t.Errorf("%s: the neighbour is the same request", f.ID)
		}
	}
	t.Logf("%d faults", len(seen))
}

func TestRightWantsEveryCulpritAndNoOther(t *testing.T) {
	f := Fault{Truth: append(one("expired_token", "auth"), one("unsupported_media_type", "header:Content-Type")...)}
	auth := diagnose.Culprit{Element: "auth", Cause: "expired_token"}
	media := diagnose.Culprit{Element: "header:Content-Type", Cause: "unsupported_media_type"}
	other := diagnose.Culprit{Element: "method", Cause: "method_not_allowed"}
	for _, c := range []struct {
		culprits []diagnose.Culprit
		want     bool
	}{
		{[]diagnose.Culprit{auth, media}, true},
		{[]diagnose.Culprit{auth}, false},
		{[]diagnose.Culprit{auth, media, other}, false},
		{nil, false},
	} {
		if got := f.Right(c.culprits); got != c.want {
			t.Errorf("Right(%v) = %v, want %v", c.culprits, got, c.want)
		}
	}
}
