package probe

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// What the system's resolver says is one error for many things: "no such host". Here its own name servers are
// asked once more, in the language of DNS, for what they answer exactly. The rules:
//   - only the servers that the system is set up with are asked, never another one: a name may be a secret, and
//     another server may know another world (split horizon);
//   - only the names that the system's resolver would ask for, search domains included;
//   - what the hosts file says is told apart, for it wins before any server is asked.

// A Resolver is how this computer looks names up. The zero value is the system's own: /etc/resolv.conf and
// /etc/hosts; where there are none, only the system's resolver itself is asked.
type Resolver struct {
	Servers []string // "host:port"; nil for those of /etc/resolv.conf
	Search  []string // search domains, with Servers
	Dots    int      // a name with fewer dots is tried in the search domains first; 0 means 1
	Hosts   string   // the hosts file; "" for /etc/hosts
}

const (
	// queryTimeout bounds one query. Resolvers repeat after 5 s (resolv.conf(5)); a look does not wait that long.
	queryTimeout = 1500 * time.Millisecond
	maxServers   = 3 // as many as the C library uses (MAXNS, resolv.conf(5))
	maxNames     = 7 // six search domains and the name itself (MAXDNSRCH)
)

// config is what the resolver is set up with; nil when that is not known.
func (r Resolver) config() *dns.ClientConfig {
	if len(r.Servers) > 0 {
		return &dns.ClientConfig{Servers: r.Servers, Search: r.Search, Ndots: cmp.Or(r.Dots, 1)}
	}
	c, err := dns.ClientConfigFromFile("/etc/resolv.conf")
	if err != nil {
		return nil
	}
	for i, s := range c.Servers {
		c.Servers[i] = net.JoinHostPort(s, c.Port)
	}
	return c
}

// An inquest is what the name servers said about one name.
type inquest struct {
	name   string // as it was asked for, without the dot at its end
	search bool   // a search domain was added to it
	server string
	rcode  int
	addrs  []string
	chain  []string // the names that it is an alias of
	extra  []string // extended errors (RFC 8914)
	err    error    // no answer at all
}

// text says what came back, as the servers of DNS call it.
func (q *inquest) text() string {
	if q.err != nil {
		if ne := net.Error(nil); errors.As(q.err, &ne) && ne.Timeout() {
			return "the name server " + q.server + " does not answer"
		}
		return "the name server " + q.server + " cannot be asked: " + reason(q.err)
	}
	said := dns.RcodeToString[q.rcode]
	switch {
	case q.rcode == dns.RcodeSuccess && len(q.addrs) > 0:
		said = strings.Join(q.addrs, ", ")
	case q.rcode == dns.RcodeSuccess:
		said = "NODATA: the name exists and has no address"
	case q.rcode == dns.RcodeNameError:
		said = "NXDOMAIN: there is no such name"
	case q.rcode == dns.RcodeServerFailure:
		said = "SERVFAIL: it cannot find out; often a broken delegation or DNSSEC"
	case q.rcode == dns.RcodeRefused:
		said = "REFUSED: it does not answer for this name, or not for you"
	}
	t := "the name server " + q.server + " says " + said
	if len(q.chain) > 0 {
		t += " (" + q.name + " is an alias of " + strings.Join(q.chain, ", ") + ")"
	} else if q.search {
		t += " (for " + q.name + ", with a search domain)"
	}
	if len(q.extra) > 0 {
		t += "; it adds: " + strings.Join(q.extra, "; ")
	}
	return t
}

// cause is the cause that the answer speaks for; "" when it has an address.
func (q *inquest) cause() string {
	var ne net.Error
	switch {
	case errors.As(q.err, &ne) && ne.Timeout():
		return "dns_timeout"
	case q.err != nil:
		return "dns_server_failure"
	case q.rcode == dns.RcodeNameError, q.rcode == dns.RcodeSuccess && len(q.addrs) == 0:
		return "dns_name_not_found"
	case q.rcode == dns.RcodeSuccess:
		return ""
	}
	return "dns_server_failure"
}

// ask asks the system's name servers for the addresses of host, in each name that the system's resolver would try,
// until one has an address. It returns what was said of each; nil when nobody can be asked.
func (r Resolver) ask(ctx context.Context, host string) []*inquest {
	c := r.config()
	if c == nil || len(c.Servers) == 0 || host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return nil // RFC 6761 §6.3: no server is asked for localhost
	}
	names := c.NameList(host)
	var out []*inquest
	for _, name := range names[:min(len(names), maxNames)] {
		q := r.name(ctx, c.Servers[:min(len(c.Servers), maxServers)], name)
		q.search = q.name != strings.TrimSuffix(host, ".")
		out = append(out, q)
		if q.err != nil || q.cause() == "" || ctx.Err() != nil {
			break
		}
	}
	return out
}

