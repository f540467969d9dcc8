package lab

import (
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"net"
	"net/http"
	"time"
)

// The names of the HTTPS listeners.
const (
	Good     = "good"     // a whole chain to CAFile
	Expired  = "expired"  // ran out 11 days before the start
	NotYet   = "not-yet"  // starts 3 days after the start
	Renamed  = "renamed"  // for shop.example and 127.0.0.2 only
	Lonely   = "lonely"   // signed by itself
	Stranger = "stranger" // signed by OtherCAFile's root
	Short    = "short"    // without its intermediate certificate
	Mutual   = "mutual"   // wants a client certificate
	Old      = "old"      // TLS 1.0 and 1.1 only
	Modern   = "modern"   // TLS 1.3 only
	Watched  = "watched"  // signed by what opens the traffic of an office
	Named    = "named"    // answers only to the server name shop.example
)

// nameOfNamed is the server name that Named and Renamed are for.
const nameOfNamed = "shop.example"

// pki is the certificates that the listeners are made from.
type pki struct {
	root, inter, other, watch *identity
	now                       time.Time
}

func newPKI(now time.Time) (*pki, error) {
	p := &pki{now: now}
	var err error
	for _, c := range []struct {
		to     **identity
		parent func() *identity
		name   string
	}{
		{&p.root, func() *identity { return nil }, "Shop Root CA"},
		{&p.inter, func() *identity { return p.root }, "Shop Issuing CA 1"},
		{&p.other, func() *identity { return nil }, "Department Root"},
	} {
		if *c.to, err = c.parent().issue(authority(c.name), now); err != nil {
			return nil, err
		}
	}
	watch := x509.Certificate{Subject: pkix.Name{Organization: []string{"Zscaler Inc."}, CommonName: "Zscaler Root CA"}, IsCA: true}
	if p.watch, err = (*identity)(nil).issue(watch, now); err != nil {
		return nil, err
	}
	return p, nil
}

// startTLS opens the HTTPS listeners and writes the files that belong to them.
func (l *Lab) startTLS(host string, shop http.Handler, now time.Time) error {
	p, err := newPKI(now)
	if err != nil {
		return err
	}
	client, err := p.inter.issue(x509.Certificate{Subject: pkix.Name{CommonName: "till-4"},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}}, now)
	if err != nil {
		return err
	}
	old, err := p.inter.issue(x509.Certificate{Subject: pkix.Name{CommonName: "till-1"}, NotBefore: now.AddDate(-1, 0, 0), NotAfter: now.AddDate(0, 0, -9),
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}}, now)
	if err != nil {
		return err
	}
	for _, write := range []func() error{
		func() error { return writePEM(l.WatchCAFile, p.watch) },
		func() error { return writePEM(l.OldCertFile, old, p.inter) },
		func() error { return old.writeKey(l.OldKeyFile) },
		func() error { return writePEM(l.CAFile, p.root) },
		func() error { return writePEM(l.ChainFile, p.root, p.inter) },
		func() error { return writePEM(l.OtherCAFile, p.other) },
		func() error { return writePEM(l.CertFile, client, p.inter) },
		func() error { return client.writeKey(l.KeyFile) },
	} {
		if err := write(); err != nil {
			return err
		}
	}
	issuer, err := l.free(host, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/pkix-cert") // RFC 5280 §4.2.2.1
		w.Write(p.inter.cert.Raw)                               //nolint:errcheck // who is gone does not want it
	}))
	if err != nil {
		return err
	}
	configs, err := p.configs(host, issuer+"/issuing-ca-1.cer")
	if err != nil {
		return err
	}
	l.TLS = map[string]string{}
	for name, config := range configs {
		ln, err := l.listen(net.JoinHostPort(host, "0"))
		if err != nil {
			return err
		}
		l.serve(tls.NewListener(lingering{ln, l.done}, config), shop)
		l.TLS[name] = "https://" + ln.Addr().String()
	}
	return nil
}

