package request

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"
)

// A limitError is a limit of Timeouts that was reached.
type limitError struct {
	what  string
	limit time.Duration
}

// Error names the limit.
func (e *limitError) Error() string { return "no " + e.what + " within " + Lapse(e.limit) }

// Timeout marks it for net.Error.
func (e *limitError) Timeout() bool { return true }

// Is makes it a context.DeadlineExceeded too.
func (e *limitError) Is(target error) bool { return target == context.DeadlineExceeded }

// Facts are what a hop knows when it fails; with the error they give the cause.
type facts struct {
	host, address string
	proxy         string // "" for none
	https         bool
	reused        bool
	looked        bool // resolving began and did not end
	connected     bool
	secured       bool // TLS done, or none wanted
	asked         bool // the server asked for a client certificate
	certificate   bool // and there was one
	wrote, first  bool
	header        bool // the response's header was read
	decode        bool
	raw           []byte
	cause         error // why the context ended, nil when it did not
}

// facts collects them. failed may be nil.
func (h *hopTrace) facts(ctx context.Context, u *url.URL, failed *broken) facts {
	if failed == nil {
		return facts{}
	}
	h.x.mu.Lock()
	defer h.x.mu.Unlock()
	t, c := h.hop.Timing, h.hop.Conn
	var v *verifyError
	if errors.As(failed.err, &v) {
		h.hop.Conn.TLS = &v.state
	}
	f := facts{
		host: u.Hostname(), address: cmp.Or(c.Remote, u.Host), proxy: c.Proxy, https: u.Scheme == "https", reused: c.Reused,
		looked:    t.DNSStart > 0 && t.DNSDone == 0 && len(c.Tried) == 0,
		connected: t.ConnectDone > 0 || c.Reused,
		secured:   t.TLSDone > 0 || c.Reused || u.Scheme != "https",
		asked:     h.asked, wrote: h.wrote, first: h.first, header: h.handed, decode: failed.decode,
		cause: context.Cause(ctx),
	}
	if h.tap != nil {
		f.raw = h.tap.peek()
	}
	return f
}

// phase is the step in which something that can happen in any of them did happen.
func (f facts) phase() Phase {
	switch {
	case f.header, f.first:
		return PhaseRead
	case f.looked:
		return PhaseResolve
	case !f.connected:
		return PhaseConnect
	case !f.secured:
		return PhaseTLS
	case !f.wrote:
		return PhaseWrite
	}
	return PhaseWait
}

// prepareFailure is a request that was never sent.
func prepareFailure(err error) *Failure {
	var r *refused
	if errors.As(err, &r) {
		return &Failure{PhasePrepare, r.cause, r.text, err}
	}
	if errors.Is(err, errOldHTTP) {
		return &Failure{PhasePrepare, "http_version_mismatch", "This client cannot send HTTP/1.0.", err}
	}
	return &Failure{PhasePrepare, "", "The request cannot be prepared.", err}
}

// tooMany is a chain of redirects that is longer than allowed (curl's error 47).
func tooMany(followed int) *Failure {
	err := fmt.Errorf("stopped after %d redirects", followed)
	return &Failure{PhaseRedirect, "redirect_loop", "The server keeps redirecting.", err}
}

// A rule recognises one kind of error; nil means that it is not its kind.
type rule func(err error, f facts) *Failure

// rules is the table of DIAGNOSIS §4.3, in its order: the first that recognises the error names the cause.
func rules() []rule {
	return []rule{
		ruleStopped, ruleDecode, ruleLocal, ruleFar, ruleProxy, ruleName, ruleConnect, ruleCertificate, ruleScheme, ruleAlert, ruleMutual, ruleTimeout, ruleHTTP, ruleCut,
	}
}

// classify names the cause of err.
func classify(err error, f facts) *Failure {
	for _, r := range rules() {
		if failure := r(err, f); failure != nil {
			return failure
		}
	}
	return &Failure{f.phase(), "", "The exchange failed.", err}
}

func ruleStopped(err error, f facts) *Failure {
	var limit *limitError
	switch {
	case errors.As(f.cause, &limit):
		return limited(limit, f)
	case errors.Is(f.cause, errPrivate), errors.Is(err, errPrivate):
		return &Failure{PhaseRedirect, "", "A public server redirected to a private address.", errPrivate}
	case errors.Is(f.cause, errSecondRequest):
		return &Failure{f.phase(), "connection_reset", "The connection was lost, and the request may go out only once.", f.cause}
	case errors.Is(err, errAsked), errors.Is(f.cause, errAsked):
		return &Failure{PhaseWait, "", "The server asked for the body; it was withheld.", errAsked}
	case errors.Is(f.cause, context.DeadlineExceeded): // the caller's own
		return limitedBy(f.cause, f)
	case f.cause != nil:
		return &Failure{f.phase(), "cancelled", "The exchange was stopped.", errors.Join(f.cause, err)}
	}
	return nil
}

