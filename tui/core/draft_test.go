package core

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"culprit/collections"
	"culprit/collections/file"
	"culprit/collections/journal"
	"culprit/tui/shell"
)

// Of many drafts only the one that is typed in is written; those of an earlier run become those of this one.
func TestOnlyADraftThatChangedIsWritten(t *testing.T) {
	dir, log := t.TempDir(), filepath.Join(t.TempDir(), "drafts")
	if err := os.WriteFile(filepath.Join(dir, "opencollection.yml"), []byte("opencollection: 1.0.0\ninfo:\n  name: Shop\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	store, err := file.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	large := collections.Saved{Method: "POST", Docs: strings.Repeat("x", 1<<20)}
	run := func(typed string) (grown int64, left int) {
		j, err := journal.Open(log)
		if err != nil {
			t.Fatal(err)
		}
		defer j.Close()
		c := New(Parts{Store: store, Journal: func() (*journal.Journal, error) { return j, nil }})
		drafts, _, _, err := c.Drafts()
		left = len(drafts)
		size := func() int64 { info, _ := os.Stat(log); return info.Size() }
		for _, url := range []string{"http://h/", "http://h/" + typed} {
			before := size()
			if err := c.draft(t.Context(), map[string]collections.Saved{"large": large, "small": {URL: url}}, nil); err != nil {
				t.Fatal(err)
			}
			grown = size() - before
		}
		if err != nil {
			t.Fatal(err)
		}
		return grown, left
	}
	if grown, left := run("a"); grown > 4096 || left != 0 {
		t.Errorf("%d bytes for a letter, %d drafts before", grown, left)
	}
	if grown, left := run("b"); grown > 4096 || left != 2 {
		t.Errorf("a second run: %d bytes for a letter, %d drafts before", grown, left)
	}
}

// A choice between two drafts is made on the screen: it does not wait for the disk that the drafts are being written to, and
// counts at the next.
func TestAChoiceBetweenDraftsWaitsForNoDisk(t *testing.T) {
	c := New(Parts{})
	c.drafts.Lock() // as while they are written
	done := make(chan struct{})
	go func() { c.settle(shell.Rival{Path: "orders", ID: "w"}); close(done) }()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		t.Error("it waits for the disk")
	}
	c.drafts.overtake()
	c.drafts.Unlock()
	if got := c.drafts.over["orders"]; len(got) != 1 || got[0] != "w" {
		t.Errorf("taken over: %q", got)
	}
}
