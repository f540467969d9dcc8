package collections

import (
	"net/netip"
	"net/url"
	"strings"
)

// Guarded reports whether what may change data is asked about in e, wherever it goes.
func (e Environment) Guarded() bool { return e.Production || e.Public }

// Where says of what is guarded in e, nil for no environment, where it goes.
func (e *Environment) Where() string {
	if e != nil && e.Production {
		return "in production"
	}
	return "on a host that is not local"
}

// Guarded reports whether whoever sends to target, an absolute URL, has to be careful: env is guarded, or the
// host is not local and env, nil for none, is not marked dev. An environment of local hosts does not vouch for a
// request that names another host itself. What cannot be read as a URL is guarded.
func Guarded(target string, env *Environment) bool {
	if env != nil && (env.Guarded() || env.Dev) {
		return env.Guarded()
	}
	u, err := url.Parse(target)
	return err != nil || !Local(u.Hostname())
}

// Local reports whether host, a name or an address without brackets, is on this machine or in a private network
// (RFC 1918, RFC 4193, RFC 3927, RFC 4291 §2.5.6), or has a name reserved for that (RFC 6761 §6.2 and §6.3).
func Local(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if host == "localhost" || strings.HasSuffix(host, ".localhost") || strings.HasSuffix(host, ".test") {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && (a.IsLoopback() || a.IsPrivate() || a.IsLinkLocalUnicast())
}
