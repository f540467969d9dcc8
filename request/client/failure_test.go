package client

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"culprit/request"
)

func quiet() *log.Logger { return log.New(io.Discard, "", 0) }

// A row of DIAGNOSIS §4.3: a world, the request that meets it, and what the failure must say.
type row struct {
	name   string
	url    string
	change func(*request.Request)
	net    request.Net
	phase  request.Phase
	cause  string
	as     func(error) bool // the error that must be found inside; nil for any
	says   string           // what its words hold; "" for any
}

func as[T error](err error) bool {
	var v T
	return errors.As(err, &v)
}

func is(want error) func(error) bool {
	return func(err error) bool { return errors.Is(err, want) }
}

func header(name, value string) func(*request.Request) {
	return func(r *request.Request) { r.Header = append(r.Header, request.Field{Name: name, Value: value}) }
}

func settings(change func(*request.Settings)) func(*request.Request) {
	return func(r *request.Request) { change(&r.Settings) }
}

func looksUp(err error) request.Net {
	return request.Net{Lookup: func(context.Context, string) ([]net.IPAddr, error) { return nil, err }}
}

func localRows(t *testing.T) []row {
	up := raw(t, answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
	short := func(length string) func(*request.Request) {
		return func(r *request.Request) {
			r.Method, r.Body = "POST", request.Body{Kind: request.RawBody, Text: "abc"}
			r.Header = []request.Field{{Name: "Content-Length", Value: length}}
		}
	}
	const p = request.PhasePrepare
	return []row{
		{name: "variable in the path", url: "http://" + up + "/{{id}}", phase: p, cause: "unresolved_variable"},
		{name: "variable as host", url: "{{base}}/x", phase: p, cause: "unresolved_variable"},
		{name: "bad escape", url: "http://" + up + "/%zz", phase: p, cause: "malformed_url"},
		{name: "bad host", url: "http://a b/", phase: p, cause: "malformed_url"},
		{name: "bad port", url: "http://localhost:80a/", phase: p, cause: "malformed_url"},
		{name: "port out of range", url: "http://localhost:99999/", phase: p, cause: "malformed_url"},
		{name: "open bracket", url: "http://[::1/", phase: p, cause: "malformed_url"},
		{name: "leading space", url: " http://" + up, phase: p, cause: "malformed_url"},
		{name: "no host", url: "http:///x", phase: p, cause: "malformed_url"},
		{name: "no scheme", url: "example.com/x", phase: p, cause: "missing_url_scheme"},
		{name: "no scheme, port", url: "localhost:8080/x", phase: p, cause: "missing_url_scheme"},
		{name: "no scheme, IP", url: "127.0.0.1:8080/x", phase: p, cause: "missing_url_scheme"},
		{name: "scheme with a slip", url: "htp://localhost/", phase: p, cause: "missing_url_scheme"},
		{name: "empty", url: "", phase: p, cause: "missing_url_scheme"},
		{name: "line break in a value", url: "http://" + up, change: header("Authorization", "Bearer a\n"), phase: p, cause: "invalid_header_characters"},
		{name: "space in a name", url: "http://" + up, change: header("X Y", "1"), phase: p, cause: "invalid_header_characters"},
		{name: "method", url: "http://" + up, change: func(r *request.Request) { r.Method = "GE T" }, phase: p, cause: "invalid_header_characters"},
		{name: "announced too much", url: "http://" + up, change: short("10"), phase: request.PhaseWrite, cause: "content_length_mismatch"},
		{name: "announced too little", url: "http://" + up, change: short("1"), phase: request.PhaseWrite, cause: "content_length_mismatch"},
		{name: "HTTP/1.0", url: "http://" + up, change: settings(func(s *request.Settings) { s.HTTPVersion = "1.0" }), phase: p, cause: "http_version_mismatch"},
		{name: "auth scheme", url: "http://" + up, change: func(r *request.Request) { r.Auth.Scheme = "hawk" }, phase: p, cause: ""},
	}
}

func networkRows(t *testing.T) []row {
	up := raw(t, answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
	down := closed(t)
	dialFails := func(errno syscall.Errno) request.Net {
		return request.Net{Dial: func(context.Context, string, string) (net.Conn, error) {
			return nil, &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", errno)}
		}}
	}
	hangs := request.Net{
		Dial:   func(ctx context.Context, _, _ string) (net.Conn, error) { <-ctx.Done(); return nil, ctx.Err() },
		Lookup: func(ctx context.Context, _ string) ([]net.IPAddr, error) { <-ctx.Done(); return nil, ctx.Err() },
	}
	quick := settings(func(s *request.Settings) { s.Timeouts.Connect = 20 * time.Millisecond })
	socket := settings(func(s *request.Settings) { s.UnixSocket = filepath.Join(t.TempDir(), "none") })
	only6 := settings(func(s *request.Settings) { s.IPFamily = 6 })
	const resolve, connect = request.PhaseResolve, request.PhaseConnect
	return []row{
		{name: "NXDOMAIN", url: "http://nobody.test/", net: looksUp(&net.DNSError{IsNotFound: true}), phase: resolve, cause: "dns_name_not_found", as: as[*net.DNSError]},
		{name: "no address", url: "http://nobody.test/", net: looksUp(nil), phase: resolve, cause: "dns_name_not_found", as: as[*net.OpError]},
		{name: "SERVFAIL", url: "http://nobody.test/", net: looksUp(&net.DNSError{IsTemporary: true}), phase: resolve, cause: "dns_server_failure"},
		{name: "resolver answers no more", url: "http://nobody.test/", net: looksUp(&net.DNSError{IsTimeout: true}), phase: resolve, cause: "dns_timeout"},
		{name: "resolver hangs", url: "http://nobody.test/", net: hangs, change: quick, phase: resolve, cause: "dns_timeout", as: as[*net.DNSError]},
		{name: "no address of the family", url: "http://" + up, change: only6, phase: resolve, cause: "ip_family_mismatch"},
		{name: "refused", url: "http://" + down, phase: connect, cause: "connection_refused", as: is(syscall.ECONNREFUSED)},
		{name: "refused, https", url: "https://" + down, phase: connect, cause: "connection_refused", as: as[*net.OpError]},
		{name: "no answer", url: "http://127.0.0.1:9/", net: hangs, change: quick, phase: connect, cause: "connection_timeout", as: as[*net.OpError]},
		{name: "ETIMEDOUT", url: "http://127.0.0.1:9/", net: dialFails(syscall.ETIMEDOUT), phase: connect, cause: "connection_timeout"},
		{name: "EHOSTUNREACH", url: "http://127.0.0.1:9/", net: dialFails(syscall.EHOSTUNREACH), phase: connect, cause: "host_unreachable"},
		{name: "ENETUNREACH", url: "http://127.0.0.1:9/", net: dialFails(syscall.ENETUNREACH), phase: connect, cause: "host_unreachable"},
		{name: "EADDRNOTAVAIL", url: "http://127.0.0.1:9/", net: dialFails(syscall.EADDRNOTAVAIL), phase: connect, cause: "host_unreachable"},
		{name: "EACCES", url: "http://127.0.0.1:9/", net: dialFails(syscall.EACCES), phase: connect, cause: "host_unreachable"},
		{name: "local firewall", url: "http://127.0.0.1:9/", net: dialFails(syscall.EPERM), phase: connect, cause: "host_unreachable"},
		{name: "no socket", url: "http://localhost/", change: socket, phase: connect, cause: "connection_refused"},
	}
}

func proxyRows(t *testing.T) []row {
	wants := raw(t, answer("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"))
	refuses := raw(t, answer("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"))
	lost := raw(t, answer("HTTP/1.1 503 Service Unavailable\r\nX-Squid-Error: ERR_DNS_FAIL 0\r\nContent-Length: 0\r\n\r\n"))
	socks := raw(t, func(c net.Conn) { // RFC 1928: no credentials, and host unreachable
		b := make([]byte, 64)
		io.ReadFull(c, b[:3])
		c.Write([]byte{5, 0})
		c.Read(b)
		c.Write([]byte{5, 4, 0, 1, 0, 0, 0, 0, 0, 0})
	})
	via := func(u string) func(*request.Request) {
		return settings(func(s *request.Settings) { s.Proxy.URL = u })
	}
	refusal := func(err error) bool {
		var p *request.ProxyRefusal
		return errors.As(err, &p) && p.Status == 407 && request.Get(p.Header, "Proxy-Authenticate") != ""
	}
	gone := request.Net{Lookup: func(context.Context, string) ([]net.IPAddr, error) { return nil, &net.DNSError{IsNotFound: true} }}
	const p = request.PhaseProxy
	return []row{
		{name: "proxy down", url: "http://api.test/", change: via("http://" + closed(t)), phase: p, cause: "proxy_unreachable", as: is(syscall.ECONNREFUSED)},
		{name: "proxy down, https", url: "https://api.test/", change: via("http://" + closed(t)), phase: p, cause: "proxy_unreachable"},
		{name: "proxy's name", url: "http://api.test/", change: via("http://proxy.test:1"), net: gone, phase: p, cause: "proxy_unreachable", as: as[*net.DNSError]},
		{name: "proxy wants credentials", url: "https://api.test/", change: via("http://" + wants), phase: p, cause: "proxy_auth_required", as: refusal},
		{name: "proxy refuses", url: "https://api.test/", change: via("http://" + refuses), phase: p, cause: "proxy_misrouted", as: as[*request.ProxyRefusal]},
		{name: "proxy finds no address", url: "https://api.test/", change: via("http://" + lost), phase: p, cause: "dns_name_not_found", as: as[*request.ProxyRefusal], says: "no address for api.test"},
		{name: "socks without a way", url: "https://api.test/", change: via("socks5://" + socks), phase: p, cause: "proxy_misrouted", says: "host unreachable"},
		{name: "socks down", url: "http://api.test/", change: via("socks5://" + closed(t)), phase: p, cause: "proxy_unreachable"},
		{name: "proxy scheme", url: "http://api.test/", change: via("ftp://127.0.0.1:1"), phase: request.PhasePrepare, cause: "malformed_url"},
	}
}

func tlsRows(t *testing.T) []row {
	ca := newAuthority(t)
	trusted := settings(func(s *request.Settings) { s.TLS.CAFile = ca.file })
	with := func(change func(*tls.Config), leaf func(*x509.Certificate)) string {
		c := &tls.Config{Certificates: []tls.Certificate{ca.leaf(t, leaf)}}
		if change != nil {
			change(c)
		}
		return "https://" + secure(t, c)
	}
	ended := time.Now().Add(-time.Minute)
	past := with(nil, func(c *x509.Certificate) { c.NotAfter = ended })
	future := with(nil, func(c *x509.Certificate) { c.NotBefore = time.Now().Add(time.Minute) })
	other := with(nil, func(c *x509.Certificate) { c.IPAddresses, c.DNSNames = nil, []string{"other.test"} })
	nameless := with(nil, func(c *x509.Certificate) { c.IPAddresses, c.DNSNames, c.Subject.CommonName = nil, nil, "127.0.0.1" })
	notServer := with(nil, func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} })
	good := with(nil, nil)
	pool := x509.NewCertPool()
	pool.AddCert(ca.cert)
	mutual := func(max uint16) string {
		return with(func(c *tls.Config) {
			c.ClientAuth, c.ClientCAs, c.MaxVersion = tls.RequireAndVerifyClientCert, pool, max
		}, nil)
	}
	stranger := write(t, newAuthority(t).leaf(t, nil))
	own := func(r *request.Request) { trusted(r); r.Settings.TLS.CertFile = stranger }
	old := with(func(c *tls.Config) { c.MaxVersion = tls.VersionTLS12 }, nil)
	only13 := func(r *request.Request) { trusted(r); r.Settings.TLS.MinVersion = "1.3" }
	picky := with(func(c *tls.Config) {
		c.GetConfigForClient = func(h *tls.ClientHelloInfo) (*tls.Config, error) { return nil, errors.New("unknown name") }
	}, nil)
	noH2 := with(func(c *tls.Config) { c.NextProtos = []string{"http/1.1"} }, nil)
	only2 := func(r *request.Request) { trusted(r); r.Settings.HTTPVersion = "2" }
	chatty := raw(t, func(c net.Conn) { io.WriteString(c, "HTTP/1.0 400 Bad Request\r\n\r\n"); silent(c) })
	paged := raw(t, func(c net.Conn) {
		io.WriteString(c, "<!DOCTYPE HTML>\n<html><p>Bad request version.</html>")
		silent(c)
	}) // as http.server of Python does
	ssh := raw(t, func(c net.Conn) { io.WriteString(c, "SSH-2.0-OpenSSH_9.2\r\n"); silent(c) })
	mute := raw(t, silent)
	cut := raw(t, func(c net.Conn) { c.Read(make([]byte, 10)) })
	quick := settings(func(s *request.Settings) { s.Timeouts.TLS = 30 * time.Millisecond })
	const p = request.PhaseTLS
	rows := alertRows(t)
	return append(rows, []row{
		{name: "unknown authority", url: good, phase: p, cause: "tls_unknown_authority", as: as[x509.UnknownAuthorityError]},
		{name: "expired", url: past, change: trusted, phase: p, cause: "tls_certificate_expired", as: as[x509.CertificateInvalidError], says: "on " + ended.UTC().Format(time.DateOnly)},
		{name: "not yet valid", url: future, change: trusted, phase: p, cause: "tls_certificate_not_yet_valid", as: as[*tls.CertificateVerificationError]},
		{name: "other name", url: other, change: trusted, phase: p, cause: "tls_hostname_mismatch", as: as[x509.HostnameError]},
		{name: "other name, by IP", url: strings.Replace(other, "127.0.0.1", "localhost", 1), change: trusted, phase: p, cause: "tls_hostname_mismatch"},
		{name: "a name only in the common name", url: nameless, change: trusted, phase: p, cause: "tls_hostname_mismatch", as: as[x509.HostnameError]},
		{name: "not for servers", url: notServer, change: trusted, phase: p, cause: "tls_unknown_authority", as: as[x509.CertificateInvalidError]},
		{name: "certificate wanted, 1.3", url: mutual(0), change: trusted, phase: p, cause: "mtls_certificate_required"},
		{name: "certificate wanted, 1.2", url: mutual(tls.VersionTLS12), change: trusted, phase: p, cause: "mtls_certificate_required"},
		{name: "certificate of a stranger", url: mutual(0), change: own, phase: p, cause: "mtls_certificate_rejected"},
		{name: "certificate of a stranger, 1.2", url: mutual(tls.VersionTLS12), change: own, phase: p, cause: "mtls_certificate_rejected"},
		{name: "no common version", url: old, change: only13, phase: p, cause: "tls_version_or_cipher"},
		{name: "unknown server name", url: picky, change: trusted, phase: p, cause: "sni_mismatch"},
		{name: "no HTTP/2", url: noH2, change: only2, phase: p, cause: "http_version_mismatch"},
		{name: "http at an https port", url: "https://" + chatty, phase: p, cause: "scheme_mismatch"},
		{name: "a page without a status line at an https port", url: "https://" + paged, phase: p, cause: "scheme_mismatch"},
		{name: "ssh at an https port", url: "https://" + ssh, phase: p, cause: "not_http_service"},
		{name: "handshake hangs", url: "https://" + mute, change: quick, phase: p, cause: "connection_timeout"},
		{name: "handshake cut", url: "https://" + cut, phase: p, cause: "connection_reset"},
	}...)
}

