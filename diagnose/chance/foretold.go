package chance

import "math"

// least and most bound how often a failure that comes and goes passes. What passes less often hardly comes, what passes
// more often hardly goes: neither is taken for a culprit by chance and by long.
const least, most = 0.2, 0.8

// Foretold is how likely it is at most that so many failures and so many passes, each foretold, come by chance alone:
// when every answer fails or passes whatever is asked, at the rate at which such a series is likeliest. Of nothing it
// is 1.
func Foretold(failed, passed int) float64 {
	if failed+passed == 0 {
		return 1
	}
	rate := min(max(float64(passed)/float64(failed+passed), least), most)
	return math.Pow(1-rate, float64(failed)) * math.Pow(rate, float64(passed))
}
