package dossier

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"culprit/collections"
	"culprit/collections/file"
	"culprit/collections/history"
	"culprit/diagnose"
	"culprit/request"
)

const (
	localToken, prodToken, prodKey = "local-token-1f9a8c", "prod-token-77ae01", "k9"
)

// A world is a collection on disk with a history.
type world struct {
	t       *testing.T
	store   *file.Store
	history *history.History
	loaded  *collections.Collection
}

func build(t *testing.T, files map[string]string) *world {
	t.Helper()
	dir := t.TempDir()
	files["opencollection.yml"] = "opencollection: 1.0.0\ninfo:\n  name: c\n"
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := file.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	h := history.New(filepath.Join(t.TempDir(), "state"))
	t.Cleanup(func() { s.Close(); h.Close() })
	c, err := s.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return &world{t, s, h, c}
}

// subject is a saved request in an environment, with the values of secrets there.
func (w *world) subject(path, environment string) Subject {
	w.t.Helper()
	i := slices.IndexFunc(w.loaded.Root.Children, func(e *collections.Entry) bool { return e.Path == path })
	k := slices.IndexFunc(w.loaded.Environments, func(e collections.Environment) bool { return e.Name == environment })
	if i < 0 {
		w.t.Fatalf("no request %s", path)
	}
	o := collections.ResolveOptions{Dir: w.store.Dir(), Secrets: func(env, name string) (string, bool) {
		v, ok := map[string]string{"local token": localToken, "prod token": prodToken}[env+" "+name]
		return v, ok
	}}
	if k >= 0 {
		o.Environment = &w.loaded.Environments[k]
	}
	e := w.loaded.Root.Children[i]
	r, err := collections.Resolve(e, o)
	if err != nil {
		w.t.Fatal(err)
	}
	return Subject{Entry: e, Saved: e.Saved, Resolved: r, Options: o, Collection: w.loaded, History: w.history, Store: w.store}
}

// passed records that s passed with a body in the answer.
func (w *world) passed(s Subject, at time.Time, saved collections.Saved, answer string) {
	w.t.Helper()
	r, err := collections.ResolveSaved(s.Entry, saved, s.Options)
	if err != nil {
		w.t.Fatal(err)
	}
	x := &request.Exchange{Request: r.Request, Start: at, Took: 40 * time.Millisecond, Hops: []request.Hop{{
		Sent: request.Sent{Method: r.Request.Method, URL: r.Request.URL},
		Response: &request.Response{Status: 200, Body: request.NewContent([]byte(answer)),
			Header: []request.Field{{Name: "Content-Type", Value: "application/json"}, {Name: "Server", Value: "shop"}}},
	}}}
	if err := w.history.Record(w.t.Context(), collections.Record{Collection: w.store.Dir(), Entry: s.Entry.Path, Environment: s.environment(),
		Saved: saved, Exchange: x, Passed: true}); err != nil {
		w.t.Fatal(err)
	}
}

func gather(t *testing.T, s Subject) diagnose.Case {
	t.Helper()
	c := diagnose.Case{Request: s.Resolved.Request}
	for _, n := range Gather(t.Context(), s, &c) {
		t.Log(n)
	}
	return c
}

func saved(method, url, more string) string {
	return "info:\n  name: r\n  type: http\nhttp:\n  method: " + method + "\n  url: " + fmt.Sprintf("%q", url) + "\n" + more
}

func TestTheLastPassesAreKnownWithWhatCameBack(t *testing.T) {
	w := build(t, map[string]string{"a.yml": saved("GET", "http://x.test/a?limit=3", "")})
	s := w.subject("a", "")
	at := time.Now().Add(-24 * time.Hour)
	for i, limit := range []string{"1", "2", "2", "error"} {
		v := s.Saved
		v.URL = "http://x.test/a?limit=" + limit
		answer := `{"items":[]}`
		if limit == "error" {
			answer = `{"success":false,"error":"no"}` // a success that is none
		}
		w.passed(s, at.Add(time.Duration(i)*time.Hour), v, answer)
	}
	c := gather(t, s)
	if len(c.Good) != 2 || c.Good[0].Request.URL != "http://x.test/a?limit=2" || c.Good[1].Request.URL != "http://x.test/a?limit=1" {
		t.Fatalf("%+v", c.Good)
	}
	if want := 40 * time.Millisecond; !slices.Equal(c.Past, []time.Duration{want, want, want, want}) {
		t.Errorf("passes took %v", c.Past)
	}
	if len(c.Endings) != 4 || !c.Endings[0].Passed || !c.Endings[0].At.Equal(at.Add(3*time.Hour).Truncate(time.Millisecond)) {
		t.Errorf("endings: %+v", c.Endings)
	}
	if len(c.Earlier) != 3 || c.Earlier[0].Exchange.Status() != 200 || c.Earlier[2].Request.URL != "http://x.test/a?limit=1" {
		t.Errorf("earlier passes: %+v", c.Earlier)
	}
	g := c.Good[0]
	if !strings.HasPrefix(g.Label, "the last passing exchange of ") || !g.Worked() {
		t.Errorf("%+v", g)
	}
	if x := g.Exchange; x.Status() != 200 || x.Took != 40*time.Millisecond || string(x.Response().Body.Head(99)) != `{"items":[]}` {
		t.Errorf("what came back: %+v", g.Exchange)
	}
}

