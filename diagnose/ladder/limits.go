package ladder

import (
	"strconv"
	"strings"
	"time"

	"culprit/diagnose/evidence"
	"culprit/request"
	"culprit/request/lazyre"
)

// The limits of a server that are met in a hunt for something else (§10). One that says when to come back, and answers
// then, holds nothing against the run; from the second time on, no more is asked than it let through.
type limits struct {
	held    int  // answers 429 that were not heeded: without a time, or given again at that time
	waiting bool // the latest one named a time that is waited for
	met     bool // there was one
	let     int  // answers since
	pace    time.Duration
	far     bool // one named a time that nobody waits for
}

// seen takes in an answer.
func (l *limits) seen(x *request.Exchange) {
	switch status := x.Status(); {
	case status == 0:
		return
	case status != 429:
		l.let++
		if l.waiting {
			l.held, l.waiting = l.held-1, false
		}
		return
	}
	wait, named := evidence.RetryAfter(x)
	l.far = l.far || named && wait > longestWait
	if named = named && wait <= longestWait; named && l.met && l.let > 0 {
		l.pace = max(l.pace, wait/time.Duration(l.let))
	}
	l.held++
	l.waiting, l.met, l.let = named, true, 0
}

// A limit is what a server says of its rate limit: requests left, of a quota (0 when unknown), for a window (0 when
// unknown).
type limit struct {
	left, quota int
	window      time.Duration
}

var (
	leftRE  = lazyre.New(`(?:^|;)\s*r=(\d+)`)
	resetRE = lazyre.New(`(?:^|;)\s*t=(\d+)`)
	quotaRE = lazyre.New(`(?:^|;)\s*q=(\d+)`)
)

// limitOf reads RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers), and the fields of its earlier
// drafts and of most vendors, with or without X- in front.
func limitOf(x *request.Exchange) (limit, bool) {
	r := x.Response()
	if r == nil {
		return limit{}, false
	}
	number := func(names ...string) (int, bool) {
		for _, n := range names {
			first, _, _ := strings.Cut(request.Get(r.Header, n), ",")
			first, _, _ = strings.Cut(first, ";")
			if v, err := strconv.Atoi(strings.TrimSpace(first)); err == nil && v >= 0 {
				return v, true
			}
		}
		return 0, false
	}
	var l limit
	if f := request.Get(r.Header, "RateLimit"); f != "" {
		m := leftRE.FindStringSubmatch(f)
		if m == nil {
			return limit{}, false
		}
		l.left, _ = strconv.Atoi(m[1])
		if m = resetRE.FindStringSubmatch(f); m != nil {
			s, _ := strconv.Atoi(m[1])
			l.window = time.Duration(s) * time.Second
		}
		if m = quotaRE.FindStringSubmatch(request.Get(r.Header, "RateLimit-Policy")); m != nil {
			l.quota, _ = strconv.Atoi(m[1])
		}
		return l, true
	}
	left, ok := number("RateLimit-Remaining", "X-RateLimit-Remaining")
	l.left = left
	l.quota, _ = number("RateLimit-Limit", "X-RateLimit-Limit")
	if s, is := number("RateLimit-Reset"); is && s < 86400 { // X-RateLimit-Reset is a moment for some, a span for others
		l.window = time.Duration(s) * time.Second
	}
	return l, ok
}
