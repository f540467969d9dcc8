package cli_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A command that is not saved fails, a saved request works: what is secret in that one is hidden wherever a probe, the
// verdict or a file shows it, whatever the name of its field.
func TestSecretsOfAGoodRequestAreHiddenBesideOneThatIsNotSaved(t *testing.T) {
	const secret = "plum-tree-7731-garden"
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.Header.Get("X-Shop") != secret {
			w.WriteHeader(400)
		}
		fmt.Fprint(w, `{}`)
	}))
	defer api.Close()
	dir := folder(t, map[string]string{
		"me.yml":                 "info: {name: me, type: http}\nhttp:\n  method: GET\n  url: \"{{base}}/me\"\n  headers:\n    - {name: X-Shop, value: \"{{shop}}\"}\n",
		"environments/local.yml": "name: local\nvariables:\n  - {name: base, value: \"" + api.URL + "\"}\n  - {secret: true, name: shop}\n",
	})
	common := []string{"-C", dir, "--env", "local", "--var", "shop=" + secret, "--color", "never"}
	for name, good := range map[string][]string{
		"--good":      {"--good", "me"},
		"--good-curl": {"--good-curl", "curl " + api.URL + "/me -H 'X-Shop: {{shop}}'"},
	} {
		_, out, text := at(t, "", append(append([]string{"diagnose", "--curl", "curl " + api.URL + "/me", "--har", dir + "/x.har", "--report", dir + "/x.md"}, good...), common...)...)
		shown := map[string]string{"the screen": out + text}
		if !strings.Contains(out+text, "X-Shop") {
			t.Errorf("%s: the field is not found\n%s", name, out+text)
		}
		_, out, text = at(t, "", append(append([]string{"diagnose", "--curl", "curl " + api.URL + "/me", "--json", "--report", dir + "/x.json"}, good...), common...)...)
		shown["the json"] = out + text
		for _, file := range []string{"x.har", "x.md", "x.json"} {
			b, err := os.ReadFile(filepath.Join(dir, file))
			if err != nil {
				t.Fatal(err)
			}
			shown[file] = string(b)
		}
		for where, text := range shown {
			if i := strings.Index(text, secret); i >= 0 {
				t.Errorf("%s: %s shows it: %.200q", name, where, text[max(i-80, 0):])
			}
		}
	}
}