// name asks the servers for one name; the first that answers counts, unless it only says that it will not.
func (r Resolver) name(ctx context.Context, servers []string, name string) *inquest {
	var first *inquest
	for _, s := range servers {
		q := &inquest{name: strings.TrimSuffix(name, "."), server: s}
		if q.query(ctx, dns.TypeA); q.err == nil && q.rcode == dns.RcodeSuccess {
			q.second(ctx)
		}
		if q.err == nil && (q.rcode == dns.RcodeSuccess || q.rcode == dns.RcodeNameError) {
			return q
		}
		if first == nil || first.err != nil && q.err == nil {
			first = q
		}
	}
	return first
}

// second asks for the other type of address. That a server fails at it is told and no more, when the first is there.
func (q *inquest) second(ctx context.Context) {
	six := &inquest{name: q.name, server: q.server, chain: q.chain}
	six.query(ctx, dns.TypeAAAA)
	switch failed := six.err != nil || six.rcode != dns.RcodeSuccess; {
	case failed && len(q.addrs) == 0:
		q.err, q.rcode = six.err, six.rcode
	case six.err != nil:
		q.extra = append(q.extra, "no answer for an IPv6 address")
	case failed:
		q.extra = append(q.extra, dns.RcodeToString[six.rcode]+" for an IPv6 address")
	}
	q.addrs, q.chain, q.extra = append(q.addrs, six.addrs...), six.chain, append(q.extra, six.extra...)
}

// query asks for one type and adds the answer. A cut answer is asked for again over TCP (RFC 7766 §5).
func (q *inquest) query(ctx context.Context, kind uint16) {
	ctx, cancel := context.WithTimeout(ctx, queryTimeout)
	defer cancel()
	m := new(dns.Msg)
	m.SetQuestion(dns.Fqdn(q.name), kind)
	m.SetEdns0(dns.DefaultMsgSize, false) // extended errors come only to who speaks EDNS
	client := dns.Client{Timeout: queryTimeout}
	in, _, err := client.ExchangeContext(ctx, m, q.server)
	if err == nil && in.Truncated {
		client.Net = "tcp"
		in, _, err = client.ExchangeContext(ctx, m, q.server)
	}
	if err != nil {
		q.err = err
		return
	}
	if in.Rcode == dns.RcodeFormatError && in.IsEdns0() == nil { // a server that does not know EDNS (RFC 6891 §7)
		m.Extra = nil
		if again, _, err := client.ExchangeContext(ctx, m, q.server); err == nil {
			in = again
		}
	}
	q.rcode = in.Rcode
	q.take(in)
}

func (q *inquest) take(in *dns.Msg) {
	for _, rr := range in.Answer {
		switch v := rr.(type) {
		case *dns.A:
			q.addrs = append(q.addrs, v.A.String())
		case *dns.AAAA:
			q.addrs = append(q.addrs, v.AAAA.String())
		case *dns.CNAME:
			if to := strings.TrimSuffix(v.Target, "."); !slices.Contains(q.chain, to) {
				q.chain = append(q.chain, to)
			}
		}
	}
	opt := in.IsEdns0()
	if opt == nil {
		return
	}
	for _, o := range opt.Option {
		e, ok := o.(*dns.EDNS0_EDE)
		if !ok {
			continue
		}
		text := dns.ExtendedErrorCodeToString[e.InfoCode]
		if text == "" {
			text = fmt.Sprintf("code %d", e.InfoCode)
		}
		if e.ExtraText != "" {
			text += ", “" + e.ExtraText + "”"
		}
		if !slices.Contains(q.extra, text) {
			q.extra = append(q.extra, text)
		}
	}
}

// overrides returns the addresses that the hosts file has for host.
func (r Resolver) overrides(host string) []string {
	f, err := os.Open(cmp.Or(r.Hosts, "/etc/hosts"))
	if err != nil {
		return nil
	}
	defer f.Close()
	var out []string
	for s := bufio.NewScanner(f); s.Scan(); {
		line, _, _ := strings.Cut(s.Text(), "#")
		fields := strings.Fields(line)
		if len(fields) < 2 || !slices.ContainsFunc(fields[1:], func(n string) bool { return strings.EqualFold(n, host) }) {
			continue
		}
		if a, err := netip.ParseAddr(fields[0]); err == nil {
			out = append(out, a.String())
		}
	}
	return out
}
