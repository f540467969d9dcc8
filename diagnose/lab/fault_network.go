package lab

import (
	"net/url"
	"strings"
	"time"

	"culprit/request"
)

// serverFaults are failures that the request is not to blame for.
func serverFaults() []Fault {
	const server = "server"
	weekly := get("/v1/reports/weekly")
	return []Fault{
		{ID: "rate-limit", Title: "Too many requests in two seconds", Request: get("/v1/reports/daily"), Healthy: weekly, Prepare: func(l *Lab) { l.shop.spend() },
			Beyond: true, Truth: one("rate_limit_exceeded", server)},
		{ID: "quota", Title: "The plan's requests of today are used up", Request: get("/v1/geocode?address=Dresden"), Healthy: weekly, Beyond: true,
			Truth: one("quota_exhausted rate_limit_exceeded", server)},
		{ID: "flaky", Title: "Three in ten requests meet a sick backend", Request: get("/v1/warehouse/levels"), Healthy: get("/v1/warehouse/sites"),
			Prepare: func(l *Lab) { l.shop.restart("levels") }, Beyond: true, Truth: one("intermittent_failure", server)},
		{ID: "ill-node", Title: "One of two nodes is ill", Request: get("/v1/warehouse/bins"), Healthy: get("/v1/warehouse/sites"),
			Prepare: func(l *Lab) { l.shop.restart("bins") }, Beyond: true, Truth: one("intermittent_failure", server)},
		{ID: "ill-address", Title: "A name has two addresses, behind one of which nothing works", Request: atPair, Healthy: get("/v1/warehouse/sites"),
			Prepare: func(l *Lab) { l.turn.Store(0) }, Beyond: true, Truth: one("intermittent_failure", server)},
		{ID: "stray-errors", Title: "A wrong parameter, where one answer in fourteen is a stray server error", Request: get("/v1/warehouse/moves?kind=inn&limit=5&sort=id"),
			Healthy: get("/v1/warehouse/moves?kind=in&limit=5&sort=id"), Good: get("/v1/warehouse/moves?kind=out&limit=3"),
			Prepare: func(l *Lab) { l.shop.restart("moves") }, Truth: one("invalid_request_parameter", "query:kind")},
		{ID: "limited-hunt", Title: "A wrong parameter, where only a few requests a second are let through", Request: get("/v1/warehouse/racks?row=A1&limit=5&sort=id"),
			Healthy: get("/v1/warehouse/racks?row=1&limit=5&sort=id"), Good: get("/v1/warehouse/racks?row=2&limit=3"),
			Prepare: func(l *Lab) { l.shop.restart("racks") }, Truth: one("invalid_request_parameter", "query:row")},
		{ID: "maintenance", Title: "A part of the shop is down for maintenance", Request: get("/v1/returns"), Healthy: weekly, Beyond: true, Truth: one("maintenance overloaded", server)},
		{ID: "bad-gateway", Title: "The gateway finds no backend", Request: get("/v1/loyalty/points"), Healthy: weekly, Beyond: true, Truth: one("upstream_unavailable", server)},
		{ID: "gateway-timeout", Title: "The gateway waits for a backend in vain", Request: get("/v1/forecast"), Healthy: weekly, Beyond: true, Truth: one("gateway_timeout", server)},
		{ID: "stale-cache", Title: "An edge keeps an error in its cache", Request: get("/v1/news", base(edge)),
			Healthy: get("/v1/news", base(edge), header("Cache-Control", "no-cache")), Truth: one("stale_cache upstream_unavailable", "server header:Cache-Control")},
		{ID: "server-error", Title: "An operation fails whatever it gets", Request: get("/v1/recommendations"), Healthy: weekly, Beyond: true, Truth: one("server_error", server)},
		{ID: "gone", Title: "An operation was removed", Request: get("/v1/carts"), Healthy: get("/v1/orders?state=open"),
			Truth: one("api_deprecated_or_removed", "url.path url.path[1] url.path[2] server")},
		{ID: "slow", Title: "The answer takes longer than the client waits", Request: get("/v1/reports/yearly", patience(150*time.Millisecond)),
			Healthy: get("/v1/reports/yearly", patience(3*time.Second)), Truth: one("response_timeout", "timeout server")},
	}
}

// restart lets the weather of an operation begin anew.
func (s *shop) restart(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[name], s.spent[name] = 0, nil
}