// configs makes the TLS configuration of each listener. issuer is where the intermediate certificate is to be had.
func (p *pki) configs(host, issuer string) (map[string]*tls.Config, error) {
	usual := server(host, "localhost", "::1")
	past, future, short := usual, usual, usual
	past.NotBefore, past.NotAfter = p.now.AddDate(0, -3, 0), p.now.AddDate(0, 0, -11)
	short.IssuingCertificateURL = []string{issuer}
	future.NotBefore, future.NotAfter = p.now.AddDate(0, 0, 3), p.now.AddDate(0, 3, 0)
	clients := x509.NewCertPool()
	clients.AddCert(p.root.cert)

	out := map[string]*tls.Config{}
	for _, c := range []struct {
		name   string
		parent *identity
		cert   x509.Certificate
		short  bool
		adjust func(*tls.Config)
	}{
		{name: Good, parent: p.inter, cert: usual},
		{name: Expired, parent: p.inter, cert: past},
		{name: NotYet, parent: p.inter, cert: future},
		{name: Renamed, parent: p.inter, cert: server(nameOfNamed, "www."+nameOfNamed)},
		{name: Lonely, cert: usual},
		{name: Stranger, parent: p.other, cert: usual},
		{name: Watched, parent: p.watch, cert: usual},
		{name: Short, parent: p.inter, cert: short, short: true},
		{name: Mutual, parent: p.inter, cert: usual, adjust: func(c *tls.Config) {
			c.ClientAuth, c.ClientCAs = tls.RequireAndVerifyClientCert, clients
		}},
		{name: Old, parent: p.inter, cert: usual, adjust: func(c *tls.Config) {
			c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS11
			c.NextProtos = []string{"http/1.1"} // HTTP/2 wants TLS 1.2 (RFC 9113 §9.2)
		}},
		{name: Modern, parent: p.inter, cert: usual, adjust: func(c *tls.Config) { c.MinVersion = tls.VersionTLS13 }},
		{name: Named, parent: p.inter, cert: server(host, nameOfNamed)},
	} {
		id, err := c.parent.issue(c.cert, p.now)
		if err != nil {
			return nil, err
		}
		chain := id.chain()
		if c.parent == p.inter && !c.short {
			chain = id.chain(p.inter)
		}
		config := &tls.Config{NextProtos: []string{"h2", "http/1.1"}, MinVersion: tls.VersionTLS12}
		if c.adjust != nil {
			c.adjust(config)
		}
		if c.name == Named {
			// Without a certificate for the name, crypto/tls sends the alert unrecognized_name.
			config.GetCertificate = func(h *tls.ClientHelloInfo) (*tls.Certificate, error) {
				if h.ServerName == nameOfNamed {
					return &chain, nil
				}
				return nil, nil
			}
		} else {
			config.Certificates = []tls.Certificate{chain}
		}
		out[c.name] = config
	}
	return out, nil
}

// lingerFor is how long a closed connection is still read from: nginx's lingering_close, cut short for tests.
const lingerFor = 250 * time.Millisecond

// lingering is a listener whose connections are closed the way that lets the peer read the last words. A client
// of TLS 1.3 has already written its request when the server refuses its certificate; closing at once would
// answer that with a reset, which can overtake the alert.
type lingering struct {
	net.Listener
	done <-chan struct{}
}

// Accept returns the next connection.
func (l lingering) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if t, ok := c.(*net.TCPConn); ok && err == nil {
		return &patient{t, l.done}, nil
	}
	return c, err
}

// patient is a connection that lingers.
type patient struct {
	*net.TCPConn
	done <-chan struct{}
}

// Close ends the writing side, reads on for a moment, unless the lab closes, and then closes.
func (p *patient) Close() error {
	select {
	case <-p.done:
	default:
		if p.CloseWrite() == nil && p.SetReadDeadline(time.Now().Add(lingerFor)) == nil {
			io.Copy(io.Discard, p.TCPConn) //nolint:errcheck // ends with the peer or the deadline
		}
	}
	return p.TCPConn.Close()
}
