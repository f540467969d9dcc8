package request

import (
	"context"
	"net/http"
	"net/url"
)

// A Challenged is a Signer whose credentials answer a challenge of the server (RFC 9110 §11.6.1): it takes several rounds
// on the wire until the request goes out as it is meant. Its value serves one hop and keeps what was said so far.
type Challenged interface {
	Signer
	// Answer takes in the response to the last round, and reports whether another is to follow.
	Answer(status int, header []Field) bool
	// Bare reports whether the next round asks for a challenge and nothing else: it carries no body.
	Bare() bool
	// Bound reports whether the rounds prove who speaks on this connection, and no other: all of them are HTTP/1.1 on it.
	Bound() bool
}

// maxRounds is how often one hop goes out at most: without the body, whole, with an answer, and with one to a newer nonce.
const maxRounds = 5

// A talk is the rounds of one hop. The zero value is a hop of one round.
type talk struct {
	signer    Signer
	transport *http.Transport
	release   func()
	own       bool // the transport is for these rounds alone
	parts     bool // the body can go out later than the header
	bare      bool // the round under way carries no body, although the request has one
}

// hop sends one request, after the rounds that its credentials ask for, and reads its response.
func (e *Engine) hop(ctx context.Context, first *hopTrace, r *Request, u *url.URL, user *url.Userinfo) (*hopTrace, *Failure) {
	t := &talk{}
	defer t.close()
	h := first
	for {
		failure := e.round(ctx, h, r, u, user, t)
		if last := len(h.rounds) - 1; h.hop.Sent.Method == "" && last >= 0 { // its challenge could not be answered: what went out is told
			h.hop, h.rounds = h.rounds[last], h.rounds[:last]
			h.hop.Rounds = h.rounds
			return h, failure
		}
		if failure != nil || len(h.rounds) == maxRounds-1 || !t.again(h.hop.Response) {
			h.hop.Rounds = h.rounds
			return h, failure
		}
		h = &hopTrace{x: h.x, times: h.times, fence: h.fence, rounds: append(h.rounds, h.hop)}
	}
}

// again reports whether another round is to go out after this response.
func (t *talk) again(res *Response) bool {
	c, ok := t.signer.(Challenged)
	switch {
	case !ok || res == nil:
		return false
	case t.bare && res.Status != http.StatusUnauthorized:
		t.bare = false // no challenge came: what was said is about a request that nobody meant
		return true
	}
	more := c.Answer(res.Status, res.Header)
	t.bare = more && t.parts && c.Bare()
	return more
}

// sign returns the signer for the next round of r.
func (t *talk) sign(e *Engine, r *Request) (Signer, error) {
	if t.signer != nil {
		return t.signer, nil
	}
	s, err := e.Sign(r.Auth)
	if err != nil {
		return nil, err
	}
	t.signer = s
	if c, ok := s.(Challenged); ok {
		// A body that is only announced is kept back in every round as it is, where these need not share a connection.
		t.parts = r.Body.Kind != NoBody && (!r.Settings.WithholdBody || c.Bound())
		t.bare = t.parts && c.Bare()
	}
	return s, nil
}

// bound reports whether all rounds have to use one connection.
func (t *talk) bound() bool {
	c, ok := t.signer.(Challenged)
	return ok && c.Bound()
}

// connect returns the transport of all rounds; another once they are to share a connection.
func (t *talk) connect(e *Engine, r *Request, target *url.URL, via route) (*http.Transport, error) {
	bound := t.bound()
	if t.transport != nil && bound == t.own {
		return t.transport, nil
	}
	t.close()
	if t.own = bound; bound {
		own := *r
		own.Settings.Fresh, own.Settings.HTTPVersion = true, "1.1"
		r = &own
	}
	var err error
	t.transport, t.release, err = e.transport(r, target, via)
	return t.transport, err
}

func (t *talk) close() {
	if t.release != nil {
		t.release()
	}
}