// patience is how long the client waits for the first byte.
func patience(d time.Duration) change {
	return func(_ *Lab, r *request.Request) { r.Settings.Timeouts.FirstByte = d }
}

// redirectFaults are requests that are led astray.
func redirectFaults() []Fault {
	return []Fault{
		{ID: "redirect-origin", Title: "A redirect to another port loses the credentials", Request: get("/v1/account", follow),
			Healthy: get("/v1/me", base(func(l *Lab) string { return l.Mirror }), follow),
			Truth:   one("redirect_dropped_credentials", "redirect url.host url.port url.path auth header:Authorization")},
		{ID: "redirect-method", Title: "A redirect turns POST into GET", Request: post("/v1/checkout", shortOrder, follow),
			Healthy: post("/v1/quotes", shortOrder, follow), Truth: one("redirect_changed_method", "redirect url.path url.path[1] url.path[2] method")},
		{ID: "redirect-loop", Title: "Two redirects undo each other", Request: get("/v1/promotions", follow), Healthy: get("/v1/items", follow), Beyond: true,
			Truth: one("redirect_loop", "redirect server url.path")},
		{ID: "portal", Title: "The network's sign-in page answers", Request: get("/v1/products", base(func(l *Lab) string { return l.Portal }), follow),
			Healthy: get("/v1/products", follow), Beyond: true,
			Truth: one("captive_portal response_content_type_mismatch wrong_host_or_environment", "server redirect url.host url.port")},
	}
}

// networkFaults are requests that no HTTP server answers.
func networkFaults() []Fault {
	orders := get("/v1/orders?limit=5")
	local := func(family int) func(*Lab) request.Request {
		return get("/v1/orders?limit=5", func(_ *Lab, r *request.Request) {
			r.URL = strings.Replace(r.URL, "127.0.0.1", "localhost", 1)
			r.Settings.IPFamily = family
		})
	}
	port := func(pick func(*Lab) string) func(*Lab) request.Request {
		return get("/v1/orders?limit=5", base(func(l *Lab) string { return "http://" + pick(l) }))
	}
	imports := base(func(l *Lab) string { return "http://" + l.Curt })
	rows := strings.Repeat("TEA-0007;12.50\n", 300_000) // 4.5 MB: more than the buffers between client and server hold
	via := func(pick func(*Lab) string) change {
		return func(l *Lab, r *request.Request) { r.Settings.Proxy.URL = pick(l) }
	}
	signedIn := func(l *Lab) string {
		return "http://" + url.UserPassword(ProxyUser, ProxyPassword).String() + "@" + strings.TrimPrefix(l.Proxy, "http://")
	}
	const where = "url.port url.host tcp server"
	faults := []Fault{
		{ID: "refused", Title: "Nothing listens on the port", Request: port(func(l *Lab) string { return l.Closed }), Healthy: orders, Truth: one("connection_refused", where)},
		{ID: "family", Title: "The client uses IPv6 and the server listens on IPv4 only", Request: local(6), Healthy: local(4),
			Truth: one("ip_family_mismatch connection_refused host_unreachable", where+" dns")},
		{ID: "silent", Title: "The port accepts and says nothing", Request: get("/v1/orders?limit=5", base(func(l *Lab) string { return "http://" + l.Silent }), patience(200*time.Millisecond)),
			Healthy: orders, Truth: one("response_timeout", where+" timeout")},
		{ID: "reset", Title: "The connection is reset", Request: port(func(l *Lab) string { return l.Resets }), Healthy: orders, Truth: one("connection_reset", where)},
		{ID: "hangup", Title: "The connection is closed without a byte", Request: port(func(l *Lab) string { return l.Hangup }), Healthy: orders, Truth: one("empty_response", where)},
		{ID: "early-too-large", Title: "A body that is too large is refused, and the connection reset, while it is sent", Request: post("/v1/imports", rows, media("text/csv"), imports),
			Healthy: post("/v1/imports", rows[:1500], media("text/csv"), imports), Truth: one("payload_too_large", "body")},
		{ID: "ssh", Title: "The port speaks SSH", Request: port(func(l *Lab) string { return l.SSH }), Healthy: orders, Truth: one("not_http_service", where)},
		{ID: "garbled", Title: "The answer has two different lengths", Request: port(func(l *Lab) string { return l.Garbled }), Healthy: orders,
			Truth: one("malformed_response", where)},
		{ID: "length-by-hand", Title: "The length of the body was written by hand, and the body changed since", Request: post("/v1/orders/quote", shortOrder, header("Content-Length", "4100")),
			Healthy: post("/v1/orders/quote", shortOrder), Truth: one("content_length_mismatch", "header:Content-Length")},
		{ID: "proxy-auth", Title: "The proxy wants credentials", Request: get("/v1/orders?limit=5", via(func(l *Lab) string { return l.Proxy })),
			Healthy: get("/v1/orders?limit=5", via(signedIn)), Truth: one("proxy_auth_required", "proxy")},
		{ID: "proxy-auth-tls", Title: "The proxy wants credentials before it opens a tunnel", Request: secure(Good, via(func(l *Lab) string { return l.Proxy })),
			Healthy: secure(Good, via(signedIn)), Truth: one("proxy_auth_required", "proxy")},
		{ID: "proxy-closed", Title: "The proxy is not running", Request: get("/v1/orders?limit=5", via(func(l *Lab) string { return "http://" + l.Closed })),
			Healthy: orders, Truth: one("proxy_unreachable", "proxy")},
	}
	if canFill {
		faults = append(faults, Fault{ID: "full", Title: "The connection attempt is not answered",
			Request: get("/v1/orders?limit=5", base(func(l *Lab) string { return "http://" + l.Full }),
				func(_ *Lab, r *request.Request) { r.Settings.Timeouts.Connect = 200 * time.Millisecond }),
			Healthy: orders, Truth: one("connection_timeout", where+" timeout")})
	}
	return faults
}

