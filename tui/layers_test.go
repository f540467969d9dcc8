package tui

import (
	"go/build"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "culprit/"

// A layer says what the packages below a folder may import. The last layer that fits a package counts.
type layer struct {
	dir    string
	may    []string // folders of ours, with all below them; "=x" only x itself
	charm  bool     // charm.land/...
	system bool     // os, net, net/http
}

// The chain within diagnose: root, element, small helpers, {evidence, lint, repair}, ladder, inquiry.
var (
	below1 = []string{"=diagnose", "diagnose/element", "request"}
	below2 = []string{"=diagnose", "diagnose/element", "diagnose/token", "diagnose/habit", "diagnose/mend", "request"}
)

// layers is the table of ARCHITECTURE §3.3.
var layers = []layer{
	{"request", []string{"request"}, false, true},
	{"request/safe", nil, false, false},
	{"request/secret", nil, false, false},
	{"request/jsontext", nil, false, false},
	{"request/xmltext", nil, false, false},
	{"request/cli", []string{"request", "collections", "diagnose"}, false, true},
	{"collections", []string{"collections", "request"}, false, true},
	{"collections/cli", []string{"request", "collections", "diagnose"}, false, true},
	{"diagnose", []string{"request"}, false, false},
	{"diagnose/element", []string{"=diagnose", "request"}, false, true},
	{"diagnose/token", below1, false, true},
	{"diagnose/habit", below1, false, true},
	{"diagnose/mend", below1, false, true},
	{"diagnose/evidence", below2, false, true},
	{"diagnose/lint", below2, false, true},
	{"diagnose/repair", below2, false, true},
	{"diagnose/spec", below2, false, false},
	{"diagnose/drift", []string{"=diagnose", "request"}, false, false},       // reads answers, as evidence reads failures
	{"diagnose/surroundings", []string{"=diagnose", "request"}, false, true}, // asks the kernel for its interfaces
	{"diagnose/serverlog", []string{"=diagnose", "request"}, false, true},    // the end of a file that a person names
	{"diagnose/webhook", []string{"=diagnose", "request"}, false, false},     // stored bytes only
	{"diagnose/isolate", nil, false, false},
	{"diagnose/chance", nil, false, false},                                                                     // statistics of repeated questions: numbers in, numbers out
	{"diagnose/belief", nil, false, false},                                                                     // sampled worlds: numbers in, a combination out
	{"diagnose/circumstance", []string{"=diagnose", "diagnose/chance", "request"}, false, false},               // what goes along with failures
	{"diagnose/safety", below1, false, true},                                                                   // how dangerous a request is: a request in, a class out
	{"diagnose/ladder", slices.Concat(below2, []string{"diagnose/evidence", "diagnose/safety"}), false, false}, // sends and counts
	{"diagnose/inquiry", slices.Concat(below2, []string{"diagnose/ladder", "diagnose/safety", "diagnose/circumstance", "diagnose/evidence", "diagnose/drift", "diagnose/lint", "diagnose/repair", "diagnose/isolate", "diagnose/chance", "diagnose/belief"}), false, false},
	{"diagnose/probe", []string{"=diagnose", "diagnose/element", "request"}, false, true},
	{"diagnose/report", []string{"=diagnose", "diagnose/element", "request"}, false, true},
	{"diagnose/prior", []string{"=diagnose", "diagnose/element", "request"}, false, true}, // a file of the person's own
	{"diagnose/dossier", []string{"request", "collections", "diagnose"}, false, true},     // joins the cores for both faces
	{"diagnose/lab", []string{"=diagnose", "request"}, false, true},
	{"diagnose/netsim", []string{"=diagnose", "request"}, false, true},
	{"diagnose/cli", []string{"request", "collections", "diagnose"}, false, true},
	{"tui", []string{"request", "collections", "diagnose"}, true, false},
	{"tui/theme", nil, true, false},
	{"tui/keys", nil, true, false},
	{"tui/layout", nil, true, false},
	{"tui/config", []string{"tui/theme", "tui/keys"}, false, true}, // reads its file
	{"tui/widget", []string{"=tui", "tui/theme", "tui/keys", "tui/layout", "tui/widget", "request/safe", "request/jsontext", "request/xmltext"}, true, false},
	{"tui/widget/widgettest", []string{"=tui", "tui/widget"}, true, true}, // for tests: it reads goldens
	{"tui/screen", []string{"=tui", "=tui/screen", "tui/theme", "tui/keys", "tui/layout", "tui/widget", "request", "=collections", "=diagnose",
		"diagnose/element", "diagnose/report"}, true, false},
	{"tui/shell", []string{"tui", "request", "=collections", "=diagnose"}, true, false},
	{"tui/core", []string{"tui", "request", "collections", "diagnose"}, true, false}, // joins the cores to the shell
	{"tui/start", []string{"tui", "request", "collections", "diagnose"}, true, true}, // the part of main that concerns the terminal
	{"tui/screentest", []string{"=tui", "request", "=collections", "=diagnose"}, true, false},
	{"tui/screenio", nil, true, true}, // the terminal itself
	{"tui/ptytest", nil, false, true}, // for tests: it starts the built program
}

// siblings are folders whose packages do not import each other: screens, and the widgets below their root.
var siblings = []string{"tui/screen"}

// notOurs reports a folder that holds no packages of ours: test data, or a module of its own.
func notOurs(dir, name string) bool {
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return name == "testdata" || err == nil && name != ".."
}

func TestArrowsPointToTheParent(t *testing.T) {
	err := filepath.WalkDir("..", func(dir string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if name := d.Name(); notOurs(dir, name) || strings.HasPrefix(name, ".") && name != ".." {
			return fs.SkipDir
		}
		rel, err := filepath.Rel("..", dir)
		if err != nil {
			return err
		}
		pkg, err := build.ImportDir(dir, 0)
		if err != nil || rel == "." {
			return nil // no Go files for this system, or main
		}
		rule := rule(filepath.ToSlash(rel))
		if rule == nil {
			t.Errorf("%s has no layer", rel)
			return nil
		}
		for _, imp := range pkg.Imports {
			if why := rule.forbids(filepath.ToSlash(rel), imp); why != "" {
				t.Errorf("%s imports %s: %s", rel, imp, why)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func rule(dir string) *layer {
	var found *layer
	for i, l := range layers {
		if below(dir, l.dir) {
			found = &layers[i]
		}
	}
	return found
}

func below(dir, root string) bool { return dir == root || strings.HasPrefix(dir, root+"/") }

// forbids says why the package in dir may not import imp, "" when it may.
func (l *layer) forbids(dir, imp string) string {
	in, ours := strings.CutPrefix(imp, module)
	switch {
	case strings.HasPrefix(imp, "charm.land/") && !l.charm:
		return "no terminal library here"
	case slices.Contains([]string{"os", "os/exec", "net", "net/http"}, imp) && !l.system:
		return "no files and no network here"
	case !ours:
		return ""
	case below(in, dir):
		return "a root never imports its child"
	}
	for _, s := range siblings {
		if below(dir, s) && below(in, s) && in != s {
			return "siblings do not import each other"
		}
	}
	for _, m := range l.may {
		if exact, ok := strings.CutPrefix(m, "="); ok && in == exact || !ok && below(in, m) {
			return ""
		}
	}
	return "not in its layer"
}

// TestTheTopLevelIsFixed: what stands beside main.go is the user's choice, not ours. Dot-files are free, and so is what a build
// or a measurement leaves and .gitignore names.
func TestTheTopLevelIsFixed(t *testing.T) {
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	fixed := []string{"main.go", "tui", "request", "diagnose", "collections", "go.mod", "go.sum", "README.md", "LICENSE"}
	left := []string{"culprit", "*.test", "*.out", "*.prof"}
	for _, e := range entries {
		ignored := slices.ContainsFunc(left, func(p string) bool { ok, _ := filepath.Match(p, e.Name()); return ok && !e.IsDir() })
		if !slices.Contains(fixed, e.Name()) && e.Name()[0] != '.' && !ignored {
			t.Errorf("%s does not belong to the top level", e.Name())
		}
	}
}
