package diagnose_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// kinds are those of elements with a name; types are what a schema is asked for by methods of the same names.
var (
	kinds = []string{"header", "cookie", "query", "body", "form", "multipart"}
	types = []string{"array", "boolean", "integer", "number", "object", "string"}
)

// TestEveryKindIsSpelledAsItIs: kinds are plain words in the code, and a word that is none would silently never match.
func TestEveryKindIsSpelledAsItIs(t *testing.T) {
	seen := 0
	set := token.NewFileSet()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			f, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || !slices.Contains([]string{"Is", "In", "ID"}, f.Sel.Name) {
				return true
			}
			if word, ok := call.Args[0].(*ast.BasicLit); ok && word.Kind == token.STRING {
				seen++
				if w, _ := strconv.Unquote(word.Value); !slices.Contains(kinds, w) && !slices.Contains(types, w) {
					t.Errorf("%s: %q is no kind of element", set.Position(word.Pos()), w)
				}
			}
			return true
		})
		return nil
	})
	if err != nil || seen < 100 {
		t.Errorf("%d kinds seen, %v", seen, err)
	}
}
