package inquiry_test

import (
	"context"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/diagnose/lab"
	"culprit/diagnose/probe"
	"culprit/request/client"
)

// BenchmarkEnginePerProbe is the time that the engine itself takes for a probe: whole sessions over every fault
// of the lab, without the time of asking. The aim is 0.3 ms (PERFORMANCE §9), 1 ms at most.
func BenchmarkEnginePerProbe(b *testing.B) {
	l, err := lab.Start(b.Context(), lab.Options{Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	e := client.New(client.Config{SpoolDir: b.TempDir()})
	b.Cleanup(func() { e.Close(); l.Close() })
	var own, worst time.Duration
	slowest, probes, sessions := "", 0, 0
	for b.Loop() {
		for _, f := range lab.Faults() {
			if f.Prepare != nil {
				f.Prepare(l)
			}
			c := diagnose.Case{Request: f.Request(l), Writes: true, Now: time.Now()}
			if f.Good != nil {
				c.Good = []diagnose.Known{{Label: "the known good request", Request: f.Good(l)}}
			}
			ask := probe.Asker(e, probe.Options{Allow: func(context.Context, diagnose.Question) (bool, error) { return c.Writes, nil }})
			var asking time.Duration
			start := time.Now()
			r, err := diagnose.Run(b.Context(), inquiry.New(c), func(ctx context.Context, q diagnose.Question) (diagnose.Answer, error) {
				q.Wait = min(q.Wait, 1100*time.Millisecond)
				asked := time.Now()
				defer func() { asking += time.Since(asked) }()
				return ask(ctx, q)
			}, nil)
			if err != nil {
				b.Fatal(err)
			}
			took := time.Since(start) - asking
			own, probes, sessions = own+took, probes+r.Cost.Probes, sessions+1
			if n := max(r.Cost.Probes, 1); took/time.Duration(n) > worst {
				worst, slowest = took/time.Duration(n), f.ID
			}
		}
	}
	per := own / time.Duration(max(probes, 1))
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(per.Microseconds())/1000, "ms/probe")
	b.Logf("%.3f ms a probe of the engine itself, aim 0.3, at most 1; %d probes in %d sessions; slowest %s with %.3f ms a probe",
		float64(per.Microseconds())/1000, probes, sessions, slowest, float64(worst.Microseconds())/1000)
}
