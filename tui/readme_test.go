package tui

import (
	"fmt"
	"go/build"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReadmeListsThePackages compares the README's table with the packages' own comments, so that the picture
// cannot lie. UPDATE_README=1 writes the table anew.
func TestReadmeListsThePackages(t *testing.T) {
	const begin, end = "<!-- packages -->\n", "<!-- /packages -->"
	src, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok1 := strings.Cut(string(src), begin)
	got, after, ok2 := strings.Cut(rest, end)
	if !ok1 || !ok2 {
		t.Fatalf("the README has no table between %q and %q", begin, end)
	}
	want := packageTable(t)
	if got == want {
		return
	}
	if os.Getenv("UPDATE_README") == "" {
		t.Fatalf("the README's table of packages is not what their comments say; UPDATE_README=1 go test ./tui writes it anew. It should be:\n%s", want)
	}
	if err := os.WriteFile("../README.md", []byte(before+begin+want+end+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

// packageTable returns a row for each package: its folder and the first sentence of its comment.
func packageTable(t *testing.T) string {
	var b strings.Builder
	b.WriteString("\n| package | what it is |\n|---|---|\n")
	for _, root := range []string{"request", "collections", "diagnose", "tui"} {
		err := filepath.WalkDir(filepath.Join("..", root), func(dir string, d fs.DirEntry, err error) error {
			if err != nil || !d.IsDir() {
				return err
			}
			if notOurs(dir, d.Name()) {
				return fs.SkipDir
			}
			pkg, err := build.ImportDir(dir, 0)
			if err != nil {
				return nil // no Go files here
			}
			name := filepath.ToSlash(strings.TrimPrefix(dir, ".."+string(filepath.Separator)))
			text := strings.TrimPrefix(pkg.Doc, "Package "+pkg.Name+" ")
			if text == pkg.Doc {
				t.Errorf("%s: its comment does not begin with \"Package %s\"", name, pkg.Name)
			}
			fmt.Fprintf(&b, "| %s | %s |\n", name, strings.ReplaceAll(text, "|", "\\|"))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	b.WriteString("\n")
	return b.String()
}
