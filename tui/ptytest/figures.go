//go:build linux

package ptytest

import (
	"slices"
	"testing"
	"time"
)

// Figures collects what is measured over several rounds and says the median beside the aim of PERFORMANCE §8.
type Figures struct {
	b    *testing.B
	rows []*figure
}

type figure struct {
	name, unit string
	aim        float64
	why        string
	got        []float64
}

// NewFigures returns an empty collection for b. Close it at the end of the benchmark.
func NewFigures(b *testing.B) *Figures { return &Figures{b: b} }

// Add notes one measurement of name; aim is the most it should be, 0 for none, why says where the aim is from.
func (f *Figures) Add(name, unit string, got, aim float64, why string) {
	i := slices.IndexFunc(f.rows, func(r *figure) bool { return r.name == name })
	if i < 0 {
		f.rows = append(f.rows, &figure{name: name, unit: unit})
		i = len(f.rows) - 1
	}
	r := f.rows[i]
	r.aim, r.why = aim, why
	r.got = append(r.got, got)
}

// Time is Add for a duration, in milliseconds.
func (f *Figures) Time(name string, got, aim time.Duration, why string) {
	f.Add(name, "ms", Milliseconds(got), Milliseconds(aim), why)
}

// Milliseconds is d in milliseconds.
func Milliseconds(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e6 }

// Median returns the middle of what was noted as name so far; 0 for none.
func (f *Figures) Median(name string) float64 {
	i := slices.IndexFunc(f.rows, func(r *figure) bool { return r.name == name })
	if i < 0 {
		return 0
	}
	return f.rows[i].at(50)
}

func (r *figure) at(percent int) float64 {
	if len(r.got) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(r.got))
	return s[min(len(s)*percent/100, len(s)-1)]
}

// Close reports the medians.
func (f *Figures) Close() {
	f.b.ReportMetric(0, "ns/op") // the time of a round says nothing
	for _, r := range f.rows {
		median := r.at(50)
		f.b.ReportMetric(median, r.name+"-"+r.unit)
		if r.aim == 0 {
			f.b.Logf("%-34s %10.2f %-4s  best %.2f, p99 %.2f, %d rounds  %s", r.name, median, r.unit, r.at(0), r.at(99), len(r.got), r.why)
			continue
		}
		verdict := "met"
		if median > r.aim {
			verdict = "MISSED"
		}
		f.b.Logf("%-34s %10.2f %-4s  aim %.2f %s (%s), best %.2f, p99 %.2f, %d rounds", r.name, median, r.unit, r.aim, verdict, r.why, r.at(0), r.at(99), len(r.got))
	}
}
