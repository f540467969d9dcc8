package evidence

import (
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/request"
)

var errTest = errors.New("test")

func failing(cause string, phase request.Phase, conn request.Conn) *request.Exchange {
	return &request.Exchange{
		Request: request.Request{Method: "GET", URL: "https://api.example.com/x"}, Start: time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC),
		Failure: &request.Failure{Phase: phase, Cause: cause, Text: "it failed: " + cause, Err: errTest},
		Hops:    []request.Hop{{Sent: request.Sent{Method: "GET", URL: "https://api.example.com/x"}, Conn: conn}},
	}
}

func TestTransportFailuresNameTheirElement(t *testing.T) {
	for cause, el := range map[string]diagnose.ElementID{
		"dns_name_not_found": "url.host", "connection_refused": "url.port", "proxy_auth_required": "proxy", "scheme_mismatch": "url.scheme",
		"tls_unknown_authority": "tls", "tls_hostname_mismatch": "url.host", "mtls_certificate_required": "tls.client_certificate", "response_timeout": "timeout",
		"redirect_loop": "redirect", "not_http_service": "url.port", "truncated_response": "server",
	} {
		all := read(failing(cause, request.PhaseConnect, request.Conn{}))
		if len(all) == 0 || all[0].Cause != diagnose.CauseID(cause) || all[0].Element != el || all[0].Ratio != certain {
			t.Errorf("%s: got %+v", cause, all)
		}
	}
	if all := read(failing("cancelled", request.PhaseWait, request.Conn{})); len(all) != 0 {
		t.Errorf("cancelled by the person is evidence: %+v", all)
	}
}

func TestOneAddressFamily(t *testing.T) {
	all := read(failing("connection_refused", request.PhaseConnect, request.Conn{
		Resolved: []string{"127.0.0.1", "::1"}, Tried: []request.Dial{{Address: "[::1]:80", Err: errTest}}}))
	if find(all, "ip_family_mismatch", "tcp") == nil {
		t.Errorf("got %+v", all)
	}
}

func TestTheBadCertificateIsNamed(t *testing.T) {
	day := func(y int) time.Time { return time.Date(y, 1, 2, 0, 0, 0, 0, time.UTC) }
	leaf := &x509.Certificate{Raw: []byte("leaf"), Subject: pkix.Name{CommonName: "api.example.com"}, Issuer: pkix.Name{CommonName: "Some CA"}, DNSNames: []string{"api.example.com", "www.example.com"},
		NotBefore: day(2025), NotAfter: day(2027), RawSubject: []byte("a"), RawIssuer: []byte("b"), IssuingCertificateURL: []string{"http://ca.example.com/x.cer"}}
	inter := &x509.Certificate{Raw: []byte("inter"), Subject: pkix.Name{CommonName: "Some CA"}, NotBefore: day(2020), NotAfter: day(2026)}
	conn := func(cs ...*x509.Certificate) request.Conn {
		return request.Conn{TLS: &tls.ConnectionState{PeerCertificates: cs}}
	}
	has := func(all []diagnose.Evidence, words string) {
		t.Helper()
		for _, e := range all {
			if strings.Contains(e.Text, words) {
				return
			}
		}
		t.Errorf("no %q in %+v", words, all)
	}
	has(read(failing("tls_certificate_expired", request.PhaseTLS, conn(leaf, inter))), "certificate 2 of 2 in the chain is for Some CA, expired on 2026-01-02")
	all := read(failing("tls_hostname_mismatch", request.PhaseTLS, conn(leaf)))
	has(all, "its names: api.example.com, www.example.com")
	all = read(failing("tls_unknown_authority", request.PhaseTLS, conn(leaf)))
	if find(all, "tls_incomplete_chain", "tls") == nil {
		t.Errorf("no incomplete chain: %+v", all)
	}
}