// alertRows are servers that end the handshake with each of the alerts of RFC 8446 §6.
func alertRows(t *testing.T) []row {
	var rows []row
	for n, cause := range map[byte]string{
		40: "tls_version_or_cipher", 70: "tls_version_or_cipher", 71: "tls_version_or_cipher", 86: "tls_version_or_cipher",
		42: "mtls_certificate_rejected", 43: "mtls_certificate_rejected", 44: "mtls_certificate_rejected", 45: "mtls_certificate_rejected", 46: "mtls_certificate_rejected",
		48: "mtls_certificate_rejected", 49: "mtls_certificate_rejected", 116: "mtls_certificate_required", 80: "sni_mismatch", 112: "sni_mismatch", 120: "http_version_mismatch",
	} {
		at := raw(t, func(c net.Conn) {
			c.Read(make([]byte, 1)) // the hello has come
			c.Write([]byte{21, 3, 3, 0, 2, 2, n})
			silent(c)
		})
		rows = append(rows, row{name: "alert " + strconv.Itoa(int(n)), url: "https://" + at, phase: request.PhaseTLS, cause: cause, as: as[*net.OpError]})
	}
	return rows
}

func httpRows(t *testing.T) []row {
	reset := raw(t, func(c net.Conn) {
		http.ReadRequest(bufio.NewReader(c))
		c.(*net.TCPConn).SetLinger(0)
	})
	alert := raw(t, answer("\x15\x03\x01\x00\x02\x02\x46"))
	chunked := "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
	coded := func(coding, body string) string {
		return "http://" + raw(t, answer("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: "+coding+"\r\n\r\n"+body))
	}
	says := func(text string) string { return "http://" + raw(t, answer(text)) }
	frames := func(text string) string { return "http://" + raw(t, answer2(text)) }
	waits := settings(func(s *request.Settings) { s.Timeouts.FirstByte = 30 * time.Millisecond })
	idle := settings(func(s *request.Settings) { s.Timeouts.Idle = 30 * time.Millisecond })
	total := settings(func(s *request.Settings) { s.Timeouts.Total = 30 * time.Millisecond })
	prior := settings(func(s *request.Settings) { s.HTTPVersion = "2-prior-knowledge" })
	stalls := raw(t, func(c net.Conn) {
		answer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")(c)
		silent(c)
	})
	const wait, read, decode = request.PhaseWait, request.PhaseRead, request.PhaseDecode
	return []row{
		{name: "reset", url: "http://" + reset, phase: wait, cause: "connection_reset", as: is(syscall.ECONNRESET)},
		{name: "empty", url: says(""), phase: wait, cause: "empty_response", as: is(io.EOF)},
		{name: "slow", url: "http://" + raw(t, silent), change: waits, phase: wait, cause: "response_timeout", as: is(context.DeadlineExceeded)},
		{name: "slow, total", url: "http://" + raw(t, silent), change: total, phase: wait, cause: "response_timeout"},
		{name: "stalls in the body", url: "http://" + stalls, change: idle, phase: read, cause: "response_timeout"},
		{name: "ssh", url: says("SSH-2.0-OpenSSH_9.2\r\n"), phase: read, cause: "not_http_service"},
		{name: "smtp", url: says("220 mail ESMTP\r\n"), phase: read, cause: "not_http_service"},
		{name: "https at an http port", url: "http://" + alert, phase: read, cause: "scheme_mismatch"},
		{name: "two lengths", url: says("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"), phase: read, cause: "malformed_response"},
		{name: "bad field", url: says("HTTP/1.1 200 OK\r\nno colon here\r\n\r\n"), phase: read, cause: "malformed_response"},
		{name: "bad status", url: says("HTTP/1.1 abc OK\r\n\r\n"), phase: read, cause: "malformed_response"},
		{name: "huge header", url: says("HTTP/1.1 200 OK\r\nA: " + strings.Repeat("a", 1<<20) + "\r\n\r\n"), phase: read, cause: "malformed_response"},
		{name: "1xx without end", url: says(strings.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 20)), phase: read, cause: "malformed_response"},
		{name: "bad chunk", url: says(chunked + "zz\r\n"), phase: read, cause: "malformed_response"},
		{name: "header cut", url: says("HTTP/1.1 200 OK\r\nA: b"), phase: read, cause: "truncated_response"},
		{name: "body cut", url: says("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"), phase: read, cause: "truncated_response", as: is(io.ErrUnexpectedEOF)},
		{name: "chunk cut", url: says(chunked + "5\r\nab"), phase: read, cause: "truncated_response"},
		{name: "not gzip", url: coded("gzip", "plain text"), phase: decode, cause: "content_coding_error"},
		{name: "not br", url: coded("br", "plain text"), phase: decode, cause: "content_coding_error"},
		{name: "not zstd", url: coded("zstd", "plain text"), phase: decode, cause: "content_coding_error"},
		{name: "not deflate", url: coded("deflate", "\xff\xff plain"), phase: decode, cause: "content_coding_error"},
		{name: "three codings", url: coded("gzip, gzip, br", "x"), phase: decode, cause: "content_coding_error"},
		{name: "HTTP/2 stream error", url: frames("\x00\x00\x04\x03\x00\x00\x00\x00\x01\x00\x00\x00\x02"), change: prior, phase: wait, cause: "connection_reset"},
		{name: "HTTP/2 wants HTTP/1.1", url: frames("\x00\x00\x04\x03\x00\x00\x00\x00\x01\x00\x00\x00\x0d"), change: prior, phase: wait, cause: "http_version_mismatch"},
		{name: "HTTP/2 calms down", url: frames("\x00\x00\x04\x03\x00\x00\x00\x00\x01\x00\x00\x00\x0b"), change: prior, phase: wait, cause: "rate_limit_exceeded"},
		{name: "HTTP/2 wants better TLS", url: frames("\x00\x00\x08\x07\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x0c"), change: prior, phase: wait, cause: "tls_version_or_cipher"},
		{name: "HTTP/2 GOAWAY", url: frames("\x00\x00\x08\x07\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x02"), change: prior, phase: wait, cause: "connection_reset"},
		{name: "HTTP/2 body reset", url: frames("\x00\x00\x01\x01\x04\x00\x00\x00\x01\x88" + "\x00\x00\x04\x03\x00\x00\x00\x00\x01\x00\x00\x00\x02"), change: prior, phase: read, cause: "truncated_response"},
		{name: "no HTTP/2 here", url: says("HTTP/1.1 400 Bad Request\r\n\r\n"), change: prior, phase: read, cause: "http_version_mismatch"},
	}
}

