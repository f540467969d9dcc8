package har

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"net"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"culprit/request"
	"culprit/request/mask"
	"culprit/request/safe"
)

// Write writes entries as an archive of creator, indented.
func Write(w io.Writer, creator Creator, entries []Entry) error {
	if entries == nil {
		entries = []Entry{}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(Archive{Log{Version: "1.2", Creator: creator, Entries: entries}}); err != nil {
		return err
	}
	_, err := w.Write(safe.JSON(b.Bytes())) // standard output may be a terminal
	return err
}

// Of returns the entries of an exchange, one for each hop and each round before it, with secrets hidden by m; nil shows them.
func Of(x *request.Exchange, m *mask.Mask) []Entry {
	if x == nil {
		return nil
	}
	var out []Entry
	for _, h := range x.Wire() {
		e := Entry{
			Started: x.Start.Add(h.Timing.Start).UTC().Format("2006-01-02T15:04:05.000Z07:00"),
			Request: sent(h.Sent, m), Response: received(h, m), Timings: phases(h.Timing),
		}
		e.Time = ms(ended(x, h) - h.Timing.Start)
		if host, _, err := net.SplitHostPort(h.Conn.Remote); err == nil {
			e.Server = host
		}
		if x.Failure != nil && h == x.Last() {
			e.Response.Error = m.Text(x.Failure.Text)
		}
		out = append(out, e)
	}
	return out
}

// ended returns when a hop was over.
func ended(x *request.Exchange, h *request.Hop) time.Duration {
	if h.Timing.Done > 0 {
		return h.Timing.Done
	}
	return max(x.Took, h.Timing.Start)
}

func sent(s request.Sent, m *mask.Mask) Request {
	q := Request{
		Method: s.Method, URL: m.Text(s.URL), HTTPVersion: s.Proto, Cookies: []Pair{},
		Headers: pairs(m.Fields(s.Header)), QueryString: []Pair{}, HeadersSize: -1, BodySize: s.Size,
	}
	if u, err := url.Parse(q.URL); err == nil {
		for part := range strings.SplitSeq(u.RawQuery, "&") {
			name, value, _ := strings.Cut(part, "=")
			n, err1 := url.QueryUnescape(name)
			v, err2 := url.QueryUnescape(value)
			if err1 == nil && err2 == nil && part != "" {
				q.QueryString = append(q.QueryString, Pair{n, v})
			}
		}
	}
	if s.Body != nil && s.Size > 0 {
		p := &Post{MimeType: request.Get(s.Header, "Content-Type")}
		p.Text, p.Encoding = text(s.Body.Head(int(s.Body.Size())), m)
		q.PostData = p
	}
	return q
}

func received(h *request.Hop, m *mask.Mask) Response {
	r := h.Response
	if r == nil {
		return Response{Cookies: []Pair{}, Headers: []Pair{}, HeadersSize: -1, BodySize: -1}
	}
	out := Response{
		Status: r.Status, StatusText: m.Text(r.Reason), HTTPVersion: r.Proto, Cookies: []Pair{}, Headers: pairs(m.Fields(r.Header)),
		HeadersSize: -1, BodySize: r.Wire, Content: Content{Size: r.Body.Size(), MimeType: request.Get(r.Header, "Content-Type")},
	}
	if h.Followed != nil {
		out.RedirectURL = m.Text(h.Followed.To)
	}
	out.Content.Text, out.Content.Encoding = text(r.Body.Head(maxBody), m)
	out.Content.Comment = r.Body.Cut
	if r.Body.Size() > maxBody {
		out.Content.Comment = "the archive keeps the first 8 MiB"
	}
	return out
}

// maxBody is what is kept of a response body, as in the history: what is larger can be asked for again.
const maxBody = 8 << 20

// text returns a body as the format holds it: as it is, or as base64 when it is no text.
func text(b []byte, m *mask.Mask) (body, encoding string) {
	shown := m.Body(string(b))
	if utf8.Valid(b) {
		return shown, ""
	}
	return base64.StdEncoding.EncodeToString([]byte(shown)), "base64"
}

func pairs(fields []request.Field) []Pair {
	out := make([]Pair, len(fields))
	for i, f := range fields {
		out[i] = Pair{f.Name, f.Value}
	}
	return out
}

// phases cuts the milestones into HAR's phases.
func phases(t request.Timing) Timings {
	span := func(from, to time.Duration) float64 {
		if to <= 0 || to < from {
			return -1
		}
		return ms(to - from)
	}
	p := Timings{
		Blocked: -1, DNS: span(t.DNSStart, t.DNSDone), Connect: span(t.ConnectStart, max(t.ConnectDone, t.TLSDone)),
		TLS: span(t.TLSStart, t.TLSDone), Send: span(max(t.Start, t.ConnectDone, t.TLSDone), t.Wrote),
		Wait: span(t.Wrote, t.FirstByte), Receive: span(t.FirstByte, t.Done),
	}
	// These three are required to be numbers that count; 0 is the nearest to "did not happen".
	p.Send, p.Wait, p.Receive = max(p.Send, 0), max(p.Wait, 0), max(p.Receive, 0)
	return p
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
