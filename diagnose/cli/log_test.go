package cli_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The answer hides what the server logs: with the log the value is found and named, without the credentials that are
// logged beside it.
func TestTheLogOfAServerIsReadWhereItsAnswerSaysNothing(t *testing.T) {
	const theirs = "sk_live_hQ7tK2mZx9vB4nR8wP3c"
	log := filepath.Join(t.TempDir(), "shop.log")
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		if err == nil && !strings.Contains(string(b), `"31/12/2030"`) {
			w.WriteHeader(201)
			return
		}
		w.Header().Set("X-Request-Id", "req-7f31")
		f, err := os.OpenFile(log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			t.Error(err)
			return
		}
		defer f.Close()
		fmt.Fprintf(f, "id=req-7f31 key=%s create: parsing time %q as \"2006-01-02\": cannot parse\nid=req-0000 something else\n", theirs, "31/12/2030")
		w.WriteHeader(500)
	}))
	defer api.Close()
	if err := os.WriteFile(log, []byte("started\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	curl := `curl ` + api.URL + `/orders --json '{"sku":"TEA","delivery":"31/12/2030","code":"MUG"}'`

	code, out, text := at(t, "", "diagnose", "--curl", curl, "--allow-writes", "--log", log, "--json")
	for _, want := range []string{`"element": "body:/delivery"`, `"outcome": "isolated"`, "the server's log says"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %s: %d\n%s", want, code, out+text)
		}
	}
	if strings.Contains(out+text, theirs) {
		t.Errorf("a credential of the log is shown\n%s", out+text)
	}
	if code, _, text := at(t, "", "diagnose", "--curl", curl, "--log", log+".1"); code != 3 || !strings.Contains(text, "shop.log.1") {
		t.Errorf("a log that is not there: %d %s", code, text)
	}
}
