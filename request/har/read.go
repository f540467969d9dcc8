package har

import (
	"encoding/base64"
	"fmt"
	"mime"
	"slices"
	"strings"

	"culprit/request"
	"culprit/request/vars"
)

// byClient are fields that belong to a connection or a body and are made anew when sending (RFC 9110 §7.6.1);
// names with a colon are HTTP/2's and HTTP/3's pseudo header fields.
var byClient = []string{"content-length", "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "te"}

// Sendable returns the request of an entry, with its credentials known as secrets, and what could not be carried
// over. Redirects are entries of their own, so none is followed.
func (e Entry) Sendable() (request.Request, []string) { return e.Request.request() }

func (q Request) request() (request.Request, []string) {
	r := request.Request{Method: q.Method, URL: q.URL}
	var notes []string
	for _, h := range q.Headers {
		name := strings.ToLower(h.Name)
		switch {
		case name == "host" && sameHost(q.URL, h.Value):
		case strings.HasPrefix(name, ":"), slices.Contains(byClient, name):
		default:
			r.Header = append(r.Header, request.Field{Name: h.Name, Value: h.Value})
		}
	}
	if len(q.Cookies) > 0 && !request.Has(r.Header, "Cookie") {
		pairs := make([]string, len(q.Cookies))
		for i, c := range q.Cookies {
			pairs[i] = c.Name + "=" + c.Value
		}
		r.Header = append(r.Header, request.Field{Name: "Cookie", Value: strings.Join(pairs, "; ")})
	}
	if q.PostData != nil {
		var note string
		if r.Body, note = q.PostData.body(); note != "" {
			notes = append(notes, note)
		}
		if r.Body.Kind == request.MultipartBody { // the boundary is made anew
			r.Header = request.Del(r.Header, "Content-Type")
		}
	} else if q.BodySize > 0 {
		notes = append(notes, fmt.Sprintf("the archive does not hold the body of %d bytes", q.BodySize))
	}
	r.Secrets = vars.Literals(r)
	return r, notes
}

// sameHost reports whether a Host field says what the URL says anyway.
func sameHost(url, host string) bool {
	_, rest, ok := strings.Cut(url, "://")
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	return ok && strings.EqualFold(rest[strings.LastIndexByte(rest, '@')+1:], host)
}

// body returns the body as it can be sent: the text when there is one, for it is what went out.
func (p *Post) body() (request.Body, string) {
	kind, _, err := mime.ParseMediaType(p.MimeType)
	if err != nil {
		kind = p.MimeType
	}
	switch {
	case kind == "multipart/form-data" && len(p.Params) > 0:
		return p.multipart()
	case p.Text != "" && p.Encoding == "base64":
		raw, err := base64.StdEncoding.DecodeString(p.Text)
		if err != nil {
			return request.Body{Kind: request.RawBody, Type: p.MimeType, Text: p.Text}, "the body says that it is base64 and is not"
		}
		return request.Body{Kind: request.RawBody, Type: p.MimeType, Text: string(raw)}, ""
	case p.Text != "":
		return request.Body{Kind: request.RawBody, Type: p.MimeType, Text: p.Text}, ""
	case len(p.Params) > 0:
		b := request.Body{Kind: request.FormBody, Type: p.MimeType}
		for _, f := range p.Params {
			b.Fields = append(b.Fields, request.Field{Name: f.Name, Value: f.Value})
		}
		return b, ""
	}
	return request.Body{}, ""
}

func (p *Post) multipart() (request.Body, string) {
	b := request.Body{Kind: request.MultipartBody}
	note := ""
	for _, f := range p.Params {
		b.Parts = append(b.Parts, request.Part{Name: f.Name, Value: f.Value, FileName: f.FileName, Type: f.ContentType})
		if f.FileName != "" && f.Value == "" {
			note = "the archive does not hold the content of the file " + f.FileName
		}
	}
	return b, note
}
