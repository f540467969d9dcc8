package history

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"culprit/collections"
	"culprit/request"
)

// kept is what the column hops holds. Rows of older versions hold the list of hops alone.
type kept struct {
	Hops    []Hop
	Failure *Failed               `json:",omitempty"`
	Checks  []collections.Checked `json:",omitempty"`
}

func (k *kept) read(text string) error {
	if strings.HasPrefix(text, "[") {
		return json.Unmarshal([]byte(text), &k.Hops)
	}
	return json.Unmarshal([]byte(text), k)
}

// Failed is a *request.Failure as kept, without secrets.
type Failed struct {
	Phase              request.Phase
	Cause, Text, Error string
}

// A Tried is one attempt to connect.
type Tried struct {
	Address string
	Took    time.Duration
	Error   string `json:",omitempty"`
}

// Secured are the facts of a TLS connection. Of the certificates only the server's own is kept.
type Secured struct {
	Version, Cipher      uint16
	Protocol, ServerName string
	Resumed              bool
	Certificate          []byte `json:",omitempty"` // DER
}

// failed returns a failure as kept, nil for none.
func failed(f *request.Failure, m masker) *Failed {
	if f == nil {
		return nil
	}
	return &Failed{f.Phase, f.Cause, m.sent(f.Text), m.sent(f.Err.Error())}
}

// checked returns what became of assertions, without secrets.
func checked(all []collections.Checked, m masker) []collections.Checked {
	out := slices.Clone(all)
	for i := range out {
		for _, text := range []*string{&out[i].Expression, &out[i].Value, &out[i].Got, &out[i].Why} {
			*text = m.sent(*text)
		}
	}
	return out
}

// connection adds what is kept of a connection to a hop.
func (h *Hop) connection(c request.Conn, m masker) {
	h.Remote, h.Proxy, h.ProxyWhy, h.Reused, h.Resolved = c.Remote, c.Proxy, c.ProxyWhy, c.Reused, c.Resolved
	for _, d := range c.Tried {
		t := Tried{Address: d.Address, Took: d.Took}
		if d.Err != nil {
			t.Error = m.sent(d.Err.Error())
		}
		h.Tried = append(h.Tried, t)
	}
	if s := c.TLS; s != nil {
		h.TLS = &Secured{Version: s.Version, Cipher: s.CipherSuite, Protocol: s.NegotiatedProtocol, ServerName: s.ServerName, Resumed: s.DidResume}
		if len(s.PeerCertificates) > 0 {
			h.TLS.Certificate = s.PeerCertificates[0].Raw
		}
	}
}

// Whole returns what was kept as an exchange that can be shown, compared and exported. It holds no secrets: where
// one stood is its reference. It is not to be sent; Request of a History fills the secrets in again.
func (x Exchange) Whole() *request.Exchange {
	out := &request.Exchange{ID: x.ID, Request: x.Sent, Start: x.At, Took: x.Took}
	for i, h := range x.Hops {
		hop := request.Hop{
			Sent:   request.Sent{Method: h.Method, URL: h.URL, Proto: h.Proto, Header: h.Sent, Size: h.SentSize, Jar: h.Jar},
			Timing: h.Timing, Conn: h.conn(), Followed: h.Followed,
		}
		if h.SentSize > 0 {
			hop.Sent.Body = sentBody(x.Sent.Body)
		}
		if h.Status > 0 {
			r := &request.Response{Proto: h.ReplyProto, Status: h.Status, Reason: h.Reason, Header: h.Header, Trailer: h.Trailer, Wire: h.Wire, Warn: h.Warn,
				Body: request.NewContent(nil), Stored: h.Stored}
			if i == len(x.Hops)-1 {
				r.Body = request.NewContent(x.Body)
				r.Body.Cut = x.Cut
			}
			hop.Response = r
		}
		out.Hops = append(out.Hops, hop)
	}
	if f := x.Failure; f != nil {
		out.Failure = &request.Failure{Phase: f.Phase, Cause: f.Cause, Text: f.Text, Err: errors.New(f.Error)}
	} else if phase, cause, ok := strings.Cut(x.Cause, " "); ok { // of an older version
		out.Failure = &request.Failure{Phase: request.Phase(phase), Cause: cause, Err: errors.New(cause)}
	}
	return out
}

func (h Hop) conn() request.Conn {
	c := request.Conn{Resolved: h.Resolved, Remote: h.Remote, Reused: h.Reused, Proxy: h.Proxy, ProxyWhy: h.ProxyWhy}
	for _, t := range h.Tried {
		d := request.Dial{Address: t.Address, Took: t.Took}
		if t.Error != "" {
			d.Err = errors.New(t.Error)
		}
		c.Tried = append(c.Tried, d)
	}
	if s := h.TLS; s != nil {
		c.TLS = &tls.ConnectionState{Version: s.Version, CipherSuite: s.Cipher, NegotiatedProtocol: s.Protocol, ServerName: s.ServerName, DidResume: s.Resumed}
		if cert, err := x509.ParseCertificate(s.Certificate); err == nil {
			c.TLS.PeerCertificates = []*x509.Certificate{cert}
		}
	}
	return c
}

// sentBody returns the bytes of a body that can be written down without its files and boundaries; nil for others.
func sentBody(b request.Body) *request.Content {
	switch b.Kind {
	case request.RawBody:
		return request.NewContent([]byte(b.Text))
	case request.FormBody:
		pairs := make([]string, len(b.Fields))
		for i, f := range b.Fields {
			pairs[i] = url.QueryEscape(f.Name) + "=" + url.QueryEscape(f.Value)
			if strings.Contains(f.Value, "‹secret:") {
				pairs[i] = url.QueryEscape(f.Name) + "=" + f.Value
			}
		}
		return request.NewContent([]byte(strings.Join(pairs, "&")))
	}
	return nil
}

// readable takes the forms out of the marks of a hidden request: a person has no use for them.
func readable(r request.Request) request.Request {
	r = r.Clone()
	texts(&r, func(s *string) {
		for _, f := range forms() {
			*s = strings.ReplaceAll(*s, "|"+f.name+"›", "›")
		}
	})
	return r
}

// Editable returns the request of x for a person to edit, with a variable in the place of each secret, and the names
// of these variables.
func (x Exchange) Editable() (request.Request, []string) {
	r := x.Sent.Clone()
	var names []string
	texts(&r, func(s *string) {
		var b strings.Builder
		for rest := *s; rest != ""; {
			before, marked, after := nextMark(rest)
			b.WriteString(before)
			if marked != "" {
				name := variable(strings.TrimSuffix(strings.TrimPrefix(marked, "‹secret:"), "›"))
				if !slices.Contains(names, name) {
					names = append(names, name)
				}
				b.WriteString("{{" + name + "}}")
			}
			rest = after
		}
		*s = b.String()
	})
	return r, names
}

// variable is the name of the variable that a reference to a secret means: "token" of "environment prod.token",
// and one made of its words where the secret was none: "cookie" of "header Cookie".
func variable(ref string) string {
	ref = ref[strings.LastIndexAny(ref, ". ")+1:]
	return strings.Trim(strings.Map(func(c rune) rune {
		if c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			return c
		}
		return '_'
	}, ref), "_")
}
