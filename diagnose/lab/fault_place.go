package lab

import (
	"strings"

	"culprit/request"
)

// pathFaults are requests to a place or with a method that is not there.
func pathFaults() []Fault {
	orders := get("/v1/orders?limit=5")
	return []Fault{
		{ID: "wrong-path", Title: "The path is misspelt", Request: get("/v1/ordres?limit=5"), Healthy: orders, Good: get("/v1/orders?state=open"),
			Truth: one("wrong_path", "url.path url.path[1] url.path[2]")},
		{ID: "path-case", Title: "The path is written with a capital", Request: get("/v1/Orders?limit=5"), Healthy: orders,
			Truth: one("wrong_path", "url.path url.path[1] url.path[2]")},
		{ID: "double-slash", Title: "The base path and the path both have a slash", Request: get("/v1//orders?limit=5"), Healthy: orders,
			Truth: one("wrong_path", "url.path url.path[1] url.path[2]")},
		{ID: "path-variable", Title: "The variable of the path was never filled in", Request: get("/v1/orders/:id"), Healthy: get("/v1/orders/1003"),
			Truth: one("unresolved_variable invalid_request_parameter", "url.path url.path[2] url.path[3]")},
		{ID: "wrong-path-opaque", Title: "A word of the path is in the singular", Request: get("/legacy/order?limit=5"), Healthy: get("/legacy/orders?limit=5"),
			Good: get("/legacy/orders?limit=5&state=open"), Opaque: true, Truth: one("wrong_path", "url.path url.path[1] url.path[2]")},
		{ID: "wrong-version", Title: "The version in the path is not served", Request: get("/v3/orders?limit=5"), Healthy: orders,
			Truth: one("wrong_api_version wrong_path", "url.path url.path[0] url.path[1]")},
		{ID: "trailing-slash", Title: "A slash too many", Request: get("/v1/products/"), Healthy: get("/v1/products"), Truth: one("trailing_slash", "url.path")},
		{ID: "no-trailing-slash", Title: "A slash is missing", Request: get("/v1/brands"), Healthy: get("/v1/brands/"), Truth: one("trailing_slash", "url.path")},
		{ID: "no-such-order", Title: "The order does not exist", Request: get("/v1/orders/1999"), Healthy: get("/v1/orders/1003"),
			Truth: one("resource_not_found", "url.path url.path[2] url.path[3]")},
		{ID: "order-id-type", Title: "The order's number is no number", Request: get("/v1/orders/PO-2217"), Healthy: get("/v1/orders/1003"),
			Truth: one("invalid_request_parameter", "url.path url.path[2] url.path[3]")},
		{ID: "method", Title: "PUT where only POST is served", Request: to("PUT", "/v1/orders/quote", shortOrder), Healthy: post("/v1/orders/quote", shortOrder),
			Truth: one("method_not_allowed", "method")},
		{ID: "method-get", Title: "GET where only POST is served", Request: to("GET", "/v1/quotes", shortOrder, follow), Healthy: post("/v1/quotes", shortOrder, follow),
			Truth: one("method_not_allowed", "method")},
		{ID: "get-with-body", Title: "An edge refuses a GET with a body", Request: to("GET", "/v1/products", `{}`, base(edge)),
			Healthy: get("/v1/products", base(edge)), Truth: one("blocked_by_waf unexpected_body_property", "body")},
		{ID: "host-header", Title: "The Host header names another server", Request: get("/v1/products", base(edge), header("Host", "old.shop.example")),
			Healthy: get("/v1/products", base(edge)), Truth: one("host_header_mismatch", "header:Host")},
		{ID: "uri-long", Title: "The query is longer than the shop takes", Request: get("/v1/search?q=tea&trace=" + strings.Repeat("0123456789abcdef", 300)),
			Healthy: get("/v1/search?q=tea"), Truth: one("uri_too_long", "query:trace url.query")},
		{ID: "no-scheme", Title: "The URL has no scheme", Request: get("/v1/orders?limit=5", func(_ *Lab, r *request.Request) { r.URL = strings.TrimPrefix(r.URL, "http://") }),
			Healthy: orders, Truth: one("missing_url_scheme malformed_url", "url.scheme")},
		{ID: "scheme-typo", Title: "The scheme is misspelt", Request: get("/v1/orders?limit=5", func(_ *Lab, r *request.Request) { r.URL = "htp" + strings.TrimPrefix(r.URL, "http") }),
			Healthy: orders, Truth: one("missing_url_scheme malformed_url", "url.scheme")},
		{ID: "port-letter", Title: "The port has a letter in it", Request: get("/v1/orders?limit=5", func(_ *Lab, r *request.Request) { r.URL = strings.Replace(r.URL, "/v1", "O/v1", 1) }),
			Healthy: orders, Truth: one("malformed_url", "url.port url.host")},
		{ID: "agent-blocked", Title: "An edge refuses a client by its name", Request: get("/v1/products", base(edge), header("User-Agent", "python-requests/2.31.0")),
			Healthy: get("/v1/products", base(edge), header("User-Agent", "shopctl/2.1")), Truth: one("blocked_by_waf", "header:User-Agent")},
	}
}

