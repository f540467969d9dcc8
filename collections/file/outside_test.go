package file

import (
	"culprit/collections"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
)

// TestWhatAnotherProgramDidIsToldFromWhatWeDid touches everything and asks what is not as it was read or written.
func TestWhatAnotherProgramDidIsToldFromWhatWeDid(t *testing.T) {
	request := "info:\n  name: A\n  type: http\nhttp:\n  method: GET\n  url: http://h/\n"
	s, c := collection(t, map[string]string{"a.yml": request, "b.yml": request, "gone.yml": request, "old/c.yml": request, "old/folder.yml": "info:\n  name: Old\n  type: folder\n",
		"environments/local.yml": "name: local\n", "environments/bad.yml": "\tbad", marksFile: "{}"})
	in := func(name string) string { return filepath.Join(s.Dir(), filepath.FromSlash(name)) }
	every := []string{in("a.yml"), in("b.yml"), in("gone.yml"), in("old"), in("old/c.yml"), in("new.yml"), in("notes.txt"), in("opencollection.yml"), in("environments"),
		in("environments/local.yml"), in("environments/bad.yml"), in(marksFile), in(".a.yml.tmp-1-x")}
	if got := s.Outside(every); len(got) != 0 {
		t.Errorf("nothing was done: %q", got)
	}

	// What we do ourselves is known.
	a := at(t, c, "a")
	saved := a.Saved
	saved.Method = "POST"
	if err := s.Save(a, saved); err != nil {
		t.Fatal(err)
	}
	if err := s.Delete(at(t, c, "b")); err != nil {
		t.Fatal(err)
	}
	if err := s.Mark("local", Mark{Dev: true}); err != nil {
		t.Fatal(err)
	}
	write(t, in("notes.txt"), "not ours")
	if got := s.Outside(every); len(got) != 0 {
		t.Errorf("only we did something: %q", got)
	}

	write(t, in("a.yml"), request) // as git checkout would
	write(t, in("new.yml"), request)
	write(t, in("environments/local.yml"), "name: local\nvariables: []\n")
	if err := os.Remove(in("gone.yml")); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(in("old"), filepath.Join(t.TempDir(), "away")); err != nil {
		t.Fatal(err)
	}
	want := []string{"a.yml", "environments/local.yml", "gone.yml", "new.yml", "old/c.yml", "old/folder.yml"}
	if got := s.Outside(every); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := s.Outside([]string{s.Dir()}); !slices.Equal(got, []string{"."}) {
		t.Errorf("lost events: %q", got)
	}
}

// A request may be a link to a file of any name in the collection: who changes that changes the request.
func TestWhatALinkLeadsToIsNoticed(t *testing.T) {
	s, _ := collection(t, map[string]string{"parts/shared.txt": "info: {name: shared, type: http}\nhttp: {method: GET, url: /a}\n"})
	if err := os.Symlink(filepath.Join("parts", "shared.txt"), filepath.Join(s.Dir(), "link.yml")); err != nil {
		if runtime.GOOS == "windows" { // where a link needs a right that few have
			t.Skip(err)
		}
		t.Fatal(err)
	}
	s, c := load(t, s.Dir())
	if !slices.ContainsFunc(c.Root.Children, func(e *collections.Entry) bool { return e.Path == "link" && e.Kind == collections.HTTP }) {
		t.Fatal("the link is no request")
	}
	target := filepath.Join(s.Dir(), "parts", "shared.txt")
	if got := s.Outside([]string{target}); len(got) != 0 {
		t.Errorf("nothing was changed: %q", got)
	}
	write(t, target, "info: {name: shared, type: http}\nhttp: {method: GET, url: /b}\n")
	if got := s.Outside([]string{target}); !slices.Equal(got, []string{"link.yml"}) {
		t.Errorf("got %q", got)
	}
}
