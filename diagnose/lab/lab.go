// Package lab is a set of real servers on loopback whose requests go wrong in instructive ways.
//
// Its heart is a small shop API that validates honestly: it knows rules, not faults, and a fault is merely a
// request that breaks a rule. Around it stand listeners with bad certificates, closed and silent ports, a
// forward proxy, an edge and a captive portal. Faults is the table of requests that fail, each with the truth
// and with a healthy neighbour; Healthy is the table of odd requests that pass. Nothing in a response says that
// it comes from a lab. It serves `culprit demo`, `culprit lab` and the tests; it is no mock server for others.
package lab

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// Options says how a lab is started. The zero value listens on free ports of 127.0.0.1.
type Options struct {
	// Addr is where the shop listens; "" means 127.0.0.1:0. Every other listener takes a free port beside it.
	Addr string
	// Dir is where the CA and the client certificate are written as PEM files; "" makes a temporary folder
	// that Close removes.
	Dir string
	// Writes gets one line for every request with an unsafe method that succeeded; nil for none.
	Writes io.Writer
}

// A Lab is the running servers. Its fields are set by Start and not changed after.
type Lab struct {
	URL      string // of the shop, "http://127.0.0.1:4711", without a slash at the end
	Mirror   string // the same shop on another port: another origin
	Hasty    string // the same shop, where a connection that is used again is closed
	Edge     string // the shop behind a content network that has opinions
	Portal   string // a network's sign-in page that answers for everything
	Gateway  string // an API gateway before the shop, whose only stage is /prod
	Intranet string // refuses every address but those of the office
	Pages    string // the web site of the shop
	Pair     string // host:port of a name with two addresses, the second of which is ill; "" where there is no second one
	Proxy    string // a forward proxy that wants ProxyUser and ProxyPassword

	// TLS are the HTTPS listeners by name, each with the same shop behind: see the constants Good to Renamed.
	TLS map[string]string

	CAFile      string // PEM: the root that signs every listener of TLS but Stranger
	ChainFile   string // PEM: that root and the intermediate certificate
	OtherCAFile string // PEM: the root of Stranger
	WatchCAFile string // PEM: the root of Watched
	CertFile    string // PEM: a client certificate that Mutual accepts
	KeyFile     string // PEM: its key
	OldCertFile string // PEM: a client certificate that ran out, so that Mutual refuses it
	OldKeyFile  string // PEM: its key

	Closed  string // host:port on which nothing listens
	Silent  string // host:port that accepts and never answers
	Resets  string // host:port that cuts the connection with a reset
	Hangup  string // host:port that closes without a byte
	Curt    string // host:port that answers before it has the body, and closes
	SSH     string // host:port that speaks SSH
	Garbled string // host:port whose answers break the rules of HTTP
	Full    string // host:port that does not even accept, "" where that cannot be had

	// Resolver asks the lab's own name server, which knows few names and is ill for some.
	Resolver *net.Resolver

	Tokens Tokens
	Canary *Canary

	shop    *shop
	turn    atomic.Int64 // questions to the name server
	log     *journal
	dir     string // to be removed by Close; "" for none
	servers []*http.Server
	closers []io.Closer
	running sync.WaitGroup
	done    chan struct{} // closed by Close
	once    sync.Once
}

// The proxy's credentials.
const (
	ProxyUser     = "desk"
	ProxyPassword = "seven-lamps"
)

// Limits of the shop's servers.
const (
	// 16 KiB: between the 8 KiB of nginx and the 1 MiB of Go. Go adds 4 KiB of its own.
	maxHeader = 16 << 10
	// 4 KiB: half of what nginx takes, and far more than any operation of the shop needs.
	maxURI = 4 << 10
	// 1 MiB: nginx's client_max_body_size, the limit that people meet most.
	maxBody = 1 << 20
)

// Start starts the servers. They run until Close, or until ctx is done. It does not block; an error means that
// nothing is left running.
func Start(ctx context.Context, o Options) (*Lab, error) {
	l := &Lab{log: &journal{out: o.Writes}, done: make(chan struct{}), Canary: &Canary{}}
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	if err := l.start(o); err != nil {
		return nil, errors.Join(fmt.Errorf("start the lab: %w", err), l.Close())
	}
	// Not counted in running: Close itself would have to wait for it.
	context.AfterFunc(ctx, func() { l.Close() })
	return l, nil
}

