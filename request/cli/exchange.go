package cli

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"culprit/request"
	"culprit/request/curl"
	"culprit/request/mask"
	"culprit/request/safe"
)

// The form of an exchange as JSON, schema culprit.exchange/1: fields are added, never renamed or removed.
type (
	shownExchange struct {
		Schema   string        `json:"schema"`
		ID       string        `json:"id,omitempty"` // in the history
		Start    string        `json:"start"`        // RFC 3339, UTC
		Duration float64       `json:"duration_ms"`
		Request  shownRequest  `json:"request"`
		Hops     []shownHop    `json:"hops"`
		Status   int           `json:"status,omitempty"`
		Body     *shownBody    `json:"body,omitempty"` // of the last response
		Failure  *shownFailure `json:"failure,omitempty"`
	}
	shownRequest struct {
		Method string `json:"method"`
		URL    string `json:"url"`
		Curl   string `json:"curl"`
	}
	shownHop struct {
		Sent       shownSent      `json:"sent"`
		Response   *shownResponse `json:"response,omitempty"`
		Redirect   *shownRedirect `json:"redirect,omitempty"`
		Timing     shownTiming    `json:"timing_ms"`
		Connection shownConn      `json:"connection"`
	}
	shownSent struct {
		Method string       `json:"method"`
		URL    string       `json:"url"`
		Proto  string       `json:"proto"`
		Header []shownField `json:"header"`
		Size   int64        `json:"body_bytes"`
	}
	shownResponse struct {
		Proto   string       `json:"proto"`
		Status  int          `json:"status"`
		Reason  string       `json:"reason"`
		Header  []shownField `json:"header"`
		Trailer []shownField `json:"trailer,omitempty"`
		Size    int64        `json:"body_bytes"` // decoded
		Wire    int64        `json:"wire_bytes"`
		Coding  []string     `json:"coding,omitempty"`
		Cut     string       `json:"cut,omitempty"`
		Warn    string       `json:"warn,omitempty"` // what is odd about the body
	}
	shownField struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	shownRedirect struct {
		To      string   `json:"to"`
		Method  string   `json:"method"` // after
		Dropped []string `json:"dropped,omitempty"`
		Cross   bool     `json:"cross_origin"`
		Stopped string   `json:"stopped,omitempty"`
	}
	// shownTiming holds milestones since the start of the exchange; absent ones did not happen.
	shownTiming struct {
		Start     float64  `json:"start"`
		DNS       *float64 `json:"dns,omitempty"`
		Connected *float64 `json:"connected,omitempty"`
		TLS       *float64 `json:"tls,omitempty"`
		Wrote     *float64 `json:"wrote,omitempty"`
		FirstByte *float64 `json:"first_byte,omitempty"`
		Done      *float64 `json:"done,omitempty"`
	}
	shownConn struct {
		Resolved []string    `json:"resolved,omitempty"`
		Tried    []shownDial `json:"tried,omitempty"`
		Remote   string      `json:"remote,omitempty"`
		Reused   bool        `json:"reused"`
		Proxy    string      `json:"proxy,omitempty"`
		ProxyWhy string      `json:"proxy_why,omitempty"`
		TLS      *shownTLS   `json:"tls,omitempty"`
	}
	shownDial struct {
		Address  string  `json:"address"`
		Duration float64 `json:"duration_ms"`
		Error    string  `json:"error,omitempty"`
	}
	shownTLS struct {
		Version    string      `json:"version"`
		Cipher     string      `json:"cipher"`
		ALPN       string      `json:"alpn,omitempty"`
		ServerName string      `json:"server_name"`
		Chain      []shownCert `json:"chain"`
	}
	shownCert struct {
		Subject string   `json:"subject"`
		Issuer  string   `json:"issuer"`
		Names   []string `json:"names,omitempty"`
		From    string   `json:"not_before"`
		Until   string   `json:"not_after"`
	}
	shownBody struct {
		Text   string `json:"text,omitempty"`
		Base64 string `json:"base64,omitempty"` // of what is no text
	}
	shownFailure struct {
		Phase string `json:"phase"`
		Cause string `json:"cause"`
		Text  string `json:"text"`
	}
)

