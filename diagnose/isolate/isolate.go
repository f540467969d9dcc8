// Package isolate finds the smallest set of changes that turns a failure into a pass, with few trials.
//
// It is weighted prefix bisection followed by a small delta debugging (DIAGNOSIS.md §7.3): the search runs in
// the direction of the fix, because a pass is the only outcome that means the same on every server. It is a
// leaf and pure: changes are numbers, a trial is a function.
package isolate

import (
	"errors"
	"slices"
)

// A Trial reports whether the original with the changes of set applied passes. The numbers of set are in
// ascending order. The error Unresolved says that this set cannot be judged; any other ends the search.
type Trial func(set []int) (bool, error)

// Unresolved is a Trial's error for a set that got no answer worth judging, however often it was asked: the third
// outcome of delta debugging. The search then splits one change further on.
var Unresolved = errors.New("no answer that can be judged")

// Even is the share of the weight at which a search splits that takes the fewest trials.
const Even = 0.5

// Search returns a minimal set of the changes 0…n-1 whose application passes, given that all of them together
// pass and none of them fails; neither is tried again. weight gives the odds of a change being part of the
// fix; nil means all are alike. With k changes in the result and equal weights it takes at most k(log2 n + 1) trials
// and those of Minimize, where share is Even.
//
// It splits where the changes tried hold share of the weight, 0 < share < 1, so that about that share of the trials
// passes: for a pass that does not cost what a failure does. A quarter takes a quarter more trials than one half, of
// which half as many pass.
//
// The result always passes, whether trials are monotone or not. On an error the result is a set that is known
// to pass, not yet minimal.
func Search(n int, weight func(int) float64, share float64, passes Trial) ([]int, error) {
	weight = mix(n, weight)
	var found []int
	for left := n; left > 0; {
		first, last, err := narrow(found, left, weight, share, passes)
		if err != nil {
			return with(found, 0, last), err
		}
		found, left = with(found, first, last), first
		if left == 0 {
			break
		}
		ok, err := passes(found)
		if err != nil && err != Unresolved {
			return with(found, 0, left), err
		}
		if ok {
			break
		}
	}
	return Minimize(found, passes)
}

// narrow returns the bounds of the last changes below n that found needs to pass: one change, or a block that no
// split of which could be judged.
func narrow(found []int, n int, weight func(int) float64, share float64, passes Trial) (lo, hi int, err error) {
	// Invariant: found + the changes below lo fails, found + those below hi passes. Unusable splits lie between.
	unusable := map[int]bool{}
	lo, hi = 0, n
	for {
		m := split(lo, hi, weight, share, unusable)
		if m < 0 {
			return lo, hi, nil
		}
		ok, err := passes(with(found, 0, m))
		switch {
		case err == Unresolved:
			unusable[m] = true
		case err != nil:
			return lo, hi, err
		case ok:
			hi = m
		default:
			lo = m
		}
	}
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

// split returns the usable m, lo < m < hi, below which the share of the weight of the changes lo…hi-1 lies most nearly; -1
// for none.
func split(lo, hi int, weight func(int) float64, share float64, unusable map[int]bool) int {
	total := 0.0
	for i := lo; i < hi; i++ {
		total += weight(i)
	}
	sum, best, gap := 0.0, -1, total+1
	for m := lo + 1; m < hi; m++ {
		sum += weight(m - 1)
		if g := abs(share*total - sum); g < gap && !unusable[m] {
			best, gap = m, g
		}
	}
	return best
}

func abs(f float64) float64 { return max(f, -f) }

// with returns set and the changes lo…hi-1 in ascending order.
func with(set []int, lo, hi int) []int {
	u := slices.Clone(set)
	for i := lo; i < hi; i++ {
		u = append(u, i)
	}
	slices.Sort(u)
	return slices.Compact(u)
}

// Minimize returns a subset of set that passes and from which no single change can be taken away (ddmin of
// Zeller and Hildebrandt 2002, one change at a time: set is small). set is known to pass, the empty set to fail. A
// change without which nothing can be judged stays.
func Minimize(set []int, passes Trial) ([]int, error) {
	// Invariant: set passes, and without any of the needed changes before i it did not.
	for i, needed := 0, 0; len(set) > 1 && needed < len(set); {
		i %= len(set)
		less := slices.Delete(slices.Clone(set), i, i+1)
		ok, err := passes(less)
		switch {
		case err != nil && err != Unresolved:
			return set, err
		case ok:
			set, needed = less, 0
		default:
			i, needed = i+1, needed+1
		}
	}
	return set, nil
}
