package request

import (
	"net/url"
	"slices"
	"strings"
)

// A Jar holds the cookies that a request was resolved with, for the hops after the first: a login answers with a cookie
// and a redirect to where it is wanted. It is as it was then, whatever is sent: nothing that goes out writes into it.
type Jar interface {
	// Carry returns the value of the field Cookie for a hop to u, "" for none, and the names of those in it that are the
	// jar's. cookie is what the hop goes out with by itself; hops are those before it, whose answers count as kept.
	Carry(hops []Hop, u *url.URL, cookie string) (value string, names []string)
}

// Stored says what became in a jar of one field Set-Cookie.
type Stored struct {
	Name string // untrusted
	Kept bool
	Why  string // what was done instead of keeping it, and why: "refused: …"; of a kept one what is special, "" for nothing
}

// carry puts the cookies of the jar into the header of r for a hop to u, and returns the names of those that are its.
func (r *Request) carry(hops []Hop, u *url.URL) []string {
	if r.Jar == nil {
		return nil
	}
	was := Get(r.Header, "Cookie")
	value, names := r.Jar.Carry(hops, u, was)
	switch {
	case value == was:
	case value == "":
		r.Header = Del(r.Header, "Cookie")
	default:
		i := slices.IndexFunc(r.Header, func(f Field) bool { return strings.EqualFold(f.Name, "Cookie") })
		r.Header = slices.Clone(r.Header)
		if i < 0 {
			r.Header = append(r.Header, Field{Name: "Cookie", Value: value, Default: true})
		} else {
			r.Header[i].Value = value
		}
	}
	return names
}
