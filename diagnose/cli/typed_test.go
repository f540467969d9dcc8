package cli

import (
	"io"
	"testing"
	"testing/synctest"
	"time"
)

// A person types y before the question is there, and n when it is: at a terminal the n counts, in a pipe the first line.
func TestWhatIsTypedAheadIsNoConsent(t *testing.T) {
	for _, c := range []struct {
		name     string
		terminal bool
		want     string
	}{{"a terminal", true, "n"}, {"a pipe", false, "y"}} {
		synctest.Test(t, func(t *testing.T) {
			r, w := io.Pipe()
			defer w.Close()
			forgotten, forget := 0, (func())(nil)
			if c.terminal {
				forget = func() { forgotten++ }
			}
			in := typing(r, forget)
			go io.WriteString(w, "y\n") //nolint:errcheck // a pipe in memory
			synctest.Wait()
			time.Sleep(time.Second)
			got, ok, err := in.consent(t.Context(), func() {
				go func() { time.Sleep(time.Second); io.WriteString(w, "n\n") }() //nolint:errcheck // a pipe in memory
			})
			if got != c.want || !ok || err != nil || c.terminal != (forgotten == 1) {
				t.Errorf("%s: %q, %v, %v; what it held was dropped %d times", c.name, got, ok, err, forgotten)
			}
			if !c.terminal {
				in.next(t.Context()) //nolint:errcheck // the other line, so that nobody waits
			}
		})
	}
}
