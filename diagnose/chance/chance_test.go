package chance

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The intervals of DIAGNOSIS §10.
func TestShareIsWilsons(t *testing.T) {
	for _, c := range []struct {
		k, n      int
		low, high float64
		said      string
	}{
		{3, 10, 0.11, 0.60, "3 of 10 times (between 11 and 60 of 100)"},
		{6, 20, 0.15, 0.52, "6 of 20 times, about 30 % (between 15 and 52 of 100)"},
		{9, 30, 0.17, 0.48, "9 of 30 times, about 30 % (between 17 and 48 of 100)"},
		{0, 0, 0, 1, "0 of 0 times (between 0 and 100 of 100)"},
	} {
		low, high := share(c.k, c.n)
		if math.Abs(low-c.low) > 0.005 || math.Abs(high-c.high) > 0.005 {
			t.Errorf("%d of %d: %.3f to %.3f, want %.2f to %.2f", c.k, c.n, low, high, c.low, c.high)
		}
		if got := Say(c.k, c.n); got != c.said {
			t.Errorf("got %q, want %q", got, c.said)
		}
	}
}

// How often the true share lies in the interval: 95 of 100, as it says.
func TestShareHoldsTheTruth(t *testing.T) {
	rnd := rand.New(rand.NewPCG(8, 9))
	const runs = 5000
	for _, rate := range []float64{0.1, 0.3, 0.5} {
		in := 0
		for range runs {
			k := 0
			for range 20 {
				if rnd.Float64() < rate {
					k++
				}
			}
			if low, high := share(k, 20); low <= rate && rate <= high {
				in++
			}
		}
		if share := float64(in) / runs; share < 0.93 {
			t.Errorf("rate %.1f: inside %.3f of the time", rate, share)
		}
	}
}

// Fisher's exact test, against tables worked out by hand.
func TestTableIsFishers(t *testing.T) {
	for _, c := range []struct {
		t      Table
		p      float64
		linked bool
	}{
		{Table{3, 1, 1, 3}, 0.4857, false}, // the lady tasting tea
		{Table{6, 0, 0, 6}, 0.002165, true},
		{Table{5, 0, 0, 5}, 0.007937, false}, // fewer than six on a side
		{Table{6, 4, 0, 10}, 0.010836, false},
		{Table{8, 2, 0, 10}, 0.000714, true},
		{Table{1, 9, 11, 3}, 0.002759, true},
		{Table{0, 0, 0, 0}, 1, false},
	} {
		if p := c.t.P(); math.Abs(p-c.p) > 5e-5 || c.t.LinkedAmong(1) != c.linked {
			t.Errorf("%v: p %.6f, want %.6f; linked %v", c.t, p, c.p, c.t.LinkedAmong(1))
		}
	}
}

// Two things that have nothing to do with each other are linked in fewer than one of a hundred tables.
func TestTableSeldomLinksWhatIsNotLinked(t *testing.T) {
	rnd := rand.New(rand.NewPCG(10, 11))
	const runs = 20_000
	linked, seen := 0, 0
	for range runs {
		var tab Table
		for i := range 20 {
			with, failed := i%2 == 0, rnd.Float64() < 0.4
			switch {
			case with && failed:
				tab.WithFailed++
			case with:
				tab.WithPassed++
			case failed:
				tab.WithoutFailed++
			default:
				tab.WithoutPassed++
			}
		}
		if tab.LinkedAmong(1) {
			linked++
		}
		seen++
	}
	if share := float64(linked) / float64(seen); share > 0.01 {
		t.Errorf("linked %.4f of unlinked tables", share)
	} else {
		t.Logf("linked %.4f of unlinked tables", share)
	}
}
