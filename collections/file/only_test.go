package file

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"testing"

	"culprit/collections"
)

// A request that is read alone is the one of the whole collection, with what it inherits; what is no request there is none
// alone.
func TestOnlyIsWhatLoadFinds(t *testing.T) {
	dir := lay(t, map[string]string{
		"top.yml": called("Top", 1), "a/folder.yml": "info:\n  name: A\nrequest:\n  headers:\n    - name: X-A\n      value: \"1\"\n",
		"a/one.yml": called("One", 1), "a/two.yml": called("Two", 2), "a/b/c/deep.yml": called("Deep", 1), "a/broken.yml": "no: yaml: at all",
		"a.yml": called("Same name as a folder", 1), "node_modules/x.yml": called("No", 1), "environments/local.yml": "name: local\n",
		"a/not.txt": "x",
	})
	if err := os.Symlink(filepath.Join(dir, "a"), filepath.Join(dir, "linked")); err != nil {
		if runtime.GOOS == "windows" { // where a link needs a right that few have
			t.Skip(err)
		}
		t.Fatal(err)
	}
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	all, err := s.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var there []*collections.Entry
	var walk func(e *collections.Entry)
	walk = func(e *collections.Entry) {
		if e.Kind != collections.Folder {
			there = append(there, e)
		}
		for _, c := range e.Children {
			walk(c)
		}
	}
	walk(all.Root)
	if len(there) != 6 {
		t.Fatalf("%d requests", len(there))
	}
	for _, want := range there {
		c := s.Only(want.Path)
		got := c.Root
		for len(got.Children) == 1 {
			got = got.Children[0]
		}
		if !reflect.DeepEqual(c.Environments, all.Environments) || c.Name != all.Name {
			t.Errorf("%s: in %s with %v", want.Path, c.Name, c.Environments)
		}
		for a, b := got, want; ; a, b = a.Parent, b.Parent {
			if a == nil || b == nil {
				if a != nil || b != nil {
					t.Errorf("%s: one has more folders above", want.Path)
				}
				break
			}
			x, y := *a, *b
			x.Children, y.Children, x.Parent, y.Parent = nil, nil, nil, nil
			if !reflect.DeepEqual(x, y) {
				t.Errorf("%s:\n%+v\nwant\n%+v", want.Path, x, y)
			}
		}
	}
	for _, path := range []string{"", "a/", "nothing", "a/nothing", "a/folder", "a/b", "node_modules/x", "environments/local", "opencollection", "../a/one", "/a/one",
		"a//one", "a/./one", "linked/one", "a/not.txt", "top/one"} {
		if c := s.Only(path); has(c.Root, collections.HTTP) {
			t.Errorf("there is a request at %q", path)
		}
	}
}
