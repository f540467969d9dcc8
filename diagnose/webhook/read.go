package webhook

import (
	"bytes"
	"errors"
	"strings"
	"time"

	"culprit/request"
	"culprit/request/har"
)

// ErrNoRequest says that a text is no HTTP request.
var ErrNoRequest = errors.New("want an HTTP request as text: a line POST /path HTTP/1.1, header lines, an empty line, the body")

// Text reads a delivery that was stored as the text of an HTTP request (RFC 9112). Everything behind the empty line is
// the body, byte for byte.
func Text(b []byte) (Delivery, error) {
	head, body, ok := bytes.Cut(b, []byte("\r\n\r\n"))
	if h, t, plain := bytes.Cut(b, []byte("\n\n")); plain && (!ok || len(h) < len(head)) {
		head, body, ok = h, t, true
	}
	lines := strings.Split(strings.ReplaceAll(string(head), "\r\n", "\n"), "\n")
	words := strings.Fields(lines[0])
	if !ok || len(words) != 3 || !strings.HasPrefix(words[2], "HTTP/") {
		return Delivery{}, ErrNoRequest
	}
	d := Delivery{Method: words[0], URL: words[1], Body: body}
	for _, l := range lines[1:] {
		name, value, ok := strings.Cut(l, ":")
		if !ok || strings.TrimSpace(name) == "" {
			return Delivery{}, ErrNoRequest
		}
		d.Header = append(d.Header, request.Field{Name: strings.TrimSpace(name), Value: strings.TrimSpace(value)})
	}
	if strings.HasPrefix(d.URL, "/") {
		scheme := request.Get(d.Header, "X-Forwarded-Proto")
		if scheme != "" {
			scheme += ":"
		}
		host := request.Get(d.Header, "X-Forwarded-Host")
		if host == "" {
			host = request.Get(d.Header, "Host")
		}
		d.URL = scheme + "//" + host + d.URL
	}
	return d, nil
}

// Entry reads a delivery from an entry of an HTTP Archive.
func Entry(e har.Entry) Delivery {
	r, _ := e.Sendable()
	d := Delivery{Method: r.Method, URL: r.URL, Header: r.Header, Body: []byte(r.Body.Text)}
	if t, err := time.Parse(time.RFC3339Nano, e.Started); err == nil {
		d.At = t
	}
	if e.Response.Status > 0 {
		d.Answer = &Answer{Status: e.Response.Status, Body: []byte(e.Response.Content.Text)}
		for _, h := range e.Response.Headers {
			d.Answer.Header = append(d.Answer.Header, request.Field{Name: h.Name, Value: h.Value})
		}
		if e.Time > 0 {
			d.Answer.Took = time.Duration(e.Time * float64(time.Millisecond))
		}
	}
	return d
}
