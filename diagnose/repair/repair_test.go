package repair

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/lint"
	"culprit/request"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

func post(body string, headers ...string) request.Request {
	r := request.Request{Method: "POST", URL: "https://api.shop.test/v1/orders", Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: body}}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header = append(r.Header, request.Field{Name: name, Value: value})
	}
	return r
}

func get(url string) request.Request { return request.Request{Method: "GET", URL: url} }

func candidates(r request.Request, status int, ev ...diagnose.Evidence) []diagnose.Edit {
	x := element.Of(r)
	return For(x, ev, lint.Check(x, lint.Facts{Now: noon, Status: status}), Options{Now: noon, Status: status})
}

func show(e diagnose.Edit) string {
	to := fmt.Sprint(e.To)
	if strings.HasPrefix(string(e.Element), "body:") && e.Op != diagnose.Remove && e.Op != diagnose.Rename {
		to = string(element.Raw(e.To))
	}
	if e.Op == diagnose.Remove {
		to = ""
	}
	return strings.TrimSpace(fmt.Sprintf("%s %s %s", e.Op, e.Element, to))
}

func TestWhatTheServerAsksForComesFirst(t *testing.T) {
	order := `{"items":[{"sku":"a","price":5},{"sku":"b","price":"12.50"}],"status":"Shipped","qty":500,"name":"` + strings.Repeat("x", 30) + `","when":"12/31/2026","extra":1,"address":{"city":"x"}}`
	for _, c := range []struct {
		name string
		r    request.Request
		ev   diagnose.Evidence
		want string
	}{
		{"number", post(order), diagnose.Evidence{Element: "body:/items/1/price", Cause: "invalid_body_property_type", Expected: "number"}, "set body:/items/1/price 12.50"},
		{"serde", post(order), diagnose.Evidence{Element: "body:/items/1/price", Cause: "invalid_body_property_type", Text: `invalid type: string "12.50", expected f64 at line 1 column 60`}, "set body:/items/1/price 12.50"},
		{"text", post(order), diagnose.Evidence{Element: "body:/extra", Cause: "invalid_body_property_type", Text: "Input should be a valid string"}, `set body:/extra "1"`},
		{"enum", post(order), diagnose.Evidence{Element: "body:/status", Cause: "invalid_body_property_value", Allowed: []string{"open", "shipped"}}, `set body:/status "shipped"`},
		{"maximum", post(order), diagnose.Evidence{Element: "body:/qty", Cause: "invalid_body_property_value", Text: "Input should be less than or equal to 100"}, "set body:/qty 100"},
		{"range", post(order), diagnose.Evidence{Element: "body:/qty", Cause: "invalid_body_property_value", Expected: "integer", Text: "qty must be an integer from 15 to 140"}, "set body:/qty 140"},
		{"length", post(order), diagnose.Evidence{Element: "body:/name", Cause: "invalid_body_property_value", Text: "must be at most 20 characters long"}, `set body:/name "` + strings.Repeat("x", 20) + `"`},
		{"date", post(order), diagnose.Evidence{Element: "body:/when", Cause: "invalid_body_property_format", Expected: "date"}, `set body:/when "2026-12-31"`},
		{"date-time", post(order), diagnose.Evidence{Element: "body:/when", Cause: "invalid_body_property_format", Text: `must match format "date-time"`}, `set body:/when "2026-12-31T00:00:00Z"`},
		{"unknown", post(order), diagnose.Evidence{Element: "body:/extra", Cause: "unexpected_body_property"}, "remove body:/extra"},
		{"unknown with names", post(`{"quantiti":1}`), diagnose.Evidence{Element: "body:/quantiti", Cause: "unexpected_body_property", Allowed: []string{"sku", "quantity"}}, "rename body:/quantiti quantity"},
		{"missing e-mail", post(order), diagnose.Evidence{Element: "body:/email", Cause: "missing_body_property", Missing: true}, `add body:/email "user@example.com"`},
		{"missing time", post(order), diagnose.Evidence{Element: "body:/placed_at", Cause: "missing_body_property", Missing: true}, `add body:/placed_at "2026-11-20T12:00:00Z"`},
		{"missing in a missing object", post(order), diagnose.Evidence{Element: "body:/address/geo/lat", Cause: "missing_body_property", Missing: true}, `add body:/address/geo {"lat":1}`},
		{"missing, others have it", post(`{"items":[{"sku":"a","qty":3},{"sku":"b"}]}`), diagnose.Evidence{Element: "body:/items/1/qty", Cause: "missing_body_property", Missing: true}, `add body:/items/1/qty 3`},
		{"missing, misspelled", post(`{"quantiti":1}`), diagnose.Evidence{Element: "body:/quantity", Cause: "missing_body_property", Missing: true}, "rename body:/quantiti quantity"},
		{"missing, no body", request.Request{Method: "POST", URL: "https://h.test/"}, diagnose.Evidence{Element: "body:/name", Cause: "missing_body_property", Missing: true}, `set body {"name":"Test"}`},
		{"missing parameter", get("https://h.test/a"), diagnose.Evidence{Element: "query:limit", Cause: "missing_request_parameter", Missing: true}, "add query:limit 10"},
		{"parameter in the wrong place", post(`{}`, "Tenant: 7"), diagnose.Evidence{Element: "query:tenant", Cause: "missing_request_parameter", Missing: true}, "add query:tenant test"},
		{"missing header", post(order), diagnose.Evidence{Element: "header:Idempotency-Key", Cause: "idempotency_key_missing", Missing: true}, "add header:Idempotency-Key 27a118e8-1e16-8817-aff7-c1cc55bc1714"},
		{"header with a value", post(order), diagnose.Evidence{Element: "header:X-Api-Version", Cause: "missing_request_header", Missing: true, Allowed: []string{"2024-01-01"}}, "add header:X-Api-Version 2024-01-01"},
		{"method", post(order), diagnose.Evidence{Element: "method", Cause: "method_not_allowed", Allowed: []string{"GET", "PUT", "OPTIONS"}}, "set method PUT"},
		{"media type", post(order, "Content-Type: text/plain"), diagnose.Evidence{Cause: "unsupported_media_type", Allowed: []string{"application/xml", "application/json"}}, "set header:Content-Type application/json"},
		{"accept", post(order, "Accept: text/csv"), diagnose.Evidence{Element: "header:Accept", Cause: "not_acceptable"}, "set header:Accept */*"},
		{"query number", get("https://h.test/a?limit=ten"), diagnose.Evidence{Element: "query:limit", Cause: "invalid_request_parameter", Expected: "integer"}, "set query:limit 10"},
		{"list", post(`{"labels2":"a"}`), diagnose.Evidence{Element: "body:/labels2", Cause: "invalid_body_property_type", Expected: "array"}, `set body:/labels2 ["a"]`},
		{"boolean", post(`{"gift":"yes"}`), diagnose.Evidence{Element: "body:/gift", Cause: "invalid_body_property_type", Expected: "boolean"}, `set body:/gift true`},
		{"over TLS", get("http://h.test/"), diagnose.Evidence{Element: "url.scheme", Cause: "scheme_mismatch"}, "set url.scheme https"},
		{"condition", post(order), diagnose.Evidence{Cause: "precondition_required"}, "add header:If-Match *"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.ev.Ratio = 1000
			got := candidates(c.r, 400, c.ev)
			if len(got) == 0 || show(got[0]) != c.want {
				t.Fatalf("got %v, want %s", head(got, 3), c.want)
			}
			if got[0].Source != "server" || got[0].Cause == "" || got[0].Weight < 1000 {
				t.Errorf("got %+v", got[0])
			}
		})
	}
}

