package evidence

import (
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/request"
)

// Each phase that can eat the time is told from the others (§4.5).
func TestTheTimeoutIsPlaced(t *testing.T) {
	const s = time.Second
	for _, c := range []struct {
		cause  string
		timing request.Timing
		says   string
	}{
		{"dns_timeout", request.Timing{DNSStart: 1}, "while the name was looked up: the resolver (DNS 5 s without an end)"},
		{"connection_timeout", request.Timing{DNSStart: 1, DNSDone: s, ConnectStart: s}, "before the connection stood: the network, a firewall, or nobody there (DNS 1 s, connecting 4 s without an end)"},
		{"connection_timeout", request.Timing{ConnectStart: 1, ConnectDone: s, TLSStart: s}, "during the TLS handshake (connecting 1 s, TLS 4 s without an end)"},
		{"response_timeout", request.Timing{ConnectStart: 1, ConnectDone: s}, "while the request was sent"},
		{"response_timeout", request.Timing{ConnectStart: 1, ConnectDone: s, Wrote: 2 * s}, "the server is slow, not the network (connecting 1 s, sending 1 s, waiting for the server 3 s without an end)"},
		{"response_timeout", request.Timing{Wrote: s, FirstByte: 2 * s}, "while the body came (sending 1 s, waiting for the server 1 s, receiving 3 s without an end)"},
	} {
		x := failing(c.cause, request.PhaseWait, request.Conn{})
		x.Took, x.Hops[0].Timing = 5*s, c.timing
		all := ""
		for _, e := range read(x) {
			all += e.Text + "\n"
		}
		if !strings.Contains(all, c.says) {
			t.Errorf("no %q in\n%s", c.says, all)
		}
	}
}

func TestARoundTimeIsAnIntermediary(t *testing.T) {
	const s = time.Second
	for _, c := range []struct {
		name   string
		wait   time.Duration
		status int
		want   string
	}{
		{"API Gateway", 29*s + 20*time.Millisecond, 504, "AWS API Gateway's 29 s"}, {"nginx", 60*s + 100*time.Millisecond, 502, "nginx"}, {"Cloudflare", 100 * s, 524, "Cloudflare's 100 s"},
		{"cut", 60 * s, 0, "the connection was cut after 60 s"}, {"two minutes", 119 * s, 503, "120 s"},
		{"no round time", 42 * s, 504, ""}, {"a refusal that took long", 60 * s, 403, ""},
	} {
		x := answered(post(order), c.status, ``)
		if c.status == 0 {
			x = failing("connection_reset", request.PhaseWait, request.Conn{})
		}
		x.Took, x.Hops[0].Timing = c.wait+s, request.Timing{Wrote: s}
		if c.status != 0 {
			x.Hops[0].Timing.FirstByte = c.wait + s
		}
		e := (*diagnose.Evidence)(nil)
		for _, got := range read(x) {
			if got.Kind == "timing" && strings.Contains(got.Text, " after ") {
				e = &got
			}
		}
		if (e != nil) != (c.want != "") || e != nil && !strings.Contains(e.Text, c.want) {
			t.Errorf("%s: got %+v", c.name, e)
		}
	}
	slow := answered(request.Request{Method: "GET", URL: "https://api.example.com/"}, 500, `{}`)
	slow.Took, slow.Hops[0].Timing = 3*s, request.Timing{DNSStart: 1, DNSDone: 2500 * time.Millisecond, Wrote: 2600 * time.Millisecond, FirstByte: 2700 * time.Millisecond, Done: 3 * s}
	said := ""
	for _, e := range read(slow) {
		said += e.Text + "\n"
	}
	if !strings.Contains(said, "DNS took 2.5 s of 3 s") {
		t.Errorf("got %s", said)
	}
}
