package dossier

import (
	"context"

	"culprit/collections"
	"culprit/diagnose"
)

// Keep records with to, which may not be nil, that the request passed as it is, when a diagnosis saw that: the next one has something
// to compare with.
func Keep(ctx context.Context, s Subject, to collections.Recorder, r diagnose.Report) error {
	if r.Verdict.Outcome != diagnose.OutcomePassing {
		return nil
	}
	for _, p := range r.Probes {
		if p.Kind != diagnose.Replay || p.Outcome != diagnose.Pass || p.Answer == nil || p.Answer.Exchange == nil {
			continue
		}
		x := *p.Answer.Exchange
		x.Request = s.Resolved.Request // without what only a probe needs: a connection of its own
		return to.Record(context.WithoutCancel(ctx), collections.Record{Collection: s.Options.Dir, Entry: s.Entry.Path,
			Environment: s.environment(), Saved: s.Saved, Exchange: &x, Passed: true})
	}
	return nil
}
