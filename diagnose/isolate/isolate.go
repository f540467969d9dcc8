// Package isolate finds the smallest set of changes that turns a failure into a pass, with few trials.
//
// It is weighted prefix bisection followed by a small delta debugging (DIAGNOSIS.md §7.3): the search runs in
// the direction of the fix, because a pass is the only outcome that means the same on every server. It is a
// leaf and pure: changes are numbers, a trial is a function.
package isolate

import "slices"

// A Trial reports whether the original with the changes of set applied passes. The numbers of set are in
// ascending order. An error ends the search.
type Trial func(set []int) (bool, error)

// Search returns a minimal set of the changes 0…n-1 whose application passes, given that all of them together
// pass and none of them fails; neither is tried again. weight gives the odds of a change being part of the
// fix; nil means all are alike. With k changes in the result it takes about k(log2 n + 1) trials.
//
// The result always passes, whether trials are monotone or not. On an error the result is a set that is known
// to pass, not yet minimal.
func Search(n int, weight func(int) float64, passes Trial) ([]int, error) {
	candidates := make([]int, n)
	for i := range candidates {
		candidates[i] = i
	}
	var found []int
	for {
		// Invariant: found + candidates[:lo] fails, found + candidates[:hi] passes.
		lo, hi := 0, len(candidates)
		for hi-lo > 1 {
			m := median(candidates, lo, hi, mix(n, weight))
			ok, err := passes(union(found, candidates[:m]))
			switch {
			case err != nil:
				return union(found, candidates[:hi]), err
			case ok:
				hi = m
			default:
				lo = m
			}
		}
		found = union(found, candidates[hi-1:hi])
		candidates = candidates[:hi-1]
		if len(candidates) == 0 {
			break
		}
		ok, err := passes(found)
		if err != nil {
			return union(found, candidates), err
		}
		if ok {
			break
		}
	}
	return Minimize(found, passes)
}

// mix spreads 30 % of the weight evenly, so that a wrong prior costs little (§14.1).
func mix(n int, weight func(int) float64) func(int) float64 {
	if weight == nil {
		return func(int) float64 { return 1 }
	}
	sum := 0.0
	for i := range n {
		sum += weight(i)
	}
	if sum <= 0 {
		return func(int) float64 { return 1 }
	}
	return func(i int) float64 { return 0.7*weight(i)/sum + 0.3/float64(n) }
}

// median returns the m, lo < m < hi, that splits the weight of candidates[lo:hi] most evenly.
func median(candidates []int, lo, hi int, weight func(int) float64) int {
	total := 0.0
	for _, c := range candidates[lo:hi] {
		total += weight(c)
	}
	sum, best, gap := 0.0, lo+1, total+1
	for m := lo + 1; m < hi; m++ {
		sum += weight(candidates[m-1])
		if g := abs(total - 2*sum); g < gap {
			best, gap = m, g
		}
	}
	return best
}

func abs(f float64) float64 { return max(f, -f) }

func union(a, b []int) []int {
	u := slices.Concat(a, b)
	slices.Sort(u)
	return slices.Compact(u)
}

// Minimize returns a subset of set that passes and from which no single change can be taken away (ddmin of
// Zeller and Hildebrandt 2002, one change at a time: set is small). set is known to pass.
func Minimize(set []int, passes Trial) ([]int, error) {
	if len(set) < 2 {
		return set, nil
	}
	for i := 0; i < len(set); {
		less := slices.Delete(slices.Clone(set), i, i+1)
		ok, err := passes(less)
		if err != nil {
			return set, err
		}
		if ok {
			set, i = less, 0
		} else {
			i++
		}
		if len(set) == 1 {
			break
		}
	}
	return set, nil
}
