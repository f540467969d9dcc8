package cookie

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"culprit/request"
)

// Kept takes in what all answers of an exchange set, in their order, and writes into each what became of it.
func (j *Jar) Kept(x *request.Exchange, now time.Time) {
	for _, h := range x.Wire() {
		if lines := set(h); len(lines) > 0 {
			h.Response.Stored = j.take(h, lines, now)
		}
	}
}

// take takes in what the answer to a hop set.
func (j *Jar) take(h *request.Hop, lines []string, now time.Time) (out []request.Stored) {
	u, err := url.Parse(h.Sent.URL)
	if err != nil {
		return nil
	}
	for _, line := range lines {
		out = append(out, j.Set(u, line, now))
	}
	return out
}

// Unkept writes into each answer of an exchange why nothing of it is kept.
func Unkept(x *request.Exchange, why string) {
	for _, h := range x.Wire() {
		if h.Response != nil {
			h.Response.Stored = nil
		}
		for _, line := range set(h) {
			f, _ := parse(line, time.Time{})
			h.Response.Stored = append(h.Response.Stored, request.Stored{Name: f.cookie.Name, Why: why})
		}
	}
}

// set returns the fields Set-Cookie of the answer to a hop.
func set(h *request.Hop) []string {
	if h.Response == nil {
		return nil
	}
	return values(h.Response.Header, "Set-Cookie")
}

// values returns those of all fields of a name: HTTP/2 has one Cookie for each.
func values(fields []request.Field, name string) (out []string) {
	for _, f := range fields {
		if strings.EqualFold(f.Name, name) {
			out = append(out, f.Value)
		}
	}
	return out
}

// Carry implements request.Jar. What went along to the hop before and is for u, too, goes on, with the value that it has by
// now; what is for u alone comes in; what a hop before went without, although it was for it, stays out until an answer sets
// it: somebody took it out of the request, to see what happens.
func (j *Jar) Carry(hops []request.Hop, u *url.URL, cookie string) (value string, names []string) {
	now := time.Now()
	pairs := split(cookie)
	mine := func(c Cookie) bool { return slices.Contains(pairs, c.Pair()) }
	if len(hops) == 0 {
		for _, c := range j.For(u, now) {
			if mine(c) {
				names = append(names, c.Name)
			}
		}
		return cookie, names
	}
	earlier, after, left := j.along(hops, now)
	own := slices.DeleteFunc(slices.Clone(pairs), func(p string) bool {
		return slices.ContainsFunc(earlier.all, func(c Cookie) bool { return c.Pair() == p })
	})
	out := slices.Clone(own)
	for _, c := range after.For(u, now) {
		if !named(own, c.Name) && !slices.ContainsFunc(left, c.Same) {
			out, names = append(out, c.Pair()), append(names, c.Name)
		}
	}
	return strings.Join(out, "; "), names
}

// along returns the jar as it was for the last of the hops and as it is behind it, and the cookies that were for one of them
// and did not go, unless an answer has set them anew since.
func (j *Jar) along(hops []request.Hop, now time.Time) (earlier, after *Jar, left []Cookie) {
	after = &Jar{all: slices.Clone(j.all)}
	for i := range hops {
		earlier = &Jar{all: slices.Clone(after.all)}
		fresh := &Jar{}
		if u, err := url.Parse(hops[i].Sent.URL); err == nil {
			sent := split(strings.Join(values(hops[i].Sent.Header, "Cookie"), ";"))
			for _, c := range earlier.For(u, now) {
				if !slices.Contains(sent, c.Pair()) {
					left = append(left, c)
				}
			}
		}
		for _, h := range (&request.Exchange{Hops: hops[i : i+1]}).Wire() {
			after.take(h, set(h), now)
			fresh.take(h, set(h), now)
		}
		left = slices.DeleteFunc(left, func(c Cookie) bool { return slices.ContainsFunc(fresh.all, c.Same) })
	}
	return earlier, after, left
}

// split returns the pairs of a field Cookie.
func split(cookie string) []string {
	var out []string
	for p := range strings.SplitSeq(cookie, ";") {
		if p = trim(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// Names reports whether the field Cookie has one of that name.
func Names(field, name string) bool { return named(split(field), name) }

// named reports whether one of the pairs is of that name.
func named(pairs []string, name string) bool {
	return slices.ContainsFunc(pairs, func(p string) bool {
		n, _, ok := strings.Cut(p, "=")
		return ok && trim(n) == name || !ok && name == ""
	})
}
