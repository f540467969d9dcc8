package client

import (
	"io"
	"net"
	"strings"
	"testing"

	"culprit/request"
)

// early reads the header of a request, answers, and closes with the body unread: the connection is reset.
func early(answer string) func(net.Conn) {
	return func(c net.Conn) {
		head := make([]byte, 0, 4<<10)
		for !strings.Contains(string(head), "\r\n\r\n") {
			b := make([]byte, 1)
			if _, err := c.Read(b); err != nil {
				return
			}
			head = append(head, b...)
		}
		io.WriteString(c, answer) //nolint:errcheck // what the client sees is what counts
	}
}

// A server that refuses a request before its body came, and closes, has answered (RFC 9112 §9.5): the answer is read.
func TestAnAnswerBeforeTheBodyWasSentIsRead(t *testing.T) {
	for _, c := range []struct {
		name, answer, cause string
		status              int
		phase               request.Phase
	}{
		{"413", "HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 7\r\n\r\ntoo big", "", 413, ""},
		{"401 without a length", "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer\r\nConnection: close\r\n\r\nno", "", 401, ""},
		{"no answer", "", "connection_reset", 0, request.PhaseWrite},
	} {
		url := "http://" + raw(t, early(c.answer)) + "/"
		for range 20 {
			e := engine(t, Config{})
			x, _ := e.Do(t.Context(), request.Request{Method: "POST", URL: url, Body: request.Body{Kind: request.RawBody, Type: "text/plain", Text: strings.Repeat("x", 8<<20)}}, nil)
			switch {
			case x.Status() != c.status:
				t.Fatalf("%s: status %d, %v", c.name, x.Status(), x.Failure)
			case c.status == 0 && (x.Failure == nil || x.Failure.Cause != c.cause || x.Failure.Phase != c.phase):
				t.Fatalf("%s: %+v", c.name, x.Failure)
			}
			x.Close()
		}
	}
}
