package diagnose_test

import (
	"testing"

	"culprit/diagnose"
)

// TestWhoseSideIsSaidOnlyAsFarAsItIsKnown: a request that gets no answer in time may be asked too early or never be answered.
func TestWhoseSideIsSaidOnlyAsFarAsItIsKnown(t *testing.T) {
	for id, want := range map[diagnose.CauseID]string{
		"response_timeout":           "the client's if it waits too short a time, else the server's",
		"connection_refused":         "the client's if the address is wrong, else the server's",
		"invalid_body_property_type": "the client's: this request",
		"gateway_timeout":            "the server's",
		"no_such_cause":              "not known",
	} {
		v := diagnose.Verdict{Cause: id, Side: id.Cause().Side}
		if got := v.Whose(); got != want {
			t.Errorf("%s: got %q, want %q", id, got, want)
		}
	}
}
