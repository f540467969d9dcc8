package collections

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"culprit/request"
	"culprit/request/vars"
)

// shop is a collection with a folder and a request in it.
func shop(saved Saved) (*Entry, ResolveOptions) {
	root := &Entry{Kind: Folder, Saved: Saved{
		Headers: []Row{{Name: "X-Team", Value: "{{team}}"}, {Name: "X-Over", Value: "root"}, {Name: "X-Off", Off: true}},
		Auth:    SavedAuth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: "{{token}}"}}},
		Vars:    []Variable{{Name: "team", Value: "root"}, {Name: "v", Value: "root"}},
	}}
	folder := &Entry{Kind: Folder, Path: "orders", Parent: root, Saved: Saved{
		Headers: []Row{{Name: "X-Over", Value: "folder"}},
		Auth:    SavedAuth{Scheme: "inherit"},
		Vars:    []Variable{{Name: "v", Value: "folder"}},
	}}
	e := &Entry{Kind: HTTP, Path: "orders/create", Parent: folder, Saved: InStep(saved)}
	return e, ResolveOptions{Dir: "/c", Environment: &Environment{Name: "local", Variables: []Variable{
		{Name: "host", Value: "http://127.0.0.1:1"}, {Name: "team", Value: "env"}, {Name: "color", Value: "red"}, {Name: "token", Secret: true},
	}}, Secrets: func(env, name string) (string, bool) { return "s3cret-token", env == "local" && name == "token" }}
}

func TestResolveInheritsAndFillsIn(t *testing.T) {
	e, o := shop(Saved{
		Method: "POST", URL: "{{host}}/orders/:id/items?q={{v}}&flag#f",
		Params:  []Row{{Name: "id", Value: "a b{{v}}", Kind: "path"}, {Name: "old", Value: "x", Kind: "query", Off: true}},
		Headers: []Row{{Name: "X-Over", Value: "own {{v}}"}},
		Auth:    SavedAuth{Scheme: "inherit"},
		Body:    SavedBody{Type: "json", Text: "{\n  // comment\n  \"a\": \"http://x\" /* c */, \"n\": {{n}}\n}"},
		Vars:    []Variable{{Name: "n", Value: "7"}},
	})
	got, err := Resolve(e, o)
	if err != nil {
		t.Fatal(err)
	}
	r := got.Request
	if r.URL != "http://127.0.0.1:1/orders/a%20bfolder/items?q=folder&flag#f" {
		t.Errorf("URL %q", r.URL)
	}
	want := []request.Field{{Name: "X-Team", Value: "env"}, {Name: "X-Over", Value: "own folder"}}
	if !slices.Equal(r.Header[:2], want) || request.Get(r.Header, "User-Agent") != agent || request.Has(r.Header, "X-Off") {
		t.Errorf("headers %+v", r.Header)
	}
	if r.Auth.Param("token") != "s3cret-token" || len(r.Secrets) != 1 || r.Secrets[0].Ref != "environment local.token" {
		t.Errorf("auth %+v, secrets %+v", r.Auth, r.Secrets)
	}
	if r.Body.Text != "{\n  \n  \"a\": \"http://x\" , \"n\": 7\n}" || r.Body.Type != "application/json" {
		t.Errorf("body %q", r.Body.Text)
	}
	if !r.Confine || r.Dir != "/c" || r.Settings.Follow != 5 {
		t.Errorf("not confined: %+v", r)
	}
	i := slices.IndexFunc(got.Uses, func(u vars.Use) bool { return u.Name == "v" && u.Where == "header X-Over" })
	if i < 0 || got.Uses[i].Scope != "folder orders" || !slices.Equal(got.Uses[i].Shadows, []string{"collection"}) {
		t.Errorf("uses %+v", got.Uses)
	}
}

func TestWhatHasNoValueStopsTheSend(t *testing.T) {
	e, o := shop(Saved{URL: "{{hots}}/x?e={{process.env.HOME}}", Auth: SavedAuth{Scheme: "inherit"}})
	o.Secrets = nil
	_, err := Resolve(e, o)
	var u *Unfilled
	if !errors.As(err, &u) || !slices.Equal(u.Names, []string{"hots", "process.env.HOME", "token"}) || !slices.Equal(u.Secrets, []string{"token"}) {
		t.Fatalf("got %v", err)
	}
	for _, s := range []string{"did you mean {{host}}", "token: a secret of environment local", "culprit secret set token --env local"} {
		if !strings.Contains(err.Error(), s) {
			t.Errorf("%q is not in %q", s, err)
		}
	}
}

