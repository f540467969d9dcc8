package belief

import (
	"math/bits"
	"slices"
)

// Best returns the combination that is likeliest to pass, and how likely that is, 0 to 1: it makes the change that wins
// most worlds, then the next, until none is worthwhile. A place that is replaced by a change of what holds it is kept.
func (b *Belief) Best() (choices []int, chance float64) {
	choices = make([]int, len(b.places))
	for i := range choices {
		choices[i] = Keep
	}
	left := b.left.size()
	if left == 0 {
		return choices, 0
	}
	least := max(1, int(worthwhile*float64(left)))
	now := b.tally(choices)
	for range len(b.places) * 2 {
		m, won := b.next(now, choices)
		if won-now.pass < max(least, int(relative*float64(now.pass))) {
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
	return choices, float64(now.pass) / (float64(left) + b.elsewhere)
}

// A tally parts the worlds by what they refuse of a combination: nothing, or one place.
type tally struct {
	none, one set
	pass      int // how many refuse nothing
}

func (b *Belief) tally(choices []int) tally {
	none, one := b.part(choices)
	return tally{none, one, none.size()}
}

// A step changes one place. was are the worlds that refuse it as it is, is those that refuse the change.
type step struct {
	place, change int
	was, is       set
}

// next is what makes most worlds pass: one change, or all that stand or fall together, for one alone would win less than
// it risks.
func (b *Belief) next(now tally, choices []int) (best []step, won int) {
	won = now.pass
	for _, m := range b.steps(choices) {
		if n := b.after(now, choices, m); n > won {
			best, won = m, n
		}
	}
	return best, won
}

// after is how many worlds pass after steps. What two faults need at once is found one after the other.
func (b *Belief) after(now tally, choices []int, steps []step) int {
	if len(steps) == 1 && b.holds[steps[0].place] {
		return b.replacing(choices, steps[0])
	}
	n := 0
	for k, none := range now.none {
		var was, is uint64
		for _, s := range steps {
			was |= s.was[k]
			is |= s.is[k]
		}
		n += bits.OnesCount64((none | now.one[k]&was) &^ is)
	}
	return n
}

// replacing is how many worlds pass after a change of a place that holds others.
func (b *Belief) replacing(choices []int, s step) int {
	other := slices.Clone(choices)
	other[s.place] = s.change
	return b.tally(other).pass
}

// steps are the changes that can come next, singly and by coin.
func (b *Belief) steps(choices []int) [][]step {
	var out [][]step
	coins := map[string]int{}
	for i, p := range b.places {
		if b.replaced(i, choices) {
			continue
		}
		was := b.refusals(i, choices[i])
		tossed := map[string]bool{}
		for c := Keep; c < min(len(p.Changes), mostChanges); c++ {
			if c == choices[i] {
				continue
			}
			s := step{i, c, was, b.refusals(i, c)}
			out = append(out, []step{s})
			if c == Keep || p.Changes[c].Coin == "" || tossed[p.Changes[c].Coin] || choices[i] != Keep || b.holds[i] {
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
