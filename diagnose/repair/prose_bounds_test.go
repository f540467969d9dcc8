package repair

import (
	"strings"
	"testing"

	"culprit/diagnose/element"
	"culprit/request"
)

// TestALongTextIsNoProse: a text of a megabyte is a file that somebody sends. It is not searched for a slip, word by word.
func TestALongTextIsNoProse(t *testing.T) {
	of := func(text string) *element.Index {
		return element.Of(request.Request{Method: "POST", URL: "http://a.test/q", Header: []request.Field{{Name: "Content-Type", Value: "text/plain"}},
			Body: request.Body{Kind: request.RawBody, Type: "text/plain", Text: text}})
	}
	query := "SELECT count(id FROM orders"
	if all := For(of(query), nil, nil, Options{Status: 400}); len(all) == 0 || all[0].Element != "body" {
		t.Errorf("a query is not mended: %+v", all)
	}
	long := of(query + strings.Repeat("\nword word 12.5 word", 60_000))
	if n := testing.AllocsPerRun(1, func() { For(long, nil, nil, Options{Status: 400}) }); n > 1000 {
		t.Errorf("%.0f allocations for a text of a megabyte", n)
	}
}
