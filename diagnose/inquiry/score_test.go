package inquiry_test

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/evidence"
	"culprit/diagnose/inquiry"
	"culprit/diagnose/lab"
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
	e := client.New(client.Config{SpoolDir: t.TempDir()})
	t.Cleanup(func() { e.Close(); l.Close() })
	return l, e
}

// diagnoseIt runs a whole diagnosis over the wire, with consent.
func diagnoseIt(t *testing.T, e *request.Engine, c diagnose.Case) diagnose.Report {
	t.Helper()
	c.Now = time.Now()
	s := inquiry.New(c)
	ask := probe.Asker(watched(t, e, c.Request), probe.Options{Allow: func(context.Context, diagnose.Question) (bool, error) { return c.Writes, nil }})
	r, err := diagnose.Run(t.Context(), s, func(ctx context.Context, q diagnose.Question) (diagnose.Answer, error) {
		q.Wait = min(q.Wait, 1100*time.Millisecond)
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

// The floors of DIAGNOSIS.md §15.
const (
	rightFloor    = 0.90
	medianCeiling = 5
)

// TestNoWritesWithoutConsent runs the engine over every fault of an unsafe method without consent: nothing may be
// written.
func TestNoWritesWithoutConsent(t *testing.T) {
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

// TestScore runs the engine over every fault of the lab, over real listeners, and prints what it said.
func TestScore(t *testing.T) {
	l, e := open(t)
	var right, wrong, none, opaque, opaqueRight int
	var probes []int
	for _, f := range lab.Faults() {
		if !strings.Contains(f.ID, *only) {
			continue
		}
		if f.Prepare != nil {
			f.Prepare(l)
		}
		c := diagnose.Case{Request: f.Request(l), Writes: true}
		if f.Good != nil {
			c.Good = []diagnose.Known{{Label: "the known good request", Request: f.Good(l)}}
		}
		r := diagnoseIt(t, e, c)
		got := certain(r)
		verdict := "right"
		switch {
		case f.Right(got):
			right++
		case len(got) == 0:
			verdict = "none"
			none++
		default:
			verdict = "WRONG"
			wrong++
		}
		if f.Opaque {
			opaque++
			if verdict == "right" {
				opaqueRight++
			}
		}
		probes = append(probes, r.Cost.Probes)
		t.Logf("%-5s %2d probes  %-34s %-12s %s  want %s", verdict, r.Cost.Probes, f.ID, r.Verdict.Outcome, shown(r.Verdict.Culprits), wanted(f))
		if *only != "" {
			for _, p := range r.Probes[:1] {
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
	}
	slices.Sort(probes)
	if len(probes) == 0 {
		return
	}
	sum := 0
	for _, p := range probes {
		sum += p
	}
	if writes := l.Writes(); *only == "" && len(writes) == 0 {
		t.Error("the lab counts no writes: the floor for consent says nothing")
	}
	if share := float64(right) / float64(len(probes)); *only == "" && share < rightFloor {
		t.Errorf("right %.2f, at least %.2f", share, rightFloor)
	}
	if m := probes[len(probes)/2]; *only == "" && m > medianCeiling {
		t.Errorf("median of probes %d, at most %d", m, medianCeiling)
	}
	t.Logf("right %d, wrong %d, no verdict %d of %d; opaque %d of %d; probes median %d mean %.1f p95 %d", right, wrong, none, len(probes), opaqueRight, opaque, probes[len(probes)/2], float64(sum)/float64(len(probes)), probes[len(probes)*95/100])
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

// TestHealthyRequestsAreNeverAccused runs the engine over every healthy but odd request.
func TestHealthyRequestsAreNeverAccused(t *testing.T) {
	l, e := open(t)
	n := 0
	for _, h := range lab.Healthy() {
		if !strings.Contains(h.ID, *only) {
			continue
		}
		n++
		r := diagnoseIt(t, e, diagnose.Case{Request: h.Request(l), Writes: true})
		if got := certain(r); len(got) > 0 || r.Verdict.Outcome != diagnose.OutcomePassing {
			t.Errorf("%s: %s %s", h.ID, r.Verdict.Outcome, shown(r.Verdict.Culprits))
		}
	}
	t.Logf("%d healthy requests, none accused", n)
}
