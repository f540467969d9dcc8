package inquiry_test

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/evidence"
	"culprit/diagnose/inquiry"
	"culprit/diagnose/lab"
	"culprit/diagnose/ladder"
	"culprit/diagnose/lint"
	"culprit/diagnose/probe"
	"culprit/request"
	"culprit/request/client"
)

var only = flag.String("fault", "", "run only the faults and cases whose id contains this")

// open starts a lab and an engine for a test.
func open(t *testing.T) (*lab.Lab, *request.Engine) {
	t.Helper()
	l, err := lab.Start(t.Context(), lab.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	e := client.New(client.Config{SpoolDir: t.TempDir(), Net: request.Net{Dial: l.Dial, Lookup: l.Resolver.LookupIPAddr}})
	t.Cleanup(func() { e.Close(); l.Close() })
	return l, e
}

// diagnoseIt runs a whole diagnosis over the wire, with consent when the case has it.
func diagnoseIt(t *testing.T, e *request.Engine, c diagnose.Case) diagnose.Report {
	t.Helper()
	return diagnoseWithout(t, e, c, "")
}

// diagnoseWithout is diagnoseIt without a part of the method.
func diagnoseWithout(t *testing.T, e *request.Engine, c diagnose.Case, part string) diagnose.Report {
	t.Helper()
	c.Now = time.Now()
	longest := 1100 * time.Millisecond // what the lab's own limits ask for at most
	if part != "" {
		longest /= 10 // a comparison need not be polite
	}
	ask := probe.Asker(watched(t, e, c.Request), probe.Options{
		Net: e.Net, Allow: func(context.Context, diagnose.Question) (bool, error) { return c.Writes, nil },
	})
	r, err := diagnose.Run(t.Context(), inquiry.Without(c, part), func(ctx context.Context, q diagnose.Question) (diagnose.Answer, error) {
		q.Wait = min(q.Wait, longest)
		return ask(ctx, q)
	}, nil)
	if err != nil {
		t.Error(err)
	}
	return r
}

// certain returns the culprits that are more than suspected; of an explanation all.
func certain(r diagnose.Report) []diagnose.Culprit {
	if r.Verdict.Outcome == diagnose.OutcomeExplained {
		return r.Verdict.Culprits
	}
	return slices.DeleteFunc(slices.Clone(r.Verdict.Culprits), func(c diagnose.Culprit) bool { return c.Standing == diagnose.Suspected })
}

// TestNoWritesWithoutConsent runs the engine over every fault of an unsafe method without consent: nothing may be
// written.
func TestNoWritesWithoutConsent(t *testing.T) {
	t.Parallel()
	l, e := open(t)
	n := 0
	for _, f := range lab.Faults() {
		r := f.Request(l)
		if r.Safe() || f.Prepare != nil {
			continue
		}
		n++
		before := len(l.Writes())
		diagnoseIt(t, e, diagnose.Case{Request: r})
		if after := l.Writes(); len(after) > before {
			t.Errorf("%s: %d writes without consent, first %+v", f.ID, len(after)-before, after[before])
		}
	}
	t.Logf("%d unsafe faults, nothing written", n)
}

// everyTenth is how many of the faults are enough to see that something ends.
const everyTenth = 10

// TestANoToEachProbeAloneEnds says no to every probe of an unsafe method by itself: nothing is written, none is asked for
// twice, and nobody is asked without end.
func TestANoToEachProbeAloneEnds(t *testing.T) {
	t.Parallel()
	l, e := open(t)
	most, unsafe := 0, 0
	for _, f := range lab.Faults() {
		r := f.Request(l)
		if r.Safe() || f.Prepare != nil {
			continue
		}
		if unsafe++; unsafe%everyTenth != 0 {
			continue
		}
		recorded, _ := e.Do(t.Context(), r, nil)
		if recorded.Failure != nil || recorded.Took > time.Second {
			continue // it takes its time, and there is nothing to vary
		}
		before, asked := len(l.Writes()), map[string]int{}
		send := probe.Asker(e, probe.Options{Net: e.Net, Allow: func(_ context.Context, q diagnose.Question) (bool, error) {
			asked[ladder.Fingerprint(*q.Request)]++
			return false, diagnose.ErrNotThis
		}})
		ask := func(ctx context.Context, q diagnose.Question) (diagnose.Answer, error) {
			q.Wait = 0
			return send(ctx, q)
		}
		if _, err := diagnose.Run(t.Context(), inquiry.New(diagnose.Case{Request: r, Recorded: recorded, Now: time.Now()}), ask, nil); err != nil {
			t.Error(err)
		}
		for _, n := range asked {
			if n > 1 {
				t.Errorf("%s: asked %d times for the same", f.ID, n)
			}
		}
		if most = max(most, len(asked)); len(asked) > 60 || len(l.Writes()) > before {
			t.Errorf("%s: %d probes asked for, %d written", f.ID, len(asked), len(l.Writes())-before)
		}
	}
	t.Logf("at most %d asked for", most)
}

// The floors of DIAGNOSIS.md §15.
const (
	rightFloor    = 0.90
	medianCeiling = 5
	fixFloor      = 0.95
)

// shards is how many labs are measured side by side: most of the time is spent waiting for what servers ask to wait.
const shards = 12

// TestScore runs the engine over every instance of the lab, over real listeners, and prints the table of DIAGNOSIS §15.
func TestScore(t *testing.T) {
	t.Parallel()
	all := slices.DeleteFunc(lab.Instances(), func(f lab.Fault) bool { return !strings.Contains(f.ID, *only) })
	m := measure(t, all, "", true)
	healthy, accused := healthyRuns(t)
	m.notTheRequest += healthy
	m.accused += accused
	m.print(t)
	if *only != "" {
		return
	}
	if share := m.share(m.right); share < rightFloor {
		t.Errorf("cause right %.3f, at least %.2f", share, rightFloor)
	}
	if m.accused > 0 || m.wrongConfirmed > 0 || m.unconsented > 0 {
		t.Errorf("false accusations %d, wrong confirmed %d, writes without consent %d: none is allowed", m.accused, m.wrongConfirmed, m.unconsented)
	}
	if p := m.probes(50); p > medianCeiling {
		t.Errorf("median of probes %d, at most %d", p, medianCeiling)
	}
	if m.fixes > 0 && float64(m.fixed)/float64(m.fixes) < fixFloor {
		t.Errorf("%d of %d fixes work, at least %.2f", m.fixed, m.fixes, fixFloor)
	}
	if m.writes == 0 {
		t.Error("the lab counts no writes: the floor for consent says nothing")
	}
}

// healthyRuns diagnoses every healthy but odd request; none may be accused.
func healthyRuns(t *testing.T) (n, accused int) {
	all := slices.DeleteFunc(lab.Healthy(), func(h lab.Case) bool { return !strings.Contains(h.ID, *only) })
	var mu sync.Mutex
	var running sync.WaitGroup
	for shard := range shards {
		l, e := open(t)
		running.Go(func() {
			for i := shard; i < len(all); i += shards {
				r := diagnoseIt(t, e, diagnose.Case{Request: all[i].Request(l), Writes: true})
				if got := certain(r); len(got) > 0 || r.Verdict.Outcome != diagnose.OutcomePassing {
					mu.Lock()
					accused++
					mu.Unlock()
					t.Logf("ACCUSED %s: %s %s", all[i].ID, r.Verdict.Outcome, shown(r.Verdict.Culprits))
				}
			}
		})
	}
	running.Wait()
	return len(all), accused
}

// details prints why a run ended as it did.
func details(t *testing.T, c diagnose.Case, r diagnose.Report) {
	for _, p := range r.Probes[:min(1, len(r.Probes))] {
		if p.Answer != nil && p.Answer.Exchange != nil {
			x := p.Answer.Exchange
			for _, e := range evidence.Read(x, element.Of(c.Request).Elements) {
				t.Logf("      evidence %s %s %s ratio %.0f missing %v %q allowed %v expected %s", e.Kind, e.Element, e.Cause, e.Ratio, e.Missing, e.Text, e.Allowed, e.Expected)
			}
			if x.Response() != nil {
				t.Logf("      %s %s %.300s", c.Request.Method, c.Request.URL, x.Response().Body.Head(300))
			}
		}
	}
	for _, h := range lint.Check(element.Of(c.Request), lint.Facts{Now: time.Now()}) {
		t.Logf("      hit %s %s %s %.0f %q %d edits", h.Rule, h.Element, h.Cause, h.Odds, h.Text, len(h.Edits))
	}
	for _, p := range r.Probes {
		t.Logf("      %2d %-9s %v %s %d %s %s (%s)", p.N, p.Kind, p.Changed, p.Safety, p.Status, p.Error, p.Outcome, p.Why)
	}
}

func shown(culprits []diagnose.Culprit) string {
	out := []string{}
	for _, c := range culprits {
		out = append(out, fmt.Sprintf("%s %s (%s)", c.Element, c.Cause, c.Standing))
	}
	return "[" + strings.Join(out, ", ") + "]"
}

func wanted(f lab.Fault) string {
	out := []string{}
	for _, t := range f.Truth {
		out = append(out, fmt.Sprintf("%v %v", t.Elements, t.Causes))
	}
	return strings.Join(out, "; ")
}
