package chance

import "math"

// An Answer is one of a run of answers, in their order. Expected is how likely the accusation made it before it came, from
// 0 to 1: what is foretold has 1. It is 0 where the answer counts for nothing, for somebody is accused whatever it is.
type Answer struct {
	Passed   bool
	Expected float64
}

// rates is how many rates of a coin are looked at.
const rates = 100

// A Doubt is what chance has to be excluded to, before somebody is accused.
//
// Luck is how much likelier than the accusation, at most, chance may have made the run that it ends: every answer the toss
// of a coin, whatever is asked, or of one that tends to show again what it showed last, an illness that comes in spells. It
// is that of the coin that fits the run best. Whatever the coin is, the share of all runs below it that end in an accusation
// with a luck of x at most is no more than x (Ville's inequality for a ratio of likelihoods), however many culprits were
// tried before one passed. Before the first answer stands the failure that is to be explained.
//
// Nodes is how many nodes that take turns, one or some of them ill, must not have given the run either.
type Doubt struct {
	Luck  float64
	Nodes int
}

// Excludes reports that chance hardly gave the run.
func (d Doubt) Excludes(run []Answer) bool { return d.excludes(counted(run), coins()) }

func (d Doubt) excludes(c count, coins []coin) bool {
	return !c.turns(d.Nodes) && c.luck(coins) <= d.Luck
}

// Turns reports that nodes which take turns, one or some of them ill, would have given the run, too.
func Turns(run []Answer) bool {
	c := counted(run)
	return c.turns(Nodes)
}

// A count is what is needed to know of a run.
type count struct {
	ff, fp, pf, pp float64 // answers that count, by the one before them
	unexpected     float64 // -ln of how likely the accusation made them
	last           bool    // the last answer passed
	seen           uint64  // the answers so far, the last one lowest
	n              int
}

func counted(run []Answer) (c count) {
	for _, a := range run {
		c.add(a)
	}
	return c
}

func (c *count) add(a Answer) {
	if a.Expected > 0 {
		c.unexpected -= math.Log(a.Expected)
		switch {
		case c.last && a.Passed:
			c.pp++
		case c.last:
			c.pf++
		case a.Passed:
			c.fp++
		default:
			c.ff++
		}
	}
	c.last = a.Passed
	c.seen <<= 1
	if a.Passed {
		c.seen |= 1
	}
	c.n++
}

// Nodes is how many of a balancer may take turns.
const Nodes = 4

// turns reports that so many nodes which take turns at most, one or some of them ill, explain every answer.
func (c *count) turns(nodes int) bool {
	if c.n > 64 {
		return false
	}
	for k := 2; k <= nodes; k++ {
		if c.n <= k || (c.seen^c.seen>>k)&(1<<(c.n-k)-1) == 0 {
			return true
		}
	}
	return false
}

// A coin is one that chance may have tossed: the logarithms of how often a pass follows a failure, and another failure does.
type coin struct{ pass, fail float64 }

// coins are those that are looked at.
func coins() []coin {
	out := make([]coin, rates-1)
	for i := range out {
		at := float64(i+1) / rates
		out[i] = coin{math.Log(at), math.Log(1 - at)}
	}
	return out
}

// luck is that of the coin that fits best. How often a failure follows a pass is what fits best, but no more than how often
// it follows a failure: there the last answer does not matter, and a coin that likes to change is a balancer's, or none.
func (c *count) luck(coins []coin) float64 {
	after := max(1, c.pf+c.pp)
	sticky := coin{math.Log(c.pp / after), math.Log(c.pf / after)}
	best := math.Inf(-1)
	for _, at := range coins {
		after := at
		if c.pf+c.pp > 0 && sticky.fail < at.fail {
			after = sticky
		}
		best = max(best, times(c.fp, at.pass)+times(c.ff, at.fail)+times(c.pf, after.fail)+times(c.pp, after.pass))
	}
	return math.Exp(best + c.unexpected)
}

// times is n ln x, and 0 when n is, whatever x.
func times(n, ln float64) float64 {
	if n == 0 {
		return 0
	}
	return n * ln
}
