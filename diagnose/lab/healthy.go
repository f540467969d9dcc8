package lab

import (
	"slices"
	"strings"

	"culprit/request"
)

// Healthy returns requests that look odd and pass. Whoever accuses one of them is wrong.
func Healthy() []Case {
	return slices.Concat(oddBodies(), oddHeaders(), oddQueries(), oddAnswers(), oddPlaces())
}

// oddBodies are bodies that a careless reader would call mistaken.
func oddBodies() []Case {
	quote := func(body string, changes ...change) func(*Lab) request.Request {
		return post("/v1/orders/quote", body, changes...)
	}
	full := func(pairs ...string) func(*Lab) request.Request { return quote(swap(fullOrder, pairs...)) }
	customer := func(rest string) func(*Lab) request.Request {
		return func(l *Lab) request.Request {
			return post("/v1/customers", `{"email": "`+l.unique("guest%d@example.com")+`", `+rest+`}`)(l)
		}
	}
	return []Case{
		{"numeric-strings", "Zip, house and phone are strings of digits, as they should be", quote(fullOrder)},
		{"numeric-strings-opaque", "The same, where one answer stands for everything", post("/legacy/orders/quote", fullOrder)},
		{"order-placed", "An order is placed", post("/v1/orders", fullOrder)},
		{"order-least", "Only what is required", quote(shortOrder)},
		{"whole-price", "A price without a decimal point", full(`"unit_price": 12.5`, `"unit_price": 12`)},
		{"zero-price", "A price of zero", full(`"unit_price": 12.5`, `"unit_price": 0`)},
		{"exponent", "A price with an exponent", full(`"unit_price": 12.5`, `"unit_price": 1.25e1`)},
		{"whole-float", "A quantity written 3.0", full(`"quantity": 3`, `"quantity": 3.0`)},
		{"empty-list", "No tags", full(`["spring", "b2b"]`, `[]`)},
		{"empty-title", "An empty title, which is allowed", full(`"title": "Tea pot"`, `"title": ""`)},
		{"null-note", "A note that is null, which is allowed", full(`"note": "For Charles"`, `"note": null`)},
		{"unicode", "Names in other scripts", full("Ada Lovelace", "Ядвіга 张伟 🫖", "Dresden", "Köln")},
		{"escapes", "The same letters as escapes", full("Dresden", `K\u00f6ln \ud83e\uded6`)},
		{"word-true", "A tag that reads true", full(`["spring", "b2b"]`, `["true", "null", "0"]`)},
		{"reference-digits", "A reference of digits with leading zeros", full(`"PO-2217"`, `"000123"`)},
		{"reference-date", "A reference that looks like a wrong date", full(`"PO-2217"`, `"31/12/2026"`)},
		{"reference-template", "A reference with braces", full(`"PO-2217"`, `"{{not-a-variable"`)},
		{"street-blank", "A street that ends with a blank", full(`"Ockham Park"`, `"Ockham Park "`)},
		{"capitals", "A name in capitals", full(`"Analytical Engines Ltd"`, `"STANDARD"`)},
		{"long-text", "A note of a thousand letters", full(`"note": null`, `"note": "`+strings.Repeat("a", 1000)+`"`)},
		{"dates-equal", "The first day is the last", full(`"not_before": "2031-04-01"`, `"not_before": "2031-04-05"`)},
		{"leap-day", "The 29th of February of a leap year", full(`"not_before": "2031-04-01"`, `"not_before": "2028-02-29"`)},
		{"discount", "A discount without a coupon", full(`"coupon": "SPRING10"`, `"discount_percent": 5`)},
		{"many-items", "Two hundred items", quote(swap(shortOrder, `{"sku": "BOX-0100", "quantity": 1, "unit_price": 3}`,
			strings.Repeat(`{"sku": "BOX-0100", "quantity": 1, "unit_price": 3},`, 199)+`{"sku": "BOX-0100", "quantity": 1, "unit_price": 3}`))},
		{"one-line", "A body without white space", quote(strings.NewReplacer("\n", "", "  ", "").Replace(fullOrder))},
		{"tabs", "A body with tabs, line ends of Windows and an empty line", quote(strings.ReplaceAll(strings.ReplaceAll(fullOrder, "  ", "\t"), "\n", "\r\n") + "\r\n\r\n")},
		{"repeated-key", "A key twice with the same value", full(`"channel": "web",`, `"channel": "web", "channel": "web",`)},
		{"plus-address", "An e-mail address with a plus", full(`"ada@example.com"`, `"ada+shop@example.com"`)},
		{"language", "A new customer", customer(`"name": "Carl", "language": "de"`)},
		{"empty-object", "An object without members", customer(`"name": "Carl", "marketing": {}`)},
		{"old-birthday", "A birthday of long ago", customer(`"name": "Ada", "birthday": "1815-12-10"`)},
		{"shelf-new", "A shelf of a wood that no other has, in no row near them", post("/legacy/shelves", `{"row": "N-99", "wood": "cane", "levels": 12, "opened": "1999-12-31"}`)},
		{"search-empty", "A search that finds nothing", post("/v1/search", `{"text": "zeppelin"}`)},
		{"search-false", "A flag that is false", post("/v1/search", `{"text": "tea", "in_stock": false, "price": {"min": 0, "max": 0.5e2}}`)},
		{"form", "A form", tokenForm("client_credentials")},
		{"multipart", "A file with a name in another script", to("POST", "/v1/uploads", "", func(_ *Lab, r *request.Request) {
			r.Body = request.Body{Kind: request.MultipartBody, Parts: []request.Part{{Name: "file", Value: "photo", FileName: "tëst 茶.jpg"}, {Name: "kind", Value: "photo"}, {Name: "note", Value: ""}}}
		})},
		{"csv", "A CSV with a quoted line break", post("/v1/imports", "sku,title\r\nMUG-0042,\"Mug,\nblue\"\r\n", media("text/csv"))},
		{"xml", "XML with a prolog and a comment", post("/v1/labels", "<?xml version=\"1.0\"?>\n<!-- to Dresden --><label><order> 1003 </order></label>", media("text/xml"))},
		{"not-json", "Text that looks like broken JSON, sent as text", post("/v1/notes", `{"a": 1,}`, media("text/plain"))},
	}
}