// coyFaults are requests to operations that are matched with their method, and to one that is not there at all.
func coyFaults() []Fault {
	return []Fault{
		{ID: "method-unsaid", Title: "GET gets a 404 where only POST is served", Request: get("/v1/invoices/preview"), Healthy: post("/v1/invoices/preview", `{"order": 1001}`),
			Truth: one("method_not_allowed", "method")},
		{ID: "method-hidden", Title: "GET gets a 404 where only POST is served, and so does OPTIONS", Request: get("/v2/invoices/estimate"), Healthy: post("/v2/invoices/estimate", `{"order": 1001}`),
			Truth: one("method_not_allowed", "method")},
		{ID: "no-such-action", Title: "A path that sounds like a POST and does not exist", Request: get("/v1/payouts/estimate"), Healthy: get("/v1/orders?limit=5"),
			Truth: one("wrong_path", "url.path url.path[1] url.path[2]")},
	}
}

func edge(l *Lab) string { return l.Edge }

// queryFaults are requests whose query is wrong.
func queryFaults() []Fault {
	list := get("/v1/orders?limit=5&sort=-placed")
	return []Fault{
		{ID: "limit-large", Title: "More is asked for than a page may have", Request: get("/v1/orders?limit=500&sort=-placed"), Healthy: list,
			Truth: one("invalid_request_parameter", "query:limit")},
		{ID: "limit-large-coded", Title: "The same, with a code for an answer", Request: get("/partner/orders?limit=500&sort=-placed"), Healthy: get("/partner/orders?limit=5&sort=-placed"),
			Truth: one("invalid_request_parameter", "query:limit")},
		{ID: "limit-large-opaque", Title: "The same, where one answer stands for everything", Request: get("/legacy/orders?limit=500&sort=-placed&state=open&gifts=true"),
			Healthy: get("/legacy/orders?limit=5&sort=-placed&state=open&gifts=true"), Good: get("/legacy/orders?limit=20&sort=id"), Opaque: true,
			Truth: one("invalid_request_parameter", "query:limit")},
		{ID: "limit-twice", Title: "A parameter is given twice", Request: get("/v1/orders?limit=5&sort=-placed&limit=10"), Healthy: list,
			Truth: one("invalid_request_parameter", "query:limit query:limit#1")},
		{ID: "sort-value", Title: "A value is not on the list", Request: get("/v2/orders?limit=5&sort=newest"), Healthy: get("/v2/orders?limit=5&sort=-placed"),
			Truth: one("invalid_request_parameter", "query:sort")},
		{ID: "since-format", Title: "A date is written day first", Request: get("/legacy/orders?limit=5&since=14.02.2026"), Healthy: get("/legacy/orders?limit=5&since=2026-02-14"),
			Good: get("/legacy/orders?limit=20&since=2026-02-11"), Opaque: true, Truth: one("invalid_request_parameter", "query:since")},
		{ID: "flag-value", Title: "A flag is the word yes", Request: get("/v2/orders?gifts=yes"), Healthy: get("/v2/orders?gifts=true"),
			Truth: one("invalid_request_parameter", "query:gifts")},
		{ID: "query-missing", Title: "A required parameter is not there", Request: get("/v1/search?query=tea"), Healthy: get("/v1/search?q=tea"),
			Truth: one("missing_request_parameter invalid_request_parameter", "query:q query:query")},
		{ID: "plus-in-email", Title: "The plus of an e-mail address is read as a blank", Request: get("/v1/customers?email=grace+navy@example.com"),
			Healthy: get("/v1/customers?email=grace%2Bnavy@example.com"), Truth: one("url_encoding", "query:email")},
		{ID: "percent", Title: "A percent sign is sent as it is", Request: get("/v1/search?q=100%+wool"), Healthy: get("/v1/search?q=100%25+wool"),
			Truth: one("url_encoding malformed_url", "query:q url.query")},
		{ID: "twice-encoded", Title: "The at sign was encoded twice", Request: get("/v1/customers?email=ada%2540example.com"), Healthy: get("/v1/customers?email=ada%40example.com"),
			Truth: one("url_encoding invalid_request_parameter", "query:email")},
	}
}

