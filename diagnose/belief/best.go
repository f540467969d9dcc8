package belief

import "slices"

// Best returns the combination that is likeliest to pass, and how likely that is, 0 to 1: it makes the change that wins
// most worlds, then the next, until none is worthwhile. A place that is replaced by a change of what holds it is kept.
func (b *Belief) Best() (choices []int, chance float64) {
	choices = make([]int, len(b.places))
	for i := range choices {
		choices[i] = Keep
	}
	if len(b.worlds) == 0 {
		return choices, 0
	}
	least := max(1, int(worthwhile*float64(len(b.worlds))))
	now := b.tally(choices)
	for range len(b.places) * 2 {
		m, won := b.next(now, choices)
		if won-len(now.passing) < max(least, int(relative*float64(len(now.passing)))) {
			break
		}
		for _, s := range m {
			choices[s.place] = s.change
		}
		for i := range choices {
			if b.replaced(i, choices) {
				choices[i] = Keep
			}
		}
		now = b.tally(choices)
	}
	return choices, float64(len(now.passing)) / (float64(len(b.worlds)) + b.elsewhere)
}

// A tally parts the worlds by what they refuse of a combination.
type tally struct {
	passing []int   // worlds that refuse nothing
	sole    [][]int // by place: worlds that refuse nothing but it
}

func (b *Belief) tally(choices []int) tally {
	t := tally{sole: make([][]int, len(b.places))}
	var live []int // places that are not replaced
	for i := range b.places {
		if !b.replaced(i, choices) {
			live = append(live, i)
		}
	}
	for k, w := range b.worlds {
		n, at := 0, 0
		for _, i := range live {
			if w.bad[i]>>(choices[i]+1)&1 == 1 {
				if n, at = n+1, i; n > 1 {
					break
				}
			}
		}
		switch n {
		case 0:
			t.passing = append(t.passing, k)
		case 1:
			t.sole[at] = append(t.sole[at], k)
		}
	}
	return t
}

// A step changes one place.
type step struct{ place, change int }

// next is what makes most worlds pass: one change, or all that stand or fall together, for one alone would win less than
// it risks.
func (b *Belief) next(now tally, choices []int) (best []step, won int) {
	won = len(now.passing)
	for _, m := range b.steps(choices) {
		if n := b.after(now, choices, m); n > won {
			best, won = m, n
		}
	}
	return best, won
}

// after is how many worlds pass after steps. What two faults need at once is found one after the other.
func (b *Belief) after(now tally, choices []int, steps []step) int {
	if len(steps) == 1 && b.holds(steps[0].place) {
		return b.replacing(choices, steps[0])
	}
	n := 0
	takes := func(k int) bool {
		for _, s := range steps {
			if b.worlds[k].bad[s.place]>>(s.change+1)&1 == 1 {
				return false
			}
		}
		return true
	}
	for _, k := range now.passing {
		if takes(k) {
			n++
		}
	}
	for _, s := range steps {
		for _, k := range now.sole[s.place] {
			if takes(k) {
				n++
			}
		}
	}
	return n
}

// replacing is how many worlds pass after a change of a place that holds others.
func (b *Belief) replacing(choices []int, s step) int {
	other := slices.Clone(choices)
	other[s.place] = s.change
	return len(b.tally(other).passing)
}

// holds reports whether other places lie in place i.
func (b *Belief) holds(i int) bool {
	return slices.ContainsFunc(b.places, func(p Place) bool { return p.Within == i })
}

// steps are the changes that can come next, singly and by coin.
func (b *Belief) steps(choices []int) [][]step {
	var out [][]step
	coins := map[string]int{}
	for i, p := range b.places {
		if b.replaced(i, choices) {
			continue
		}
		tossed := map[string]bool{}
		for c := Keep; c < min(len(p.Changes), mostChanges); c++ {
			if c == choices[i] {
				continue
			}
			s := step{i, c}
			out = append(out, []step{s})
			if c == Keep || p.Changes[c].Coin == "" || tossed[p.Changes[c].Coin] || choices[i] != Keep || b.holds(i) {
				continue
			}
			coin := p.Changes[c].Coin
			tossed[coin] = true
			at, ok := coins[coin]
			if !ok {
				at = len(out)
				coins[coin] = at
				out = append(out, nil)
			}
			out[at] = append(out[at], s)
		}
	}
	return out
}
