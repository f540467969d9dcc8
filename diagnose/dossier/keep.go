package dossier

import (
	"context"

	"culprit/collections"
	"culprit/collections/check"
	"culprit/diagnose"
)

// Keep records with to, which may not be nil, that the request passed as it is, when a diagnosis saw that: the next one has something
// to compare with.
func Keep(ctx context.Context, s Subject, to collections.Recorder, r diagnose.Report) error {
	if r.Verdict.Outcome != diagnose.OutcomePassing {
		return nil
	}
	return s.keep(ctx, to, r, func(p diagnose.ProbeRecord) bool { return p.Kind == diagnose.Replay })
}

// KeepRepaired records with to that the request passed with the fix of r, which is saved now: s is the subject as the
// fix has made it. What only resembles it is not recorded.
func KeepRepaired(ctx context.Context, s Subject, to collections.Recorder, r diagnose.Report) error {
	return s.keep(ctx, to, r, func(p diagnose.ProbeRecord) bool {
		return p.Question != nil && p.Question.Request != nil && p.Safety != diagnose.S4.String() && same(*p.Question.Request, s.Resolved.Request)
	})
}

// keep records the first of the passes that fits, and what the assertions of the request say of it.
func (s Subject) keep(ctx context.Context, to collections.Recorder, r diagnose.Report, fits func(diagnose.ProbeRecord) bool) error {
	for _, p := range r.Probes {
		if p.Outcome != diagnose.Pass || p.Answer == nil || p.Answer.Exchange == nil || !fits(p) {
			continue
		}
		x := *p.Answer.Exchange
		x.Request = s.Resolved.Request // without what only a probe needs: a connection of its own
		checks := check.All(s.Resolved.Asserts, &x)
		return to.Record(context.WithoutCancel(ctx), collections.Record{Collection: s.Options.Dir, Entry: s.Entry.Path,
			Environment: s.environment(), Saved: s.Saved, Exchange: &x, Checks: checks, Passed: !check.Unmet(checks)})
	}
	return nil
}
