package evidence

import (
	"strings"
	"time"

	"culprit/diagnose"
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
	t := r.hop.Timing
	wait := t.FirstByte - t.Wrote
	if r.resp != nil && r.resp.Status >= 500 && t.FirstByte > 0 && t.Wrote > 0 {
		for _, l := range proxyLimits {
			if (wait - l.after).Abs() <= l.after/50 { // ±2 %
				r.add(diagnose.Evidence{Kind: "timing", Source: "timing", Text: "the answer came after " + wait.Round(100*time.Millisecond).String() + ": " + l.who,
					Cause: "gateway_timeout", Element: "server", Ratio: challenge})
			}
		}
	}
	if r.resp == nil {
		return
	}
	for _, h := range []string{"Server-Timing", "X-Runtime", "X-Response-Time", "x-envoy-upstream-service-time"} {
		if v := r.header(h); v != "" {
			r.add(diagnose.Evidence{Kind: "timing", Source: "header " + h, Text: strings.TrimSpace(h + ": " + v), Ratio: 1})
		}
	}
}
