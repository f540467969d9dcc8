package collections

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"culprit/request"
	"culprit/request/cookie"
	"culprit/request/secret"
)

// A Jar keeps the cookies of an environment: what answers set goes along with later requests.
type Jar interface {
	// Open returns the cookies as they are now. What is done to them stays in memory.
	Open() (*cookie.Jar, error)
	// Keep takes in what the answers of an exchange set, and writes into them what became of it.
	Keep(x *request.Exchange) error
}

// plainPair is the length up to which the value of a cookie is too common to be looked for alone: what is secret is the
// pair then.
const plainPair = 6

// jar adds the cookies of the jar that are for the URL, but those that the request names itself.
func (r *resolver) jar() {
	if r.o.Jar == nil {
		return
	}
	if on := r.saved.Settings.Cookies; on != nil && !*on {
		r.out.NoJar = "the jar is switched off for this request"
		return
	}
	jar, err := r.o.Jar.Open()
	if err != nil {
		r.out.NoJar = "the jar cannot be read"
		r.warn("the jar of cookies cannot be read, so none goes along: %v", err)
		return
	}
	req := &r.out.Request
	req.Jar = jar
	u, err := url.Parse(req.URL)
	if err != nil {
		return // it will not be sent either
	}
	at := slices.IndexFunc(req.Header, func(f request.Field) bool { return strings.EqualFold(f.Name, "Cookie") })
	own := ""
	if at >= 0 {
		own = req.Header[at].Value
	}
	var pairs []string
	for _, c := range jar.For(u, time.Now()) {
		if cookie.Names(own, c.Name) {
			continue
		}
		pairs = append(pairs, c.Pair())
		r.out.Jarred = append(r.out.Jarred, c)
		switch ref := "cookie " + c.Name; {
		case !c.HTTPOnly && !secret.Guess(c.Name, c.Value):
			req.Secrets = append(req.Secrets, request.Secret{Ref: ref, Value: c.Pair(), Mild: true})
		case len(c.Value) > plainPair:
			r.secret(ref, c.Value)
		default:
			r.secret(ref, c.Pair())
		}
	}
	switch {
	case len(pairs) == 0:
	case at >= 0 && strings.Trim(own, "; ") == "":
		req.Header[at].Value = strings.Join(pairs, "; ")
	case at < 0:
		req.Header = append(req.Header, request.Field{Name: "Cookie", Value: strings.Join(pairs, "; "), Default: true})
	default:
		req.Header[at].Value = strings.TrimRight(own, "; ") + "; " + strings.Join(pairs, "; ")
	}
}

// Unjarred returns a variation of the request without what the jar added, and the names of the cookies of the jar that it
// does not have, or otherwise.
func (r Resolved) Unjarred(to request.Request) (out request.Request, changed []string) {
	out = to.Clone()
	var left []string
	for _, c := range r.Jarred {
		left = append(left, c.Pair())
	}
	for i, f := range out.Header {
		if !strings.EqualFold(f.Name, "Cookie") {
			continue
		}
		var own []string
		for p := range strings.SplitSeq(f.Value, ";") {
			if n := slices.Index(left, strings.TrimSpace(p)); n >= 0 {
				left = slices.Delete(left, n, n+1)
			} else if strings.TrimSpace(p) != "" {
				own = append(own, strings.TrimSpace(p))
			}
		}
		if len(r.Jarred) > 0 {
			out.Header[i].Value = strings.Join(own, "; ")
		}
	}
	if len(r.Jarred) > 0 {
		out.Header = slices.DeleteFunc(out.Header, func(f request.Field) bool { return strings.EqualFold(f.Name, "Cookie") && f.Value == "" })
	}
	for _, c := range r.Jarred {
		if slices.Contains(left, c.Pair()) {
			changed = append(changed, c.Name)
		}
	}
	return out, changed
}

// ErrJarred is wrapped by the error of Amend for a fix of a cookie that the jar added: it is in no file.
var ErrJarred = errors.New("it comes from the jar of cookies, and is in no file")

// jarred says what to do about cookies of the jar that a fix takes out or changes.
func jarred(names []string) error {
	return fmt.Errorf("the cookie %s: %w; take it out of the jar (culprit cookies clear %[1]s, or the cookie jar in the palette), or get it anew by logging in", strings.Join(names, ", "), ErrJarred)
}
