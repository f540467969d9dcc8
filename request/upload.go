package request

import (
	"errors"
	"hash/maphash"
	"io"
	"mime"
	"net/http"
	"sync"
)

// An upload is the body of one request while it goes out: it counts and keeps the first bytes.
type upload struct {
	payload Payload
	hold    bool
	framed  bool            // net/http does not frame it, and we do
	held    <-chan struct{} // done when the hop is over

	mu   sync.Mutex
	head []byte
	size int64
	sum  maphash.Hash // of all that went out
}

// encode prepares the body of r and the header fields that belong to it.
func (e *Engine) encode(r *Request, q *http.Request) (*upload, error) {
	if r.Body.Kind == NoBody {
		if q.ContentLength > 0 && !r.Settings.WithholdBody {
			return nil, refuse("content_length_mismatch", "the header Content-Length announces a body, and there is none")
		}
		if framed(q) { // else what goes out next on its connection is read as the body that it announces
			q.ContentLength = -1
			return &upload{payload: Payload{Open: func() (io.ReadCloser, error) { return http.NoBody, nil }}, framed: true}, nil
		}
		return nil, nil
	}
	if e.Encode == nil {
		return nil, errors.New("this engine has no encoder for bodies")
	}
	p, err := e.Encode(*r)
	if err != nil {
		return nil, err
	}
	if p.Type != "" && (!hasField(q.Header, "Content-Type") || r.Body.Kind == MultipartBody) {
		if !ownBoundary(q.Header, r.Body.Kind) {
			setField(q.Header, "Content-Type", p.Type)
		}
	}
	switch {
	case len(q.TransferEncoding) > 0:
		q.ContentLength = -1
	case !Has(r.Header, "Content-Length"):
		q.ContentLength = p.Size
	}
	if p.Open == nil {
		return nil, nil
	}
	if r.Settings.WithholdBody {
		setField(q.Header, "Expect", "100-continue")
	}
	return &upload{payload: p, hold: r.Settings.WithholdBody, framed: framed(q)}, nil
}

// framed reports whether we frame the body of q.
func framed(q *http.Request) bool {
	return len(q.TransferEncoding) == 1 && q.TransferEncoding[0] == unframed
}

// ownBoundary reports whether a multipart request names a boundary itself. It then goes out as written, though
// it does not fit the body, because that mistake must be seen.
func ownBoundary(h http.Header, kind BodyKind) bool {
	if kind != MultipartBody {
		return false
	}
	for name, values := range h {
		if len(values) == 0 || http.CanonicalHeaderKey(name) != "Content-Type" {
			continue
		}
		if _, params, err := mime.ParseMediaType(values[0]); err == nil && params["boundary"] != "" {
			return true
		}
	}
	return false
}

// attach makes u the body of q. A request that may go out once only gets no GetBody, so that the transport
// cannot repeat it.
func (u *upload) attach(q *http.Request, h *hopTrace) error {
	body, err := u.open()
	if err != nil {
		return err
	}
	q.Body = body
	if u.payload.Size == 0 && q.ContentLength == 0 {
		body.Close()
		q.Body = http.NoBody
	}
	if !h.once {
		q.GetBody = u.open
	}
	return nil
}

// open starts the body from the beginning and forgets what an earlier attempt sent.
func (u *upload) open() (io.ReadCloser, error) {
	if u.hold {
		return &withheld{u.held}, nil
	}
	r, err := u.payload.Open()
	if err != nil {
		return nil, err
	}
	u.mu.Lock()
	u.head, u.size = nil, 0
	u.sum.Reset()
	u.mu.Unlock()
	if u.framed {
		return &chunks{from: &uploading{r, u}}, nil
	}
	return &uploading{r, u}, nil
}

// uploading is one attempt to send an upload.
type uploading struct {
	io.ReadCloser
	to *upload
}

// Read implements io.Reader.
func (r *uploading) Read(p []byte) (int, error) {
	n, err := r.ReadCloser.Read(p)
	if n > 0 {
		r.to.mu.Lock()
		r.to.size += int64(n)
		r.to.sum.Write(p[:n])
		if room := sentLimit - len(r.to.head); room > 0 {
			r.to.head = append(r.to.head, p[:min(n, room)]...)
		}
		r.to.mu.Unlock()
	}
	return n, err
}

// sent notes what of the body went out.
func (h *hopTrace) sent(u *upload, spools string) {
	if _, ok := h.now(); !ok {
		return
	}
	defer h.done()
	u.mu.Lock()
	defer u.mu.Unlock()
	h.hop.Sent.Size = u.size
	h.hop.Sent.Body = NewContent(u.head[:len(u.head):len(u.head)])
	if u.size > int64(len(u.head)) {
		h.hop.Sent.Body.Cut = "only the first 1 MiB is kept"
		h.hop.Sent.source = &source{u.payload.Open, u.sum.Sum64(), u.sum.Seed(), spools}
	}
}

// withheld is a body that never comes: it ends with an error when the hop is over.
type withheld struct{ over <-chan struct{} }

// Read blocks until the hop is over.
func (w *withheld) Read([]byte) (int, error) {
	<-w.over
	return 0, errAsked
}

// Close implements io.Closer.
func (w *withheld) Close() error { return nil }
