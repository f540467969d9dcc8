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

// Where nothing passes, what the answer blames is moved to another element by a check that is sure of it where the
// server has no word for it, and by none that guesses: a number in quotes may be right. The writes have no consent, so that nothing tells whether the checks are right.
func TestAGuessMovesNoBlame(t *testing.T) {
	for _, c := range []struct {
		body, says string
		want       diagnose.ElementID
	}{
		{`{"name":"left","grade":"many","stars":"4"}`, "grade has the wrong type", "body:/grade"},
		{`{"name":"left","grade":"many","active":"yes"}`, "grade has the wrong type", "body:/grade"},
		{`{"name":"left","active":"yes"}`, "a value has the wrong type", "body:/active"},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprintf(w, `{"error":%q}`, c.says)
		}))
		e := client.New(client.Config{})
		r := request.Request{Method: "POST", URL: server.URL + "/shelves", Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: c.body}}
		x, err := e.Do(t.Context(), r, nil)
		if err != nil {
			t.Fatal(err)
		}
		report := diagnoseIt(t, e, diagnose.Case{Request: r, Recorded: x})
		if got := report.Verdict.Culprits; len(got) == 0 || got[0].Element != c.want {
			t.Errorf("%s: %s %s, want %s", c.says, report.Verdict.Outcome, shown(got), c.want)
		}
		e.Close()
		server.Close()
	}
}
