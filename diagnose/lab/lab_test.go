package lab

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"culprit/request"
)

func TestHealthyPass(t *testing.T) {
	t.Parallel()
	l := start(t)
	seen := map[string]bool{}
	for _, c := range Healthy() {
		if seen[c.ID] {
			t.Errorf("%s: twice in the table", c.ID)
		}
		seen[c.ID] = true
		t.Run(c.ID, func(t *testing.T) {
			for range 2 { // healthy once is healthy again
				if g := send(t.Context(), c.Request(l)); !g.passes() {
					t.Errorf("%s: %v", c.Title, g)
				}
			}
		})
	}
	t.Logf("%d healthy requests", len(seen))
}

// TestMistakesChangeTheOrder guards against a replacement that finds nothing to replace.
func TestMistakesChangeTheOrder(t *testing.T) {
	for _, m := range mistakes() {
		for i := 0; i < len(m.swap); i += 2 {
			if n := strings.Count(fullOrder, m.swap[i]); n != 1 {
				t.Errorf("%s: %q is %d times in the order, want once", m.id, m.swap[i], n)
			}
		}
	}
}

var telltale = regexp.MustCompile(`(?i)\b(culprit|faults?|lab|demo|test)\b`)

// TestNothingGivesTheLabAway: no header and no body of a response names a fault, or the lab.
func TestNothingGivesTheLabAway(t *testing.T) {
	t.Parallel()
	l := start(t)
	for _, f := range Faults() {
		g := send(t.Context(), f.Request(l))
		var all strings.Builder
		g.header.Write(&all)
		all.Write(g.body)
		if word := telltale.FindString(all.String()); word != "" {
			t.Errorf("%s: the response says %q: %s", f.ID, word, all.String())
		}
	}
}

func TestWritesAreCounted(t *testing.T) {
	var log bytes.Buffer
	l, err := Start(t.Context(), Options{Dir: t.TempDir(), Writes: &log})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []func(*Lab) request.Request{
		get("/v1/orders"), post("/v1/orders", fullOrder), post("/v1/orders", swap(fullOrder, `"web"`, `"fax"`)), to("HEAD", "/v1/orders", ""),
	} {
		send(t.Context(), r(l))
	}
	seen, writes := l.Seen(), l.Writes()
	if len(seen) != 4 || len(writes) != 1 || l.Orders() != 1 {
		t.Fatalf("seen %d, writes %d, orders %d; want 4, 1, 1", len(seen), len(writes), l.Orders())
	}
	if w := writes[0]; w.Method != "POST" || w.URL != "/v1/orders" || w.Status != 201 || string(w.Body) != fullOrder {
		t.Errorf("the write was noted as %s %s %d with %d bytes", w.Method, w.URL, w.Status, len(w.Body))
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(log.String(), "\n"); n != 1 {
		t.Errorf("the writer got %d lines, want 1: %s", n, log.String())
	}
}

// TestCanarySees: it notes what reaches it, and tells credentials from other requests.
func TestCanarySees(t *testing.T) {
	l := start(t)
	send(t.Context(), get("/v1/partners", follow)(l))
	if n := len(l.Canary.Requests()); n != 1 || len(l.Canary.Leaks()) != 0 {
		t.Fatalf("%d requests, %d leaks; want 1 and none", n, len(l.Canary.Leaks()))
	}
	send(t.Context(), get("/", func(l *Lab, r *request.Request) { r.URL = l.Canary.URL })(l))
	if len(l.Canary.Leaks()) != 1 {
		t.Error("a token reached the canary and it did not say so")
	}
}

func TestFlakyFailsThreeInTen(t *testing.T) {
	t.Parallel()
	l := start(t)
	var failed, streak []int
	for i := range 60 {
		if g := send(t.Context(), get("/v1/warehouse/levels")(l)); !g.passes() {
			failed = append(failed, i)
		}
	}
	for i := range 60 {
		if unlucky(i) {
			streak = append(streak, i)
		}
	}
	if len(failed) < 10 || len(failed) > 26 || failed[0] != 0 {
		t.Errorf("failed at %v", failed)
	}
	if !slices.Equal(failed, streak) {
		t.Errorf("failed at %v, want the same in every run: %v", failed, streak)
	}
}

// TestRateLimitEnds: after the time that Retry-After names, the request passes.
func TestRateLimitEnds(t *testing.T) {
	l := start(t)
	l.shop.mu.Lock()
	l.shop.spent["daily"] = []time.Time{time.Now().Add(-reportWindow)}
	l.shop.mu.Unlock()
	daily := get("/v1/reports/daily")
	if g := send(t.Context(), daily(l)); !g.passes() {
		t.Fatalf("after the window: %v", g)
	}
	g := send(t.Context(), daily(l))
	if g.status != http.StatusTooManyRequests || g.header.Get("Retry-After") == "" || g.header.Get("RateLimit") == "" {
		t.Errorf("the second one: %v %v", g, g.header)
	}
}

// TestArchiveIsABomb: a small body that decodes to a gigabyte. Only its beginning is read here.
func TestArchiveIsABomb(t *testing.T) {
	l := start(t)
	r := get("/v1/exports/archive", header("Accept", "*/*"), header("Accept-Encoding", "gzip"))(l)
	hr, err := write(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := (&http.Transport{DisableCompression: true, DisableKeepAlives: true}).RoundTrip(hr)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	wire := &counter{r: resp.Body}
	z, err := gzip.NewReader(wire)
	if err != nil {
		t.Fatal(err)
	}
	const some = 8 << 20
	if _, err := io.CopyN(io.Discard, z, some); err != nil {
		t.Fatal(err)
	}
	if ratio := some / wire.n; ratio < 100 {
		t.Errorf("it is packed %d to one only", ratio)
	}
}

type counter struct {
	r io.Reader
	n int
}

func (c *counter) Read(p []byte) (int, error) { n, err := c.r.Read(p); c.n += n; return n, err }

func TestFullPortDoesNotConnect(t *testing.T) {
	l := start(t)
	if l.Full == "" {
		t.Skip("this system has no port that stays silent")
	}
	c, err := net.DialTimeout("tcp", l.Full, 100*time.Millisecond)
	if err == nil {
		c.Close()
		t.Fatal("it connected")
	}
	var timeout net.Error
	if !errors.As(err, &timeout) || !timeout.Timeout() {
		t.Errorf("got %v, want a timeout", err)
	}
}

// TestCloseLeavesNothing: the temporary folder is gone and no port answers, however often it is closed.
func TestCloseLeavesNothing(t *testing.T) {
	l, err := Start(t.Context(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(l.CAFile); err != nil {
		t.Error(err)
	}
	c, err := net.Dial("tcp", l.Silent) // a client that never goes
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for range 2 {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(l.CAFile); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder is still there: %v", err)
	}
	if g := send(t.Context(), get("/v1/me")(l)); g.err == nil {
		t.Error("the shop still answers")
	}
}

func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		l, err := Start(b.Context(), Options{Dir: b.TempDir()})
		if err != nil {
			b.Fatal(err)
		}
		l.Close()
	}
}