func TestEveryErrorHasItsCause(t *testing.T) {
	known := causes(t)
	for name, rows := range map[string][]row{
		"local": localRows(t), "network": networkRows(t), "proxy": proxyRows(t), "tls": tlsRows(t), "http": httpRows(t),
	} {
		for _, w := range rows {
			t.Run(name+"/"+w.name, func(t *testing.T) {
				r := request.Request{URL: w.url}
				if w.change != nil {
					w.change(&r)
				}
				x, err := engine(t, Config{Net: w.net}).Do(t.Context(), r, nil)
				if x == nil || x.Failure == nil || !errors.Is(err, x.Failure) {
					t.Fatalf("got no failure, error %v, status %d", err, x.Status())
				}
				f := x.Failure
				if !strings.Contains(f.Text, w.says) {
					t.Errorf("%q does not say %q", f.Text, w.says)
				}
				if f.Phase != w.phase || f.Cause != w.cause {
					t.Errorf("got %s %q, want %s %q (%#v: %v)", f.Phase, f.Cause, w.phase, w.cause, f.Err, f.Err)
				}
				if f.Err == nil || f.Text == "" || w.as != nil && !w.as(err) {
					t.Errorf("got %q %#v, which does not hold the error that it should", f.Text, f.Err)
				}
				if known != "" && f.Cause != "" && !strings.Contains(known, "\n"+f.Cause+"\t") {
					t.Errorf("cause %q is not in CAUSES.tsv", f.Cause)
				}
				if h := x.Last(); as[*tls.CertificateVerificationError](err) && (h.Conn.TLS == nil || len(h.Conn.TLS.PeerCertificates) == 0) {
					t.Error("the chain is lost")
				}
			})
		}
	}
}

