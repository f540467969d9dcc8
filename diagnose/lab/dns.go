package lab

import (
	"context"
	"net"
	"slices"
	"strings"

	"golang.org/x/net/dns/dnsmessage"
)

// The names that the lab's name server knows something about. It answers for every other name of its zone that there
// is none.
const (
	knownName   = "shop.test"      // the shop's address
	sickName    = "api.sick.test"  // SERVFAIL, as for a zone whose signatures ran out
	silentName  = "api.quiet.test" // no answer at all
	unknownName = "api.shpo.test"  // NXDOMAIN
	pairName    = "pair.test"      // two addresses, in turns as name servers give them
)

// startNames starts a name server on loopback, and Resolver, which asks nobody else.
func (l *Lab) startNames(host string) error {
	c, err := net.ListenPacket("udp", net.JoinHostPort(host, "0"))
	if err != nil {
		return err
	}
	l.closers = append(l.closers, c)
	l.Resolver = &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", c.LocalAddr().String())
	}}
	l.running.Go(func() {
		buf := make([]byte, 1500) // a datagram of Ethernet
		first := net.ParseIP(host)
		for {
			n, from, err := c.ReadFrom(buf)
			if err != nil {
				return
			}
			if reply := named(buf[:n], first, l.turn.Load()); reply != nil {
				c.WriteTo(reply, from) //nolint:errcheck // a datagram may be lost
				l.turn.Add(1)
			}
		}
	})
	return nil
}

// named answers one question of RFC 1035; nil is no answer.
func named(query []byte, ip net.IP, turn int64) []byte {
	var m dnsmessage.Message
	if m.Unpack(query) != nil || len(m.Questions) == 0 {
		return nil
	}
	q := m.Questions[0]
	m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
	add := func(ip net.IP) {
		if ip = ip.To4(); ip != nil && q.Type == dnsmessage.TypeA {
			m.Answers = append(m.Answers, dnsmessage.Resource{
				Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class, TTL: 60}, Body: &dnsmessage.AResource{A: [4]byte(ip)},
			})
		}
	}
	switch strings.TrimSuffix(strings.ToLower(q.Name.String()), ".") {
	case silentName:
		return nil
	case sickName:
		m.RCode = dnsmessage.RCodeServerFailure
	case knownName:
		add(ip)
	case farName:
		add(net.ParseIP(farPrefix + "7"))
	case pairName:
		add(ip)
		add(net.ParseIP(secondAddress))
		if turn/2%2 == 0 { // a client asks for both families
			slices.Reverse(m.Answers)
		}
	default:
		m.RCode = dnsmessage.RCodeNameError
	}
	reply, err := m.Pack()
	if err != nil {
		return nil
	}
	return reply
}
