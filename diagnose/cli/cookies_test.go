package cli_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	collcli "culprit/collections/cli"
	"culprit/collections/history"
	"culprit/request"
	kit "culprit/request/cli"
	"culprit/request/client"
)

// A site is an API with a login whose sessions live on the server.
type site struct {
	*httptest.Server
	mu   sync.Mutex
	good string // the session that is valid
	seen []string
}

func newSite(t *testing.T) *site {
	s := &site{}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen = append(s.seen, r.URL.Path+" "+r.Header.Get("Cookie"))
	w.Header().Set("Content-Type", "application/json")
	c, err := r.Cookie("sid")
	switch {
	case r.URL.Path == "/login":
		s.good = fmt.Sprintf("session-%d-5f3a9c", len(s.seen))
		http.SetCookie(w, &http.Cookie{Name: "sid", Value: s.good, Path: "/", HttpOnly: true})
		http.SetCookie(w, &http.Cookie{Name: "lang", Value: "en", Path: "/"})
		fmt.Fprint(w, `{"welcome":true}`)
	case err != nil || c.Value != s.good:
		http.SetCookie(w, &http.Cookie{Name: "sid", Path: "/", MaxAge: -1})
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprint(w, `{"error":"session_expired"}`)
	default:
		fmt.Fprint(w, `{"orders":[{"id":1}]}`)
	}
}

// end ends all sessions on the server.
func (s *site) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.good, s.seen = "none", nil
}

// TestASessionOfTheJarThatIsGone: the diagnosis sees the cookie that the jar added, sends it as it is, leaves the jar alone
// and says where the cookie is; no file is changed.
func TestASessionOfTheJarThatIsGone(t *testing.T) {
	s := newSite(t)
	dir := folder(t, map[string]string{
		"login.yml": "info: {name: login, type: http}\nhttp:\n  method: GET\n  url: \"" + s.URL + "/login\"\n",
		"me.yml":    "info: {name: me, type: http}\nhttp:\n  method: GET\n  url: \"" + s.URL + "/me\"\n",
	})
	run := jarred(t, dir)
	run("send", "login")
	code, out, text := run("send", "me")
	if code != 0 || !strings.Contains(out, "orders") || !strings.Contains(text, "with cookies of the jar: sid, lang") {
		t.Fatalf("%d %s%s", code, out, text)
	}
	s.end()
	code, out, text = run("diagnose", "me", "--apply")
	if code != 1 || !strings.Contains(out, "culprit   cookie:sid") || !strings.Contains(out, "session_cookie_invalid") || !strings.Contains(out, "is in the jar") {
		t.Errorf("%d\n%s%s", code, out, text)
	}
	if strings.Contains(out+text, "session-1-5f3a9c") || !strings.HasPrefix(strings.Join(s.seen, ","), "/me sid=session-1-5f3a9c; lang=en,/me ") {
		t.Errorf("%q\n%s%s", s.seen, out, text)
	}
	if _, out, _ = run("cookies"); !strings.Contains(out, " sid=••••••") { // a probe that was told to forget it changed nothing
		t.Errorf("the jar: %s", out)
	}
	run("cookies", "clear")
	if _, out, text = run("diagnose", "me"); !strings.Contains(text, "it passed with the cookies sid, which the jar does not have any more") {
		t.Errorf("of an empty jar: %s%s", out, text)
	}
	if !strings.Contains(out, "culprit   cookie:sid") || !strings.Contains(out, "session_cookie_invalid") || !strings.Contains(out, "from the saved request login (--allow-login)") {
		t.Errorf("the session that is gone is not named: %s", out)
	}
	code, out, text = run("diagnose", "me", "--allow-login")
	if code != 0 || !strings.Contains(out, "CONFIRMED") || !strings.Contains(out, "with the cookie sid it passes") || strings.Contains(out+text, "session-2") {
		t.Errorf("with a login: %d %s%s", code, out, text)
	}
	if _, _, text = run("cookies"); !strings.Contains(text, "is empty") {
		t.Errorf("a probe wrote into the jar: %s", text)
	}
	run("send", "login")
	if code, out, _ = run("send", "me", "--fail"); code != 0 {
		t.Errorf("after a login: %d %s", code, out)
	}
}

// TestACookieOfTheJarBreaksTheRequest: it is found, taken out of the jar as the words say, and then it passes.
func TestACookieOfTheJarBreaksTheRequest(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch _, err := r.Cookie("prefs"); {
		case r.URL.Path == "/prefs":
			w.Header().Add("Set-Cookie", "prefs=%7Bbroken; Path=/")
			w.Header().Add("Set-Cookie", "lang=en; Path=/")
			fmt.Fprint(w, `{}`)
		case err == nil:
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprint(w, `{"error":"bad request"}`)
		default:
			fmt.Fprint(w, `{"orders":[]}`)
		}
	}))
	defer s.Close()
	dir := folder(t, map[string]string{
		"prefs.yml": "info: {name: prefs, type: http}\nhttp:\n  method: GET\n  url: \"" + s.URL + "/prefs\"\n",
		"me.yml":    "info: {name: me, type: http}\nhttp:\n  method: GET\n  url: \"" + s.URL + "/me\"\n",
	})
	run := jarred(t, dir)
	run("send", "prefs")
	before, err := os.ReadFile(filepath.Join(dir, "me.yml"))
	if err != nil {
		t.Fatal(err)
	}
	code, out, text := run("diagnose", "me", "--apply")
	if code != 1 || !strings.Contains(out, "culprit   cookie:prefs") || !strings.Contains(out, "CONFIRMED") || !strings.Contains(text, "culprit cookies clear prefs") {
		t.Errorf("%d\n%s%s", code, out, text)
	}
	if after, _ := os.ReadFile(filepath.Join(dir, "me.yml")); string(after) != string(before) {
		t.Errorf("the file says\n%s", after)
	}
	if code, _, text = run("cookies", "clear", "prefs"); code != 0 {
		t.Error(text)
	}
	if code, out, text = run("send", "me", "--fail"); code != 0 || !strings.Contains(text, "with cookies of the jar: lang") {
		t.Errorf("%d %s%s", code, out, text)
	}
}

