package isolate

import (
	"math/bits"
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
		got, err := Search(n, nil, func(set []int) (bool, error) {
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
		got, err := Search(n, func(i int) float64 { return float64(1 + i%3) }, passes)
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
