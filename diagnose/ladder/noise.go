package ladder

// A Noise counts how often the same request was answered otherwise when it was asked again.
type Noise struct {
	Strays  int // answers that were other than before
	answers int
}

// Seen reports that two answers to the same request disagreed: from then on no single answer is believed.
func (n Noise) Seen() bool { return n.Strays > 0 }

const (
	// leastNoise is the share of wrong answers that is assumed at least, MostNoise the one from which searching is
	// given up: then that the failure comes and goes is the finding (§10).
	leastNoise, MostNoise = 0.02, 0.25
	// known is how many answers without a stray one the estimate starts from: a single stray one says little.
	known = 10
)

// Share estimates how many answers are wrong.
func (n Noise) Share() float64 {
	return max(leastNoise, float64(n.Strays+1)/float64(n.answers+known))
}
