package request

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// An intake reads the body of a response: it counts what comes over the wire, undoes the content codings and
// stores the result, all within limits. Memory stays below Limits.Memory whatever the server sends.
type intake struct {
	engine *Engine
	hop    *hopTrace
	limits Limits
	raw    bool
}

// read fills in what the body says. It closes the body of res.
func (in *intake) read(res *http.Response, r *Response) *broken {
	w := &wire{r: res.Body, hop: in.hop}
	defer res.Body.Close()
	r.Body = NewContent(nil)
	if res.StatusCode == http.StatusSwitchingProtocols {
		return nil // what follows is another protocol, not a body
	}
	defer func() { r.Wire = w.n }()
	codings, warn := in.codings(res.Header)
	r.Warn = warn
	if len(codings) == 0 {
		cut, err := in.store(r, w, w, res.ContentLength)
		r.Body.Cut = cut
		return w.broken(err, false)
	}
	if len(codings) > codingMax {
		_, err := in.store(r, w, w, -1)
		if b := w.broken(err, false); b != nil {
			return b
		}
		return &broken{fmt.Errorf("%d layers of content coding; at most %d are undone", len(codings), codingMax), true}
	}
	return in.decode(r, w, codings)
}

// decode undoes the codings. When the very first bytes do not decode, the body is kept as it came: a plain
// text labelled gzip can then still be read.
func (in *intake) decode(r *Response, w *wire, codings []string) *broken {
	w.keep = true
	peek := bufio.NewReaderSize(w, 4<<10)
	if _, err := peek.Peek(1); err != nil {
		if err == io.EOF {
			err = nil // no body: nothing to decode
		}
		return w.broken(err, false)
	}
	cut, err := in.undo(r, peek, w, codings)
	if err == nil {
		r.Coding, r.Body.Cut = codings, cut
		return nil
	}
	if r.Body.Size() > 0 || len(w.head) == rawLimit {
		r.Coding = codings
		r.Body.Cut = "the rest does not decode"
		return w.broken(err, true)
	}
	if w.err == nil && !errors.Is(err, errSpool) {
		r.Body.Close()
		r.Body = NewContent(nil)
		rest := io.MultiReader(strings.NewReader(string(w.head)), w)
		w.keep = false
		if _, again := in.store(r, rest, w, -1); again != nil {
			return w.broken(again, true)
		}
	} else {
		r.Body = NewContent(w.head)
	}
	return w.broken(err, true)
}

// undo stores the decoded body.
func (in *intake) undo(r *Response, src io.Reader, w *wire, codings []string) (string, error) {
	if in.engine.Decode == nil {
		return "", errors.New("this engine has no decoders")
	}
	for i := len(codings) - 1; i >= 0; i-- {
		d, err := in.engine.Decode(codings[i], src)
		if err != nil {
			return "", fmt.Errorf("%s: %w", codings[i], err)
		}
		defer d.Close()
		src = d
	}
	cut, err := in.store(r, src, w, -1)
	if err != nil || cut != "" {
		return cut, err
	}
	// What follows a complete stream is not part of it, but the connection can be reused only when it is read.
	_, err = io.CopyN(io.Discard, w, defaultMemoryLimit)
	if err == io.EOF {
		err = nil
	}
	return "", err
}

// codings returns the content codings in the order in which they were applied, and a warning about unknown ones.
func (in *intake) codings(h http.Header) ([]string, string) {
	if in.raw {
		return nil, ""
	}
	var out []string
	for _, line := range h["Content-Encoding"] {
		for c := range strings.SplitSeq(line, ",") {
			switch c = strings.ToLower(strings.TrimSpace(c)); c {
			case "", "identity":
			case "gzip", "deflate", "br", "zstd":
				out = append(out, c)
			case "x-gzip": // RFC 9110 §8.4.1.3
				out = append(out, "gzip")
			default:
				return nil, fmt.Sprintf("the content coding %q is not known; the body is shown as it came", c)
			}
		}
	}
	return out, ""
}

// errSpool marks a body that could not be kept, as opposed to one that could not be read.
var errSpool = errors.New("the body cannot be stored on disk")

// store copies src into r.Body until its end or a limit. size is what was announced, -1 when nothing was.
// The text says why it was cut, "" when it was not.
func (in *intake) store(r *Response, src io.Reader, w *wire, size int64) (cut string, err error) {
	s := &spool{memory: in.limits.Memory, dir: in.engine.SpoolDir}
	s.expect(size)
	most := in.limits.Body
	if size > 0 {
		most = min(most, size)
	}
	defer func() { r.Body = s.content() }()
	media := Get(r.Header, "Content-Type")
	stream := streams(media)
	for {
		room, err := s.room()
		if err != nil {
			return "", fmt.Errorf("%w: %w", errSpool, err)
		}
		room = room[:min(int64(len(room)), in.limits.Body-s.size+1)]
		n, err := src.Read(room)
		over := s.size+int64(n) > in.limits.Body
		if over {
			n = int(in.limits.Body - s.size)
		}
		if failed := s.took(n); failed != nil {
			return "", fmt.Errorf("%w: %w", errSpool, failed)
		}
		switch small := s.size < headSize || stream && s.size <= liveSize; {
		case n > 0 && small && s.file == nil:
			in.hop.trickle(media, s.buf, stream)
		case n > 0:
			in.hop.hush() // the spool may write over what it holds from here on
			if s.size >= headSize && (size < 0 || size > in.limits.Memory) {
				in.hop.head(media, s.size, func() []byte { return s.sofar(most) })
			}
		}
		in.suspect(r, s.size, w.n)
		in.hop.progress(s.size)
		switch {
		case over:
			return "cut off at " + bytesText(in.limits.Body) + " decoded", nil
		case w.n > wireLimit:
			return "cut off at " + bytesText(wireLimit) + " on the wire", nil
		case err == io.EOF:
			return "", nil
		case err != nil:
			return "", err
		}
	}
}

// streams reports whether a media type is one of bodies that go on: server-sent events (WHATWG HTML §9.2) and lines of
// JSON.
func streams(media string) bool {
	switch Essence(media) {
	case "text/event-stream", "application/x-ndjson", "application/ndjson", "application/jsonl", "application/json-seq":
		return true
	}
	return false
}

// suspect warns once about a ratio that no honest body has (R1).
func (in *intake) suspect(r *Response, decoded, wire int64) {
	if r.Warn == "" && decoded > bombFloor && wire > 0 && decoded/wire > bombRatio {
		r.Warn = fmt.Sprintf("more than %d times as large decoded as on the wire: it may be a decompression bomb", bombRatio)
	}
}

func bytesText(n int64) string {
	if n >= 1<<20 && n%(1<<20) == 0 {
		return fmt.Sprintf("%d MiB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}

// A wire reads the body as it comes. It remembers its own error, to tell a cut connection from bytes that do
// not decode, and the first bytes when asked to.
type wire struct {
	r    io.Reader
	hop  *hopTrace
	n    int64
	err  error // other than io.EOF
	keep bool
	head []byte
}

// Read implements io.Reader.
func (w *wire) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	w.n += int64(n)
	if w.keep && len(w.head) < rawLimit {
		w.head = append(w.head, p[:min(n, rawLimit-len(w.head))]...)
	}
	if err != nil && err != io.EOF {
		w.err = err
	}
	return n, err
}

// broken turns an error of the body into what classify wants; nil stays nil.
func (w *wire) broken(err error, decoding bool) *broken {
	switch {
	case w.err != nil:
		return &broken{err: w.err}
	case err != nil:
		return &broken{err: err, decode: decoding && !errors.Is(err, errSpool)}
	}
	return nil
}
