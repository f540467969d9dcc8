package watch

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"testing/synctest"
	"time"
)

// world is a folder that is watched.
type world struct {
	t     *testing.T
	dir   string
	heard chan []string
}

func (w world) path(name string) string { return filepath.Join(w.dir, filepath.FromSlash(name)) }

func (w world) write(name, text string) {
	w.t.Helper()
	if err := os.MkdirAll(filepath.Dir(w.path(name)), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(w.path(name), []byte(text), 0o644); err != nil {
		w.t.Fatal(err)
	}
}

func (w world) remove(name string) {
	w.t.Helper()
	if err := os.RemoveAll(w.path(name)); err != nil {
		w.t.Fatal(err)
	}
}

// run watches until the test ends.
func (w world) run(poll bool) {
	ctx, cancel := context.WithCancel(w.t.Context())
	over := make(chan error)
	watch := Watch{Dir: w.dir, Skip: func(rel string) bool { return rel == ".git" }, Poll: poll}
	go func() { over <- watch.Run(ctx, func(paths []string) { w.heard <- paths }) }()
	w.t.Cleanup(func() { cancel(); <-over })
}

func newWorld(t *testing.T) world {
	w := world{t, t.TempDir(), make(chan []string, 16)}
	w.write("a.yml", "a")
	w.write("b.yml", "b")
	w.write("old/c.yml", "c")
	w.write(".git/index", "1")
	return w
}

// TestTheKernelTells: what is told of may come in several pieces, so it is gathered until it is all there.
func TestTheKernelTells(t *testing.T) {
	w := newWorld(t)
	w.run(false)
	told := map[string]bool{}
	for n := 0; !told["a.yml"]; n++ { // it is not watched at once: the same is written until it is told
		w.write("a.yml", "a again")
		select {
		case paths := <-w.heard:
			w.note(told, paths)
		case <-time.After(2 * calm):
		}
		if n > 100 {
			t.Fatal("nothing is heard")
		}
	}
	w.remove("b.yml")
	w.write("new/deep/d.yml", "d")
	w.write(".git/index", "2")
	if err := os.Rename(w.path("old"), w.path("older")); err != nil {
		t.Fatal(err)
	}
	want := []string{"b.yml", "new/deep/d.yml", "old", "older/c.yml"}
	for !all(told, want) {
		select {
		case paths := <-w.heard:
			w.note(told, paths)
		case <-time.After(20 * time.Second):
			t.Fatalf("heard only of %v, want %q", told, want)
		}
	}
	w.write("new/deep/d.yml", "d again") // the new folder is watched too
	clear(told)
	for !told["new/deep/d.yml"] {
		select {
		case paths := <-w.heard:
			w.note(told, paths)
		case <-time.After(20 * time.Second):
			t.Fatal("a new folder is not watched")
		}
	}
	if told[".git"] || told[".git/index"] {
		t.Error("a folder that is left out was watched")
	}
}

func (w world) note(told map[string]bool, paths []string) {
	for _, p := range paths {
		rel, err := filepath.Rel(w.dir, p)
		if err != nil {
			w.t.Error(err)
		}
		told[filepath.ToSlash(rel)] = true
	}
}

func all(told map[string]bool, want []string) bool {
	return !slices.ContainsFunc(want, func(name string) bool { return !told[name] })
}

// TestLookingNowAndThenSeesTheSame, in virtual time.
func TestLookingNowAndThenSeesTheSame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.run(true)
		time.Sleep(every + time.Second)
		synctest.Wait()
		if len(w.heard) != 0 {
			t.Fatalf("nothing happened: %q", <-w.heard)
		}
		w.write("a.yml", "longer than it was")
		w.remove("old")
		w.write("new/d.yml", "d")
		w.write(".git/index", "another")
		told := map[string]bool{}
		w.note(told, <-w.heard)
		want := map[string]bool{"a.yml": true, "old": true, "old/c.yml": true, "new": true, "new/d.yml": true}
		for name := range want {
			if !told[name] {
				t.Errorf("%s is not told of: %v", name, told)
			}
		}
		if len(told) != len(want) {
			t.Errorf("told of %v, want %v", told, want)
		}
	})
}

// TestALinkToAFolderIsThatFolder: a collection is often opened by a link, whose target is what is watched.
func TestALinkToAFolderIsThatFolder(t *testing.T) {
	w := newWorld(t)
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(w.dir, link); err != nil {
		if runtime.GOOS == "windows" { // where a link needs a right that few have
			t.Skip(err)
		}
		t.Fatal(err)
	}
	seen, err := Watch{Dir: link}.traces()
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := seen[filepath.Join(link, "old", "c.yml")]; !ok {
		t.Errorf("not looked at: %v", seen)
	}
	if seen[link].mode&os.ModeSymlink != 0 {
		t.Error("the link is looked at, not the folder")
	}
}

// hears writes a file, again and again where it is not watched at once, until it is told of.
func (w world) hears(name string) {
	w.t.Helper()
	for told, n := map[string]bool{}, 0; !told[name]; n++ {
		w.write(name, "text "+strconv.Itoa(n))
		select {
		case paths := <-w.heard:
			w.note(told, paths)
		case <-time.After(2 * calm):
		}
		if n > 100 {
			w.t.Fatalf("%s is not told of", name)
		}
	}
}

// TestAFolderThatIsMadeAgainIsWatched: git and people delete a folder and make it anew.
func TestAFolderThatIsMadeAgainIsWatched(t *testing.T) {
	w := newWorld(t)
	root, err := os.OpenRoot(w.dir) // a folder that is open lives on, and nothing tells of its end
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	w.run(false)
	w.hears("a.yml")
	for _, away := range []func(){
		func() { w.remove("") },
		func() {
			if err := os.Rename(w.dir, w.dir+".old"); err != nil {
				t.Fatal(err)
			}
		},
	} {
		away()
		w.hears("old/c.yml")
		w.hears("old/d.yml")
	}
}

// TestALinkThatIsLedElsewhereIsFollowed: its new target is what is watched then.
func TestALinkThatIsLedElsewhereIsFollowed(t *testing.T) {
	a, b, link := newWorld(t), newWorld(t), filepath.Join(t.TempDir(), "link")
	lead := func(to string) {
		t.Helper()
		next := link + ".next"
		if err := os.Symlink(to, next); err != nil {
			if runtime.GOOS == "windows" { // where a link needs a right that few have
				t.Skip(err)
			}
			t.Fatal(err)
		}
		if err := os.Rename(next, link); err != nil {
			t.Fatal(err)
		}
	}
	lead(a.dir)
	w := world{t, link, a.heard}
	w.run(false)
	w.hears("a.yml")
	lead(b.dir)
	b.heard = a.heard
	told := map[string]bool{}
	for !told["."] {
		select {
		case paths := <-w.heard:
			w.note(told, paths)
		case <-time.After(20 * time.Second):
			t.Fatalf("heard only of %v", told)
		}
	}
	w.hears("old/c.yml")
}
