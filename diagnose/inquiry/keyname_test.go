package inquiry_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/client"
)

// A key in the query under a name that the server does not know is found by its other names, and proved; a wrong key under
// the right name is no question of its name, and a secret that is no key keeps its own.
func TestAKeyUnderAnotherName(t *testing.T) {
	for _, c := range []struct {
		query, says, repaired string
	}{
		{"apikey=k3y0123456789abcdef&page=2", "Unauthorized", "api_key=k3y0123456789abcdef&page=2"},
		{"key=k3y0123456789abcdef&page=2", "Unauthorized", "api_key=k3y0123456789abcdef&page=2"},
		{"apiKey=k3y0123456789abcdef&page=2", "missing api_key", "api_key=k3y0123456789abcdef&page=2"},
		{"api_key=wr0ng0123456789abcd&page=2", "Unauthorized", ""},
		{"session=k3y0123456789abcdef&page=2", "Unauthorized", ""},
	} {
		names := map[string]bool{}
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			for name := range r.URL.Query() {
				names[name] = true
			}
			if r.URL.Query().Get("api_key") != "k3y0123456789abcdef" {
				w.WriteHeader(http.StatusUnauthorized)
				fmt.Fprintf(w, `{"error":%q}`, c.says)
				return
			}
			fmt.Fprint(w, `{"items":[1]}`)
		}))
		e := client.New(client.Config{})
		r := diagnoseIt(t, e, diagnose.Case{Request: request.Request{Method: "GET", URL: server.URL + "/a?" + c.query}})
		switch got := certain(r); {
		case c.repaired != "":
			if len(got) != 1 || got[0].Cause != "credentials_in_wrong_place" || r.Verdict.Repair == nil || r.Verdict.Repair.Request.URL != server.URL+"/a?"+c.repaired {
				t.Errorf("%s: %s %s, %+v", c.query, r.Verdict.Outcome, shown(r.Verdict.Culprits), r.Verdict.Repair)
			}
		case r.Verdict.Repair != nil && r.Verdict.Repair.Verified:
			t.Errorf("%s: repaired by %+v", c.query, r.Verdict.Repair.Diff)
		case names["session"] && len(names) > 2: // the page is the other
			t.Errorf("%s: sent as %v", c.query, names)
		}
		e.Close()
		server.Close()
	}
}
