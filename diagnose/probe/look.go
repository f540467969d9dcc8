package probe

import (
	"context"
	"errors"
	"net"
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/request"
)

// lookTimeout bounds one look: TCP repeats a SYN after 1 s and 3 s (RFC 6298), a look waits for both.
const lookTimeout = 5 * time.Second

// maxDials bounds how many addresses of a name are tried.
const maxDials = 10

func (a *asker) look(ctx context.Context, l diagnose.Look) diagnose.Sight {
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	start := time.Now()
	var s diagnose.Sight
	switch l.Layer {
	case "dns":
		s = a.dns(ctx, l.Host)
	case "tcp":
		s = a.tcp(ctx, l)
	case "tls":
		s = a.tls(ctx, l)
	default:
		s = diagnose.Sight{Text: "nothing can look at " + l.Layer}
	}
	s.Took = time.Since(start)
	return s
}

func (a *asker) lookup(ctx context.Context, host string) ([]net.IPAddr, error) {
	if ip := net.ParseIP(host); ip != nil {
		return []net.IPAddr{{IP: ip}}, nil
	}
	if a.o.Net.Lookup != nil {
		return a.o.Net.Lookup(ctx, host)
	}
	return net.DefaultResolver.LookupIPAddr(ctx, host)
}

func (a *asker) dial(ctx context.Context, address string) (net.Conn, error) {
	if a.o.Net.Dial != nil {
		return a.o.Net.Dial(ctx, "tcp", address)
	}
	var d net.Dialer
	return d.DialContext(ctx, "tcp", address)
}

// tcp connects to every address of the host; one that answers is enough to be OK.
func (a *asker) tcp(ctx context.Context, l diagnose.Look) diagnose.Sight {
	addresses := []string{l.Address}
	if l.Address == "" {
		ips, err := a.lookup(ctx, l.Host)
		if err != nil {
			return a.dns(ctx, l.Host)
		}
		addresses = addresses[:0]
		for _, ip := range ips[:min(len(ips), maxDials)] {
			addresses = append(addresses, net.JoinHostPort(ip.String(), l.Port))
		}
	}
	var s diagnose.Sight
	var last error
	for _, address := range addresses {
		c, err := a.dial(ctx, address)
		if err != nil {
			last = err
			s.Found = append(s.Found, address+" does not answer: "+reason(err))
			continue
		}
		c.Close()
		s.OK = true
		s.Found = append(s.Found, address+" answers")
	}
	s.Text = strings.Join(s.Found, "; ")
	if !s.OK && last != nil {
		s.Failure = &request.Failure{Phase: request.PhaseConnect, Cause: tcpCause(last), Text: s.Text, Err: last}
	}
	return s
}

// reason is the last and plainest part of a network error.
func reason(err error) string {
	var oe *net.OpError
	if errors.As(err, &oe) && oe.Err != nil {
		err = oe.Err
	}
	return err.Error()
}

func tcpCause(err error) string {
	var ne net.Error
	switch {
	case strings.Contains(err.Error(), "refused"):
		return "connection_refused"
	case errors.As(err, &ne) && ne.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return "connection_timeout"
	}
	return "host_unreachable"
}
