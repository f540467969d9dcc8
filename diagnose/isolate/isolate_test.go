package isolate

import (
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// contains reports whether every number of sub is in set.
func contains(set, sub []int) bool {
	for _, s := range sub {
		if !slices.Contains(set, s) {
			return false
		}
	}
	return true
}

func TestSearchFindsExactlyTheFixWithinTheBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 200).Draw(t, "n")
		k := rapid.IntRange(1, min(4, n)).Draw(t, "k")
		var fix []int
		for len(fix) < k {
			if i := rapid.IntRange(0, n-1).Draw(t, "i"); !slices.Contains(fix, i) {
				fix = append(fix, i)
			}
		}
		slices.Sort(fix)
		trials := 0
		got, err := Search(n, nil, Even, func(set []int) (bool, error) {
			trials++
			return contains(set, fix), nil
		})
		if err != nil || !slices.Equal(got, fix) {
			t.Fatalf("got %v, want %v", got, fix)
		}
		// k(log2 n + 1) for the bisections and one trial a change for the clean-up.
		if bound := k*(bits.Len(uint(n-1))+1) + k + 1; trials > bound {
			t.Fatalf("%d trials for n=%d k=%d, bound %d", trials, n, k, bound)
		}
	})
}

// Coupled changes: applying one of a pair without the other fails. Whatever the world, the result passes and
// is minimal.
func TestSearchIsSoundWhenChangesAreCoupled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 40).Draw(t, "n")
		fix := rapid.IntRange(0, n-1).Draw(t, "fix")
		pairs := rapid.SliceOfN(rapid.IntRange(0, n-2), 0, 5).Draw(t, "pairs")
		passes := func(set []int) (bool, error) {
			for _, p := range pairs {
				if slices.Contains(set, p) != slices.Contains(set, p+1) {
					return false, nil
				}
			}
			return slices.Contains(set, fix), nil
		}
		got, err := Search(n, func(i int) float64 { return float64(1 + i%3) }, Even, passes)
		if err != nil {
			t.Fatal(err)
		}
		if ok, _ := passes(got); !ok {
			t.Fatalf("%v does not pass", got)
		}
		for i := range got {
			if ok, _ := passes(slices.Delete(slices.Clone(got), i, i+1)); ok {
				t.Fatalf("%v is not minimal", got)
			}
		}
	})
}

// brokenAlone takes single changes away and reports whether what is left passes: then set was not minimal.
func brokenAlone(set []int, passes func([]int) bool) bool {
	for i := range set {
		if less := slices.Delete(slices.Clone(set), i, i+1); len(less) > 0 && passes(less) {
			return true
		}
	}
	return false
}

// A world without any order: each set passes or fails by a coin, but all together pass and nothing fails. The
// result passes, is minimal, and came within the bound of one bisection for each change found and of the clean-up.
func TestSearchIsSoundInAWorldWithoutOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 24).Draw(t, "n")
		seed := rapid.Uint64().Draw(t, "seed")
		share := rapid.Uint64Range(1, 99).Draw(t, "share")
		weights := rapid.SliceOfN(rapid.Float64Range(0, 1000), n, n).Draw(t, "weights")
		passes := func(set []int) bool {
			key := uint64(0)
			for _, i := range set {
				key |= 1 << i
			}
			return len(set) == n || len(set) > 0 && rand.New(rand.NewPCG(seed, key)).Uint64N(100) < share
		}
		trials := 0
		got, err := Search(n, func(i int) float64 { return weights[i] }, Even, func(set []int) (bool, error) {
			if trials++; len(set) == 0 || len(set) == n {
				t.Fatalf("tried %v, whose outcome is known", set)
			}
			return passes(set), nil
		})
		if err != nil || !passes(got) || brokenAlone(got, passes) {
			t.Fatalf("%v, %v: passes %v, minimal %v", got, err, passes(got), !brokenAlone(got, passes))
		}
		if most := n*n + n*(bits.Len(uint(n))+1); trials > most {
			t.Fatalf("%d trials, at most %d", trials, most)
		}
	})
}

// Some sets cannot be judged: the search moves its split and still returns what passes. Only a change without
// which nothing could be judged may be too much.
func TestSearchMovesTheSplitWhereNothingCanBeJudged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 40).Draw(t, "n")
		fix := rapid.IntRange(0, n-1).Draw(t, "fix")
		mute := rapid.SliceOfN(rapid.IntRange(1, n-1), 0, 12).Draw(t, "mute")
		asked := map[int]int{}
		got, err := Search(n, nil, Even, func(set []int) (bool, error) {
			asked[len(set)]++
			if len(set) > 1 && slices.Contains(mute, len(set)) {
				return false, Unresolved
			}
			return slices.Contains(set, fix), nil
		})
		if err != nil || !slices.Contains(got, fix) {
			t.Fatalf("%v, %v: fix %d", got, err, fix)
		}
		if len(mute) == 0 && len(got) > 1 {
			t.Fatalf("%v for one change", got)
		}
	})
}

