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

// What is pasted at a terminal has several lines, which come at once, and is one answer; a line that ends in a backslash
// goes on. In a pipe each other line is an answer.
func TestAPasteIsOneAnswer(t *testing.T) {
	for _, c := range []struct {
		name, text, want string
		terminal         bool
	}{
		{"a document", "openapi: 3.0.0\npaths:\n  /a: {}\n", "openapi: 3.0.0\npaths:\n  /a: {}", true},
		{"a command in a pipe", "curl x \\\n -H 'A: b'\nq\n", "curl x \\\n-H 'A: b'", false},
		{"a pipe", "a\nb\n", "a", false},
	} {
		synctest.Test(t, func(t *testing.T) {
			r, w := io.Pipe()
			forget := (func())(nil)
			if c.terminal {
				forget = func() {}
			}
			in := typing(r, forget)
			go func() { io.WriteString(w, c.text); w.Close() }() //nolint:errcheck // a pipe in memory
			if got, err := in.text(t.Context()); got != c.want || err != nil {
				t.Errorf("%s: %q, %v", c.name, got, err)
			}
			for ok := true; ok; {
				_, ok, _ = in.next(t.Context())
			}
		})
	}
}
