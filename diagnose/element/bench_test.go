package element

import (
	"fmt"
	"strings"
	"testing"

	"culprit/request"
)

// BenchmarkDiff is the difference of two requests with objects of so many members; ten times as many may take ten times
// as long.
func BenchmarkDiff(b *testing.B) {
	for _, n := range []int{100, 1000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			body := func(value int) request.Request {
				var members strings.Builder
				for i := range n {
					fmt.Fprintf(&members, `"member_%d":%d,`, i, i*value)
				}
				return request.Request{Method: "POST", URL: "http://h/", Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: "{" + members.String() + `"end":1}`}}
			}
			from, to := body(1), body(2)
			for b.Loop() {
				Diff(from, to)
			}
		})
	}
}
