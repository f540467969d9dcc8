package wizard

import (
	"math"
	"slices"

	"charm.land/lipgloss/v2"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/tui/theme"
)

// A level is how suspicious an element is, in the few steps that a person can tell apart.
type level int

// The levels.
const (
	open level = iota // nothing speaks for or against it
	cleared
	unlikely
	suspect
	likely
	culprit
)

// word is what is written beside the bar.
func (l level) word() string {
	return [...]string{open: "", cleared: "cleared", unlikely: "unlikely", suspect: "suspect", likely: "likely", culprit: "culprit"}[l]
}

// hot reports whether an element of this level should be seen without unfolding anything.
func (l level) hot() bool { return l >= suspect }

func (l level) style(s *theme.Styles) lipgloss.Style {
	switch l {
	case cleared, unlikely:
		return s.Map.Cleared
	case suspect:
		return s.Map.Low
	case likely:
		return s.Map.High
	case culprit:
		return s.Map.Culprit
	}
	return s.Map.Unknown
}

// A board holds what is suspected of each element. The zero value suspects nothing.
type board struct {
	index    *element.Index
	suspects []diagnose.Suspect
	absent   []diagnose.ElementID // once suspected, and not in the request, in the order in which they turned up
	at       map[diagnose.ElementID]int
	usual    float64 // probability of an unremarkable element: the median of those that are left
	proved   bool    // a culprit was found: whatever is not one is cleared
}

// weigh takes the whole map of suspicion.
func (b *board) weigh(s []diagnose.Suspect) {
	b.suspects, b.at = slices.Clone(s), map[diagnose.ElementID]int{}
	var left []float64
	for i, one := range b.suspects {
		b.at[one.Element] = i
		if one.P > 0 && one.State != "cleared" {
			left = append(left, one.P)
		}
	}
	slices.Sort(left)
	b.usual = 0
	if len(left) > 0 {
		b.usual = left[len(left)/2]
	}
	for _, s := range b.suspects {
		_, there := b.index.Get(s.Element)
		if l, _ := b.of(s.Element); !there && l.hot() && s.Element != "url" && !slices.Contains(b.absent, s.Element) {
			b.absent = append(b.absent, s.Element)
		}
	}
}

// accuse marks the culprits of a verdict; with one found by experiment, nothing else is left under suspicion.
func (b *board) accuse(found []diagnose.Culprit) {
	s := slices.Clone(b.suspects)
	b.proved = slices.ContainsFunc(found, func(c diagnose.Culprit) bool {
		return c.Standing == diagnose.Confirmed || c.Standing == diagnose.Isolated
	})
	if b.proved {
		for i := range s {
			s[i].P, s[i].State = 0, "cleared"
		}
	}
	for _, c := range found {
		one := diagnose.Suspect{Element: c.Element, P: c.Confidence, State: "culprit", Why: c.Explanation}
		if c.Standing == diagnose.Suspected {
			one.State = "suspect"
		}
		if i := slices.IndexFunc(s, func(o diagnose.Suspect) bool { return o.Element == c.Element }); i >= 0 {
			s[i] = one
		} else {
			s = append(s, one)
		}
	}
	b.weigh(s)
}

// Where the words change, as multiples of the usual probability: a static check that is worth a look has odds
// of 3, one that is nearly sure 40 and more (DIAGNOSIS §5); a change that made no difference leaves a fifth.
const (
	aboveUsual = 3
	farAbove   = 40
	belowUsual = 0.5
	evens      = 0.5 // more probable than everything else together
)

// of returns the level of an element and its probability.
func (b *board) of(id diagnose.ElementID) (level, float64) {
	i, ok := b.at[id]
	if !ok && b.proved {
		return cleared, 0
	}
	if !ok {
		return open, 0
	}
	s := b.suspects[i]
	switch {
	case s.State == "culprit":
		return culprit, 1
	case s.State == "cleared" || s.P <= 0:
		return cleared, 0
	case s.P >= evens && len(b.suspects) > 2 || s.P >= farAbove*b.usual:
		return likely, s.P
	case s.State == "suspect" || s.P >= aboveUsual*b.usual:
		return suspect, s.P
	case s.P <= belowUsual*b.usual:
		return unlikely, s.P
	}
	return open, s.P
}

// why returns what speaks for suspecting id.
func (b *board) why(id diagnose.ElementID) string {
	if i, ok := b.at[id]; ok {
		return diagnose.Spoken(b.suspects[i].Why)
	}
	return ""
}

// bar is a probability as a sign. The root spreads the small ones, which most are.
func bar(s *theme.Styles, l level, p float64) string {
	top := len(s.Glyphs.Level) - 1
	switch {
	case l == culprit:
		return s.Glyphs.Level[top]
	case l == cleared, p == 0 && l == open:
		return s.Glyphs.Level[0]
	}
	n := int(math.Round(math.Sqrt(min(max(p, 0), 1)) * float64(top)))
	if l == suspect {
		n = max(n, 2)
	}
	return s.Glyphs.Level[min(max(n, 1), top)]
}