// TestTheOldestPassIsComparedWith: of many passes the newest are taken, and the oldest, which may be all that tells what
// it was like before it broke.
func TestTheOldestPassIsComparedWith(t *testing.T) {
	w := build(t, map[string]string{"a.yml": saved("GET", "http://x.test/a?limit=x", "")})
	s := w.subject("a", "")
	at := time.Now().Add(-24 * time.Hour)
	for i := range 9 {
		v := s.Saved
		v.URL = fmt.Sprintf("http://x.test/a?limit=%d", i)
		w.passed(s, at.Add(time.Duration(i)*time.Hour), v, `{"items":[]}`)
	}
	var got []string
	for _, k := range gather(t, s).Good {
		got = append(got, strings.TrimPrefix(k.Request.URL, "http://x.test/a?limit="))
	}
	if want := []string{"8", "7", "0"}; !slices.Equal(got, want) {
		t.Errorf("compared with %q, want %q", got, want)
	}
}

// TestAPassBeforeThereWereEnvironmentsIsKnown: the request passed, then the collection got its first environment, which is the
// one in use from then on.
func TestAPassBeforeThereWereEnvironmentsIsKnown(t *testing.T) {
	w := build(t, map[string]string{"a.yml": saved("GET", "http://x.test/a?sort=ascc", ""), "environments/local.yml": "name: local\nvariables: []\n"})
	s := w.subject("a", "")
	v := s.Saved
	v.URL = "http://x.test/a?sort=asc"
	w.passed(s, time.Now().Add(-time.Hour), v, `{}`)
	k := gather(t, w.subject("a", "local")).Good
	if len(k) != 1 || k[0].From != diagnose.FromEnvironment || k[0].Request.URL != v.URL || !strings.HasPrefix(k[0].Label, "what passed without an environment on ") {
		t.Errorf("%+v", k)
	}
}

// TestAPassWithAnotherTokenIsKnownAsSuch: the request passed, and the secret in it has another value now.
func TestAPassWithAnotherTokenIsKnownAsSuch(t *testing.T) {
	w := build(t, map[string]string{
		"a.yml":                  saved("GET", "http://x.test/a", "  headers:\n    - name: X-Api-Key\n      value: \"{{token}}\"\n"),
		"environments/local.yml": "name: local\nvariables:\n  - name: token\n    secret: true\n",
	})
	s := w.subject("a", "local")
	w.passed(s, time.Now().Add(-time.Hour), s.Saved, `{}`)
	if k := gather(t, s).Good; len(k) != 1 || len(k[0].Otherwise) > 0 || k[0].From != diagnose.FromHistory {
		t.Errorf("with the same token: %+v", k)
	}
	s.Options.Secrets = func(string, string) (string, bool) { return "another-token-55d2", true }
	var err error
	if s.Resolved, err = collections.Resolve(s.Entry, s.Options); err != nil {
		t.Fatal(err)
	}
	if k := gather(t, s).Good; len(k) != 1 || len(k[0].Otherwise) == 0 || k[0].From != diagnose.FromVersion {
		t.Errorf("with another token: %+v", k)
	}
}

