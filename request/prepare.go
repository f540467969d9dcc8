package request

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/textproto"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/http/httpguts"
)

// unresolved returns the first variable in a text that nobody filled in, "" where there is none.
func unresolved(text string) string {
	if !strings.Contains(text, "{{") {
		return ""
	}
	return regexp.MustCompile(`\{\{[^{}]*\}\}`).FindString(text)
}

// A refused is a request that cannot be written. cause is its id of CAUSES.tsv.
type refused struct {
	cause, text string
	err         error
}

func (e *refused) Error() string { return e.text }
func (e *refused) Unwrap() error { return e.err }

func refuse(cause, format string, args ...any) *refused {
	err := fmt.Errorf(format, args...)
	return &refused{cause, err.Error(), errors.Unwrap(err)}
}

// target parses the URL as written.
func target(raw string) (*url.URL, error) {
	if v := unresolved(raw); v != "" {
		return nil, refuse("unresolved_variable", "the URL still contains %s", v)
	}
	u, err := url.Parse(raw)
	if err != nil {
		var inner *url.Error
		if errors.As(err, &inner) {
			err = inner.Err // url.Error repeats the URL, which may hold a password
		}
		if raw == strings.TrimSpace(raw) && !strings.Contains(raw, "://") && !strings.HasPrefix(raw, ":") &&
			strings.Contains(err.Error(), "first path segment") {
			return nil, refuse("missing_url_scheme", "the URL does not start with http:// or https://: %w", err)
		}
		return nil, refuse("malformed_url", "the URL cannot be read: %w", err)
	}
	switch {
	case u.Scheme != "http" && u.Scheme != "https" && (u.Scheme == "" || strings.Contains(raw, "://") || u.Opaque != ""):
		return nil, refuse("missing_url_scheme", "the URL does not start with http:// or https:// (its scheme is %q)", u.Scheme)
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, refuse("missing_url_scheme", "%q is not a scheme that can be sent", u.Scheme)
	case u.Hostname() == "":
		return nil, refuse("malformed_url", "the URL has no host")
	}
	if p := u.Port(); p != "" {
		if n, err := strconv.Atoi(p); err != nil || n < 1 || n > 65535 {
			return nil, refuse("malformed_url", "the URL's port %s is not between 1 and 65535", p)
		}
	}
	return u, nil
}

// build writes r as a request of net/http, without its body. Names keep their spelling and values their order.
func build(r *Request, u *url.URL) (*http.Request, error) {
	method := cmp.Or(r.Method, http.MethodGet)
	if !httpguts.ValidHeaderFieldName(method) { // both are the token of RFC 9110 §5.6.2
		return nil, refuse("invalid_header_characters", "the method %q has characters that a method cannot have", method)
	}
	q := &http.Request{
		Method: method, URL: u, Host: u.Host, Header: make(http.Header, len(r.Header)+1),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}
	values := make([]string, len(r.Header)) // one allocation for all names
	for i, f := range r.Header {
		values[i] = f.Value
		if err := addField(q, f, values[i:i+1:i+1]); err != nil {
			return nil, err
		}
	}
	if err := code(r, q); err != nil {
		return nil, err
	}
	if _, ok := q.Header["User-Agent"]; !ok {
		q.Header["User-Agent"] = nil // else net/http adds its own
	}
	return q, nil
}

// addField puts one field where net/http takes it from: three of them it refuses to read from the header.
// value holds f.Value and may be kept.
func addField(q *http.Request, f Field, value []string) error {
	if !httpguts.ValidHeaderFieldName(f.Name) {
		return refuse("invalid_header_characters", "the header name %q has characters that a name cannot have", f.Name)
	}
	if !httpguts.ValidHeaderFieldValue(f.Value) {
		return refuse("invalid_header_characters", "the value of header %s has a line break or control character", f.Name)
	}
	switch textproto.CanonicalMIMEHeaderKey(f.Name) {
	case "Host":
		q.Host = cmp.Or(strings.TrimSpace(f.Value), q.Host)
	case "Content-Length":
		n, err := strconv.ParseInt(strings.TrimSpace(f.Value), 10, 64)
		if err != nil || n < 0 {
			return refuse("content_length_mismatch", "the header Content-Length is not a number")
		}
		q.ContentLength = n
	case "Transfer-Encoding":
		q.TransferEncoding = append(q.TransferEncoding, f.Value)
	default:
		if have, ok := q.Header[f.Name]; ok {
			value = append(have, f.Value)
		}
		q.Header[f.Name] = value
	}
	return nil
}

// unframed in a request's TransferEncoding keeps net/http from framing its body and from announcing how it is framed.
const unframed = "identity"

// written is the spelling of the field that net/http leaves alone.
const written = "transfer-encoding"

// code settles how the body of q is framed. Chunked alone is left to net/http. Other codings go out as they are written, the
// body as it is (as curl has it: nothing codes it), framed by us where the last of them is chunked; net/http knows the field
// by one spelling only, and leaves this one alone (written). HTTP/2 has no such field.
func code(r *Request, q *http.Request) error {
	if !coded(r) {
		if len(q.TransferEncoding) > 0 {
			q.TransferEncoding = []string{"chunked"}
		}
		return nil
	}
	if strings.HasPrefix(r.Settings.HTTPVersion, "2") {
		return refuse("invalid_request_header", "HTTP/2 has no Transfer-Encoding (RFC 9113 §8.2.2)")
	}
	codings := q.TransferEncoding
	q.Header[written], q.TransferEncoding = codings, nil
	last := codings[len(codings)-1]
	if i := strings.LastIndexByte(last, ','); strings.EqualFold(strings.TrimSpace(last[i+1:]), "chunked") {
		q.TransferEncoding = []string{unframed}
	}
	return nil
}

// coded reports whether r names a transfer coding of its own, one that is not chunked.
func coded(r *Request) bool {
	n, chunked := 0, 0
	for _, f := range r.Header {
		if strings.EqualFold(f.Name, "Transfer-Encoding") {
			n++
			if strings.EqualFold(strings.TrimSpace(f.Value), "chunked") {
				chunked++
			}
		}
	}
	return n != chunked
}

// setField replaces every field called name, however it is spelled.
func setField(h http.Header, name, value string) {
	for k := range h {
		if strings.EqualFold(k, name) {
			delete(h, k)
		}
	}
	h[name] = []string{value}
}

// hasField reports whether h has a value for name, however it is spelled.
func hasField(h http.Header, name string) bool {
	for k, v := range h {
		if len(v) > 0 && strings.EqualFold(k, name) {
			return true
		}
	}
	return false
}

// portOf returns the port of u, or the default of its scheme.
func portOf(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	if u.Scheme == "https" {
		return "443"
	}
	return "80"
}
