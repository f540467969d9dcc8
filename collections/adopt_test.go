package collections_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"culprit/collections"
	"culprit/request"
	"culprit/request/curl"
)

// TestAdoptedSendsTheSame saves curl commands and resolves them again with their secrets given back.
func TestAdoptedSendsTheSame(t *testing.T) {
	for _, c := range []struct {
		command string
		secrets map[string]string
	}{
		{"curl http://h/a?b=c", nil},
		{"curl -X DELETE http://h/a", nil},
		{`curl http://h/ -H 'Content-Type: application/json' -d '{"a":1}'`, nil},
		{`curl http://h/ -H 'Content-Type: application/vnd.api+json' -d '{"a":1}'`, nil},
		{`curl http://h/ -d '{"a":1}'`, nil},
		{`curl http://h/ -d 'a=1&b=two+words'`, nil},
		{`curl http://h/ -H 'Content-Type: text/plain' -d 'hello'`, nil},
		{`curl http://h/ -L -H 'Accept: text/html'`, nil},
		{`curl http://h/ -u ada:engine-1`, map[string]string{"password": "engine-1"}},
		{`curl 'http://h/?api_key=abc%2B123' -H 'Authorization: Bearer eyJtoken'`, map[string]string{"api_key": "abc%2B123", "token_2": "eyJtoken"}},
		{`curl http://ada:engine-1@h/a`, map[string]string{"password": "engine-1"}},
		{`curl 'http://ada:engine%402@h/a?b=c'`, map[string]string{"password": "engine%402"}},
		{`curl http://ada@h/a`, nil},
		{`curl http://h/ -H 'Cookie: sid=abc; theme=dark'`, map[string]string{"cookie_sid": "abc", "cookie_theme": "dark"}},
	} {
		t.Run(c.command, func(t *testing.T) {
			parsed, err := curl.Parse(c.command)
			if err != nil {
				t.Fatal(err)
			}
			a := collections.Adopt(parsed.Request, []string{"token"})
			for _, name := range a.Secrets {
				if c.secrets[name] == "" {
					t.Errorf("the secret %s was not expected", name)
				}
			}
			for name, value := range c.secrets {
				if saved := fmt.Sprintf("%+v", a.Saved); strings.Contains(saved, value) {
					t.Errorf("the secret %s is saved: %s", name, saved)
				}
			}
			e := &collections.Entry{Kind: collections.HTTP, Path: "x", Saved: a.Saved}
			r, err := collections.Resolve(e, collections.ResolveOptions{
				Secrets: func(_, name string) (string, bool) { v, ok := c.secrets[name]; return v, ok },
			})
			if err != nil {
				t.Fatal(err)
			}
			got, want := r.Request, parsed.Request
			if got.URL != want.URL || method(got) != method(want) || text(got) != text(want) || got.Settings.Follow != want.Settings.Follow {
				t.Errorf("got %+v\nwant %+v", got, want)
			}
			for _, h := range want.Header {
				if h.Default && !strings.EqualFold(h.Name, "Content-Type") {
					continue
				}
				value := request.Get(got.Header, h.Name)
				if value == "" && strings.EqualFold(h.Name, "Content-Type") {
					value = got.Body.Type
				}
				if value != h.Value {
					t.Errorf("header %s: got %q, want %q", h.Name, value, h.Value)
				}
			}
			if got.Auth.Scheme != want.Auth.Scheme || !slices.Equal(got.Auth.Params, want.Auth.Params) {
				t.Errorf("auth: got %v, want %v", got.Auth, want.Auth)
			}
		})
	}
}

func method(r request.Request) string {
	if r.Method == "" {
		return "GET"
	}
	return r.Method
}

// text is a body as it goes out; forms only as far as the test needs them.
func text(r request.Request) string {
	if r.Body.Kind != request.FormBody {
		return r.Body.Text
	}
	var pairs []string
	for _, f := range r.Body.Fields {
		pairs = append(pairs, f.Name+"="+strings.ReplaceAll(f.Value, " ", "+"))
	}
	return strings.Join(pairs, "&")
}
