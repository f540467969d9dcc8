package inquiry_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/client"
)

// Of a value that is made of parts, only the one that is not taken is changed, whether the server names the parameter or
// nothing at all; where the whole parameter is what it does not take, all of it goes.
func TestThePartOfAPackedValue(t *testing.T) {
	for _, c := range []struct {
		name, query, part string
		bad               func(v url.Values) bool
		fixed             string // of the parameter; "" where it is left out
		says              string // of the explanation
	}{
		{"an id among ids", "ids=11,12,x7,14&lang=en", "ids", func(v url.Values) bool { return strings.Contains(v.Get("ids"), "x") }, "11,12,14", "third of its 4"},
		{"a field that is like the others", "lang=en&fields=title,author,colour,isbn,year", "fields", func(v url.Values) bool { return strings.Contains(v.Get("fields"), "colour") }, "title,author,isbn,year", "third of its 5"},
		{"a key of an order", "sort=-title,colour", "sort", func(v url.Values) bool { return strings.Contains(v.Get("sort"), "colour") }, "-title", "second of its 2"},
		{"an end of a range", "during=2026-01-01/2026-13-31", "during", func(v url.Values) bool {
			from, to, both := strings.Cut(v.Get("during"), "/")
			_, err := time.Parse(time.DateOnly, from)
			_, bad := time.Parse(time.DateOnly, to)
			return v.Has("during") && (!both || err != nil || bad != nil)
		}, "2026-01-01/2026-01-01", "second of its two ends"},
		{"a number with a comma", "price=12,5&lang=en", "price", func(v url.Values) bool { return strings.Contains(v.Get("price"), ",") }, "12.5", ""},
		{"all of it", "colours=red,blue,green&lang=en", "colours", func(v url.Values) bool { return v.Has("colours") }, "", ""},
	} {
		for _, telling := range []bool{true, false} {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				if r.URL.Path != "/books" {
					w.WriteHeader(http.StatusNotFound)
					fmt.Fprint(w, `{"error":"Not Found"}`)
					return
				}
				if c.bad(r.URL.Query()) {
					w.WriteHeader(http.StatusBadRequest)
					if telling {
						fmt.Fprintf(w, `{"error":"Bad Request","parameter":%q,"message":"Invalid value for parameter %s"}`, c.part, c.part)
					} else {
						fmt.Fprint(w, `{"error":"Bad Request"}`)
					}
					return
				}
				fmt.Fprint(w, `{"books":[{"title":"Emma"}]}`)
			}))
			e := client.New(client.Config{})
			r := diagnoseIt(t, e, diagnose.Case{Request: request.Request{Method: "GET", URL: server.URL + "/books?" + c.query}})
			id := diagnose.ElementID("query:" + c.part)
			got := certain(r)
			if len(got) != 1 || got[0].Element != id || r.Verdict.Repair == nil {
				t.Errorf("%s, telling %v: %s %s", c.name, telling, r.Verdict.Outcome, shown(r.Verdict.Culprits))
			} else {
				u, err := url.Parse(r.Verdict.Repair.Request.URL)
				if err != nil || u.Query().Get(c.part) != c.fixed || strings.Contains(u.RawQuery, "%") || !strings.Contains(got[0].Explanation, c.says) {
					t.Errorf("%s, telling %v: repaired %s, %q, want %q", c.name, telling, u, got[0].Explanation, c.fixed)
				}
			}
			e.Close()
			server.Close()
		}
	}
}
