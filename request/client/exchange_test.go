package client

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"culprit/request"
)

func tlsWith(c tls.Certificate) *tls.Config { return &tls.Config{Certificates: []tls.Certificate{c}} }

// TestTheWireIsAsWritten compares the bytes that arrive with the request and with what Sent says.
func TestTheWireIsAsWritten(t *testing.T) {
	got := make(chan string, 1)
	address := raw(t, func(c net.Conn) {
		b := make([]byte, 4096)
		n, _ := c.Read(b)
		got <- string(b[:n])
		io.WriteString(c, "HTTP/1.1 200 Fine\r\nb: 1\r\nA: 2\r\nb:  3 \r\n\r\n")
	})
	x, err := engine(t, Config{}).Do(t.Context(), request.Request{
		Method: "get", URL: "http://u:p@" + address + "/a%2Fb/%7e?q=x y&z=%41#frag",
		Header: []request.Field{{Name: "x-lower", Value: "1"}, {Name: "X-lower", Value: "2"}, {Name: "x-lower", Value: "3"}, {Name: "host", Value: "other.test"}},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := "get /a%2Fb/%7e?q=x y&z=%41 HTTP/1.1\r\nHost: other.test\r\nX-lower: 2\r\nAuthorization: Basic dTpw\r\nx-lower: 1\r\nx-lower: 3\r\n\r\n"
	wire := <-got
	if len(wire) != len(want) || !strings.HasPrefix(wire, want[:strings.Index(want, "X-lower")]) {
		t.Errorf("got %q, want %q", wire, want)
	}
	h := x.Last()
	sent := "get /a%2Fb/%7e?q=x y&z=%41 HTTP/1.1\r\n"
	for _, f := range h.Sent.Header {
		sent += f.Name + ": " + f.Value + "\r\n"
	}
	if sent+"\r\n" != wire || h.Sent.URL != "http://"+address+"/a%2Fb/%7e?q=x y&z=%41" {
		t.Errorf("Sent says %q, %q went out", sent, wire)
	}
	fields := fmt.Sprint(h.Response.Header)
	if fields != "[{b 1 false} {A 2 false} {b 3 false}]" || h.Response.Reason != "Fine" {
		t.Errorf("got %s, %q", fields, h.Response.Reason)
	}
}

func TestEventsAndTimingComeInOrder(t *testing.T) {
	s := newWitness(t, fine)
	var kinds []string
	e := engine(t, Config{Net: request.Net{Lookup: func(context.Context, string) ([]net.IPAddr, error) {
		return []net.IPAddr{{IP: net.IPv4(127, 0, 0, 1)}}, nil
	}}})
	url := strings.Replace(s.url, "127.0.0.1", "api.test", 1)
	x, err := e.Do(t.Context(), request.Request{URL: url}, func(e request.Event) { kinds = append(kinds, string(e.Kind)) })
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(kinds, " "); got != "hop resolved connected wrote first byte header done" {
		t.Errorf("got %s", got)
	}
	m := x.Last().Timing
	steps := []time.Duration{0, m.Start, m.DNSStart, m.DNSDone, m.ConnectStart, m.ConnectDone, m.Wrote, m.FirstByte, m.Done, x.Took}
	for i := 1; i < len(steps); i++ {
		if steps[i] <= steps[i-1] {
			t.Errorf("step %d: %v", i, steps)
		}
	}
	if c := x.Last().Conn; fmt.Sprint(c.Resolved) != "[127.0.0.1]" || len(c.Tried) != 1 || c.Remote == "" || c.Reused || c.ProxyWhy == "" {
		t.Errorf("got %+v", c)
	}
	if x, _ = e.Do(t.Context(), request.Request{URL: url}, nil); !x.Last().Conn.Reused {
		t.Error("the connection was not kept")
	}
	if x, _ = e.Do(t.Context(), request.Request{URL: url, Settings: request.Settings{Fresh: true}}, nil); x.Last().Conn.Reused {
		t.Error("a fresh one was wanted")
	}
}

func TestCancelEndsTheWait(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	events := 0
	x, err := engine(t, Config{}).Do(ctx, request.Request{URL: "http://" + raw(t, silent)}, func(e request.Event) {
		events++
		if e.Kind == request.Wrote {
			cancel() // the server never answers: that Do returns shows that it listens
		}
	})
	after := events
	if !errors.Is(err, context.Canceled) || x.Failure.Cause != "cancelled" || x.Failure.Phase != request.PhaseWait {
		t.Errorf("got %+v", x.Failure)
	}
	if runtime.Gosched(); events != after {
		t.Error("an event came late")
	}
}

// TestMemoryStaysBounded receives a gzip bomb of 1 GiB, and one that is not cut, and looks at the heap.
func TestMemoryStaysBounded(t *testing.T) {
	var one bytes.Buffer // 16 MiB of zeros; a gzip file may have many members
	w, _ := gzip.NewWriterLevel(&one, gzip.BestCompression)
	w.Write(make([]byte, 16<<20))
	w.Close()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		for range 64 {
			if _, err := w.Write(one.Bytes()); err != nil {
				return
			}
		}
	}))
	defer s.Close()
	dir := t.TempDir()
	e := engine(t, Config{SpoolDir: dir})
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	x, err := e.Do(t.Context(), request.Request{URL: s.URL, Settings: request.Settings{Limits: request.Limits{Body: 24 << 20}}}, nil)
	runtime.ReadMemStats(&after)
	if err != nil {
		t.Fatal(err)
	}
	r := x.Response()
	if r.Body.Size() != 24<<20 || r.Body.Cut != "cut off at 24 MiB decoded" || r.Warn == "" || r.Wire > 1<<20 {
		t.Errorf("got %d bytes, %q, %q, %d on the wire", r.Body.Size(), r.Body.Cut, r.Warn, r.Wire)
	}
	if grown := int64(after.TotalAlloc - before.TotalAlloc); grown > 8<<20 {
		t.Errorf("%d bytes were allocated", grown)
	}
	if files, _ := os.ReadDir(dir); len(files) != 0 && runtime.GOOS != "windows" {
		t.Errorf("the spool file has a name: %v", files)
	}
	b, err := r.Body.Bytes()
	if err != nil || int64(len(b)) != r.Body.Size() || !bytes.Equal(b[len(b)-4:], make([]byte, 4)) || len(r.Body.Head(10)) != 10 {
		t.Errorf("got %d bytes, %v", len(b), err)
	}
	x.Close()
	if again, err := r.Body.Bytes(); err != nil || len(again) != len(b) {
		t.Error("the view is gone")
	}
}

