package inquiry_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/lab"
	"culprit/request"
)

// What looks odd in a request that is fine is seldom accused below a sky of chance, although less is asked of an accusation
// that a check foresaw: such oddities are rare.
func TestWhatLooksOddIsSeldomAccusedByChance(t *testing.T) {
	t.Parallel()
	l, _ := open(t)
	all, skies, statuses := lab.Healthy(), climates(), []int{400, 403, 404, 422, 500}
	runs, accused, probes := 0, 0, 0
	for range max(1, *rolls/20) {
		for i, h := range all {
			for k, w := range skies {
				r, _ := under(t, uint64(runs), diagnose.Case{Request: h.Request(l), Writes: true}, w.begin(statuses[(i+k)%len(statuses)]))
				runs, probes = runs+1, probes+r.Cost.Probes
				if slices.ContainsFunc(r.Verdict.Culprits, accusation) {
					accused++
					t.Logf("%s, %s: %s", h.ID, w.name, shown(r.Verdict.Culprits))
				}
			}
		}
	}
	share := float64(accused) / float64(runs)
	t.Logf("accused in %d of %d runs, %.2f %%; %.1f probes", accused, runs, 100*share, float64(probes)/float64(runs))
	if share > oftenest {
		t.Errorf("accused in %d of %d runs", accused, runs)
	}
}

// A server that minds what a check sees, and fails now and then besides: it is found, in fewer probes than anything else
// would take, and nothing else is accused.
func TestAFaultThatIsSeenIsFoundAmongStrayFailures(t *testing.T) {
	t.Parallel()
	worlds := []struct {
		of      func() diagnose.Case
		minds   func(request.Request) bool
		culprit diagnose.ElementID
	}{
		{slips()["a broken write"], func(r request.Request) bool { return strings.Contains(r.Body.Text, ",}") }, "body"},
		{
			func() diagnose.Case { return write("/orders", `{"items":[{"price":5},{"price":"7"},{"price":9}]}`) },
			func(r request.Request) bool { return strings.Contains(r.Body.Text, `"7"`) }, "body:/items/1/price",
		},
		{
			func() diagnose.Case { return diagnose.Case{Request: get("/list?since=2026-02-31&sort=newest")} },
			func(r request.Request) bool { return strings.Contains(r.URL, "02-31") }, "query:since",
		},
	}
	for _, share := range []float64{0, .05, .1, .2} {
		var all tallied
		for _, w := range worlds {
			n := tally(t, 3**rolls, w.of, w.culprit, func(die *rand.Rand, q diagnose.Question) (int, []request.Field, request.Conn) {
				if w.minds(*q.Request) || die.Float64() < share {
					return 400, nil, request.Conn{}
				}
				return 200, nil, request.Conn{}
			})
			all = tallied{all.right + n.right, all.wrong + n.wrong, all.flaky + n.flaky, all.server + n.server, all.none + n.none, all.probes + n.probes}
		}
		runs := all.right + all.wrong + all.flaky + all.server + all.none
		t.Logf("%.0f %% stray: %+v of %d, %.1f probes", 100*share, all, runs, float64(all.probes)/float64(runs))
		if all.wrong > runs/50 || all.right < runs*8/10 || share == 0 && all.probes > 5*runs {
			t.Errorf("%.0f %% stray: %+v of %d", 100*share, all, runs)
		}
	}
}
