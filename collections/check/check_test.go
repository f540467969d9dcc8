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
		want                        Verdict
	}{
		{"res.status", "eq", "200", Passed},
		{"res.status", "eq", "201", Failed},
		{"res.status", "neq", "201", Passed},
		{"res.statusText", "eq", "OK", Passed},
		{"res.getStatus()", "eq", "200", Passed},
		{"res.status", "in", "200, 201", Passed},
		{"res.status", "in", "[201, 204]", Failed},
		{"res.status", "notIn", "[201, 204]", Passed},
		{"res.status", "between", "200, 299", Passed},
		{"res.status", "between", "200", Unclear},
		{"res.responseTime", "lt", "1000", Passed},
		{"res.responseTime", "gt", "1000", Failed},
		{"res.responseTime", "lt", "soon", Unclear},
		{"res.headers.content-type", "eq", "application/json", Unclear}, // a minus in JavaScript, no name
		{"res.headers['content-type']", "contains", "json", Passed},
		{`res.headers["Content-Type"]`, "startsWith", "application/", Passed},
		{"res.getHeader('x-tag')", "eq", "a, b", Passed},
		{"res.headers.etag", "isUndefined", "", Passed},
		{"res.body.id", "eq", "7", Passed},
		{"res.body.id", "eq", `"7"`, Failed}, // a text is no number
		{"res.body.big", "eq", "12345678901234567890", Passed},
		{"res.body.status", "eq", "paid", Passed},
		{"res.body.status", "eq", "'paid'", Passed},
		{"res.body.status", "matches", "^p.*d$", Passed},
		{"res.body.status", "matches", "/^x/", Failed},
		{"res.body.status", "notMatches", "/^x/", Passed},
		{"res.body.status", "matches", "(", Unclear},
		{"res.body.total", "eq", "12.5", Passed},
		{"res.body.total", "gte", "12.5", Passed},
		{"res.body.total", "lte", "12", Failed},
		{"res.body.paid", "isTruthy", "", Passed},
		{"res.body.paid", "isFalsy", "", Failed},
		{"res.body.paid", "eq", "true", Passed},
		{"res.body.note", "isNull", "", Passed},
		{"res.body.note", "isDefined", "", Passed},
		{"res.body.none", "isUndefined", "", Passed},
		{"res.body.none.deeper", "isDefined", "", Failed},
		{"res.body?.items?.[0]?.sku", "eq", "TEA-1", Passed},
		{"res.body.items[1].sku", "eq", "TEA-2", Passed},
		{"res.body.items[2].sku", "isUndefined", "", Passed},
		{"res.body.items.length", "eq", "2", Passed},
		{"res.body.items", "length", "2", Passed},
		{"res.body.items", "length", "two", Unclear},
		{"res.body.items", "isArray", "", Passed},
		{"res.body.tags", "contains", "b", Passed},
		{"res.body.tags", "notContains", "c", Passed},
		{"res.body", "contains", "status", Passed},
		{"res.body.id", "notContains", "c", Failed},
		{"res.body.empty", "isEmpty", "", Passed},
		{"res.body.tags", "isNotEmpty", "", Passed},
		{"res.body['odd key']", "isNumber", "", Passed},
		{"res.body", "isJson", "", Passed},
		{"res.body.status", "isString", "", Passed},
		{"res.body.paid", "isBoolean", "", Passed},
		{"res.body.status", "endsWith", "id", Passed},
		{"res('items[0].sku')", "eq", "TEA-1", Passed},
		{"req.method", "eq", "GET", Passed},
		{"res.body.items.map(i => i.sku)", "contains", "TEA-1", Unclear},
		{"res.body.status.toUpperCase()", "eq", "PAID", Unclear},
		{"1 + 1", "eq", "2", Unclear},
		{"bru.getVar('x')", "eq", "2", Unclear},
		{"res.body.id", "is", "7", Unclear},
		{"res.body.id", "eq", "{{id}}", Unclear},
		{"res", "isDefined", "", Unclear},
	} {
		as := collections.Assert{Expression: c.expression, Operator: c.operator, Value: c.value}
		got := All([]collections.Assert{as}, exchange(order))[0]
		if got.Verdict != c.want {
			t.Errorf("%s: %s (got %s, %s), want %s", got, got.Verdict, got.Got, got.Why, c.want)
		}
		if (got.Why == "") != (got.Verdict == Passed) {
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
	if r.Verdict != Passed {
		t.Errorf("%+v", r)
	}
}

func TestEveryOperatorOfBrunoIsKnown(t *testing.T) {
	if got := len(Operators()); got != 28 {
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
