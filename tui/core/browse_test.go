package core

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"culprit/collections"
	"culprit/collections/file"
	"culprit/collections/history"
	"culprit/collections/vault"
	"culprit/request"
	"culprit/request/client"
)

// TestWhatWasSentIsFoundSentAgainAndEdited: a request with a secret is sent; its saved form changes; the history
// has it as it was.
func TestWhatWasSentIsFoundSentAgainAndEdited(t *testing.T) {
	var got []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		got = append(got, r.Method+" "+r.URL.String()+" "+r.Header.Get("Authorization")+" "+string(body))
	}))
	defer server.Close()
	token := "first-secret-value"
	c, e := shop(t, server.URL, func(_, name string) (string, bool) { return token, name == "token" && token != "" })
	saved := collections.Saved{Method: "POST", URL: "{{base}}/orders", Body: collections.SavedBody{Type: "json", Text: `{"n":1}`},
		Auth: collections.SavedAuth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: "{{token}}"}}}}
	e.Saved = saved
	if _, _, err := c.send(t.Context(), e, saved, "local", func(request.Event) {}); err != nil {
		t.Fatal(err)
	}
	e.Saved.Body.Text = `{"n":2}` // the file says something else now

	items, err := c.find(t.Context(), "method:post host:127", false, collections.Past{}, 10)
	if err != nil || len(items) != 1 {
		t.Fatalf("%+v, %v", items, err)
	}
	p := items[0]

	again, err := c.again(t.Context(), p)
	if err != nil || len(again.Changed) != 0 {
		t.Fatalf("%+v, %v", again.Changed, err)
	}
	if _, err := c.replay(t.Context(), p, again.Request, nil); err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0] != got[1] || got[0] != `POST /orders Bearer first-secret-value {"n":1}` {
		t.Errorf("sent: %q", got)
	}
	if n, err := c.count(t.Context(), "", false); err != nil || n < 1 {
		t.Errorf("%d, %v", n, err)
	}

	draft, err := c.redraft(t.Context(), p)
	if err != nil || draft.Entry != e || draft.Saved.Body.Text != `{"n":1}` || draft.Saved.URL != "{{base}}/orders" || draft.Saved.Auth.Params[0].Value != "{{token}}" {
		t.Errorf("%+v, %v", draft.Saved, err)
	}
	command, err := c.pastCurl(t.Context(), p.ID)
	if err != nil || strings.Contains(command, token) || !strings.Contains(command, "‹secret:") {
		t.Errorf("%s, %v", command, err)
	}

	token = "another-value"
	if again, err = c.again(t.Context(), p); err != nil || len(again.Changed) != 1 {
		t.Errorf("a changed secret: %v, %v", again.Changed, err)
	}
	token = ""
	if _, err = c.again(t.Context(), p); !errors.Is(err, history.ErrNoSecret) || !strings.Contains(err.Error(), "token") {
		t.Errorf("a secret that is gone: %v", err)
	}
	if draft, err = c.redraft(t.Context(), p); err != nil || draft.Saved.Body.Text != `{"n":1}` || draft.Saved.Auth.Params[0].Value != "{{token}}" || len(draft.Notes) == 0 {
		t.Errorf("without the secret: %+v, %q, %v", draft.Saved, draft.Notes, err)
	}

	p.Collection = "/elsewhere"
	if _, err = c.again(t.Context(), p); err == nil || !strings.Contains(err.Error(), "/elsewhere") {
		t.Errorf("of another collection: %v", err)
	}
}

// shop is a core on a new collection with one request and an environment "local".
func shop(t *testing.T, base string, secrets func(environment, name string) (string, bool)) (*Core, *collections.Entry) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "opencollection.yml"), []byte("opencollection: 1.0.0\ninfo:\n  name: Shop\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	store, err := file.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	engine := client.New(client.Config{Getenv: func(string) string { return "" }})
	h := history.New(t.TempDir())
	getenv := func(key string) string {
		if name, ok := strings.CutPrefix(key, vault.Prefix+"LOCAL_"); ok {
			value, _ := secrets("local", strings.ToLower(name))
			return value
		}
		return ""
	}
	c := New(Parts{Store: store, History: h, Engine: engine, Vault: vault.New(getenv, "", "")})
	t.Cleanup(func() {
		c.Close()
		engine.Close()
		h.Close()
		store.Close()
	})
	if _, err := store.CreateEnvironment("local", []collections.Variable{{Name: "base", Value: base}, {Name: "token", Secret: true}}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := c.create(t.Context(), "", "", collections.Saved{Method: "POST", URL: "{{base}}/orders"}); err != nil {
		t.Fatal(err)
	}
	loaded, err := c.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return c, loaded.Root.Children[0]
}
