package lab

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
)

// curtLimit is how many bytes an body may have at the curt port.
const curtLimit = 64 << 10

// curt answers from the header of a request alone and closes with the body unread, as servers do that protect
// themselves: the connection is reset while the client still sends (RFC 9112 §9.5). Nothing is written anywhere.
func curt(c net.Conn) {
	q, err := http.ReadRequest(bufio.NewReader(c))
	if err != nil {
		return
	}
	status, body := "413 Content Too Large", `{"message":"The import is too large."}`
	if q.ContentLength <= curtLimit {
		if q.Header.Get("Expect") != "" {
			io.WriteString(c, "HTTP/1.1 100 Continue\r\n\r\n") //nolint:errcheck // the client is gone
		}
		io.Copy(io.Discard, q.Body) //nolint:errcheck // a client that went away gets no answer
		status, body = "200 OK", `{}`
	}
	fmt.Fprintf(c, "HTTP/1.1 %s\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", status, len(body), body)
}
