package history

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"

	"culprit/collections/flock"
)

// command is what a program does that sends one request and ends.
func command(t *testing.T, dir, body string) string {
	t.Helper()
	h := New(dir)
	defer h.Close()
	x := sent(h.now(), 200, body)
	record(t, h, x, true)
	if h.db != nil && runtime.GOOS != "windows" {
		t.Error("the database was opened for one row")
	}
	return x.ID
}

// inboxOf is what the inbox of h holds; the test is skipped where files cannot be locked, for there is no inbox then.
func inboxOf(t *testing.T, h *History) []byte {
	t.Helper()
	if !flock.Works {
		t.Skip("no inbox where files cannot be locked")
	}
	b, err := os.ReadFile(h.inbox())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// found are the bodies of what a new program finds, in the order of their ids.
func found(t *testing.T, h *History) (bodies []string) {
	t.Helper()
	items, err := h.Find(t.Context(), Query{}, Item{}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range items {
		x, err := h.Get(t.Context(), i.ID)
		if err != nil {
			t.Fatal(err)
		}
		bodies = append(bodies, string(x.Body))
	}
	return bodies
}

func has(t *testing.T, bodies []string, want string, times int) {
	t.Helper()
	n := 0
	for _, b := range bodies {
		if b == want {
			n++
		}
	}
	if n != times {
		t.Errorf("%q is there %d times, want %d, in %q", want, n, times, bodies)
	}
}

// A program that has the database open sees what a command sent meanwhile, with its template and its secrets' marks.
func TestWhatACommandSentIsFoundByAProgramThatRuns(t *testing.T) {
	a := opened(t)
	record(t, a, sent(a.now(), 200, "first"), true)
	id := command(t, a.dir, "from a command")
	bodies := found(t, a)
	has(t, bodies, "first", 1)
	has(t, bodies, "from a command", 1)
	x, err := a.Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	y, err := a.Find(t.Context(), Query{}, Item{}, 10)
	if err != nil || len(y) != 2 || y[0].Template != y[1].Template || x.Template == "" {
		t.Errorf("the same saved request is not known as such: %+v, %v", y, err)
	}
}

// A crash may tear the last line, or come after the rows were taken in and before the inbox was emptied.
func TestAnInboxAfterACrash(t *testing.T) {
	a := opened(t)
	record(t, a, sent(a.now(), 200, "first"), true)
	a.Close()
	command(t, a.dir, "whole")
	left := inboxOf(t, a)
	torn := append(left, `{"ID":"1","Body":"dG9y`...)
	if err := os.WriteFile(a.inbox(), torn, 0o600); err != nil {
		t.Fatal(err)
	}
	command(t, a.dir, "after the torn one")
	for range 2 {
		bodies := found(t, a)
		has(t, bodies, "whole", 1)
		has(t, bodies, "after the torn one", 1)
		if len(bodies) != 3 {
			t.Errorf("%q", bodies)
		}
		if err := os.WriteFile(a.inbox(), torn, 0o600); err != nil { // it is as it was
			t.Fatal(err)
		}
	}
}

// Also of an inbox whose beginning is lost the rows are found.
func TestAnInboxWithoutItsBeginning(t *testing.T) {
	for _, head := range []string{"", "\x00\x00\x00\x00", `{"salt":"AAAA"}` + "\n"} {
		t.Run(fmt.Sprintf("%q", head), func(t *testing.T) {
			a := opened(t)
			record(t, a, sent(a.now(), 200, "first"), true)
			a.Close()
			command(t, a.dir, "kept")
			_, rows, _ := strings.Cut(string(inboxOf(t, a)), "\n")
			if err := os.WriteFile(a.inbox(), []byte(head+rows), 0o600); err != nil {
				t.Fatal(err)
			}
			has(t, found(t, a), "kept", 1)
			command(t, a.dir, "later") // with a beginning again
			has(t, found(t, a), "later", 1)
		})
	}
}

// What does not fit goes to the database, with what is there.
func TestAFullInboxIsTakenIn(t *testing.T) {
	a := opened(t)
	record(t, a, sent(a.now(), 200, "first"), true)
	a.Close()
	for n := 0; n <= inboxMost; n += inline / 2 {
		record(t, New(a.dir), sent(a.now(), 200, strings.Repeat("x", inline/2)), true)
	}
	b := New(a.dir)
	defer b.Close()
	record(t, b, sent(b.now(), 200, "last"), true)
	has(t, found(t, b), "last", 1)
	if at, err := os.Stat(b.inbox()); err != nil || at.Size() > 100 {
		t.Errorf("the inbox has %d bytes, %v", at.Size(), err)
	}
}

// Commands write while a program reads.
func TestCommandsBesideAReader(t *testing.T) {
	a := opened(t)
	record(t, a, sent(a.now(), 200, "first"), true)
	var commands sync.WaitGroup
	for i := range 4 {
		commands.Go(func() {
			for j := range 5 {
				h := New(a.dir)
				record(t, h, sent(h.now(), 200, fmt.Sprint(i, " ", j)), true)
				h.Close()
			}
		})
	}
	for range 20 {
		found(t, a)
	}
	commands.Wait()
	bodies := found(t, a)
	if len(bodies) != 21 {
		t.Errorf("%d are there, want 21: %q", len(bodies), bodies)
	}
}
