package inquiry

import "slices"

// A lineup is who may still be the culprit of a search, by weight: each of some suspects alone, or two of them together. It
// foretells how likely a trial passes; how far the answers are from that is what they tell of chance.
type lineup struct {
	share        []float64
	fails, holds []int // the last sets that failed and that passed
}

// lined is the lineup of 0…n-1, which pass together, at the beginning of a search. A part of the weight is spread evenly,
// as the search does it (§14.1).
func lined(n int, weight func(int) float64) *lineup {
	sum := 0.0
	for i := range n {
		sum += weight(i)
	}
	l := &lineup{}
	for i := range n {
		l.share, l.holds = append(l.share, .7*weight(i)/max(sum, leastWeight)+.3/float64(n)), append(l.holds, i)
	}
	return l
}

// within is how likely the culprits lie in set.
func (l *lineup) within(set []int) float64 {
	part := 0.0
	for _, i := range set {
		part += l.share[i]
	}
	return (1-besides)*part + besides*part*part
}

// surprise is how likely each answer of a trial is at least: there may be more than two culprits.
const surprise = .1

// hope is how likely the changes of set pass.
func (l *lineup) hope(set []int) float64 {
	if slices.ContainsFunc(l.fails, func(i int) bool { return !slices.Contains(set, i) }) {
		return 1 - besides // what was found, alone
	}
	failed := l.within(l.fails)
	return min(max((l.within(set)-failed)/max(l.within(l.holds)-failed, leastWeight), surprise), 1-surprise)
}

// learn takes in whether the changes of set passed.
func (l *lineup) learn(set []int, passed bool) {
	if passed {
		l.holds = set
	} else {
		l.fails = set
	}
}