// secure returns a request to one of the HTTPS listeners, with the lab's root as the only trusted one.
func secure(name string, changes ...change) func(*Lab) request.Request {
	return get("/v1/orders?limit=5", append([]change{
		base(func(l *Lab) string { return l.TLS[name] }),
		func(l *Lab, r *request.Request) { r.Settings.TLS.CAFile = l.CAFile },
	}, changes...)...)
}

// tlsFaults are requests whose handshake fails.
func tlsFaults() []Fault {
	with := func(adjust func(*Lab, *request.TLS)) change {
		return func(l *Lab, r *request.Request) { adjust(l, &r.Settings.TLS) }
	}
	const names = "url.host tls tls.server_name"
	good := secure(Good)
	return []Fault{
		{ID: "tls-expired", Title: "The certificate ran out eleven days ago", Request: secure(Expired), Healthy: good, Beyond: true, Truth: one("tls_certificate_expired", "tls server")},
		{ID: "tls-not-yet", Title: "The certificate is not valid before the day after tomorrow", Request: secure(NotYet), Healthy: good, Beyond: true,
			Truth: one("tls_certificate_not_yet_valid", "tls server")},
		{ID: "tls-name", Title: "The certificate is for another name", Request: secure(Renamed),
			Healthy: secure(Renamed, with(func(_ *Lab, t *request.TLS) { t.ServerName = nameOfNamed })), Truth: one("tls_hostname_mismatch", names)},
		{ID: "tls-self-signed", Title: "The certificate is signed by itself", Request: secure(Lonely), Healthy: good, Truth: one("tls_unknown_authority", "tls server")},
		{ID: "tls-unknown-ca", Title: "The certificate is signed by a CA that is not trusted", Request: secure(Stranger),
			Healthy: secure(Stranger, with(func(l *Lab, t *request.TLS) { t.CAFile = l.OtherCAFile })), Truth: one("tls_unknown_authority", "tls server")},
		{ID: "tls-chain", Title: "The intermediate certificate is not sent", Request: secure(Short),
			Healthy: secure(Short, with(func(l *Lab, t *request.TLS) { t.CAFile = l.ChainFile })), Truth: one("tls_incomplete_chain tls_unknown_authority", "tls server")},
		{ID: "tls-client", Title: "The server wants a client certificate", Request: secure(Mutual),
			Healthy: secure(Mutual, with(func(l *Lab, t *request.TLS) { t.CertFile, t.KeyFile = l.CertFile, l.KeyFile })),
			Truth:   one("mtls_certificate_required", "tls.client_certificate tls")},
		{ID: "tls-client-old", Title: "The client certificate ran out", Request: secure(Mutual, with(func(l *Lab, t *request.TLS) { t.CertFile, t.KeyFile = l.OldCertFile, l.OldKeyFile })),
			Healthy: secure(Mutual, with(func(l *Lab, t *request.TLS) { t.CertFile, t.KeyFile = l.CertFile, l.KeyFile })),
			Truth:   one("mtls_certificate_rejected", "tls.client_certificate tls")},
		{ID: "tls-watched", Title: "The office opens the traffic and signs it with a CA of its own", Request: secure(Watched),
			Healthy: secure(Watched, with(func(l *Lab, t *request.TLS) { t.CAFile = l.WatchCAFile })), Truth: one("tls_intercepted tls_unknown_authority", "tls")},
		{ID: "tls-old", Title: "The server speaks TLS 1.1 at most", Request: secure(Old), Healthy: secure(Old, with(func(_ *Lab, t *request.TLS) { t.MinVersion = "1.0" })),
			Truth: one("tls_version_or_cipher", "tls server")},
		{ID: "tls-modern", Title: "The server speaks TLS 1.3 only", Request: secure(Modern, with(func(_ *Lab, t *request.TLS) { t.MaxVersion = "1.2" })), Healthy: secure(Modern),
			Truth: one("tls_version_or_cipher", "tls")},
		{ID: "tls-sni", Title: "The server knows another name only", Request: secure(Named),
			Healthy: secure(Named, with(func(_ *Lab, t *request.TLS) { t.ServerName = nameOfNamed })), Truth: one("sni_mismatch", names)},
		{ID: "https-to-http", Title: "https is spoken to an http port", Request: get("/v1/orders?limit=5", base(func(l *Lab) string { return "https" + strings.TrimPrefix(l.URL, "http") })),
			Healthy: get("/v1/orders?limit=5"), Truth: one("scheme_mismatch", "url.scheme url.port")},
		{ID: "http-to-https", Title: "http is spoken to an https port", Request: secure(Good, plain),
			Healthy: good, Truth: one("scheme_mismatch", "url.scheme url.port")},
	}
}

