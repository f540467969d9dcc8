package chance

import (
	"fmt"
	"math"
)

// share is what k of n says of the share behind it: the 95 % interval of Wilson (1927). Of nothing it says 0 to 1.
func share(k, n int) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	const z = 1.96
	p, m := float64(k)/float64(n), float64(n)
	mid := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return max(0, mid-half), min(1, mid+half)
}

// spoken is the number of tries from which a share is said as a percentage (§10).
const spoken = 20

// Say writes k of n for a person: the counts and the interval, and from 20 tries on the percentage between them.
func Say(k, n int) string {
	low, high := share(k, n)
	percent := ""
	if n >= spoken {
		percent = fmt.Sprintf(", about %.0f %%", 100*float64(k)/float64(n))
	}
	return fmt.Sprintf("%d of %d times%s (between %.0f and %.0f of 100)", k, n, percent, 100*low, 100*high)
}
