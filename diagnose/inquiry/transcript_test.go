package inquiry_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/request"
	"culprit/request/curl"
)

var update = flag.Bool("update", false, "write the transcripts anew")

// A world answers requests: it stands for a server with its rules.
type world struct {
	name    string
	curl    string
	good    string
	answers func(r request.Request) (int, string)
}

// worlds are typical servers, each with a typical mistake. What is asked of them, and what is concluded, stands in
// testdata: the method can be read there.
var worlds = []world{
	{"names-the-field", post(`{"name":"Ada","age":"30"}`), "", body(func(b map[string]any) (int, string) {
		if _, ok := b["age"].(float64); !ok {
			return 422, `{"detail":[{"type":"int_type","loc":["body","age"],"msg":"Input should be a valid integer"}]}`
		}
		return 201, `{"id":1}`
	})},
	{"names-two-fields", post(`{"code":"ab1","colour":"red"}`), "", body(func(b map[string]any) (int, string) {
		var errs []string
		if b["code"] != "AB1" {
			errs = append(errs, `{"path":["code"],"message":"\"code\" with value \"ab1\" fails to match the required pattern: /^[A-Z]{2}[0-9]$/","type":"string.pattern.base","context":{"key":"code"}}`)
		}
		if _, ok := b["colour"]; ok {
			errs = append(errs, `{"path":["colour"],"message":"\"colour\" is not allowed","type":"object.unknown","context":{"key":"colour"}}`)
		}
		if len(errs) > 0 {
			return 400, `{"details":[` + strings.Join(errs, ",") + `]}`
		}
		return 201, `{}`
	})},
	{"go-validator", post(`{"carrier":"dhl","items":[{"qty":2},{"qty":0}]}`), "", body(func(b map[string]any) (int, string) {
		items, _ := b["items"].([]any)
		for i, it := range items {
			if m, _ := it.(map[string]any); m["qty"] == nil || m["qty"] == 0.0 {
				return 400, fmt.Sprintf(`{"error":"Key: 'order.Items[%d].Qty' Error:Field validation for 'Qty' failed on the 'required' tag"}`, i)
			}
		}
		return 201, `{}`
	})},
	{"opaque-value", post(`{"sku":"AB-1","kind":"Sensor","note":"here"}`), "", body(func(b map[string]any) (int, string) {
		if b["kind"] != "sensor" || b["sku"] == nil {
			return 400, `{"error":"Bad Request"}`
		}
		return 201, `{}`
	})},
	{"opaque-many-suspects", post(`{"starts_on":"02.01.2024","total":"12.50","active":"yes","quantity":"5","email":" ada@example.com"}`), "", body(func(b map[string]any) (int, string) {
		if _, ok := b["quantity"].(float64); !ok {
			return 400, `{"error":"Bad Request"}`
		}
		return 201, `{}`
	})},
	{"opaque-two-values", post(`{"price":"9.90","currency":"euro","stock":3}`), "", body(func(b map[string]any) (int, string) {
		if _, ok := b["price"].(float64); !ok || b["currency"] != "EUR" {
			return 400, `{"error":"Bad Request"}`
		}
		return 201, `{}`
	})},
	{"opaque-item-with-a-good-request", post(`{"lines":[{"sku":"A","tax":7},{"sku":"B","tax":19},{"sku":"C","tax":99}]}`), post(`{"lines":[{"sku":"D","tax":7}]}`), body(func(b map[string]any) (int, string) {
		lines, _ := b["lines"].([]any)
		for _, l := range lines {
			if m, _ := l.(map[string]any); m["tax"] != 7.0 && m["tax"] != 19.0 {
				return 400, `{"error":"Bad Request"}`
			}
		}
		return 201, `{}`
	})},
	{"drifted-since-it-worked", `curl 'https://api.test/report?from=2030-01-01' -H 'X-Nonce: b'`, `curl 'https://api.test/report?from=2029-01-01' -H 'X-Nonce: b'`, func(request.Request) (int, string) {
		return 400, `{"error":"Bad Request"}`
	}},
	{"no-such-resource", `curl https://api.test/posts/99`, "", func(r request.Request) (int, string) {
		switch r.URL {
		case "https://api.test/posts":
			return 200, `[{"id":1},{"id":2}]`
		case "https://api.test/posts/1", "https://api.test/posts/2":
			return 200, `{"id":1}`
		}
		return 404, `{}`
	}},
	{"search-for-nothing", `curl 'https://api.test/search?limit=5'`, "", func(r request.Request) (int, string) {
		if !strings.Contains(r.URL, "q=") {
			return 400, `{"error":"Bad Request"}`
		}
		return 200, `[]`
	}},
	{"silent-header", `curl https://api.test/report`, "", func(r request.Request) (int, string) {
		if request.Get(r.Header, "Referer") == "" {
			return 403, `<html>Forbidden</html>`
		}
		return 200, `{}`
	}},
	{"redirects-back", `curl https://api.test/books/9`, "", func(r request.Request) (int, string) {
		switch {
		case strings.HasSuffix(r.URL, "/"):
			return 307, "https://api.test/books/9"
		case !strings.Contains(r.URL, "/books"):
			return 404, `{"detail":"Not Found"}`
		}
		return 404, `{"detail":"Book not found"}`
	}},
	{"named-and-not-mended", post(`{"name":"Ada","tier":"gold","size":"5","note":"here"}`), "", body(func(b map[string]any) (int, string) {
		if b["tier"] != "TEA-7" {
			return 400, `{"error":"unhandled request 'gold' at this path"}`
		}
		return 201, `{}`
	})},
	{"missing-and-not-what-was-guessed", post(`{"name":"Ada","year":"1815","note":"here"}`), "", body(func(b map[string]any) (int, string) {
		switch {
		case b["voucher"] == nil:
			return 400, `{"errors":[{"field":"voucher","message":"is required"}]}`
		case b["voucher"] != "TEA-7":
			return 400, `{"error":"Bad Request"}`
		}
		return 201, `{}`
	})},
	{"healthy", `curl https://api.test/ok -H 'X-Odd: 1'`, "", func(request.Request) (int, string) { return 200, `{"ok":true}` }},
}