// causes returns the taxonomy, "" where it is not at hand.
func causes(t *testing.T) string {
	b, err := os.ReadFile("../../../shared/design/CAUSES.tsv")
	if err != nil {
		t.Log("CAUSES.tsv is not at hand: the names of causes are not compared")
		return ""
	}
	return string(b)
}

// A connection that was kept and is closed just when it is used again is no fault of the request.
func TestAKeptConnectionThatIsClosed(t *testing.T) {
	at := raw(t, func(c net.Conn) {
		b := bufio.NewReader(c)
		for _, text := range []string{"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", ""} {
			r, err := http.ReadRequest(b)
			if err != nil {
				return
			}
			io.Copy(io.Discard, r.Body)
			io.WriteString(c, text)
		}
	})
	e := engine(t, Config{})
	r := request.Request{Method: "POST", URL: "http://" + at, Body: request.Body{Kind: request.RawBody, Text: "abc"}}
	if x, err := e.Do(t.Context(), r, nil); err != nil || x.Status() != 200 {
		t.Fatal(err)
	}
	x, _ := e.Do(t.Context(), r, nil)
	if x.Failure == nil || x.Failure.Cause != "keepalive_race" || !x.Last().Conn.Reused {
		t.Errorf("got %+v", x.Failure)
	}
}
