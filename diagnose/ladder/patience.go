package ladder

import (
	"time"

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
