package inquiry

import (
	"slices"

	"culprit/diagnose"
	"culprit/diagnose/element"
)

// A board is the map of suspicion: every element with the probability that it is (part of) the culprit.
type board struct {
	tell     func(diagnose.Event)
	suspects []diagnose.Suspect
	at       map[diagnose.ElementID]int
}

func newBoard(tell func(diagnose.Event)) *board {
	return &board{tell: tell, at: map[diagnose.ElementID]int{}}
}

// open puts every element on the board, those with static hits above the others.
func (b *board) open(x *element.Index, hits []diagnose.Hit) {
	for _, e := range x.Elements {
		b.get(e.ID).P = 1
	}
	for _, h := range hits {
		s := b.get(h.Element)
		if h.Odds > s.P {
			s.P, s.Why = h.Odds, h.Text
		}
	}
	b.show()
}

// weigh takes in what an exchange says.
func (b *board) weigh(s scene) {
	for _, e := range s.evidence {
		if e.Element == "" {
			continue
		}
		t := b.get(e.Element)
		t.P *= max(e.Ratio, 1)
		t.State, t.Why = "suspect", e.Text
	}
	b.show()
}

func (b *board) get(id diagnose.ElementID) *diagnose.Suspect {
	i, ok := b.at[id]
	if !ok {
		i = len(b.suspects)
		b.at[id] = i
		b.suspects = append(b.suspects, diagnose.Suspect{Element: id, P: 1})
	}
	return &b.suspects[i]
}

// clear lowers what was changed without making a difference.
func (b *board) clear(edits []diagnose.Edit) {
	for _, e := range edits {
		b.get(e.Element).P *= 0.2
	}
	b.show()
}

// narrow clears everything but the elements of edits: the fix is among them.
func (b *board) narrow(edits []diagnose.Edit) {
	keep := map[diagnose.ElementID]bool{}
	for _, e := range edits {
		keep[e.Element] = true
	}
	for i := range b.suspects {
		s := &b.suspects[i]
		if keep[s.Element] {
			s.State = "suspect"
		} else {
			s.State, s.P = "cleared", 0
		}
	}
	b.show()
}

// mark makes id the culprit. Only a proof clears everything else: what the server named, or what looks odd, speaks for
// nothing but itself.
func (b *board) mark(id diagnose.ElementID, proved bool) {
	b.get(id).State = "culprit"
	if !proved {
		b.show()
		return
	}
	for i := range b.suspects {
		s := &b.suspects[i]
		if s.State == "culprit" {
			s.P = 1
		} else {
			s.State, s.P = "cleared", 0
		}
	}
	b.tell(diagnose.Event{Suspects: slices.Clone(b.suspects)})
}

// show tells the board with the odds as probabilities.
func (b *board) show() {
	sum := 0.0
	for _, s := range b.suspects {
		sum += s.P
	}
	shown := slices.Clone(b.suspects)
	for i := range shown {
		if sum > 0 {
			shown[i].P /= sum
		}
	}
	b.tell(diagnose.Event{Suspects: shown})
}
