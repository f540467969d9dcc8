package evidence

import (
	"strconv"
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/request"
)

// quotaWindow is where a limit is called a quota: nobody waits it out by pacing.
const quotaWindow = time.Hour

// limits reads Retry-After, the RateLimit fields and their older relatives.
func (r *reader) limits() {
	s := r.resp.Status
	wait, waits := r.retryAfter()
	left, limit, reset := r.remaining()
	if waits {
		e := diagnose.Evidence{Kind: "header", Source: "header Retry-After", Text: "the server asks to wait " + request.Lapse(wait), Ratio: 1} // RFC 9110 §10.2.3
		switch s {
		case 429:
			e.Cause, e.Ratio = "rate_limit_exceeded", likely
		case 403: // some limit so; Varnish gives every page of its own the field
			e.Cause, e.Ratio = "rate_limit_exceeded", echo
		case 503:
			e.Cause, e.Element, e.Ratio = "overloaded", "server", code
		case 413:
			e.Cause, e.Element, e.Ratio = "payload_too_large", "body", code
		}
		r.add(e)
	}
	if left < 0 {
		return
	}
	text := strconv.Itoa(left) + " calls left"
	if limit > 0 {
		text += " of " + strconv.Itoa(limit)
	}
	if reset > 0 {
		text += ", anew in " + reset.String()
	}
	e := diagnose.Evidence{Kind: "header", Source: "header RateLimit", Text: text, Ratio: 1} // draft-ietf-httpapi-ratelimit-headers
	if left == 0 && (s == 429 || s == 403 || s == 503 && limit > 0) {                        // nginx's limit_req and its kin answer 503
		e.Cause, e.Ratio = "rate_limit_exceeded", likely
		if reset > quotaWindow || wait > quotaWindow {
			e.Cause = "quota_exhausted"
		}
	}
	r.add(e)
}

// remaining reads how many calls are left (-1 when not said), of how many, and when the count starts anew.
func (r *reader) remaining() (left, limit int, reset time.Duration) {
	left = -1
	if v := r.header("RateLimit"); v != "" {
		p := parseParams(v)
		left, limit = number(p, "r", -1), number(parseParams(r.header("RateLimit-Policy")), "q", 0)
		if t := number(p, "t", 0); t > 0 {
			reset = time.Duration(t) * time.Second
		}
		if left < 0 { // draft-ietf-httpapi-ratelimit-headers-07: limit=100, remaining=0, reset=30
			left, limit = number(p, "remaining", -1), number(p, "limit", 0)
			reset = time.Duration(number(p, "reset", 0)) * time.Second
		}
		if left >= 0 {
			return left, limit, reset
		}
	}
	for _, prefix := range []string{"RateLimit-", "X-RateLimit-", "X-Rate-Limit-", "X-RateLimit-Requests-", "X-Ratelimit-Tokens-"} {
		v := strings.TrimSpace(r.header(prefix + "Remaining"))
		n, err := strconv.ParseFloat(v, 64)
		if err != nil || n < 0 || n > 1e9 {
			continue
		}
		l, _ := strconv.Atoi(firstField(r.header(prefix + "Limit")))
		return int(n), l, r.resetIn(r.header(prefix + "Reset"))
	}
	for _, h := range []string{"x-ms-ratelimit-remaining-subscription-reads", "x-ms-ratelimit-remaining-subscription-writes", "x-ratelimit-remaining-requests", "x-ratelimit-remaining-tokens"} {
		if n, err := strconv.Atoi(r.header(h)); err == nil && n >= 0 {
			return n, 0, 0
		}
	}
	return -1, 0, 0
}

func firstField(v string) string {
	v, _, _ = strings.Cut(v, ",")
	v, _, _ = strings.Cut(v, ";")
	return strings.TrimSpace(v)
}

// resetIn reads a reset time: seconds from now, or an epoch in seconds or milliseconds.
func (r *reader) resetIn(v string) time.Duration {
	if d, err := time.ParseDuration(v); err == nil && d > 0 {
		return d // OpenAI: 6m0s
	}
	n, err := strconv.ParseFloat(firstField(v), 64)
	if err != nil || n <= 0 {
		return 0
	}
	const epoch = 1e9 // seconds: 2001; no window is that long
	switch {
	case n > epoch*1000:
		n = n/1000 - float64(r.x.Start.Unix())
	case n > epoch:
		n -= float64(r.x.Start.Unix())
	}
	const longest = 400 * 24 * 3600 // seconds; what is further away is a mistake
	if n <= 0 || n > longest {
		return 0
	}
	return time.Duration(n * float64(time.Second)).Round(time.Second)
}

// parseParams reads name=value pairs that are separated by ';' or ',' as in structured fields (RFC 9651).
func parseParams(v string) map[string]string {
	p := map[string]string{}
	s := scanner{s: v}
	for !s.done() && len(p) < 50 {
		s.skip(" ,;\t")
		if s.peek() == '"' {
			s.valueOrToken()
			continue
		}
		name := s.token()
		if name == "" {
			s.pos++
			continue
		}
		s.skip(" \t")
		if s.peek() != '=' {
			continue
		}
		s.pos++
		if _, dup := p[name]; dup {
			s.valueOrToken()
			continue
		}
		p[strings.ToLower(name)] = s.valueOrToken()
	}
	return p
}

func number(p map[string]string, name string, otherwise int) int {
	n, err := strconv.Atoi(p[name])
	if err != nil {
		return otherwise
	}
	return n
}
