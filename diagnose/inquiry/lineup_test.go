package inquiry

import (
	"math"
	"testing"
)

// What a search foretells is what is left of the suspects after the answers so far, and never quite sure.
func TestALineupForetellsByWhoIsLeft(t *testing.T) {
	even := func(int) float64 { return 1 }
	type answer struct {
		set    []int
		passed bool
	}
	for _, c := range []struct {
		name string
		seen []answer
		set  []int
		want float64
	}{
		{"half of them", nil, []int{0, 1}, .8*.5 + .2*.25},
		{"half of the half that passed", []answer{{[]int{0, 1}, true}}, []int{0}, (.8*.25 + .2*.0625) / (.8*.5 + .2*.25)},
		{"one more than what failed", []answer{{[]int{0}, false}}, []int{0, 1}, (.45 - .2125) / (1 - .2125)},
		{"what was found, alone", []answer{{[]int{0, 1}, false}, {[]int{0, 1, 2}, true}}, []int{2}, 1 - besides},
		{"hardly one", nil, []int{}, surprise},
		{"all", nil, []int{0, 1, 2, 3}, 1 - surprise},
	} {
		l := lined(4, even)
		for _, a := range c.seen {
			l.learn(a.set, a.passed)
		}
		if got := l.hope(c.set); math.Abs(got-c.want) > .001 {
			t.Errorf("%s: %.3f, want %.3f", c.name, got, c.want)
		}
	}
}
