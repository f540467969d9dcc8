package dossier

import (
	"testing"

	"culprit/request"
)

// Where one path serves many operations, only the same of them are alike.
func TestWhatARequestWantsIsNoMatterOfThePathAlone(t *testing.T) {
	body := func(text string) request.Request {
		return request.Request{Method: "POST", URL: "https://api.test/", Body: request.Body{Kind: request.RawBody, Text: text}}
	}
	header := func(name, value string) request.Request {
		return request.Request{Method: "POST", URL: "https://api.test/", Header: []request.Field{{Name: name, Value: value}}}
	}
	form := func(name, value string) request.Request {
		return request.Request{Method: "POST", URL: "https://api.test/", Body: request.Body{Kind: request.FormBody, Fields: []request.Field{{Name: name, Value: value}}}}
	}
	for _, c := range []struct {
		name string
		a, b request.Request
		same bool
	}{
		{"GraphQL, another value", body(`{"query":"mutation {order(id: 1) {id}}"}`), body(`{"query":"mutation M { order(id: 2) { id total } }","variables":{}}`), true},
		{"GraphQL, an alias", body(`{"query":"{a: order(id: 1) {id}}"}`), body(`{"query":"query {order(id: 1) {id}}"}`), true},
		{"GraphQL, another field", body(`{"query":"mutation {order(id: 1) {id}}"}`), body(`{"query":"mutation {deleteAll {ok}}"}`), false},
		{"GraphQL, a query", body(`{"query":"mutation {order {id}}"}`), body(`{"query":"query {order {id}}"}`), false},
		{"a search", body(`{"query":"tea"}`), body(`{"query":"coffee"}`), true},
		{"JSON-RPC", body(`{"jsonrpc":"2.0","method":"user.get","id":1}`), body(`{"jsonrpc":"2.0","method":"user.delete","id":1}`), false},
		{"a method that is data", body(`{"method":"card","amount":1}`), body(`{"method":"cash","amount":1}`), true},
		{"SOAP", header("SOAPAction", `"urn:get"`), header("SOAPAction", `"urn:delete"`), false},
		{"AWS", header("X-Amz-Target", "DynamoDB.GetItem"), header("X-Amz-Target", "DynamoDB.DeleteItem"), false},
		{"a query API", form("Action", "DescribeUsers"), form("Action", "DeleteUser"), false},
		{"a form", form("name", "Ada"), form("name", "Grace"), true},
	} {
		if got := wants(c.a) == wants(c.b); got != c.same {
			t.Errorf("%s: %q and %q", c.name, wants(c.a), wants(c.b))
		}
	}
}
