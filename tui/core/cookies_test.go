package core

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"

	"culprit/collections"
	"culprit/collections/file"
	"culprit/diagnose"
	"culprit/request/client"
	"culprit/tui/shell"
)

// TestTheSessionThatFailedIsDiagnosed: the answer that refuses the session takes it out of the jar, and yet it is this
// request that is diagnosed, not one without a cookie. The probes, which are told the same, change nothing of a new login.
func TestTheSessionThatFailedIsDiagnosed(t *testing.T) {
	var login atomic.Int64 // sessions below it are over
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		c, err := r.Cookie("sid")
		switch {
		case r.URL.Path == "/login":
			http.SetCookie(w, &http.Cookie{Name: "sid", Value: fmt.Sprint("a-session-of-", login.Add(1)), Path: "/"})
		case err != nil || c.Value != fmt.Sprint("a-session-of-", login.Load()):
			http.SetCookie(w, &http.Cookie{Name: "sid", Path: "/", MaxAge: -1})
			w.WriteHeader(http.StatusUnauthorized)
			fmt.Fprint(w, `{"error":"session_expired"}`)
		default:
			fmt.Fprint(w, `{"orders":[]}`)
		}
	}))
	defer server.Close()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"opencollection.yml": "opencollection: 1.0.0\ninfo:\n  name: Shop\n",
		"login.yml":          "info: {name: login, type: http, seq: 1}\nhttp:\n  method: GET\n  url: \"" + server.URL + "/login\"\n",
		"me.yml":             "info: {name: me, type: http, seq: 2}\nhttp:\n  method: GET\n  url: \"" + server.URL + "/me\"\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	store, err := file.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	engine := client.New(client.Config{})
	defer engine.Close()
	c := New(Parts{Store: store, Engine: engine, Jars: filepath.Join(t.TempDir(), "cookies")})
	all, err := c.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	send := func(path string) (shell.Problem, int) {
		e := all.Root.Request(path)
		x, _, err := c.send(t.Context(), e, e.Saved, "", nil)
		if err != nil {
			t.Fatal(err)
		}
		return shell.Problem{Entry: e, Saved: e.Saved, Exchange: x, Tape: &diagnose.Tape{}}, x.Status()
	}
	me := all.Root.Request("me")
	if got := c.resolve(me, me.Saved, "", false).Cookies; got != nil {
		t.Errorf("before anything is sent the jar is not read, and yet it gives %q", got)
	}
	send("login")
	if got := c.resolve(me, me.Saved, "", false).Cookies; len(got) != 1 || got[0].Name != "sid" || got[0].Where != server.URL+"/" {
		t.Errorf("the jar gives %q, of %s", got, server.URL)
	}
	if _, status := send("me"); status != 200 {
		t.Fatalf("after the login: %d", status)
	}
	login.Add(1)
	failed, status := send("me")
	if status != 401 {
		t.Fatalf("after the end of the session: %d", status)
	}
	send("login") // the person is at it again, in another pane
	ask := shell.Asker{Note: func(string) {}, Reply: func(context.Context, diagnose.Question) (string, error) { return "", nil },
		Allow: func(context.Context, diagnose.Question) (shell.Consent, error) { return shell.Consent{}, nil }}
	r, err := c.diagnose(t.Context(), failed, ask, func(diagnose.Event) {})
	if err != nil || len(r.Verdict.Culprits) == 0 || r.Verdict.Culprits[0].Element != "cookie:sid" || r.Verdict.Culprits[0].Cause != "session_cookie_invalid" {
		t.Errorf("%+v, %v", r.Verdict, err)
	}
	if _, status := send("me"); status != 200 {
		t.Errorf("the probes changed the jar: %d", status)
	}
	c.parts.NoJar = true
	if got := c.resolve(me, me.Saved, "", false).Cookies; got != nil || c.jarred("").Jar != nil {
		t.Errorf("switched off in the configuration, the jar gives %q", got)
	}
	c.parts.NoJar = false
	// What a fix takes out of the jar is parted from what it changes in the request; another value is in neither.
	drop, own := diagnose.Edit{Element: "cookie:sid", Op: diagnose.Remove}, diagnose.Edit{Element: "method", Op: diagnose.Set, To: "HEAD"}
	for _, edits := range [][]diagnose.Edit{{drop}, {own, drop}} {
		a, err := c.repair(failed, diagnose.Fix{Edits: edits})
		if want := map[int]string{1: "GET", 2: "HEAD"}[len(edits)]; err != nil || !slices.Equal(a.Drop, []string{"sid"}) || a.Saved.Method != want {
			t.Errorf("%d edits: %+v, %v", len(edits), a, err)
		}
	}
	drop.Op, drop.To = diagnose.Set, "other"
	if _, err := c.repair(failed, diagnose.Fix{Edits: []diagnose.Edit{drop}}); !errors.Is(err, collections.ErrJarred) {
		t.Errorf("another value: %v", err)
	}
}