// oddHeaders are header fields that few clients send.
func oddHeaders() []Case {
	orders := func(changes ...change) func(*Lab) request.Request { return get("/v1/orders?limit=5", changes...) }
	return []Case{
		{"charset-upper", "A Content-Type in another spelling", post("/v1/orders/quote", shortOrder, header("Content-Type", "Application/JSON; charset=UTF-8"))},
		{"merge-patch", "A merge patch", to("PATCH", "/v1/orders/1003", `{"note": null}`, header("Content-Type", "application/merge-patch+json"))},
		{"patch-json", "A patch as plain JSON", to("PATCH", "/v1/orders/1003", `{"tags": []}`)},
		{"accept-list", "A long Accept with qualities", orders(header("Accept", "text/html;q=0.9, application/xml;q=0.8, */*;q=0.1"))},
		{"accept-none", "No Accept", orders(without("Accept"))},
		{"accept-range", "A range of media types", orders(header("Accept", "application/*"))},
		{"type-on-get", "A Content-Type without a body", orders(header("Content-Type", "application/json"))},
		{"lower-scheme", "The scheme in small letters", orders(noAuth, func(l *Lab, r *request.Request) {
			r.Header = request.Set(r.Header, "Authorization", "bearer "+l.Tokens.Valid)
		})},
		{"cookies-beside", "Cookies beside a token", orders(header("Cookie", "theme=dark; consent=yes; _ga=GA1.2.3.4"))},
		{"empty-header", "A header field without a value", orders(header("X-Trace", ""))},
		{"browser", "What a browser would send", orders(header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"),
			header("Accept-Language", "de-DE,de;q=0.8"), header("Sec-Fetch-Mode", "cors"), header("Origin", "https://shop.example"), header("Referer", "https://shop.example/"))},
		{"large-header", "A header field of eight thousand letters", orders(header("X-Debug-Context", strings.Repeat("0123456789abcdef", 500)))},
		{"one-tenant", "One of two that exclude each other", get("/v1/ledger", header("X-Org", "leaf"))},
		{"old-version", "An older version that is still served", get("/v1/payments", header("X-Api-Version", "2025-07"))},
		{"any-match", "If-Match with a star", to("PUT", "/v1/products/TEA-0007", tea, header("If-Match", "*"))},
		{"none-match", "A condition that holds", get("/v1/products/TEA-0007", header("If-None-Match", `"5f2b90a1c3d4"`))},
		{"override", "A method override that nobody reads", orders(header("X-HTTP-Method-Override", "DELETE"))},
		{"expect", "A request that says what proxies add", orders(header("X-Forwarded-For", "203.0.113.7"), header("X-Forwarded-Proto", "https"), header("Via", "1.1 office"))},
		{"digest", "A password that is proved and not sent", get("/v1/vault/keys", proving(func(t Tokens) string { return t.Password }))},
		{"digest-write", "The same for a body", post("/v1/vault/keys", `{"key": "cellar"}`, proving(func(t Tokens) string { return t.Password }))},
		{"reader", "A reader reads", orders(token(func(t Tokens) string { return t.Reader }))},
		{"session-write", "A session with its CSRF token", post("/v1/desk/profile", `{"theme": "dark"}`, session, csrf)},
	}
}

