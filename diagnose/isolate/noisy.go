package isolate

import "math/bits"

const (
	// enough is the posterior at which a noisy search takes a change for found (§10).
	enough = 0.95
	// patience is how many trials a noisy search spends for each doubling of n and each change found, at most:
	// twice what it takes when one answer in five is wrong (§14.7).
	patience = 6
)

// Noisy is Search for trials of which a share eps, 0 < eps < 0.5, comes out wrong at random. It keeps a posterior
// over the change with which the pass begins, tries the prefix at its median, and stops at 95 %. The result is
// likely, not certain: it is to be proved. ok is false when the trials did not agree on anything in time; the
// result is then nil.
func Noisy(n int, weight func(int) float64, eps float64, passes Trial) (found []int, ok bool, err error) {
	weight = mix(n, weight)
	for left := n; left > 0; {
		last, ok, err := likeliest(found, left, weight, eps, passes)
		if err != nil || !ok {
			return nil, false, err
		}
		found, left = with(found, last, last+1), last
		if left == 0 {
			break
		}
		pass, err := surely(found, eps, passes)
		if err != nil {
			return nil, false, err
		}
		if pass {
			break
		}
	}
	return found, true, nil
}

// likeliest returns the last change below n that found needs to pass.
func likeliest(found []int, n int, weight func(int) float64, eps float64, passes Trial) (int, bool, error) {
	p := make([]float64, n)
	for i := range p {
		p[i] = weight(i)
	}
	unusable := map[int]bool{}
	for range patience * (1 + bits.Len(uint(n))) {
		normalise(p)
		if best := largest(p); p[best] >= enough {
			return best, true, nil
		}
		m := split(0, n, func(i int) float64 { return p[i] }, Even, unusable)
		if m < 0 {
			break
		}
		pass, err := passes(with(found, 0, m))
		if err == Unresolved {
			unusable[m] = true
			continue
		}
		if err != nil {
			return 0, false, err
		}
		for i := range p {
			// A pass says that the change lies before m.
			if (i < m) == pass {
				p[i] *= 1 - eps
			} else {
				p[i] *= eps
			}
		}
	}
	return 0, false, nil
}

// surely tries a set until its outcome is nineteen times likelier than the other one.
func surely(set []int, eps float64, passes Trial) (bool, error) {
	odds := 1.0
	for range 2 * patience {
		pass, err := passes(set)
		switch {
		case err == Unresolved:
		case err != nil:
			return false, err
		case pass:
			odds *= (1 - eps) / eps
		default:
			odds *= eps / (1 - eps)
		}
		if odds >= enough/(1-enough) || odds <= (1-enough)/enough {
			break
		}
	}
	return odds > 1, nil
}

func normalise(p []float64) {
	sum := 0.0
	for _, x := range p {
		sum += x
	}
	for i := range p {
		p[i] /= sum
	}
}

func largest(p []float64) int {
	best := 0
	for i, x := range p {
		if x > p[best] {
			best = i
		}
	}
	return best
}
