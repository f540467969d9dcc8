package report

import (
	"strings"
	"testing"

	"culprit/diagnose"
)

// What is only suspected is not said to be found; a verdict without culprits, or with a proved one, is said as it is.
func TestTheFirstWordClaimsNoMoreThanWasProved(t *testing.T) {
	for _, c := range []struct {
		outcome   string
		standings []diagnose.Standing
		want      string
	}{
		{diagnose.OutcomeIsolated, []diagnose.Standing{diagnose.Isolated}, "ISOLATED: "},
		{diagnose.OutcomeIsolated, []diagnose.Standing{diagnose.Suspected}, "SUSPECTED: "},
		{diagnose.OutcomeIsolated, []diagnose.Standing{diagnose.Suspected, diagnose.Confirmed}, "CONFIRMED: "},
		{diagnose.OutcomeIsolated, []diagnose.Standing{diagnose.Confirmed}, "CONFIRMED: "},
		{diagnose.OutcomeIsolated, []diagnose.Standing{diagnose.Confirmed, diagnose.Isolated}, "ISOLATED: "},
		{diagnose.OutcomeIsolated, []diagnose.Standing{diagnose.Confirmed, diagnose.Named}, "CONFIRMED: "},
		{diagnose.OutcomeExplained, []diagnose.Standing{diagnose.Named}, "NAMED BY THE SERVER: "},
		{diagnose.OutcomeExplained, []diagnose.Standing{diagnose.Suspected}, "SUSPECTED: "},
		{diagnose.OutcomeExplained, nil, "EXPLAINED: "},
		{diagnose.OutcomeFlaky, []diagnose.Standing{diagnose.Confirmed}, "FLAKY: "},
		{diagnose.OutcomeInconclusive, []diagnose.Standing{diagnose.Suspected}, "INCONCLUSIVE: "},
	} {
		r := diagnose.Report{Verdict: diagnose.Verdict{Outcome: c.outcome, Summary: "It is so."}}
		for _, s := range c.standings {
			r.Verdict.Culprits = append(r.Verdict.Culprits, diagnose.Culprit{Element: "url.path", Cause: "wrong_path", Standing: s})
		}
		var b strings.Builder
		if err := Text(&b, r, false); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(b.String(), c.want) {
			t.Errorf("%s with %v: got %q, want %q", c.outcome, c.standings, b.String(), c.want)
		}
	}
}
