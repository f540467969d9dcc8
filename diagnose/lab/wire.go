package lab

import (
	"bufio"
	"io"
	"net"
	"net/http"
)

// startWire opens the ports that do not speak HTTP as they should.
func (l *Lab) startWire(host string, _ http.Handler) error {
	for _, p := range []struct {
		addr   *string
		handle func(net.Conn)
	}{
		{&l.Silent, func(c net.Conn) {
			go func() { io.Copy(io.Discard, c) }() //nolint:errcheck // ends when c is closed
			<-l.done
		}},
		{&l.Resets, func(c net.Conn) {
			readHead(c)
			if t, ok := c.(*net.TCPConn); ok {
				t.SetLinger(0) //nolint:errcheck // then it is closed the soft way
			}
		}},
		{&l.Hangup, func(c net.Conn) { readHead(c) }},
		{&l.Curt, curt},
		{&l.SSH, func(c net.Conn) {
			io.WriteString(c, "SSH-2.0-OpenSSH_9.6p1 Debian-3\r\n") //nolint:errcheck // the client is gone
			io.Copy(io.Discard, c)                                  //nolint:errcheck // until the client goes
		}},
		{&l.Garbled, func(c net.Conn) {
			readHead(c)
			io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nhello") //nolint:errcheck // the client is gone
		}},
	} {
		ln, err := l.listen(net.JoinHostPort(host, "0"))
		if err != nil {
			return err
		}
		*p.addr = ln.Addr().String()
		l.running.Go(func() { l.accept(ln, p.handle) })
	}
	full, closer := fullPort()
	if closer != nil {
		l.Full, l.closers = full, append(l.closers, closer)
	}
	return l.holdClosed(host)
}

// accept hands every connection to handle and closes it after.
func (l *Lab) accept(ln net.Listener, handle func(net.Conn)) {
	for {
		c, err := ln.Accept()
		if err != nil {
			return
		}
		l.running.Go(func() {
			defer c.Close()
			stop := make(chan struct{})
			defer close(stop)
			go func() { // a client that stays must not keep Close waiting
				select {
				case <-l.done:
					c.Close()
				case <-stop:
				}
			}()
			handle(c)
		})
	}
}

// readHead reads to the end of a request's header, so that closing then sends no reset.
func readHead(c net.Conn) {
	for r := bufio.NewReader(c); ; {
		line, err := r.ReadString('\n')
		if err != nil || line == "\r\n" {
			return
		}
	}
}

// holdClosed finds a port on which nothing listens and nobody will: the near end of a connection of ours.
// A port that was merely freed could be given to the next listener.
func (l *Lab) holdClosed(host string) error {
	ln, err := l.listen(net.JoinHostPort(host, "0"))
	if err != nil {
		return err
	}
	c, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		return err
	}
	l.closers = append(l.closers, c)
	l.Closed = c.LocalAddr().String()
	return nil
}
