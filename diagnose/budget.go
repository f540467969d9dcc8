package diagnose

import (
	"cmp"
	"slices"
	"time"
)

// A Budget bounds a run (§11). Zero fields take the defaults.
type Budget struct {
	Probes     int           // all that are sent; default 25
	Unsafe     int           // probes that may change data and pass, or are not answered; default 3
	Malformed  int           // probes that are meant to be refused; default 4
	Rejections int           // refused probes with credentials before they are held 60 s apart, on production; default 3
	Time       time.Duration // what all probes and waits may take, without the person's thinking; default 120 s
}

// Depths are the names of the budgets of §11, smallest first: a first look, the default, and all that is allowed.
func Depths() []string { return []string{"quick", "normal", "deep"} }

// Depth returns the budget of that name: how many probes; the rest is left to the defaults.
func Depth(name string) Budget { return Budget{Probes: map[string]int{"quick": 6, "deep": 60}[name]} }

// Deeper is the name of the next larger budget than the one called name, "" for the default; it is name where there is none.
func Deeper(name string) string {
	all := Depths()
	i := slices.Index(all, cmp.Or(name, "normal"))
	return all[min(i+1, len(all)-1)]
}

// proving is how many probes a proof may have beyond the budget that nobody set: that one is soft (§11).
const proving = 10

// Spare is how many probes a proof may have beyond the budget of the case.
func (c Case) Spare() int {
	if c.Budget.Probes == 0 {
		return proving
	}
	return 0
}

// Or fills zero fields with the defaults.
func (b Budget) Or() Budget {
	return Budget{
		Probes: cmp.Or(b.Probes, 25), Unsafe: cmp.Or(b.Unsafe, 3), Malformed: cmp.Or(b.Malformed, 4),
		Rejections: cmp.Or(b.Rejections, 3), Time: cmp.Or(b.Time, 2*time.Minute),
	}
}
