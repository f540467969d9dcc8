package inquiry_test

import (
	"slices"
	"strings"
	"testing"

	"culprit/diagnose"
)

// Two members that are refused together: with probes enough both are named. Where writes run out on the way, the one
// that is known is not called wrong by itself, and what the other is among is told.
func TestASearchForAClashThatIsStopped(t *testing.T) {
	seen := map[int]int{}
	for writes := 1; writes <= 10; writes++ {
		c := write("/rows", `{"a":1,"b":2,"d":4,"e":5,"f":6,"g":7,"h":8,"coupon":"X","i":9,"j":10,"percent":5,"k":11}`)
		c.Good = []diagnose.Known{{Label: "good", Request: write("/rows", `{"a":2,"b":3,"d":5,"e":6,"f":7,"g":8,"h":9,"i":1,"j":2,"k":3}`).Request}}
		c.Writes, c.Budget.Unsafe = true, writes
		alone := false // the first of them was seen to pass without the other
		r, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
			if b := q.Request.Body.Text; strings.Contains(b, "coupon") && strings.Contains(b, "percent") {
				return 400, `{"error":"Bad Request"}`, nil
			}
			alone = alone || strings.Contains(q.Request.Body.Text, "coupon")
			return 201, `{"ok":true}`, nil
		})
		got := r.Verdict.Culprits // one that is known is suspected when the failure was not seen again since
		if !alone {
			continue
		}
		seen[len(got)]++
		for _, g := range got {
			if g.Cause != "interacting_parameters" || g.Element != "body:/coupon" && g.Element != "body:/percent" {
				t.Errorf("%d writes: %s", writes, shown(got))
			}
		}
		if len(got) == 1 && !slices.ContainsFunc(r.Hints, func(h diagnose.Hint) bool { return strings.Contains(h.Text, "clashes with is among") }) {
			t.Errorf("%d writes: what it clashes with is not told: %q %q", writes, r.Hints, r.Verdict.Summary)
		}
	}
	if seen[1] == 0 || seen[2] == 0 {
		t.Errorf("culprits by number: %v, want runs with one and runs with both", seen)
	}
}
