package ladder

import (
	"crypto/tls"
	"testing"
	"time"

	"culprit/request"
)

func TestAHandshakeIsWaitedForAsFastAsThePortConnects(t *testing.T) {
	const limit = 10 * time.Second
	plain := func(connected time.Duration) request.Hop {
		return request.Hop{Timing: request.Timing{ConnectStart: time.Millisecond, ConnectDone: time.Millisecond + connected}}
	}
	for name, c := range map[string]struct {
		hops  []request.Hop
		limit time.Duration
		want  time.Duration
	}{
		"nothing known":                  {nil, limit, limit},
		"no connection came":             {[]request.Hop{plain(0)}, limit, limit},
		"a port near by":                 {[]request.Hop{plain(time.Millisecond)}, limit, 2 * time.Second},
		"a port far away":                {[]request.Hop{plain(300 * time.Millisecond)}, limit, 6 * time.Second},
		"a port behind a slow line":      {[]request.Hop{plain(2 * time.Second)}, limit, limit},
		"the person waits less":          {[]request.Hop{plain(time.Millisecond)}, time.Second, time.Second},
		"the failure came over TLS":      {[]request.Hop{{Timing: plain(time.Millisecond).Timing, Conn: request.Conn{TLS: &tls.ConnectionState{}}}}, limit, limit},
		"the last hop is the one of use": {[]request.Hop{plain(time.Millisecond), plain(0)}, limit, limit},
	} {
		t.Run(name, func(t *testing.T) {
			if got := handshakePatience(&request.Exchange{Hops: c.hops}, c.limit); got != c.want {
				t.Errorf("waited for %v, want %v", got, c.want)
			}
		})
	}
}

// TestTheWayToAnotherMachineIsNoPartOfTheWait: what it takes to get in there is not the server's silence.
func TestTheWayToAnotherMachineIsNoPartOfTheWait(t *testing.T) {
	for _, from := range []string{"", "ssh://far.test"} {
		got := farther(from, time.Second)
		if want := time.Second + map[bool]time.Duration{true: signingIn}[from != ""]; got != want {
			t.Errorf("%q: %v, want %v", from, got, want)
		}
	}
	if got := farther("ssh://far.test", 0); got != 0 {
		t.Errorf("no limit: %v", got)
	}
}
