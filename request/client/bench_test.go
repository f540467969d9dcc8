package client

import (
	"crypto/tls"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"testing"

	"culprit/request"
)

func benchServer(b *testing.B) string {
	text := make([]byte, 1024)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write(text) }))
	b.Cleanup(s.Close)
	return s.URL
}

// BenchmarkSequentialSends is the engine on a kept connection.
func BenchmarkSequentialSends(b *testing.B) {
	r := request.Request{URL: benchServer(b) + "/x?y=z"}.WithDefaults("culprit")
	e := engine(b, Config{})
	emit := func(request.Event) {}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.Do(b.Context(), r, emit); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkNetHTTP is net/http with a trace of the same milestones, and the body read whole.
func BenchmarkNetHTTP(b *testing.B) {
	url := benchServer(b) + "/x?y=z"
	t := &http.Transport{DisableCompression: true}
	defer t.CloseIdleConnections()
	trace := &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) {}, GotFirstResponseByte: func() {}, WroteHeaderField: func(string, []string) {},
		WroteRequest: func(httptrace.WroteRequestInfo) {}, TLSHandshakeDone: func(tls.ConnectionState, error) {},
	}
	b.ReportAllocs()
	for b.Loop() {
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
