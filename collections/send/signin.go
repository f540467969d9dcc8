package send

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"culprit/request"
	"culprit/request/auth"
)

// patience is how long a person may take to sign in.
const patience = 5 * time.Minute

// farewell is how long the page that says what became of the sign-in may take to leave: a browser opens connections that it
// does not use, and http.Server.Shutdown waits 5 s for each of these.
const farewell = time.Second

// anyCallback is where the answer of a sign-in comes when nothing is said: servers take any port of a loopback address
// (RFC 8252 §7.3).
const anyCallback = "http://127.0.0.1:0/callback"

// signIn lets a person sign in, and returns the request that gets the token for it. It listens on loopback until the
// answer came, show was in vain, or ctx is done.
func signIn(ctx context.Context, r request.Request, show func(address string)) (request.Request, error) {
	if err := ctx.Err(); err != nil { // no window opens for who has given up
		return r, err
	}
	l, back, err := listen(ctx, r.Auth.Param("callbackUrl"))
	if err != nil {
		return r, err
	}
	defer l.Close()
	s, err := auth.NewSignIn(r.Auth, back.String())
	if err != nil {
		return r, err
	}
	type answer struct {
		code string
		err  error
	}
	answers := make(chan answer, 1)
	server := &http.Server{ReadHeaderTimeout: 10 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		code, err := s.Code(q.URL.Query())
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		switch {
		case q.URL.Path != back.Path || errors.Is(err, auth.ErrNotOurs): // a stray request ends nothing
			w.WriteHeader(http.StatusNotFound)
			return
		case err != nil:
			fmt.Fprintln(w, "The sign-in failed. culprit says why; this window can be closed.")
		default:
			fmt.Fprintln(w, "You are signed in. This window can be closed.")
		}
		select {
		case answers <- answer{code, err}:
		default: // the page was loaded again
		}
	})}
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(l) }() // it ends with Shutdown
	defer func() {
		ctx, stop := context.WithTimeout(ctx, farewell)
		defer stop()
		_ = server.Shutdown(ctx)
		_ = server.Close()
		<-done
	}()
	show(s.URL)
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case a := <-answers:
		if a.err != nil {
			return r, fmt.Errorf("%w: %w", ErrNoToken, a.err)
		}
		return s.Exchange(r.Auth, a.code, r)
	case <-late.C:
		return r, fmt.Errorf("%w: nobody signed in for %s", ErrNoToken, patience)
	case <-ctx.Done():
		return r, ctx.Err()
	}
}

// listen opens the address that the answer of a sign-in comes to, and returns it with its port. One of another machine
// cannot be listened on.
func listen(ctx context.Context, callback string) (net.Listener, *url.URL, error) {
	if callback == "" {
		callback = anyCallback
	}
	u, err := url.Parse(callback)
	if err != nil || u.Scheme != "http" || !loopback(u.Hostname()) {
		return nil, nil, fmt.Errorf("the callbackUrl of auth oauth2 is not of this machine: register one like http://127.0.0.1/callback with the authorization server, which comes back here")
	}
	port := u.Port()
	if port == "" {
		port = "0"
	}
	host := u.Hostname()
	if host == "localhost" {
		host = "127.0.0.1"
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", net.JoinHostPort(host, port))
	if err != nil {
		return nil, nil, fmt.Errorf("the answer of the sign-in cannot come to %s: %w", u.Host, err)
	}
	if _, given, err := net.SplitHostPort(l.Addr().String()); err == nil {
		u.Host = net.JoinHostPort(u.Hostname(), given)
	}
	if u.Path == "" {
		u.Path = "/"
	}
	return l, u, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
