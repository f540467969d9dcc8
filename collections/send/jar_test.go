package send_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"culprit/collections"
	"culprit/collections/history"
	"culprit/collections/jar"
	"culprit/collections/send"
	"culprit/request"
	"culprit/request/client"
)

// A world of cookies is two servers on two ports of one host, and what each of them was sent.
type cookieWorld struct {
	shop, other, safe *httptest.Server
	dir               string
	seen              []string // path and Cookie of each request
	past              *history.History
}

func newCookieWorld(t *testing.T) *cookieWorld {
	w := &cookieWorld{dir: filepath.Join(t.TempDir(), "cookies"), past: history.New(filepath.Join(t.TempDir(), "state"))}
	t.Cleanup(func() { w.past.Close() })
	mux := http.NewServeMux()
	mux.HandleFunc("/login", func(rw http.ResponseWriter, r *http.Request) {
		for _, line := range []string{"sid=s3cret-session-1; Path=/; HttpOnly", "theme=dark; Path=/", "cart=1; Path=/cart", "safe=1; Secure", "wide=1; Domain=com"} {
			rw.Header().Add("Set-Cookie", line)
		}
		http.Redirect(rw, r, "/me", http.StatusSeeOther)
	})
	mux.HandleFunc("/away", func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Add("Set-Cookie", "fresh=1; Path=/")
		http.Redirect(rw, r, w.other.URL+"/back", http.StatusFound)
	})
	mux.HandleFunc("/hand", func(rw http.ResponseWriter, r *http.Request) {
		http.Redirect(rw, r, w.other.URL+"/me?"+r.URL.RawQuery, http.StatusFound)
	})
	mux.HandleFunc("/back", func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Add("Set-Cookie", "elsewhere=1; Path=/")
		http.Redirect(rw, r, w.shop.URL+"/me", http.StatusFound)
	})
	mux.HandleFunc("/to", func(rw http.ResponseWriter, r *http.Request) {
		http.Redirect(rw, r, r.FormValue("url"), http.StatusFound)
	})
	mux.HandleFunc("/logout", func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Add("Set-Cookie", "sid=; Path=/; Max-Age=0")
	})
	mux.HandleFunc("/secure", func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Add("Set-Cookie", "__Host-sid=1; Path=/; Secure")
	})
	mux.HandleFunc("/", func(http.ResponseWriter, *http.Request) {})
	listen := func(r *http.Request, name string) {
		w.seen = append(w.seen, name+r.URL.Path+" "+r.Header.Get("Cookie"))
	}
	of := func(name string) http.Handler {
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) { listen(r, name); mux.ServeHTTP(rw, r) })
	}
	w.shop, w.other, w.safe = httptest.NewServer(of("shop")), httptest.NewServer(of("other")), httptest.NewTLSServer(of("safe"))
	for _, s := range []*httptest.Server{w.shop, w.other, w.safe} {
		t.Cleanup(s.Close)
	}
	return w
}

// send sends a request of a collection in an environment, with an engine of its own, as a program that was just started.
func (w *cookieWorld) send(t *testing.T, url, environment string, edit func(*collections.Saved)) send.Sent {
	t.Helper()
	e := &collections.Entry{Kind: collections.HTTP, Path: "a", Saved: collections.Saved{URL: url}}
	if edit != nil {
		edit(&e.Saved)
	}
	engine := client.New(client.Config{})
	defer engine.Close()
	do := send.Sender{Do: engine.Do, Recorder: w.past}
	if strings.HasPrefix(url, "https") {
		do.Do = insecure(engine)
	}
	sent, err := do.Send(t.Context(), e, e.Saved, w.options(environment), nil)
	if err != nil || sent.Unkept != nil || sent.Unrecorded != nil {
		t.Fatalf("%s: %v, %v, %v", url, err, sent.Unkept, sent.Unrecorded)
	}
	return sent
}

func (w *cookieWorld) options(environment string) collections.ResolveOptions {
	return collections.ResolveOptions{Dir: "/shop", Jar: jar.Of(w.dir, "/shop", environment), Environment: &collections.Environment{Name: environment}}
}

func insecure(e *request.Engine) send.Doer {
	return func(ctx context.Context, r request.Request, emit func(request.Event)) (*request.Exchange, error) {
		r.Settings.TLS.Insecure = true
		return e.Do(ctx, r, emit)
	}
}

// last is what the servers got since it was asked last.
func (w *cookieWorld) last() string {
	out := strings.Join(w.seen, ", ")
	w.seen = nil
	return out
}

func (w *cookieWorld) wants(t *testing.T, what, want string) {
	t.Helper()
	if got := w.last(); got != want {
		t.Errorf("%s:\ngot  %s\nwant %s", what, got, want)
	}
}

