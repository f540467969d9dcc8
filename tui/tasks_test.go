package tui_test

import (
	"context"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"culprit/tui"
)

// A task that says more and more is heard while it does.
func TestATaskThatNeverPausesIsHeard(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	tasks := tui.NewTasks(ctx)
	_, cmd := tasks.Start(func(ctx context.Context, emit func(tea.Msg)) tea.Msg {
		for n := 0; ctx.Err() == nil; n++ {
			emit(n)
		}
		return nil
	})
	next := 0
	for next < 10_000 {
		n := cmd().(tui.News)
		if len(n.Msgs) > 64 {
			t.Fatalf("%d messages at once", len(n.Msgs))
		}
		for _, m := range n.Msgs {
			if m != next {
				t.Fatalf("got %v, want %d", m, next)
			}
			next++
		}
		cmd = tasks.Next(n)
	}
	cancel()
	tasks.Close()
}

// A task that is done when the program ends, and has said more than was heard, does not hold the end.
func TestALastWordThatNobodyHearsHoldsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		tasks := tui.NewTasks(ctx)
		said := 0
		tasks.Start(func(ctx context.Context, emit func(tea.Msg)) tea.Msg {
			for said < 64 {
				emit(said)
				said++
			}
			return "done"
		})
		synctest.Wait()
		cancel()
		tasks.Close()
		if said != 64 {
			t.Errorf("%d messages", said)
		}
	})
}