func TestTheNextAddressIsTried(t *testing.T) {
	s := newWitness(t, fine)
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(s.url, "http://"))
	e := engine(t, Config{Net: request.Net{
		Lookup: func(context.Context, string) ([]net.IPAddr, error) {
			return []net.IPAddr{{IP: net.IPv6loopback}, {IP: net.IPv4(127, 0, 0, 2)}, {IP: net.IPv4(127, 0, 0, 1)}}, nil
		},
		Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
			switch {
			case strings.HasPrefix(address, "[::1]"): // refused, as where a server listens on IPv4 only
				return (&net.Dialer{}).DialContext(ctx, network, closed(t))
			case strings.HasPrefix(address, "127.0.0.2"): // a black hole
				<-ctx.Done()
				return nil, ctx.Err()
			}
			return (&net.Dialer{}).DialContext(ctx, network, address)
		},
	}})
	x, err := e.Do(t.Context(), request.Request{URL: "http://api.test:" + port}, nil)
	if err != nil {
		t.Fatal(err)
	}
	c := x.Last().Conn
	if len(c.Tried) != 3 || c.Tried[0].Err == nil || c.Tried[1].Err == nil || c.Tried[2].Err != nil || c.Remote != "127.0.0.1:"+port {
		t.Errorf("got %+v", c)
	}
}

func TestFreshSendsExactlyOnce(t *testing.T) {
	var seen atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/die" {
			seen.Add(1)
			panic(http.ErrAbortHandler)
		}
	}))
	defer s.Close()
	e := engine(t, Config{})
	for _, w := range []struct {
		name string
		r    request.Request
	}{
		{"fresh", request.Request{Settings: request.Settings{Fresh: true}}},
		{"idempotency key", request.Request{Method: "POST", Header: []request.Field{{Name: "Idempotency-Key", Value: "1"}}}},
	} {
		seen.Store(0)
		warm := w.r
		warm.URL = s.URL + "/"
		e.Do(t.Context(), warm, nil) // leaves a connection to reuse
		w.r.URL = s.URL + "/die"
		x, err := e.Do(t.Context(), w.r, nil)
		if err == nil || seen.Load() != 1 {
			t.Errorf("%s: sent %d times, %v", w.name, seen.Load(), x.Failure)
		}
	}
}

