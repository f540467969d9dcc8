package inquiry_test

import (
	"fmt"
	"strings"

	"culprit/diagnose"
)

// purposes counts what probes are spent on, over some runs.
type purposes struct {
	runs, all int
	of        map[string]int
}

// purposesOf are what probes are for, in the order of a run.
var purposesOf = []string{"replay", "look", "failed try", "first pass", "narrowing", "failing again", "passing again", "other"}

// add takes in the probes of a run.
func (p *purposes) add(r diagnose.Report) {
	p.runs, p.all = p.runs+1, p.all+r.Cost.Probes
	if p.of == nil {
		p.of = map[string]int{}
	}
	passed := false
	for _, rec := range r.Probes {
		if rec.Question == nil || rec.Question.Request == nil || rec.Outcome == diagnose.Refused {
			continue
		}
		p.of[purpose(rec, passed)]++
		passed = passed || rec.Outcome == diagnose.Pass && len(rec.Question.Edits) > 0
	}
}

// purpose is what a probe is for: passed says that one before it did.
func purpose(rec diagnose.ProbeRecord, passed bool) string {
	pass := rec.Outcome == diagnose.Pass
	switch rec.Kind {
	case diagnose.Replay:
		return "replay"
	case diagnose.Contrast:
		return "look"
	case diagnose.Control, diagnose.Repair, diagnose.Deletion, diagnose.Baseline, diagnose.Bisect:
		switch {
		case passed:
			return "narrowing"
		case pass:
			return "first pass"
		}
		return "failed try"
	case diagnose.Confirm:
		if pass {
			return "passing again"
		}
		return "failing again"
	}
	return "other"
}

// String is how many probes a run takes for each purpose.
func (p *purposes) String() string {
	out := []string{fmt.Sprintf("%d runs of %.1f", p.runs, float64(p.all)/float64(max(1, p.runs)))}
	for _, name := range purposesOf {
		if n := p.of[name]; n > 0 {
			out = append(out, fmt.Sprintf("%s %.2f", name, float64(n)/float64(max(1, p.runs))))
		}
	}
	return strings.Join(out, ", ")
}
