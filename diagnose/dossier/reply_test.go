package dossier

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"culprit/request"
)

// A person who is asked for a document pastes it, or names its file or URL.
func TestADocumentIsPastedOrNamed(t *testing.T) {
	dir, text := t.TempDir(), "openapi: 3.0.0\npaths: {}\n"
	if err := os.WriteFile(filepath.Join(dir, "api.yml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	do := func(_ context.Context, r request.Request, _ func(request.Event)) (*request.Exchange, error) {
		x := &request.Exchange{Request: r, Hops: []request.Hop{{Response: &request.Response{Status: 404}}}}
		if r.URL == "http://api.test/openapi" {
			x.Hops[0].Response = &request.Response{Status: 200, Body: request.NewContent([]byte(text))}
		}
		return x, nil
	}
	for _, c := range []struct {
		reply, want string
		fails       bool
	}{
		{text, text, false}, {`{"openapi": "3.0.0"}`, `{"openapi": "3.0.0"}`, false}, {"", "", false},
		{"api.yml", text, false}, {filepath.Join(dir, "api.yml"), text, false}, {"http://api.test/openapi", text, false},
		{"other.yml", "", true}, {"http://api.test/nothing", "", true},
	} {
		if got, err := Reply(t.Context(), c.reply, dir, do); got != c.want || (err != nil) != c.fails {
			t.Errorf("%q: %q, %v", c.reply, got, err)
		}
	}
}
