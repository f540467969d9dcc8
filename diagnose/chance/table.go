// Package chance tells what always happens from what comes and goes: how often the same question must be asked, how
// sure a share is, and whether two observations go together (DIAGNOSIS.md §10). It is pure and knows no requests.
package chance

import "math"

// A Table counts two observations that were made together: of those with a property, how many failed and how many
// passed, and the same of those without it.
type Table struct {
	WithFailed, WithPassed, WithoutFailed, WithoutPassed int
}

const (
	// margin is the least count of each side of a table that is worth a word, linked the p below which its two sides
	// go together (§10).
	margin = 6
	linked = 0.01
)

// LinkedAmong reports that failing and the property, one of n that were looked at, go together: six observations at least
// on each side, and Fisher's exact test below one in a hundred. Who looks often enough finds something by chance, so that
// each has to be as much less likely (Bonferroni).
func (t Table) LinkedAmong(n int) bool { return t.Telling() && t.P()*float64(n) < linked }

// Telling reports six observations at least on each side: a table that could show something.
func (t Table) Telling() bool {
	return min(t.WithFailed+t.WithPassed, t.WithoutFailed+t.WithoutPassed, t.WithFailed+t.WithoutFailed, t.WithPassed+t.WithoutPassed) >= margin
}

// P is the two-sided p of Fisher's exact test: the chance of a table as uneven as this one, or more, when failing has
// nothing to do with the property.
func (t Table) P() float64 {
	with, failed := t.WithFailed+t.WithPassed, t.WithFailed+t.WithoutFailed
	n := with + t.WithoutFailed + t.WithoutPassed
	chance := func(k int) float64 {
		return math.Exp(choose(with, k) + choose(n-with, failed-k) - choose(n, failed))
	}
	// A part in ten million: tables of the same chance are computed in another order.
	here, p := chance(t.WithFailed)*(1+1e-7), 0.0
	for k := max(0, failed-(n-with)); k <= min(with, failed); k++ {
		if c := chance(k); c <= here {
			p += c
		}
	}
	return min(1, p)
}

// choose is ln of n over k.
func choose(n, k int) float64 {
	ln := func(x int) float64 { l, _ := math.Lgamma(float64(x + 1)); return l }
	return ln(n) - ln(k) - ln(n-k)
}
