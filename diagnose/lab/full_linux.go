package lab

import (
	"fmt"
	"io"
	"net"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// canFill says that this system has ports that stay silent.
const canFill = true

// fullPort returns a port whose queue of new connections is full, so that the next client waits in vain, and
// what closes it. Linux drops a SYN when the accept queue is full.
func fullPort() (string, io.Closer) {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return "", nil
	}
	p := &stuffed{fd: fd}
	if err = syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err == nil {
		err = syscall.Listen(fd, 0)
	}
	if err != nil {
		p.Close()
		return "", nil
	}
	sa, err := syscall.Getsockname(fd)
	in, ok := sa.(*syscall.SockaddrInet4)
	if err != nil || !ok {
		p.Close()
		return "", nil
	}
	addr := fmt.Sprintf("127.0.0.1:%d", in.Port)
	// A queue of length 0 takes one connection; 4 are tried in case the kernel is more generous. That it is full the
	// listening socket says, or the next one, in vain.
	for range 4 {
		c, err := net.DialTimeout("tcp", addr, 20*time.Millisecond)
		if err != nil {
			return addr, p
		}
		p.guests = append(p.guests, c)
		if crowded(fd) {
			return addr, p
		}
	}
	p.Close()
	return "", nil
}

// crowded reports whether the queue of a listening socket is full: of such a one the kernel tells its length and its limit in
// the place of segments (tcp_get_info in net/ipv4/tcp.c), and takes one more than that.
func crowded(fd int) bool {
	info, err := unix.GetsockoptTCPInfo(fd, unix.IPPROTO_TCP, unix.TCP_INFO)
	return err == nil && info.Unacked > info.Sacked
}

// stuffed is a listening socket that nobody accepts from, and those who wait.
type stuffed struct {
	fd     int
	guests []net.Conn
}

// Close closes the socket and the connections in its queue.
func (s *stuffed) Close() error {
	for _, g := range s.guests {
		g.Close()
	}
	return syscall.Close(s.fd)
}
