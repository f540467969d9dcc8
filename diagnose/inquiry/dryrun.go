package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// Dry runs (§11, S4): where nobody allows probes that may change data, and the API's document has a parameter that
// makes the server check a request and not carry it out, variations are sent with it.

// dryRuns is what is known of them in this run.
type dryRuns struct {
	use    usability
	with   string            // the parameter in words: "query:dryRun = All"
	passes int               // variations that passed in one
	other  *request.Exchange // what the failing request was answered in one, when that is not the failure at hand
}

// usability says whether a dry run stands for the real thing.
type usability int

const (
	untriedRuns usability = iota // not seen yet
	trustedRuns                  // the failing request fails in a dry run as it does for real
	otherRuns                    // it is answered otherwise there: dry runs tell nothing
	refusedRuns                  // nobody allows them
)

// harmless turns a probe that may change data into a dry run, when nobody allows it for real. First the failing request
// itself must be seen to fail in one, in the same way. A replay is never a dry run: it shows what happens for real.
func (l *ladder) harmless(o *oracle, r *request.Request, p *probe) bool {
	if l.c.Writes || l.c.Spec == nil || o.exchange == nil || p.kind == diagnose.Replay || !l.noWrites && !l.c.DryRuns {
		return false
	}
	if !sameOrigin(l.c.Request.URL, r.URL) || overridden(*r) {
		return false // another server, or another operation, was not rehearsed
	}
	e, ok := l.c.Spec.DryRun(*r)
	if !ok || !p.rehearses && !l.rehearse(o) {
		return false
	}
	dry, err := element.Apply(*r, []diagnose.Edit{e})
	if err != nil {
		return false
	}
	l.dry.with = strings.TrimPrefix(element.Phrase(e), "with ")
	*r, p.edits, p.dry = dry, append(slices.Clone(p.edits), e), true
	p.pass = "the server would take it, and has not carried it out"
	return true
}

// sameOrigin reports two URLs of one scheme, host and port.
func sameOrigin(a, b string) bool {
	return element.SplitURL(a).SameOrigin(element.SplitURL(b))
}

// rehearse reports whether dry runs can be used. The first time, it sends the failing request as one.
func (l *ladder) rehearse(o *oracle) bool {
	if l.dry.use != untriedRuns {
		return l.dry.use == trustedRuns
	}
	if _, ok := l.c.Spec.DryRun(*l.base); !ok {
		return false
	}
	l.dry.use = refusedRuns // until it is answered
	l.send(o, *l.base, probe{kind: diagnose.Contrast, step: diagnose.Isolation, why: "does it fail in a dry run, too, and the same way?", again: true, rehearses: true})
	return l.dry.use == trustedRuns
}

// rehearsed notes what a dry run showed and returns how its answer counts. The first one says nothing of the request
// when it is answered in another way: it is no sighting of anything that happens for real.
func (l *ladder) rehearsed(p probe, x *request.Exchange, out diagnose.Outcome) diagnose.Outcome {
	switch {
	case !p.dry:
	case p.rehearses && out == diagnose.Same:
		l.dry.use = trustedRuns
	case p.rehearses:
		l.dry.use, l.dry.other = otherRuns, x
		return diagnose.Unresolved
	case out == diagnose.Pass:
		l.dry.passes++
	}
	return out
}

// onlyDry takes back what a conclusion says too much when its passes were dry runs: nothing is verified by them.
func (d *detective) onlyDry() {
	dry := d.ladder.dry
	switch {
	case dry.use == otherRuns:
		d.hint("dry runs (" + dry.with + ") were not used: in one, the failing request is answered otherwise (" + outcomeText(dry.other) + ")")
		return
	case dry.use == refusedRuns && dry.with != "" && !d.DryRuns:
		d.hintBy("--allow-dry-runs", "or allow dry runs: the API's document has "+dry.with+" for this operation")
		return
	case dry.passes == 0:
		return
	}
	d.result.verified, d.result.fixed = false, 0
	for i, c := range d.result.culprits {
		if c.Standing == diagnose.Confirmed {
			d.result.culprits[i].Standing, d.result.culprits[i].Confidence = diagnose.Isolated, min(c.Confidence, 0.9)
		}
	}
	d.result.summary += " It passed in a dry run (" + dry.with + ") and was not sent for real."
	d.hintBy("--allow-writes", "send the repaired request for real when it may change data, or allow that here")
}
