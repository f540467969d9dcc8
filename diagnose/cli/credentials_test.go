package cli_test

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// folder writes a collection.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	files["opencollection.yml"] = "opencollection: 1.0.0\ninfo:\n  name: T\n"
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A login that has the method, host and path of the request itself, as with GraphQL: the consent to writes is none to it.
func TestConsentToWritesIsNoneToALogin(t *testing.T) {
	for _, c := range []struct {
		flags  []string
		logins int
	}{
		{[]string{"--dry-run", "--allow-writes", "--allow-login"}, 0},
		{nil, 0},
		{[]string{"--allow-writes"}, 0},
		{[]string{"--allow-writes", "--allow-login"}, 1},
	} {
		var mu sync.Mutex
		logins, all := 0, 0
		api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			b, _ := io.ReadAll(r.Body)
			mu.Lock()
			defer mu.Unlock()
			all++
			w.Header().Set("Content-Type", "application/json")
			switch {
			case strings.Contains(string(b), "signIn"):
				logins++
				fmt.Fprint(w, `{"data":{"signIn":{"token":"fresh-token-4455667788"}}}`)
			case r.Header.Get("Authorization") == "Bearer fresh-token-4455667788":
				fmt.Fprint(w, `{"data":{"rename":true}}`)
			default:
				w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token", error_description="The token expired"`)
				w.WriteHeader(401)
				fmt.Fprint(w, `{"error":"invalid_token"}`)
			}
		}))
		defer api.Close()
		dir := folder(t, map[string]string{
			"login.yml": "info: {name: login, type: http}\nhttp:\n  method: POST\n  url: \"{{base}}/graphql\"\n  body: {type: json, data: '{\"query\":\"mutation {signIn(password: \\\"open sesame\\\") {token}}\"}'}\n" +
				"runtime:\n  actions:\n    - {type: set-variable, phase: after-response, selector: {expression: res.body.data.signIn.token, method: jsonq}, variable: {name: jwt, scope: environment}}\n",
			"rename.yml":             "info: {name: rename, type: http}\nhttp:\n  method: POST\n  url: \"{{base}}/graphql\"\n  auth: {type: bearer, token: \"{{jwt}}\"}\n  body: {type: json, data: '{\"query\":\"mutation {rename(name: \\\"x\\\")}\"}'}\n",
			"environments/local.yml": "name: local\nvariables:\n  - {name: base, value: \"" + api.URL + "\"}\n  - {name: jwt, value: stale-token-0011223344}\n",
		})
		_, out, text := at(t, "", append([]string{"diagnose", "rename", "-C", dir, "--env", "local", "--color", "never"}, c.flags...)...)
		mu.Lock()
		if logins != c.logins || c.flags != nil && c.flags[0] == "--dry-run" && all > 0 {
			t.Errorf("%v: %d logins of %d requests\n%s%s", c.flags, logins, all, out, text)
		}
		mu.Unlock()
	}
}

