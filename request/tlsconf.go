package request

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
)

// A verifyError is a certificate that was not accepted, with the connection as it was: crypto/tls itself
// drops the state, and the chain is the evidence.
type verifyError struct {
	err   *tls.CertificateVerificationError
	state tls.ConnectionState
}

// Error returns the text of the verification.
func (e *verifyError) Error() string { return e.err.Error() }

// Unwrap returns the *tls.CertificateVerificationError.
func (e *verifyError) Unwrap() error { return e.err }

// maxPEM bounds a certificate or key file; a bundle of all public roots has 250 KiB.
const maxPEM = 4 << 20

// tlsConfig builds the configuration of one set of choices. It reads the files that they name. literal is the
// peer when it is an IP address: crypto/tls does not hand that name to VerifyConnection, because it is not
// sent as SNI. A proxy spoken to over TLS must then be named, see newTransport.
func tlsConfig(r Request, literal string) (*tls.Config, error) {
	t := r.Settings.TLS
	c := &tls.Config{
		ServerName: t.ServerName,
		// Verification is done in VerifyConnection below, by the same rules, so that the peer's chain
		// is at hand when it fails.
		InsecureSkipVerify: true,
		MinVersion:         tls.VersionTLS12, // also the default below
	}
	var err error
	if c.MinVersion, err = tlsVersion(t.MinVersion, tls.VersionTLS12); err != nil {
		return nil, err
	}
	if c.MaxVersion, err = tlsVersion(t.MaxVersion, 0); err != nil {
		return nil, err
	}
	roots, err := r.Roots()
	if err != nil {
		return nil, err
	}
	own := &tls.Certificate{}
	if t.CertFile != "" {
		if own, err = clientCertificate(r); err != nil {
			return nil, err
		}
	}
	c.GetClientCertificate = func(q *tls.CertificateRequestInfo) (*tls.Certificate, error) {
		if h := hopOf(q.Context()); h != nil {
			h.certificateAsked()
		}
		return own, nil
	}
	if !t.Insecure {
		c.VerifyConnection = func(s tls.ConnectionState) error {
			return verify(s, roots, cmp.Or(s.ServerName, literal))
		}
	}
	return c, nil
}

// Roots returns the certificates that r trusts: those of its CA file, or nil for the system's. It reads the file.
func (r Request) Roots() (*x509.CertPool, error) {
	path := r.Settings.TLS.CAFile
	if path == "" {
		return nil, nil
	}
	pem, err := readPEM(r, path)
	if err != nil {
		return nil, fmt.Errorf("read CA file: %w", err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("read CA file %s: no PEM certificate in it", path)
	}
	return roots, nil
}

// verify does what crypto/tls does without InsecureSkipVerify.
func verify(s tls.ConnectionState, roots *x509.CertPool, name string) error {
	if len(s.PeerCertificates) == 0 || name == "" {
		return errors.New("nothing to verify the server by: it sent no certificate or its name is not known")
	}
	o := x509.VerifyOptions{Roots: roots, DNSName: name, Intermediates: x509.NewCertPool()}
	for _, c := range s.PeerCertificates[1:] {
		o.Intermediates.AddCert(c)
	}
	if _, err := s.PeerCertificates[0].Verify(o); err != nil {
		return &verifyError{&tls.CertificateVerificationError{UnverifiedCertificates: s.PeerCertificates, Err: err}, s}
	}
	return nil
}

// ClientCertificate reads the certificate that r's TLS settings name; nil when they name none. It reads files.
func (r Request) ClientCertificate() (*x509.Certificate, error) {
	if r.Settings.TLS.CertFile == "" {
		return nil, nil
	}
	pair, err := clientCertificate(r)
	if err != nil {
		return nil, err
	}
	return pair.Leaf, nil
}

func clientCertificate(r Request) (*tls.Certificate, error) {
	t := r.Settings.TLS
	cert, err := readPEM(r, t.CertFile)
	if err != nil {
		return nil, fmt.Errorf("read client certificate: %w", err)
	}
	key, err := readPEM(r, cmp.Or(t.KeyFile, t.CertFile))
	if err != nil {
		return nil, fmt.Errorf("read client key: %w", err)
	}
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		return nil, fmt.Errorf("client certificate %s: %w", t.CertFile, err)
	}
	return &pair, nil
}

func readPEM(r Request, path string) ([]byte, error) {
	f, err := r.OpenFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxPEM))
}

func tlsVersion(s string, none uint16) (uint16, error) {
	switch s {
	case "":
		return none, nil
	case "1.0":
		return tls.VersionTLS10, nil
	case "1.1":
		return tls.VersionTLS11, nil
	case "1.2":
		return tls.VersionTLS12, nil
	case "1.3":
		return tls.VersionTLS13, nil
	}
	return 0, fmt.Errorf("TLS version %q is not one of 1.0, 1.1, 1.2, 1.3", s)
}
