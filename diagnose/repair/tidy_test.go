package repair

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

func TestTidy(t *testing.T) {
	for _, c := range []struct {
		body string
		want []string // nil: nothing to tidy
	}{
		{`{"kind":"Sensor","name":"Ada","status":"open"}`, []string{`set body:/kind "sensor"`}},
		{`{"sku":"ab-123","isbn":"978-0-441-01359-3"}`, []string{`set body:/sku "AB-123"`, `set body:/isbn "9780441013593"`}},
		{`{"due":"20261220","day":"2026-12-20","start":"8.30 am","price":"9.99"}`, []string{`set body:/due "2026-12-20"`, `set body:/start "08:30"`}},
		{`{"token":"{3f1c2b7a-9d4e-4a55-8a31-0f6f8f2f9b10}","id":"3f1c2b7a-9d4e-4a55-8a31-0f6f8f2f9b10"}`, []string{`set body:/token "3f1c2b7a-9d4e-4a55-8a31-0f6f8f2f9b10"`}},
		{`{"site":"ada.example.com/me","host":"db.example.com"}`, []string{`set body:/site "https://ada.example.com/me"`}},
		{`{"points":[3,3],"skills":["go",7],"photoUrls":"https://x.test/1"}`, []string{`set body:/points [3]`, `set body:/skills ["go","7"]`, `set body:/photoUrls ["https://x.test/1"]`}},
		{`{"terms":false,"title":"","owner_id":null}`, []string{`set body:/terms true`, `set body:/title "Test"`, `set body:/owner_id 1`}},
		{`{"customerId":1,"paidAt":"2026-12-20T10:00:00Z","order_no":7}`, []string{`rename body:/order_no orderNo`}},
		{`{"calories":"420 kcal","amount":"300ml","priority":"2","from":"DE89 3704 0044 0532 0130 00","flight":"LH 400"}`, []string{`set body:/calories 420`, `set body:/amount 300`, `set body:/priority 2`, `set body:/from "DE89370400440532013000"`, `set body:/flight "LH400"`}},
		{`{"starts":"5 Dec 2026 10:00"}`, []string{`set body:/starts "2026-12-05"`}},
		{`{"window":"24h","hours":"1h30m"}`, nil},
		{`{"tags":[{"id":"one"},{"id":2}]}`, []string{`set body:/tags/0/id 1`}},
		{`{"name":"Ada Lovelace","email":"ada@example.com","zip":"53111","country":"DE","currency":"EUR","at":"2026-12-20T10:00:00Z","n":3,"note":"Please ring"}`, nil},
	} {
		var got []string
		for _, e := range tidyUp(element.Of(post(c.body)), Options{Now: noon}) {
			if e.Source != "transform" || e.Why == "" || e.Cause == "" {
				t.Errorf("%+v", e)
			}
			got = append(got, show(e))
		}
		for _, w := range c.want {
			if !slices.Contains(got, w) {
				t.Errorf("%s: got %q, want %q", c.body, got, w)
			}
		}
		if len(got) > len(c.want) && c.want == nil {
			t.Errorf("%s: got %q, want nothing", c.body, got)
		}
	}
}

func TestUsualKeepsChoicesAndWhatLooksRight(t *testing.T) {
	x := element.Of(post(`{"status":"open","email":"ada@example.com","id":"3f1c2b7a-9d4e-4a55-8a31-0f6f8f2f9b10","qty":99,"iban":"DE1","when":"2026-12-20","title":"Al","kind":"a"}`))
	var got []string
	for _, e := range Usual(x, Options{Now: noon}) {
		got = append(got, show(e))
	}
	if want := []string{`set body:/qty 1`, `set body:/iban "DE89370400440532013000"`, `set body:/title "Al example"`}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPatterns(t *testing.T) {
	for _, c := range [][3]string{
		{"must match pattern /^[A-Z]{2}-\\d{3}$/", "AB123", "AA-111"},
		{`fails to match ^DE[0-9]{9}$`, "DE 123 456 789", "DE123456789"},
		{`pattern "^[a-z]+$"`, "ABC", "abc"},
		{`^(red|blue)$`, "green", "red"},
		{`^\p{Nope}$`, "x", ""},
		{`no pattern here, 5$`, "x", ""},
	} {
		got := ""
		if p := patternIn(c[0]); p != "" {
			if v := matching(p, c[1]); len(v) > 0 {
				got = v[0]
			}
		}
		if got != c[2] {
			t.Errorf("%s: got %q, want %q", c[0], got, c[2])
		}
	}
}

func FuzzPatterns(f *testing.F) {
	f.Add("^[a-z]{3,}$", "ABC")
	f.Add("^(a|b)*c?$", "")
	f.Fuzz(func(t *testing.T, pattern, old string) {
		matching(pattern, old)
		patternIn(pattern)
	})
}

func TestSchemes(t *testing.T) {
	r := get("https://h.test/me")
	r.Header = []request.Field{{Name: "Authorization", Value: "Bearer abc123"}}
	got := candidates(r, 401, diagnose.Evidence{Element: "auth", Cause: "malformed_authorization", Allowed: []string{"token", "basic"}, Ratio: 1000})
	if len(got) == 0 || show(got[0]) != "set auth Token abc123" {
		t.Errorf("got %v", head(got, 3))
	}
}

// Values that a stranger would mend at sight: one text among numbers, a time where a day is promised, a number in words.
func TestValuesAreMendedAsTheirNeighboursAndNamesSay(t *testing.T) {
	for _, c := range []struct {
		body string
		el   diagnose.ElementID
		to   any
	}{
		{`{"rooms":[3,"four",9]}`, "body:/rooms/1", json.Number("4")},
		{`{"rooms":[3,"here",9]}`, "body:/rooms/1", json.Number("9")},
		{`{"ready_at":"19:30"}`, "body:/ready_at", "2026-05-01T19:30:00Z"},
		{`{"amount":"40"}`, "body:/amount", "40.00"},
		{`{"customer_id":"C-5521"}`, "body:/customer_id", json.Number("5521")},
		{`{"year":"85s"}`, "body:/year", json.Number("2000")},
		{`{"pets":"none"}`, "body:/pets", false},
	} {
		x := element.Of(request.Request{Method: "POST", URL: "https://x.test/a", Header: []request.Field{{Name: "Content-Type", Value: "application/json"}}, Body: request.Body{Kind: request.RawBody, Text: c.body, Type: "application/json"}})
		found := false
		for _, p := range Places(x, nil, Options{Now: time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)}) {
			for _, change := range p.Changes {
				found = found || p.Element == c.el && change.Edit.To == c.to
			}
		}
		if !found {
			t.Errorf("%s: %v is not tried", c.body, c.to)
		}
	}
}

// TestOneChoiceInCapitals: the only fixed word in capitals among others in small letters is surely meant like them; two are
// a habit of the API, and a code has capitals of its own.
func TestOneChoiceInCapitals(t *testing.T) {
	for body, want := range map[string]bool{
		`{"priority":"normal","type":"TASK","channel":"phone"}`:    true,
		`{"priority":"HIGH","type":"TASK","channel":"phone"}`:      false,
		`{"type":"TASK","channel":"phone"}`:                        false,
		`{"priority":"normal","currency":"EUR","channel":"phone"}`: false,
	} {
		got := slices.ContainsFunc(Fine(element.Of(post(body)), Options{Now: noon}), func(e diagnose.Edit) bool {
			return e.Op == diagnose.Set
		})
		if got != want {
			t.Errorf("%s: got %v", body, got)
		}
	}
}
