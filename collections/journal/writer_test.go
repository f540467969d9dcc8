package journal

import (
	"path/filepath"
	"testing"

	"culprit/collections"
)

// TestDraftsOfAnotherWindowAreItsOwn: a second window does not offer what the first one is editing; after the first has
// crashed, it does.
func TestDraftsOfAnotherWindowAreItsOwn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "drafts.log")
	window := func() *Journal {
		t.Helper()
		j, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		return j
	}
	drafts := func(j *Journal) int {
		t.Helper()
		all, err := j.Read()
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	first := window()
	if err := first.Append(Draft{Collection: "/shop", Entry: "orders", Saved: collections.Saved{URL: "x"}}); err != nil {
		t.Fatal(err)
	}
	if n := drafts(first); n != 1 {
		t.Errorf("its own: %d", n)
	}
	second := window()
	defer second.Close()
	if n, locks := drafts(second), runs(first.me.Name()); locks && n != 0 { // Windows has none here
		t.Errorf("the second window was offered %d drafts of the first", n)
	}
	// A crash closes the files and removes none.
	first.f.Close()
	first.me.Close()
	if n := drafts(second); n != 1 {
		t.Errorf("after a crash: %d", n)
	}
	third := window()
	defer third.Close()
	if left, _ := filepath.Glob(path + writerMark + "*"); len(left) != 0 {
		t.Errorf("left behind: %q", left)
	}
	if n := drafts(third); n != 1 {
		t.Errorf("in the next window: %d", n)
	}
}
