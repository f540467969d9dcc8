package send_test

import (
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
	"culprit/collections/send"
	"culprit/request/client"
)

// TestAFixIsSavedAndThenItPasses is the whole chain below the faces: open, send, fail, amend, save, send, pass,
// and the last pass is known.
func TestAFixIsSavedAndThenItPasses(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		if err != nil || r.Header.Get("Authorization") != "Bearer s3cret-token" || strings.Contains(string(b), `"qty": "2"`) {
			w.WriteHeader(http.StatusUnprocessableEntity)
		}
	}))
	defer server.Close()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"opencollection.yml":     "opencollection: 1.0.0\ninfo: {name: Shop}\nrequest:\n  auth: {type: bearer, token: \"{{token}}\"}\n",
		"environments/local.yml": "name: local\nvariables:\n  - {name: host, value: " + server.URL + "}\n  - {secret: true, name: token}\n",
		"create.yml": "# ours\ninfo: {name: Create, type: http}\nhttp:\n  method: POST\n  url: \"{{host}}/orders\"\n  body:\n    type: json\n" +
			"    data: |-\n      {\n        // how many\n        \"qty\": \"2\"\n      }\n  auth: inherit\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	store, err := file.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	c, err := store.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	past := history.New(filepath.Join(t.TempDir(), "state"))
	defer past.Close()
	engine := client.New(client.Config{})
	defer engine.Close()
	sender := send.Sender{Do: engine.Do, Recorder: past}
	o := collections.ResolveOptions{Dir: c.Dir, Environment: &c.Environments[0],
		Secrets: func(string, string) (string, bool) { return "s3cret-token", true }}
	e := c.Root.Children[0]

	sent, err := sender.Send(t.Context(), e, e.Saved, o, nil)
	if err != nil || sent.Unrecorded != nil || sent.Exchange.Status() != 422 {
		t.Fatalf("%v, %v, %d", err, sent.Unrecorded, sent.Exchange.Status())
	}
	to := sent.Resolved.Request.Clone()
	to.Body.Text = strings.Replace(to.Body.Text, `"2"`, "2", 1)
	fix, err := collections.Amend(e, e.Saved, sent.Resolved, to, o)
	if err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(e.File)
	if err := store.Save(e, fix.Saved); err != nil {
		t.Fatal(err)
	}
	after, _ := os.ReadFile(e.File)
	if want := strings.Replace(string(before), `"qty": "2"`, `"qty": 2`, 1); string(after) != want {
		t.Errorf("saved\n%s", after)
	}
	e = store.Reload(e)
	e.Parent = c.Root
	sent, err = sender.Send(t.Context(), e, e.Saved, o, nil)
	if err != nil || sent.Exchange.Status() != 200 {
		t.Fatalf("%v, %d", err, sent.Exchange.Status())
	}
	good, err := past.Passes(t.Context(), c.Dir, e.Path, "local", 3, sent.Resolved.Secret)
	if err != nil || len(good) != 1 || good[0].Request.Body.Text != to.Body.Text || good[0].Request.Auth.Param("token") != "s3cret-token" {
		t.Errorf("passes %+v, %v", good, err)
	}
}
