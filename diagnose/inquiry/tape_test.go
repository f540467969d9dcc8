package inquiry_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/request"
)

// played runs a diagnosis of w on a tape; it returns how many probes were sent. before is told of each question
// that is really asked and may break the run off.
func played(t *testing.T, w world, tape *diagnose.Tape, before func(n int, q diagnose.Question) error) (diagnose.Report, int) {
	t.Helper()
	sent := 0
	ask := func(ctx context.Context, q diagnose.Question) (diagnose.Answer, error) {
		if q.Request != nil {
			sent++
		}
		if before != nil {
			if err := before(sent, q); err != nil {
				return diagnose.Answer{}, err
			}
		}
		if q.Look != nil {
			return diagnose.Answer{Sight: &diagnose.Sight{OK: true, Text: "fine"}}, ctx.Err()
		}
		a, _ := w.ask(ctx, q)
		return a, ctx.Err()
	}
	r, err := diagnose.Run(t.Context(), inquiry.New(tape.Case(func() diagnose.Case { return w.problem(t) })), tape.Ask(ask), nil)
	if err != nil && !errors.Is(err, errStop) {
		t.Fatal(err)
	}
	return r, sent
}

var errStop = errors.New("the person stops it")

// Stopped after any number of probes and taken up again, a diagnosis comes to the same end and sends nothing twice.
func TestAStoppedDiagnosisGoesOnWhereItWas(t *testing.T) {
	for _, w := range worlds {
		t.Run(w.name, func(t *testing.T) {
			want, all := played(t, w, &diagnose.Tape{}, nil)
			for stop := 1; stop <= all; stop++ {
				var tape diagnose.Tape
				half, _ := played(t, w, &tape, func(n int, q diagnose.Question) error {
					if n == stop && q.Request != nil {
						return errStop
					}
					return nil
				})
				passed := slices.ContainsFunc(half.Probes, func(p diagnose.ProbeRecord) bool { return p.Outcome == diagnose.Pass && len(p.Changed) > 0 })
				if passed && strings.Contains(half.Verdict.Summary, "before a variation passed") {
					t.Errorf("stopped at %d, after a pass: %q", stop, half.Verdict.Summary)
				}
				got, rest := played(t, w, &tape, nil)
				if rest != all-stop+1 { // the one that was broken off is sent again
					t.Errorf("stopped at %d of %d: %d more were sent", stop, all, rest)
				}
				if !reflect.DeepEqual(got.Verdict, want.Verdict) {
					t.Errorf("stopped at %d: %+v, want %+v", stop, got.Verdict, want.Verdict)
				}
			}
		})
	}
}

// A probe is under way when the run is stopped, or its step skipped: nobody waits for what comes back, but it went out, and
// the report does not say otherwise. What may have changed data counts as that.
func TestWhatWasUnderWayIsNotSaidToBeUnsent(t *testing.T) {
	w := worlds[3] // an opaque server: isolation sends writes
	for _, c := range []struct {
		name string
		give func(*diagnose.Tape, context.CancelFunc)
	}{
		{"stopped", func(_ *diagnose.Tape, stop context.CancelFunc) { stop() }},
		{"skipped", func(tape *diagnose.Tape, _ context.CancelFunc) { tape.Skip(diagnose.Isolation) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			var tape diagnose.Tape
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			left := 0
			ask := func(own context.Context, q diagnose.Question) (diagnose.Answer, error) {
				if q.Look != nil {
					return diagnose.Answer{Sight: &diagnose.Sight{OK: true, Text: "fine"}}, nil
				}
				if q.Step == diagnose.Isolation && q.Safety == diagnose.S5 && left == 0 {
					left = q.N
					c.give(&tape, stop)
					lost := &request.Failure{Phase: request.PhaseWait, Cause: "cancelled", Err: own.Err()}
					return diagnose.Answer{Exchange: &request.Exchange{Request: *q.Request, Failure: lost, Hops: []request.Hop{{}}}}, own.Err()
				}
				a, _ := w.ask(own, q)
				return a, own.Err()
			}
			r, _ := diagnose.Run(ctx, inquiry.New(tape.Case(func() diagnose.Case { return w.problem(t) })), tape.Ask(ask), nil)
			if left == 0 {
				t.Fatal("no write was under way")
			}
			p := r.Probes[left-1]
			if p.Outcome != diagnose.Unresolved || !strings.Contains(p.Error, "was sent") || !p.Wrote() {
				t.Errorf("probe %d: %s, %q, wrote %v", p.N, p.Outcome, p.Error, p.Wrote())
			}
			if r.Cost.Wrote == 0 || r.Cost.Unsafe == 0 {
				t.Errorf("cost: %+v", r.Cost)
			}
		})
	}
}