// limited says which step a limit of time ended.
func limited(limit *limitError, f facts) *Failure {
	p := f.phase()
	switch p {
	case PhaseResolve:
		return &Failure{p, "dns_timeout", "The name server did not answer in time.", limit}
	case PhaseConnect:
		return &Failure{p, "connection_timeout", "No connection in time.", limit}
	case PhaseTLS:
		return &Failure{p, "connection_timeout", "The TLS handshake did not end in time.", limit}
	case PhaseRead:
		return &Failure{p, "response_timeout", "The response did not come in whole in time.", limit}
	}
	return &Failure{p, "response_timeout", "No response in time.", limit}
}

func ruleDecode(err error, f facts) *Failure {
	if !f.decode {
		return nil
	}
	return &Failure{PhaseDecode, "content_coding_error", "The body does not decode as its Content-Encoding says.", err}
}

func ruleLocal(err error, f facts) *Failure {
	text := err.Error()
	switch {
	case errors.Is(err, errSpool):
		return &Failure{PhaseRead, "", "The body cannot be stored on this computer's disk.", err}
	case strings.Contains(text, "with Body length"), strings.Contains(text, "request body larger than specified content length"),
		strings.Contains(text, "request declared a Content-Length"), strings.Contains(text, "body shorter than specified"):
		return &Failure{PhaseWrite, "content_length_mismatch", "The body has another length than Content-Length says.", err}
	case strings.Contains(text, "net/http: invalid "), strings.Contains(text, "http2: invalid "):
		return &Failure{PhasePrepare, "invalid_header_characters", "The request has a header that cannot be sent.", err}
	}
	return nil
}

func ruleProxy(err error, f facts) *Failure {
	if f.proxy == "" {
		return nil
	}
	var refusal *ProxyRefusal
	var op *net.OpError
	switch text := err.Error(); {
	case errors.As(err, &refusal) && refusal.Status == http.StatusProxyAuthRequired:
		return &Failure{PhaseProxy, "proxy_auth_required", "The proxy wants credentials.", err}
	case refusal != nil && strings.HasPrefix(Get(refusal.Header, "X-Squid-Error"), "ERR_DNS_FAIL"):
		return &Failure{PhaseProxy, "dns_name_not_found", "The proxy finds no address for " + f.host + ".", err}
	case refusal != nil:
		return &Failure{PhaseProxy, "proxy_misrouted", fmt.Sprintf("The proxy refused the connection with %d.", refusal.Status), err}
	case errors.As(err, &op) && op.Op == "proxyconnect":
		return &Failure{PhaseProxy, "proxy_unreachable", "The proxy cannot be reached.", err}
	case strings.Contains(text, "authentication failed"), strings.Contains(text, "no acceptable authentication methods"):
		return &Failure{PhaseProxy, "proxy_auth_required", "The proxy wants other credentials.", err}
	case strings.Contains(text, "socks connect"):
		return &Failure{PhaseProxy, "proxy_misrouted", "The proxy did not connect to the server" + socksReply(text) + ".", err}
	case !f.secured && f.connected && f.https && errors.Is(err, io.EOF):
		return &Failure{PhaseProxy, "proxy_misrouted", "The proxy did not connect to the server.", err}
	}
	return nil
}

// socksReply is why a SOCKS proxy did not connect (RFC 1928 §6), as x/net/proxy writes it behind its own words.
func socksReply(text string) string {
	_, why, ok := strings.Cut(text, ": unknown error ")
	if !ok {
		return ""
	}
	return ": " + why
}

func ruleName(err error, f facts) *Failure {
	var dns *net.DNSError
	var addr *net.AddrError
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return &Failure{PhaseResolve, "dns_name_not_found", "The name " + f.host + " has no address.", err}
	case dns != nil && dns.IsTimeout:
		return &Failure{PhaseResolve, "dns_timeout", "The name server did not answer in time.", err}
	case dns != nil:
		return &Failure{PhaseResolve, "dns_server_failure", "The name server failed.", err}
	case errors.As(err, &addr) && addr.Err == noFamily:
		return &Failure{PhaseResolve, "ip_family_mismatch", "The name has no address of the chosen IP family.", err}
	case addr != nil:
		return &Failure{PhasePrepare, "malformed_url", "The address cannot be read.", err}
	}
	return nil
}

