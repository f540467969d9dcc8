package client

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"culprit/request"
)

// A transfer coding of the person's own goes out as curl sends it: the field as written, the body as it is.
func TestTransferCodingsGoOutAsWritten(t *testing.T) {
	for _, c := range []struct {
		fields []string
		body   string
		want   []string // lines of the header
		sent   string
	}{
		{[]string{"gzip"}, "hello", []string{"transfer-encoding: gzip", "content-length: 5"}, "hello"},
		{[]string{"gzip, chunked"}, "hello", []string{"transfer-encoding: gzip, chunked"}, "5\r\nhello\r\n0\r\n\r\n"},
		{[]string{"gzip", "chunked"}, "hello", []string{"transfer-encoding: gzip", "transfer-encoding: chunked"}, "5\r\nhello\r\n0\r\n\r\n"},
		{[]string{"Chunked"}, "hello", []string{"transfer-encoding: chunked"}, "5\r\nhello\r\n0\r\n\r\n"},
		{[]string{"gzip"}, "", []string{"transfer-encoding: gzip"}, ""},
		{[]string{"gzip, chunked"}, "", []string{"transfer-encoding: gzip, chunked"}, "0\r\n\r\n"},
	} {
		got := make(chan string, 1)
		address := raw(t, func(conn net.Conn) {
			in := bufio.NewReader(conn)
			text := ""
			for !strings.HasSuffix(text, "\r\n\r\n") {
				line, err := in.ReadString('\n')
				if err != nil {
					break
				}
				text += line
			}
			rest := make([]byte, len(c.sent))
			io.ReadFull(in, rest)
			got <- text + string(rest)
			io.WriteString(conn, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
		})
		r := request.Request{Method: "POST", URL: "http://" + address}
		if c.body == "" {
			r.Method = "GET"
		} else {
			r.Body = request.Body{Kind: request.RawBody, Text: c.body}
		}
		for _, f := range c.fields {
			r.Header = append(r.Header, request.Field{Name: "Transfer-Encoding", Value: f})
		}
		e := engine(t, Config{})
		x, err := e.Do(t.Context(), r, nil)
		if err != nil || x.Status() != 204 {
			t.Errorf("%q: %d, %v", c.fields, x.Status(), err)
			continue
		}
		header, body, _ := strings.Cut(<-got, "\r\n\r\n")
		lines := strings.Split(strings.ToLower(header), "\r\n")
		framing := 0
		for _, line := range lines {
			if strings.HasPrefix(line, "transfer-encoding:") || strings.HasPrefix(line, "content-length:") {
				framing++
				if !strings.Contains("\n"+strings.Join(c.want, "\n")+"\n", "\n"+line+"\n") {
					t.Errorf("%q: %q went out", c.fields, line)
				}
			}
		}
		if framing != len(c.want) || body != c.sent || x.Last().Sent.Size != int64(len(c.body)) {
			t.Errorf("%q: got %q, body %q of %d, want %q", c.fields, lines, body, x.Last().Sent.Size, c.want)
		}
	}
}

// net/http's server refuses a coding that it does not know (RFC 9112 §6.1); where HTTP/2 is wished for, there is none to refuse.
func TestATransferCodingIsRefusedByTheServer(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	e := engine(t, Config{})
	r := request.Request{Method: "POST", URL: server.URL, Body: request.Body{Kind: request.RawBody, Text: "hello"}, Header: []request.Field{{Name: "Transfer-Encoding", Value: "gzip"}}}
	// It closes without having read the body, so the system may cut the connection while the page is still read.
	if x, err := e.Do(t.Context(), r, nil); x.Status() != http.StatusNotImplemented {
		t.Errorf("got %d, %v", x.Status(), err)
	}
	r.Settings.HTTPVersion = "2-prior-knowledge"
	if _, err := e.Do(t.Context(), r, nil); err == nil || !strings.Contains(err.Error(), "Transfer-Encoding") {
		t.Errorf("got %v", err)
	}
}

// The round that asks for a challenge has no body, and announces none: what comes next on its connection would be read as it.
func TestARoundWithoutItsBodyAnnouncesNone(t *testing.T) {
	got := make(chan string, 2)
	address := raw(t, func(conn net.Conn) {
		in := bufio.NewReader(conn)
		for _, answer := range []string{"401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"", "200 OK"} {
			text := ""
			for !strings.HasSuffix(text, "\r\n\r\n") {
				line, err := in.ReadString('\n')
				if err != nil {
					return
				}
				text += line
			}
			if strings.Contains(text, "Authorization") {
				io.ReadFull(in, make([]byte, len("9\r\nthe order\r\n0\r\n\r\n")))
			}
			got <- strings.ToLower(text)
			io.WriteString(conn, "HTTP/1.1 "+answer+"\r\nContent-Length: 0\r\n\r\n")
		}
	})
	r := secured("digest", "http://"+address)
	r.Header = []request.Field{{Name: "Transfer-Encoding", Value: "gzip, chunked"}}
	e := engine(t, Config{})
	x, err := e.Do(t.Context(), r, nil)
	if err != nil || x.Status() != 200 {
		t.Fatalf("got %d, %v", x.Status(), err)
	}
	if first, second := <-got, <-got; strings.Contains(first, "transfer-encoding") || !strings.Contains(second, "transfer-encoding: gzip, chunked") {
		t.Errorf("got %q, then %q", first, second)
	}
}
