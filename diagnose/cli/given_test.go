package cli_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	collcli "culprit/collections/cli"
	"culprit/collections/history"
	"culprit/request"
	kit "culprit/request/cli"
	"culprit/request/client"
)

// A cookie that a jar had for a saved request is not asked for when it is sent again: it goes without what the jar has lost.
// What a curl command held is asked for.
func TestOnlyWhatACurlCommandHeldIsAskedFor(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "theme", Value: "dark"})
	}))
	defer s.Close()
	dir := t.TempDir()
	for name, text := range map[string]string{"opencollection.yml": "opencollection: 1.0.0\ninfo:\n  name: Shop\n",
		"me.yml": "info:\n  name: me\n  type: http\nhttp:\n  method: GET\n  url: " + s.URL + "\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	h := history.New(filepath.Join(dir, "state"))
	defer h.Close()
	asked := ""
	run := func(args ...string) {
		t.Helper()
		var out strings.Builder
		d := collcli.Deps{Streams: kit.Streams{In: strings.NewReader(""), Out: &out, Err: &out, InTerm: true,
			Hidden: func(_ context.Context, prompt string) (string, error) {
				asked += prompt
				return "Bearer abcdef1234567890", nil
			}},
			Engine: func() *request.Engine { return client.New(client.Config{}) }, History: h, Jars: filepath.Join(dir, "jars")}
		if code := kit.Main(t.Context(), root(d), args, d.Streams); code != 0 {
			t.Fatalf("%v: %d\n%s", args, code, out.String())
		}
	}
	run("send", "me", "-C", dir)
	run("send", "me", "-C", dir) // with the cookie
	run("cookies", "clear", "-C", dir)
	run("history", "replay", "last")
	if asked != "" {
		t.Errorf("asked: %q", asked)
	}
	run("send", "--curl", "curl -H 'Authorization: Bearer abcdef1234567890' "+s.URL)
	run("history", "replay", "last")
	if !strings.HasPrefix(asked, "header Authorization") {
		t.Errorf("asked: %q", asked)
	}
}
