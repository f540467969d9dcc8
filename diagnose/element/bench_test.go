package element

import (
	"fmt"
	"strings"
	"testing"

	"culprit/request"
)

// BenchmarkDiff is the difference of two requests with bodies of so many values; ten times as many may take ten times as
// long. When each edit read the body anew, 750 values in XML took ten seconds; 1,000 take some 20 ms.
func BenchmarkDiff(b *testing.B) {
	for kind, of := range map[string]func(n, value int) string{
		"json": func(n, value int) string { return "{" + repeated(n, `"member_%d":%d,`, value) + `"end":1}` },
		"xml":  func(n, value int) string { return "<a>" + repeated(n, `<member_%d>%d</member_%[1]d>`, value) + "</a>" },
	} {
		for _, n := range []int{100, 1000, 10_000} {
			b.Run(fmt.Sprint(kind, n), func(b *testing.B) {
				body := func(value int) request.Request {
					return request.Request{Method: "POST", URL: "http://h/", Body: request.Body{Kind: request.RawBody, Type: "application/" + kind, Text: of(n, value)}}
				}
				from, to := body(1), body(2)
				for b.Loop() {
					if len(Diff(from, to)) < n-1 {
						b.Fatal("not value by value")
					}
				}
			})
		}
	}
}

// repeated is text n times, with the number and value times the number in it.
func repeated(n int, text string, value int) string {
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, text, i, i*value)
	}
	return out.String()
}