// headerFaults are requests with a header field that is missing, wrong or too much.
func headerFaults() []Fault {
	version := header("X-Api-Version", "2026-01")
	pay := `{"order":1002,"amount":43.2,"currency":"EUR"}`
	fresh := func(l *Lab, r *request.Request) {
		r.Header = request.Set(r.Header, "Idempotency-Key", l.unique("2f0c9a44-7a1b-4c57-9d0e-%012d"))
	}
	return []Fault{
		{ID: "no-version", Title: "The header with the version is missing", Request: get("/v1/payments"), Healthy: get("/v1/payments", version),
			Truth: one("missing_request_header", "header:X-Api-Version")},
		{ID: "no-version-opaque", Title: "The same, where one answer stands for everything", Request: get("/legacy/payments"), Healthy: get("/legacy/payments", version),
			Good: get("/legacy/payments?limit=3", version), Opaque: true, Truth: one("missing_request_header", "header:X-Api-Version")},
		{ID: "version-value", Title: "The version in the header is not served", Request: get("/v1/payments", header("X-Api-Version", "2024-11")), Healthy: get("/v1/payments", version),
			Truth: one("invalid_request_header wrong_api_version", "header:X-Api-Version")},
		{ID: "header-large", Title: "A header field is larger than the server takes", Request: get("/v1/orders?limit=5", header("X-Debug-Context", strings.Repeat("0123456789abcdef", 2500))),
			Healthy: get("/v1/orders?limit=5"), Truth: one("request_header_too_large", "header:X-Debug-Context")},
		{ID: "two-accounts", Title: "Two header fields are fine alone and refused together", Request: get("/v1/ledger", header("X-Tenant", "t-7"), header("X-Org", "leaf")),
			Healthy: get("/v1/ledger", header("X-Tenant", "t-7")), Truth: one("interacting_parameters", "header:X-Org header:X-Tenant")},
		{ID: "two-accounts-opaque", Title: "The same, where one answer stands for everything",
			Request: get("/legacy/ledger", header("X-Tenant", "t-7"), header("X-Org", "leaf"), header("X-Client", "till-4"), header("Accept-Language", "de")),
			Healthy: get("/legacy/ledger", header("X-Tenant", "t-7"), header("X-Client", "till-4"), header("Accept-Language", "de")),
			Good:    get("/legacy/ledger", header("X-Tenant", "t-3"), header("X-Client", "till-1")), Opaque: true,
			Truth: one("interacting_parameters", "header:X-Org header:X-Tenant")},
		{ID: "idempotency-missing", Title: "A payment has no idempotency key", Request: post("/v1/payments", pay, version), Healthy: post("/v1/payments", pay, version, fresh),
			Truth: one("idempotency_key_missing missing_request_header", "header:Idempotency-Key")},
		{ID: "idempotency-reused", Title: "The idempotency key belongs to another payment", Request: post("/v1/payments", pay, version, header("Idempotency-Key", usedKey)),
			Healthy: post("/v1/payments", pay, version, fresh), Truth: one("idempotency_key_reused", "header:Idempotency-Key")},
		{ID: "no-if-match", Title: "A product is overwritten blindly", Request: to("PUT", "/v1/products/TEA-0007", tea), Healthy: to("PUT", "/v1/products/TEA-0007", tea, current),
			Truth: one("precondition_required", "header:If-Match")},
		{ID: "stale-etag", Title: "The product has changed since it was read", Request: to("PUT", "/v1/products/TEA-0007", tea, header("If-Match", `"5f2b90a1c3d4"`)),
			Healthy: to("PUT", "/v1/products/TEA-0007", tea, current), Truth: one("precondition_failed", "header:If-Match")},
	}
}

// tea is TEA-0007 as it is sold from the start, so that putting it changes nothing but proves everything.
const tea = `{"title": "Assam, 250 g", "price": 8.9, "stock": 87}`

// current sends the entity tag that TEA-0007 has now.
func current(l *Lab, r *request.Request) {
	l.shop.mu.Lock()
	defer l.shop.mu.Unlock()
	r.Header = request.Set(r.Header, "If-Match", l.shop.products["TEA-0007"].tag())
}

// businessFaults are well-formed requests that the state of the shop forbids.
func businessFaults() []Fault {
	return []Fault{
		{ID: "email-taken", Title: "The customer exists already", Request: post("/v1/customers", `{"email": "ada@example.com", "name": "Ada King", "language": "en"}`),
			Healthy: func(l *Lab) request.Request {
				return post("/v1/customers", `{"email": "`+l.unique("ada.%d@example.com")+`", "name": "Ada King", "language": "en"}`)(l)
			}, Truth: one("already_exists", "body:/email")},
		{ID: "cancel-shipped", Title: "A shipped order is cancelled", Request: post("/v1/orders/1001/cancel", ""), Healthy: post("/v1/orders/1005/cancel", ""),
			Truth: one("conflict", "url.path url.path[2] url.path[3] server")},
		{ID: "delete-open", Title: "An open order is deleted", Request: to("DELETE", "/v1/orders/1003", ""), Healthy: to("DELETE", "/v1/orders/1004", ""),
			Truth: one("conflict", "url.path url.path[2] url.path[3] server")},
		{ID: "webhook-local", Title: "A webhook is to call localhost", Request: post("/v1/webhooks", `{"url": "http://localhost:8080/hook", "events": ["order.paid"]}`),
			Healthy: post("/v1/webhooks", `{"url": "https://hooks.example.com/shop", "events": ["order.paid"]}`), Truth: one("invalid_body_property_format", "body:/url")},
	}
}