// TestALoginLasts: what the answer to one request sets goes along with the next, to that place alone.
func TestALoginLasts(t *testing.T) {
	w := newCookieWorld(t)
	shop, other := w.shop.URL, w.other.URL
	sent := w.send(t, shop+"/login", "dev", nil)
	w.wants(t, "the redirect after the login carries the session", "shop/login , shop/me sid=s3cret-session-1; theme=dark")
	var became []string
	for _, s := range sent.Exchange.Hops[0].Response.Stored {
		became = append(became, s.Name+" "+s.Why)
	}
	for i, want := range []string{"sid ", "theme ", "cart ", "safe refused: it is Secure, and the answer came over http", "wide refused: its Domain com is not that of 127.0.0.1"} {
		if became[i] != want {
			t.Errorf("got %q, want %q", became[i], want)
		}
	}
	if got := strings.Join(sent.Exchange.Hops[1].Sent.Jar, " "); got != "sid theme" {
		t.Errorf("the jar added %q", got)
	}

	w.send(t, shop+"/me", "dev", nil)
	w.wants(t, "the next request", "shop/me sid=s3cret-session-1; theme=dark")
	w.send(t, shop+"/cart/1", "dev", nil)
	w.wants(t, "below the path", "shop/cart/1 cart=1; sid=s3cret-session-1; theme=dark")
	w.send(t, other+"/me", "dev", nil)
	w.wants(t, "another port", "other/me ")
	w.send(t, strings.Replace(shop, "127.0.0.1", "localhost", 1)+"/me", "dev", nil)
	w.wants(t, "another host", "shop/me ")
	w.send(t, w.safe.URL+"/me", "dev", nil)
	w.wants(t, "another scheme", "safe/me ")
	w.send(t, shop+"/me", "prod", nil)
	w.send(t, shop+"/me", "", nil)
	w.wants(t, "another environment, and none", "shop/me , shop/me ")

	no := false
	w.send(t, shop+"/login", "prod", func(s *collections.Saved) { s.Settings.Cookies = &no })
	w.send(t, shop+"/me", "prod", nil)
	w.wants(t, "switched off, nothing is kept", "shop/login , shop/me , shop/me ")
	sent = w.send(t, shop+"/me", "dev", func(s *collections.Saved) { s.Settings.Cookies = &no })
	w.wants(t, "switched off, nothing is sent", "shop/me ")

	w.send(t, shop+"/me", "dev", func(s *collections.Saved) { s.Headers = []collections.Row{{Name: "Cookie", Value: "sid=mine"}} })
	w.wants(t, "the request names it itself", "shop/me sid=mine; theme=dark")

	w.send(t, shop+"/me", "dev", func(s *collections.Saved) { s.Headers = []collections.Row{{Name: "Cookie", Value: " ;"}} })
	w.wants(t, "the request names none", "shop/me sid=s3cret-session-1; theme=dark")

	w.send(t, shop+"/away", "dev", nil)
	w.wants(t, "through another port and back", "shop/away sid=s3cret-session-1; theme=dark, other/back , shop/me sid=s3cret-session-1; theme=dark; fresh=1")
	w.send(t, other+"/me", "dev", nil)
	w.wants(t, "each port has its own", "other/me elsewhere=1")

	w.send(t, shop+"/hand?theme=dark", "dev", nil)
	if got := w.last(); !strings.HasSuffix(got, ", other/me elsewhere=1") {
		t.Errorf("a cookie that is no credential keeps no redirect from another origin: %s", got)
	}
	w.send(t, shop+"/hand?x=s3cret-session-1", "dev", nil)
	if got := w.last(); strings.Contains(got, "other") {
		t.Errorf("the session went to another origin: %s", got)
	}
	w.send(t, shop+"/logout", "dev", nil)
	w.send(t, shop+"/me", "dev", nil)
	w.wants(t, "after the logout", "shop/logout sid=s3cret-session-1; theme=dark; fresh=1, shop/me theme=dark; fresh=1")

	w.send(t, w.safe.URL+"/secure", "dev", nil)
	w.send(t, w.safe.URL+"/me", "dev", nil)
	w.wants(t, "over https", "safe/secure , safe/me __Host-sid=1")
}

// TestWhatTheJarAddsIsNoPartOfTheFile: a fix of a cookie of the jar is refused with what to do, another leaves it out.
func TestWhatTheJarAddsIsNoPartOfTheFile(t *testing.T) {
	w := newCookieWorld(t)
	w.send(t, w.shop.URL+"/login", "dev", nil)
	e := &collections.Entry{Kind: collections.HTTP, Path: "a", Saved: collections.Saved{URL: w.shop.URL + "/me", Headers: []collections.Row{{Name: "Cookie", Value: "own=1"}}}}
	resolved, err := collections.Resolve(e, w.options("dev"))
	if err != nil {
		t.Fatal(err)
	}
	amend := func(cookie string) (collections.Amendment, error) {
		to := resolved.Request.Clone()
		to.Header = request.Set(to.Header, "Cookie", cookie)
		to.Header = request.Set(to.Header, "X-New", "1")
		return collections.Amend(e, e.Saved, resolved, to, w.options("dev"))
	}
	if got := request.Get(resolved.Request.Header, "Cookie"); got != "own=1; sid=s3cret-session-1; theme=dark" {
		t.Fatalf("it went out with %q", got)
	}
	if _, err := amend("own=1; theme=dark"); !errors.Is(err, collections.ErrJarred) || !strings.Contains(err.Error(), "culprit cookies clear sid") {
		t.Errorf("without the session: %v", err)
	}
	a, err := amend("own=2; sid=s3cret-session-1; theme=dark")
	if err != nil || a.Saved.Headers[0].Value != "own=2" || a.Saved.Headers[1].Name != "X-New" {
		t.Errorf("%+v, %v", a.Saved.Headers, err)
	}
}

