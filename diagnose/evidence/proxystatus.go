package evidence

import (
	"strings"

	"culprit/diagnose"
	"culprit/request"
)

// A proxyReport is one member of Proxy-Status (RFC 9209 §2): an intermediary and what it says happened.
type proxyReport struct {
	name     string
	err      string // error type
	details  string
	received string // received-status
	rcode    string
	alert    string
}

// proxyStatuses reads the field: a list whose last member is nearest to the client.
func proxyStatuses(resp *request.Response) []proxyReport {
	v := all(resp.Header, "Proxy-Status")
	if v == "" {
		return nil
	}
	var out []proxyReport
	for _, member := range splitOutside(v, ',') {
		parts := splitOutside(member, ';')
		p := proxyReport{name: strings.Trim(strings.TrimSpace(parts[0]), `"`)}
		for _, param := range parts[1:] {
			k, val, _ := strings.Cut(strings.TrimSpace(param), "=")
			val = strings.Trim(val, `"`)
			switch strings.ToLower(k) {
			case "error":
				p.err = val
			case "details":
				p.details = val
			case "received-status":
				p.received = val
			case "rcode":
				p.rcode = val
			case "alert-id", "alert-message":
				p.alert = strings.TrimSpace(p.alert + " " + val)
			}
		}
		if len(out) < 20 {
			out = append(out, p)
		}
	}
	return out
}

// splitOutside splits at a separator that does not stand in quotes.
func splitOutside(s string, sep byte) []string {
	var out []string
	quoted, from := false, 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && quoted:
			i++
		case s[i] == '"':
			quoted = !quoted
		case s[i] == sep && !quoted:
			out = append(out, s[from:i])
			from = i + 1
		}
	}
	return append(out, s[from:])
}

// proxyCause maps the error types of RFC 9209 §2.3 to causes. The side is the server's: the intermediary
// speaks of its own next hop, unless the request itself is refused.
func proxyCause(err string) (diagnose.CauseID, diagnose.ElementID) {
	switch err {
	case "dns_timeout", "dns_error", "destination_not_found", "destination_unavailable", "destination_ip_unroutable",
		"connection_refused", "connection_terminated", "connection_limit_reached",
		"tls_protocol_error", "tls_certificate_error", "tls_alert_received", "proxy_internal_error", "http_protocol_error",
		"http_response_incomplete", "http_response_header_section_size", "http_response_header_size", "http_response_body_size",
		"http_response_trailer_section_size", "http_response_trailer_size", "http_response_transfer_coding", "http_response_content_coding":
		return "upstream_unavailable", "server"
	case "connection_timeout", "connection_read_timeout", "connection_write_timeout", "http_response_timeout":
		return "gateway_timeout", "server"
	case "destination_ip_prohibited", "http_request_denied":
		return "blocked_by_waf", ""
	case "http_request_error":
		return "malformed_request_body", ""
	case "http_upgrade_failed":
		return "http_version_mismatch", "http_version"
	case "proxy_configuration_error", "proxy_loop_detected", "proxy_internal_response":
		return "proxy_misrouted", "proxy"
	}
	return "", ""
}

// proxyStatus adds what the intermediaries report.
func (r *reader) proxyStatus() {
	for _, p := range proxyStatuses(r.resp) {
		if p.err == "" {
			continue
		}
		e := diagnose.Evidence{Kind: "responder", Source: "header Proxy-Status", Ratio: likely, Text: p.name + ": " + p.err} // RFC 9209 §2.3
		for _, extra := range []string{p.details, p.rcode, p.alert, p.received} {
			if extra != "" {
				e.Text += ", " + extra
			}
		}
		e.Cause, e.Element = proxyCause(p.err)
		if p.err == "http_request_error" && r.resp.Status != 400 {
			e.Cause = "" // the status says more
		}
		r.add(e)
	}
}