func TestBodyIsWithheld(t *testing.T) {
	refuses := raw(t, answer("HTTP/1.1 401 Unauthorized\r\nContent-Length: 3\r\n\r\nno!"))
	asks := raw(t, answer("HTTP/1.1 100 Continue\r\n\r\n"))
	r := request.Request{
		Method: "POST", Body: request.Body{Kind: request.RawBody, Text: "payload"}, Settings: request.Settings{WithholdBody: true},
	}
	e := engine(t, Config{})
	r.URL = "http://" + refuses
	x, err := e.Do(t.Context(), r, nil)
	if err != nil || x.Status() != 401 || text(t, x) != "no!" || x.Last().Sent.Size != 0 ||
		request.Get(x.Last().Sent.Header, "Content-Length") != "7" || request.Get(x.Last().Sent.Header, "Expect") != "100-continue" {
		t.Errorf("got %+v, %v", x.Last(), err)
	}
	r.URL = "http://" + asks
	x, err = e.Do(t.Context(), r, nil)
	h := x.Last()
	if err == nil || x.Failure.Phase != request.PhaseWait || x.Failure.Cause != "" || len(h.Informed) != 1 || h.Informed[0].Status != 100 || h.Sent.Size != 0 {
		t.Errorf("got %+v, %v", h, err)
	}
}

func TestProtocols(t *testing.T) {
	ca := newAuthority(t)
	both := "https://" + secure(t, tlsWith(ca.leaf(t, nil)))
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "ok "+r.Proto) }))
	s.Config.Protocols = new(http.Protocols)
	s.Config.Protocols.SetUnencryptedHTTP2(true)
	s.Config.Protocols.SetHTTP1(true)
	s.Start()
	defer s.Close()
	e := engine(t, Config{})
	for _, w := range []struct{ url, version, want string }{
		{both, "", "HTTP/2.0"}, {both, "1.1", "HTTP/1.1"}, {both, "2", "HTTP/2.0"}, {both, "2-prior-knowledge", "HTTP/2.0"},
		{s.URL, "", "HTTP/1.1"}, {s.URL, "2", "HTTP/1.1"}, {s.URL, "2-prior-knowledge", "HTTP/2.0"},
	} {
		x, err := e.Do(t.Context(), request.Request{URL: w.url, Settings: request.Settings{HTTPVersion: w.version, TLS: request.TLS{CAFile: ca.file}}}, nil)
		if err != nil {
			t.Errorf("%s %q: %v", w.url, w.version, err)
			continue
		}
		h := x.Last()
		if h.Response.Proto != w.want || h.Sent.Proto != w.want || text(t, x) != "ok "+w.want {
			t.Errorf("%s %q: got %s, sent %s", w.url, w.version, h.Response.Proto, h.Sent.Proto)
		}
		if (w.want == "HTTP/2.0") != request.Has(h.Sent.Header, ":authority") {
			t.Errorf("%q: sent %v", w.version, h.Sent.Header)
		}
		if w.url == both && (h.Conn.TLS == nil || h.Conn.TLS.Version != tls.VersionTLS13 || len(h.Conn.TLS.PeerCertificates) != 1) {
			t.Errorf("%q: got %+v", w.version, h.Conn)
		}
	}
}

func TestInterimResponsesAndTrailers(t *testing.T) {
	address := raw(t, answer("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n"))
	x, err := engine(t, Config{}).Do(t.Context(), request.Request{URL: "http://" + address}, nil)
	if err != nil {
		t.Fatal(err)
	}
	h := x.Last()
	if len(h.Informed) != 1 || request.Get(h.Informed[0].Header, "Link") != "</a>" || request.Get(h.Response.Trailer, "X-Sum") != "1" ||
		fmt.Sprint(h.Response.Header) != "[{Transfer-Encoding chunked false}]" || text(t, x) != "ok" {
		t.Errorf("got %+v %+v", h.Informed, h.Response)
	}
}

func TestEverythingKnownIsKeptOnFailure(t *testing.T) {
	for _, w := range []struct{ name, wire, body string }{
		{"cut off", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "abc"},
		{"no HTTP", "SSH-2.0-x\r\n", ""},
		{"wrong coding", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\ntext", "text"},
	} {
		x, err := engine(t, Config{}).Do(t.Context(), request.Request{URL: "http://" + raw(t, answer(w.wire))}, nil)
		if err == nil || text(t, x) != w.body {
			t.Errorf("%s: got %q, %v", w.name, text(t, x), err)
		}
	}
}
