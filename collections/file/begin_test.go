package file

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"culprit/collections"
)

func TestAFolderBecomesACollectionWithItsFirstRequest(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "teas")
	write(t, filepath.Join(dir, "notes", "other.yml"), "not: ours\n")
	if _, err := Open(dir); !errors.Is(err, ErrNoCollection) {
		t.Fatalf("Open: %v, want that it is no collection", err)
	}
	s, err := OpenOrBegin(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c, err := s.Load(t.Context())
	if err != nil || !c.Unmade || c.Name != "teas" || len(c.Root.Children) != 0 {
		t.Fatalf("before: %+v, %v; want an empty collection called teas", c, err)
	}
	if g, whole, err := s.Glance(t.Context(), 9); err != nil || !whole || !g.Unmade || len(g.Root.Children) != 0 {
		t.Fatalf("at a glance: %+v, %v, %v", g, whole, err)
	}
	if items, _ := os.ReadDir(dir); len(items) != 1 {
		t.Fatalf("looking wrote %v", items)
	}
	if _, err := s.Create(c.Root, "List teas", collections.Saved{URL: "http://x.example/teas"}); err != nil {
		t.Fatal(err)
	}
	c, err = s.Load(t.Context())
	if err != nil || c.Unmade || c.Name != "teas" {
		t.Fatalf("after: %+v, %v", c, err)
	}
	again, err := Open(dir)
	if err != nil {
		t.Fatalf("what was made is no collection: %v", err)
	}
	again.Close()
}

func TestAFolderOfACollectionOpensTheCollection(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, rootFile), "opencollection: 1.0.0\ninfo:\n  name: T\n")
	write(t, filepath.Join(dir, "orders", "list.yml"), "info:\n  name: List\n  type: http\n")
	s, err := OpenOrBegin(filepath.Join(dir, "orders"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if s.Dir() != dir {
		t.Errorf("opened %s, want %s", s.Dir(), dir)
	}
}
