package dossier

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestDocumentsAreOfferedByPath(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"shop/auth/a.yml", "shop/docs/old.JSON", "shop/docs/openapi.yaml", "shop/docs/readme.md", "shop/.git/x.yml", "shop/a.yml", "swagger.json"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for typed, want := range map[string][]string{
		"":                 {"auth/", "docs/", "a.yml"},
		"do":               {"auth/", "docs/", "a.yml"}, // the folder as it is; who types narrows it
		"docs/":            {"docs/openapi.yaml", "docs/old.JSON"},
		"docs/op":          {"docs/openapi.yaml", "docs/old.JSON"},
		"../":              {"../swagger.json", "../shop/"},
		"nowhere/":         nil,
		"https://h/openap": nil,
	} {
		if got := Documents(filepath.Join(dir, "shop"), typed); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}
