// Package body turns a request's body into bytes to stream, and undoes the content codings of a response.
//
// It opens files only when the body is sent and never holds a whole one in memory. Limits of size are the
// engine's; the only one here is the window of zstd.
package body

import (
	"cmp"
	"fmt"
	"io"
	"net/url"
	"strings"

	"culprit/request"
)

// Encode prepares the body of r. It looks at the files that the body names (size, readable) and opens them
// anew each time the payload is opened, by r's rules for files. An unknown kind is an error.
func Encode(r request.Request) (request.Payload, error) {
	switch b := r.Body; b.Kind {
	case request.NoBody:
		return request.Payload{}, nil
	case request.RawBody:
		return text(b.Text, b.Type), nil
	case request.FormBody:
		return text(form(b.Fields), cmp.Or(b.Type, "application/x-www-form-urlencoded")), nil
	case request.MultipartBody:
		return multipartOf(r)
	case request.FileBody:
		return file(r)
	default:
		return request.Payload{}, fmt.Errorf("body kind %q is not known", b.Kind)
	}
}

func text(s, mediaType string) request.Payload {
	return request.Payload{
		Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(s)), nil },
		Size: int64(len(s)), Type: mediaType,
	}
}

// form writes fields in their order, as HTML forms do (WHATWG URL §5.2).
func form(fields []request.Field) string {
	var b strings.Builder
	for i, f := range fields {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(url.QueryEscape(f.Name))
		b.WriteByte('=')
		b.WriteString(url.QueryEscape(f.Value))
	}
	return b.String()
}

func file(r request.Request) (request.Payload, error) {
	f, err := r.OpenFile(r.Body.Path)
	if err != nil {
		return request.Payload{}, fmt.Errorf("body file: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return request.Payload{}, fmt.Errorf("body file: %w", err)
	}
	size := int64(-1) // a pipe or device: sent chunked
	switch {
	case info.IsDir():
		return request.Payload{}, fmt.Errorf("body file %s is a folder", r.Body.Path)
	case info.Mode().IsRegular():
		size = info.Size()
	}
	return request.Payload{
		Open: func() (io.ReadCloser, error) { return r.OpenFile(r.Body.Path) },
		Size: size, Type: r.Body.Type,
	}, nil
}
