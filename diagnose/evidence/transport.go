package evidence

import (
	"errors"
	"net"
	"strings"

	"culprit/diagnose"
	"culprit/request"
)

// transport adds what a failure without a whole response says: the cause is the engine's, the facts beside
// it are those of the connection.
func (r *reader) transport() {
	f := r.x.Failure
	if f == nil || f.Cause == "" || f.Cause == "cancelled" {
		return
	}
	cause := diagnose.CauseID(f.Cause)
	text := f.Text
	if cause == "tls_unknown_authority" && r.hop != nil && r.hop.Conn.TLS != nil {
		if who := interceptor(r.hop.Conn.TLS.PeerCertificates); who != "" {
			cause, text = "tls_intercepted", "Something between here and the server opens the connection and signs with its own authority, "+who+"."
		}
	}
	r.add(diagnose.Evidence{Kind: "transport", Source: "phase " + string(f.Phase), Text: text, Cause: cause, Element: transportElement(f), Ratio: certain}) // W3C NEL §5
	if r.hop == nil {
		return
	}
	r.dials(cause)
	r.certificates(cause)
	switch cause {
	case "response_timeout", "connection_timeout", "dns_timeout", "gateway_timeout":
		r.whereItWaited()
	case "empty_response", "connection_reset":
		if r.hop.Conn.Reused {
			r.add(diagnose.Evidence{Kind: "transport", Source: "connection", Text: "it happened on a connection that had been idle", Cause: "keepalive_race", Element: "tcp", Ratio: challenge})
		}
	}
	if r.hop.Conn.Proxy != "" {
		r.add(diagnose.Evidence{Kind: "transport", Source: "connection", Text: "through the proxy " + r.hop.Conn.Proxy + " (" + r.hop.Conn.ProxyWhy + ")", Element: "proxy", Ratio: hint})
	}
}

// transportElement is the part of the request that a failure is about.
func transportElement(f *request.Failure) diagnose.ElementID {
	switch f.Cause {
	case "unresolved_variable", "malformed_url", "missing_url_scheme":
		if f.Cause == "missing_url_scheme" {
			return "url.scheme"
		}
		return "url"
	case "invalid_header_characters":
		return headerNamed(f.Err)
	case "content_length_mismatch":
		return "header:Content-Length"
	case "dns_name_not_found":
		return "url.host"
	case "dns_server_failure", "dns_timeout":
		return "dns"
	case "connection_refused":
		return "url.port"
	case "ip_family_mismatch", "connection_timeout", "host_unreachable", "connection_reset", "keepalive_race":
		return "tcp"
	case "proxy_unreachable", "proxy_auth_required", "proxy_misrouted":
		return "proxy"
	case "scheme_mismatch":
		return "url.scheme"
	case "tls_hostname_mismatch", "sni_mismatch":
		return "url.host"
	case "mtls_certificate_required", "mtls_certificate_rejected":
		return "tls.client_certificate"
	case "tls_version_or_cipher", "tls_unknown_authority", "tls_incomplete_chain", "tls_intercepted", "tls_certificate_expired", "tls_certificate_not_yet_valid":
		return "tls"
	case "http_version_mismatch":
		return "http_version"
	case "not_http_service":
		return "url.port"
	case "redirect_loop":
		return "redirect"
	case "response_timeout":
		return "timeout"
	case "payload_too_large":
		return "body"
	}
	return "server"
}

// headerNamed finds the header that an error of net/http is about.
func headerNamed(err error) diagnose.ElementID {
	for err != nil {
		if _, name, ok := strings.Cut(err.Error(), `for "`); ok {
			name, _, _ = strings.Cut(name, `"`)
			if strings.EqualFold(name, "Authorization") {
				return "auth"
			}
			return diagnose.ID("header", name)
		}
		err = errors.Unwrap(err)
	}
	return ""
}

// dials compares what became of the addresses: all refused, or only one family.
func (r *reader) dials(cause diagnose.CauseID) {
	tried := r.hop.Conn.Tried
	if len(tried) == 0 {
		return
	}
	var bad4, bad6, ok4, ok6 int
	var addrs []string
	for _, d := range tried {
		six := isSix(d.Address)
		switch {
		case d.Err == nil && six:
			ok6++
		case d.Err == nil:
			ok4++
		case six:
			bad6++
		default:
			bad4++
		}
		if d.Err != nil && len(addrs) < 4 {
			addrs = append(addrs, d.Address)
		}
	}
	switch {
	case ok4+ok6 == 0:
		r.add(diagnose.Evidence{Kind: "transport", Source: "connection", Text: "none of " + itoa(len(tried)) + " addresses connects: " + strings.Join(addrs, ", "), Element: "tcp", Ratio: hint})
		r.onlyFamily(bad4, bad6, cause)
	case bad4 > 0 && ok4 == 0 && ok6 > 0, bad6 > 0 && ok6 == 0 && ok4 > 0:
		r.add(diagnose.Evidence{Kind: "transport", Source: "connection", Text: "only one address family connects; " + strings.Join(addrs, ", ") + " does not", Cause: "ip_family_mismatch", Element: "tcp", Ratio: echo})
	}
}

// onlyFamily notices that the settings keep to one family although the name has both.
func (r *reader) onlyFamily(bad4, bad6 int, cause diagnose.CauseID) {
	var has4, has6 bool
	for _, a := range r.hop.Conn.Resolved {
		if isSix(a) {
			has6 = true
		} else {
			has4 = true
		}
	}
	if cause == "connection_refused" && (bad4 == 0 && has4 || bad6 == 0 && has6) {
		r.add(diagnose.Evidence{Kind: "transport", Source: "connection", Text: "the other address family of the host was not tried", Cause: "ip_family_mismatch", Element: "tcp", Ratio: challenge})
	}
}

func isSix(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = strings.Trim(address, "[]")
	}
	return strings.Contains(host, ":")
}
