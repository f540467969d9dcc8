package workbench

import (
	"errors"
	"testing"

	"culprit/request"
)

func TestWhatFailedIsSaidWithItsReason(t *testing.T) {
	for _, w := range []struct {
		failure request.Failure
		want    string
	}{
		{request.Failure{Phase: request.PhasePrepare, Text: "It cannot be prepared.", Err: errors.New("f: outside the folder")},
			"Nothing was sent: f: outside the folder."},
		{request.Failure{Phase: request.PhasePrepare, Cause: "malformed_url", Text: "The URL is odd.", Err: errors.New("x")},
			"Nothing was sent. The URL is odd."},
		{request.Failure{Phase: request.PhaseRead, Cause: "cancelled", Err: errors.New("x")}, "Cancelled by you."},
	} {
		if got := plainWords(&request.Exchange{Failure: &w.failure}); got != w.want {
			t.Errorf("got %q, want %q", got, w.want)
		}
	}
}

func TestABodyThatWasCutOffSaysSo(t *testing.T) {
	body := request.NewContent(nil)
	body.Cut = "cut off at 256 MiB decoded"
	if got, want := oddWords(&request.Response{Body: body, Warn: "a bomb"}), "cut off at 256 MiB decoded; a bomb"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := oddWords(&request.Response{Body: request.NewContent(nil)}); got != "" {
		t.Errorf("got %q", got)
	}
}