// An authorization server that answers as a form, says back what it was sent and leads elsewhere: nothing of it is shown
// or written, and nothing goes elsewhere.
func TestWhatATokenEndpointAnswersIsNotShown(t *testing.T) {
	const secret, first, second, refresh = "c1ient s3cret/of+the=till", "first-token-00112233", "second-token-44556677", "refresh-me-8899aabb"
	for _, kind := range []string{"form", "json", "echo", "away"} {
		t.Run(kind, func(t *testing.T) {
			var mu sync.Mutex
			var away []string
			asked := 0
			other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				b, _ := io.ReadAll(r.Body)
				mu.Lock()
				defer mu.Unlock()
				away = append(away, fmt.Sprint(r.URL, r.Header, string(b)))
			}))
			defer other.Close()
			api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				defer mu.Unlock()
				if r.URL.Path == "/token" {
					asked++
					token := second
					if asked == 1 {
						token = first
					}
					switch {
					case kind == "form" || asked == 1:
						w.Header().Set("Content-Type", "application/x-www-form-urlencoded")
						fmt.Fprint(w, url.Values{"access_token": {token}, "refresh_token": {refresh}, "token_type": {"bearer"}}.Encode())
					case kind == "json":
						w.Header().Set("Content-Type", "application/json")
						fmt.Fprintf(w, `{"access_token":%q,"refresh_token":%q,"note":"caf%s"}`, token, refresh, "\xe9")
					case kind == "echo":
						w.Header().Set("X-Got", hex.EncodeToString([]byte(secret)))
						w.WriteHeader(400)
						fmt.Fprintf(w, `{"error":"invalid_client","error_description":"%s is not it, nor is %s"}`, secret, base64.StdEncoding.EncodeToString([]byte("till:"+secret)))
					case kind == "away":
						http.Redirect(w, r, other.URL+"/token", http.StatusTemporaryRedirect)
					}
					return
				}
				if r.Header.Get("Authorization") != "Bearer "+second {
					w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token", error_description="The token expired"`)
					w.WriteHeader(401)
				}
				fmt.Fprint(w, `{}`)
			}))
			defer api.Close()
			dir := folder(t, map[string]string{
				"me.yml":                 "info: {name: me, type: http}\nhttp:\n  method: GET\n  url: \"{{base}}/me\"\n  auth: {type: oauth2, flow: client_credentials, accessTokenUrl: \"{{base}}/token\", credentials: {clientId: till, clientSecret: '" + secret + "', placement: basic_auth_header}}\n",
				"environments/local.yml": "name: local\nvariables:\n  - {name: base, value: \"" + api.URL + "\"}\n",
			})
			at := func(args ...string) string {
				_, out, text := at(t, "", append(args, "-C", dir, "--env", "local", "--color", "never")...)
				return out + text
			}
			shown := map[string]string{"the screen": at("diagnose", "me", "--allow-login", "--har", dir+"/x.har", "--report", dir+"/x.md")}
			if kind != "echo" && kind != "away" && !strings.Contains(shown["the screen"], "ISOLATED") {
				t.Errorf("not found:\n%s", shown["the screen"])
			}
			mu.Lock()
			asked = 0
			mu.Unlock()
			shown["the json"] = at("diagnose", "me", "--allow-login", "--json", "--report", dir+"/x.json")
			shown["curl"] = at("export", "me")
			for _, name := range []string{"x.har", "x.md", "x.json"} {
				b, err := os.ReadFile(filepath.Join(dir, name))
				if err != nil {
					t.Fatal(err)
				}
				shown[name] = string(b)
			}
			basic := base64.RawStdEncoding.EncodeToString([]byte("till:" + url.QueryEscape(secret)))
			for where, text := range shown {
				for _, s := range []string{secret, url.QueryEscape(secret), first, second, refresh, hex.EncodeToString([]byte(secret)), basic[:30], base64.StdEncoding.EncodeToString([]byte("till:" + secret))[:30]} {
					if i := strings.Index(text, s); i >= 0 {
						t.Errorf("%s shows %q: %.200q", where, s, text[max(i-80, 0):])
					}
				}
				// a body that is no text is kept as base64
				for _, s := range []string{second, refresh} {
					for i := range 3 {
						b := base64.StdEncoding.EncodeToString([]byte("xyz"[:i] + s))
						if strings.Contains(text, b[4:len(b)-4]) {
							t.Errorf("%s holds %q in base64", where, s)
						}
					}
				}
			}
			if len(away) > 0 {
				t.Errorf("sent elsewhere: %q", away)
			}
		})
	}
}

// A secret in a body is tried without the space at its end, and in other spellings: no line of the progress or the report shows one.
func TestWhatIsTriedInThePlaceOfASecretIsNotShown(t *testing.T) {
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		if strings.Contains(string(b), "9f2b+") || strings.Contains(string(b), "9f2b \"") || !strings.Contains(string(b), "s3cr3t") {
			w.WriteHeader(400)
		}
	}))
	defer api.Close()
	for _, data := range []string{"client_id=till&client_secret=s3cr3t-of-the-9f2b+", `{"client_id":"till","client_secret":"s3cr3t-of-the-9f2b "}`} {
		curl := "curl " + api.URL + "/token -d '" + data + "'"
		if data[0] == '{' {
			curl += " -H 'Content-Type: application/json'"
		}
		_, out, text := at(t, "", "diagnose", "--allow-writes", "--color", "never", "--curl", curl)
		if all := out + text; strings.Contains(strings.ToLower(all), "s3cr3t") || !strings.Contains(all, "client_secret\n") {
			t.Errorf("%s", all)
		}
	}
}
