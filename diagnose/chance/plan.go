package chance

// A Price is what is paid for answers: passes is how many more may be asked for, all how many answers of either kind, and
// a pass costs as much as each failures.
type Price struct{ Passes, All, Each int }

// farthest is how many answers Plan looks ahead.
const farthest = 14

// Plan returns the cheapest foretold answers, true for a pass, with which chance is excluded: none when it is already. It
// returns nil when they cannot be had at this price.
func Plan(run []Answer, d Doubt, p Price) []bool {
	c := counted(run)
	s := search{coins: coins(), doubt: d, each: p.Each}
	for cost := 0; cost <= min(p.Passes, farthest)*p.Each+min(p.All, farthest); cost++ {
		if s.find(c, cost, p.Passes, min(p.All, farthest)) {
			return s.found
		}
	}
	return nil
}

// A search looks for a plan of a certain cost, the cheapest first.
type search struct {
	coins []coin
	doubt Doubt
	each  int
	found []bool
}

// find reports whether answers of exactly this cost are enough after those of c, and leaves them in found.
func (s *search) find(c count, cost, passes, all int) bool {
	if cost == 0 {
		s.found = []bool{}
		return s.doubt.excludes(c, s.coins)
	}
	for _, pass := range []bool{false, true} {
		price, next := 1, c
		if pass {
			price = s.each
		}
		if price > cost || all == 0 || pass && passes == 0 {
			continue
		}
		if next.add(Answer{Passed: pass, Expected: 1}); s.find(next, cost-price, passes-btoi(pass), all-1) {
			s.found = append([]bool{pass}, s.found...)
			return true
		}
	}
	return false
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