// One split that cannot be judged costs one trial and nothing else.
func TestSearchTakesTheNextSplit(t *testing.T) {
	var sizes []int
	got, err := Search(16, nil, Even, func(set []int) (bool, error) {
		sizes = append(sizes, len(set))
		if len(set) == 8 {
			return false, Unresolved
		}
		return slices.Contains(set, 7), nil
	})
	if err != nil || !slices.Equal(got, []int{7}) && !slices.Equal(got, []int{7, 8}) || sizes[0] != 8 || sizes[1] != 7 && sizes[1] != 9 {
		t.Errorf("%v, %v, sizes %v", got, err, sizes)
	}
}

// The means of DIAGNOSIS §14.1 for 40 differences: equal weights, and a prior that is right (Zipf).
func TestSearchCostsWhatTheSimulationSays(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	const n, runs = 40, 2000
	zipf := make([]float64, n)
	for i, rank := range rnd.Perm(n) {
		zipf[i] = 1 / float64(rank+1)
	}
	draw := func() int {
		x := rnd.Float64() * 4.2785 // the 40th harmonic number
		for i, w := range zipf {
			if x -= w; x < 0 {
				return i
			}
		}
		return n - 1
	}
	for _, c := range []struct {
		name   string
		weight func(int) float64
		draw   func() int
		k      int
		most   float64
	}{
		{"k=1, equal", nil, func() int { return rnd.IntN(n) }, 1, 6.4},
		{"k=2, equal", nil, func() int { return rnd.IntN(n) }, 2, 14},
		{"k=1, by a right prior", func(i int) float64 { return zipf[i] }, draw, 1, 5.8},
		{"k=1, by a useless prior", func(i int) float64 { return zipf[i] }, func() int { return rnd.IntN(n) }, 1, 7.3},
	} {
		trials := 0
		for range runs {
			var fix []int
			for len(fix) < c.k {
				if i := c.draw(); !slices.Contains(fix, i) {
					fix = append(fix, i)
				}
			}
			if _, err := Search(n, c.weight, Even, func(set []int) (bool, error) {
				trials++
				return contains(set, fix), nil
			}); err != nil {
				t.Fatal(err)
			}
		}
		mean := float64(trials) / runs
		if mean > c.most {
			t.Errorf("%s: %.2f trials, at most %.1f", c.name, mean, c.most)
		}
		t.Logf("%s: %.2f trials of %d changes", c.name, mean, n)
	}
}

// The table of DIAGNOSIS §14.7: how often a noisy search is right, and what it costs, beside the plain one.
func TestNoisySearchIsRightWhereThePlainOneIsNot(t *testing.T) {
	const n, runs = 40, 1500
	for _, c := range []struct {
		noise, eps   float64 // as it is, as it is believed
		right, plain float64 // least share of the noisy one, most of the plain one
		most         float64 // trials
	}{
		{0, 0.05, 1, 1, 10}, {0.02, 0.02, 0.94, 0.96, 9.5}, {0.05, 0.05, 0.95, 0.87, 12}, {0.10, 0.10, 0.94, 0.7, 16.5}, {0.20, 0.20, 0.9, 0.4, 30},
	} {
		rnd := rand.New(rand.NewPCG(3, uint64(c.noise*100)))
		var right, none, plain, trials int
		for range runs {
			fix := []int{rnd.IntN(n)}
			noisy := func(set []int) (bool, error) { return slices.Contains(set, fix[0]) != (rnd.Float64() < c.noise), nil }
			got, ok, err := Noisy(n, nil, c.eps, func(set []int) (bool, error) { trials++; return noisy(set) })
			if err != nil {
				t.Fatal(err)
			}
			if slices.Equal(got, fix) {
				right++
			}
			if !ok {
				none++
			}
			if got, err := Search(n, nil, Even, noisy); err == nil && slices.Equal(got, fix) {
				plain++
			}
		}
		share, was, mean := float64(right)/runs, float64(plain)/runs, float64(trials)/runs
		if share < c.right || was > c.plain || mean > c.most {
			t.Errorf("noise %.2f: right %.3f, at least %.2f; plain %.3f, at most %.2f; %.1f trials, at most %.1f", c.noise, share, c.right, was, c.plain, mean, c.most)
		}
		t.Logf("noise %.2f: right %.3f, given up %.3f, %.1f trials; plain bisection right %.3f", c.noise, share, float64(none)/runs, mean, was)
	}
}

// Two changes are needed: the noisy search finds both.
func TestNoisySearchFindsTwoChanges(t *testing.T) {
	const n, runs, noise = 30, 600, 0.05
	rnd := rand.New(rand.NewPCG(5, 6))
	right := 0
	for range runs {
		fix := rnd.Perm(n)[:2]
		slices.Sort(fix)
		got, _, err := Noisy(n, nil, noise, func(set []int) (bool, error) { return contains(set, fix) != (rnd.Float64() < noise), nil })
		if err != nil {
			t.Fatal(err)
		}
		if slices.Equal(got, fix) {
			right++
		}
	}
	if share := float64(right) / runs; share < 0.85 {
		t.Errorf("right %.3f", share)
	} else {
		t.Logf("right %.3f", share)
	}
}
