package inquiry

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/evidence"
	"culprit/diagnose/ladder"
)

// report writes down what was concluded.
func (d *detective) report() diagnose.Report {
	d.onlyDry()
	d.goingOn()
	d.unallowed()
	res := d.result
	r := diagnose.Report{
		Schema:  "culprit.report/1",
		Request: diagnose.RequestShown{Method: d.Request.Method, URL: d.Request.URL, Request: d.Request},
		Verdict: diagnose.Verdict{Outcome: res.outcome, Side: "unknown", Summary: res.summary, Culprits: res.culprits},
		Steps:   d.notes.all(), Probes: d.ladder.Records, Hints: res.hints, Cost: d.ladder.Cost, Untested: d.untested(), Answer: res.answer, Made: d.ladder.Made(),
	}
	if e := d.Expected.String(); e != "" && res.summary != "" {
		r.Verdict.Summary += " To pass means here: " + e + "."
	}
	if x := d.oracle.exchange; x != nil {
		r.Failure = diagnose.FailureShown{Status: x.Status(), Signature: signature(d.oracle.sig), At: ladder.Stamp(x), RequestID: evidence.RequestID(x)}
		if x.Failure != nil {
			r.Failure.Error = x.Failure.Text
		}
	}
	if len(res.culprits) > 0 {
		r.Verdict.Cause = res.culprits[0].Cause
		r.Verdict.Side = res.culprits[0].Cause.Cause().Side
	}
	switch {
	case res.minimal != nil:
		r.Verdict.Minimal = &diagnose.Sendable{Request: *res.minimal}
	case len(res.culprits) > 0 && d.oracle.exchange != nil && res.outcome != diagnose.OutcomeFlaky:
		r.Verdict.Minimal = &diagnose.Sendable{Request: d.Request} // nothing smaller was seen to fail
	}
	if m := r.Verdict.Minimal; m != nil && reflect.DeepEqual(m.Request, d.Request) {
		m.Why = d.whole()
	}
	if len(res.fix) > 0 {
		if fixed, err := element.Apply(d.Request, res.fix); err == nil {
			r.Verdict.Repair = &diagnose.Fix{Diff: element.Changes(d.original, res.fix), Verified: res.verified, Status: res.fixed, Edits: res.fix, Request: fixed}
			if slices.ContainsFunc(res.fix, func(e diagnose.Edit) bool { return e.Source == renewal }) {
				r.Verdict.Repair.Login = d.renewer
			}
		}
	}
	return r
}

// whole says why the smallest request that is known to fail is all of it.
func (a *asker) whole() string {
	switch {
	case a.ladder.Noise.Seen():
		return "It is all of the request: the server comes and goes, and a shorter one could not be told from it."
	case !a.base.Reads():
		return "It is all of the request: what may change data is not sent again only to make it shorter."
	case len(a.reducible(nil)) == 0:
		return "It is all of the request: nothing in it can be left out."
	}
	return "It is all of the request: to leave the rest out was not worth a probe."
}

// untested says what the diagnosis did not look at, so that nobody reads more into it.
func (a *asker) untested() []string {
	out := []string{}
	if a.ladder.Stopped != "" {
		out = append(out, "whatever would have come next: "+a.ladder.Stopped)
	}
	if a.ladder.NoWrites {
		out = append(out, "variations that may change data")
	} else if n := a.ladder.Declined(); n > 0 {
		out = append(out, fmt.Sprintf("what you did not want sent, %d of the variations", n))
	}
	for _, p := range a.unvisited() {
		out = append(out, "the same from "+p+": the failure did not ask for it")
	}
	for _, s := range diagnose.Steps {
		if a.ladder.Skipped[s] {
			out = append(out, fmt.Sprintf("step %d, %s: skipped by you", s, s))
		}
	}
	return out
}

func signature(s diagnose.Signature) string {
	parts := []string{}
	if s.Failure != "" {
		parts = append(parts, s.Failure)
	}
	if s.Status != 0 {
		parts = append(parts, fmt.Sprint(s.Status))
	}
	for _, p := range []string{s.Challenge, s.Code, s.Pointers, s.Template} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, " · ")
}