// JSON writes an exchange as one JSON document, schema culprit.exchange/1, with secrets hidden by m; nil shows
// them. The whole body is in it.
func JSON(w io.Writer, x *request.Exchange, m *mask.Mask) error {
	out := shownExchange{
		Schema: "culprit.exchange/1", ID: x.ID, Start: x.Start.UTC().Format(time.RFC3339Nano), Duration: ms(x.Took), Status: x.Status(),
		Request: shownRequest{orGet(x.Request.Method), m.Text(x.Request.URL), m.Text(curl.Print(x.Request, curl.OneLine, m.Text))},
		Hops:    []shownHop{},
	}
	for _, h := range x.Wire() {
		out.Hops = append(out.Hops, hop(h, m))
	}
	if r := x.Response(); r != nil {
		body, err := r.Body.Bytes()
		if err != nil {
			return err
		}
		shown := m.Text(string(body))
		out.Body = &shownBody{Text: shown}
		if !utf8.Valid(body) {
			out.Body = &shownBody{Base64: base64.StdEncoding.EncodeToString([]byte(shown))}
		}
	}
	if f := x.Failure; f != nil {
		out.Failure = &shownFailure{string(f.Phase), f.Cause, m.Text(f.Text)}
	}
	return Encode(w, out)
}

// Encode writes v as indented JSON with a line end, with < and & as they are.
func Encode(w io.Writer, v any) error { return encode(w, v, "  ") }

// EncodeLine writes v as JSON on one line, for streams of objects.
func EncodeLine(w io.Writer, v any) error { return encode(w, v, "") }

// encode leaves nothing in the JSON that a terminal would obey: standard output may be one.
func encode(w io.Writer, v any, indent string) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(safe.JSON(b.Bytes()))
	return err
}

func hop(h *request.Hop, m *mask.Mask) shownHop {
	out := shownHop{
		Sent:   shownSent{h.Sent.Method, m.Text(h.Sent.URL), h.Sent.Proto, fields(h.Sent.Header, m), h.Sent.Size},
		Timing: timing(h.Timing), Connection: conn(h.Conn),
	}
	if r := h.Response; r != nil {
		out.Response = &shownResponse{
			r.Proto, r.Status, m.Text(r.Reason), fields(r.Header, m), fields(r.Trailer, m), r.Body.Size(), r.Wire, r.Coding, r.Body.Cut, r.Warn,
		}
	}
	if f := h.Followed; f != nil {
		out.Redirect = &shownRedirect{m.Text(f.To), f.Method[1], f.Dropped, f.Cross, f.Stopped}
	}
	return out
}

func fields(in []request.Field, m *mask.Mask) []shownField {
	out := make([]shownField, len(in))
	for i, f := range m.Fields(in) {
		out[i] = shownField{f.Name, f.Value}
	}
	return out
}

func timing(t request.Timing) shownTiming {
	at := func(d time.Duration) *float64 {
		if d <= 0 {
			return nil
		}
		v := ms(d)
		return &v
	}
	return shownTiming{ms(t.Start), at(t.DNSDone), at(t.ConnectDone), at(t.TLSDone), at(t.Wrote), at(t.FirstByte), at(t.Done)}
}

func conn(c request.Conn) shownConn {
	out := shownConn{Resolved: c.Resolved, Remote: c.Remote, Reused: c.Reused, Proxy: c.Proxy, ProxyWhy: c.ProxyWhy}
	for _, d := range c.Tried {
		s := shownDial{Address: d.Address, Duration: ms(d.Took)}
		if d.Err != nil {
			s.Error = d.Err.Error()
		}
		out.Tried = append(out.Tried, s)
	}
	if c.TLS != nil {
		out.TLS = &shownTLS{tls.VersionName(c.TLS.Version), tls.CipherSuiteName(c.TLS.CipherSuite), c.TLS.NegotiatedProtocol, c.TLS.ServerName, chain(c.TLS.PeerCertificates)}
	}
	return out
}

func chain(certs []*x509.Certificate) []shownCert {
	out := make([]shownCert, len(certs))
	for i, c := range certs {
		names := c.DNSNames
		for _, ip := range c.IPAddresses {
			names = append(names[:len(names):len(names)], ip.String())
		}
		out[i] = shownCert{c.Subject.String(), c.Issuer.String(), names, c.NotBefore.UTC().Format(time.RFC3339), c.NotAfter.UTC().Format(time.RFC3339)}
	}
	return out
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func orGet(method string) string {
	if strings.TrimSpace(method) == "" {
		return "GET"
	}
	return method
}
