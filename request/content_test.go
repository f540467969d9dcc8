package request

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// fill pours b into a spool in pieces of n bytes.
func fill(t *testing.T, s *spool, b []byte, n int) *Content {
	t.Helper()
	s.expect(-1)
	for len(b) > 0 {
		room, err := s.room()
		if err != nil {
			t.Fatal(err)
		}
		k := copy(room, b[:min(n, len(b))])
		if err := s.took(k); err != nil {
			t.Fatal(err)
		}
		b = b[k:]
	}
	return s.content()
}

func TestContentIsTheSameInMemoryAndOnDisk(t *testing.T) {
	all := make([]byte, 300<<10)
	for i := range all {
		all[i] = byte(i * 7 >> 3)
	}
	for _, memory := range []int64{1, 1000, 64 << 10, 1 << 20} {
		c := fill(t, &spool{memory: memory, dir: t.TempDir()}, all, 777)
		if c.Size() != int64(len(all)) || (c.file != nil) != (memory < int64(len(all))) {
			t.Fatalf("%d: %d bytes, file %v", memory, c.Size(), c.file)
		}
		read, err := io.ReadAll(c.Reader())
		if err != nil || !bytes.Equal(read, all) || !bytes.Equal(c.Head(1000), all[:1000]) {
			t.Errorf("%d: read %d bytes, %v", memory, len(read), err)
		}
		b, err := c.Bytes()
		if err != nil || !bytes.Equal(b, all) {
			t.Errorf("%d: %d bytes, %v", memory, len(b), err)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		if again, err := c.Bytes(); err != nil || !bytes.Equal(again, all) || !bytes.Equal(c.Head(9), all[:9]) {
			t.Errorf("%d: after Close %d bytes, %v", memory, len(again), err)
		}
	}
	c := fill(t, &spool{memory: 1, dir: t.TempDir()}, all, 777)
	c.Close()
	if _, err := c.Bytes(); !errors.Is(err, os.ErrClosed) {
		t.Errorf("got %v", err)
	}
	if _, err := c.Reader().Read(make([]byte, 1)); !errors.Is(err, os.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

func TestConfinedFiles(t *testing.T) {
	outside, dir := t.TempDir(), t.TempDir()
	write := func(path string) string {
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	secret := write(filepath.Join(outside, "secret"))
	mine := write(filepath.Join(dir, "mine"))
	if err := os.Symlink(secret, filepath.Join(dir, "link")); err != nil {
		if runtime.GOOS != "windows" { // there it needs a privilege
			t.Fatal(err)
		}
		t.Skip("no symbolic links here:", err)
	}
	for _, w := range []struct {
		path    string
		confine bool
		ok      bool
	}{
		{"mine", true, true}, {mine, true, true}, {"./a/../mine", true, true},
		{secret, true, false}, {"link", true, false}, {"../" + filepath.Base(outside) + "/secret", true, false}, {".", true, false},
		{secret, false, true}, {"link", false, true}, {"mine", false, true}, {"none", true, false},
	} {
		f, err := Request{Dir: dir, Confine: w.confine}.OpenFile(w.path)
		if (err == nil) != w.ok {
			t.Errorf("%s, confine %v: %v", w.path, w.confine, err)
		}
		if err == nil {
			f.Close()
		} else if outsider := w.path == secret || w.path == "link"; outsider && !errors.Is(err, ErrOutside) {
			t.Errorf("%s: got %v", w.path, err)
		}
	}
}

func FuzzAsSent(f *testing.F) {
	f.Add("HTTP/1.1 103 x\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\nb:c\r\n d\r\n\r\nbody")
	f.Add("HTTP/1.1 1")
	f.Add("\r\n\r\n")
	f.Fuzz(func(t *testing.T, raw string) {
		for _, field := range asSent([]byte(raw), &http.Response{StatusCode: 200}) {
			if field.Name == "" || bytes.ContainsAny([]byte(field.Name+field.Value), "\n") {
				t.Errorf("%q gives %+v", raw, field)
			}
		}
	})
}

// What a body has so far is seen while it grows, and is not read twice when it is whole.
func TestASpoolShowsWhatItHasSoFar(t *testing.T) {
	all := make([]byte, 300<<10)
	for i := range all {
		all[i] = byte(i * 7 >> 3)
	}
	s := &spool{memory: 100 << 10, dir: t.TempDir()}
	s.expect(-1)
	var views [][]byte
	for rest := all; len(rest) > 0; {
		room, err := s.room()
		if err != nil {
			t.Fatal(err)
		}
		k := copy(room, rest[:min(20<<10, len(rest))])
		rest = rest[k:]
		if err := s.took(k); err != nil {
			t.Fatal(err)
		}
		if b := s.sofar(1 << 20); len(b) > 0 {
			views = append(views, b)
		}
	}
	size := s.size
	c := s.content()
	defer c.Close()
	for i, b := range views {
		if !bytes.Equal(b, all[:len(b)]) || i > 0 && len(b) < len(views[i-1]) {
			t.Errorf("view %d of %d bytes is another text", i, len(b))
		}
	}
	if last := int64(len(views[len(views)-1])); runtime.GOOS == "linux" && (last != size || c.view == nil) {
		t.Errorf("%d bytes of %d were seen", last, size)
	}
	if b, err := c.Bytes(); err != nil || !bytes.Equal(b, all) {
		t.Errorf("%d bytes, %v", len(b), err)
	}
}
