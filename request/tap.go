package request

import (
	"errors"
	"net"
	"sync"
)

// errSecondRequest stops a transport that wants to repeat a request by itself.
var errSecondRequest = errors.New("the transport wanted to repeat the request; it may go out only once")

// A tapConn is a connection that keeps the first bytes read for the exchange that uses it now. net/http hides
// obsolete line folding, conflicting lengths and the spelling of names; a diagnosis needs to see them.
type tapConn struct {
	net.Conn
	dialled string // the address that was dialled
	mu      sync.Mutex
	on      bool
	sealed  bool
	raw     []byte
}

// Read implements net.Conn.
func (c *tapConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if n > 0 {
		c.mu.Lock()
		if c.on && len(c.raw) < rawLimit {
			c.raw = append(c.raw, p[:min(n, rawLimit-len(c.raw))]...)
		}
		c.mu.Unlock()
	}
	return n, err
}

// Write implements net.Conn. It fails once the connection is sealed.
func (c *tapConn) Write(p []byte) (int, error) {
	c.mu.Lock()
	sealed := c.sealed
	c.mu.Unlock()
	if sealed {
		return 0, errSecondRequest
	}
	return c.Conn.Write(p)
}

// start begins to keep bytes for a new exchange.
func (c *tapConn) start() {
	c.mu.Lock()
	c.on, c.raw = true, nil
	c.mu.Unlock()
}

// stop ends it and returns what was kept.
func (c *tapConn) stop() []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	raw := c.raw
	c.on, c.raw = false, nil
	return raw
}

// peek returns what was kept so far.
func (c *tapConn) peek() []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.raw[:len(c.raw):len(c.raw)]
}

// seal makes every later Write fail.
func (c *tapConn) seal() {
	c.mu.Lock()
	c.sealed = true
	c.mu.Unlock()
}
