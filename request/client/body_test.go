package client

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"culprit/request"
)

func TestCodingsAreUndone(t *testing.T) {
	var zipped, both bytes.Buffer
	w := gzip.NewWriter(&zipped)
	io.WriteString(w, "hello")
	w.Close()
	b := brotli.NewWriter(&both)
	b.Write(zipped.Bytes())
	b.Close()
	s := newWitness(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", r.URL.Query().Get("c"))
		switch r.URL.Path {
		case "/gzip":
			w.Write(zipped.Bytes())
		case "/both":
			w.Write(both.Bytes())
		case "/none":
			w.WriteHeader(204)
		}
	})
	e := engine(t, Config{})
	for _, w := range []struct {
		method, path, want, coding string
		raw, warn                  bool
	}{
		{"GET", "/gzip?c=gzip", "hello", "[gzip]", false, false},
		{"GET", "/gzip?c=X-GZIP", "hello", "[gzip]", false, false},
		{"GET", "/both?c=gzip,br", "hello", "[gzip br]", false, false},
		{"GET", "/gzip?c=gzip", zipped.String(), "[]", true, false},
		{"GET", "/gzip?c=identity", zipped.String(), "[]", false, false},
		{"GET", "/gzip?c=rot13", zipped.String(), "[]", false, true},
		{"GET", "/none?c=gzip", "", "[]", false, false},
		{"HEAD", "/gzip?c=gzip", "", "[]", false, false},
	} {
		x, err := e.Do(t.Context(), request.Request{Method: w.method, URL: s.url + w.path, Settings: request.Settings{Raw: w.raw}}, nil)
		if err != nil {
			t.Errorf("%s: %v", w.path, err)
			continue
		}
		r := x.Response()
		if text(t, x) != w.want || fmt.Sprint(r.Coding) != w.coding || (r.Warn != "") != w.warn {
			t.Errorf("%s %s: got %q %v %q", w.method, w.path, text(t, x), r.Coding, r.Warn)
		}
		if w.coding == "[gzip]" && r.Wire != int64(zipped.Len()) {
			t.Errorf("%s: %d bytes on the wire", w.path, r.Wire)
		}
	}
}

func TestBodiesArrive(t *testing.T) {
	dir := t.TempDir()
	big := bytes.Repeat([]byte("0123456789abcdef"), 200_000)
	if err := os.WriteFile(filepath.Join(dir, "big"), big, 0o600); err != nil {
		t.Fatal(err)
	}
	s := newWitness(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%s %d %v", r.Header.Get("Content-Type"), r.ContentLength, r.TransferEncoding)
	})
	header := func(name, value string) []request.Field { return []request.Field{{Name: name, Value: value}} }
	parts := request.Body{Kind: request.MultipartBody, Parts: []request.Part{{Name: "f", Path: "big"}}}
	e := engine(t, Config{})
	for _, w := range []struct {
		name   string
		body   request.Body
		header []request.Field
		want   string // prefix
		size   int64
	}{
		{"file", request.Body{Kind: request.FileBody, Path: "big", Type: "image/png"}, nil, "image/png 3200000 []", int64(len(big))},
		{"own type", request.Body{Kind: request.RawBody, Text: "x", Type: "text/plain"}, header("content-type", "text/mine"), "text/mine 1 []", 1},
		{"chunked", request.Body{Kind: request.RawBody, Text: "xyz"}, header("Transfer-Encoding", "chunked"), " -1 [chunked]", 3},
		{"empty", request.Body{Kind: request.RawBody}, nil, " 0 []", 0},
		{"multipart", parts, header("Content-Type", "text/plain"), "text/plain; boundary=", -1},
		{"multipart, own boundary", parts, header("Content-Type", "multipart/form-data; boundary=wrong"), "multipart/form-data; boundary=wrong 3200", -1},
		{"multipart, no boundary", parts, header("Content-Type", "multipart/mixed"), "multipart/mixed; boundary=", -1},
	} {
		x, err := e.Do(t.Context(), request.Request{Method: "POST", URL: s.url, Body: w.body, Header: w.header, Dir: dir, Confine: true}, nil)
		if err != nil {
			t.Errorf("%s: %v", w.name, err)
			continue
		}
		sent := x.Last().Sent
		if !strings.HasPrefix(text(t, x), w.want) || w.size >= 0 && sent.Size != w.size || sent.Body.Size() > 1<<20 || (sent.Body.Cut != "") != (sent.Size > 1<<20) {
			t.Errorf("%s: got %q, sent %d, kept %d, %q", w.name, text(t, x), sent.Size, sent.Body.Size(), sent.Body.Cut)
		}
	}
}

func TestTheBeginningOfALargeBodyIsTold(t *testing.T) {
	large := strings.Repeat("0123456789abcdef", 1<<17) // 2 MiB
	s := newWitness(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/x-test")
		if r.URL.Path == "/announced" {
			w.Header().Set("Content-Length", fmt.Sprint(len(large)))
		}
		io.WriteString(w, large)
	})
	e := engine(t, Config{})
	for _, path := range []string{"/large", "/announced"} {
		var heads []request.Event
		x, err := e.Do(t.Context(), request.Request{URL: s.url + path}, func(ev request.Event) {
			if ev.Kind == request.BodyHead {
				heads = append(heads, ev)
			}
		})
		if err != nil || x.Response().Body.Size() != int64(len(large)) {
			t.Fatalf("%s: %v", path, err)
		}
		if len(heads) == 0 {
			t.Errorf("%s: its beginning is not told", path)
		}
		for _, h := range heads {
			if h.Text != "text/x-test" || len(h.Head) == 0 || int64(len(h.Head)) != h.Size || !strings.HasPrefix(large, string(h.Head)) {
				t.Errorf("%s: %q, %d bytes, size %d", path, h.Text, len(h.Head), h.Size)
			}
		}
	}
}

// TestABodyThatTricklesIsToldAsItGrows: the server goes on only when what it wrote was told, so each piece has to be
// told although nothing follows it.
func TestABodyThatTricklesIsToldAsItGrows(t *testing.T) {
	pieces := []string{"data: 1\n\n", "data: 2\n\ndata: 3\n\n", "data: 4\n\n"}
	for _, media := range []string{"text/event-stream; charset=utf-8", "application/json", "application/x-ndjson"} {
		told := make(chan string, 64)
		s := newWitness(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", media)
			want := ""
			for _, p := range pieces {
				want += p
				io.WriteString(w, p)
				http.NewResponseController(w).Flush()
				for got := ""; got != want; {
					select {
					case got = <-told:
					case <-r.Context().Done():
						return
					}
				}
			}
		})
		x, err := engine(t, Config{}).Do(t.Context(), request.Request{URL: s.url}, func(e request.Event) {
			if e.Kind == request.BodyHead {
				if e.Text != media || int64(len(e.Head)) != e.Size {
					t.Errorf("told as %q, size %d of %d", e.Text, e.Size, len(e.Head))
				}
				told <- string(e.Head)
			}
		})
		if err != nil || text(t, x) != strings.Join(pieces, "") {
			t.Errorf("%s: %q, %v", media, text(t, x), err)
		}
	}
}
