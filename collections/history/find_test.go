package history

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"culprit/collections"
	"culprit/request"
)

// past records an exchange of these facts.
func past(t *testing.T, h *History, at time.Time, method, url, entry, env string, status int, body string) {
	t.Helper()
	x := &request.Exchange{Request: request.Request{Method: method, URL: url}, Start: at, Took: time.Millisecond}
	if status > 0 {
		x.Hops = []request.Hop{{Sent: request.Sent{Method: method, URL: url}, Response: &request.Response{Status: status, Body: request.NewContent([]byte(body))}}}
	} else {
		x.Failure = &request.Failure{Phase: request.PhaseConnect, Cause: "connection_refused", Text: "Nothing listens.", Err: errors.New("refused")}
	}
	err := h.Record(t.Context(), collections.Record{Collection: "/c", Entry: entry, Environment: env, Exchange: x, Passed: status > 0 && status < 400})
	if err != nil {
		t.Fatal(err)
	}
}

func TestASearchFindsWhatItSays(t *testing.T) {
	h := opened(t)
	now := h.now().UTC().Truncate(24 * time.Hour).Add(15 * time.Hour) // three in the afternoon of a day within the caps
	h.now = func() time.Time { return now }
	past(t, h, now.Add(-time.Minute), "POST", "https://api.shop.test/orders?x=1", "orders/create-order", "prod", 503, `{"error":"out of mugs"}`)
	past(t, h, now.Add(-time.Hour), "GET", "http://localhost:8080/orders", "orders/list-orders", "local", 200, "[]")
	past(t, h, now.Add(-24*time.Hour), "GET", "https://www.shop.test?api", "health", "prod", 404, "")
	past(t, h, now.Add(-72*time.Hour), "DELETE", "http://127.0.0.1:9/orders/1", "orders/cancel", "local", 0, "")
	day := now.AddDate(0, 0, -1).Format("2006-01-02")
	for search, want := range map[string]string{
		"":                               "create list health cancel",
		"orders":                         "create list cancel",
		"ORDERS post":                    "create",
		`"POST https"`:                   "create",
		"method:post":                    "create",
		"status:5xx":                     "create",
		"status:404":                     "health",
		"status:>=400":                   "create health",
		"status:<300":                    "list",
		"status:none":                    "cancel",
		"-status:2xx":                    "create health cancel",
		"host:api":                       "create",
		"host:8080":                      "list",
		"host:orders":                    "",
		"localhost:8080":                 "list",
		"https://":                       "create health",
		"name:cancel":                    "cancel",
		"env:PROD -health":               "create",
		"is:failed":                      "create health cancel",
		"is:passed":                      "list",
		"body:mugs":                      "create",
		"-body:mugs":                     "list health cancel",
		"time:today":                     "create list",
		"time:yesterday":                 "health",
		"time:30m":                       "create",
		"time:2d":                        "create list health",
		"time:" + day:                    "health",
		"before:14:30":                   "list health cancel",
		"after:" + day + " before:today": "health",
		"refused":                        "cancel",
		"status:":                        "create list health cancel",
		"%":                              "",
		"_":                              "cancel", // of connection_refused: no wildcard
	} {
		q, err := ParseQuery(search, now)
		if err != nil {
			t.Errorf("%s: %v", search, err)
			continue
		}
		items, err := h.Find(t.Context(), q, Item{}, 10)
		if err != nil {
			t.Errorf("%s: %v", search, err)
		}
		var got []string
		for _, i := range items {
			name := i.Entry[strings.LastIndexByte(i.Entry, '/')+1:]
			got = append(got, strings.Split(name, "-")[0])
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%s: found %q, want %q", search, g, want)
		}
		if n, err := h.Count(t.Context(), q); err != nil || n != len(items) {
			t.Errorf("%s: %d counted, %d found, %v", search, n, len(items), err)
		}
	}
	for _, wrong := range []string{"status:abc", "status:>x", "is:odd", "time:soon", "after:2026-13-40"} {
		if _, err := ParseQuery(wrong, now); err == nil || !strings.HasPrefix(err.Error(), wrong) {
			t.Errorf("%s: %v", wrong, err)
		}
	}
}

func TestPagesOfASearchHoldEachExchangeOnce(t *testing.T) {
	h := opened(t)
	now := h.now()
	for i := range 25 { // pairs of the same millisecond
		past(t, h, now.Add(-time.Duration(i/2)*time.Second), "GET", fmt.Sprint("http://h.test/", i), "e", "", 200, "")
	}
	seen, last := map[string]bool{}, Item{}
	for {
		items, err := h.Find(t.Context(), Query{Collection: "/c"}, last, 4)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range items {
			if seen[i.ID] {
				t.Errorf("%s twice", i.ID)
			}
			seen[i.ID] = true
		}
		if len(items) < 4 {
			break
		}
		last = items[3]
	}
	if len(seen) != 25 {
		t.Errorf("%d of 25", len(seen))
	}
	if items, _ := h.Find(t.Context(), Query{Collection: "/other"}, Item{}, 4); len(items) != 0 {
		t.Errorf("%v of another collection", items)
	}
}

func FuzzParseQuery(f *testing.F) {
	for _, g := range Grammar() {
		f.Add(g[0])
	}
	h := New(f.TempDir())
	f.Cleanup(func() { h.Close() })
	now := time.Date(2026, 11, 21, 14, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, s string) {
		q, err := ParseQuery(s, now)
		if err != nil {
			return
		}
		if _, err := h.Find(t.Context(), q, Item{}, 1); err != nil {
			t.Errorf("%q is no search for the database: %v", s, err)
		}
	})
}

