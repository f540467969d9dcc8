package cookie

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"culprit/request"
)

// A Jar is the cookies of one environment. The zero value is an empty one. It is not for use from several goroutines
// while Set or Take changes it.
type Jar struct{ all []Cookie }

// Limits of RFC 6265bis §6.1: a client is to keep so many at least, and what is kept is read for each request.
const (
	maxJar  = 3000
	maxHost = 150 // the RFC asks for 50; browsers keep 150 and more
)

// New returns a jar of cookies, which it takes over; of two in one place the later counts, and no more than fit are kept.
func New(cookies []Cookie) *Jar {
	j := &Jar{}
	for _, c := range cookies {
		j.put(c)
	}
	return j
}

// All returns what has not ended at now: by host, longer paths first, then by name.
func (j *Jar) All(now time.Time) []Cookie {
	out := slices.DeleteFunc(slices.Clone(j.all), func(c Cookie) bool { return c.ended(now) })
	slices.SortStableFunc(out, func(a, b Cookie) int {
		return cmp.Or(strings.Compare(a.Host, b.Host), cmp.Compare(len(b.Path), len(a.Path)), strings.Compare(a.Name, b.Name))
	})
	return out
}

// For returns the cookies that go to u at now, as they stand in the field Cookie: longer paths first, then the older ones
// (RFC 6265bis §5.8.3).
func (j *Jar) For(u *url.URL, now time.Time) []Cookie {
	to := placeOf(u)
	out := slices.DeleteFunc(slices.Clone(j.all), func(c Cookie) bool { return c.withheld(to, now) != "" })
	slices.SortStableFunc(out, func(a, b Cookie) int {
		return cmp.Or(cmp.Compare(len(b.Path), len(a.Path)), a.Created.Compare(b.Created))
	})
	return out
}

// Take removes the cookies for which it is one, and returns how many.
func (j *Jar) Take(it func(Cookie) bool) int {
	n := len(j.all)
	j.all = slices.DeleteFunc(j.all, it)
	return n - len(j.all)
}

// Set takes in a field Set-Cookie of an answer from u, and says what became of it.
func (j *Jar) Set(u *url.URL, line string, now time.Time) request.Stored {
	f, err := parse(line, now)
	from := placeOf(u)
	if err == nil {
		err = j.judge(&f, from)
	}
	s := request.Stored{Name: f.cookie.Name}
	if err != nil {
		s.Why = "refused: " + err.Error()
		return s
	}
	if f.ends {
		s.Why = "it ends at once, and the jar has none of that name here"
		if j.Take(f.cookie.Same) > 0 {
			s.Why = "it ends at once: taken out of the jar"
		}
		return s
	}
	for _, o := range j.all { // those of one answer stay in their order
		if !o.Created.Before(f.cookie.Created) {
			f.cookie.Created = o.Created.Add(1)
		}
	}
	j.put(f.cookie)
	s.Kept = true
	switch c := f.cookie; {
	case f.domain != "" && !c.Domain:
		s.Why = "for this host alone: its Domain is a public suffix, or an address"
	case c.SameSite == "None" && !c.Secure:
		s.Why = "a browser refuses it: SameSite=None, and not Secure"
	}
	return s
}

var (
	errClear  = errors.New("it is Secure, and the answer came over http")
	errMasked = errors.New("the jar has one of that name for https only, which http cannot replace")
)

// judge says why a cookie of an answer from a place is not kept (RFC 6265bis §5.7), and fills in what it does not say.
func (j *Jar) judge(f *field, from place) error {
	c := &f.cookie
	c.Host, c.Scheme, c.Port = from.host, from.scheme, from.port
	named := c.Path
	if c.Path == "" {
		c.Path = from.folder()
	}
	if err := f.widen(from); err != nil {
		return err
	}
	switch {
	case c.Secure && from.scheme != "https":
		return errClear
	case !c.Secure && from.scheme != "https" && slices.ContainsFunc(j.all, c.masks):
		return errMasked
	}
	return c.prefixed(named)
}

// widen makes the cookie one for all names below its Domain.
func (f *field) widen(from place) error {
	d := f.domain
	switch {
	case d == "":
		return nil
	case strings.ContainsFunc(d, func(r rune) bool { return r > '~' }):
		return errors.New("its Domain is not ASCII")
	case !within(from.host, d):
		return fmt.Errorf("its Domain %s is not that of %s", d, from.host)
	case d == from.host && (address(d) || public(d)):
		return nil // for the host alone, as without it
	case public(d):
		return fmt.Errorf("its Domain %s is a public suffix: the names below it belong to others", d)
	}
	f.cookie.Host, f.cookie.Domain, f.cookie.Port = d, true, ""
	return nil
}

// masks reports whether o is a cookie for https only that c would stand in for (RFC 6265bis §5.7, "leave secure cookies
// alone").
func (c *Cookie) masks(o Cookie) bool {
	return o.Secure && o.Name == c.Name && (within(o.Host, c.Host) || within(c.Host, o.Host)) && below(c.Path, o.Path)
}

// prefixed holds a cookie to what its name promises (RFC 6265bis §4.1.3). path is the attribute, "" for none.
func (c *Cookie) prefixed(path string) error {
	name := strings.ToLower(c.Name)
	if name == "" {
		name = strings.ToLower(c.Value) // else a server takes it for the name
		if strings.HasPrefix(name, "__secure-") || strings.HasPrefix(name, "__host-") {
			return errors.New("it has no name, and its value begins as the name of a protected one")
		}
	}
	switch {
	case strings.HasPrefix(name, "__secure-") && !c.Secure:
		return errors.New("its name begins with __Secure-, and it is not Secure")
	case !strings.HasPrefix(name, "__host-"):
		return nil
	case !c.Secure:
		return errors.New("its name begins with __Host-, and it is not Secure")
	case c.Domain:
		return errors.New("its name begins with __Host-, and it has a Domain")
	case path != "/":
		return errors.New("its name begins with __Host-, and its Path is not /")
	}
	return nil
}

// put adds a cookie, in the place of the one that it replaces; where there are too many the oldest goes.
func (j *Jar) put(c Cookie) {
	if i := slices.IndexFunc(j.all, c.Same); i >= 0 {
		c.Created = j.all[i].Created
		j.all[i] = c
		return
	}
	j.all = append(j.all, c)
	here := func(o Cookie) bool { return o.Host == c.Host }
	if count(j.all, here) > maxHost {
		j.forget(here)
	}
	if len(j.all) > maxJar {
		j.forget(func(Cookie) bool { return true })
	}
}

func count(all []Cookie, it func(Cookie) bool) (n int) {
	for _, c := range all {
		if it(c) {
			n++
		}
	}
	return n
}

// forget removes the oldest of those for which it is one; one that has a value is there.
func (j *Jar) forget(it func(Cookie) bool) {
	oldest := -1
	for i, c := range j.all {
		if it(c) && (oldest < 0 || c.Created.Before(j.all[oldest].Created)) {
			oldest = i
		}
	}
	j.all = slices.Delete(j.all, oldest, oldest+1)
}
