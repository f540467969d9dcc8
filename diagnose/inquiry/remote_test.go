package inquiry_test

import (
	"encoding/json"
	"strings"
	"testing"

	"culprit/diagnose"
)

// graphQL is a request as package collections makes it of a GraphQL entry.
func graphQL(t *testing.T, document, variables string) diagnose.Case {
	t.Helper()
	q, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	return write("/graphql", `{"query": `+string(q)+`, "variables": `+variables+`}`)
}

// TestGraphQLAndJSONRPCNameWhatIsWrong although the status is that of a success: the variable, the argument, the part of the
// document, with its cause; where nothing of the request mends it, that a success hides an error is all that is said.
func TestGraphQLAndJSONRPCNameWhatIsWrong(t *testing.T) {
	const document = `query Q($id: ID!, $n: Int) { order(id: $id) { lines(first: $n) { sku } } }`
	const mutation = `mutation M($in: OrderInput!) { create(input: $in) { id } }`
	rpc := func(method, params string) diagnose.Case {
		return write("/rpc", `{"jsonrpc":"2.0","id":1,"method":"`+method+`","params":`+params+`}`)
	}
	for name, c := range map[string]struct {
		c       diagnose.Case
		bad     string // what the server does not take, as it stands in the body
		status  int
		says    string
		element diagnose.ElementID
		cause   diagnose.CauseID
		to      string // what stands in its place in the repaired body
		atMost  int
	}{
		"a variable": {c: graphQL(t, document, `{"id":"o-1","n":"10"}`), bad: `"n":"10"`, status: 200,
			says:    `{"errors":[{"message":"Variable \"$n\" got invalid value \"10\"; Int cannot represent non-integer value: \"10\"","locations":[{"line":1,"column":18}]}]}`,
			element: "body:/variables/n", cause: "invalid_body_property_type", to: `"n":10`, atMost: 3},
		"a variable, not named": {c: graphQL(t, document, `{"id":"o-1","n":"10"}`), bad: `"n":"10"`, status: 200, says: `{"errors":[{"message":"Bad request"}],"data":null}`,
			element: "body:/variables/n", cause: "invalid_body_property_type", to: `"n":10`, atMost: 8},
		"a field of an input": {c: graphQL(t, mutation, `{"in":{"sku":"TEA","email":"ann.example.com"}}`), bad: `"ann.example.com"`, status: 200,
			says:    `{"data":{"create":null},"errors":[{"message":"email is not a valid address","path":["create"]}]}`,
			element: "body:/variables/in/email", cause: "invalid_body_property_format", to: `@example.com`, atMost: 3},
		"a field of the document": {c: graphQL(t, strings.Replace(document, "sku", "skuu", 1), `{"id":"o-1","n":10}`), bad: "skuu", status: 400,
			says:    `{"errors":[{"message":"Cannot query field \"skuu\" on type \"Line\". Did you mean \"sku\"?","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}`,
			element: "body:/query", cause: "invalid_body_property_value", to: "{ sku }", atMost: 3},
		"a value in the document": {c: graphQL(t, `{ order(id: "o-1") { lines(first: "10") { sku } } }`, `{}`), bad: `first: \"10\"`, status: 400,
			says:    `{"errors":[{"message":"Int cannot represent non-integer value: \"10\"","locations":[{"line":1,"column":36}]}]}`,
			element: "body:/query", cause: "invalid_body_property_value", to: "first: 10", atMost: 3},
		"a named parameter": {c: rpc("order.create", `{"sku":"TEA","qty":"two"}`), bad: `"two"`, status: 200,
			says:    `{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"Invalid params","data":"qty must be an integer"}}`,
			element: "body:/params/qty", cause: "invalid_body_property_type", to: `"qty":2`, atMost: 3},
		"a counted parameter": {c: rpc("eth_getBlockByNumber", `["436",true]`), bad: `"436"`, status: 200,
			says:    `{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid argument 0: hex string without 0x prefix"}}`,
			element: "body:/params/0", cause: "invalid_body_property_value", to: `"0x1b4"`, atMost: 3},
		"a parameter, not named": {c: rpc("getblockhash", `["1000"]`), bad: `"1000"`, status: 500,
			says:    `{"result":null,"error":{"code":-1,"message":"JSON value of type string is not of expected type number"},"id":1}`,
			element: "body:/params/0", cause: "invalid_body_property_type", to: `[1000]`, atMost: 16},
	} {
		t.Run(name, func(t *testing.T) {
			r, _ := asked(t, c.c, func(q diagnose.Question) (int, string, []string) {
				if strings.Contains(q.Request.Body.Text, c.bad) {
					return c.status, c.says, nil
				}
				return 200, `{"data":{"order":{"lines":[{"sku":"a"}]}},"result":{"id":7}}`, nil
			})
			v := r.Verdict
			if v.Outcome != diagnose.OutcomeIsolated || len(v.Culprits) != 1 || v.Culprits[0].Element != c.element || v.Cause != c.cause {
				t.Fatalf("%s", words(r))
			}
			if !v.Repair.Verified || !strings.Contains(v.Repair.Request.Body.Text, c.to) || r.Cost.Probes > c.atMost {
				t.Errorf("%d probes, repaired %s", r.Cost.Probes, v.Repair.Request.Body.Text)
			}
		})
	}
	r, _ := asked(t, graphQL(t, document, `{"id":"o-1","n":10}`), always(200, `{"errors":[{"message":"the depot is closed"}],"data":null}`))
	for _, c := range r.Verdict.Culprits {
		if c.Cause != "soft_error_in_success" && c.Standing != diagnose.Suspected {
			t.Errorf("nothing mends it: %s", words(r))
		}
	}
}
