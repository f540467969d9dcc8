package body

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/textproto"
	"os"
	"path/filepath"
	"strings"

	"culprit/request"
)

// A piece is one stretch of a multipart body: bytes, or a file.
type piece struct {
	text []byte
	path string // a file when not ""
	size int64
}

// multipartOf lays the body out: the headers of the parts as bytes, the files by name, so that the length is
// known before anything is sent and files are streamed.
func multipartOf(r request.Request) (request.Payload, error) {
	var text bytes.Buffer
	w := multipart.NewWriter(&text)
	var pieces []piece
	cut := func() {
		pieces = append(pieces, piece{text: bytes.Clone(text.Bytes()), size: int64(text.Len())})
		text.Reset()
	}
	for _, p := range r.Body.Parts {
		part, err := w.CreatePart(headerOf(p))
		if err != nil {
			return request.Payload{}, err
		}
		if p.Path == "" {
			if _, err := io.WriteString(part, p.Value); err != nil {
				return request.Payload{}, err
			}
			continue
		}
		size, err := fileSize(r, p.Path)
		if err != nil {
			return request.Payload{}, fmt.Errorf("multipart part %q: %w", p.Name, err)
		}
		cut()
		pieces = append(pieces, piece{path: p.Path, size: size})
	}
	if err := w.Close(); err != nil {
		return request.Payload{}, err
	}
	cut()
	total := int64(0)
	for _, p := range pieces {
		total += p.size
	}
	return request.Payload{
		Open: func() (io.ReadCloser, error) { return &stream{request: r, left: pieces}, nil },
		Size: total, Type: typeOf(r, w.Boundary()),
	}, nil
}

// typeOf keeps a media type that the request names, multipart/mixed or one that fits no such body, and adds the boundary: curl
// does, and the mistake must be seen.
func typeOf(r request.Request, boundary string) string {
	media := "multipart/form-data"
	for _, wanted := range []string{r.Body.Type, request.Get(r.Header, "Content-Type")} {
		if m, _, err := mime.ParseMediaType(wanted); err == nil && strings.Contains(m, "/") {
			media = m
			break
		}
	}
	return mime.FormatMediaType(media, map[string]string{"boundary": boundary})
}

// headerOf writes the header of a part (RFC 7578 §4.2).
func headerOf(p request.Part) textproto.MIMEHeader {
	h := textproto.MIMEHeader{}
	disposition := `form-data; name="` + quoted(p.Name) + `"`
	mediaType := p.Type
	if name := p.FileName; name != "" || p.Path != "" {
		if name == "" {
			name = filepath.Base(p.Path)
		}
		disposition += `; filename="` + quoted(name) + `"`
		if mediaType == "" {
			if mediaType = mime.TypeByExtension(filepath.Ext(name)); mediaType == "" {
				mediaType = "application/octet-stream"
			}
		}
	}
	h.Set("Content-Disposition", disposition)
	if mediaType != "" {
		h.Set("Content-Type", strings.NewReplacer("\r", "", "\n", "").Replace(mediaType))
	}
	return h
}

// quoted escapes what would end a quoted name, as browsers do (WHATWG HTML, multipart/form-data encoding).
func quoted(s string) string {
	return strings.NewReplacer("\r", "%0D", "\n", "%0A", `"`, "%22").Replace(s)
}

func fileSize(r request.Request, path string) (int64, error) {
	f, err := r.OpenFile(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	if !info.Mode().IsRegular() {
		return 0, fmt.Errorf("%s is not a regular file", path)
	}
	return info.Size(), nil
}

// A stream reads the pieces one after the other and has at most one file open.
type stream struct {
	request request.Request
	left    []piece
	now     io.Reader
	file    *os.File
}

// Read implements io.Reader.
func (s *stream) Read(p []byte) (int, error) {
	for {
		if s.now == nil {
			if len(s.left) == 0 {
				return 0, io.EOF
			}
			if err := s.next(); err != nil {
				return 0, err
			}
		}
		n, err := s.now.Read(p)
		if err == io.EOF {
			s.now = nil
			if closed := s.Close(); closed != nil {
				return n, closed
			}
			err = nil
		}
		if n > 0 || err != nil {
			return n, err
		}
	}
}

func (s *stream) next() error {
	p := s.left[0]
	s.left = s.left[1:]
	if p.path == "" {
		s.now = bytes.NewReader(p.text)
		return nil
	}
	f, err := s.request.OpenFile(p.path)
	if err != nil {
		return err
	}
	s.file, s.now = f, io.LimitReader(f, p.size) // the length is already announced
	return nil
}

// Close implements io.Closer.
func (s *stream) Close() error {
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	s.file = nil
	return err
}
