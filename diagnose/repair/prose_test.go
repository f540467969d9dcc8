package repair

import (
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// What is wrong with a body of text is a word or a line of it: that is proposed, and the rest stays.
func TestTextsAreMendedInPart(t *testing.T) {
	sent := func(media, text string) request.Request {
		return request.Request{Method: "POST", URL: "https://db.test/query", Header: []request.Field{{Name: "Content-Type", Value: media}}, Body: request.Body{Kind: request.RawBody, Text: text}}
	}
	const plain, lines, rows = "text/plain", "application/x-ndjson", "text/csv"
	says := func(cause diagnose.CauseID, text string, allowed ...string) []diagnose.Evidence {
		return []diagnose.Evidence{{Element: "body", Cause: cause, Text: text, Allowed: allowed, Ratio: 300}}
	}
	for _, c := range []struct {
		name, media, text string
		ev                []diagnose.Evidence
		want              string // "" where nothing of the kind may be proposed
	}{
		{"a name that the server proposes", plain, "SELECT titel FROM books", says("invalid_body_property_value", "Unknown expression identifier `titel`. Maybe you meant: ['title']", "title"), "SELECT title FROM books"},
		{"a keyword of those that are expected", plain, "SELECT title FORM books", says("malformed_request_body", "failed at position 14 ('FORM')", "token", "FROM", "WHERE"), "SELECT title FROM books"},
		{"no word in place of all", plain, "SELECT title FORM books", says("malformed_request_body", "failed at position 14 ('FORM')", "token", "FROM"), "!token"},
		{"a name in the other number", plain, "Count(Row(langs=1))", says("resource_not_found", "executing: field not found: langs"), "Count(Row(lang=1))"},
		{"a bracket at the end", plain, "Count(Row(lang=1)", nil, "Count(Row(lang=1))"},
		{"a bracket behind the next word", plain, "SELECT count(id FROM books", nil, "SELECT count(id) FROM books"},
		{"a bracket inside of another", plain, "rate(http_requests_total[5m)", nil, "rate(http_requests_total[5m])"},
		{"a bracket too many is none", plain, "f(x))", nil, ""},
		{"a name in brackets", plain, "SELECT titel FROM books", says("invalid_body_property_value", "Unknown column [titel], did you mean [title]?"), "SELECT title FROM books"},
		{"a slip that nobody names", plain, "SELECT title FORM books", nil, "SELECT title FROM books"},
		{"a line by its number", rows, "sku,qty\nA,1\nB,two\nC,3\n", says("malformed_request_body", "line 3: \"two\" is not a number"), "sku,qty\nA,1\nC,3\n"},
		{"a line by its words", plain, "cpu,host=a value=1\ncpu,host=b value=abc\n", says("malformed_request_body", "unable to parse 'cpu,host=b value=abc': invalid number"), "cpu,host=a value=1\n"},
		{"a line unlike the others", plain, "cpu,host=a value=1\ncpu,host=b value=abc\ncpu,host=c value=2.5\n", nil, "cpu,host=a value=1\ncpu,host=c value=2.5\n"},
		{"a row with fewer fields", rows, "sku,qty,price\nA,1,2.5\nB,2\nC,3,1.5\n", nil, "sku,qty,price\nA,1,2.5\nC,3,1.5\n"},
		{"a document that is no JSON", lines, "{\"a\":1}\n{\"a\":2,}\n{\"a\":3}\n", nil, "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n"},
		{"a document with a value of another type", lines, "{\"q\":1}\n{\"q\":\"2\"}\n{\"q\":3}\n", nil, "{\"q\":1}\n{\"q\":2}\n{\"q\":3}\n"},
		{"texts in quotes that are the same everywhere", lines, "{\"q\":\"1\"}\n{\"q\":\"2\"}\n{\"q\":\"3\"}\n", nil, ""},
		{"no line of a bulk", lines, "{\"index\":{\"_id\":1}}\n{\"a\":1}\n{\"index\":{\"_id\":2}}\n{\"a\":2,\"b\":3}\n", says("malformed_request_body", "line 2: bad"), ""},
		{"lines of which each is another", plain, "name = shop\nport 8080\n[main]\n", nil, ""},
		{"JSON that is cut off is none", "application/json", `{"a":(`, nil, ""},
	} {
		edits := For(element.Of(sent(c.media, c.text)), c.ev, nil, Options{Status: 400})
		found, others := false, []any{}
		for _, e := range edits {
			if e.Element == "body" && e.Op == diagnose.Set && e.Why != "with an end to its last line" {
				others = append(others, e.To)
				found = found || e.To == c.want
				if c.want == "!token" && e.To == "token" {
					t.Errorf("%s: all of the body becomes %v", c.name, e.To)
				}
			}
		}
		if c.want != "!token" && found == (c.want == "") && (c.want != "" || len(others) > 0) {
			t.Errorf("%s: no %q among %q", c.name, c.want, others)
		}
		if c.want == "" && len(others) > 0 && c.name != "JSON that is cut off is none" {
			t.Errorf("%s: %q", c.name, others)
		}
	}
}

// Of four times as many documents no more is made than about four times as much.
func TestManyDocumentsAreReadOnce(t *testing.T) {
	made := func(n int) float64 {
		lines := strings.SplitAfter(strings.Repeat(`{"id":1,"q":"7"}`+"\n", n), "\n")
		return testing.AllocsPerRun(1, func() { tidyDocuments(lines) })
	}
	if few, many := made(100), made(400); many > 6*few {
		t.Errorf("%.0f for 100, %.0f for 400", few, many)
	}
}
