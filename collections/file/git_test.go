package file

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"culprit/collections"
)

// repository makes a folder of a git repository and returns it and a function that runs git in it.
func repository(t *testing.T) (string, func(args ...string)) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git here")
	}
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	run := func(args ...string) {
		t.Helper()
		c := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.com"}, args...)...)
		c.Dir = dir
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	run("init", "-q")
	return dir, run
}

func keep(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func saving(limit string) string {
	return "info:\n  name: r\n  type: http\nhttp:\n  method: GET\n  url: http://x.test/a?limit=" + limit + "\n"
}

func TestVersionsFollowARenamedFile(t *testing.T) {
	dir, git := repository(t)
	keep(t, dir, "api/opencollection.yml", "opencollection: 1.0.0\ninfo:\n  name: c\n")
	for _, step := range []struct{ name, text string }{
		{"api/old näme.yml", saving("1")}, {"api/old näme.yml", saving("2")}, {"api/old näme.yml", "no: [request"}, {"api/old näme.yml", saving("2")},
	} {
		keep(t, dir, step.name, step.text)
		git("add", ".")
		git("commit", "-qm", "x")
	}
	git("mv", "api/old näme.yml", "api/new.yml")
	git("commit", "-qm", "renamed")
	keep(t, dir, "api/new.yml", saving("3")) // not committed
	// What a foreign repository may try: a program for every occasion.
	trap := filepath.Join(dir, "ran")
	for _, key := range []string{"core.fsmonitor", "core.pager", "diff.external", "gpg.program", "core.sshCommand", "diff.evil.textconv"} {
		git("config", key, "touch "+trap)
	}
	git("config", "log.showSignature", "true")
	keep(t, dir, ".gitattributes", "*.yml diff=evil\n")

	s, err := Open(filepath.Join(dir, "api"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c, err := s.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var urls []string
	for _, v := range s.Versions(t.Context(), c.Root.Children[0]) {
		urls = append(urls, v.Saved.URL[len("http://x.test/a?limit="):])
		if v.Commit == "" || v.At.IsZero() {
			t.Errorf("%+v", v)
		}
	}
	if got := len(urls); got != 4 || urls[0] != "2" || urls[3] != "1" {
		t.Errorf("versions %v", urls)
	}
	if _, err := os.Stat(trap); err == nil {
		t.Error("a program of the repository was run")
	}
}

func TestWithoutARepositoryThereAreNoVersions(t *testing.T) {
	dir := t.TempDir()
	keep(t, dir, "opencollection.yml", "opencollection: 1.0.0\ninfo:\n  name: c\n")
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	keep(t, s.Dir(), "r.yml", saving("1"))
	if got := s.Versions(t.Context(), &collections.Entry{Kind: collections.HTTP, File: filepath.Join(s.Dir(), "r.yml")}); got != nil {
		t.Errorf("%v", got)
	}
}
