package evidence

import (
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// order is the request of most tables: a nested JSON body, a query, headers.
const order = `{"customer":{"name":"Ada","email":"ada@example.org"},"items":[{"sku":"A-1","price":1},{"sku":"B-22","price":"12.50"}],"status":"shippd","when":"31/12/2026","note":"hello there"}`

// post is a request to the orders of some shop.
func post(body string) request.Request {
	return request.Request{
		Method: "POST", URL: "https://api.example.com/v1/orders?limit=fifty",
		Header: []request.Field{{Name: "Content-Type", Value: "application/json"}, {Name: "Accept", Value: "application/json"}, {Name: "Authorization", Value: "Bearer tok-secret-1"}},
		Body:   request.Body{Kind: request.RawBody, Text: body, Type: "application/json"},
	}
}

// ask is a request with header fields, name by value; get is one that reads.
func ask(method, url string, header ...string) request.Request {
	r := request.Request{Method: method, URL: url}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header = append(r.Header, request.Field{Name: header[i], Value: header[i+1]})
	}
	return r
}

func get(url string, header ...string) request.Request { return ask("GET", url, header...) }

// answered is an exchange of r with a response.
func answered(r request.Request, status int, body string, header ...string) *request.Exchange {
	resp := &request.Response{Status: status, Body: request.NewContent([]byte(body)), Wire: int64(len(body))}
	for i := 0; i+1 < len(header); i += 2 {
		resp.Header = append(resp.Header, request.Field{Name: header[i], Value: header[i+1]})
	}
	if !request.Has(resp.Header, "Content-Type") {
		t := "application/json"
		if strings.HasPrefix(body, "<") {
			t = "text/html"
		} else if !strings.HasPrefix(body, "{") && !strings.HasPrefix(body, "[") {
			t = "text/plain"
		}
		resp.Header = append(resp.Header, request.Field{Name: "Content-Type", Value: t})
	}
	return &request.Exchange{Request: r, Hops: []request.Hop{{
		Sent:     request.Sent{Method: r.Method, URL: r.URL, Header: r.Header},
		Response: resp,
	}}}
}

// read returns the evidence of an exchange.
func read(x *request.Exchange) []diagnose.Evidence {
	return Read(x, element.Of(x.Request).Elements)
}

// A reading is a row of a table: a request, what was answered, and what that says of an element.
type reading struct {
	name   string
	r      request.Request
	status int
	body   string
	header []string
	el     diagnose.ElementID
	cause  diagnose.CauseID
	ratio  float64
}

// find returns the first evidence for a cause and an element; "" for any.
func find(all []diagnose.Evidence, cause diagnose.CauseID, el diagnose.ElementID) *diagnose.Evidence {
	for i := range all {
		if (cause == "" || all[i].Cause == cause) && (el == "" || all[i].Element == el) {
			return &all[i]
		}
	}
	return nil
}

// named is one row of a table: a body as a server sends it, and what it names.
type bodyCase struct {
	name    string
	status  int
	body    string
	cause   diagnose.CauseID
	element diagnose.ElementID
	missing bool
	extra   string // "expected=number", "allowed=a,b"
}

// checkBodies reads every body as an answer to r and wants its evidence to come first.
func checkBodies(t *testing.T, r request.Request, cases []bodyCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			all := read(answered(r, c.status, c.body))
			if len(all) == 0 {
				t.Fatal("no evidence")
			}
			e := all[0]
			if e.Cause != c.cause || e.Element != c.element || e.Missing != c.missing {
				t.Errorf("got %s %s missing=%v, want %s %s missing=%v", e.Cause, e.Element, e.Missing, c.cause, c.element, c.missing)
				for _, e := range all[:min(len(all), 6)] {
					t.Logf("  %.0f %s %s %s missing=%v %q expected=%s allowed=%v", e.Ratio, e.Kind, e.Cause, e.Element, e.Missing, e.Text, e.Expected, e.Allowed)
				}
			}
			if k, v, _ := strings.Cut(c.extra, "="); k == "expected" && e.Expected != v {
				t.Errorf("expected = %q, want %q", e.Expected, v)
			} else if k == "allowed" && strings.Join(e.Allowed, ",") != v {
				t.Errorf("allowed = %q, want %q", e.Allowed, v)
			}
		})
	}
}

