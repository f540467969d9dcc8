package lab

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Seen is a request that the shop answered.
type Seen struct {
	At     time.Time
	Method string
	URL    string // path and query
	Header http.Header
	Body   []byte // what was read of it, at most 64 KiB
	Status int
}

// wrote reports whether the request may have changed data.
func (s Seen) wrote() bool {
	switch s.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace:
		return false
	}
	return s.Status < 300
}

const (
	// 4096 requests: more than a run over the whole table of faults sends to one endpoint.
	keepSeen = 4096
	// 64 KiB: a body above it is not looked at by any test.
	keepBody = 64 << 10
)

// A journal is a ring of what was seen.
type journal struct {
	mu   sync.Mutex
	ring []Seen
	next int // where the next one goes, once the ring is full
	out  io.Writer
}

func (j *journal) add(s Seen) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.ring) < keepSeen {
		j.ring = append(j.ring, s)
	} else {
		j.ring[j.next] = s
		j.next = (j.next + 1) % keepSeen
	}
	if j.out != nil && s.wrote() {
		fmt.Fprintf(j.out, "%s %s %q %d\n", s.At.UTC().Format(time.RFC3339), s.Method, s.URL, s.Status)
	}
}

func (j *journal) all(keep func(Seen) bool) []Seen {
	j.mu.Lock()
	defer j.mu.Unlock()
	var out []Seen
	for _, s := range slices.Concat(j.ring[j.next:], j.ring[:j.next]) {
		if keep(s) {
			out = append(out, s)
		}
	}
	return out
}

// record notes every request that h answers, before the client can have the whole answer.
func (j *journal) record(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := &tee{ReadCloser: r.Body}
		r = r.WithContext(r.Context()) // the server looks at the body of its own one to know whether a client waits for a 100
		r.Body = body
		watch := &watcher{ResponseWriter: w}
		watch.note = func() {
			j.add(Seen{time.Now(), r.Method, r.URL.RequestURI(), r.Header.Clone(), body.kept.Bytes(), watch.status})
		}
		h.ServeHTTP(watch, r)
		if watch.status == 0 {
			watch.WriteHeader(http.StatusOK)
		}
	})
}

// A tee keeps the first bytes that are read.
type tee struct {
	io.ReadCloser
	kept bytes.Buffer
}

func (t *tee) Read(p []byte) (int, error) {
	n, err := t.ReadCloser.Read(p)
	t.kept.Write(p[:min(n, keepBody-t.kept.Len())])
	return n, err
}

// A watcher calls note once the status is known.
type watcher struct {
	http.ResponseWriter
	status int
	note   func()
}

func (w *watcher) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
		w.note()
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *watcher) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	return w.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController reach Flush and Hijack.
func (w *watcher) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// quiet swallows what net/http says about handshakes that are meant to go wrong.
func quiet() *log.Logger { return log.New(io.Discard, "", 0) }
