package inquiry_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/client"
)

// TestAGraphQLQueryIsReadWithoutConsent: a query is a read by its own declaration, so what is wrong with it is found and
// proved without a yes; a mutation with the same mistake does not go out, in production neither.
func TestAGraphQLQueryIsReadWithoutConsent(t *testing.T) {
	writes := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var sent struct {
			Query     string
			Variables map[string]any
		}
		b, _ := io.ReadAll(r.Body)
		if json.Unmarshal(b, &sent) != nil || r.Method != "POST" {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		if strings.HasPrefix(sent.Query, "mutation") {
			writes++
		}
		w.Header().Set("Content-Type", "application/json")
		if _, ok := sent.Variables["first"].(float64); !ok {
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprint(w, `{"errors": [{"message": "Variable \"$first\" got invalid value \"5\"; Int cannot represent non-integer value: \"5\"", "locations": [{"line": 1, "column": 9}]}]}`)
			return
		}
		fmt.Fprint(w, `{"data": {"orders": [{"id": 1}]}}`)
	}))
	defer server.Close()
	e := client.New(client.Config{})
	defer e.Close()
	ask := func(document string, production bool) diagnose.Report {
		body, _ := json.Marshal(map[string]any{"query": document, "variables": map[string]any{"first": "5"}})
		r := request.Request{Method: "POST", URL: server.URL + "/graphql", Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: string(body)}}
		return diagnoseIt(t, e, diagnose.Case{Request: r, Production: production})
	}
	for _, production := range []bool{false, true} {
		r := ask("query Q($first: Int) { orders(first: $first) { id } }", production)
		if got := certain(r); len(got) != 1 || got[0].Element != "body:/variables/first" || got[0].Standing != diagnose.Confirmed {
			t.Errorf("production %v: %s %s, want the variable, confirmed without consent", production, r.Verdict.Outcome, shown(got))
		}
		for _, document := range []string{"mutation M($first: Int) { orders(first: $first) { id } }", "query Q($first: Int) { deleteOrders(first: $first) { id } }"} {
			r := ask(document, production)
			for _, p := range r.Probes {
				if p.Question != nil && p.Question.Request != nil && p.Question.Request.Body.Kind != request.NoBody && !p.Question.Request.Settings.WithholdBody && p.Status > 0 && strings.Contains(p.Question.Request.Body.Text, "orders(") {
					t.Errorf("production %v: %q went out without consent as %s", production, document, p.Safety)
				}
			}
		}
	}
	if writes > 0 {
		t.Errorf("%d mutations without consent", writes)
	}
}

// TestAGraphQLQueryIsProvedAsAReadIs: where the answer names nothing, both forms go out as often as those of a GET do, for
// nobody has to be asked for a query.
func TestAGraphQLQueryIsProvedAsAReadIs(t *testing.T) {
	c := write("/graphql", `{"query":"query Q($first: Int) { orders(first: $first) { id } }","variables":{"first":"5"}}`)
	c.Writes = false
	r, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
		var sent struct {
			Query     string
			Variables map[string]any
		}
		if json.Unmarshal([]byte(q.Request.Body.Text), &sent) != nil || sent.Query == "" {
			return 400, `{"error":"Bad Request"}`, nil
		}
		if _, number := sent.Variables["first"].(float64); !number {
			return 400, `{"error":"Bad Request"}`, nil
		}
		return 200, `{"data":{"orders":[{"id":1}]}}`, nil
	})
	if got := certain(r); len(got) != 1 || got[0].Element != "body:/variables/first" || got[0].Standing == diagnose.Suspected || got[0].Without.Seen < 2 {
		t.Errorf("%s %s\n%s", r.Verdict.Outcome, shown(r.Verdict.Culprits), words(r))
	}
}