// oddQueries are query strings at the edge of what is allowed.
func oddQueries() []Case {
	return []Case{
		{"tags-repeated", "A parameter that may be repeated", get("/v1/orders?tag=b2b&tag=spring&tag=b2b")},
		{"limit-most", "As many as a page may have", get("/v1/orders?limit=100&offset=0")},
		{"offset-far", "Behind the end of the list", get("/v1/orders?offset=999999")},
		{"unknown-parameter", "A parameter that nobody reads", get("/v1/orders?limit=5&_=1700000000000&utm_source=mail")},
		{"empty-parameter", "An empty parameter that nobody reads", get("/v1/orders?limit=5&debug")},
		{"encoded", "More percent signs than needed", get("/v1/orders?%6cimit=%35")},
		{"plus-blank", "A plus for a blank", get("/v1/search?q=tea+pot")},
		{"percent-blank", "A blank in percent signs", get("/v1/search?q=tea%20pot")},
		{"umlauts", "Letters with accents", get("/v1/search?q=caf%C3%A9+cr%C3%A8me")},
		{"nothing-found", "A search that finds nothing", get("/v1/search?q=zeppelin")},
		{"question-mark", "A question mark with nothing after", get("/v1/products?")},
		{"plus-encoded", "A plus in an e-mail address", get("/v1/customers?email=grace%2Bnavy%40example.com")},
		{"stock-none", "An article that is sold out", get("/v1/stock?sku=JAR-0008")},
		{"digits-in-query", "A search for digits", get("/v1/search?q=0042")},
	}
}

