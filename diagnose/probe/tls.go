package probe

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/request"
)

// tls does a handshake that verifies nothing and sends nothing, to see what the server shows (RELIABILITY P4). Then
// it verifies the chain, with the roots of the request and the certificates of l.Extra.
func (a *asker) tls(ctx context.Context, l diagnose.Look) diagnose.Sight {
	t := a.tcp(ctx, l)
	if !t.OK {
		return t
	}
	address := l.Address
	for _, f := range t.Found {
		if addr, ok := strings.CutSuffix(f, " answers"); ok {
			address = addr
			break
		}
	}
	c, err := a.dial(ctx, address)
	if err != nil {
		return t
	}
	defer c.Close()
	name := l.Options.ServerName
	if name == "" {
		name = l.Host
	}
	conn := tls.Client(c, &tls.Config{ServerName: name, InsecureSkipVerify: true, NextProtos: []string{"h2", "http/1.1"}, MinVersion: tls.VersionTLS10}) //nolint:gosec // looks only; nothing is sent
	if err := conn.HandshakeContext(ctx); err != nil {
		return diagnose.Sight{Text: "the TLS handshake ends: " + reason(err)}
	}
	state := conn.ConnectionState()
	s := diagnose.Sight{OK: true, Text: tls.VersionName(state.Version)}
	for i, cert := range state.PeerCertificates {
		s.Found = append(s.Found, fmt.Sprintf("%d: %s, issued by %s, valid %s to %s", i+1, cert.Subject, cert.Issuer, cert.NotBefore.UTC().Format(time.DateOnly), cert.NotAfter.UTC().Format(time.DateOnly)))
	}
	if len(state.PeerCertificates) > 0 {
		leaf := state.PeerCertificates[0]
		s.Text += ", certificate for " + strings.Join(names(leaf.DNSNames, leaf.Subject.CommonName), ", ") + " until " + leaf.NotAfter.UTC().Format(time.DateOnly)
		s.Found = append(s.Found, trust(&s, l, state.PeerCertificates))
	}
	return s
}

// trust verifies a chain and says how far it leads; the name does not matter here.
func trust(s *diagnose.Sight, l diagnose.Look, chain []*x509.Certificate) string {
	roots, err := request.Request{Dir: l.Dir, Confine: l.Confine, Settings: request.Settings{TLS: l.Options}}.Roots()
	if err != nil {
		return "it cannot be verified: " + err.Error()
	}
	o := x509.VerifyOptions{Roots: roots, Intermediates: x509.NewCertPool()}
	for _, c := range chain[1:] {
		o.Intermediates.AddCert(c)
	}
	for _, der := range l.Extra {
		if c, err := x509.ParseCertificate(der); err == nil {
			o.Intermediates.AddCert(c)
		}
	}
	found, err := chain[0].Verify(o)
	if err != nil {
		s.Text += ", not trusted here"
		return "not trusted: " + err.Error()
	}
	s.Trusted = true
	var path []string
	for _, c := range found[0] {
		path = append(path, certName(c))
	}
	return "trusted: " + strings.Join(path, " ← ")
}

func certName(c *x509.Certificate) string {
	if c.Subject.CommonName != "" {
		return c.Subject.CommonName
	}
	return c.Subject.String()
}

func names(sans []string, cn string) []string {
	if len(sans) == 0 {
		return []string{cn}
	}
	return sans[:min(len(sans), 4)]
}
