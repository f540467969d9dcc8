package check

import (
	"strings"
	"testing"
	"time"

	"culprit/collections"
	"culprit/request"
)

func exchange(body string) *request.Exchange {
	return &request.Exchange{Request: request.Request{Method: "GET", URL: "https://shop.example/orders"}, Took: 120 * time.Millisecond,
		Hops: []request.Hop{{Response: &request.Response{Status: 200, Reason: "OK", Body: request.NewContent([]byte(body)),
			Header: []request.Field{{Name: "Content-Type", Value: "application/json"}, {Name: "X-Tag", Value: "a"}, {Name: "x-tag", Value: "b"}}}}}}
}

const order = `{"id": 7, "big": 12345678901234567890, "status": "paid", "total": 12.50, "paid": true, "note": null, "items": [{"sku": "TEA-1"}, {"sku": "TEA-2"}], "tags": ["a", "b"], "empty": [], "odd key": 1}`

func TestAssertions(t *testing.T) {
	for _, c := range []struct {
		expression, operator, value string
		want                        collections.Verdict
	}{
		{"res.status", "eq", "200", collections.Passed},
		{"res.status", "eq", "201", collections.Failed},
		{"res.status", "neq", "201", collections.Passed},
		{"res.statusText", "eq", "OK", collections.Passed},
		{"res.getStatus()", "eq", "200", collections.Passed},
		{"res.status", "in", "200, 201", collections.Passed},
		{"res.status", "in", "[201, 204]", collections.Failed},
		{"res.status", "notIn", "[201, 204]", collections.Passed},
		{"res.status", "between", "200, 299", collections.Passed},
		{"res.status", "between", "200", collections.Unclear},
		{"res.responseTime", "lt", "1000", collections.Passed},
		{"res.responseTime", "gt", "1000", collections.Failed},
		{"res.responseTime", "lt", "soon", collections.Unclear},
		{"res.headers.content-type", "eq", "application/json", collections.Unclear}, // a minus in JavaScript, no name
		{"res.headers['content-type']", "contains", "json", collections.Passed},
		{`res.headers["Content-Type"]`, "startsWith", "application/", collections.Passed},
		{"res.getHeader('x-tag')", "eq", "a, b", collections.Passed},
		{"res.headers.etag", "isUndefined", "", collections.Passed},
		{"res.body.id", "eq", "7", collections.Passed},
		{"res.body.id", "eq", `"7"`, collections.Failed}, // a text is no number
		{"res.body.big", "eq", "12345678901234567890", collections.Passed},
		{"res.body.status", "eq", "paid", collections.Passed},
		{"res.body.status", "eq", "'paid'", collections.Passed},
		{"res.body.status", "matches", "^p.*d$", collections.Passed},
		{"res.body.status", "matches", "/^x/", collections.Failed},
		{"res.body.status", "notMatches", "/^x/", collections.Passed},
		{"res.body.status", "matches", "(", collections.Unclear},
		{"res.body.total", "eq", "12.5", collections.Passed},
		{"res.body.total", "gte", "12.5", collections.Passed},
		{"res.body.total", "lte", "12", collections.Failed},
		{"res.body.paid", "isTruthy", "", collections.Passed},
		{"res.body.paid", "isFalsy", "", collections.Failed},
		{"res.body.paid", "eq", "true", collections.Passed},
		{"res.body.note", "isNull", "", collections.Passed},
		{"res.body.note", "isDefined", "", collections.Passed},
		{"res.body.none", "isUndefined", "", collections.Passed},
		{"res.body.none.deeper", "isDefined", "", collections.Failed},
		{"res.body?.items?.[0]?.sku", "eq", "TEA-1", collections.Passed},
		{"res.body.items[1].sku", "eq", "TEA-2", collections.Passed},
		{"res.body.items[2].sku", "isUndefined", "", collections.Passed},
		{"res.body.items.length", "eq", "2", collections.Passed},
		{"res.body.items", "length", "2", collections.Passed},
		{"res.body.items", "length", "two", collections.Unclear},
		{"res.body.items", "isArray", "", collections.Passed},
		{"res.body.tags", "contains", "b", collections.Passed},
		{"res.body.tags", "notContains", "c", collections.Passed},
		{"res.body", "contains", "status", collections.Passed},
		{"res.body.id", "notContains", "c", collections.Failed},
		{"res.body.empty", "isEmpty", "", collections.Passed},
		{"res.body.tags", "isNotEmpty", "", collections.Passed},
		{"res.body['odd key']", "isNumber", "", collections.Passed},
		{"res.body", "isJson", "", collections.Passed},
		{"res.body.status", "isString", "", collections.Passed},
		{"res.body.paid", "isBoolean", "", collections.Passed},
		{"res.body.status", "endsWith", "id", collections.Passed},
		{"res('items[0].sku')", "eq", "TEA-1", collections.Passed},
		{"req.method", "eq", "GET", collections.Passed},
		{"res.body.items.map(i => i.sku)", "contains", "TEA-1", collections.Unclear},
		{"res.body.status.toUpperCase()", "eq", "PAID", collections.Unclear},
		{"1 + 1", "eq", "2", collections.Unclear},
		{"bru.getVar('x')", "eq", "2", collections.Unclear},
		{"res.body.id", "is", "7", collections.Unclear},
		{"res.body.id", "eq", "{{id}}", collections.Unclear},
		{"res", "isDefined", "", collections.Unclear},
	} {
		as := collections.Assert{Expression: c.expression, Operator: c.operator, Value: c.value}
		got := All([]collections.Assert{as}, exchange(order))[0]
		if got.Verdict != c.want {
			t.Errorf("%s: %s (got %s, %s), want %s", got, got.Verdict, got.Got, got.Why, c.want)
		}
		if (got.Why == "") != (got.Verdict == collections.Passed) {
			t.Errorf("%s: %s because %q", got, got.Verdict, got.Why)
		}
	}
}

