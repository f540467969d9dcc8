// Package cookie reads Set-Cookie, keeps cookies in a jar, and says which of them go where, and why the others do not
// (RFC 6265bis).
//
// In two things it is stricter than the RFC, for credentials never go to another origin: a cookie goes to the scheme that
// set it only, and without an attribute Domain to its port only. SameSite is read and not enforced: a request of a person
// comes from no site. Where jars are kept is the business of package jar.
package cookie

import (
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// A Cookie is one cookie of a jar.
type Cookie struct {
	Name     string    `json:"name"` // "" for one that is a value alone
	Value    string    `json:"value"`
	Host     string    `json:"host"`           // lower case, without brackets; with Domain that of the attribute
	Port     string    `json:"port,omitempty"` // the only one that it goes to; "" for all
	Scheme   string    `json:"scheme"`         // http or https, the only one that it goes to
	Domain   bool      `json:"domain,omitempty"`
	Path     string    `json:"path"`
	Secure   bool      `json:"secure,omitempty"`
	HTTPOnly bool      `json:"http_only,omitempty"`
	SameSite string    `json:"same_site,omitempty"` // Strict, Lax, None; "" where it says none of them
	Expires  time.Time `json:"expires,omitzero"`    // zero for a session's: it stays until it is taken out
	Created  time.Time `json:"created"`
}

// Pair is how the cookie stands in a request.
func (c Cookie) Pair() string {
	if c.Name == "" {
		return c.Value
	}
	return c.Name + "=" + c.Value
}

// Where is what the cookie goes to, as a person reads it: https://shop.example/cart, https://*.shop.example/.
func (c Cookie) Where() string {
	host := c.Host
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if c.Domain {
		host = "*." + host
	}
	if c.Port != "" && c.Port != defaultPort(c.Scheme) {
		host += ":" + c.Port
	}
	return c.Scheme + "://" + host + c.Path
}

// Traits are what else there is to say of it, in words: until when it lasts, and who may have it.
func (c Cookie) Traits() []string {
	out := []string{"until it is taken out"}
	if !c.Expires.IsZero() {
		out[0] = "until " + c.Expires.UTC().Format("2006-01-02 15:04 UTC")
	}
	for _, t := range []struct {
		is   bool
		text string
	}{{c.Secure, "Secure"}, {c.HTTPOnly, "HttpOnly"}, {c.SameSite != "", "SameSite=" + c.SameSite}} {
		if t.is {
			out = append(out, t.text)
		}
	}
	return out
}

// Same reports whether a cookie takes the place of another.
func (c Cookie) Same(o Cookie) bool {
	return c.Name == o.Name && c.Host == o.Host && c.Port == o.Port && c.Scheme == o.Scheme && c.Domain == o.Domain && c.Path == o.Path
}

// Limits of RFC 6265bis §5.6 and §5.5.
const (
	maxPair      = 4096                 // bytes of name and value
	maxAttribute = 1024                 // bytes of the value of an attribute
	maxAge       = 400 * 24 * time.Hour // that a cookie lasts
)

// A field is what a Set-Cookie says, not judged.
type field struct {
	cookie Cookie // its Path is "" where the default counts
	domain string // the attribute, without a leading dot
	ends   bool   // it does not last beyond now
}

var (
	errControl = errors.New("it holds control characters")
	errLong    = errors.New("its name and value are longer than " + strconv.Itoa(maxPair) + " bytes")
	errBytes   = errors.New("it is not UTF-8")
	errEmpty   = errors.New("it has neither name nor value")
)

// parse reads a Set-Cookie that came at now (RFC 6265bis §5.6). The cookie has its name also beside an error.
func parse(line string, now time.Time) (field, error) {
	pair, rest, _ := strings.Cut(line, ";")
	name, value, named := strings.Cut(pair, "=")
	if !named {
		name, value = "", name
	}
	f := field{cookie: Cookie{Name: trim(name), Value: trim(value), Created: now}}
	switch c := f.cookie; {
	case strings.ContainsFunc(line, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }):
		return f, errControl
	case !utf8.ValidString(line):
		return f, errBytes
	case c.Name == "" && c.Value == "":
		return f, errEmpty
	case len(c.Name)+len(c.Value) > maxPair:
		return f, errLong
	}
	aged := false // Max-Age goes before Expires
	for part := range strings.SplitSeq(rest, ";") {
		key, value, _ := strings.Cut(part, "=")
		if value = trim(value); len(value) <= maxAttribute {
			f.attribute(strings.ToLower(trim(key)), value, now, &aged)
		}
	}
	f.ends = !f.cookie.Expires.IsZero() && !f.cookie.Expires.After(now)
	return f, nil
}

// trim takes the white space of RFC 9110 §5.6.3 off; there are no other blanks in a field.
func trim(s string) string { return strings.Trim(s, " \t") }

// attribute takes in one attribute; of two of one name the later counts.
func (f *field) attribute(key, value string, now time.Time, aged *bool) {
	c := &f.cookie
	switch key {
	case "expires":
		if at, ok := date(value); ok && !*aged {
			c.Expires = earlier(at, now.Add(maxAge))
		}
	case "max-age":
		if seconds, ok := age(value); ok {
			*aged, c.Expires = true, now.Add(seconds)
		}
	case "domain":
		f.domain = strings.ToLower(strings.TrimPrefix(value, "."))
	case "path":
		if c.Path = ""; strings.HasPrefix(value, "/") {
			c.Path = value
		}
	case "secure":
		c.Secure = true
	case "httponly":
		c.HTTPOnly = true
	case "samesite":
		c.SameSite = ""
		for _, known := range []string{"Strict", "Lax", "None"} {
			if strings.EqualFold(value, known) {
				c.SameSite = known
			}
		}
	}
}

// age reads Max-Age: digits, after a minus or not.
func age(value string) (time.Duration, bool) {
	digits := strings.TrimPrefix(value, "-")
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	if digits != value {
		return 0, true
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n > int(maxAge/time.Second) {
		return maxAge, true
	}
	return time.Duration(n) * time.Second, true
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
