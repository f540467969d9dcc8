package chance

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// runOf reads a run from letters: F and P were foretold, f and p come with a hope of one half for either, x and X (a pass)
// count for nothing.
func runOf(letters string) (run []Answer) {
	for _, l := range letters {
		a := Answer{Passed: strings.ContainsRune("PpX", l), Expected: 1}
		switch l {
		case 'f', 'p':
			a.Expected = 0.5
		case 'x', 'X':
			a.Expected = 0
		}
		run = append(run, a)
	}
	return run
}

// lucky is the luck of a run, 1 where nodes in turns would have given it.
func lucky(letters string) float64 {
	c := counted(runOf(letters))
	if c.turns(Nodes) {
		return 1
	}
	return c.luck(coins())
}

// The luck of a run is what the coin that fits it best makes of it, over what the accusation makes of it.
func TestLuckIsThatOfTheBestCoin(t *testing.T) {
	third, half := math.Pow(1./3, 3)*math.Pow(2./3, 6), math.Pow(0.5, 8)
	for _, c := range []struct {
		run  string
		want float64
	}{
		{"FPFFFPPFF", third},
		{"FpFFFPPFF", 2 * third},   // the pass was hoped for by half
		{"FpxXFFFPPFF", 2 * third}, // what divides suspects counts for nothing
		{"FPFFPFPP", half},
		{"FFFFFPPPPP", math.Pow(1./6, 1) * math.Pow(5./6, 5)}, // one spell, and it never ends
		{"FPFPFPFPFP", 1}, {"FPPFPPFPP", 1}, {"FFFPFFFPF", 1}, // nodes in turns
		{"F", 1}, {"", 1},
	} {
		if got := lucky(c.run); math.Abs(got-c.want) > 0.01*c.want {
			t.Errorf("%s: %.5f, want %.5f", c.run, got, c.want)
		}
	}
}

// A plan is the cheapest that is enough: of reads as many of either kind, of writes rather failures than passes.
func TestPlanIsTheCheapestThatIsEnough(t *testing.T) {
	for _, c := range []struct {
		run    string
		price  Price
		length int // -1 for none
		passes int
	}{
		{"FP", Price{9, 9, 1}, 5, 2},
		{"Fp", Price{9, 9, 1}, 6, 3},
		{"FP", Price{3, 20, 4}, 7, 1},
		{"FP", Price{0, 20, 4}, -1, 0}, // one pass alone is never enough
		{"FP", Price{3, 4, 4}, -1, 0},  // not that few
		{"FPFFFPP", Price{9, 9, 1}, 0, 0},
	} {
		plan, passes := Plan(runOf(c.run), Doubt{0.01, Nodes}, c.price), 0
		for _, pass := range plan {
			if pass {
				passes++
			}
		}
		if plan == nil && c.length >= 0 || plan != nil && len(plan) != c.length || passes != c.passes {
			t.Errorf("%s, %+v: %v", c.run, c.price, plan)
		}
		if plan != nil {
			run := runOf(c.run)
			for _, pass := range plan {
				run = append(run, Answer{Passed: pass, Expected: 1})
			}
			if !(Doubt{0.01, Nodes}).Excludes(run) {
				t.Errorf("%s, %+v: %v leaves it to chance", c.run, c.price, plan)
			}
		}
	}
}

// Who leaves more to luck and to nodes in turns gets by with the pair and two failures more, one pass of a write.
func TestLessDoubtIsASmallerPlan(t *testing.T) {
	for _, c := range []struct {
		doubt Doubt
		want  []bool
	}{
		{Doubt{.2, 2}, []bool{false, false}},
		{Doubt{.2, Nodes}, []bool{false, false, false, false}},
	} {
		if got := Plan(runOf("FP"), c.doubt, Price{Passes: 6, All: 16, Each: 3}); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v, want %v", c.doubt, got, c.want)
		}
	}
}

// hunted tries six candidates, divides what passed three times, and proves it as planned: below a sky that looks at
// nothing. It reports whether that ended in an accusation.
func hunted(toss func() bool, price Price) bool {
	var run []Answer
	ask := func(hope float64) bool {
		a := Answer{Passed: toss(), Expected: hope}
		if !a.Passed && hope < 1 && hope > 0 {
			a.Expected = 1 - hope
		}
		run = append(run, a)
		return a.Passed
	}
	if ask(1) {
		return false
	}
	passed := false
	for k := 0; k < 6 && !passed; k++ {
		passed = ask(0.7 / float64(k+1))
	}
	for range 3 {
		ask(0)
	}
	for passed {
		plan := Plan(run, Doubt{0.01, Nodes}, price)
		if len(plan) == 0 {
			return plan != nil
		}
		if plan[0] {
			price.Passes--
		}
		if price.All--; ask(1) != plan[0] {
			return false
		}
	}
	return false
}

// No sky of chance gets more accused than was left to it, 1 %, whatever its rate and however long its spells.
func TestNoSkyIsLuckierThanItMay(t *testing.T) {
	const runs = 1000
	for _, price := range []Price{{16, 16, 1}, {2, 16, 4}} {
		all := 0
		for i, rate := range []float64{0.1, 0.2, 0.33, 0.5, 0.67, 0.9, -0.05, -0.2, -0.4} {
			die, accused, ill := rand.New(rand.NewPCG(9, uint64(i))), 0, true
			toss := func() bool { return die.Float64() < rate }
			if rate < 0 {
				toss = func() bool {
					if die.Float64() < -rate {
						ill = !ill
					}
					return !ill
				}
			}
			for range runs {
				if ill = true; hunted(toss, price) {
					accused++
				}
			}
			if all += accused; accused > 0.017*runs { // three standard deviations of 1 %, and half of one
				t.Errorf("%+v, rate %v: %d of %d", price, rate, accused, runs)
			}
		}
		t.Logf("%+v: %d of %d", price, all, 9*runs)
		if all > 0.01*9*runs {
			t.Errorf("%+v: %d of %d", price, all, 9*runs)
		}
	}
}
