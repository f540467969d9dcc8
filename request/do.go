package request

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"
)

// Do sends r and follows its redirects. emit is called from one goroutine at a time and never after Do
// returns; nil emits nothing. The Exchange is never nil and holds what is known however far it came; the
// error is its *Failure, or nil. An error status is no error. Do blocks until the response is read, and
// returns at once when ctx is done.
//
// What goes out is what r says and Host, the length of the body, its Content-Type when r has none, and the
// credentials of r.Auth, which take the place of a header of the same name. Credentials inside the URL are
// sent as Basic ones when r has no others.
func (e *Engine) Do(ctx context.Context, r Request, emit func(Event)) (*Exchange, error) {
	if r.Settings.Client != "" {
		return e.other(ctx, r)
	}
	x := &Exchange{Request: r, Start: time.Now()}
	rec := &recorder{start: x.Start, emit: emit}
	r.Settings.Timeouts = r.Settings.Timeouts.WithDefaults()
	r.Settings.Limits = r.Settings.Limits.WithDefaults()
	if coded(&r) && r.Settings.HTTPVersion == "" {
		r.Settings.HTTPVersion = "1.1"
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	rec.guard(r.Settings.Timeouts, stop)
	x.Failure = e.follow(ctx, x, r, rec)
	rec.release()
	x.Took = time.Since(x.Start)
	if x.Failure != nil {
		return x, x.Failure
	}
	return x, nil
}

// follow performs hop after hop and appends each to x.
func (e *Engine) follow(ctx context.Context, x *Exchange, r Request, rec *recorder) *Failure {
	u, err := target(r.URL)
	if err != nil {
		return prepareFailure(err)
	}
	user := u.User
	u.User = nil
	if password, ok := user.Password(); ok {
		r.Secrets = append(r.Secrets[:len(r.Secrets):len(r.Secrets)], Secret{Ref: "url", Value: password})
	}
	public := false // the last hop went to a public address
	for followed := 0; ; followed++ {
		first := &hopTrace{x: rec, times: r.Settings.Timeouts, fence: public && !r.Settings.TrustRedirects}
		jarred := r.carry(x.Hops, u)
		h, failure := e.hop(ctx, first, &r, u, user)
		h.hop.Sent.Jar = jarred
		if h.hop.Sent.Method == "" {
			return failure // nothing was even written down: the request cannot be prepared
		}
		x.Hops = append(x.Hops, h.hop)
		if failure != nil {
			return failure
		}
		public = h.peer != "" && !private(h.peer) && h.hop.Conn.Proxy == ""
		last := x.Last()
		next := redirectOf(r, u, last.Response)
		if next == nil {
			return nil
		}
		last.Followed = &next.redirect
		if next.redirect.Stopped != "" {
			return nil
		}
		if followed == r.Settings.Follow {
			next.redirect.Stopped = "too many redirects"
			return tooMany(followed)
		}
		if user != nil && next.redirect.Cross && !r.Settings.TrustRedirects {
			user = nil
			next.redirect.Dropped = append(next.redirect.Dropped, "credentials of the URL: the origin changed")
		}
		r, u = next.request, next.target
	}
}

// round sends one request and reads its response into h.
func (e *Engine) round(ctx context.Context, h *hopTrace, r *Request, u *url.URL, user *url.Userinfo, t *talk) *Failure {
	q, body, err := e.prepare(r, u, user, t)
	if err != nil {
		return prepareFailure(err)
	}
	getenv := e.Net.Getenv
	if r.Settings.From != "" {
		getenv = nil // its proxies are for this machine
	}
	via, err := routeOf(r.Settings.Proxy, getenv, q.URL)
	if err != nil {
		return prepareFailure(refuse("malformed_url", "%w", err))
	}
	transport, err := t.connect(e, r, q.URL, via)
	if err != nil {
		return prepareFailure(err)
	}

	// A proxy and another machine resolve the name and have rules of their own.
	h.fence = h.fence && via.proxy == nil && r.Settings.From == ""
	h.once, h.held = alone(r), r.Settings.WithholdBody
	if body != nil {
		body.held = ctx.Done()
		if err := body.attach(q, h); err != nil {
			return prepareFailure(err)
		}
	}
	h.hop.Conn.Proxy, h.hop.Conn.ProxyWhy = via.bare(), via.why
	h.hop.Sent = Sent{Method: q.Method, URL: q.URL.Scheme + "://" + q.URL.Host + q.URL.RequestURI(), Proto: "HTTP/1.1"}
	h.begin(h.hop.Sent.URL)
	failed := e.exchange(ctx, h, r, q, transport)
	if body != nil {
		h.sent(body, e.SpoolDir)
	}
	facts := h.facts(ctx, q.URL, failed)
	facts.certificate = r.Settings.TLS.CertFile != ""
	h.hop = h.end(failed == nil)
	if failed == nil {
		return nil
	}
	return classify(failed.err, facts)
}

// A broken is an error with the step that met it.
type broken struct {
	err    error
	decode bool // the bytes came whole, but do not decode
}

// exchange does the round trip and reads the body.
func (e *Engine) exchange(ctx context.Context, h *hopTrace, r *Request, q *http.Request, t *http.Transport) *broken {
	res, err := t.RoundTrip(q.WithContext(h.with(ctx, q.URL.Scheme == "https" || t.Proxy != nil)))
	if err != nil {
		return &broken{err: err}
	}
	h.header(res.Status, plainLength(res))
	response := responseOf(res, h.heard())
	h.answered(response, res)
	in := &intake{engine: e, hop: h, limits: r.Settings.Limits, raw: r.Settings.Raw}
	failed := in.read(res, response)
	response.Trailer = sorted(res.Trailer)
	return failed
}

// prepare writes the request of one round of t down with its credentials, and encodes its body.
func (e *Engine) prepare(r *Request, u *url.URL, user *url.Userinfo, t *talk) (*http.Request, *upload, error) {
	own := *u
	q, err := build(r, &own)
	if err != nil {
		return nil, nil, err
	}
	if user != nil && r.Auth.Scheme == "" && !hasField(q.Header, "Authorization") {
		password, _ := user.Password()
		q.SetBasicAuth(user.Username(), password)
	}
	if r.Auth.Scheme == "" {
		body, err := e.encode(r, q)
		return q, body, err
	}
	if e.Sign == nil {
		return nil, nil, errors.New("this engine has no credentials package")
	}
	signer, err := t.sign(e, r)
	if err != nil {
		return nil, nil, err
	}
	var body *upload
	if t.bare {
		q.ContentLength, q.TransferEncoding = 0, nil
		delete(q.Header, written) // else the next round on this connection is read as the body of this one
	} else if body, err = e.encode(r, q); err != nil {
		return nil, nil, err
	}
	if body != nil && !body.hold {
		q.GetBody = body.payload.Open // some signatures cover the body
	}
	if err := signer.Sign(q); err != nil {
		return nil, nil, err
	}
	q.GetBody = nil // attach decides whether it may go out twice
	return q, body, nil
}