func TestAResultSaysWhatIsThere(t *testing.T) {
	for _, c := range []struct{ expression, operator, value, why string }{
		{"res.status", "eq", "201", "it is 200, expected 201"},
		{"res.body.status", "in", "new, open", `it is "paid", expected one of new, open`},
		{"res.body.none", "isDefined", "", "it is undefined, expected that it is there"},
		{"res.body.items.map(x)", "eq", "1", "this is JavaScript beyond a path into the response; it is not run"},
	} {
		r := All([]collections.Assert{{Expression: c.expression, Operator: c.operator, Value: c.value}}, exchange(order))[0]
		if r.Why != c.why {
			t.Errorf("%s: %q, want %q", r, r.Why, c.why)
		}
	}
}

func TestNothingPassesWithoutAResponse(t *testing.T) {
	asserts := []collections.Assert{{Expression: "res.status", Operator: "neq", Value: "200"}, {Expression: "res.body", Operator: "isUndefined"},
		{Expression: "res.status", Operator: "eq", Value: "200", Off: true}}
	results := All(asserts, &request.Exchange{})
	if len(results) != 2 || Count(results) != 0 {
		t.Errorf("%+v", results)
	}
}

func TestABodyThatIsNoJSONIsText(t *testing.T) {
	r := All([]collections.Assert{{Expression: "res.body", Operator: "contains", Value: "hello"}}, exchange("hello <b>you</b>"))[0]
	if r.Verdict != collections.Passed {
		t.Errorf("%+v", r)
	}
}

func TestEveryOperatorOfBrunoIsKnown(t *testing.T) {
	if got := len(operators()); got != 28 {
		t.Errorf("%d operators, FORMATS §1 says 28", got)
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("res.body.items[0].sku", "eq", "x", order)
	f.Add("res('a[0]')", "between", "1,2", "[1]")
	f.Fuzz(func(t *testing.T, expression, operator, value, body string) {
		r := All([]collections.Assert{{Expression: expression, Operator: operator, Value: value}}, exchange(body))[0]
		if len(r.Got) > 8*maxGot || strings.Contains(r.Got, "\n") {
			t.Errorf("got %q", r.Got)
		}
	})
}