// oddAnswers are successes that do not look like one at once.
func oddAnswers() []Case {
	file := header("Accept", "text/csv")
	return []Case{
		{"empty-page", "A list without entries", get("/v1/payments", header("X-Api-Version", "2026-01"))},
		{"accepted", "An answer 202", to("POST", "/v1/orders/1005/cancel", "")},
		{"no-content", "An answer 204 without a body", to("DELETE", "/v1/orders/1004", "")},
		{"head", "A HEAD", to("HEAD", "/v1/orders", "")},
		{"options", "An OPTIONS", to("OPTIONS", "/v1/orders", "")},
		{"gzip", "A body in gzip", get("/v1/exports/prices", file, header("Accept-Encoding", "gzip"))},
		{"identity", "The same without gzip", get("/v1/exports/prices", file, header("Accept-Encoding", "identity"))},
		{"chunked", "A body in chunks with a trailer", get("/v1/exports/stream", file)},
		{"pdf", "A PDF", get("/v1/orders/1002/invoice", header("Accept", "application/pdf"))},
		{"limited", "An answer that tells of a limit and is fine", get("/v1/reports/weekly")},
		{"slow", "An answer that takes its time", get("/v1/reports/yearly")},
		{"error-word", "A search for the word error", get("/v1/search?q=error")},
		{"code-zero", "A code 0 beside the data", get("/v1/bonus?member=1001")},
		{"list-of-errors", "A resource that is a list of errors", get("/v1/printer/errors")},
		{"state-of-error", "A device in the state of an error", get("/v1/printer/state")},
		{"result-one", "A result of 1 that is none of failure", get("/v1/printer/checks")},
	}
}

// oddPlaces are hosts, paths and connections out of the ordinary.
func oddPlaces() []Case {
	return []Case{
		{"redirect", "A redirect on the same origin", get("/v1/whoami", follow)},
		{"redirect-moved", "A permanent redirect", get("/v1/items", follow)},
		{"redirect-post", "A redirect that keeps method and body", post("/v1/quotes", shortOrder, follow)},
		{"redirect-away", "A redirect to another origin that needs no credentials", get("/v1/partners", follow)},
		{"mirror", "The same shop on another port", get("/v1/me", base(func(l *Lab) string { return l.Mirror }))},
		{"localhost", "The shop by its name", get("/v1/me", func(l *Lab, r *request.Request) {
			r.URL = strings.Replace(r.URL, "127.0.0.1", "localhost", 1)
			r.Settings.IPFamily = 4
		})},
		{"edge", "The shop behind its edge", get("/v1/products", base(edge))},
		{"edge-post", "A POST through the edge", post("/v1/orders/quote", shortOrder, base(edge))},
		{"https", "The shop over TLS", secure(Good)},
		{"https-13", "The shop over TLS 1.3", secure(Modern)},
		{"http-1.1", "The shop over TLS and HTTP/1.1", secure(Good, func(_ *Lab, r *request.Request) { r.Settings.HTTPVersion = "1.1" })},
		{"proxy", "Through the proxy", get("/v1/me", func(l *Lab, r *request.Request) {
			r.Settings.Proxy.URL = strings.Replace(l.Proxy, "http://", "http://"+ProxyUser+":"+ProxyPassword+"@", 1)
		})},
		{"path-plus", "A plus in a path", get("/v1/customers/grace+navy@example.com")},
		{"path-encoded", "The same in percent signs", get("/v1/customers/grace%2Bnavy%40example.com")},
		{"slash-wanted", "A path that ends with a slash", get("/v1/brands/")},
		{"fragment", "A fragment, which is not sent", get("/v1/products#mugs")},
		{"open", "No credentials where none are needed", get("/v1/health", noAuth)},
		{"open-with-old", "An old token where none is needed", get("/v1/health", token(func(t Tokens) string { return t.Expired }))},
		{"key", "An API key", get("/v1/rates", noAuth, headerOf("X-Api-Key", func(t Tokens) string { return t.APIKey }))},
		{"key-and-token", "An API key beside a token", get("/v1/rates", headerOf("X-Api-Key", func(t Tokens) string { return t.APIKey }))},
		{"basic", "A user name and a password", get("/v1/staff/rota", func(l *Lab, r *request.Request) {
			r.Auth = request.Auth{Scheme: "basic", Params: []request.Field{{Name: "username", Value: l.Tokens.User}, {Name: "password", Value: l.Tokens.Password}}}
		})},
	}
}
