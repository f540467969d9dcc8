package lab

import (
	"strconv"
	"strings"
	"time"

	"culprit/request"
)

// gatewayFaults are requests that something before the shop refuses, or that go to somebody else.
func gatewayFaults() []Fault {
	orders := get("/v1/orders?limit=5")
	through := func(proxy func(*Lab) string) change {
		return func(l *Lab, r *request.Request) {
			r.URL = strings.Replace(r.URL, "127.0.0.1", "localhost", 1)
			r.Settings.Proxy.URL, r.Settings.IPFamily = proxy(l), 4
		}
	}
	office := func(l *Lab) string {
		return "http://" + ProxyUser + ":" + ProxyPassword + "@" + strings.TrimPrefix(l.Proxy, "http://")
	}
	version := func(v string) change {
		return func(_ *Lab, r *request.Request) { r.Settings.HTTPVersion = v }
	}
	stream := func(v string) func(*Lab) request.Request {
		return get("/v1/picking/stream", base(func(l *Lab) string { return l.TLS[Good] }), version(v), func(l *Lab, r *request.Request) { r.Settings.TLS.CAFile = l.CAFile })
	}
	scanner := func(v string) func(*Lab) request.Request {
		return get("/legacy/picking/scanner", base(func(l *Lab) string { return l.TLS[Good] }), version(v), func(l *Lab, r *request.Request) { r.Settings.TLS.CAFile = l.CAFile })
	}
	return []Fault{
		{ID: "stage-missing", Title: "The path lacks the stage of the gateway", Request: get("/v1/orders?limit=5", base(func(l *Lab) string { return l.Gateway })),
			Healthy: get("/v1/orders?limit=5", base(func(l *Lab) string { return l.Gateway + "/prod" })),
			Truth:   one("gateway_route_not_found wrong_path", "url.path url.path[0] server")},
		{ID: "intranet", Title: "The server is for the office only", Request: get("/v1/orders?limit=5", base(func(l *Lab) string { return l.Intranet })), Healthy: orders, Beyond: true,
			Truth: one("ip_not_allowed", "server")},
		{ID: "web-site", Title: "The web site is asked in place of the API", Request: get("/v1/orders?limit=5", base(func(l *Lab) string { return l.Pages })), Healthy: orders,
			Truth: one("wrong_host_or_environment wrong_path", "url.host url.port url.path url.path[0] url.path[1] url.path[2] server")},
		{ID: "proxied-local", Title: "A proxy is asked for what it cannot reach", Request: get("/v1/orders?limit=5", through(office)),
			Healthy: get("/v1/orders?limit=5", through(func(*Lab) string { return "direct" })), Truth: one("proxy_misrouted", "proxy")},
		{ID: "http2-only", Title: "An operation needs HTTP/2", Request: stream("1.1"), Healthy: stream(""), Truth: one("http_version_mismatch", "http_version")},
		{ID: "http2-refused", Title: "An operation fails over HTTP/2, without a word", Request: scanner(""), Healthy: scanner("1.1"), Opaque: true, Truth: one("http_version_mismatch", "http_version")},
		{ID: "overloaded", Title: "A part of the shop sheds load", Request: get("/v1/picking/next"), Healthy: orders, Beyond: true, Truth: one("overloaded", "server")},
		{ID: "payroll", Title: "What may not be seen is not there", Request: get("/v1/payrolls/2026-02"),
			Healthy: get("/v1/payrolls/2026-02", token(func(t Tokens) string { return t.Owner })),
			Truth:   one("hidden_by_permission resource_not_found insufficient_permission", "url.path url.path[2] url.path[3] auth")},
	}
}

// signedFaults are requests whose signature or time is wrong, and header fields that cannot be sent.
func signedFaults() []Fault {
	const report = `{"partner": "leaf", "sold": 42}`
	at := func(off time.Duration, signed string) func(*Lab) request.Request {
		return post("/v1/partners/reports", report, noAuth, func(_ *Lab, r *request.Request) {
			now := strconv.FormatInt(time.Now().Add(off).Unix(), 10)
			r.Header = append(r.Header, request.Field{Name: "X-Timestamp", Value: now}, request.Field{Name: "X-Signature", Value: sign(now, signed)})
		})
	}
	good := at(0, report)
	return []Fault{
		{ID: "signature", Title: "The body was changed after it was signed", Request: at(0, `{"partner": "leaf", "sold": 41}`), Healthy: good,
			Truth: one("signature_mismatch", "header:X-Signature body auth")},
		{ID: "clock", Title: "The clock is two hours ahead", Request: at(2*time.Hour, report), Healthy: good,
			Truth: one("clock_skew", "header:X-Timestamp auth header:X-Signature server")},
		{ID: "header-newline", Title: "A header field holds a line break", Request: get("/v1/orders?limit=5", header("X-Note", "for Ada\nand Carl")),
			Healthy: get("/v1/orders?limit=5", header("X-Note", "for Ada and Carl")), Truth: one("invalid_header_characters", "header:X-Note")},
	}
}

// nameFaults are names that lead nowhere.
func nameFaults() []Fault {
	at := func(name string) func(*Lab) request.Request {
		return get("/v1/orders?limit=5", func(_ *Lab, r *request.Request) {
			r.URL = strings.Replace(r.URL, "127.0.0.1", name, 1)
			r.Settings.Timeouts.Connect = 300 * time.Millisecond // a name server that is silent is met in no time
		})
	}
	return []Fault{
		{ID: "no-such-name", Title: "The name is misspelt", Request: at(unknownName), Healthy: at(knownName), Truth: one("dns_name_not_found", "dns url.host")},
		{ID: "sick-zone", Title: "The name server fails for this zone", Request: at(sickName), Healthy: at(knownName), Beyond: true, Truth: one("dns_server_failure", "dns url.host")},
		{ID: "no-route", Title: "The name leads to a network that cannot be reached", Request: at(farName), Healthy: at(knownName), Beyond: true,
			Truth: one("host_unreachable", "tcp url.host dns")},
		{ID: "silent-names", Title: "The name server does not answer", Request: at(silentName), Healthy: at(knownName), Beyond: true, Truth: one("dns_timeout", "dns url.host")},
	}
}
