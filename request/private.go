package request

import (
	"errors"
	"net/netip"
)

// errPrivate is a redirect from the public internet to an address of a private network or of this computer:
// a server could so make this program reach what it cannot reach itself (RELIABILITY N2). The address that is
// dialled counts, not the name, so that a name whose address changes gains nothing.
var errPrivate = errors.New("the redirect leads from a public address to a private one")

// private reports whether address, an IP with a port, is not of the public internet.
func private(address string) bool {
	a, err := netip.ParseAddrPort(address)
	if err != nil {
		return false
	}
	ip := a.Addr().Unmap()
	return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsUnspecified() || sharedSpace().Contains(ip)
}

// sharedSpace is the address space of carrier-grade NAT (RFC 6598).
func sharedSpace() netip.Prefix { return netip.PrefixFrom(netip.AddrFrom4([4]byte{100, 64}), 10) }
