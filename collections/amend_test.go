package collections

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"culprit/request"
)

// TestAmendMakesTheSmallestChange: the saved request, how the request that is sent changes, what is saved then.
func TestAmendMakesTheSmallestChange(t *testing.T) {
	saved := Saved{
		Method: "POST", URL: "{{host}}/ordrs/:id?limit={{n}}&x=1", Params: []Row{{Name: "id", Value: "7", Kind: "path"}},
		Headers: []Row{{Name: "Accept", Value: "text/{{kind}}"}, {Name: "X-B", Value: "b"}, {Name: "X-N", Value: "{{n}}"}, {Name: "X-T", Value: "{{color}}"},
			{Name: "X-K", Value: "k {{token}}"}},
		Auth: SavedAuth{Scheme: "inherit"},
		Body: SavedBody{Type: "json", Text: "{\n  // price\n  \"price\": \"{{n}}\", \"q\": {{n}}, \"a\": 1\n}"},
		Vars: []Variable{{Name: "n", Value: "5"}, {Name: "kind", Value: "html"}},
	}
	tests := []struct {
		name   string
		change func(r *request.Request)
		want   func(s *Saved)
		assign []Assignment
	}{
		{"nothing", func(*request.Request) {}, func(*Saved) {}, nil},
		{"method", func(r *request.Request) { r.Method = "PUT" }, func(s *Saved) { s.Method = "PUT" }, nil},
		{"path beside variables", func(r *request.Request) { r.URL = strings.Replace(r.URL, "ordrs", "orders", 1) },
			func(s *Saved) { s.URL = strings.Replace(s.URL, "ordrs", "orders", 1) }, nil},
		{"path parameter", func(r *request.Request) { r.URL = strings.Replace(r.URL, "/7", "/8", 1) },
			func(s *Saved) { s.Params[0].Value = "8" }, nil},
		{"query row out", func(r *request.Request) { r.URL = strings.Replace(r.URL, "&x=1", "", 1) },
			func(s *Saved) {
				s.URL = strings.Replace(s.URL, "&x=1", "", 1)
				s.Params[2].Off = true
			}, nil},
		{"header in part", func(r *request.Request) { r.Header = request.Set(r.Header, "Accept", "application/json") },
			func(s *Saved) { s.Headers[0].Value = "application/json" }, nil},
		{"header off", func(r *request.Request) { r.Header = request.Del(r.Header, "X-B") }, func(s *Saved) { s.Headers[1].Off = true }, nil},
		{"header renamed", func(r *request.Request) {
			i := slices.IndexFunc(r.Header, func(f request.Field) bool { return f.Name == "X-B" })
			r.Header[i].Name = "X-C"
		}, func(s *Saved) { s.Headers[1].Name = "X-C" }, nil},
		{"header new, with a secret", func(r *request.Request) {
			r.Header = append(r.Header, request.Field{Name: "X-Key", Value: "a s3cret-token"})
		}, func(s *Saved) { s.Headers = append(s.Headers, Row{Name: "X-Key", Value: "a {{token}}"}) }, nil},
		{"variable that is used elsewhere", func(r *request.Request) { r.Header = request.Set(r.Header, "X-N", "6") },
			func(s *Saved) { s.Headers[2].Value = "6" }, nil},
		{"variable of the request", func(r *request.Request) { r.Header = request.Set(r.Header, "Accept", "text/plain") },
			func(s *Saved) { s.Vars[1].Value = "plain" }, nil},
		{"variable of the environment", func(r *request.Request) { r.Header = request.Set(r.Header, "X-T", "blue") }, func(*Saved) {},
			[]Assignment{{Environment: "local", Name: "color", Value: "blue"}}},
		{"host", func(r *request.Request) { r.URL = strings.Replace(r.URL, "127.0.0.1:1", "127.0.0.1:2", 1) }, func(*Saved) {},
			[]Assignment{{Environment: "local", Name: "host", Value: "http://127.0.0.1:2"}}},
		{"body member", func(r *request.Request) { r.Body.Text = strings.Replace(r.Body.Text, `"a": 1`, `"a": "1"`, 1) },
			func(s *Saved) { s.Body.Text = strings.Replace(s.Body.Text, `"a": 1`, `"a": "1"`, 1) }, nil},
		{"quotes around a variable", func(r *request.Request) { r.Body.Text = strings.Replace(r.Body.Text, `"5"`, "5", 1) },
			func(s *Saved) { s.Body.Text = strings.Replace(s.Body.Text, `"{{n}}"`, "{{n}}", 1) }, nil},
		{"no redirects", func(r *request.Request) { r.Settings.Follow = 0 }, func(s *Saved) { no := false; s.Settings.FollowRedirects = &no }, nil},
		{"no auth", func(r *request.Request) { r.Auth = request.Auth{} }, func(s *Saved) { s.Auth = SavedAuth{} }, nil},
		{"other auth", func(r *request.Request) {
			r.Auth = request.Auth{Scheme: "apikey", Params: []request.Field{{Name: "key", Value: "X"}, {Name: "value", Value: "s3cret-token"}}}
		}, func(s *Saved) {
			s.Auth = SavedAuth{Scheme: "apikey", Params: []request.Field{{Name: "key", Value: "X"}, {Name: "value", Value: "{{token}}"}}}
		}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, o := shop(saved)
			r, err := Resolve(e, o)
			if err != nil {
				t.Fatal(err)
			}
			to := r.Request.Clone()
			tt.change(&to)
			got, err := Amend(e, e.Saved, r, to, o)
			if err != nil {
				t.Fatal(err)
			}
			want := e.Saved
			want.Headers, want.Params, want.Vars = slices.Clone(want.Headers), slices.Clone(want.Params), slices.Clone(want.Vars)
			tt.want(&want)
			if len(got.Saved.Auth.Params) == 0 {
				got.Saved.Auth.Params = nil
			}
			if !reflect.DeepEqual(got.Saved, want) {
				t.Errorf("got  %+v\nwant %+v", got.Saved, want)
			}
			if !slices.Equal(got.Assign, tt.assign) {
				t.Errorf("assignments %+v, want %+v (%q)", got.Assign, tt.assign, got.Notes)
			}
			again, err := ResolveSaved(e, got.Saved, o)
			if err != nil {
				t.Fatal(err)
			}
			if len(tt.assign) == 0 && (again.Request.URL != to.URL && tt.name != "query row out" || again.Request.Body.Text != to.Body.Text) {
				t.Errorf("sends %s\n%s\nwant %s\n%s", again.Request.URL, again.Request.Body.Text, to.URL, to.Body.Text)
			}
		})
	}
}

