package inquiry_test

import (
	"context"
	"flag"
	"slices"
	"strings"
	"sync"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/lab"
	"culprit/request"
)

var full = flag.Bool("full", false, "measure the baselines and ablations over every instance, not a sample")

// sampled takes every n-th instance that an HTTP server answers: the same ones in every run.
func sampled(all []lab.Fault, n int) []lab.Fault {
	var out []lab.Fault
	for i, f := range all {
		if (*full || i%n == 0) && strings.Contains(f.ID, *only) {
			out = append(out, f)
		}
	}
	return out
}

// TestScoreAblation prints what the engine is worth beside simpler methods, and without each of its parts, over a
// sample: one in nine instances, all of them with -full. The whole engine must be the best of them where it matters:
// in what it gets right, and in what it accuses wrongly.
func TestScoreAblation(t *testing.T) {
	t.Parallel()
	sample := sampled(lab.Instances(), 9)
	if len(sample) == 0 {
		if *only == "" {
			t.Fatal("the lab has no instances")
		}
		t.Skipf("no instance of the sample has %q in its id", *only)
	}
	parts := []string{"", "lint", "evidence", "contrast", "last known good", "prior", "confirmation"}
	engines := make([]*measurement, len(parts))
	found := make([]findings, len(simpler))
	t.Run("measured", func(t *testing.T) { // side by side, for they mostly wait
		for i, part := range parts {
			t.Run("without "+part, func(t *testing.T) {
				t.Parallel()
				engines[i] = measure(t, sample, part, false)
			})
		}
		for i, b := range simpler {
			t.Run(b.name, func(t *testing.T) {
				t.Parallel()
				found[i] = baseline(t, sample, b.method)
			})
		}
	})
	whole := engines[0]
	if slices.Contains(engines, nil) {
		return // one of them alone was asked for
	}
	for i, m := range engines {
		name := "without " + parts[i]
		if i == 0 {
			name = "the whole engine"
		}
		t.Logf("%-34s right %5.3f  element %5.3f  wrong confirmed %d  probes mean %4.1f  (%d instances)", name, m.share(m.right), m.share(m.exact), m.wrongConfirmed, m.mean(), m.n)
		if m.share(m.right) > whole.share(whole.right)+0.05 {
			t.Errorf("it is better %s", name)
		}
	}
	for i, s := range found {
		t.Logf("%-34s              element %5.3f  wrong element %5.3f          probes mean %4.1f", simpler[i].name, share(s.right, s.n), share(s.wrong, s.n), share(s.probes, s.n))
		if share(s.right, s.n) >= whole.share(whole.exact) {
			t.Errorf("%s finds as many elements as the engine", simpler[i].name)
		}
	}
}

// simpler are methods that the engine has to be better than.
var simpler = []struct {
	name   string
	method func(trial) []diagnose.ElementID
}{
	{"status table", byTable}, {"leave-one-out, another status", leaveOneOut(false)}, {"leave-one-out, a pass", leaveOneOut(true)}, {"ddmin, the same status", naive},
}

func share(k, n int) float64 { return float64(k) / float64(max(1, n)) }

// A trial lets a simple method send variations of a failing request; it counts them.
type trial struct {
	r      request.Request
	status int // of the failure
	send   func(without []diagnose.ElementID) (status int)
}

// findings is what a simple method finds.
type findings struct{ right, wrong, probes, n int }

// baseline measures a simple method over the instances that get a status.
func baseline(t *testing.T, all []lab.Fault, method func(trial) []diagnose.ElementID) (found findings) {
	var mu sync.Mutex
	var running sync.WaitGroup
	for shard := range shards {
		l, e := open(t)
		running.Go(func() {
			for i := shard; i < len(all); i += shards {
				f := all[i]
				if f.Prepare != nil {
					f.Prepare(l)
				}
				spent := 0
				tr := trial{r: f.Request(l)}
				tr.send = func(without []diagnose.ElementID) int {
					var edits []diagnose.Edit
					for _, id := range without {
						edits = append(edits, diagnose.Edit{Element: id, Op: diagnose.Remove})
					}
					r, err := element.Apply(tr.r, edits)
					if err != nil {
						return tr.status
					}
					spent++
					return statusOf(t.Context(), e, r)
				}
				tr.status = tr.send(nil)
				accused := method(tr)
				ok := elementsOnly(f).Right(named(accused))
				mu.Lock()
				found.n, found.probes = found.n+1, found.probes+spent
				switch {
				case ok:
					found.right++
				case len(accused) > 0:
					found.wrong++
				}
				mu.Unlock()
			}
		})
	}
	running.Wait()
	return found
}

func statusOf(ctx context.Context, e *request.Engine, r request.Request) int {
	x, err := e.Do(ctx, r, nil)
	if err != nil && x == nil {
		return 0
	}
	defer x.Close()
	return x.Status()
}

func named(ids []diagnose.ElementID) []diagnose.Culprit {
	var out []diagnose.Culprit
	for _, id := range ids {
		out = append(out, diagnose.Culprit{Element: id})
	}
	return out
}

// byTable is what people do first: look the status up.
func byTable(t trial) []diagnose.ElementID {
	switch t.status {
	case 401, 403, 407:
		return []diagnose.ElementID{"auth"}
	case 404, 410:
		return []diagnose.ElementID{"url.path"}
	case 405:
		return []diagnose.ElementID{"method"}
	case 406:
		return []diagnose.ElementID{"header:Accept"}
	case 415:
		return []diagnose.ElementID{"header:Content-Type"}
	case 400, 422:
		return []diagnose.ElementID{"body"}
	case 0:
		return []diagnose.ElementID{"tcp"}
	}
	if t.status >= 500 || t.status == 429 {
		return []diagnose.ElementID{"server"}
	}
	return nil
}

// removable are the elements that a simple method leaves out.
func removable(r request.Request) []diagnose.ElementID {
	var out []diagnose.ElementID
	for _, e := range element.Of(r).Elements {
		if !e.Default && e.ID != "method" && !strings.HasPrefix(string(e.ID), "url") {
			out = append(out, e.ID)
		}
	}
	return out
}

// leaveOneOut accuses the first element without which the status is another one, or a success.
func leaveOneOut(pass bool) func(trial) []diagnose.ElementID {
	return func(t trial) []diagnose.ElementID {
		for _, id := range removable(t.r) {
			if s := t.send([]diagnose.ElementID{id}); pass && s/100 == 2 || !pass && s != t.status {
				return []diagnose.ElementID{id}
			}
		}
		return nil
	}
}

// naive is ddmin on "the status is the same": what is left when nothing more can go is accused.
func naive(t trial) []diagnose.ElementID {
	left := removable(t.r)
	gone := []diagnose.ElementID{}
	for size := max(1, len(left)/2); ; size /= 2 {
		for at := 0; at < len(left); {
			end := min(at+size, len(left))
			try := append(append([]diagnose.ElementID{}, gone...), left[at:end]...)
			if t.send(try) == t.status {
				gone, left = try, append(append([]diagnose.ElementID{}, left[:at]...), left[end:]...)
			} else {
				at = end
			}
		}
		if size <= 1 {
			return left
		}
	}
}
