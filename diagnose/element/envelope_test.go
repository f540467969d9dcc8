package element

import (
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// The version and the id of a call are as they have to be, unless the id is of a type that JSON-RPC 2.0 §4 does not know.
func TestTheEnvelopeOfACall(t *testing.T) {
	for _, c := range []struct {
		body string
		id   diagnose.ElementID
		want bool
	}{
		{`{"jsonrpc":"2.0","id":7,"method":"m"}`, "body:/id", true},
		{`{"jsonrpc":"2.0","id":null,"method":"m"}`, "body:/id", true},
		{`{"jsonrpc":"2.0","id":true,"method":"m"}`, "body:/id", false},
		{`{"jsonrpc":"2.0","id":{"a":1},"method":"m"}`, "body:/id", false},
		{`{"jsonrpc":"2.0","id":{"a":1},"method":"m"}`, "body:/jsonrpc", true},
		{`{"jsonrpc":"1.0","id":7,"method":"m"}`, "body:/id", false},
		{`{"id":7,"method":"m"}`, "body:/id", false},
	} {
		x := Of(request.Request{Method: "POST", URL: "https://h.test/", Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: c.body}})
		if got := x.Enveloped(c.id); got != c.want {
			t.Errorf("%s in %s: %v", c.id, c.body, got)
		}
	}
}