func TestAmendRefusesToTouchSecretsAndFolders(t *testing.T) {
	e, o := shop(Saved{URL: "{{host}}/", Headers: []Row{{Name: "X-K", Value: "{{token}}"}}, Auth: SavedAuth{Scheme: "inherit"}})
	r, err := Resolve(e, o)
	if err != nil {
		t.Fatal(err)
	}
	to := r.Request.Clone()
	to.Header = request.Set(to.Header, "X-K", "other")
	if _, err := Amend(e, e.Saved, r, to, o); !errors.Is(err, ErrSecretValue) || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("got %v", err)
	}
	to = r.Request.Clone()
	to.Auth = to.Auth.With("token", "other")
	if _, err := Amend(e, e.Saved, r, to, o); !errors.Is(err, ErrSecretValue) {
		t.Errorf("got %v", err)
	}
	for _, name := range []string{"X-Team", "Accept"} {
		to = r.Request.Clone()
		to.Header = request.Del(to.Header, name)
		if _, err := Amend(e, e.Saved, r, to, o); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	to = r.Request.Clone()
	to.Header = request.Set(to.Header, "X-Over", "mine")
	got, err := Amend(e, e.Saved, r, to, o)
	if err != nil || len(got.Saved.Headers) != 2 || len(got.Notes) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestAmendWritesTheVariableThatHasTheValue: an address, or a whole value, that a variable in scope has already is not
// written out; what is short or secret is never taken for one.
func TestAmendWritesTheVariableThatHasTheValue(t *testing.T) {
	env := Environment{Name: "local", Variables: []Variable{{Name: "base", Value: "http://127.0.0.1:1"}, {Name: "mirror", Value: "http://127.0.0.1:2/api"},
		{Name: "bare", Value: "http://127.0.0.1:2"}, {Name: "gone", Value: "http://127.0.0.1:3", Off: true}, {Name: "tenant", Value: "tea-shop-eu"},
		{Name: "page", Value: "20"}, {Name: "hidden", Value: "http://127.0.0.1:5", Secret: true}}}
	saved := Saved{Method: "GET", URL: "{{base}}/v1/:id?x=1", Params: []Row{{Name: "id", Value: "7", Kind: "path"}},
		Headers: []Row{{Name: "X-Tenant", Value: "somebody"}, {Name: "X-Page", Value: "1"}}}
	for _, tt := range []struct {
		name   string
		change func(r *request.Request)
		url    string
		tenant string
		page   string
	}{
		{"an address with a path", func(r *request.Request) { r.URL = "http://127.0.0.1:2/api/v1/7?x=1" }, "{{mirror}}/v1/:id?x=1", "somebody", "1"},
		{"an address and another path", func(r *request.Request) { r.URL = "http://127.0.0.1:2/v2/me?x=1" }, "{{bare}}/v2/me?x=1", "somebody", "1"},
		{"only the beginning of another port", func(r *request.Request) { r.URL = "http://127.0.0.1:22/v1/7?x=1" }, "{{base}}/v1/:id?x=1", "somebody", "1"},
		{"a variable that is off, one that is secret", func(r *request.Request) { r.URL = "http://127.0.0.1:3/v2/7?x=1" }, "http://127.0.0.1:3/v2/:id?x=1", "somebody", "1"},
		{"a secret one", func(r *request.Request) { r.URL = "http://127.0.0.1:5/v2/7?x=1" }, "http://127.0.0.1:5/v2/:id?x=1", "somebody", "1"},
		{"a whole value", func(r *request.Request) { r.Header = request.Set(r.Header, "X-Tenant", "tea-shop-eu") }, "{{base}}/v1/:id?x=1", "{{tenant}}", "1"},
		{"a short one", func(r *request.Request) { r.Header = request.Set(r.Header, "X-Page", "20") }, "{{base}}/v1/:id?x=1", "somebody", "20"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e, _ := shop(saved)
			o := ResolveOptions{Environment: &env, Secrets: func(_, name string) (string, bool) { return "http://127.0.0.1:5", name == "hidden" }}
			r, err := Resolve(e, o)
			if err != nil {
				t.Fatal(err)
			}
			to := r.Request.Clone()
			tt.change(&to)
			got, err := Amend(e, e.Saved, r, to, o)
			if err != nil {
				t.Fatal(err)
			}
			if got.Saved.URL != tt.url || got.Saved.Headers[0].Value != tt.tenant || got.Saved.Headers[1].Value != tt.page {
				t.Errorf("%q %q %q (%q, %+v)", got.Saved.URL, got.Saved.Headers[0].Value, got.Saved.Headers[1].Value, got.Notes, got.Assign)
			}
		})
	}
}
