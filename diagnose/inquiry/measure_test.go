package inquiry_test

import (
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/evidence"
	"culprit/diagnose/lab"
	"culprit/request"
)

// A measurement is what DIAGNOSIS §15 asks for, over some instances of the lab.
type measurement struct {
	n, right, first, exact  int // instances; cause and element right; the best answer first; element right
	wrong, none             int
	opaque, opaqueRight     int
	notTheRequest, accused  int // cases where no edit of the request helps; those where an element was accused all the same
	wrongConfirmed          int
	fixes, fixed            int // fixes that were called verified; those that pass when they are sent
	unsafe, writes          int // instances of an unsafe method; what the lab counted as written for them
	withheld, unconsented   int // runs without consent, what was written in them
	questions               int
	brier                   float64
	spent                   []int
	took                    []time.Duration
	standing, standingRight map[diagnose.Standing]int
	settings, settingsRight map[lab.Setting]int
	telling, mute           purposes // of the runs in which the answer tells something, and of the others
}

func (m *measurement) share(k int) float64 { return float64(k) / float64(max(1, m.n)) }

// probes is a percentile of the probes.
func (m *measurement) probes(percent int) int {
	if len(m.spent) == 0 {
		return 0
	}
	slices.Sort(m.spent)
	return m.spent[min(len(m.spent)-1, len(m.spent)*percent/100)]
}

func (m *measurement) mean() float64 {
	sum := 0
	for _, p := range m.spent {
		sum += p
	}
	return float64(sum) / float64(max(1, len(m.spent)))
}

// print writes the table of §15.
func (m *measurement) print(t *testing.T) {
	t.Helper()
	slices.Sort(m.took)
	var wall time.Duration
	if len(m.took) > 0 {
		wall = m.took[len(m.took)/2]
	}
	row := func(name, format string, args ...any) { t.Logf("%-18s %s", name, fmt.Sprintf(format, args...)) }
	row("instances", "%d: %d right, %d wrong, %d without a verdict", m.n, m.right, m.wrong, m.none)
	row("cause right", "%.3f (the best answer first %.3f); opaque %d of %d", m.share(m.right), m.share(m.first), m.opaqueRight, m.opaque)
	row("element exact", "%.3f", m.share(m.exact))
	// Rule of three: with none in n, at most 3/n at 95 %.
	row("false accusation", "%d of %d where the request is not to blame (95 %%: at most %.1f %%)", m.accused, m.notTheRequest, 100*bound(m.accused, m.notTheRequest))
	row("wrong confirmed", "%d of %d confirmed", m.wrongConfirmed, m.standing[diagnose.Confirmed])
	row("calibration", "Brier %.3f; confirmed %s, isolated %s, named %s, suspected %s", m.brier/float64(max(1, m.n-m.none)), m.reliable(diagnose.Confirmed), m.reliable(diagnose.Isolated), m.reliable(diagnose.Named), m.reliable(diagnose.Suspected))
	row("probes", "median %d, mean %.1f, p95 %d", m.probes(50), m.mean(), m.probes(95))
	row("  telling", "%s", &m.telling)
	row("  opaque", "%s", &m.mute)
	row("unsafe", "%d writes in %d runs without consent", m.unconsented, m.withheld)
	row("side effects", "%.2f writes for each of %d runs of an unsafe method with consent", float64(m.writes)/float64(max(1, m.unsafe)), m.unsafe)
	row("questions", "%d to the person", m.questions)
	row("fix works", "%d of %d verified", m.fixed, m.fixes)
	row("wall", "median %v", wall.Round(time.Millisecond))
	for _, s := range []lab.Setting{lab.Easy, lab.Buried, lab.Herrings, lab.Hushed, lab.HushedAlone, lab.HushedHerrings} {
		name := string(s)
		if s == lab.Easy {
			name = "easy"
		}
		row("  "+name, "%d of %d right", m.settingsRight[s], m.settings[s])
	}
}

func (m *measurement) reliable(s diagnose.Standing) string {
	return fmt.Sprintf("%d/%d right", m.standingRight[s], m.standing[s])
}

// bound is the upper 95 % bound of a share: the rule of three when there is none, Wilson's otherwise.
func bound(k, n int) float64 {
	if n == 0 {
		return 1
	}
	if k == 0 {
		return min(1, 3/float64(n))
	}
	p, z := float64(k)/float64(n), 1.96
	return (p + z*z/(2*float64(n)) + z*math.Sqrt(p*(1-p)/float64(n)+z*z/(4*float64(n)*float64(n)))) / (1 + z*z/float64(n))
}

