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
// now; what is for u alone comes in; what the hop before went without, although it was for it, stays out: somebody took it
// out of the request, to see what happens.
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
	last := &hops[len(hops)-1]
	before, err := url.Parse(last.Sent.URL)
	if err != nil {
		return cookie, nil
	}
	sent := split(strings.Join(values(last.Sent.Header, "Cookie"), ";"))
	earlier := j.after(hops[:len(hops)-1], now)
	after := earlier.after(hops[len(hops)-1:], now)
	left := func(c Cookie) bool { // it was for the hop before, and did not go
		return c.withheld(placeOf(before), now) == "" && !slices.Contains(sent, c.Pair())
	}
	own := slices.DeleteFunc(slices.Clone(pairs), func(p string) bool {
		return slices.ContainsFunc(earlier.all, func(c Cookie) bool { return c.Pair() == p })
	})
	out := slices.Clone(own)
	for _, c := range after.For(u, now) {
		old := slices.IndexFunc(earlier.all, c.Same)
		fresh := old < 0 || earlier.all[old].Value != c.Value
		if named(own, c.Name) || !fresh && left(c) {
			continue
		}
		out, names = append(out, c.Pair()), append(names, c.Name)
	}
	return strings.Join(out, "; "), names
}

// after returns the jar with what hops set.
func (j *Jar) after(hops []request.Hop, now time.Time) *Jar {
	out := &Jar{all: slices.Clone(j.all)}
	for _, h := range (&request.Exchange{Hops: hops}).Wire() {
		out.take(h, set(h), now)
	}
	return out
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
