package evidence

import (
	"crypto/x509"
	"errors"
	"strings"
	"time"

	"culprit/diagnose"
)

// certificates says which certificate of the chain is the bad one and what it is.
func (r *reader) certificates(cause diagnose.CauseID) {
	if !strings.HasPrefix(string(cause), "tls_") && cause != "sni_mismatch" || r.hop.Conn.TLS == nil {
		return
	}
	chain := r.hop.Conn.TLS.PeerCertificates
	if len(chain) == 0 {
		return
	}
	n := culpritCertificate(chain, cause, r.x.Start, r.x.Failure.Err)
	c := chain[n]
	which := "the server's certificate"
	if n > 0 {
		which = "certificate " + itoa(n+1) + " of " + itoa(len(chain)) + " in the chain"
	}
	text := which + " is for " + nameOf(c)
	switch cause {
	case "tls_certificate_expired":
		text += ", expired on " + c.NotAfter.UTC().Format(time.DateOnly)
	case "tls_certificate_not_yet_valid":
		text += ", valid only from " + c.NotBefore.UTC().Format(time.DateOnly)
	case "tls_hostname_mismatch":
		text += ", its names: " + strings.Join(namesOf(c), ", ")
	default:
		text += ", issued by " + issuerOf(c) + ", valid " + c.NotBefore.UTC().Format(time.DateOnly) + " to " + c.NotAfter.UTC().Format(time.DateOnly)
	}
	el := transportElement(r.x.Failure)
	r.add(diagnose.Evidence{Kind: "transport", Source: "certificate", Text: text, Element: el, Ratio: echo, Allowed: names(cause, c), Ref: "RFC 5280 §6"})
	if cause == "tls_unknown_authority" {
		r.incomplete(chain)
	}
}

// names gives the host names that would fit, for a mismatch.
func names(cause diagnose.CauseID, c *x509.Certificate) []string {
	if cause != "tls_hostname_mismatch" {
		return nil
	}
	return namesOf(c)
}

// culpritCertificate returns the index of the certificate that a failure is about; the leaf when not known.
func culpritCertificate(chain []*x509.Certificate, cause diagnose.CauseID, now time.Time, err error) int {
	if invalid, ok := errors.AsType[x509.CertificateInvalidError](err); ok && invalid.Cert != nil {
		for i, c := range chain {
			if c.Equal(invalid.Cert) {
				return i
			}
		}
	}
	for i, c := range chain {
		if cause == "tls_certificate_expired" && now.After(c.NotAfter) || cause == "tls_certificate_not_yet_valid" && now.Before(c.NotBefore) {
			return i
		}
	}
	if cause == "tls_unknown_authority" || cause == "tls_intercepted" {
		return len(chain) - 1
	}
	return 0
}

// incomplete tells a missing intermediate from an unknown root by what the chain ends with.
func (r *reader) incomplete(chain []*x509.Certificate) {
	last := chain[len(chain)-1]
	switch {
	case string(last.RawIssuer) == string(last.RawSubject):
		r.add(diagnose.Evidence{Kind: "transport", Source: "certificate", Text: "the chain ends at " + nameOf(last) + ", signed by itself and not trusted here", Element: "tls", Ratio: hint})
	case len(chain) == 1 && !last.IsCA && len(last.IssuingCertificateURL) > 0:
		r.add(diagnose.Evidence{Kind: "transport", Source: "certificate", Text: "the server sends only its own certificate, not the one of " + issuerOf(last), Cause: "tls_incomplete_chain", Element: "tls", Ratio: code, Ref: "RFC 8446 §4.4.2"})
	}
}

func nameOf(c *x509.Certificate) string {
	if c.Subject.CommonName != "" {
		return c.Subject.CommonName
	}
	if n := namesOf(c); len(n) > 0 {
		return n[0]
	}
	return c.Subject.String()
}

func issuerOf(c *x509.Certificate) string {
	if c.Issuer.CommonName != "" {
		return c.Issuer.CommonName
	}
	return c.Issuer.String()
}

// namesOf returns at most eight of the names that a certificate is for.
func namesOf(c *x509.Certificate) []string {
	out := append([]string{}, c.DNSNames...)
	for _, ip := range c.IPAddresses {
		out = append(out, ip.String())
	}
	return out[:min(len(out), 8)]
}
