package auth

import (
	"net/http"

	"culprit/request"
)

// offered is curl's --anyauth: it takes the strongest of the schemes that the server offers, Digest before NTLM before
// Basic, and is nothing before it is asked.
type offered struct {
	a     request.Auth
	taken request.Signer
}

// Sign implements request.Signer.
func (o *offered) Sign(r *http.Request) error {
	if o.taken == nil {
		return nil
	}
	return o.taken.Sign(r)
}

// Answer implements request.Challenged.
func (o *offered) Answer(status int, header []request.Field) bool {
	switch taken := o.taken.(type) {
	case request.Challenged:
		return taken.Answer(status, header)
	case nil:
	default:
		return false
	}
	if status != http.StatusUnauthorized {
		return false
	}
	d := &digested{username: o.a.Param("username"), password: o.a.Param("password")}
	if d.Answer(status, header) {
		o.taken = d
		return true
	}
	for _, word := range []string{"NTLM", "Negotiate"} {
		if len(challengesFor(word, header)) > 0 {
			s, err := newNTLM(o.a, word)
			o.taken = s
			return err == nil
		}
	}
	if len(challengesFor("Basic", header)) > 0 {
		o.taken = basic{o.a.Param("username"), o.a.Param("password")}
		return true
	}
	return false
}

// Bare implements request.Challenged: a server that offers nothing has answered the request itself.
func (o *offered) Bare() bool {
	taken, ok := o.taken.(request.Challenged)
	return ok && taken.Bare()
}

// Bound implements request.Challenged.
func (o *offered) Bound() bool {
	taken, ok := o.taken.(request.Challenged)
	return ok && taken.Bound()
}
