package evidence

import (
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/request"
)

// proxyLimits are round times after which well-known intermediaries give up (§4.5).
var proxyLimits = []struct {
	after time.Duration
	who   string
}{
	{10 * time.Second, "a proxy's 10 s limit"}, {15 * time.Second, "a proxy's 15 s limit"}, {29 * time.Second, "AWS API Gateway's 29 s"},
	{30 * time.Second, "a 30 s limit (Heroku, HAProxy)"}, {60 * time.Second, "a 60 s limit (nginx, AWS ALB)"},
	{100 * time.Second, "Cloudflare's 100 s"}, {120 * time.Second, "a 120 s limit"},
}

// timing reads where the time went.
func (r *reader) timing() {
	if r.hop == nil {
		return
	}
	r.roundLimit()
	r.mostOfIt()
	if r.resp == nil {
		return
	}
	for _, h := range []string{"Server-Timing", "X-Runtime", "X-Response-Time", "x-envoy-upstream-service-time"} {
		if v := r.header(h); v != "" {
			r.add(diagnose.Evidence{Kind: "timing", Source: "header " + h, Text: strings.TrimSpace(h + ": " + v), Ratio: 1})
		}
	}
}

// roundLimit notices a failure that came just when a well-known intermediary gives up: as a status, or as a
// connection that was cut while the server still worked.
func (r *reader) roundLimit() {
	t := r.hop.Timing
	var wait time.Duration
	what := "the answer came"
	switch f := r.x.Failure; {
	case t.Wrote == 0:
		return
	case r.resp != nil && r.resp.Status >= 500 && t.FirstByte > 0:
		wait = t.FirstByte - t.Wrote
	case f != nil && (f.Cause == "connection_reset" || f.Cause == "empty_response") && t.FirstByte == 0:
		wait, what = r.x.Took-t.Wrote, "the connection was cut"
	default:
		return
	}
	for _, l := range proxyLimits {
		if (wait - l.after).Abs() <= l.after/50 { // ±2 %
			e := diagnose.Evidence{Kind: "timing", Source: "timing", Text: what + " after " + request.Lapse(wait) + ": " + l.who, Ratio: 1}
			if r.resp == nil || r.resp.Status != 504 && r.resp.Status != 524 { // those say so themselves
				e.Cause, e.Element, e.Ratio = "gateway_timeout", "server", challenge
			}
			r.add(e)
		}
	}
}

// longOverall is from when it is worth saying which phase took the time: nobody waits for less.
const longOverall = time.Second

// mostOfIt names the phase that ate the time of a long exchange.
func (r *reader) mostOfIt() {
	if r.x.Took < longOverall {
		return
	}
	if name, took := r.x.Slowest(); took > r.x.Took/2 {
		r.add(diagnose.Evidence{Kind: "timing", Source: "timing", Text: name + " took " + request.Lapse(took) + " of " + request.Lapse(r.x.Took), Ratio: 1})
	}
}

// blamed says for each phase whose time it is when a limit of time ends the exchange there (§4.5).
var blamed = map[string]string{
	"DNS": "while the name was looked up: the resolver", "connecting": "before the connection stood: the network, a firewall, or nobody there",
	"TLS": "during the TLS handshake", "sending": "while the request was sent: the network, or a server that does not read",
	"waiting for the server": "after the request was written: the server is slow, not the network", "receiving": "while the body came",
}

// whereItWaited says which phase a timeout hit, and how long those before it took.
func (r *reader) whereItWaited() {
	spans := r.hop.Timing.Spans(r.x.Took)
	if len(spans) == 0 {
		return
	}
	last := spans[len(spans)-1]
	r.add(diagnose.Evidence{Kind: "timing", Source: "timing", Text: "the time ran out " + blamed[last.Name] + phases(spans), Element: "timeout", Ratio: hint})
}

// phases lists how long each phase took.
func phases(spans []request.Span) string {
	var out []string
	for _, s := range spans {
		t := s.Name + " " + request.Lapse(s.Took)
		if s.Open {
			t += " without an end"
		}
		out = append(out, t)
	}
	return " (" + strings.Join(out, ", ") + ")"
}
