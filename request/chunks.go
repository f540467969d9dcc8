package request

import (
	"errors"
	"fmt"
	"io"
)

// chunkSize is the most bytes of one chunk.
const chunkSize = 16 << 10

// chunks frames what it reads as chunks (RFC 9112 §7.1).
type chunks struct {
	from io.ReadCloser
	room [chunkSize]byte
	out  []byte // framed, not yet read
	over bool
}

// Read implements io.Reader.
func (c *chunks) Read(p []byte) (int, error) {
	for len(c.out) == 0 {
		if c.over {
			return 0, io.EOF
		}
		n, err := c.from.Read(c.room[:])
		if n > 0 {
			c.out = fmt.Appendf(nil, "%x\r\n%s\r\n", n, c.room[:n])
		}
		switch {
		case errors.Is(err, io.EOF):
			c.out, c.over = append(c.out, "0\r\n\r\n"...), true
		case err != nil:
			return 0, err
		}
	}
	n := copy(p, c.out)
	c.out = c.out[n:]
	return n, nil
}

// Close implements io.Closer.
func (c *chunks) Close() error { return c.from.Close() }
