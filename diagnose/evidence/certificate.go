package evidence

import (
	"crypto/x509"
	"errors"
	"strings"
	"time"

	"culprit/diagnose"
)

// certificates says which certificate of the chain is the bad one and why, then what the others are.
func (r *reader) certificates(cause diagnose.CauseID) {
	if !strings.HasPrefix(string(cause), "tls_") && cause != "sni_mismatch" || r.hop.Conn.TLS == nil {
		return
	}
	chain := r.hop.Conn.TLS.PeerCertificates
	if len(chain) == 0 {
		return
	}
	el := transportElement(r.x.Failure)
	n := culpritCertificate(chain, cause, r.x.Start, r.x.Failure.Err)
	for i, c := range chain[:min(len(chain), maxChain)] {
		which := "the server's certificate"
		if i > 0 {
			which = "certificate " + itoa(i+1) + " of " + itoa(len(chain)) + " in the chain"
		}
		e := diagnose.Evidence{Kind: "transport", Source: "certificate " + itoa(i+1), Text: which + " is for " + nameOf(c) + described(c, cause, i == n), Element: el, Ratio: 1} // RFC 5280 §6
		if i == n {
			e.Ratio, e.Allowed = echo, names(cause, c)
			if why := invalidity(r.x.Failure.Err); why != "" {
				e.Text += ": " + why
			}
		}
		r.add(e)
		if i+1 < len(chain) && string(c.RawIssuer) != string(chain[i+1].RawSubject) {
			r.add(diagnose.Evidence{Kind: "transport", Source: "certificate " + itoa(i+2), Element: "tls", Ratio: hint, // RFC 8446 §4.4.2
				Text: "certificate " + itoa(i+2) + ", for " + nameOf(chain[i+1]) + ", did not sign the one before it, whose issuer is " + issuerOf(c)})
		}
	}
	if cause == "tls_unknown_authority" {
		r.incomplete(chain)
	}
}

// maxChain is how many certificates of a chain are told; RFC 8446 sets no limit, and a server may send hundreds.
const maxChain = 10

// described is what matters of a certificate; bad is the one that the failure is about.
func described(c *x509.Certificate, cause diagnose.CauseID, bad bool) string {
	from, until := c.NotBefore.UTC().Format(time.DateOnly), c.NotAfter.UTC().Format(time.DateOnly)
	switch {
	case bad && cause == "tls_certificate_expired":
		return ", expired on " + until
	case bad && cause == "tls_certificate_not_yet_valid":
		return ", valid only from " + from
	case bad && cause == "tls_hostname_mismatch" && len(namesOf(c)) == 0:
		return ", which stands in its common name only: clients look at the subject alternative names (RFC 9110 §4.3.4)"
	case bad && cause == "tls_hostname_mismatch":
		return ", its names: " + strings.Join(namesOf(c), ", ")
	case string(c.RawIssuer) == string(c.RawSubject):
		return ", signed by itself, valid " + from + " to " + until
	}
	return ", issued by " + issuerOf(c) + ", valid " + from + " to " + until
}

// invalidity says why a certificate is not accepted although its dates, its name and its authority are right.
func invalidity(err error) string {
	var algorithm x509.InsecureAlgorithmError
	if errors.As(err, &algorithm) {
		return "it is signed with " + x509.SignatureAlgorithm(algorithm).String() + ", which nobody trusts any more"
	}
	invalid, ok := errors.AsType[x509.CertificateInvalidError](err)
	if !ok {
		return ""
	}
	switch invalid.Reason {
	case x509.IncompatibleUsage:
		return "it may not be used for a server (extended key usage, RFC 5280 §4.2.1.12)"
	case x509.NotAuthorizedToSign:
		return "it may not sign other certificates (basic constraints, RFC 5280 §4.2.1.9)"
	case x509.TooManyIntermediates:
		return "too many certificates are below it (path length, RFC 5280 §4.2.1.9)"
	case x509.CANotAuthorizedForThisName, x509.CANotAuthorizedForExtKeyUsage:
		return "its authority may not sign for this name or use (name constraints, RFC 5280 §4.2.1.10)"
	case x509.NameMismatch:
		return "its issuer's name is not that of the certificate that signed it"
	case x509.NameConstraintsWithoutSANs, x509.UnconstrainedName, x509.TooManyConstraints:
		return "the name constraints of its authority cannot be kept (RFC 5280 §4.2.1.10)"
	}
	return ""
}

// interceptors are words in the names of authorities that break TLS open on purpose: company gateways, virus
// scanners, debugging proxies. Each is the product's name as it stands in the certificates that it makes.
var interceptors = []string{
	"zscaler", "netskope", "fortinet", "fortigate", "palo alto", "blue coat", "bluecoat", "forcepoint", "websense", "skyhigh", "mcafee web gateway", "cisco umbrella",
	"check point", "barracuda", "sophos", "untangle", "sonicwall", "watchguard", "cato networks", "iboss", "menlo security", "cloudflare for teams", "gateway ca - cloudflare",
	"kaspersky", "avast", "avg technologies", "avg web", "norton web", "eset ssl filter", "bitdefender", "adguard", "dr.web", "netfilter",
	"mitmproxy", "charles proxy", "fiddler", "portswigger", "proxyman", "http toolkit", "owasp zap", "squid",
	"ssl inspection", "tls inspection", "ssl decrypt", "web gateway", "ssl proxy", "https scanning",
}

// interceptor returns the name of the authority that signed a chain when it is one of those, "" when not.
func interceptor(chain []*x509.Certificate) string {
	for _, c := range chain {
		for _, n := range []string{c.Issuer.CommonName, strings.Join(c.Issuer.Organization, " "), strings.Join(c.Issuer.OrganizationalUnit, " ")} {
			low := strings.ToLower(n)
			for _, w := range interceptors {
				if strings.Contains(low, w) {
					return n
				}
			}
		}
	}
	return ""
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
		r.add(diagnose.Evidence{Kind: "transport", Source: "certificate", Text: "the server sends only its own certificate, not the one of " + issuerOf(last), Cause: "tls_incomplete_chain", Element: "tls", Ratio: code}) // RFC 8446 §4.4.2
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
