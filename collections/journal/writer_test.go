package journal

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

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

// Two windows edit one request at once and both crash: both drafts are there, however often the log was written anew; what
// takes the place of them ends them.
func TestDraftsOfOneRequestInTwoWindowsBothStay(t *testing.T) {
	path := filepath.Join(t.TempDir(), "drafts.log")
	var windows []*Journal
	for _, url := range []string{"first", "second"} {
		j, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		windows = append(windows, j)
		for range 2 {
			if err := j.Append(Draft{Collection: "/shop", Entry: "orders", Saved: collections.Saved{URL: url, Docs: strings.Repeat("x", maxLog*2/5)}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if info, _ := windows[0].f.Stat(); info.Size() > maxLog*8/5 { // as large as all that was written
		t.Errorf("it was not written anew: %d bytes", info.Size())
	}
	for _, j := range windows {
		j.f.Close()
		j.me.Close()
	}
	third, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer third.Close()
	all, err := third.Read()
	if err != nil || len(all) != 2 || all[0].Saved.URL != "first" || all[1].Saved.URL != "second" {
		t.Fatalf("%d drafts, %v", len(all), err)
	}
	if err := third.Append(Draft{Collection: "/shop", Entry: "orders", Over: []string{all[1].Writer}}); err != nil {
		t.Fatal(err)
	}
	if all, _ := third.Read(); len(all) != 2 || all[0].Saved.URL != "first" {
		t.Errorf("in the place of one: %d", len(all))
	}
	if err := third.Drop("/shop", "orders", []string{all[0].Writer, all[1].Writer}, time.Now()); err != nil {
		t.Fatal(err)
	}
	if all, _ := third.Read(); len(all) != 0 {
		t.Errorf("after the end of both: %d", len(all))
	}
}
