package file

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"culprit/collections"
)

// lay writes files below a new folder with an opencollection.yml.
func lay(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	files[rootFile] = "opencollection: 1.0.0\ninfo:\n  name: Shop\n"
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func called(name string, seq int) string {
	return fmt.Sprintf("info:\n  name: %s\n  type: http\n  seq: %d\nhttp:\n  method: GET\n  url: http://h/\n", name, seq)
}

// lines are the entries below e as a tree shows them.
func lines(e *collections.Entry, depth int) []string {
	var out []string
	for _, c := range e.Children {
		out = append(out, fmt.Sprint(depth, c.Kind, c.Name, c.Path, c.Saved.Method))
		out = append(out, lines(c, depth+1)...)
	}
	return out
}

// However few rows there are, those that a glance fills are those of the whole collection: folders by the names and
// places in their files, requests by theirs, what is broken as broken, and the first request is there.
func TestGlanceIsTheBeginningOfLoad(t *testing.T) {
	files := map[string]string{
		"environments/local.yml": "name: local\n",
		"zoo/folder.yml":         "info:\n  name: Animals\n",
		"zoo/b.yml":              called("Second", 2), "zoo/a.yml": called("Third", 3), "zoo/c.yml": called("First", 1),
		"zoo/cages/x.yml": "no: yaml: at all", "zoo/cages/deep/y.yml": called("Deep", 1),
		"bar/folder.yml": "info:\n  name: Bar\n  seq: 2\n", "bar/one.yml": called("One", 1),
		"last.yml": called("Last", 9), "earlier.yml": called("Earlier", 2),
	}
	for i := range 5 {
		files[fmt.Sprintf("empty%d/folder.yml", i)] = fmt.Sprintf("info:\n  name: Aaa %d\n", i)
	}
	s, err := Open(lay(t, files))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	all, err := s.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := lines(all.Root, 0)
	wholes := 0
	for rows := range len(want) + 2 {
		c, whole, err := s.Glance(t.Context(), rows)
		if err != nil {
			t.Fatal(err)
		}
		got := lines(c.Root, 0)
		if n := min(rows, len(want)); len(got) != len(want) || !reflect.DeepEqual(got[:n], want[:n]) {
			t.Errorf("%d rows:\n%q\nwant as in\n%q", rows, got, want)
		}
		if whole != reflect.DeepEqual(got, want) {
			t.Errorf("%d rows: whole is %v for\n%q", rows, whole, got)
		}
		if whole {
			wholes++
		}
		if c.Name != all.Name || !reflect.DeepEqual(c.Environments, all.Environments) {
			t.Errorf("%d rows: %s %v, want %s %v", rows, c.Name, c.Environments, all.Name, all.Environments)
		}
		if !has(c.Root, collections.HTTP) {
			t.Errorf("%d rows: no request", rows)
		}
	}
	if wholes == 0 || wholes > len(want)/2 {
		t.Errorf("%d of %d glances read everything", wholes, len(want)+2)
	}
}

func has(e *collections.Entry, kind collections.Kind) bool {
	for _, c := range e.Children {
		if c.Kind == kind || has(c, kind) {
			return true
		}
	}
	return false
}

// What a killed program left behind goes when it is an hour old; what another is writing now stays.
func TestLoadRemovesWhatAKilledSaveLeft(t *testing.T) {
	dir := lay(t, map[string]string{
		"orders/.new.yml" + tempMark + "1-A": "x", "orders/.old.yml" + tempMark + "1-B": "x", "environments/.old.yml" + tempMark + "1-C": "x",
	})
	old := time.Now().Add(-2 * strayAge)
	for _, name := range []string{"orders/.old.yml" + tempMark + "1-B", "environments/.old.yml" + tempMark + "1-C"} {
		if err := os.Chtimes(filepath.Join(dir, name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	left, _ := filepath.Glob(filepath.Join(dir, "*", ".*"))
	if len(left) != 1 || filepath.Base(left[0]) != ".new.yml"+tempMark+"1-A" {
		t.Errorf("left are %v", left)
	}
}
