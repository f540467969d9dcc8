package lint

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"culprit/diagnose/element"
	"culprit/request"
)

// BenchmarkLarge is one look at a large body of each kind, in time for each MB of it, which must not grow with the size.
func BenchmarkLarge(b *testing.B) {
	const order = `{"id":%d,"sku":"TEA-%[1]d","title":"Assam, 250 g","unit_price":12.50,"quantity":3,"email":"ada%[1]d@example.com","placed_at":"2026-01-02T10:00:00Z","address":{"street":"Hauptstrasse 5","zip":"10115","country":"DE"},"tags":["a","b"],"note":null},`
	for _, kind := range []struct {
		name, media string
		text        func(size int) string
	}{
		{"items", "application/json", func(size int) string { return `{"items":[` + many(size, order) + `{}]}` }},
		{"members", "application/json", func(size int) string {
			return "{" + many(size, `"unit_price_%d":"%[1]d.50","customer_email_%[1]d":"ada@example.com",`) + `"end":1}`
		}},
		{"text", "application/json", func(size int) string {
			return `{"note":"` + many(size, `A line of prose no. %d, with words as people write them. `) + `"}`
		}},
		{"base64", "application/json", func(size int) string {
			return `{"image":"` + strings.Repeat("iVBORw0KGgoAAAANSUhEUgAA", size/24) + `"}`
		}},
		{"numbers", "application/json", func(size int) string { return `{"vector":[` + many(size, `0.%d,`) + `1]}` }},
		{"xml", "application/xml", func(size int) string {
			return "<orders>" + many(size, `<order id="%d"><sku>TEA-%[1]d</sku><price>12.50</price><placed>2026-01-02</placed></order>`) + "</orders>"
		}},
		{"form", "application/x-www-form-urlencoded", func(size int) string { return many(size, `item_%d=TEA-%[1]d&price_%[1]d=12.50&`) + "end=1" }},
		{"plain", "text/plain", func(size int) string { return many(size, "line %d, of a log: all is well\n") }},
	} {
		for _, size := range []int{1 << 18, 1 << 20} {
			b.Run(fmt.Sprintf("%s/%dK", kind.name, size>>10), func(b *testing.B) {
				x := element.Of(request.Request{
					Method: "POST", URL: "http://h/orders", Header: []request.Field{{Name: "Content-Type", Value: kind.media}},
					Body: request.Body{Kind: request.RawBody, Text: kind.text(size)},
				})
				f := Facts{Now: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)}
				for b.Loop() {
					Check(x, f)
				}
				b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N)/(float64(size)/(1<<20)), "ms/MB")
			})
		}
	}
}

// many is a text with a number in it, again and again, until it has the size.
func many(size int, text string) string {
	var out strings.Builder
	for i := 0; out.Len() < size; i++ {
		fmt.Fprintf(&out, text, i)
	}
	return out.String()
}