// measure diagnoses each instance once, without a part of the method, and when that is asked for, those of unsafe
// methods once more without consent.
func measure(t *testing.T, all []lab.Fault, part string, thorough bool) *measurement {
	t.Helper()
	m := &measurement{
		standing: map[diagnose.Standing]int{}, standingRight: map[diagnose.Standing]int{},
		settings: map[lab.Setting]int{}, settingsRight: map[lab.Setting]int{},
	}
	var mu sync.Mutex
	var running sync.WaitGroup
	for shard := range shards {
		l, e := open(t)
		running.Go(func() {
			for i := shard; i < len(all); i += shards {
				m.one(t, &mu, l, e, all[i], part, thorough)
			}
		})
	}
	running.Wait()
	return m
}

// one diagnoses one instance and adds what came of it.
func (m *measurement) one(t *testing.T, mu *sync.Mutex, l *lab.Lab, e *request.Engine, f lab.Fault, part string, thorough bool) {
	c := caseOf(t, l, e, f)
	if part == "last known good" {
		c.Good, c.Earlier, c.Past = nil, nil, nil
	}
	unconsented, withheld := 0, 0
	if thorough && !c.Request.Safe() && f.Setting == lab.Easy && f.Prepare == nil {
		before := len(l.Writes())
		diagnoseIt(t, e, diagnose.Case{Request: f.Request(l)})
		unconsented, withheld = len(l.Writes())-before, 1
	}
	before, start := len(l.Writes()), time.Now()
	r := diagnoseWithout(t, e, c, part)
	took, writes := time.Since(start), len(l.Writes())-before
	works := fixWorks(t, e, f, r)
	got := certain(r)
	right := f.Right(got)

	mu.Lock()
	defer mu.Unlock()
	m.n++
	m.settings[f.Setting]++
	m.spent = append(m.spent, r.Cost.Probes)
	m.took = append(m.took, took)
	m.unconsented += unconsented
	m.withheld += withheld
	verdict := "right"
	switch {
	case right:
		m.right++
		m.settingsRight[f.Setting]++
	case len(got) == 0:
		verdict = "none"
		m.none++
	default:
		verdict = "WRONG"
		m.wrong++
	}
	if f.Opaque {
		m.mute.add(r)
	} else {
		m.telling.add(r)
	}
	if f.Opaque {
		if m.opaque++; right {
			m.opaqueRight++
		}
	}
	if len(got) > 0 {
		if got[0].Cause == f.Truth[0].Causes[0] {
			m.first++
		}
		truth := 0.0
		if right {
			truth = 1
		}
		m.brier += (got[0].Confidence - truth) * (got[0].Confidence - truth)
		m.standing[got[0].Standing]++
		if right {
			m.standingRight[got[0].Standing]++
		}
		if got[0].Standing == diagnose.Confirmed && !right {
			m.wrongConfirmed++
			verdict = "WRONG CONFIRMED"
		}
	}
	if elementsOnly(f).Right(nameless(got)) {
		m.exact++
	}
	if f.Beyond {
		m.notTheRequest++
		if !right && slices.ContainsFunc(got, func(c diagnose.Culprit) bool {
			return (c.Standing == diagnose.Confirmed || c.Standing == diagnose.Isolated) && c.Element != "server"
		}) {
			m.accused++
			verdict = "ACCUSED"
		}
	}
	if !c.Request.Safe() {
		m.unsafe++
		m.writes += writes
	}
	for _, p := range r.Probes {
		if p.Kind == diagnose.Ask {
			m.questions++
		}
	}
	if works != nil {
		if m.fixes++; *works {
			m.fixed++
		} else {
			verdict += " (the fix does not work)"
		}
	}
	if part == "" && (verdict != "right" || *only != "") {
		t.Logf("%-5s %2d probes  %-34s %-12s %s  want %s", verdict, r.Cost.Probes, f.ID, r.Verdict.Outcome, shown(r.Verdict.Culprits), wanted(f))
	}
	if *only != "" {
		details(t, c, r)
	}
}

// fixWorks sends the repaired request of a verified fix, nil when there is none.
func fixWorks(t *testing.T, e *request.Engine, f lab.Fault, r diagnose.Report) *bool {
	fix := r.Verdict.Repair
	if fix == nil || !fix.Verified || r.Verdict.Outcome != diagnose.OutcomeIsolated || f.Prepare != nil || f.Truth[0].Causes[0] == "already_exists" {
		return nil // what was made once cannot be made again
	}
	x, _ := e.Do(t.Context(), fix.Request, nil)
	ok, _ := evidence.Passed(x, evidence.Expect{})
	return &ok
}

// elementsOnly is f with no cause asked for, nameless the culprits without one.
func elementsOnly(f lab.Fault) lab.Fault {
	f.Truth = slices.Clone(f.Truth)
	for i := range f.Truth {
		f.Truth[i].Causes = []diagnose.CauseID{""}
	}
	return f
}

func nameless(culprits []diagnose.Culprit) []diagnose.Culprit {
	out := slices.Clone(culprits)
	for i := range out {
		out[i].Cause = ""
	}
	return out
}
