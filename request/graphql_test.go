package request

import (
	"encoding/json"
	"slices"
	"testing"
)

func posted(kind, body string) Request {
	return Request{Method: "POST", URL: "http://h/graphql", Body: Body{Kind: RawBody, Type: kind, Text: body}}
}

// TestAQueryReadsAndNothingElseDoes: what may go out without a question is told by the document alone, and in doubt it is
// a write.
func TestAQueryReadsAndNothingElseDoes(t *testing.T) {
	for document, want := range map[string][]string{
		`{ me { name } }`: {"me"},
		`query { a: orders(first: 2, state: {is: "x"}) { id } }`:                                                  {"orders"},
		"query Q($n: Int = 3, $o: [ID!]!) @live { me, cart(n: $n) { ...F } } fragment F on Cart { id }":           {"me", "cart"},
		"# mutation\nquery A { mutation } query B { b(text: \"mutation { x }\", more: \"\"\"}} mutation\"\"\") }": {"mutation", "b"},
		`{ ...F ... on Query @include(if: $x) { a } }`:                                                            {},
		`{ me ...F } fragment F on Query { deleteOrders }`:                                                        nil,
		`{ me ... { deleteOrders } }`:                                                                             nil,
		`{ me { ...F ... { id } } } fragment F on User { ...G }`:                                                  {"me"},
		"query A { a } # and\rmutation B { b }":                                                                   nil,
		"# a comment\r{ a }":                                                                                      {"a"},
		`{ a(b: """c \""" d \\""" e""", f: "\\") }`:                                                               {"a"},
		`query A { a(b: """c""", d: ["\\"""]) } mutation B { b(c: ["])}#"]) }`:                                    nil,
		`mutation { me }`:                   nil,
		`query A { a } mutation B { b }`:    nil,
		"{ a } # and\rmutation { b }":       nil,
		`{ me } # the end`:                  {"me"},
		`subscription { a }`:                nil,
		`{ a } { b `:                        nil,
		`{ a: 1 }`:                          nil, // a filter of some other language
		`DROP TABLE orders`:                 nil,
		`select * from orders`:              nil,
		`query { a = 1 }`:                   nil,
		`MATCH (n {name: "x"}) DELETE n`:    nil,
		`query`:                             nil,
		``:                                  nil,
		`FOR d IN orders REMOVE d IN trash`: nil,
	} {
		body, _ := json.Marshal(map[string]any{"query": document, "variables": map[string]any{"n": 1}})
		r := posted("application/json", string(body))
		if got := r.Fetches(); !slices.Equal(got, want) || r.Reads() != (len(want) > 0) {
			t.Errorf("%s: root fields %q, reads %v, want %q", document, got, r.Reads(), want)
		}
	}
	query := `{"query": "{ me }"}`
	for name, r := range map[string]Request{
		"a batch":               posted("application/json", `[{"query": "{ me }"}]`),
		"another member":        posted("application/json", `{"query": "{ me }", "dryRun": false}`),
		"two documents":         posted("application/json", `{"query": "{ me }", "query": "mutation { x }"}`),
		"more behind":           posted("application/json", query+query),
		"broken":                posted("application/json", `{"query": "{ me }"`),
		"JSON-RPC":              posted("application/json", `{"jsonrpc": "2.0", "method": "get", "id": 1}`),
		"stored, only named":    posted("application/json", `{"extensions": {"persistedQuery": {"sha256Hash": "00"}}}`),
		"another media type":    posted("text/plain", query),
		"another method":        {Method: "PUT", Body: posted("application/json", query).Body},
		"another method inside": {Method: "POST", Header: []Field{{Name: "X-HTTP-Method-Override", Value: "DELETE"}}, Body: posted("application/json", query).Body},
		"another in the URL":    {Method: "POST", URL: "http://h/graphql?query=mutation%7Bx%7D", Body: posted("application/json", query).Body},
		"no body":               {Method: "POST"},
	} {
		if r.Reads() {
			t.Errorf("%s counts as a read", name)
		}
	}
	if !posted("application/graphql", "{ me }").Reads() || !(Request{}).Reads() {
		t.Error("a bare document, or a GET, is no read")
	}
}

func FuzzRootFields(f *testing.F) {
	f.Add(`query Q($n: Int) { a(b: "c") { ...D } }`)
	f.Add(`{ a "`)
	f.Fuzz(func(t *testing.T, s string) {
		if got := rootFields("mutation M { x }\n" + s); got != nil {
			t.Errorf("a mutation is first, and %q is read of it", got)
		}
		rootFields(s)
	})
}