// TestTheHistoryHoldsNoCookieOfTheJar: it knows their names, and a replay sends what went then, not what the jar has since.
func TestTheHistoryHoldsNoCookieOfTheJar(t *testing.T) {
	w := newCookieWorld(t)
	w.send(t, w.shop.URL+"/login", "dev", nil)
	first := w.send(t, w.shop.URL+"/me", "dev", nil)
	id := first.Exchange.ID
	x, err := w.past.Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(x.Whole().Hops[0].Sent.Jar, " "); got != "sid theme" {
		t.Errorf("what the jar added: %q", got)
	}
	files := 0
	err = filepath.Walk(filepath.Dir(w.dir), func(path string, info os.FileInfo, err error) error {
		b, _ := os.ReadFile(path)
		if files++; !strings.HasPrefix(path, w.dir) && (strings.Contains(string(b), "s3cret-session-1") || strings.Contains(string(b), "theme=dark")) {
			t.Errorf("the session is in %s", path)
		}
		return err
	})
	if err != nil || files < 2 {
		t.Fatalf("%d files, %v", files, err)
	}
	w.send(t, w.shop.URL+"/away", "dev", nil) // the jar has one more now
	now := w.send(t, w.shop.URL+"/me", "dev", nil)
	again, _, err := w.past.Request(t.Context(), id, now.Resolved.Secret)
	if got := request.Get(again.Header, "Cookie"); err != nil || got != "sid=s3cret-session-1; theme=dark" {
		t.Errorf("it is replayed with %q, %v", got, err)
	}
	var changed *history.Changed
	again, _, err = w.past.Request(t.Context(), id, func(ref string) (string, bool) { return "s3cret-session-1", ref == "cookie sid" })
	if got := request.Get(again.Header, "Cookie"); !errors.As(err, &changed) || got != "sid=s3cret-session-1" {
		t.Errorf("without one that is no credential: %q, %v", got, err)
	}
	if _, _, err = w.past.Request(t.Context(), id, func(ref string) (string, bool) { return "theme=dark", ref == "cookie theme" }); !errors.Is(err, history.ErrNoSecret) {
		t.Errorf("without the session: %v", err)
	}
}

// TestAPlainCookieOfTheJarIsNoSecret: what stands in a query as it stands in a cookie is shown, kept and followed as it is.
func TestAPlainCookieOfTheJarIsNoSecret(t *testing.T) {
	w := newCookieWorld(t)
	w.send(t, w.shop.URL+"/login", "dev", nil)
	to := w.shop.URL + "/to?url=" + url.QueryEscape(w.other.URL+"/me?theme=dark")
	sent := w.send(t, to, "dev", nil)
	if len(sent.Exchange.Hops) != 2 {
		t.Errorf("the redirect is not followed: %+v", sent.Exchange.Last().Followed)
	}
	x, err := w.past.Get(t.Context(), sent.Exchange.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := x.Hops[1].URL; got != w.other.URL+"/me?theme=dark" {
		t.Errorf("the history has %s", got)
	}
}

// TestAJarThatCannotBeReadStopsNothing and is not overwritten.
func TestAJarThatCannotBeReadStopsNothing(t *testing.T) {
	w := newCookieWorld(t)
	w.send(t, w.shop.URL+"/login", "dev", nil)
	names, err := filepath.Glob(filepath.Join(w.dir, "*.json"))
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	if err := os.WriteFile(names[0], []byte(`{"schema":`), 0o600); err != nil {
		t.Fatal(err)
	}
	w.last()
	sent := w.send(t, w.shop.URL+"/login", "dev", nil)
	if len(sent.Resolved.Warnings) != 1 || !strings.Contains(sent.Resolved.Warnings[0], "cannot be read") || w.last() != "shop/login , shop/me " {
		t.Errorf("%q", sent.Resolved.Warnings)
	}
	if b, _ := os.ReadFile(names[0]); string(b) != `{"schema":` {
		t.Errorf("it was overwritten: %s", b)
	}
	if err := jar.Of(w.dir, "/shop", "dev").Clear(); err != nil {
		t.Fatal(err)
	}
	w.send(t, w.shop.URL+"/login", "dev", nil)
	w.wants(t, "after it was cleared", "shop/login , shop/me sid=s3cret-session-1; theme=dark")
}
