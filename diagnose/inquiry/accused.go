package inquiry

import (
	"strings"

	"culprit/diagnose"
)

// shownAs is the element that an edit accuses: for a detour round a transport fault, the layer it went round.
func shownAs(e diagnose.Edit) diagnose.ElementID {
	if e.Source == "redirect" && strings.HasPrefix(string(e.Cause), "redirect_") {
		return "redirect"
	}
	if e.Source == "transport" && e.Element != "url.scheme" && e.Element != "http_version" {
		return elementOf(e.Cause, e.Element)
	}
	if e.Op == diagnose.Add && e.Cause == "invalid_body_property_value" && e.Element.IsItem() {
		return e.Element.Parent() // a list with too few items
	}
	if e.Element.Is("query") || e.Element.Is("header") {
		return singular(e.Element) // a parameter or a field given twice is one culprit
	}
	return e.Element
}

// elementOf is the element that a cause usually sits in, or other.
func elementOf(cause diagnose.CauseID, other diagnose.ElementID) diagnose.ElementID {
	switch cause.Cause().Layer {
	case "dns":
		return "dns"
	case "tcp":
		return "tcp"
	case "proxy":
		return "proxy"
	case "upstream", "response":
		return "server"
	}
	switch cause {
	case "scheme_mismatch", "missing_url_scheme":
		return "url.scheme"
	case "malformed_url", "uri_too_long":
		return "url"
	case "mtls_certificate_required", "mtls_certificate_rejected":
		return "tls.client_certificate"
	case "http_version_mismatch":
		return "http_version"
	case "not_http_service":
		return "url.port"
	case "redirect_dropped_credentials", "redirect_changed_method", "redirect_loop":
		return "redirect"
	case "response_timeout":
		return "timeout"
	case "gateway_route_not_found":
		return "url.path"
	case "rate_limit_exceeded", "quota_exhausted", "empty_response", "malformed_response", "captive_portal", "stale_cache", "keepalive_race", "ip_not_allowed", "blocked_by_waf":
		return "server"
	}
	if cause.Cause().Layer == "tls" {
		return "tls"
	}
	return other
}
