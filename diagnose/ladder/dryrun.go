package ladder

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/safety"
	"culprit/request"
)

// Dry runs (§11, S4): where nobody allows probes that may change data, and the API's document has a parameter that
// makes the server check a request and not carry it out, variations are sent with it.

// DryRuns is what is known of them in this run.
type DryRuns struct {
	use    usability
	With   string            // the parameter in words: "query:dryRun = All"; "" where the document has none
	Passes int               // variations that passed in one
	Other  *request.Exchange // what the failing request was answered in one, when that is not the failure at hand; else nil
}

// usability says whether a dry run stands for the real thing.
type usability int

const (
	untriedRuns usability = iota // not seen yet
	trustedRuns                  // the failing request fails in a dry run as it does for real
	otherRuns                    // it is answered otherwise there: dry runs tell nothing
	refusedRuns                  // nobody allows them
)

// Trusted reports that the failing request was seen to fail in a dry run as it does for real.
func (d DryRuns) Trusted() bool { return d.use == trustedRuns }

// Refused reports that nobody allows them.
func (d DryRuns) Refused() bool { return d.use == refusedRuns }

// harmless turns a probe that may change data into a dry run, when nobody allows it for real. First the failing request
// itself must be seen to fail in one, in the same way. A replay is never a dry run: it shows what happens for real.
func (l *Ladder) harmless(j Judge, r *request.Request, p *Probe) bool {
	if l.c.Case.Writes || l.c.Case.Spec == nil || j.Failure() == nil || p.Kind == diagnose.Replay || !l.NoWrites && !l.c.Case.DryRuns {
		return false
	}
	if !element.SplitURL(l.c.Case.Request.URL).SameOrigin(element.SplitURL(r.URL)) || safety.Overridden(*r) {
		return false // another server, or another operation, was not rehearsed
	}
	e, ok := l.c.Case.Spec.DryRun(*r)
	if !ok || !p.rehearses && !l.rehearse(j) {
		return false
	}
	dry, err := element.Apply(*r, []diagnose.Edit{e})
	if err != nil {
		return false
	}
	l.Dry.With = strings.TrimPrefix(element.Phrase(e), "with ")
	*r, p.Edits, p.dry = dry, append(slices.Clone(p.Edits), e), true
	p.Pass = "the server would take it, and has not carried it out"
	return true
}

// rehearse reports whether dry runs can be used. The first time, it sends the failing request as one.
func (l *Ladder) rehearse(j Judge) bool {
	if l.Dry.use != untriedRuns {
		return l.Dry.Trusted()
	}
	if _, ok := l.c.Case.Spec.DryRun(*l.c.Base); !ok {
		return false
	}
	l.Dry.use = refusedRuns // until it is answered
	l.Send(j, *l.c.Base, Probe{Kind: diagnose.Contrast, Step: diagnose.Isolation, Why: "does it fail in a dry run, too, and the same way?", Again: true, rehearses: true})
	return l.Dry.Trusted()
}

// rehearsed notes what a dry run showed and returns how its answer counts. The first one says nothing of the request
// when it is answered in another way: it is no sighting of anything that happens for real.
func (l *Ladder) rehearsed(p Probe, x *request.Exchange, out diagnose.Outcome) diagnose.Outcome {
	switch {
	case !p.dry:
	case p.rehearses && out == diagnose.Same:
		l.Dry.use = trustedRuns
	case p.rehearses:
		l.Dry.use, l.Dry.Other = otherRuns, x
		return diagnose.Unresolved
	case out == diagnose.Pass:
		l.Dry.Passes++
	}
	return out
}