// TestTheNameOfACookieIsNoCommand: a server chose it, and a person copies the line into a shell.
func TestTheNameOfACookieIsNoCommand(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch bad := strings.Contains(r.Header.Get("Cookie"), "prefs"); {
		case r.URL.Path == "/prefs":
			w.Header().Add("Set-Cookie", "prefs$(id)=%7Bbroken; Path=/")
		case bad:
			w.WriteHeader(http.StatusBadRequest)
		}
		fmt.Fprint(w, `{}`)
	}))
	defer s.Close()
	run := jarred(t, folder(t, map[string]string{
		"prefs.yml": "info: {name: prefs, type: http}\nhttp:\n  method: GET\n  url: \"" + s.URL + "/prefs\"\n",
		"me.yml":    "info: {name: me, type: http}\nhttp:\n  method: GET\n  url: \"" + s.URL + "/me\"\n",
	}))
	run("send", "prefs")
	if _, out, text := run("diagnose", "me"); !strings.Contains(out, "is in the jar") || strings.Contains(out+text, "clear prefs$(id)") {
		t.Errorf("%s%s", out, text)
	}
}

// TestALoginIsNotWhateverSetsTheSession: every answer sets the session anew, as many frameworks do. Of the requests that got it
// so the one that signs in is sent again, and not the order that was placed last.
func TestALoginIsNotWhateverSetsTheSession(t *testing.T) {
	var orders, sessions atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := r.Cookie("sid")
		if r.Method+r.URL.Path == "POST/orders" {
			orders.Add(1)
		}
		switch {
		case r.URL.Path == "/auth/login":
			sessions.Add(1)
		case err != nil || c.Value != fmt.Sprintf("session-%d-5f3a9c", sessions.Load()):
			w.WriteHeader(http.StatusUnauthorized)
			fmt.Fprint(w, `{"error":"session_expired"}`)
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "sid", Value: fmt.Sprintf("session-%d-5f3a9c", sessions.Load()), Path: "/", HttpOnly: true})
		fmt.Fprint(w, `{"ok":true}`)
	}))
	defer s.Close()
	one := func(name, method, path string) string {
		return "info: {name: " + name + ", type: http}\nhttp:\n  method: " + method + "\n  url: \"" + s.URL + path + "\"\n"
	}
	run := jarred(t, folder(t, map[string]string{"login.yml": one("login", "POST", "/auth/login"), "order.yml": one("order", "POST", "/orders"), "list.yml": one("list", "GET", "/orders"), "me.yml": one("me", "GET", "/me")}))
	for _, name := range []string{"login", "me", "list", "order"} {
		if code, out, text := run("send", name, "--fail"); code != 0 {
			t.Fatalf("%s: %s%s", name, out, text)
		}
	}
	sessions.Add(1) // the server has forgotten it
	code, out, text := run("diagnose", "me", "--allow-login")
	if code != 0 || !strings.Contains(out, "CONFIRMED") || orders.Load() != 1 {
		t.Errorf("%d, %d orders: %s%s", code, orders.Load(), out, text)
	}
}

// jarred runs commands on a collection as one program after another would, with a history and jars.
func jarred(t *testing.T, dir string) func(args ...string) (int, string, string) {
	return jarredIn(t, dir, t.TempDir(), nil)
}

// jarredIn is jarred with what an earlier program left, and a configuration.
func jarredIn(t *testing.T, dir, state string, noJar func() bool) func(args ...string) (int, string, string) {
	return func(args ...string) (int, string, string) {
		t.Helper()
		var o, e strings.Builder
		d := collcli.Deps{
			Streams: kit.Streams{Out: &o, Err: &e}, History: history.New(state), Jars: filepath.Join(state, "cookies"), NoJar: noJar,
			Engine: func() *request.Engine { return client.New(client.Config{}) },
		}
		defer d.History.Close()
		code := kit.Main(t.Context(), root(d), append(args, "-C", dir, "--color", "never"), d.Streams)
		return code, o.String(), e.String()
	}
}

// TestTheConfigurationSwitchesAllJarsOff: nothing is kept, nothing goes along, and what is there can be seen and taken out.
func TestTheConfigurationSwitchesAllJarsOff(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Set-Cookie", strings.TrimPrefix(r.URL.Path, "/")+"=1; Path=/")
		fmt.Fprint(w, r.Header.Get("Cookie"))
	}))
	defer s.Close()
	one := func(name string) string {
		return "info: {name: " + name + ", type: http}\nhttp:\n  method: GET\n  url: \"" + s.URL + "/" + name + "\"\n"
	}
	dir := folder(t, map[string]string{"a.yml": one("a"), "b.yml": one("b")})
	state := t.TempDir()
	run, off := jarredIn(t, dir, state, nil), jarredIn(t, dir, state, func() bool { return true })
	run("send", "a")
	if _, out, _ := run("send", "b"); out != "a=1" {
		t.Fatalf("with the jar: %q", out)
	}
	if _, out, text := off("send", "a"); out != "" || strings.Contains(text, "jar") {
		t.Errorf("switched off: %q %s", out, text)
	}
	if _, out, text := off("cookies"); !strings.Contains(out, "a") || !strings.Contains(text, "cookies = false in config.toml") {
		t.Errorf("%s%s", out, text)
	}
}