func ruleConnect(err error, f facts) *Failure {
	var op *net.OpError
	if f.connected || !errors.As(err, &op) {
		return nil
	}
	for _, e := range []struct {
		errno       syscall.Errno
		cause, text string
	}{
		{syscall.ECONNREFUSED, "connection_refused", "Nothing listens at " + f.address + "."},
		{syscall.ETIMEDOUT, "connection_timeout", "No answer from " + f.address + "."},
		{syscall.EHOSTUNREACH, "host_unreachable", "There is no way to " + f.address + "."},
		{syscall.ENETUNREACH, "host_unreachable", "There is no way to " + f.address + "."},
		{syscall.EADDRNOTAVAIL, "host_unreachable", "There is no way to " + f.address + "."},
		{syscall.EACCES, "host_unreachable", "This computer does not allow a connection to " + f.address + "."},
		{syscall.EPERM, "host_unreachable", "This computer does not allow a connection to " + f.address + "."},
		{syscall.ENOENT, "connection_refused", "The socket does not exist."},
	} {
		if errors.Is(err, e.errno) {
			return &Failure{PhaseConnect, e.cause, e.text, err}
		}
	}
	if op.Timeout() {
		return &Failure{PhaseConnect, "connection_timeout", "No answer from " + f.address + ".", err}
	}
	return nil
}

func ruleTimeout(err error, f facts) *Failure {
	var t net.Error
	if errors.As(err, &t) && t.Timeout() {
		return limitedBy(err, f)
	}
	return nil
}

// limitedBy is limited for an error that is not ours, such as the handshake's of net/http.
func limitedBy(err error, f facts) *Failure {
	failure := limited(&limitError{}, f)
	failure.Err = err
	return failure
}

func ruleHTTP(err error, f facts) *Failure {
	text := err.Error()
	has := func(parts ...string) bool {
		for _, p := range parts {
			if strings.Contains(text, p) {
				return true
			}
		}
		return false
	}
	switch {
	case has("malformed HTTP response \"\\x00\\x00", "frame too large", "http2: failed reading the frame payload", "bogus greeting"),
		!f.https && has("http2: client conn could not be established"):
		return &Failure{PhaseRead, "http_version_mismatch", "The server speaks another HTTP version.", err}
	case len(f.raw) > 0 && !strings.HasPrefix(string(f.raw), "HTTP/") && has("malformed HTTP"),
		len(f.raw) == 0 && has("malformed HTTP response", "readLoopPeekFailLocked: %!w(<nil>)"): // the last: net/http's words for a server that speaks first
		return &Failure{PhaseRead, "not_http_service", "Something other than HTTP answers at this port.", err}
	case has("HTTP_1_1_REQUIRED"): // the error codes of RFC 9113 §7
		return &Failure{f.phase(), "http_version_mismatch", "The server wants HTTP/1.1 for this.", err}
	case has("ENHANCE_YOUR_CALM"):
		return &Failure{f.phase(), "rate_limit_exceeded", "The server cut the connection because too much came at once.", err}
	case has("INADEQUATE_SECURITY"):
		return &Failure{f.phase(), "tls_version_or_cipher", "The server does not accept this TLS version or cipher for HTTP/2.", err}
	case has("stream error", "GOAWAY", "graceful shutdown", "client connection lost", "client connection force closed"):
		if f.header {
			return &Failure{PhaseRead, "truncated_response", "The response was cut off.", err}
		}
		return &Failure{f.phase(), "connection_reset", "The server ended the connection.", err}
	case has("malformed", "message cannot contain", "response headers exceeded", "response header list larger", "bad Content-Length",
		"invalid Trailer", "unsupported transfer encoding", "too many transfer encodings", "invalid byte in chunk length",
		"chunked encoding", "chunk length", "header too long", "suspiciously long trailer") || errors.Is(err, errInformed):
		return &Failure{PhaseRead, "malformed_response", "The response breaks the rules of HTTP.", err}
	}
	return nil
}

// ruleCut is a connection that ended too early.
func ruleCut(err error, f facts) *Failure {
	switch {
	case f.header && (errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)):
		return &Failure{PhaseRead, "truncated_response", "The response was cut off: less came than was announced.", err}
	case isCut(err):
		return &Failure{f.phase(), "connection_reset", "The connection was cut.", err}
	case !f.secured:
		return &Failure{PhaseTLS, "connection_reset", "The connection was cut during the TLS handshake.", err}
	case f.first && errors.Is(err, io.ErrUnexpectedEOF):
		return &Failure{PhaseRead, "truncated_response", "The response was cut off inside its header.", err}
	case !f.wrote && !f.first && errors.Is(err, io.EOF):
		return &Failure{PhaseWrite, "connection_reset", "The server closed the connection before it had the whole request.", err}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), strings.Contains(err.Error(), "server closed idle connection"):
		if f.reused {
			return &Failure{PhaseWait, "keepalive_race", "The kept connection was closed just as it was used again.", err}
		}
		return &Failure{PhaseWait, "empty_response", "The server closed the connection without one byte of response.", err}
	}
	return nil
}