func TestResolveSaysWhatIsNotBuilt(t *testing.T) {
	e, o := shop(Saved{URL: "{{host}}", Auth: SavedAuth{Scheme: "hawk"}})
	if _, err := Resolve(e, o); !errors.Is(err, ErrNotBuilt) || !strings.Contains(err.Error(), "auth hawk") {
		t.Errorf("got %v", err)
	}
	e, o = shop(Saved{URL: "{{host}}"})
	e.Kind, e.Type = Other, "grpc"
	if _, err := Resolve(e, o); !errors.Is(err, ErrNotBuilt) {
		t.Errorf("got %v", err)
	}
	e, o = shop(Saved{URL: "x.test/a?q=a b&n=1%202"})
	e.Met = []string{"script before-request"}
	yes := true
	e.Saved.Settings.EncodeURL = &yes
	r, err := Resolve(e, o)
	if err != nil || len(r.Warnings) != 1 || r.Request.Auth.Scheme != "" {
		t.Errorf("%+v, %v", r, err)
	}
	if r.Request.URL != "http://x.test/a?q=a%20b&n=1%25202" {
		t.Errorf("URL %q", r.Request.URL)
	}
}

func TestURLAndRowsStayInStep(t *testing.T) {
	s := InStep(Saved{URL: "{{h}}/a?q=1&flag&{{more}}#x", Params: []Row{
		{Name: "q", Value: "old", Kind: "query", About: "query"}, {Name: "off", Value: "z", Kind: "query", Off: true}}})
	want := []Row{{Name: "q", Value: "1", Kind: "query", About: "query"}, {Name: "flag", Kind: "query"}, {Name: "{{more}}", Kind: "query"},
		{Name: "off", Value: "z", Kind: "query", Off: true}}
	if !slices.Equal(s.Params, want) {
		t.Fatalf("rows %+v", s.Params)
	}
	rows := slices.Clone(s.Params)
	rows[0].Off, rows[3].Off = true, false
	if got := s.WithParams(rows).URL; got != "{{h}}/a?flag&{{more}}&off=z#x" {
		t.Errorf("URL %q", got)
	}
	u := s.WithURL("http://x/:id/:name?q=2")
	want = []Row{{Name: "q", Value: "2", Kind: "query", About: "query"}, {Name: "off", Value: "z", Kind: "query", Off: true},
		{Name: "id", Kind: "path"}, {Name: "name", Kind: "path"}}
	if !slices.Equal(u.Params, want) {
		t.Errorf("rows %+v", u.Params)
	}
}

func TestBodiesBecomeWhatIsSent(t *testing.T) {
	e, o := shop(Saved{URL: "{{host}}", Headers: []Row{{Name: "content-type", Value: "x/y"}, {Name: "A", Value: "1"}}, Body: SavedBody{Type: "multipart-form", Parts: []Part{
		{Row: Row{Name: "t", Value: "{{v}}"}}, {Row: Row{Name: "f"}, IsFile: true, File: []string{"a.txt", "b.txt"}, Type: "text/plain"},
		{Row: Row{Name: "no", Off: true}}}}})
	r, err := Resolve(e, o)
	if err != nil {
		t.Fatal(err)
	}
	want := []request.Part{{Name: "t", Value: "folder"}, {Name: "f", Path: "a.txt", Type: "text/plain"}, {Name: "f", Path: "b.txt", Type: "text/plain"}}
	if !slices.Equal(r.Request.Body.Parts, want) || request.Has(r.Request.Header, "Content-Type") || len(r.Warnings) != 1 {
		t.Errorf("%+v %v", r.Request, r.Warnings)
	}
	e, o = shop(Saved{URL: "{{host}}", Body: SavedBody{Type: "file", Parts: []Part{
		{Row: Row{Off: true}, IsFile: true, File: []string{"a"}}, {IsFile: true, File: []string{"b"}, Type: "x/y"}}}})
	r, err = Resolve(e, o)
	if err != nil || r.Request.Body.Path != "b" || r.Request.Body.Type != "x/y" {
		t.Errorf("%+v %v", r.Request.Body, err)
	}
}