func post(body string) string {
	return `curl https://api.test/things -H 'Content-Type: application/json' -d '` + body + `'`
}

// body answers by the JSON object that was sent.
func body(f func(map[string]any) (int, string)) func(request.Request) (int, string) {
	return func(r request.Request) (int, string) {
		var b map[string]any
		if json.Unmarshal([]byte(r.Body.Text), &b) != nil {
			return 400, `{"error":"Bad Request"}`
		}
		return f(b)
	}
}

func (w world) ask(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
	if q.Request == nil {
		return diagnose.Answer{Refused: "not here"}, nil
	}
	status, text := w.answers(*q.Request)
	header := []request.Field{{Name: "Content-Type", Value: "application/json"}}
	if status/100 == 3 {
		header, text = append(header, request.Field{Name: "Location", Value: text}), ""
	}
	if strings.HasPrefix(text, "<") {
		header[0].Value = "text/html"
	}
	return diagnose.Answer{Exchange: &request.Exchange{Request: *q.Request, Hops: []request.Hop{{
		Sent:     request.Sent{Method: q.Request.Method, URL: q.Request.URL, Header: q.Request.Header},
		Response: &request.Response{Status: status, Header: header, Body: request.NewContent([]byte(text))},
	}}}}, nil
}

// problem is what is known of the world's request before anything is sent.
func (w world) problem(t *testing.T) diagnose.Case {
	parse := func(s string) request.Request {
		p, err := curl.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		return p.Request
	}
	c := diagnose.Case{Request: parse(w.curl), Writes: true, Now: time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)}
	if w.good != "" {
		c.Good = []diagnose.Known{{Label: "the good request", Request: parse(w.good)}}
	}
	return c
}

// transcript runs a diagnosis and writes down what was asked, what came back, and what was concluded.
func (w world) transcript(t *testing.T) string {
	r, err := diagnose.Run(t.Context(), inquiry.New(w.problem(t)), w.ask, nil)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", w.curl)
	for _, p := range r.Probes {
		fmt.Fprintf(&b, "%2d %-8s %-10s %d  %s\n", p.N, p.Kind, p.Outcome, p.Status, p.Why)
		for _, c := range p.Changed {
			fmt.Fprintf(&b, "      %s\n", c)
		}
	}
	fmt.Fprintf(&b, "\n%s: %s\n", r.Verdict.Outcome, r.Verdict.Summary)
	for _, c := range r.Verdict.Culprits {
		fmt.Fprintf(&b, "- %s %s (%s), fails %d/%d, passes %d/%d; %s\n", c.Element, c.Cause, c.Standing, c.With.Seen, c.With.Tried, c.Without.Seen, c.Without.Tried, c.Fix)
	}
	return b.String()
}

// TestTranscripts compares every question with what stands in testdata. Write it anew with -update and read the
// difference.
func TestTranscripts(t *testing.T) {
	for _, w := range worlds {
		t.Run(w.name, func(t *testing.T) {
			got, file := w.transcript(t), filepath.Join("testdata", w.name+".txt")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