// plain turns https into http.
func plain(_ *Lab, r *request.Request) { r.URL = strings.Replace(r.URL, "https://", "http://", 1) }

// responseFaults are requests whose response is broken, or a failure in disguise.
func responseFaults() []Fault {
	file := header("Accept", "text/csv")
	return []Fault{
		{ID: "soft-error", Title: "A success that carries an error", Request: get("/v1/stock?sku=MUG-0043"), Healthy: get("/v1/stock?sku=MUG-0042"),
			Truth: one("soft_error_in_success resource_not_found", "query:sku server")},
		{ID: "soft-code", Title: "A success whose code is none", Request: get("/v1/bonus?member=9001"), Healthy: get("/v1/bonus?member=1001"),
			Truth: one("soft_error_in_success invalid_request_parameter resource_not_found", "query:member server")},
		{ID: "soft-result", Title: "A success in which the only result failed", Request: post("/v1/printer/commands", `{"command": "queue-show"}`),
			Healthy: post("/v1/printer/commands", `{"command": "queue-get"}`), Truth: one("soft_error_in_success invalid_body_property_value", "body:/command server")},
		{ID: "soft-xml", Title: "A success that is an error in XML", Request: get("/v1/parcels?parcel=DE4712", header("Accept", "application/xml")),
			Healthy: get("/v1/parcels?parcel=DE4711", header("Accept", "application/xml")), Truth: one("soft_error_in_success resource_not_found", "query:parcel server")},
		{ID: "login-page", Title: "A sign-in page comes where data was", Request: get("/v1/desk/stats", noAuth), Healthy: get("/v1/desk/stats", session),
			Truth: one("response_content_type_mismatch missing_credentials session_cookie_invalid", "server auth header:Cookie cookie:sid")},
		{ID: "truncated", Title: "Half of the body arrives", Request: get("/v1/exports/orders", file), Healthy: get("/v1/exports/products", file), Beyond: true,
			Truth: one("truncated_response", "server")},
		{ID: "bad-gzip", Title: "The body is not compressed as it claims", Request: get("/v1/exports/customers", file, header("Accept-Encoding", "gzip, deflate")),
			Healthy: get("/v1/exports/customers", file, header("Accept-Encoding", "identity")), Truth: one("content_coding_error", "server header:Accept-Encoding")},
	}
}
