package client

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"culprit/request"
)

// TestWhatWasSentIsThereToTheLastByte: of a large body only the beginning is kept; the rest is read again, and given out
// only when it is what went out.
func TestWhatWasSentIsThereToTheLastByte(t *testing.T) {
	var got []byte
	s := newWitness(t, func(w http.ResponseWriter, r *http.Request) {
		got, _ = io.ReadAll(r.Body)
	})
	dir := t.TempDir()
	name := filepath.Join(dir, "large.bin")
	large := bytes.Repeat([]byte("0123456789abcdef\r\n"), 200_000)
	if err := os.WriteFile(name, large, 0o600); err != nil {
		t.Fatal(err)
	}
	e := engine(t, Config{})
	for _, b := range []request.Body{
		{Kind: request.FileBody, Path: name},
		{Kind: request.MultipartBody, Parts: []request.Part{{Name: "file", Path: name}}},
		{Kind: request.RawBody, Text: string(large)},
		{Kind: request.RawBody, Text: "small"},
	} {
		x, err := e.Do(t.Context(), request.Request{Method: "POST", URL: s.url + "/", Body: b}, nil)
		if err != nil {
			t.Fatal(err)
		}
		all, err := x.Hops[0].Sent.Whole(t.Context())
		if err != nil {
			t.Fatalf("%s: %v", b.Kind, err)
		}
		if held, err := io.ReadAll(all.Reader()); err != nil || !bytes.Equal(held, got) {
			t.Errorf("%s: %d bytes, the server got %d, %v", b.Kind, len(held), len(got), err)
		}
		if n := x.Hops[0].Sent.Body.Size(); n > 1<<20 {
			t.Errorf("%s: %d bytes are held in memory", b.Kind, n)
		}
		if b.Kind == request.FileBody {
			large[len(large)-3] = 'X' // the file says something else now, at its end
			if err := os.WriteFile(name, large, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := x.Hops[0].Sent.Whole(t.Context()); !errors.Is(err, request.ErrNotAgain) {
				t.Errorf("another file: %v", err)
			}
		}
		all.Close()
		x.Close()
	}
}
