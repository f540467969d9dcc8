package cli_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// The failure is seen once for real, with a yes. What the API's document calls a dry run is allowed beforehand and is not
// asked about; without that, the person who says no more gets none.
func TestDryRunsAreAllowedBeforehand(t *testing.T) {
	for _, c := range []struct {
		flags []string
		found bool
	}{{[]string{"--allow-dry-runs"}, true}, {nil, false}} {
		var orders, checks atomic.Int32
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				return // it was kept back
			}
			dry := r.URL.Query().Get("dry_run") == "true"
			w.Header().Set("Content-Type", "application/json")
			switch {
			case r.Method != "POST" || r.URL.Path != "/orders":
				w.WriteHeader(404)
			case strings.Contains(string(body), `"qty":"`):
				w.WriteHeader(422)
				_, _ = w.Write([]byte(`{"error":"the order cannot be taken"}`))
			case dry:
				checks.Add(1)
				_, _ = w.Write([]byte(`{}`))
			default:
				orders.Add(1)
				w.WriteHeader(201)
			}
		}))
		defer s.Close()
		dir := t.TempDir()
		document := filepath.Join(dir, "api.json")
		if err := os.WriteFile(document, []byte(`{"openapi":"3.0.3","info":{"title":"x","version":"1"},"paths":{"/orders":{"post":{
			"parameters":[{"name":"dry_run","in":"query","schema":{"type":"boolean"}}],
			"requestBody":{"content":{"application/json":{"schema":{"type":"object"}}}},"responses":{"201":{"description":"ok"}}}}}}`), 0o600); err != nil {
			t.Fatal(err)
		}
		_, out, text := at(t, "y\n", append([]string{"diagnose", "--curl", "curl " + s.URL + `/orders -H 'Content-Type: application/json' -d '{"qty":"2","note":"x"}'`, "--spec", document, "--color", "never"}, c.flags...)...)
		if found := strings.Contains(out+text, "was not sent for real"); orders.Load() != 0 || found != c.found || checks.Load() > 0 != c.found {
			t.Errorf("%q: %d orders, %d checks:\n%s%s", c.flags, orders.Load(), checks.Load(), out, text)
		}
		if strings.Contains(out, "dry_run=true") {
			t.Errorf("the repaired request is a dry run:\n%s", out)
		}
	}
}
