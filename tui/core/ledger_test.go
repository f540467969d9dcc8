package core

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"culprit/collections"
	"culprit/request"
)

// slow takes a second for each record and refuses one entry.
type slow struct{ got []string }

func (s *slow) Record(_ context.Context, r collections.Record) error {
	time.Sleep(time.Second) // of the bubble
	s.got = append(s.got, r.Entry)
	r.Exchange.ID = "recorded"
	if r.Entry == "b" {
		return errors.New("the disk is full")
	}
	return nil
}

func TestTheLedgerKeepsNobodyWaitingAndLosesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		to := &slow{}
		l := &ledger{to: to}
		if err := l.wait(t.Context()); err != nil {
			t.Error(err)
		}
		x := &request.Exchange{}
		begin := time.Now()
		for _, e := range []string{"a", "b", "c"} {
			if err := l.Record(t.Context(), collections.Record{Entry: e, Exchange: x}); err != nil {
				t.Error(err)
			}
		}
		if time.Since(begin) != 0 {
			t.Error("recording kept the caller waiting")
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := l.wait(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("a cancelled wait says %v", err)
		}
		if err := l.wait(t.Context()); err == nil || err.Error() != "the disk is full" {
			t.Errorf("%v", err)
		}
		if !slices.Equal(to.got, []string{"a", "b", "c"}) || x.ID != "" {
			t.Errorf("%v, %q", to.got, x.ID)
		}
	})
}
