package request

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"sync"
	"time"
)

const (
	poolSize     = 16               // transports kept: one per distinct set of choices, the least recently used goes
	idlePerHost  = 8                // connections kept to one host
	idleLifetime = 60 * time.Second // below the usual 75 s of nginx, so that we close first
)

// pools keeps one transport per set of choices, so that connections, TLS sessions and trust never cross.
type pools struct {
	mu   sync.Mutex
	kept []pooled // most recently used last
}

type pooled struct {
	key       poolKey
	transport *http.Transport
}

// A poolKey is everything that a connection depends on besides its address.
type poolKey struct {
	tls         TLS
	files       string // dates and sizes of the TLS files: a changed file needs new connections
	dir         string
	proxy       string
	literal     string // the peer when it is an IP address, see tlsConfig
	version     string
	family      int
	resolve     string
	unix        string
	from        string
	tlsTime     time.Duration
	headerLimit int64
}

func keyOf(r *Request, target *url.URL, via route) poolKey {
	s := r.Settings
	k := poolKey{
		tls: s.TLS, proxy: via.full(), version: s.HTTPVersion, family: s.IPFamily, unix: s.UnixSocket, from: s.From,
		tlsTime: s.Timeouts.TLS, headerLimit: s.Limits.Header,
	}
	if len(s.Resolve) > 0 {
		k.resolve = fmt.Sprintf("%q", s.Resolve)
	}
	if target.Scheme == "https" {
		k.literal = literalOf(r, target)
	}
	for _, path := range []string{s.TLS.CAFile, s.TLS.CertFile, s.TLS.KeyFile} {
		if path == "" {
			continue
		}
		k.dir = fmt.Sprintf("%s %t", r.Dir, r.Confine)
		if f, err := r.OpenFile(path); err == nil {
			if info, err := f.Stat(); err == nil {
				k.files += fmt.Sprintf("%s %d %d\n", path, info.Size(), info.ModTime().UnixNano())
			}
			f.Close()
		} else {
			k.files += path + " " + fmt.Sprint(errors.Is(err, os.ErrNotExist)) + "\n"
		}
	}
	return k
}

// literalOf returns the name to verify when it is an IP address.
func literalOf(r *Request, target *url.URL) string {
	name := cmp.Or(r.Settings.TLS.ServerName, target.Hostname())
	if _, err := netip.ParseAddr(name); err == nil {
		return name
	}
	return ""
}

// transport returns the transport for r; done must be called after the hop.
func (e *Engine) transport(r *Request, target *url.URL, via route) (t *http.Transport, done func(), err error) {
	if alone(r) {
		if t, err = e.newTransport(r, target, via); err != nil {
			return nil, nil, err
		}
		return t, t.CloseIdleConnections, nil
	}
	key := keyOf(r, target, via)
	e.pools.mu.Lock()
	defer e.pools.mu.Unlock()
	kept := e.pools.kept
	for i := len(kept) - 1; i >= 0; i-- {
		if kept[i].key == key {
			p := kept[i]
			if i != len(kept)-1 {
				e.pools.kept = append(slices.Delete(kept, i, i+1), p)
			}
			return p.transport, func() {}, nil
		}
	}
	if t, err = e.newTransport(r, target, via); err != nil {
		return nil, nil, err
	}
	if len(kept) == poolSize {
		kept[0].transport.CloseIdleConnections()
		kept = slices.Delete(kept, 0, 1)
	}
	e.pools.kept = append(kept, pooled{key, t})
	return t, func() {}, nil
}

// Close ends the connections that are kept for reuse. Exchanges under way are not disturbed, and the engine
// can be used again.
func (e *Engine) Close() {
	e.pools.mu.Lock()
	defer e.pools.mu.Unlock()
	for _, p := range e.pools.kept {
		p.transport.CloseIdleConnections()
	}
	e.pools.kept = nil
}

// alone reports whether r needs a connection of its own: because it says so, or because net/http would take
// an Idempotency-Key as leave to send a change twice (RELIABILITY §0.5).
func alone(r *Request) bool {
	return r.Settings.Fresh || r.Settings.WithholdBody ||
		!r.Safe() && (Has(r.Header, "Idempotency-Key") || Has(r.Header, "X-Idempotency-Key"))
}

func (e *Engine) newTransport(r *Request, target *url.URL, via route) (*http.Transport, error) {
	literal := literalOf(r, target)
	if via.proxy != nil && via.proxy.Scheme == "https" && r.Settings.TLS.ServerName == "" {
		if _, err := netip.ParseAddr(via.proxy.Hostname()); err == nil && target.Scheme == "https" && literal != via.proxy.Hostname() {
			return nil, errors.New("an https proxy given by IP address cannot be verified; use its name")
		}
		if target.Scheme == "http" {
			literal = via.proxy.Hostname()
		}
	}
	config, err := tlsConfig(*r, literal)
	if err != nil {
		return nil, err
	}
	protocols, err := protocolsOf(r.Settings.HTTPVersion, target.Scheme)
	if err != nil {
		return nil, err
	}
	s := r.Settings
	d := &dialer{net: e.Net, settings: s}
	t := &http.Transport{
		DialContext:            d.DialContext,
		TLSClientConfig:        config,
		TLSHandshakeTimeout:    max(s.Timeouts.TLS, 0),
		DisableCompression:     true,
		MaxIdleConnsPerHost:    idlePerHost,
		IdleConnTimeout:        idleLifetime,
		ExpectContinueTimeout:  time.Second, // what curl waits
		MaxResponseHeaderBytes: s.Limits.Header,
		Protocols:              protocols,
		OnProxyConnectResponse: func(ctx context.Context, _ *url.URL, _ *http.Request, res *http.Response) error {
			return hopOf(ctx).refusal(res)
		},
	}
	if s.WithholdBody {
		t.ExpectContinueTimeout = 24 * time.Hour // never: Timeouts end the wait
	}
	if via.proxy != nil {
		t.Proxy = http.ProxyURL(via.proxy)
	}
	return t, nil
}

// errOldHTTP is the error of HTTPVersion "1.0": net/http writes HTTP/1.1 only.
var errOldHTTP = errors.New("HTTP/1.0 requests cannot be sent")

func protocolsOf(version, scheme string) (*http.Protocols, error) {
	p := new(http.Protocols)
	switch version {
	case "":
		p.SetHTTP1(true)
		p.SetHTTP2(true)
	case "1.1":
		p.SetHTTP1(true)
	case "2":
		p.SetHTTP2(true)
		p.SetHTTP1(scheme == "http") // without TLS nothing negotiates HTTP/2; curl --http2 falls back too
	case "2-prior-knowledge":
		p.SetHTTP2(scheme == "https")
		p.SetUnencryptedHTTP2(scheme == "http")
	case "1.0":
		return nil, errOldHTTP
	default:
		return nil, fmt.Errorf("HTTP version %q is not one of 1.1, 2, 2-prior-knowledge", version)
	}
	return p, nil
}
