package belief

import (
	"math"
	"slices"
	"testing"
)

// server takes a combination when each place is in its set of what it takes; Keep is -1.
type server []map[int]bool

func (s server) passes(choices []int) bool {
	for i, c := range choices {
		if !s[i][c] {
			return false
		}
	}
	return true
}

// hunt asks the server until it passes, at most n times.
func hunt(b *Belief, s server, n int) (choices []int, asked int) {
	for asked = 1; asked <= n; asked++ {
		c, chance := b.Best()
		if chance == 0 {
			return nil, asked
		}
		if s.passes(c) {
			return c, asked
		}
		b.Failed(c)
	}
	return nil, asked
}

// alike are n places with the same two changes.
func alike(n int) []Place {
	out := make([]Place, n)
	for i := range out {
		out[i] = Place{Fault: 1, Within: -1, Changes: []Change{{Odds: .6, Harm: .2}, {Odds: .4, Harm: .6}}}
	}
	return out
}

func TestHuntFindsTheCombination(t *testing.T) {
	healthy := map[int]bool{Keep: true, 0: true}
	for name, c := range map[string]struct {
		server server
		most   int
	}{
		"one fault, its first change": {server{healthy, {0: true}, healthy, healthy}, 2},
		"one fault, its other change": {server{healthy, {1: true}, healthy, healthy}, 8},
		"a change harms elsewhere":    {server{{Keep: true}, {0: true}, healthy, healthy}, 12},
		"two faults":                  {server{{0: true}, {1: true}, healthy, healthy}, 24},
	} {
		got, asked := hunt(New(alike(4), 0), c.server, c.most)
		if got == nil {
			t.Errorf("%s: nothing found in %d", name, asked-1)
		}
	}
}

func TestUnknownMembersAreRefusedTogether(t *testing.T) {
	places := []Place{{Fault: 1, Within: -1, Changes: []Change{{Odds: .5, Harm: .1}}}}
	for range 6 {
		places = append(places, Place{Fault: .5, Within: -1, Changes: []Change{{Odds: .9, Harm: .5, Coin: "unknown"}}})
	}
	b := New(places, 0)
	first, _ := b.Best()
	added := 0
	for _, c := range first[1:] {
		if c != Keep {
			added++
		}
	}
	if added != 6 {
		t.Errorf("got %d members added at first, want all 6: they stand or fall together", added)
	}
	b.Failed(first)
	second, _ := b.Best()
	added = 0
	for _, c := range second[1:] {
		if c != Keep {
			added++
		}
	}
	if added == 6 {
		t.Error("the same members are added again after they were refused")
	}
}

func TestChangeOfAContainerReplacesWhatIsInside(t *testing.T) {
	places := []Place{
		{Fault: .1, Within: -1, Changes: []Change{{Odds: .9, Harm: .05}}},
		{Fault: 1, Within: 0}, {Fault: 1, Within: 0},
	}
	choices, chance := New(places, 0).Best()
	if choices[0] != 0 || chance < .8 {
		t.Errorf("got %v at %.2f, want the container changed: nothing inside can be", choices, chance)
	}
}

func TestWhatFailedMovesSuspicion(t *testing.T) {
	b := New([]Place{{Fault: 1, Within: -1, Changes: []Change{{Odds: .9, Harm: .05}}}, {Fault: 1, Within: -1}}, 0)
	before := b.Suspicion()
	b.Failed([]int{0, Keep})
	after := b.Suspicion()
	if after[0] >= before[0] || after[1] <= before[1] {
		t.Errorf("got %v, before %v: the first place was mended in vain", after, before)
	}
}

func TestNothingIsBelievedOfNothing(t *testing.T) {
	if c, chance := New(nil, 0).Best(); len(c) != 0 || chance != 0 {
		t.Errorf("got %v at %v, want nothing", c, chance)
	}
	b := New([]Place{{Fault: 1, Within: -1}}, 0)
	if _, chance := b.Best(); chance != 0 {
		t.Errorf("got a chance of %v where nothing can be changed, want 0", chance)
	}
}

func FuzzEachFailureTeaches(f *testing.F) {
	f.Add(uint8(4), uint8(20), uint8(60))
	f.Fuzz(func(t *testing.T, n, harm, odds uint8) {
		places := make([]Place, n%12)
		for i := range places {
			places[i] = Place{Fault: 1, Within: i - 1, Changes: []Change{{Odds: float64(odds) / 255, Harm: float64(harm) / 255}, {Odds: .5, Harm: .5, Coin: "c"}}}
		}
		b := New(places, 0)
		for range 5 {
			c, chance := b.Best()
			before, passing := 0, 0
			for w := range crowd {
				if b.left == nil || !b.left.has(w) {
					continue
				}
				before++
				if takes(b, w, c) {
					passing++
				}
			}
			if before > 0 && float64(passing)/float64(before) != chance {
				t.Fatalf("Best says %v, of %d worlds %d pass", chance, before, passing)
			}
			b.Failed(c)
			if b.left.size() != before-passing {
				t.Fatalf("got %d worlds left, want %d", b.left.size(), before-passing)
			}
		}
		first, _ := New(places, 0).Best()
		if again, _ := b.Again(slices.Clone(places), 0).Best(); !slices.Equal(again, first) {
			t.Fatalf("got %v when the same is asked again, want %v", again, first)
		}
	})
}

// takes reports whether one world passes a combination, place by place.
func takes(b *Belief, w int, choices []int) bool {
	for i := range b.places {
		if !b.replaced(i, choices) && b.refusing[i][choices[i]+1].has(w) {
			return false
		}
	}
	return true
}

// The likelier it is that the fault lies elsewhere, the less a combination is worth, and what failed makes it likelier.
func TestAFaultElsewhereIsBelievedInMoreAndMore(t *testing.T) {
	_, sure := New(alike(4), 0).Best()
	for _, elsewhere := range []float64{.5, .9} {
		b := New(alike(4), elsewhere)
		choices, first := b.Best()
		if want := sure * (1 - elsewhere); math.Abs(first-want) > .001 {
			t.Errorf("%.1f elsewhere: the first passes with %.3f, want %.3f", elsewhere, first, want)
		}
		before := newUrn(b.Suspicion()).all()
		b.Failed(choices)
		if after := newUrn(b.Suspicion()).all(); after >= before {
			t.Errorf("%.1f elsewhere: %.3f suspected in the places after a failure, %.3f before", elsewhere, after, before)
		}
	}
}
