package drift

import (
	"fmt"
	"slices"
	"time"

	"culprit/diagnose"
	"culprit/request"
)

// A success is slow when it took slowFactor times the median of the earlier ones (the latency class of §3.2),
// slowOver times the longest of them, and slowMargin longer than that: below half a second nobody waits.
const (
	slowFactor = 4
	slowOver   = 2
	slowMargin = 500 * time.Millisecond
	slowFrom   = 3 // earlier passes that make a median
)

// slow compares a duration with those of earlier passes, newest first.
func slow(x *request.Exchange, past []time.Duration) []diagnose.Departure {
	if len(past) < slowFrom {
		return nil
	}
	past = past[max(0, min(settled, len(past)-slowFrom)):] // the latest may be as slow, sent just now to see it
	sorted := slices.Sorted(slices.Values(past))
	median, longest := sorted[len(sorted)/2], sorted[len(sorted)-1]
	if x.Took < slowFactor*median || x.Took < slowOver*longest || x.Took-longest < slowMargin {
		return nil
	}
	d := diagnose.Departure{Place: "time", Change: "slow", Was: request.Lapse(median), Is: request.Lapse(x.Took), Against: fmt.Sprintf("%d earlier passes", len(past)), Cause: "slow_response", Weight: suspicion,
		Text: fmt.Sprintf("it took %s; %d earlier passes took %s in the median and %s at most", request.Lapse(x.Took), len(past), request.Lapse(median), request.Lapse(longest))}
	if name, took := x.Slowest(); took > x.Took/2 {
		d.Text += fmt.Sprintf(". Of that %s went into %s", request.Lapse(took), name)
	}
	return []diagnose.Departure{d}
}
