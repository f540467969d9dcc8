package shell

import (
	"context"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"
)

// The timer of the watch may ring when the program is ending and waits for its drafts: what it starts ends too.
func TestWhatBeginsAtTheEndIsCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := still(t, options(&world{}))
		ended := map[string]bool{}
		work := func(name string) func(context.Context, func(tea.Msg)) tea.Msg {
			return func(ctx context.Context, _ func(tea.Msg)) tea.Msg {
				<-ctx.Done()
				ended[name] = true
				return done{}
			}
		}
		s.pending.quit = true
		s.start(&job{what: "watching", quiet: true}, work("watching"))
		synctest.Wait()
		if !ended["watching"] {
			t.Error("it goes on")
		}
		s.start(&job{what: "drafts", must: true}, work("drafts"))
		synctest.Wait()
		if ended["drafts"] {
			t.Error("what must be done is cancelled")
		}
	})
}
