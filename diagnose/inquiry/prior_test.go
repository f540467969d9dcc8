package inquiry_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/diagnose/prior"
)

// with runs the diagnosis of a world with earlier findings.
func (w world) with(t *testing.T, p diagnose.Priors) diagnose.Report {
	t.Helper()
	c := w.problem(t)
	c.Priors = p
	r, err := diagnose.Run(t.Context(), inquiry.New(c), w.ask, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// concluded is the verdict without the order in which it was found.
func concluded(r diagnose.Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", r.Verdict.Outcome, r.Verdict.Summary)
	for _, c := range r.Verdict.Culprits {
		fmt.Fprintf(&b, "\n%s %s %s %s", c.Element, c.Cause, c.Standing, c.Fix)
	}
	return b.String()
}

// The same mistake a second time on the same host: what was proved the first time is kept on disk and tried earlier.
func TestAProvedCauseIsTriedEarlierTheNextTime(t *testing.T) {
	fewer := 0
	for _, w := range worlds {
		findings := prior.Store{Dir: t.TempDir()}
		first := w.with(t, diagnose.Priors{})
		if err := findings.Learn(first, time.Now()); err != nil {
			t.Fatal(err)
		}
		learned, err := findings.Load(first.Request.URL)
		if err != nil {
			t.Fatal(err)
		}
		second := w.with(t, learned)
		if got, want := concluded(second), concluded(first); got != want {
			t.Errorf("%s: with the finding\n%s\nwithout\n%s", w.name, got, want)
		}
		if second.Cost.Probes > first.Cost.Probes {
			t.Errorf("%s: %d probes with the finding, %d without", w.name, second.Cost.Probes, first.Cost.Probes)
		}
		if second.Cost.Probes < first.Cost.Probes {
			fewer++
			t.Logf("%s: %d probes, then %d", w.name, first.Cost.Probes, second.Cost.Probes)
		}
	}
	if fewer == 0 {
		t.Error("no finding made a second hunt shorter")
	}
}

// Findings that do not fit cost probes and change nothing that is said.
func TestWrongPriorsNeverChangeAVerdict(t *testing.T) {
	for _, w := range worlds {
		want := concluded(w.with(t, diagnose.Priors{}))
		for _, cause := range []diagnose.CauseID{
			"invalid_body_property_type", "missing_body_property", "invalid_body_property_format", "content_type_mismatch", "malformed_json",
			"invalid_body_property_value", "unexpected_body_property", "missing_request_parameter", "invalid_request_parameter",
			"missing_request_header", "expired_token", "wrong_path", "resource_not_found", "blocked_by_waf",
		} {
			counts := diagnose.Counts{}
			for _, symptom := range []string{"400", "401", "403", "404", "405", "409", "500", "502", "200", "none"} {
				counts[symptom] = map[diagnose.CauseID]int{cause: 50}
			}
			if got := concluded(w.with(t, diagnose.Priors{Host: counts, All: counts})); got != want {
				t.Errorf("%s, sure of %s:\n%s\nwant\n%s", w.name, cause, got, want)
			}
		}
	}
}
