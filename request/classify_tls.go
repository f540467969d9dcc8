package request

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"reflect"
	"strings"
	"syscall"
	"time"
)

func ruleCertificate(err error, f facts) *Failure {
	var v *tls.CertificateVerificationError
	if !errors.As(err, &v) {
		return nil
	}
	var unknown x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	var host x509.HostnameError
	switch {
	case errors.As(err, &host):
		return &Failure{PhaseTLS, "tls_hostname_mismatch", "The certificate is for other names than " + f.host + ".", err}
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired && strings.Contains(invalid.Detail, "is before"):
		return &Failure{PhaseTLS, "tls_certificate_not_yet_valid", early(invalid.Cert), err}
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return &Failure{PhaseTLS, "tls_certificate_expired", expired(invalid.Cert), err}
	case errors.As(err, &unknown):
		return &Failure{PhaseTLS, "tls_unknown_authority", "The certificate comes from an authority that is not trusted here.", err}
	case invalid.Reason == x509.IncompatibleUsage && invalid.Cert != nil:
		return &Failure{PhaseTLS, "tls_unknown_authority", "The certificate may not be used for a server.", err}
	}
	return &Failure{PhaseTLS, "tls_unknown_authority", "The certificate is not accepted.", err}
}

// expired says since when a certificate is not valid any more.
func expired(c *x509.Certificate) string {
	if c == nil {
		return "The certificate has expired."
	}
	return "The certificate expired on " + c.NotAfter.UTC().Format(time.DateOnly) + "."
}

// early says from when on a certificate is valid.
func early(c *x509.Certificate) string {
	if c == nil {
		return "The certificate is not valid yet."
	}
	return "The certificate is not valid yet: it begins on " + c.NotBefore.UTC().Format(time.DateOnly) + "."
}

func ruleScheme(err error, f facts) *Failure {
	var record tls.RecordHeaderError
	switch {
	case errors.Is(err, http.ErrSchemeMismatch), errors.As(err, &record) && inClear(string(record.RecordHeader[:])):
		return &Failure{PhaseTLS, "scheme_mismatch", "The server speaks http at this port, not https.", err}
	case errors.As(err, &record):
		return &Failure{PhaseTLS, "not_http_service", "Something other than TLS answers at this port.", err}
	case !f.https && len(f.raw) > 1 && f.raw[0] == tlsAlert && f.raw[1] == 3:
		return &Failure{PhaseRead, "scheme_mismatch", "The server speaks https at this port, not http.", err}
	}
	return nil
}

// inClear reports whether a server's first bytes are those of an answer of HTTP in place of a TLS record: a status line,
// or a page without one, which is what the servers of Python's library (Flask's and Django's too) say to a hello.
func inClear(first string) bool {
	return first == "HTTP/" || strings.EqualFold(first, "<html") || strings.EqualFold(first, "<!doc")
}

// tlsAlert is the content type of an alert record (RFC 8446 §5.1): what a TLS server says to plain HTTP.
const tlsAlert = 21

// ruleAlert reads a TLS alert. Its type is not exported by crypto/tls, but its kind is uint8 (RFC 8446 §6).
func ruleAlert(err error, f facts) *Failure {
	var op *net.OpError
	if !errors.As(err, &op) || op.Op != "remote error" && op.Op != "local error" {
		return nil
	}
	for errors.As(op.Err, &op) {
	}
	code := reflect.ValueOf(op.Err)
	if code.Kind() != reflect.Uint8 {
		return nil
	}
	switch n := code.Uint(); n {
	case 40:
		if f.asked && op.Op == "remote error" { // TLS 1.2 has no alert of its own for a missing certificate
			return &Failure{PhaseTLS, "mtls_certificate_required", "The server wants a client certificate.", err}
		}
		fallthrough
	case 70, 71:
		return &Failure{PhaseTLS, "tls_version_or_cipher", "Client and server have no TLS version or cipher in common.", err}
	case 116:
		return &Failure{PhaseTLS, "mtls_certificate_required", "The server wants a client certificate.", err}
	case 42, 43, 44, 45, 46, 48, 49:
		if f.asked && n == 42 && !f.certificate {
			return &Failure{PhaseTLS, "mtls_certificate_required", "The server wants a client certificate.", err}
		}
		return &Failure{PhaseTLS, "mtls_certificate_rejected", "The server does not accept the client certificate.", err}
	case 80, 112:
		return &Failure{PhaseTLS, "sni_mismatch", "The server does not know this name.", err}
	case 120:
		return &Failure{PhaseTLS, "http_version_mismatch", "The server does not speak the HTTP version asked for.", err}
	}
	return &Failure{PhaseTLS, "tls_version_or_cipher", "The server ended the TLS handshake.", err}
}

// ruleMutual is a connection that was cut after the server had asked for a certificate. In TLS 1.3 the server
// judges it after the handshake: its alert and the end of the connection race with our request, and the alert
// may be lost.
func ruleMutual(err error, f facts) *Failure {
	if !f.asked || !f.secured || f.first || f.reused || !isCut(err) {
		return nil
	}
	if f.certificate {
		return &Failure{PhaseTLS, "mtls_certificate_rejected", "The server cut the connection after it saw the client certificate.", err}
	}
	return &Failure{PhaseTLS, "mtls_certificate_required", "The server asked for a client certificate and cut the connection.", err}
}

// isCut reports whether the peer ended the connection in the middle of something.
func isCut(err error) bool {
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNABORTED) ||
		strings.Contains(err.Error(), "http2: client conn")
}