func (l *Lab) start(o Options) error {
	if err := l.folder(o.Dir); err != nil {
		return err
	}
	main, err := l.listen(o.Addr)
	if err != nil {
		return err
	}
	l.URL = "http://" + main.Addr().String()
	signer, err := newSigner(l.URL)
	if err != nil {
		return err
	}
	now := time.Now()
	l.Tokens = signer.tokens(now)
	l.shop = newShop(signer, l.Tokens)

	host, _, err := net.SplitHostPort(main.Addr().String())
	if err != nil {
		return err
	}
	if err := l.startNames(host); err != nil {
		return err
	}
	shop := l.log.record(l.shop.site(l))
	l.serve(main, shop)
	for _, part := range []func(host string, shop http.Handler) error{
		l.startMirror, l.startHasty, l.startPair, l.startEdge, l.startGateway, l.startIntranet, l.startPages, l.startPortal, l.startProxy, l.startCanary, l.startWire,
		func(host string, shop http.Handler) error { return l.startTLS(host, shop, now) },
	} {
		if err := part(host, shop); err != nil {
			return err
		}
	}
	return nil
}

// Close stops the servers, waits for them and removes the temporary folder. It may be called more than once.
func (l *Lab) Close() error {
	var err error
	l.once.Do(func() {
		close(l.done)
		for _, s := range l.servers {
			err = errors.Join(err, s.Close())
		}
		for _, c := range l.closers {
			if e := c.Close(); !errors.Is(e, net.ErrClosed) {
				err = errors.Join(err, e)
			}
		}
		l.running.Wait()
		if l.dir != "" {
			err = errors.Join(err, os.RemoveAll(l.dir))
		}
	})
	return err
}

// Seen returns the newest requests that the shop answered, oldest first, at most 4096.
func (l *Lab) Seen() []Seen { return l.log.all(func(Seen) bool { return true }) }

// Writes returns those of Seen with an unsafe method that succeeded: what may have changed data.
func (l *Lab) Writes() []Seen { return l.log.all(Seen.wrote) }

// Orders returns how many orders have been placed since the start.
func (l *Lab) Orders() int { return l.shop.placed() }

func (l *Lab) folder(dir string) error {
	if dir == "" {
		made, err := os.MkdirTemp("", "shop-")
		if err != nil {
			return err
		}
		dir, l.dir = made, made
	}
	l.CAFile, l.ChainFile, l.OtherCAFile = dir+"/ca.pem", dir+"/chain.pem", dir+"/other-ca.pem"
	l.WatchCAFile, l.OldCertFile, l.OldKeyFile = dir+"/watch-ca.pem", dir+"/client-old.pem", dir+"/client-old-key.pem"
	l.CertFile, l.KeyFile = dir+"/client.pem", dir+"/client-key.pem"
	return nil
}

// listen opens a listener that Close closes.
func (l *Lab) listen(addr string) (net.Listener, error) {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	l.closers = append(l.closers, ln)
	return ln, nil
}

// serve answers with h on ln until Close.
func (l *Lab) serve(ln net.Listener, h http.Handler) {
	s := &http.Server{
		Handler:        h,
		MaxHeaderBytes: maxHeader,
		// 10 s: longer than any client of the demo needs to send a header.
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          quiet(),
	}
	l.servers = append(l.servers, s)
	l.running.Go(func() { s.Serve(ln) }) //nolint:errcheck // always http.ErrServerClosed, by Close
}

// free opens a listener on a free port of host and serves h there; it returns its URL.
func (l *Lab) free(host string, h http.Handler) (string, error) {
	ln, err := l.listen(net.JoinHostPort(host, "0"))
	if err != nil {
		return "", err
	}
	l.serve(ln, h)
	return "http://" + ln.Addr().String(), nil
}

func (l *Lab) startMirror(host string, shop http.Handler) (err error) {
	l.Mirror, err = l.free(host, shop)
	return err
}
