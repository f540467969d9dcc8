// Package belief says which combination of changes is likeliest to pass, when a server tells nothing but pass or fail.
//
// What is believed stands as a crowd of worlds: in each of them one place of the request, or two, are at fault, and for
// each change it is settled whether the server takes it. A combination that failed ends the worlds in which it would
// have passed (Bayesian experimental design by sampling; DIAGNOSIS.md §7, §9). The package is a leaf and pure: places
// and changes are numbers, chance comes from a fixed seed, so that a run can be told again.
package belief

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"sort"
)

// A Change is one thing that a place can be changed to.
type Change struct {
	Odds float64 // chance that the server takes it, when the place is at fault
	Harm float64 // chance that the server refuses it, when the place is not
	// Coin is shared by changes that a server refuses together, when it refuses them in places that are not at fault:
	// members that it does not know. "" for a coin of its own.
	Coin string
}

// A Place is a part of the request with what it can be changed to.
type Place struct {
	Fault   float64 // odds of being at fault, beside the other places
	Changes []Change
	Within  int // the place that holds this one and whose changes replace it, -1 for none; it stands before this one
}

// Keep is the choice that leaves a place as it is.
const Keep = -1

const (
	// crowd is how many worlds there are at first: enough to tell shares of a percent apart.
	crowd = 8000
	// room is how many places of worlds are kept: 1 MB, and as much again for each change that all places have.
	room = 8_000_000
	// second and third are the chances that one more place is at fault.
	second, third = .1, .1
	// tosses is how often a further fault is drawn before there is none: most odds may lie on the first.
	tosses = 12
	// mostChanges is how many changes of a place are looked at: they are bits of a word.
	mostChanges = 63
	// worthwhile is the share of all worlds that a further change must win to be made: each one costs the search that
	// follows a pass.
	worthwhile = .002
	// relative is the share of what already passes that it must win: how harmful a change is, is only guessed, and on
	// benches single changes by their odds found in eighteen tries what combinations of all that seemed likely did not.
	relative = .3
)

// A Belief is what is believed now. The zero value believes nothing; use New.
type Belief struct {
	places []Place
	holds  []bool // by place: others lie in it
	// refusing is, by place, the worlds that refuse what stands there, which is at fault in them, and then those that refuse
	// each change of it.
	refusing  [][]set
	left      set     // worlds that nothing excludes yet
	none      set     // no world
	elsewhere float64 // worlds in which no place is at fault: nothing that is changed passes there
}

// New settles the worlds. elsewhere is how likely it is, below 1, that the fault lies in none of the places. The slice is
// kept.
func New(places []Place, elsewhere float64) *Belief {
	b := &Belief{places: places, holds: make([]bool, len(places))}
	// What is suspicious by itself stays so beside another fault: further faults are drawn by the squares of the odds.
	one, more := make([]float64, len(places)), make([]float64, len(places))
	for i, p := range places {
		one[i], more[i] = p.Fault, p.Fault*p.Fault
		if p.Within >= 0 {
			b.holds[p.Within] = true
		}
	}
	first, others := newUrn(one), newUrn(more)
	if first.all() <= 0 {
		return b
	}
	n := worldsOf(places)
	b.elsewhere = elsewhere / (1 - elsewhere) * float64(n)
	b.refusing = make([][]set, len(places))
	for i, p := range places {
		b.refusing[i] = sets(1+min(len(p.Changes), mostChanges), n)
	}
	rng := dice{rand.NewPCG(1, uint64(len(places)))}
	coins := coinsOf(places)
	tossed := make([]float64, coins.many)
	for w := range n {
		b.settle(w, rng, first.draw((float64(w)+rng.toss())/float64(n)), others, coins, tossed)
	}
	b.left, b.none = all(n), sets(1, n)[0]
	return b
}

// Again is New for what may be the places of b, whose worlds serve again then; b is nil or stays as it is.
func (b *Belief) Again(places []Place, elsewhere float64) *Belief {
	if b == nil || b.left == nil || !reflect.DeepEqual(b.places, places) {
		return New(places, elsewhere)
	}
	again := *b
	n := worldsOf(places)
	again.left, again.elsewhere = all(n), elsewhere/(1-elsewhere)*float64(n)
	return &again
}

// worldsOf is how many worlds there are at first.
func worldsOf(places []Place) int { return min(crowd, max(1, room/len(places))) }

// dice give numbers from 0 to below 1, as rand.Rand does, whose source is behind an interface: a million are asked for.
type dice struct{ *rand.PCG }

func (d dice) toss() float64 { return float64(d.Uint64()<<11>>11) / (1 << 53) }

