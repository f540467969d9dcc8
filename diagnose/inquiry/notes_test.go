package inquiry_test

import (
	"strings"
	"testing"

	"culprit/diagnose"
)

// TestNoStepAccusesBesideTheVerdict: a check that stood out is taken back when something else is proved, or nothing is
// wrong at all; what the verdict is about stays a finding.
func TestNoStepAccusesBesideTheVerdict(t *testing.T) {
	c := write("/things", `{"a":1,}`) // a trailing comma, which some servers take
	for name, tt := range map[string]struct {
		f      answers
		result string
	}{
		"it passes": {always(200, `{}`), "ok"},
		"it is the comma": {func(q diagnose.Question) (int, string, []string) {
			if strings.Contains(q.Request.Body.Text, ",}") {
				return 400, `{"error":"Bad Request"}`, nil
			}
			return 200, `{}`, nil
		}, "finding"},
		"it is the token": {func(diagnose.Question) (int, string, []string) {
			return 401, `{"error":"no"}`, []string{"WWW-Authenticate", `Bearer error="invalid_token", error_description="the access token expired"`}
		}, "ok"},
	} {
		t.Run(name, func(t *testing.T) {
			r, _ := interview(t, c, tt.f, nil)
			if got := r.Steps[4]; got.Result != tt.result {
				t.Errorf("%s %q, want %s\n%s", got.Result, got.Text, tt.result, words(r))
			}
		})
	}
}

// TestWhatNeverArrivedChangedNothing: a write whose connection was never made is not counted as one that may have acted;
// one that was sent and not answered is.
func TestWhatNeverArrivedChangedNothing(t *testing.T) {
	for cause, acted := range map[string]bool{"connection_timeout": false, "response_timeout": true} {
		r, _ := interview(t, write("/things", `{"a":1}`), always(2, cause), nil)
		if got := r.Cost.Wrote > 0; r.Cost.Unsafe == 0 || got != acted {
			t.Errorf("%s: %+v", cause, r.Cost)
		}
	}
}

// TestWhatIsOddStandsInItsStep: a path belongs to the endpoints, and the step of formats then has nothing to say of it.
func TestWhatIsOddStandsInItsStep(t *testing.T) {
	r, _ := interview(t, diagnose.Case{Request: get("/v1//orders")}, always(400, `{"error":"Bad Request"}`), nil)
	formats, endpoints := r.Steps[diagnose.Formats-1], r.Steps[diagnose.Endpoints-1]
	if strings.Contains(formats.Text, "path") || strings.Contains(formats.Text, "slash") || formats.Result != "ok" || !strings.Contains(endpoints.Text, "slashes") {
		t.Errorf("formats: %q, endpoints: %q\n%s", formats.Text, endpoints.Text, words(r))
	}
}
