package request

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"syscall"
	"time"
)

// attemptDelay is how long one address has before the next is tried beside it (RFC 8305 §5 recommends 250 ms).
const attemptDelay = 250 * time.Millisecond

// A dialer opens connections by name: it resolves, filters, races the addresses and records every attempt
// in the hop that asked for the connection.
type dialer struct {
	net      Net
	settings Settings
}

// DialContext opens a connection to address, a name or IP with a port.
func (d *dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	h := hopOf(ctx)
	if limit := h.timeouts().Connect; limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	conn, err := d.connect(ctx, h, network, address)
	if err != nil {
		return nil, err // not conn: a nil *tapConn is no nil net.Conn
	}
	h.opened(conn)
	return conn, nil
}

func (d *dialer) connect(ctx context.Context, h *hopTrace, network, address string) (*tapConn, error) {
	if path := d.settings.UnixSocket; path != "" {
		h.connecting()
		return d.attempt(ctx, h, "unix", path)
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, &net.OpError{Op: "dial", Net: network, Err: err}
	}
	host, port = d.override(host, port)
	if d.settings.From != "" {
		h.connecting()
		return d.attempt(ctx, h, network, net.JoinHostPort(host, port)) // the far side resolves the name
	}
	ips, err := d.resolve(ctx, h, host)
	if err != nil {
		return nil, &net.OpError{Op: "dial", Net: network, Err: err}
	}
	addrs := make([]string, len(ips))
	for i, ip := range ips {
		addrs[i] = net.JoinHostPort(ip.String(), port)
	}
	h.connecting()
	if len(addrs) == 1 {
		return d.attempt(ctx, h, network, addrs[0])
	}
	return d.race(ctx, h, network, addrs)
}

// override returns where a connection to host and port is to go.
func (d *dialer) override(host, port string) (string, string) {
	to := d.settings.Overridden(host, port)
	if to == "" {
		return host, port
	}
	h, p, err := net.SplitHostPort(to)
	if err != nil {
		return host, port // cannot happen: it was joined
	}
	return h, p
}

// resolve returns the addresses of host in the order in which they are to be tried.
func (d *dialer) resolve(ctx context.Context, h *hopTrace, host string) ([]net.IPAddr, error) {
	var all []net.IPAddr
	if ip, err := netip.ParseAddr(host); err == nil {
		all = []net.IPAddr{{IP: ip.AsSlice(), Zone: ip.Zone()}}
	} else {
		lookup := d.net.Lookup
		if lookup == nil {
			lookup = net.DefaultResolver.LookupIPAddr
		}
		h.resolving()
		all, err = lookup(ctx, host)
		if err == nil && len(all) == 0 {
			err = &net.DNSError{Err: "no address", Name: host, IsNotFound: true}
		}
		h.resolved(all, err)
		if err != nil {
			return nil, dnsError(ctx, host, err)
		}
	}
	ips := order(all, d.settings.IPFamily)
	if len(ips) == 0 {
		return nil, &net.AddrError{Err: noFamily, Addr: host}
	}
	return ips, nil
}

// noFamily is the text of the net package for a name without an address of the wanted family.
const noFamily = "no suitable address found"

// dnsError makes sure that errors.As finds a *net.DNSError, whatever resolver was used.
func dnsError(ctx context.Context, host string, err error) error {
	var known *net.DNSError
	if errors.As(err, &known) {
		return err
	}
	timeout := errors.Is(ctx.Err(), context.DeadlineExceeded)
	return &net.DNSError{UnwrapErr: err, Err: err.Error(), Name: host, IsTimeout: timeout, IsTemporary: !timeout}
}

// order keeps the addresses of the family and lets the two families take turns, starting with the one that
// the resolver put first (RFC 8305 §4).
func order(all []net.IPAddr, family int) []net.IPAddr {
	var first, second []net.IPAddr
	for _, a := range all {
		is4 := a.IP.To4() != nil
		if family == 4 && !is4 || family == 6 && is4 {
			continue
		}
		if len(first) == 0 || (first[0].IP.To4() != nil) == is4 {
			first = append(first, a)
		} else {
			second = append(second, a)
		}
	}
	out := make([]net.IPAddr, 0, len(first)+len(second))
	for i := range max(len(first), len(second)) {
		if i < len(first) {
			out = append(out, first[i])
		}
		if i < len(second) {
			out = append(out, second[i])
		}
	}
	return out
}

// attempt tries one address and records it.
func (d *dialer) attempt(ctx context.Context, h *hopTrace, network, address string) (*tapConn, error) {
	dial := d.net.Dial
	switch from := d.settings.From; {
	case from != "" && d.net.Far == nil:
		return nil, &FarError{From: from, Text: "this engine knows no other machines"}
	case from != "":
		dial = func(ctx context.Context, _, address string) (net.Conn, error) { return d.net.Far(ctx, from, address) }
	case dial == nil:
		dial = (&net.Dialer{}).DialContext
	}
	n := h.trying(address)
	if h.fenced() && private(address) {
		h.tried(n, errPrivate)
		return nil, errPrivate
	}
	conn, err := dial(ctx, network, address)
	var op *net.OpError
	if err != nil && !errors.As(err, &op) {
		err = &net.OpError{Op: "dial", Net: network, Err: err}
	}
	h.tried(n, err)
	if err != nil {
		return nil, err
	}
	return &tapConn{Conn: conn, dialled: address}, nil
}

type attempted struct {
	conn *tapConn
	err  error
}

// race tries the addresses one after the other, each with a head start, and takes the first that connects.
// It returns when every attempt has ended: the losers end at once because their context is cancelled.
func (d *dialer) race(ctx context.Context, h *hopTrace, network string, addrs []string) (*tapConn, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make(chan attempted, len(addrs))
	timer := time.NewTimer(attemptDelay)
	defer timer.Stop()
	var won *tapConn
	var failed error
	next, running := 0, 0
	start := func() {
		address := addrs[next]
		next, running = next+1, running+1
		go func() {
			conn, err := d.attempt(ctx, h, network, address)
			results <- attempted{conn, err}
		}()
		timer.Reset(attemptDelay)
	}
	start()
	for running > 0 {
		select {
		case a := <-results:
			running--
			switch {
			case a.err != nil:
				failed = telling(failed, a.err)
				if won == nil && next < len(addrs) && ctx.Err() == nil {
					start()
				}
			case won != nil:
				a.conn.Close()
			default:
				won = a.conn
				cancel()
			}
		case <-timer.C:
			if won == nil && next < len(addrs) {
				start()
			}
		}
	}
	if won != nil {
		return won, nil
	}
	return nil, failed
}

// telling returns the error that says more about the server: a refusal says that the host is there, a missing
// route for one family (common for IPv6) says next to nothing.
func telling(a, b error) error {
	if a == nil || weight(b) > weight(a) {
		return b
	}
	return a
}

func weight(err error) int {
	switch {
	case errors.Is(err, context.Canceled):
		return 0
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EADDRNOTAVAIL):
		return 1
	}
	var t interface{ Timeout() bool }
	if errors.As(err, &t) && t.Timeout() {
		return 2
	}
	return 3
}