// A body that the server names as a whole, as too large, say, is not replaced by another one: that is another request.
func TestNoBodyIsMadeUpInThePlaceOfOneThatIsRefused(t *testing.T) {
	for _, cause := range []diagnose.CauseID{"payload_too_large", "business_rule_violation", "invalid_body_property_value"} {
		for _, e := range candidates(post(`{"name":"a","qty":5}`), 413, diagnose.Evidence{Element: "body", Cause: cause, Ratio: 1000}) {
			if e.Element == "body" {
				t.Errorf("%s: %s", cause, show(e))
			}
		}
	}
}

func head(edits []diagnose.Edit, n int) []string {
	var out []string
	for _, e := range edits[:min(n, len(edits))] {
		out = append(out, fmt.Sprintf("%s (%.0f)", show(e), e.Weight))
	}
	return out
}

func TestCandidatesAreWholeUniqueAndApply(t *testing.T) {
	r := post(`{"a":"1","price":"2.50","status":"Open","tags":"x","n":null,"d":"1/2/2026","items":[{"id":1},{"id":"2"}],"flag":true,"z":-1}`, "Accept: application/xml", "X-A: b", "Cookie: a=b")
	r.URL += "?limit=ten&q=a"
	for _, status := range []int{0, 400, 401, 404, 405, 415} {
		seen := map[string]bool{}
		last := -1.0
		for _, e := range candidates(r, status, diagnose.Evidence{Element: "body:/price", Cause: "invalid_body_property_type", Ratio: 1000}) {
			if key := show(e) + fmt.Sprintf("%T", e.To); seen[key] {
				t.Errorf("twice: %s", key)
			} else {
				seen[key] = true
			}
			if e.Source == "" || e.Cause == "" || e.Why == "" || e.Weight <= 0 || e.Harm <= 0 || e.Cause.Cause().Side == "unknown" {
				t.Errorf("incomplete: %+v", e)
			}
			if last >= 0 && e.Weight > last {
				t.Errorf("out of order: %s", show(e))
			}
			last = e.Weight
			if _, err := element.Apply(r, []diagnose.Edit{e}); err != nil {
				t.Errorf("%s: %v", show(e), err)
			}
		}
	}
}

