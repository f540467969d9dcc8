package report_test

import (
	"io"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/report"
)

// TestAFixOfManyLinesIsOneLine: the difference below shows it; a body is not printed into the middle of a sentence.
func TestAFixOfManyLinesIsOneLine(t *testing.T) {
	c := diagnose.Culprit{Element: "body", Cause: "malformed_json", Standing: diagnose.Confirmed, Fix: "body = {\n  \"a\": 1\n}"}
	r := diagnose.Report{Verdict: diagnose.Verdict{Outcome: diagnose.OutcomeIsolated, Summary: "The body is no JSON.", Culprits: []diagnose.Culprit{c}}}
	for name, print := range map[string]func(io.Writer, diagnose.Report, bool) error{"text": report.Text, "Markdown": report.Markdown} {
		var b strings.Builder
		if err := print(&b, r, false); err != nil || !strings.Contains(b.String(), "body changed as below") || strings.Contains(b.String(), "␊") {
			t.Errorf("%s, %v:\n%s", name, err, b.String())
		}
	}
}