func TestProblemDetails(t *testing.T) {
	checkBodies(t, post(order), []bodyCase{
		{"pointer", 422, `{"type":"https://example.net/validation-error","title":"Your request is not valid.","errors":[{"detail":"must be a positive integer","pointer":"#/items/1/price"}]}`,
			"invalid_body_property_value", "body:/items/1/price", false, ""},
		{"registry", 400, `{"type":"https://problems-registry.smartbear.com/missing-body-property","title":"Missing body property","status":400,"errors":[{"detail":"The body property {name} is required","pointer":"/currency"}]}`,
			"missing_body_property", "body:/currency", true, ""},
		{"registry parameter", 400, `{"type":"https://problems-registry.smartbear.com/invalid-request-parameter-format","title":"x","errors":[{"detail":"must be an integer","parameter":"limit"}]}`,
			"invalid_request_parameter", "query:limit", false, "expected=integer"},
		{"legacy invalid-params", 400, `{"type":"https://example.net/validation-error","title":"x","invalid-params":[{"name":"status","reason":"must be 'shipped' or 'paid'"}]}`,
			"invalid_body_property_value", "body:/status", false, ""},
	})
}

func TestFastAPI(t *testing.T) {
	checkBodies(t, post(order), []bodyCase{
		{"float", 422, `{"detail":[{"type":"float_type","loc":["body","items",1,"price"],"msg":"Input should be a valid number","input":"12.50"}]}`,
			"invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"missing", 422, `{"detail":[{"type":"missing","loc":["body","currency"],"msg":"Field required","input":{"a":1}}]}`,
			"missing_body_property", "body:/currency", true, ""},
		{"extra", 422, `{"detail":[{"type":"extra_forbidden","loc":["body","note"],"msg":"Extra inputs are not permitted","input":"hello there"}]}`,
			"unexpected_body_property", "body:/note", false, ""},
		{"literal", 422, `{"detail":[{"type":"literal_error","loc":["body","status"],"msg":"Input should be 'paid', 'shipped' or 'new'","input":"shippd","ctx":{"expected":"'paid', 'shipped' or 'new'"}}]}`,
			"invalid_body_property_value", "body:/status", false, "allowed=paid,shipped,new"},
		{"date", 422, `{"detail":[{"type":"date_from_datetime_parsing","loc":["body","when"],"msg":"Input should be a valid date or datetime, invalid character in year","input":"31/12/2026"}]}`,
			"invalid_body_property_format", "body:/when", false, "expected=date"},
		{"query", 422, `{"detail":[{"type":"int_parsing","loc":["query","limit"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"fifty"}]}`,
			"invalid_request_parameter", "query:limit", false, "expected=integer"},
		{"query missing", 422, `{"detail":[{"type":"missing","loc":["query","page"],"msg":"Field required","input":null}]}`,
			"missing_request_parameter", "query:page", true, ""},
		{"header missing", 422, `{"detail":[{"type":"missing","loc":["header","x-tenant"],"msg":"Field required","input":null}]}`,
			"missing_request_header", "header:X-Tenant", true, ""},
		{"v1", 422, `{"detail":[{"loc":["body","items",1,"price"],"msg":"value is not a valid integer","type":"type_error.integer"}]}`,
			"invalid_body_property_type", "body:/items/1/price", false, "expected=integer"},
		{"v1 enum", 422, `{"detail":[{"loc":["body","status"],"msg":"value is not a valid enumeration member; permitted: 'paid', 'shipped'","type":"type_error.enum","ctx":{"enum_values":["paid","shipped"]}}]}`,
			"invalid_body_property_value", "body:/status", false, "allowed=paid,shipped"},
	})
	t.Run("the body was not read as JSON", func(t *testing.T) {
		r := post(order)
		r.Header[0].Value = "text/plain"
		all := read(answered(r, 422, `{"detail":[{"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from","input":`+quoteJSON(order)+`}]}`))
		if e := find(all, "content_type_mismatch", "header:Content-Type"); e == nil || all[0].Cause != e.Cause {
			t.Errorf("got %+v", all[0])
		}
	})
	t.Run("broken JSON", func(t *testing.T) {
		all := read(answered(post(`{"a": 1,}`), 422, `{"detail":[{"type":"json_invalid","loc":["body",8],"msg":"JSON decode error","input":{},"ctx":{"error":"Expecting property name enclosed in double quotes"}}]}`))
		if all[0].Cause != "malformed_json" || all[0].Element != "body" {
			t.Errorf("got %+v", all[0])
		}
	})
}

func quoteJSON(s string) string { return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"` }

func TestGenericShapes(t *testing.T) {
	checkBodies(t, post(order), []bodyCase{
		{"home-made", 400, `{"status":"nope","problems":[{"where":"body","key":"when","why":"invalid date"}]}`, "invalid_body_property_value", "body:/when", false, ""},
		{"home-made with message", 400, `{"err":{"attribute":"items.1.price","message":"price must be a number"}}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
	})
}
