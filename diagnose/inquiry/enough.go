package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request"
)

// How often both halves of a pair must be seen before an element is accused (§3.6) is decided here and nowhere else.

// screened is the number of differences from which a write that may pass only once has to fail more often (§3.6).
const screened = 5

// passesNeeded is 2, or 1 when something spoke plainly for each element before it passed, 5 where answers stray (§3.6).
// It is the least: as long as chance may have given the answers, more are asked for (lucky).
func (d *detective) passesNeeded(edits []diagnose.Edit) int {
	switch {
	case d.off.confirmation:
		return 1
	case d.ladder.noise.seen():
		return noisyPairs
	case unstable(d.oracle.exchange):
		return unstablePasses
	case d.spoken(edits, sure) && d.fits(edits), d.inWords(edits):
		return 1
	}
	return 2
}

// spoken reports that a check or the server spoke with these odds at least for each of edits before it passed. At sure
// the element is named by the answer, or not valid by its own grammar: that a request with such a fault fails for no
// fault of its own is so rare that the pair seen once, with a failure before and after, is believed (§3.6).
func (d *detective) spoken(edits []diagnose.Edit, odds float64) bool {
	return !slices.ContainsFunc(edits, func(e diagnose.Edit) bool { return d.odds(e.Element) < odds })
}

// fits reports that the failure at hand is one that such a fault gets: what an Accept asks for is answered with 406 or not
// looked at (RFC 9110 §12.5.1), so that a slip in it explains no other refusal.
func (d *detective) fits(edits []diagnose.Edit) bool {
	return d.oracle.exchange.Status() == 406 || !slices.ContainsFunc(edits, func(e diagnose.Edit) bool {
		return strings.HasPrefix(string(e.Element), "header:Accept")
	})
}

// inWords reports that the answer speaks of each of edits in words or by a pointer. A status and a challenge are no words:
// they come from a backend that is ill, too.
func (d *detective) inWords(edits []diagnose.Edit) bool { return speaks(d.scene.evidence, edits) }

// speaks is inWords for the evidence of one answer.
func speaks(said []diagnose.Evidence, edits []diagnose.Edit) bool {
	return !slices.ContainsFunc(edits, func(e diagnose.Edit) bool {
		return !slices.ContainsFunc(said, func(v diagnose.Evidence) bool {
			return v.Element == e.Element && v.Ratio >= strong && (v.Kind == "text" || v.Kind == "pointer")
		})
	})
}

// unstablePasses is how often the fix of a server error must pass, each time between two failures: a service
// that fails half the time shows four such pairs by chance in one of 256 runs (§3.6).
const unstablePasses = 4

// unstable reports a failure of a kind that often comes and goes: a server error, a connection that broke.
func unstable(x *request.Exchange) bool {
	return repeats(x) > 0 && (x.Status() >= 500 || x.Response() == nil)
}

// failuresNeeded is how often the request as it is has to be seen to fail: as often as the mended one to pass, and
// twice more than once where that may pass only once, for failures cost nothing (§3.6).
func (d *detective) failuresNeeded(p *proof, edits []diagnose.Edit) int {
	needed := d.passesNeeded(edits)
	if d.repeatable() {
		return max(2, needed)
	}
	switch {
	case len(p.passes) < needed && d.compared > screened:
		return 4 // one of many differences, and that all of them together pass need not have been seen
	case len(p.passes) < needed:
		return 3
	}
	return 2
}