// BenchmarkFind searches 100,000 exchanges, each with 2 KiB of headers and body.
func BenchmarkFind(b *testing.B) {
	h := New(b.TempDir())
	defer h.Close()
	ctx := context.Background()
	db, err := h.open(ctx)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := db.ExecContext(ctx, `with recursive n(i) as (select 0 union all select i + 1 from n where i < 99999)
		insert into exchange (id, at, collection, entry, environment, method, url, status, cause, took, passed, template, request, secrets, refillable, hops, body, bodyfile, bodysize, cut)
		select printf('%013d-x', i), ? - i * 1000, '/c', 'orders/request-' || (i % 50), 'local', 'GET', 'http://api-' || (i % 7) || '.shop.test/orders/' || i, iif(i % 10, 200, 503),
		'', 1000, i % 10 > 0, 't', hex(randomblob(200)), '[]', 1, hex(randomblob(400)), randomblob(800), '', 800, '' from n`, h.now().UnixMilli()); err != nil {
		b.Fatal(err)
	}
	for _, search := range []string{"", "status:5xx", "orders/99999", "host:api-3 status:5xx time:1d", "nothing-has-this", "body:nothing-has-this"} {
		q, err := ParseQuery(search, h.now())
		if err != nil {
			b.Fatal(err)
		}
		q.Collection = "/c" // as the workbench asks
		b.Run("first page of "+search, func(b *testing.B) {
			for b.Loop() {
				if _, err := h.Find(ctx, q, Item{}, 200); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("count of "+search, func(b *testing.B) {
			for b.Loop() {
				if _, err := h.Count(ctx, q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("a page deep in it", func(b *testing.B) {
		deep := Item{ID: fmt.Sprintf("%013d-x", 50_000), At: h.now().Add(-50_000 * time.Second)}
		for b.Loop() {
			if _, err := h.Find(ctx, Query{Collection: "/c"}, deep, 200); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			again := New(h.dir)
			if _, err := again.open(ctx); err != nil {
				b.Fatal(err)
			}
			again.Close()
		}
	})
	b.Run("prune", func(b *testing.B) {
		for b.Loop() {
			if err := h.prune(ctx, db); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func TestAnExchangeComesBackWhole(t *testing.T) {
	h := opened(t)
	ms := time.Millisecond
	x := sent(time.UnixMilli(h.now().UnixMilli()), 422, `{"error":"no"}`)
	x.Hops[0].Sent.Size = 20
	x.Hops[0].Timing = request.Timing{Wrote: ms, FirstByte: 2 * ms, Done: 3 * ms}
	x.Hops[0].Conn = request.Conn{Remote: "127.0.0.1:9", Tried: []request.Dial{{Address: "[::1]:9", Took: ms, Err: errors.New("refused by " + token)}},
		TLS: &tls.ConnectionState{Version: tls.VersionTLS13, CipherSuite: tls.TLS_AES_128_GCM_SHA256}}
	x.Hops[0].Followed = &request.Redirect{Status: 302, To: "http://x.test/?k=" + url.QueryEscape(token), Dropped: []string{"Authorization: another host"}}
	x.Failure = &request.Failure{Phase: request.PhaseRead, Cause: "cut", Text: "It broke off after " + token, Err: errors.New("eof " + token)}
	record(t, h, x, false)
	kept, err := h.Get(t.Context(), x.ID)
	if err != nil {
		t.Fatal(err)
	}
	got := kept.Whole()
	hop := got.Hops[0]
	if got.Status() != 422 || got.Failure.Phase != request.PhaseRead || hop.Conn.TLS.Version != tls.VersionTLS13 || hop.Timing != x.Hops[0].Timing ||
		hop.Followed.Status != 302 || hop.Conn.Tried[0].Err == nil || string(hop.Response.Body.Head(99)) != `{"error":"no"}` {
		t.Errorf("%+v", got)
	}
	if body := string(hop.Sent.Body.Head(999)); body != `{"t":"‹secret:environment local.token›","pin":"‹secret:pin›"}` {
		t.Errorf("sent %s", body)
	}
	all := fmt.Sprintf("%+v %+v %s %s %s %+v", got, hop, got.Failure.Text, got.Failure.Err, hop.Conn.Tried[0].Err, hop.Followed)
	if strings.Contains(all, "hunter2") {
		t.Error(all)
	}
	if _, err := h.db.ExecContext(t.Context(), `update exchange set hops = '[{"Method":"GET","Status":0}]', cause = 'connect refused'`); err != nil {
		t.Fatal(err)
	}
	if kept, err = h.Get(t.Context(), x.ID); err != nil || kept.Hops[0].Method != "GET" || kept.Whole().Failure.Cause != "refused" {
		t.Errorf("of an older version: %+v, %v", kept, err)
	}
}

func TestASearchReadsTheIndexInItsOrder(t *testing.T) {
	h := opened(t)
	db, err := h.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	q, err := ParseQuery("orders status:5xx", h.now())
	if err != nil {
		t.Fatal(err)
	}
	q.Collection = "/c"
	where, args := q.where()
	rows, err := db.QueryContext(t.Context(), "explain query plan select "+itemColumns+" from exchange where "+where+" and (at, id) < (?, ?) order by at desc, id desc limit 5",
		append(args, 0, "")...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan strings.Builder
	for rows.Next() {
		var a, b, c int
		var detail string
		if err := rows.Scan(&a, &b, &c, &detail); err != nil {
			t.Fatal(err)
		}
		plan.WriteString(detail + "\n")
	}
	if got := plan.String(); !strings.Contains(got, "COVERING INDEX exchange_find") || strings.Contains(got, "TEMP B-TREE") {
		t.Errorf("the plan is %s", got)
	}
}