// A purse is which coin each change of each place shares, by its number from 0, own for one of its own.
type purse struct {
	of   [][]int
	many int
}

const own = -1

func coinsOf(places []Place) purse {
	p := purse{of: make([][]int, len(places))}
	numbers := map[string]int{}
	for i, place := range places {
		for _, c := range place.Changes {
			n, ok := numbers[c.Coin]
			switch {
			case c.Coin == "":
				n = own
			case !ok:
				n, numbers[c.Coin] = p.many, p.many
				p.many++
			}
			p.of[i] = append(p.of[i], n)
		}
	}
	return p
}

// settle makes w a world with a fault in first and perhaps others. tossed has room for the coins.
func (b *Belief) settle(w int, rng dice, first int, others urn, shared purse, tossed []float64) {
	b.refusing[first][0].add(w)
	for _, chance := range []float64{second, third} {
		if rng.toss() >= chance {
			break
		}
		for range tosses { // another than those that are at fault already
			if i := others.draw(rng.toss()); !b.refusing[i][0].has(w) {
				b.refusing[i][0].add(w)
				break
			}
		}
	}
	for i := range tossed {
		tossed[i] = -1 // not yet
	}
	for i, refusing := range b.refusing {
		faulty, coins := refusing[0].has(w), shared.of[i]
		for c, change := range b.places[i].Changes[:len(refusing)-1] {
			toss := rng.toss()
			if coin := coins[c]; coin != own && tossed[coin] >= 0 {
				toss = tossed[coin]
			} else if coin != own {
				tossed[coin] = toss
			}
			refused := toss < change.Harm
			if faulty {
				refused = rng.toss() >= change.Odds
			}
			if refused {
				refusing[c+1].add(w)
			}
		}
	}
}

// An urn is where places are drawn from: for each of them the sum of the odds up to it.
type urn []float64

func newUrn(odds []float64) urn {
	u := make(urn, len(odds))
	sum := 0.0
	for i, o := range odds {
		sum += o
		u[i] = sum
	}
	return u
}

// all is the sum of all odds, 0 without any.
func (u urn) all() float64 {
	if len(u) == 0 {
		return 0
	}
	return u[len(u)-1]
}

// draw picks the place at a point of the odds, 0 to 1: worlds that ask for points at even distances share them out.
func (u urn) draw(at float64) int {
	at *= u.all()
	i := sort.Search(len(u), func(i int) bool { return at < u[i] })
	return min(i, len(u)-1)
}

// Failed takes in that a combination failed: choices holds the number of a change, or Keep, for each place.
func (b *Belief) Failed(choices []int) {
	if b.left == nil {
		return
	}
	passing, _ := b.part(choices)
	for k := range b.left {
		b.left[k] &^= passing[k]
	}
}

// part returns the worlds that are left and refuse nothing of a combination, and those that refuse one place of it.
func (b *Belief) part(choices []int) (none, one set) {
	none, one = slices.Clone(b.left), make(set, len(b.left))
	for i := range b.places {
		if b.replaced(i, choices) {
			continue
		}
		for k, refuse := range b.refusals(i, choices[i]) {
			refuse &= b.left[k]
			one[k] = one[k]&^refuse | none[k]&refuse
			none[k] &^= refuse
		}
	}
	return none, one
}

// refusals are the worlds that refuse a choice for a place: none where it is a change that is not looked at.
func (b *Belief) refusals(place, choice int) set {
	if choice+1 >= len(b.refusing[place]) {
		return b.none
	}
	return b.refusing[place][choice+1]
}

// replaced reports whether a place went with a change of one that holds it.
func (b *Belief) replaced(i int, choices []int) bool {
	for at := b.places[i].Within; at >= 0; at = b.places[at].Within {
		if choices[at] != Keep {
			return true
		}
	}
	return false
}

// Suspicion is how likely each place is at fault, after all that failed; nil when nothing is believed any more.
func (b *Belief) Suspicion() []float64 {
	n := b.left.size()
	if n == 0 {
		return nil
	}
	out := make([]float64, len(b.places))
	for i := range out {
		out[i] = float64(b.left.shared(b.refusing[i][0])) / (float64(n) + b.elsewhere)
	}
	return out
}

// Fault is how likely it is that place i is at fault, among the worlds in which choices pass; 0 when there are none.
func (b *Belief) Fault(i int, choices []int) float64 {
	if b.left == nil {
		return 0
	}
	of, _ := b.part(choices)
	if of.size() == 0 {
		return 0
	}
	return float64(of.shared(b.refusing[i][0])) / float64(of.size())
}
