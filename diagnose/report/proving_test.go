package report

import (
	"bytes"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// TestAPasswordThatIsProvedIsHiddenAndItsNameIsNot: the report of a scheme that was changed says what to take, and to
// whom the password belongs.
func TestAPasswordThatIsProvedIsHiddenAndItsNameIsNot(t *testing.T) {
	r := request.Request{Method: "GET", URL: "http://h/", Auth: request.Auth{Scheme: "digest"}.With("username", "ada").With("password", "difference-engine")}
	var out bytes.Buffer
	rep := diagnose.Report{Request: diagnose.RequestShown{Request: r}, Verdict: diagnose.Verdict{Outcome: diagnose.OutcomeIsolated, Repair: &diagnose.Fix{Request: r, Verified: true}}}
	if err := Text(&out, rep, false); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); strings.Contains(got, "engine") || !strings.Contains(got, "'ada:‹secret:auth›' --digest") {
		t.Errorf("got %s", got)
	}
}
