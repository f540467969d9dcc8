package screentest

import (
	"time"

	"culprit/collections"
	"culprit/request"
)

// Shop is a small collection with every kind of entry, linked to its parents.
func Shop() *collections.Collection {
	orders := &collections.Entry{Kind: collections.Folder, Name: "orders", Path: "orders", Children: []*collections.Entry{
		{Kind: collections.HTTP, Name: "List orders", Path: "orders/list-orders", Saved: collections.Saved{Method: "GET",
			URL:     "{{base}}/orders?limit=20&status=open",
			Params:  []collections.Row{{Name: "limit", Value: "20", Kind: "query"}, {Name: "status", Value: "open", Kind: "query"}, {Name: "cursor", Value: "", Kind: "query", Off: true}},
			Headers: []collections.Row{{Name: "Accept", Value: "application/json"}}, Auth: bearer()}},
		{Kind: collections.HTTP, Name: "Create order", Path: "orders/create-order", Saved: collections.Saved{Method: "POST",
			URL: "{{base}}/orders",
			Headers: []collections.Row{{Name: "Accept", Value: "application/json"}, {Name: "X-Request-Id", Value: "{{request_id}}"},
				{Name: "X-Debug", Value: "1", Off: true}},
			Auth: bearer(),
			Body: collections.SavedBody{Type: "json", Text: "{\n  \"customer\": \"c_1042\",\n  \"items\": [\n    {\"sku\": \"mug\", \"qty\": 2, \"price\": \"7.50\"}\n  ],\n  \"ship\": {\"country\": \"DE\"}\n}"}}},
		{Kind: collections.HTTP, Name: "Cancel order", Path: "orders/cancel-order", Saved: collections.Saved{Method: "DELETE",
			URL: "{{base}}/orders/:id", Params: []collections.Row{{Name: "id", Value: "o_77", Kind: "path"}}, Auth: bearer()}},
	}}
	catalog := &collections.Entry{Kind: collections.Folder, Name: "catalog", Path: "catalog", Children: []*collections.Entry{
		{Kind: collections.HTTP, Name: "Search products", Path: "catalog/search", Saved: collections.Saved{Method: "GET", URL: "{{base}}/products?q=mug",
			Params: []collections.Row{{Name: "q", Value: "mug", Kind: "query"}}}},
		{Kind: collections.HTTP, Name: "Replace product", Path: "catalog/replace", Saved: collections.Saved{Method: "PUT", URL: "{{base}}/products/mug",
			Body: collections.SavedBody{Type: "json", Text: "{\"price\": 7.5}"}}},
		{Kind: collections.Other, Name: "Price stream", Path: "catalog/prices", Type: "websocket"},
	}}
	root := &collections.Entry{Kind: collections.Folder, Name: "Shop API", Children: []*collections.Entry{
		orders, catalog,
		{Kind: collections.HTTP, Name: "Health", Path: "health", Saved: collections.Saved{Method: "GET", URL: "{{base}}/health"}},
		{Kind: collections.Broken, Name: "refunds", Path: "refunds", Problems: []collections.Problem{{Line: 7, Column: 3, Text: "mapping values are not allowed here"}}},
	}}
	link(root)
	return &collections.Collection{Name: "Shop API", Dir: "/shop", Root: root, Environments: []collections.Environment{
		{Name: "local"}, {Name: "staging"}, {Name: "prod", Production: true}}}
}

func bearer() collections.SavedAuth {
	return collections.SavedAuth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: "{{token}}"}}}
}

func link(e *collections.Entry) {
	for _, c := range e.Children {
		c.Parent = e
		link(c)
	}
}

// Answer is an exchange of one hop, with a status and a JSON body.
func Answer(method, url string, status int, reason, body string) *request.Exchange {
	ms := time.Millisecond
	return &request.Exchange{Took: 48 * ms, Start: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Hops: []request.Hop{{
		Sent: request.Sent{Method: method, URL: url, Proto: "HTTP/1.1", Header: []request.Field{
			{Name: "Host", Value: "shop.example"}, {Name: "Accept", Value: "application/json"},
			{Name: "User-Agent", Value: "culprit/0.1", Default: true}, {Name: "Accept-Encoding", Value: "gzip, deflate, br, zstd", Default: true}}},
		Response: &request.Response{Proto: "HTTP/1.1", Status: status, Reason: reason, Body: request.NewContent([]byte(body)),
			Header: []request.Field{{Name: "Content-Type", Value: "application/json"}, {Name: "Date", Value: "Fri, 02 Jan 2026 03:04:05 GMT"},
				{Name: "X-Request-Id", Value: "6f1c2"}, {Name: "Set-Cookie", Value: "sid=8f2; Path=/; HttpOnly"}}},
		Timing: request.Timing{DNSDone: 4 * ms, ConnectStart: 4 * ms, ConnectDone: 11 * ms, TLSStart: 11 * ms, TLSDone: 24 * ms,
			Wrote: 25 * ms, FirstByte: 46 * ms, Done: 48 * ms},
		Conn: request.Conn{Remote: "203.0.113.7:443", Resolved: []string{"203.0.113.7"}},
	}}}
}

// Redirected is an exchange of two hops, the second without its credentials.
func Redirected() *request.Exchange {
	x := Answer("GET", "https://shop.example/orders?limit=20", 401, "Unauthorized", `{"error":"missing token"}`)
	second := x.Hops[0]
	second.Sent.URL = "https://api.shop.example/v2/orders?limit=20"
	ms := time.Millisecond
	second.Timing = request.Timing{Start: 48 * ms, DNSStart: 48 * ms, DNSDone: 51 * ms, ConnectStart: 51 * ms, ConnectDone: 58 * ms,
		TLSStart: 58 * ms, TLSDone: 70 * ms, Wrote: 71 * ms, FirstByte: 90 * ms, Done: 92 * ms}
	second.Conn.Remote = "203.0.113.9:443"
	first := *x.Hops[0].Response
	first.Status, first.Reason, first.Body = 301, "Moved Permanently", request.NewContent(nil)
	x.Hops[0].Response = &first
	x.Hops[0].Followed = &request.Redirect{Status: 301, To: second.Sent.URL, Method: [2]string{"GET", "GET"},
		Dropped: []string{"Authorization: another host"}, Cross: true}
	x.Hops = append(x.Hops, second)
	x.Took = 92 * ms
	return x
}

// Refused is an exchange that found nobody listening.
func Refused(err error) *request.Exchange {
	ms := time.Millisecond
	return &request.Exchange{Took: 3 * ms, Hops: []request.Hop{{
		Sent:   request.Sent{Method: "GET", URL: "http://localhost:9/health"},
		Timing: request.Timing{DNSDone: ms, ConnectStart: ms},
		Conn:   request.Conn{Resolved: []string{"127.0.0.1"}, Tried: []request.Dial{{Address: "127.0.0.1:9", Took: 2 * ms, Err: err}}},
	}}, Failure: &request.Failure{Phase: request.PhaseConnect, Cause: "connection_refused", Text: "Nothing listens at localhost:9.", Err: err}}
}