func TestASkippedStepIsNotAskedAndNotAccused(t *testing.T) {
	w := worlds[3] // an opaque server: only isolation finds the value
	var tape diagnose.Tape
	r, _ := played(t, w, &tape, func(_ int, q diagnose.Question) error {
		if q.Step == diagnose.Isolation {
			tape.Skip(diagnose.Isolation)
			return context.Canceled // it was not sent
		}
		return nil
	})
	if r.Verdict.Outcome != diagnose.OutcomeInconclusive {
		t.Errorf("%+v", r.Verdict)
	}
	for _, c := range r.Verdict.Culprits {
		if c.Standing != diagnose.Suspected {
			t.Errorf("%s is %s without a probe", c.Element, c.Standing)
		}
	}
	asked := 0
	for _, p := range r.Probes {
		if p.Step == diagnose.Isolation {
			asked++
			if p.Outcome != diagnose.Refused || p.Error != diagnose.Skipped {
				t.Errorf("probe %d of the skipped step: %s, %s", p.N, p.Outcome, p.Error)
			}
		}
	}
	if asked != 1 {
		t.Errorf("%d questions of the skipped step, want the one that was given up", asked)
	}
	if s := r.Steps[diagnose.Isolation-1]; s.Result != "skipped" || s.Text != "skipped by you" {
		t.Errorf("%+v", s)
	}
	if len(r.Untested) != 1 || r.Untested[0] != "step 7, Isolation: skipped by you" {
		t.Errorf("untested: %q", r.Untested)
	}
	// Repeated, it is asked after all; what the other steps learned stays.
	tape.Repeat(diagnose.Isolation)
	r, sent := played(t, w, &tape, nil)
	if sent == 0 || r.Verdict.Outcome != diagnose.OutcomeIsolated {
		t.Errorf("after repeating: %d sent, %s", sent, r.Verdict.Outcome)
	}
}

// Skipping one step leaves writes in the others allowed.
func TestSkippingIsNoRefusalOfWrites(t *testing.T) {
	var tape diagnose.Tape
	tape.Skip(diagnose.Reproduce)
	w := worlds[3]
	c := w.problem(t)
	x, _ := w.ask(t.Context(), diagnose.Question{Request: &c.Request})
	c.Recorded = x.Exchange
	tape.Case(func() diagnose.Case { return c })
	r, sent := played(t, w, &tape, nil)
	if r.Verdict.Outcome != diagnose.OutcomeIsolated || sent == 0 {
		t.Errorf("%d sent, %+v", sent, r.Verdict)
	}
	for _, p := range r.Probes {
		if p.Step == diagnose.Reproduce && p.Outcome != diagnose.Refused {
			t.Errorf("probe %d of the skipped step: %s", p.N, p.Outcome)
		}
	}
}

// A repeated step asks again what it asked, and does what was left out because it was not needed.
func TestARepeatedStepIsAskedAnew(t *testing.T) {
	w := worlds[3]
	var tape diagnose.Tape
	played(t, w, &tape, nil)
	if _, sent := played(t, w, &tape, nil); sent != 0 {
		t.Errorf("played again: %d sent", sent)
	}
	tape.Repeat(diagnose.Reproduce)
	steps := map[diagnose.Step]int{}
	r, _ := played(t, w, &tape, func(_ int, q diagnose.Question) error { steps[q.Step]++; return nil })
	if len(steps) != 1 || steps[diagnose.Reproduce] != 1 || r.Verdict.Outcome != diagnose.OutcomeIsolated {
		t.Errorf("asked %v, %s", steps, r.Verdict.Outcome)
	}
	tape.Repeat(diagnose.Connectivity)
	clear(steps)
	r, _ = played(t, w, &tape, func(_ int, q diagnose.Question) error { steps[q.Step]++; return nil })
	if steps[diagnose.Connectivity] == 0 || r.Steps[diagnose.Connectivity-1].Text != "every layer below HTTP is fine" || r.Verdict.Outcome != diagnose.OutcomeIsolated {
		t.Errorf("asked %v, %+v, %s", steps, r.Steps[diagnose.Connectivity-1], r.Verdict.Outcome)
	}
}
