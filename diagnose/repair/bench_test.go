package repair

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"culprit/diagnose/element"
	"culprit/diagnose/lint"
)

// BenchmarkLarge is all that is tried on a body of members and items; ten times as many may take ten times as long. With
// each edit compared with all others, and each name with all others, 1,000 took 3.5 s instead of 0.1.
func BenchmarkLarge(b *testing.B) {
	for _, n := range []int{100, 1000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var members strings.Builder
			for i := range n / 2 {
				fmt.Fprintf(&members, `"unit_price_%d":"%d.50","items_%d":[{"sku":"TEA-%d"}],`, i, i, i, i)
			}
			x := element.Of(post("{" + members.String() + `"a":1}`))
			hits := lint.Check(x, lint.Facts{Now: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)})
			for b.Loop() {
				Bundle(For(x, nil, hits, Options{}))
				Together(Usual(x, Options{}), Fine(x, Options{}))
			}
		})
	}
}
