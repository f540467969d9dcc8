package client

import (
	"crypto/tls"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"slices"
	"testing"
	"time"

	"culprit/request"
)

func benchServer(b *testing.B) string {
	text := make([]byte, 1024)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write(text) }))
	b.Cleanup(s.Close)
	return s.URL
}

// sends returns a function that sends once with the engine.
func sends(b *testing.B, url string) func() {
	r := request.Request{URL: url}.WithDefaults("culprit")
	e := engine(b, Config{})
	emit := func(request.Event) {}
	return func() {
		if _, err := e.Do(b.Context(), r, emit); err != nil {
			b.Fatal(err)
		}
	}
}

// plain returns a function that sends once with net/http and a trace of the same milestones, and reads the body.
func plain(b *testing.B, url string) func() {
	t := &http.Transport{DisableCompression: true}
	b.Cleanup(t.CloseIdleConnections)
	trace := &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) {}, GotFirstResponseByte: func() {}, WroteHeaderField: func(string, []string) {},
		WroteRequest: func(httptrace.WroteRequestInfo) {}, TLSHandshakeDone: func(tls.ConnectionState, error) {},
	}
	return func() {
		q, err := http.NewRequestWithContext(httptrace.WithClientTrace(b.Context(), trace), "GET", url, nil)
		if err != nil {
			b.Fatal(err)
		}
		q.Header.Set("Accept", "*/*")
		q.Header.Set("Accept-Encoding", "gzip, deflate, br, zstd")
		q.Header.Set("User-Agent", "culprit")
		res, err := t.RoundTrip(q)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.ReadAll(res.Body); err != nil {
			b.Fatal(err)
		}
		res.Body.Close()
	}
}

// BenchmarkSequentialSends is the engine on a kept connection.
func BenchmarkSequentialSends(b *testing.B) {
	send := sends(b, benchServer(b)+"/x?y=z")
	b.ReportAllocs()
	for b.Loop() {
		send()
	}
}

// BenchmarkNetHTTP is what it is compared with.
func BenchmarkNetHTTP(b *testing.B) {
	send := plain(b, benchServer(b)+"/x?y=z")
	b.ReportAllocs()
	for b.Loop() {
		send()
	}
}

// BenchmarkAgainstNetHTTP lets the two take turns, so that the ratio means something on a busy machine: it is
// the median time of net/http divided by that of the engine.
func BenchmarkAgainstNetHTTP(b *testing.B) {
	url := benchServer(b) + "/x?y=z"
	both := []func(){sends(b, url), plain(b, url)}
	var took [2][]time.Duration
	for b.Loop() {
		for i, send := range both {
			start := time.Now()
			send()
			took[i] = append(took[i], time.Since(start))
		}
	}
	for i := range took {
		slices.Sort(took[i])
	}
	ours, theirs := took[0][len(took[0])/2], took[1][len(took[1])/2]
	b.ReportMetric(float64(theirs)/float64(ours), "ratio")
	b.ReportMetric(float64(ours.Nanoseconds()), "ours-ns")
	b.ReportMetric(float64(theirs.Nanoseconds()), "theirs-ns")
}