func TestSiblingsOfTheSameOperation(t *testing.T) {
	w := build(t, map[string]string{
		"me.yml":       saved("GET", "http://x.test/orders/{{id}}/items?limit=a", "runtime:\n  variables:\n    - name: id\n      value: abc\n"),
		"same.yml":     saved("GET", "http://x.test/orders/17/items?limit=5", ""),
		"port.yml":     saved("GET", "http://x.test:81/orders/17/items?limit=5", ""),
		"tls.yml":      saved("GET", "https://x.test/orders/17/items?limit=5", ""),
		"other.yml":    saved("GET", "http://x.test/orders/17/notes?limit=5", ""),
		"method.yml":   saved("POST", "http://x.test/orders/17/items?limit=5", ""),
		"elsehost.yml": saved("GET", "http://y.test/orders/17/items?limit=5", ""),
	})
	c := gather(t, w.subject("me", ""))
	var labels []string
	for _, g := range c.Good {
		labels = append(labels, g.Label)
		if g.Worked() {
			t.Errorf("%q was never seen to work", g.Label)
		}
	}
	if !slices.Equal(labels, []string{"the saved request same of the same operation"}) {
		t.Errorf("known: %q", labels)
	}
	if len(c.Siblings) != 4 { // tls.yml, too, has host x.test, but its port is written nowhere
		t.Errorf("%d siblings", len(c.Siblings))
	}
}

// everywhere is a request that has a credential, or something of the environment, at every place.
var everywhere = saved("POST", "{{base}}/{{version}}/hook/{{hook}}?tenant={{tenant}}&api_key={{loose}}&note=n-{{token}}", `  headers:
    - name: X-Tenant
      value: "{{tenant}}"
    - name: X-Plain
      value: "k {{loose}}"
    - name: X-Session-Token
      value: "{{stamp}}"
    - name: Host
      value: "{{tenant}}.example"
    - name: Cookie
      value: "sid={{stamp}}"
  body:
    type: json
    data: '{"tenant":"{{tenant}}","auth":{"password":"{{stamp}}","user":"u"},"deep":{"t":"{{token}}"},"copy":["{{loose}}"]}'
  auth:
    type: bearer
    token: "{{token}}"
`)

func environmentOf(name, base, version, tenant, loose string) string {
	return fmt.Sprintf(`name: %s
variables:
  - name: base
    value: %s
  - name: version
    value: %s
  - name: tenant
    value: %s
  - name: stamp
    value: stamp-of-%s
  - name: loose
    value: "-"
  - name: api_secret
    value: %s
  - name: hook
    value: %s
  - name: token
    secret: true
`, name, base, version, tenant, name, loose, "T"+strings.ToUpper(name)+"00/xoxb-4815162342-abcDEFghi"+name)
}

func TestNoCredentialCrossesEnvironments(t *testing.T) {
	w := build(t, map[string]string{
		"r.yml":                  everywhere,
		"environments/local.yml": environmentOf("local", "http://local.test:8080", "v1", "acme", "local-loose"),
		"environments/prod.yml":  strings.Replace(environmentOf("prod", "https://u:p@prod.example", "v2", "umbrella", prodKey), `value: "-"`, "value: "+prodKey, 1),
	})
	here, there := w.subject("r", "local"), w.subject("r", "prod")
	check := func(t *testing.T, host string) {
		t.Helper()
		c := gather(t, here)
		if len(c.Good) != 1 {
			t.Fatalf("%+v", c.Good)
		}
		g := c.Good[0]
		text := fmt.Sprintf("%+v", g.Request)
		for _, secret := range []string{prodToken, prodKey, "prod.example", "xoxb-4815162342-abcDEFghiprod", "umbrella.example", "stamp-of-prod", "u:p@", "culprit-secret"} {
			if strings.Contains(text, secret) {
				t.Errorf("%q of the other environment is in %s", secret, text)
			}
		}
		if !strings.HasPrefix(g.Request.URL, host) || g.Request.Auth.Param("token") != localToken {
			t.Errorf("it goes to %s with %v", g.Request.URL, g.Request.Auth)
		}
		if request.Get(g.Request.Header, "X-Tenant") != "umbrella" || !strings.Contains(g.Request.Body.Text, `"tenant":"umbrella"`) {
			t.Errorf("what is no secret was not carried: %s", text)
		}
		if request.Get(g.Request.Header, "X-Session-Token") != "stamp-of-local" || !strings.Contains(g.Request.Body.Text, `"password":"stamp-of-local"`) {
			t.Errorf("what is called a secret was carried: %s", text)
		}
		if !strings.Contains(g.Label, "environment prod") || g.Worked() {
			t.Errorf("label %q", g.Label)
		}
	}
	t.Run("as it is saved", func(t *testing.T) { check(t, "http://local.test:8080/") })
	w.passed(there, time.Now(), there.Saved, "{}")
	t.Run("as it passed there", func(t *testing.T) { check(t, "http://local.test:8080/") })
}
