package inquiry_test

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// rolls is how many runs each world of chance gets.
var rolls = flag.Int("rolls", 20, "runs of each climate with each status")

// A climate is a server that does not look at the request: begin makes one anew, for it may have a state.
type climate struct {
	name  string
	begin func(status int) sky
}

// climates fail by chance at several rates, by the node that a balancer picks, and in bursts.
func climates() []climate {
	var out []climate
	coin := func(name string, rate float64) {
		out = append(out, climate{name, func(status int) sky {
			return func(die *rand.Rand, _ diagnose.Question) (int, []request.Field, request.Conn) {
				if die.Float64() < rate {
					return status, nil, request.Conn{}
				}
				return 200, nil, request.Conn{}
			}
		}})
	}
	coin("fails 30 %", 0.3)
	coin("1 of 3 nodes", 1./3)
	coin("fails 50 %", 0.5)
	coin("2 of 3 nodes", 2./3)
	coin("fails 80 %", 0.8)
	for _, change := range []float64{0.2, 0.4} {
		out = append(out, climate{"bursts", func(status int) sky {
			ill := true
			return func(die *rand.Rand, _ diagnose.Question) (int, []request.Field, request.Conn) {
				if die.Float64() < change {
					ill = !ill
				}
				if ill {
					return status, nil, request.Conn{}
				}
				return 200, nil, request.Conn{}
			}
		}})
	}
	return out
}

// oftenest is the share of runs in which a climate of chance may get an element accused: the doubt that the rule allows.
const oftenest = 1. / 40

// TestChanceIsNotAccused measures how often a climate of chance gets an element of the request accused: reads, and
// writes that may be sent, with and without a request that works.
func TestChanceIsNotAccused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		of   func() diagnose.Case
	}{
		{"a read", well}, {"a read with a good one", listing}, {"a write with a good one", written},
		{"a write", func() diagnose.Case { c := written(); c.Good = nil; return c }},
	} {
		runs, accused, probes := 0, 0, 0
		for _, w := range climates() {
			for _, status := range []int{400, 403, 404, 422} {
				for range *rolls {
					r, _ := under(t, uint64(runs), c.of(), w.begin(status))
					probes += r.Cost.Probes
					if runs++; slices.ContainsFunc(r.Verdict.Culprits, accusation) {
						accused++
						t.Logf("%s, %s, %d, seed %d: %s", c.name, w.name, status, runs-1, shown(r.Verdict.Culprits))
					}
				}
			}
		}
		share := float64(accused) / float64(runs)
		t.Logf("%s: accused in %d of %d runs, %.2f %%; %.1f probes", c.name, accused, runs, 100*share, float64(probes)/float64(runs))
		if share > oftenest {
			t.Errorf("%s: accused in %d of %d runs", c.name, accused, runs)
		}
	}
}

// accusation reports that an element of the request is said to be the cause, and not only suspected.
func accusation(c diagnose.Culprit) bool {
	return c.Element != "server" && (c.Standing == diagnose.Confirmed || c.Standing == diagnose.Isolated)
}

// slips are requests with faults that a check sees, and that the servers below do not mind.
func slips() map[string]func() diagnose.Case {
	get := func(url string, h ...request.Field) func() diagnose.Case {
		return func() diagnose.Case {
			return diagnose.Case{Request: request.Request{Method: "GET", URL: url, Header: h}}
		}
	}
	twice, typo := request.Field{Name: "Authorization", Value: "Bearer Bearer abcdefghij"}, request.Field{Name: "Accept", Value: "aplication/json"}
	return map[string]func() diagnose.Case{
		"a scheme twice": get("https://api.test/list?a=1&b=2", twice, request.Field{Name: "X-Mode", Value: "b"}),
		"a typo":         get("https://api.test/list?limit=10", typo),
		"four faults":    get("https://api.test/list?since=2026-13-45&to=2026-02-31&limit=10", typo, twice),
		"a broken write": func() diagnose.Case { c := write("/orders", `{"name":"Ada","n":3,}`); c.Writes = true; return c },
	}
}

// What a check sees in a request is no proof below a sky of chance either: a server that fails at some rate, that follows
// a pattern, or that is well for a moment only. Where the status is the one for what is seen, less is asked, for a healthy
// request seldom shows it (TestWhatLooksOddIsSeldomAccusedByChance): three nodes of which the second alone is well, and a
// moment just at the first try, are not told from it then.
func TestAFaultThatIsSeenIsNoProofByChance(t *testing.T) {
	t.Parallel()
	runs, accused := 0, 0
	try := func(name string, c func() diagnose.Case, s sky) bool {
		r, _ := under(t, uint64(runs), c(), s)
		if runs++; slices.ContainsFunc(r.Verdict.Culprits, accusation) {
			accused++
			t.Logf("%s: %s in %d probes", name, shown(r.Verdict.Culprits), r.Cost.Probes)
			return true
		}
		return false
	}
	all := slips()
	for _, name := range slices.Sorted(maps.Keys(all)) { // in one order, for each run has its own seed
		c := all[name]
		for _, status := range []int{400, 403, 500} {
			for _, rate := range []float64{0.3, 0.5, 0.7, 0.9} {
				for range *rolls {
					try(fmt.Sprint(name, status, rate), c, func(die *rand.Rand, _ diagnose.Question) (int, []request.Field, request.Conn) {
						if die.Float64() < rate {
							return status, nil, request.Conn{}
						}
						return 200, nil, request.Conn{}
					})
				}
			}
			// Of each pattern, and of each moment, none may accuse: it would do so every time.
			after := func(fails func(i int) bool) sky {
				i := -1
				return func(*rand.Rand, diagnose.Question) (int, []request.Field, request.Conn) {
					if i++; fails(i) {
						return status, nil, request.Conn{}
					}
					return 200, nil, request.Conn{}
				}
			}
			foreseen := status == 400 && (name == "a broken write" || name == "four faults")
			for _, pattern := range []string{"FP", "FPP", "FFP", "FPF", "FPPP", "FFPP", "FFFP", "FPFF", "FFPF", "FPPF"} {
				if try(name+" "+pattern, c, after(func(i int) bool { return pattern[i%len(pattern)] == 'F' })) && !(foreseen && pattern[:2] == "FP" && pattern[2:] != "") {
					t.Errorf("%s, %d: accused below the pattern %s", name, status, pattern)
				}
			}
			for at := 1; at < 25; at++ {
				for long := 1; long <= 2; long++ {
					if try(fmt.Sprint(name, " well at ", at), c, after(func(i int) bool { return i < at || i >= at+long })) && !(foreseen && at == 1) {
						t.Errorf("%s, %d: accused for %d passes at %d", name, status, long, at)
					}
				}
			}
		}
	}
	share := float64(accused) / float64(runs)
	t.Logf("accused in %d of %d runs, %.2f %%", accused, runs, 100*share)
	if share > oftenest {
		t.Errorf("accused in %d of %d runs", accused, runs)
	}
}
