package request

import (
	"bytes"
	"net/http"
	"net/textproto"
	"slices"
	"strings"
)

// responseOf turns the header of res into a Response. raw are the bytes as they came, or nil.
func responseOf(res *http.Response, raw []byte) *Response {
	r := &Response{Proto: res.Proto, Status: res.StatusCode, Reason: reason(res.Status)}
	if r.Header = asSent(raw, res); r.Header == nil {
		r.Header = sorted(res.Header)
		if len(res.TransferEncoding) > 0 {
			r.Header = append(r.Header, Field{Name: "Transfer-Encoding", Value: strings.Join(res.TransferEncoding, ", ")})
		}
	}
	return r
}

// reason returns the reason phrase of a status line's rest, "200 OK".
func reason(status string) string {
	_, text, _ := strings.Cut(status, " ")
	return text
}

// sorted turns a header map, which has lost its order, into fields ordered by name.
func sorted(h http.Header) []Field {
	if len(h) == 0 {
		return nil
	}
	out := make([]Field, 0, len(h))
	for name, values := range h {
		for _, v := range values {
			out = append(out, Field{Name: name, Value: v})
		}
	}
	slices.SortStableFunc(out, func(a, b Field) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// asSent reads the fields from the bytes of an HTTP/1 response, so that order, spelling and duplicates are those
// of the server. It returns nil when raw does not hold the whole header or folds lines, which net/http joins.
func asSent(raw []byte, res *http.Response) []Field {
	end := bytes.Index(raw, []byte("\r\n\r\n"))
	for end > 0 && len(raw) > len("HTTP/1.1 1") && string(raw[len("HTTP/1.x"):len("HTTP/1.1 1")]) == " 1" &&
		res.StatusCode != http.StatusSwitchingProtocols { // an interim response comes first
		raw = raw[end+4:]
		end = bytes.Index(raw, []byte("\r\n\r\n"))
	}
	if end < 0 || !bytes.HasPrefix(raw, []byte("HTTP/1.")) {
		return nil
	}
	_, text, _ := strings.Cut(string(raw[:end]), "\n")
	fields := make([]Field, 0, strings.Count(text, "\n")+1)
	for line := range strings.SplitSeq(text, "\n") {
		name, value, found := strings.Cut(strings.TrimSuffix(line, "\r"), ":")
		if line == "" {
			continue
		}
		if !found || name == "" || name[0] == ' ' || name[0] == '\t' {
			return nil
		}
		fields = append(fields, Field{Name: name, Value: textproto.TrimString(value)})
	}
	return fields
}

// heard returns the bytes read so far from a plain connection.
func (h *hopTrace) heard() []byte {
	if _, ok := h.now(); !ok {
		return nil
	}
	defer h.done()
	if h.tap == nil {
		return nil
	}
	return h.tap.peek()
}

// answered notes the response and what it says about the connection.
func (h *hopTrace) answered(r *Response, res *http.Response) {
	if _, ok := h.now(); !ok {
		return
	}
	defer h.done()
	h.hop.Response = r
	if res.ProtoMajor == 2 {
		h.hop.Sent.Proto = res.Proto
	}
	if res.TLS != nil {
		h.hop.Conn.TLS = res.TLS
	}
}
