package lab

import (
	"context"
	"net"
	"os"
	"strings"
	"syscall"
)

// farName leads to a network to which there is no route: 192.0.2.0/24, which is for documentation and nobody's (RFC 5737).
const farName, farPrefix = "vault.test", "192.0.2."

// Dial opens a connection as the machine does, but knows no way to the network of farName, whatever routes there are: a
// request.Net's Dial.
func (l *Lab) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	return dial(ctx, &net.Dialer{}, network, address)
}

func dial(ctx context.Context, d *net.Dialer, network, address string) (net.Conn, error) {
	host, _, _ := net.SplitHostPort(address)
	if ip := net.ParseIP(host); ip != nil && strings.HasPrefix(host, farPrefix) {
		to, _ := net.ResolveTCPAddr("tcp", address) // an address needs no resolver
		return nil, &net.OpError{Op: "dial", Net: network, Addr: to, Err: os.NewSyscallError("connect", syscall.EHOSTUNREACH)}
	}
	return d.DialContext(ctx, network, address)
}
