package body

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"culprit/request"
)

func read(t *testing.T, p request.Payload) string {
	t.Helper()
	r, err := p.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if p.Size != int64(len(b)) {
		t.Errorf("announced %d bytes, got %d", p.Size, len(b))
	}
	return string(b)
}

func TestEncode(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "f.json"), []byte(`{"a":1}`), 0o600); err != nil {
		t.Fatal(err)
	}
	fields := []request.Field{{Name: "b", Value: "1 2"}, {Name: "a", Value: "ü&="}, {Name: "b", Value: ""}}
	for _, w := range []struct {
		body            request.Body
		want, mediaType string
	}{
		{request.Body{Kind: request.RawBody, Text: "\x00\xff", Type: "application/json"}, "\x00\xff", "application/json"},
		{request.Body{Kind: request.FormBody, Fields: fields}, "b=1+2&a=%C3%BC%26%3D&b=", "application/x-www-form-urlencoded"},
		{request.Body{Kind: request.FileBody, Path: "f.json"}, `{"a":1}`, ""},
	} {
		p, err := Encode(request.Request{Body: w.body, Dir: dir, Confine: true})
		if err != nil {
			t.Fatal(err)
		}
		if got := read(t, p); got != w.want || p.Type != w.mediaType {
			t.Errorf("%s: got %q of type %q", w.body.Kind, got, p.Type)
		}
	}
	if p, err := Encode(request.Request{}); err != nil || p.Open != nil || p.Size != 0 {
		t.Errorf("got %+v, %v", p, err)
	}
	for _, bad := range []request.Body{{Kind: "odd"}, {Kind: request.FileBody, Path: "none"}, {Kind: request.FileBody, Path: "/etc/hosts"}} {
		if _, err := Encode(request.Request{Body: bad, Dir: dir, Confine: true}); err == nil {
			t.Errorf("%+v: no error", bad)
		}
	}
}

func TestMultipartIsStreamedAndReadable(t *testing.T) {
	dir := t.TempDir()
	big := bytes.Repeat([]byte("0123456789"), 20_000)
	if err := os.WriteFile(filepath.Join(dir, "big.png"), big, 0o600); err != nil {
		t.Fatal(err)
	}
	r := request.Request{Dir: dir, Confine: true, Body: request.Body{Kind: request.MultipartBody, Parts: []request.Part{
		{Name: "text", Value: "hello"}, {Name: "json", Value: "{}", Type: "application/json"},
		{Name: "file", Path: "big.png"}, {Name: `odd"name`, Path: "big.png", FileName: "a\r\nb.bin"},
	}}}
	p, err := Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	if first, second := read(t, p), read(t, p); first != second {
		t.Error("a second reading differs")
	}
	media, params, err := mime.ParseMediaType(p.Type)
	if err != nil || media != "multipart/form-data" {
		t.Fatalf("got %q, %v", p.Type, err)
	}
	form, err := multipart.NewReader(strings.NewReader(read(t, p)), params["boundary"]).ReadForm(1 << 20)
	if err != nil {
		t.Fatal(err)
	}
	file := form.File["file"][0]
	if form.Value["text"][0] != "hello" || form.Value["json"][0] != "{}" || file.Size != int64(len(big)) ||
		file.Filename != "big.png" || file.Header.Get("Content-Type") != "image/png" || len(form.File[`odd%22name`]) != 1 {
		t.Errorf("got %+v", form)
	}
	r.Body.Parts[2].Path = "../x"
	if _, err := Encode(r); !errors.Is(err, request.ErrOutside) {
		t.Errorf("got %v", err)
	}
}

func TestDecodeUndoesEveryCoding(t *testing.T) {
	text := bytes.Repeat([]byte("some text, "), 5000)
	for _, w := range []struct {
		name, coding string
		make         func(io.Writer) io.WriteCloser
	}{
		{"gzip", "gzip", func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }},
		{"zlib", "deflate", func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }},
		{"raw deflate", "deflate", func(w io.Writer) io.WriteCloser { f, _ := flate.NewWriter(w, 6); return f }},
		{"br", "br", func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) }},
		{"zstd", "zstd", func(w io.Writer) io.WriteCloser { z, _ := zstd.NewWriter(w); return z }},
	} {
		var b bytes.Buffer
		c := w.make(&b)
		c.Write(text)
		c.Close()
		whole := b.Bytes()
		for _, cut := range []int{0, 5} {
			r, err := Decode(w.coding, bytes.NewReader(whole[:len(whole)-cut]))
			if err != nil {
				t.Fatal(w.name, err)
			}
			got, err := io.ReadAll(r)
			r.Close()
			if (err == nil) != (cut == 0) || cut == 0 && !bytes.Equal(got, text) {
				t.Errorf("%s, cut by %d: %d bytes, %v", w.name, cut, len(got), err)
			}
		}
	}
	if _, err := Decode("compress", nil); err == nil {
		t.Error("no error")
	}
}

// TestZstdWindowIsBounded: a frame that wants a window of 64 MiB is refused before memory is taken for it.
func TestZstdWindowIsBounded(t *testing.T) {
	var b bytes.Buffer
	z, err := zstd.NewWriter(&b, zstd.WithWindowSize(64<<20))
	if err != nil {
		t.Fatal(err)
	}
	z.Write([]byte("x"))
	z.Flush()
	z.Close()
	r, err := Decode("zstd", &b)
	if err == nil {
		_, err = io.Copy(io.Discard, r)
		r.Close()
	}
	if err == nil {
		t.Error("the window was accepted")
	}
}

// TestZstdDecodesMoreThanItsWindow: the limit is on the window, not on what is decoded.
func TestZstdDecodesMoreThanItsWindow(t *testing.T) {
	var b bytes.Buffer
	z, err := zstd.NewWriter(&b)
	if err != nil {
		t.Fatal(err)
	}
	chunk := make([]byte, 1<<20)
	for range 40 {
		z.Write(chunk)
	}
	z.Close()
	r, err := Decode("zstd", &b)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if n, err := io.Copy(io.Discard, r); err != nil || n != 40<<20 {
		t.Errorf("got %d bytes, %v", n, err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, c := range []string{"gzip", "deflate", "br", "zstd"} {
		f.Add(c, []byte("\x1f\x8b\x08\x00"))
		f.Add(c, []byte("\x78\x9c\x03\x00\x00\x00\x00\x01"))
	}
	f.Fuzz(func(t *testing.T, coding string, b []byte) {
		r, err := Decode(coding, bytes.NewReader(b))
		if err != nil {
			return
		}
		io.Copy(io.Discard, io.LimitReader(r, 1<<20))
		r.Close()
	})
}
