package inquiry

import (
	"fmt"
	"slices"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

const (
	// leastPatience is how long the answer to any variation is waited for: some servers never answer what they
	// cannot read.
	leastPatience = 10 * time.Second
	// leastHandshake is how long a handshake is waited for on a port of which only plain connections are known: a
	// server that speaks no TLS often waits for the rest of what it takes for a request.
	leastHandshake = 2 * time.Second
	// slower is how many times longer than the failure an answer may take.
	slower = 20
)

// patience limits the wait for an answer by how fast the failure came; a failure without an answer changes nothing.
func patience(failure *request.Exchange, limit time.Duration) time.Duration {
	if failure == nil || failure.Response() == nil {
		return limit
	}
	return shorter(limit, max(leastPatience, slower*failure.Took))
}

// signingIn is how long another machine may take to let us in before anything reaches the server from there: as long as OpenSSH
// servers on a slow line take for a handshake, a key and a channel.
const signingIn = 10 * time.Second

// farther is limit with the way to another machine before it; no limit stays none.
func farther(from string, limit time.Duration) time.Duration {
	if from == "" || limit <= 0 {
		return limit
	}
	return limit + signingIn
}

// handshakePatience limits the wait for a handshake by how fast the port took a plain connection; a failure of which no
// connection came, or one with TLS, changes nothing.
func handshakePatience(failure *request.Exchange, limit time.Duration) time.Duration {
	if failure == nil || len(failure.Hops) == 0 {
		return limit
	}
	hop := failure.Hops[len(failure.Hops)-1]
	connected := hop.Timing.ConnectDone - hop.Timing.ConnectStart
	if connected <= 0 || hop.Conn.TLS != nil || hop.Timing.TLSStart > 0 {
		return limit
	}
	return shorter(limit, max(leastHandshake, slower*connected))
}

// shorter is most, or limit where that is set and less.
func shorter(limit, most time.Duration) time.Duration {
	if limit > 0 {
		return min(most, limit)
	}
	return most
}

// comesBack asks a server that takes nothing now again at the time that it names, once and never before (§10): what passes
// then failed for no other reason. Nobody waits longer than a pause of the run for that.
func (d *detective) comesBack(wait time.Duration) {
	status := d.oracle.exchange.Status()
	if repeats(d.oracle.exchange) == 0 {
		return // a limit: the server has said all there is to say
	}
	if wait > rest {
		d.hint(fmt.Sprintf("the server asks to come back in %v, and was not asked before", wait.Round(time.Second)))
		return
	}
	x, out, n := d.ladder.send(&d.oracle, d.base, probe{kind: diagnose.Replay, step: diagnose.Reproduce, again: true, wait: wait + d.ladder.upTo(wait/lateness),
		why: fmt.Sprintf("does it pass after the %v that the server asks to wait?", wait), pass: "the server was only busy"})
	switch out {
	case diagnose.Same:
		d.oracle.calibrate(x, n)
	case diagnose.Pass:
		text := fmt.Sprintf("%d with the word to come back in %v, and then it passes", status, wait)
		d.notes.finding(diagnose.Reproduce, text)
		d.conclude(diagnose.OutcomeExplained, sentence("overloaded", "server", text), diagnose.Culprit{
			Element: "server", Cause: "overloaded", Standing: diagnose.Isolated, Confidence: 0.9, Explanation: text, Fix: diagnose.CauseID("overloaded").Cause().Fix,
			Evidence: append(slices.Clone(d.oracle.fails), n), With: diagnose.Tally{Seen: 1, Tried: 1}, Without: diagnose.Tally{Seen: 1, Tried: 1},
		})
	}
}

// asksToWait reports a server that says it takes no requests now, in a word or in the time when it will.
func (f *failure) asksToWait() bool {
	x := f.oracle.exchange
	return x.Status() == 503 && slices.ContainsFunc(f.read(scene{index: element.Of(f.base), exchange: x}), func(e diagnose.Evidence) bool {
		return e.Kind != "status" && e.Ratio >= namedRatio && (e.Cause == "overloaded" || e.Cause == "maintenance")
	})
}