// Each reason that crypto/x509 knows is told in words, and every certificate of the chain is shown.
func TestWhyACertificateIsNotAccepted(t *testing.T) {
	leaf := &x509.Certificate{Raw: []byte("leaf"), Subject: pkix.Name{CommonName: "api.example.com"}, Issuer: pkix.Name{CommonName: "Some CA"}, RawSubject: []byte("a"), RawIssuer: []byte("b")}
	inter := &x509.Certificate{Raw: []byte("inter"), Subject: pkix.Name{CommonName: "Other CA"}, RawSubject: []byte("c"), RawIssuer: []byte("c")}
	failed := func(cause string, err error, chain ...*x509.Certificate) string {
		x := failing(cause, request.PhaseTLS, request.Conn{TLS: &tls.ConnectionState{PeerCertificates: chain}})
		x.Failure.Err = &tls.CertificateVerificationError{UnverifiedCertificates: chain, Err: err}
		var b strings.Builder
		for _, e := range read(x) {
			b.WriteString(string(e.Cause) + " " + e.Text + "\n")
		}
		return b.String()
	}
	invalid := func(r x509.InvalidReason) error { return x509.CertificateInvalidError{Cert: leaf, Reason: r} }
	for _, c := range []struct {
		cause string
		err   error
		says  string
	}{
		{"tls_unknown_authority", invalid(x509.IncompatibleUsage), "may not be used for a server"},
		{"tls_unknown_authority", invalid(x509.NotAuthorizedToSign), "may not sign other certificates"},
		{"tls_unknown_authority", invalid(x509.TooManyIntermediates), "path length"},
		{"tls_unknown_authority", invalid(x509.CANotAuthorizedForThisName), "may not sign for this name"},
		{"tls_unknown_authority", invalid(x509.NameMismatch), "its issuer's name is not that"},
		{"tls_unknown_authority", x509.InsecureAlgorithmError(x509.SHA1WithRSA), "signed with SHA1-RSA"},
		{"tls_hostname_mismatch", x509.HostnameError{Certificate: leaf, Host: "api.example.com"}, "in its common name only"},
		{"tls_unknown_authority", x509.UnknownAuthorityError{Cert: leaf}, "certificate 2, for Other CA, did not sign the one before it, whose issuer is Some CA"},
		{"tls_unknown_authority", x509.UnknownAuthorityError{Cert: leaf}, "certificate 2 of 2 in the chain is for Other CA, signed by itself"},
	} {
		if got := failed(c.cause, c.err, leaf, inter); !strings.Contains(got, c.says) {
			t.Errorf("no %q in\n%s", c.says, got)
		}
	}
	for issuer, intercepted := range map[string]bool{"Zscaler Intermediate Root CA": true, "FortiGate CA": true, "mitmproxy": true, "Kaspersky Anti-Virus Personal Root Certificate": true,
		"Example Corp Internal CA": false, "R11": false, "DigiCert Global G2 TLS RSA SHA256 2020 CA1": false} {
		c := *leaf
		c.Issuer.CommonName = issuer
		if got := strings.HasPrefix(failed("tls_unknown_authority", x509.UnknownAuthorityError{Cert: &c}, &c), "tls_intercepted"); got != intercepted {
			t.Errorf("%s: intercepted %v", issuer, got)
		}
	}
	leaf.Issuer.CommonName = "Zscaler Root CA"
	if got := failed("tls_certificate_expired", invalid(x509.Expired), leaf); !strings.HasPrefix(got, "tls_certificate_expired") {
		t.Errorf("what has run out has run out, whoever signed it: %s", got)
	}
}

func TestRedirectsExplainFailures(t *testing.T) {
	r := post(order)
	two := func(status int, f request.Redirect) *request.Exchange {
		x := answered(r, status, ``)
		first := request.Hop{Sent: request.Sent{Method: "POST", URL: "http://api.example.com/x"}, Response: &request.Response{Status: f.Status, Body: request.NewContent(nil)}, Followed: &f}
		x.Hops = append([]request.Hop{first}, x.Hops...)
		return x
	}
	all := read(two(401, request.Redirect{Status: 301, To: "https://www.example.com/x?token=abc", Method: [2]string{"GET", "GET"}, Cross: true, Dropped: []string{"Authorization: other host"}}))
	if all[0].Cause != "redirect_dropped_credentials" || all[0].Element != "redirect" || strings.Contains(all[0].Text, "abc") {
		t.Errorf("got %+v", all[0])
	}
	all = read(two(405, request.Redirect{Status: 301, To: "https://api.example.com/x", Method: [2]string{"POST", "GET"}, Dropped: []string{"body: method changed"}}))
	if find(all, "redirect_changed_method", "redirect").Ratio != certain {
		t.Errorf("got %+v", all)
	}
	for loc, want := range map[string]diagnose.CauseID{
		"https://api.example.com/v1/orders/": "trailing_slash", "/login?next=x": "session_cookie_invalid", "https://eu.example.com/v1/orders": "wrong_host_or_environment", "/v2/orders": "wrong_path",
	} {
		if all := read(answered(r, 301, ``, "Location", loc)); all[0].Cause != want {
			t.Errorf("%s: got %s, want %s", loc, all[0].Cause, want)
		}
	}
}

func TestTimingPointsAtAProxy(t *testing.T) {
	x := answered(post(order), 504, ``)
	x.Hops[0].Timing = request.Timing{Wrote: 20 * time.Millisecond, FirstByte: 29*time.Second + 60*time.Millisecond}
	if e := find(read(x), "gateway_timeout", "server"); e == nil {
		t.Error("29 s say nothing")
	}
}
