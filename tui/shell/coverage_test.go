package shell

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"culprit/tui/layout"
)

// TestEverythingSeenHasItsPictures reads from the code what can be seen (the titles of overlays and screens, the tabs)
// and fails for what has no golden at 80 columns, at 140, and none with colours.
func TestEverythingSeenHasItsPictures(t *testing.T) {
	seen := titles(t, ".", "../screen/wizard", "../screen/history", "../screen/environments")
	seen = slices.DeleteFunc(seen, func(title string) bool { return title == "Diagnosis" }) // its frames are called after its pages
	seen = append(seen, "Map of suspicion", "Probes", "Verdict", "Steps")
	s := still(t, everywhere())
	for p, pane := range map[layout.Pane]string{layout.Request: "request", layout.Response: "response"} {
		for _, name := range s.bench.Tabs(p) {
			seen = append(seen, pane+" ["+name)
		}
	}
	var narrow, wide, coloured []string
	for _, dir := range []string{"testdata", "../screen/wizard/testdata"} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := os.ReadFile(path)
			name, _, _ := strings.Cut(filepath.Base(path), "_") // a tab is looked for in the pictures of its pane
			text := name + "\n" + ansi.Strip(string(b))
			switch {
			case strings.Contains(string(b), "\x1b["):
				coloured = append(coloured, text)
			case strings.Contains(path, "80x"):
				narrow = append(narrow, text)
			case strings.Contains(path, "140x"):
				wide = append(wide, text)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(seen) < 40 {
		t.Fatalf("only %d things are seen: %q", len(seen), seen)
	}
	for _, what := range seen {
		for kind, pictures := range map[string][]string{"at 80 columns": narrow, "at 140 columns": wide, "with colours": coloured} {
			if !slices.ContainsFunc(pictures, func(p string) bool { return shows(p, what) }) {
				t.Errorf("%q has no picture %s", what, kind)
			}
		}
	}
}

// shows reports whether a picture shows a title, or a tab of the pane that the picture is named after.
func shows(picture, what string) bool {
	if pane, tab, ok := strings.Cut(what, " ["); ok {
		return strings.HasPrefix(picture, pane) && strings.Contains(picture, "["+tab)
	}
	return regexp.MustCompile(`[─━\d] ` + regexp.QuoteMeta(what)).MatchString(picture)
}

// titles returns the beginnings of what overlays and screens are called in the code of some folders.
func titles(t *testing.T, dirs ...string) []string {
	t.Helper()
	var found []string
	for _, dir := range dirs {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no code, %v", dir, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if title := strings.TrimSpace(titleOf(n)); title != "" {
					found = append(found, title)
				}
				return true
			})
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// titleOf returns the title that a piece of code gives to something seen: the first argument of what makes a dialog, a
// field or a list, the field title, what a method Title returns.
func titleOf(n ast.Node) string {
	switch n := n.(type) {
	case *ast.CallExpr:
		if f, ok := n.Fun.(*ast.SelectorExpr); ok && len(n.Args) > 0 && slices.Contains([]string{"dialog", "name", "list"}, f.Sel.Name) {
			return literal(n.Args[0])
		}
	case *ast.KeyValueExpr:
		if k, ok := n.Key.(*ast.Ident); ok && strings.EqualFold(k.Name, "title") {
			return literal(n.Value)
		}
	case *ast.FuncDecl:
		if n.Name.Name == "Title" && n.Body != nil && len(n.Body.List) == 1 {
			if r, ok := n.Body.List[0].(*ast.ReturnStmt); ok && len(r.Results) == 1 {
				return literal(r.Results[0])
			}
		}
	}
	return ""
}

// literal is how the text of an expression begins, as far as it stands in the code.
func literal(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, _ := strconv.Unquote(e.Value)
		text, _, _ = strings.Cut(text, "%")
		return text
	case *ast.BinaryExpr:
		return literal(e.X)
	case *ast.CallExpr: // fmt.Sprintf
		if len(e.Args) > 0 {
			return literal(e.Args[0])
		}
	}
	return ""
}
