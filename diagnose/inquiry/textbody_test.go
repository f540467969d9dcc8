package inquiry_test

import (
	"net/url"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// A query goes out as a text. Whether the server says which word of it is wrong or nothing at all, the rest of it stays, and
// the path that is there is not accused, whichever status comes.
func TestAWordOfAQueryIsMended(t *testing.T) {
	for _, tt := range []struct {
		name, text, fixed string
		status            int
		says              string
	}{
		{"ClickHouse names a column", "SELECT titel FROM books", "SELECT title FROM books", 404, "Code: 47. DB::Exception: Unknown expression identifier `titel` in scope SELECT titel FROM books. Maybe you meant: ['title']. (UNKNOWN_IDENTIFIER)"},
		{"ClickHouse stops at a word", "SELECT title FORM books", "SELECT title FROM books", 400, "Code: 62. DB::Exception: Syntax error: failed at position 14 ('FORM'): FORM books. Expected one of: token, FROM, PREWHERE. (SYNTAX_ERROR)"},
		{"Pilosa names a field", "Count(Row(langs=1))", "Count(Row(lang=1))", 400, "executing: field not found: langs"},
		{"nobody says anything", "Count(Row(lang=1)", "Count(Row(lang=1))", 400, "Bad Request"},
	} {
		r := staged(t, diagnose.Case{Request: carrying("POST", "https://db.test/query", "text/plain", tt.text), Writes: true}, func(r *request.Request) (int, string, *request.Failure) {
			switch {
			case !strings.HasSuffix(r.URL, "/query"):
				return 404, "404 page not found\n", nil
			case r.Body.Text == tt.fixed:
				return 200, `{"rows":3}`, nil
			}
			return tt.status, tt.says, nil
		})
		v := r.Verdict
		if len(v.Culprits) != 1 || v.Culprits[0].Element != "body" || v.Repair == nil || v.Repair.Request.Body.Text != tt.fixed {
			t.Errorf("%s: %s %s: %s", tt.name, v.Outcome, shown(v.Culprits), v.Summary)
		}
		if strings.Contains(v.Summary, "path") {
			t.Errorf("%s: %s", tt.name, v.Summary)
		}
	}
}

// A 404 that says nothing, of a path without an id where another path is answered otherwise, is no proof that the path
// names what is not there: the body may.
func TestAQueryThatIsNotFoundAccusesNoPath(t *testing.T) {
	r := staged(t, diagnose.Case{Request: carrying("POST", "https://db.test/sql", "text/plain", "SELECT xqzw FROM vbnk"), Writes: true}, func(r *request.Request) (int, string, *request.Failure) {
		if strings.HasSuffix(r.URL, "/sql") {
			return 404, "nothing", nil
		}
		return 404, "404 page not found\n", nil
	})
	for _, c := range r.Verdict.Culprits {
		if c.Element.InURL() && c.Standing != diagnose.Suspected {
			t.Errorf("%s: %s", shown(r.Verdict.Culprits), r.Verdict.Summary)
		}
	}
}

// The same within a value: what Elasticsearch's SQL says in brackets, and a range of PromQL that is not closed.
func TestAWordOfAQueryInAValueIsMended(t *testing.T) {
	answer := func(fixed func(*request.Request) bool, says string) stage {
		return func(r *request.Request) (int, string, *request.Failure) {
			if fixed(r) {
				return 200, `{"rows":[[1]]}`, nil
			}
			return 400, says, nil
		}
	}
	es := staged(t, diagnose.Case{Request: withBody(sending("POST", "https://db.test/_sql"), `{"query":"SELECT titel FROM books","fetch_size":5}`), Writes: true},
		answer(func(r *request.Request) bool { return strings.Contains(r.Body.Text, "SELECT title FROM books") },
			`{"error":{"type":"verification_exception","reason":"Found 1 problem\nline 1:8: Unknown column [titel], did you mean [title]?"},"status":400}`))
	if v := es.Verdict; len(v.Culprits) != 1 || v.Culprits[0].Element != "body:/query" || v.Culprits[0].Cause != "invalid_body_property_value" || v.Repair == nil || !v.Repair.Verified {
		t.Errorf("%s %s: %s", v.Outcome, shown(v.Culprits), v.Summary)
	}
	prom := staged(t, diagnose.Case{Request: sending("GET", "https://db.test/query?query=rate(requests[5m)")},
		answer(func(r *request.Request) bool {
			u, err := url.Parse(r.URL)
			return err == nil && u.Query().Get("query") == "rate(requests[5m])"
		}, "Bad Request"))
	if v := prom.Verdict; len(v.Culprits) != 1 || v.Culprits[0].Element != "query:query" || v.Repair == nil || !v.Repair.Verified {
		t.Errorf("%s %s: %s", v.Outcome, shown(v.Culprits), v.Summary)
	}
}
