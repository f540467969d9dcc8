package send_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
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

// TestWhatAnAnswerGivesIsUsedByTheNextRequest: a sign-in whose file says what to take of its answer, as Bruno writes it,
// and a request that goes out with that. The value is in no file and not in the history.
func TestWhatAnAnswerGivesIsUsedByTheNextRequest(t *testing.T) {
	const token = "tok-5c1b7e0a94d2"
	refuse := true
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/login" && refuse:
			w.WriteHeader(http.StatusForbidden)
			io.WriteString(w, `{"data":{"token":"of-a-refusal"}}`)
		case r.URL.Path == "/login":
			io.WriteString(w, `{"data":{"token":"`+token+`"}}`)
		case r.Header.Get("Authorization") != "Bearer "+token:
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	defer server.Close()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"opencollection.yml": "opencollection: 1.0.0\ninfo: {name: Shop}\n",
		"1.yml": "info: {name: Login, type: http}\nhttp:\n  method: POST\n  url: " + server.URL + "/login\nruntime:\n  actions:\n" +
			"    - type: set-variable\n      phase: after-response\n      selector: {expression: res.body.data.token, method: jsonq}\n      variable: {name: token, scope: runtime}\n",
		"2.yml": "info: {name: Me, type: http}\nhttp:\n  method: GET\n  url: " + server.URL + "/me\n  auth: {type: bearer, token: \"{{token}}\"}\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
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
	state := filepath.Join(t.TempDir(), "state")
	past := history.New(state)
	defer past.Close()
	engine := client.New(client.Config{})
	defer engine.Close()
	sender := send.Sender{Do: engine.Do, Recorder: past, Values: new(send.Values)}
	do := func(e *collections.Entry) (send.Sent, error) {
		return sender.Send(t.Context(), e, e.Saved, collections.ResolveOptions{Dir: c.Dir}, nil)
	}
	login, me := c.Root.Children[0], c.Root.Children[1]
	if len(login.Met) > 0 {
		t.Errorf("it is done, and said not to be: %q", login.Met)
	}
	if _, err := do(login); err != nil {
		t.Fatal(err)
	}
	if _, err := do(me); !errors.As(err, new(*collections.Unfilled)) {
		t.Fatalf("a refusal gave a token: %v", err)
	}
	refuse = false
	if sent, err := do(login); err != nil || len(sent.Taken) != 1 || sent.Taken[0] != "token" {
		t.Fatalf("took %q, %v", sent.Taken, err)
	}
	sent, err := do(me)
	if err != nil || sent.Exchange.Status() != 200 {
		t.Fatalf("%d, %v", sent.Exchange.Status(), err)
	}
	items, err := past.Find(t.Context(), history.Query{}, history.Item{}, 9)
	if err != nil || len(items) == 0 {
		t.Fatalf("%d exchanges, %v", len(items), err)
	}
	last := slices.IndexFunc(items, func(i history.Item) bool { return strings.HasSuffix(i.URL, "/me") }) // within one millisecond the order is anyone's
	if last < 0 {
		t.Fatalf("not kept: %v", items)
	}
	kept, err := past.Get(t.Context(), items[last].ID)
	if err != nil || strings.Contains(fmt.Sprint(kept.Sent), token) || !strings.Contains(fmt.Sprint(kept.Sent), "this session.token") {
		t.Errorf("kept %v, %v", kept.Sent, err)
	}
	sender.Values.Keep("", "token", "")
	if len(sender.Values.Of("")) != 0 {
		t.Error("it cannot be taken back")
	}
}