func TestClientsOwnHeadersAreLeftOutLast(t *testing.T) {
	got := candidates(post(`{"a":1}`).WithDefaults("culprit"), 400)
	if last := got[len(got)-1]; !strings.HasPrefix(string(last.Element), "header:") || last.Op != diagnose.Remove {
		t.Errorf("got %s", show(last))
	}
}

func TestBundleIsSafeAndFreeOfConflicts(t *testing.T) {
	r := post(`{"a":{"price":"2.50","note":" x ","n":null},"email":"x at y.de","date":"31/12/2026"}`, "Authorization: Bearer Bearer x")
	b := Bundle(candidates(r, 400))
	if len(b) < 4 {
		t.Fatalf("got %v", head(b, 9))
	}
	for i, e := range b {
		if e.Harm > .1 || e.Source == "deletion" {
			t.Errorf("unsafe: %+v", e)
		}
		for _, o := range b[:i] {
			if e.Element == o.Element || holds(e.Element, o.Element) || holds(o.Element, e.Element) {
				t.Errorf("%s against %s", show(e), show(o))
			}
		}
	}
	if _, err := element.Apply(r, b); err != nil {
		t.Error(err)
	}
}

func FuzzFor(f *testing.F) {
	f.Add("https://h/p?a=1", `{"a":"1","b":[{"c":1}]}`, "body:/b/0/d/e", "missing_body_property", "must be between 1 and 5 characters", "number")
	f.Add("nonsense", `a=1`, "query:x#1", "invalid_request_parameter", "expected one of a", "array")
	f.Add("http://h", `[1,2]`, "body:/-/x", "unexpected_body_property", "", "")
	f.Fuzz(func(t *testing.T, url, body, id, cause, text, expected string) {
		r := post(body)
		r.URL = url
		ev := diagnose.Evidence{Element: diagnose.ElementID(id), Cause: diagnose.CauseID(cause), Text: text, Expected: expected, Allowed: []string{expected}, Ratio: 1000}
		all := candidates(r, 400, ev)
		for _, e := range all {
			if _, err := element.Apply(r, []diagnose.Edit{e}); err != nil {
				t.Fatalf("%s from %s: %v", show(e), e.Source, err)
			}
		}
		if _, err := element.Apply(r, Bundle(all)); err != nil {
			t.Fatalf("bundle: %v", err)
		}
	})
}

// Days from and to which something is are no bounds of a number.
func TestDaysAreNoRange(t *testing.T) {
	if w := read("", "must be from 2024-01-01 to 2024-12-31"); w.min != nil || w.max != nil {
		t.Errorf("got %v to %v", *w.min, *w.max)
	}
	if w := read("", "must be in range [1024, 65535)."); w.min == nil || *w.min != 1024 || *w.max != 65535 {
		t.Errorf("got %+v", w)
	}
}
