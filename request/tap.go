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
	written bool  // something of this exchange went out
	broke   error // the write that the other end did not want any more; nil while all went out
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

// Write implements net.Conn. It fails once the connection is sealed. Where the other end closed in the middle of a
// request it may have answered before (RFC 9112 §9.5): the rest is dropped as if it had gone out, so that the transport
// goes on to read. Without an answer there, the reading fails in the same way.
func (c *tapConn) Write(p []byte) (int, error) {
	c.mu.Lock()
	sealed, dropped := c.sealed, c.broke != nil
	c.mu.Unlock()
	switch {
	case sealed:
		return 0, errSecondRequest
	case dropped:
		return len(p), nil
	}
	n, err := c.Conn.Write(p)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil && c.on && c.written && (isCut(err) || errors.Is(err, net.ErrClosed)) {
		c.broke = err
		return len(p), nil
	}
	c.written = c.written || n > 0
	return n, err
}

// broken reports that a part of the request was dropped.
func (c *tapConn) broken() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.broke != nil
}

// start begins to keep bytes for a new exchange.
func (c *tapConn) start() {
	c.mu.Lock()
	c.on, c.raw, c.written = true, nil, false
	c.mu.Unlock()
}

// stop ends it and lets go of what was kept.
func (c *tapConn) stop() {
	c.mu.Lock()
	c.on, c.raw = false, nil
	c.mu.Unlock()
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
