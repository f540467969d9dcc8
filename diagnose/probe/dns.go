package probe

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request"
)

// dns says what the system's resolver makes of a name, and what the name servers and the hosts file behind it say.
func (a *asker) dns(ctx context.Context, host string) diagnose.Sight {
	ips, err := a.lookup(ctx, host)
	var s diagnose.Sight
	for _, ip := range ips {
		s.Found = append(s.Found, ip.String())
	}
	system := slices.Clone(s.Found)
	var said []*inquest
	var hosts []string
	if net.ParseIP(host) == nil && (a.o.Net.Lookup == nil || a.o.Resolver.Servers != nil) { // another network has no resolver of ours
		said, hosts = a.o.Resolver.ask(ctx, host), a.o.Resolver.overrides(host)
	}
	for _, q := range said {
		s.Found = append(s.Found, q.text())
	}
	if len(hosts) > 0 {
		s.Found = append(s.Found, "the hosts file says "+strings.Join(hosts, ", ")+", before any name server is asked")
	}
	if err != nil {
		return unresolved(s, host, said, err)
	}
	s.OK = true
	s.Text = host + " is " + strings.Join(system, ", ")
	if note := aside(said, hosts, system); note != "" {
		s.Text += "; " + note
	}
	return s
}

// unresolved is a name that the system's resolver gives no address for, with the best reason there is.
func unresolved(s diagnose.Sight, host string, said []*inquest, err error) diagnose.Sight {
	cause := "dns_server_failure"
	var de *net.DNSError
	switch {
	case errors.As(err, &de) && de.IsNotFound:
		cause = "dns_name_not_found"
	case errors.As(err, &de) && de.IsTimeout, errors.Is(err, context.DeadlineExceeded):
		cause = "dns_timeout"
	}
	s.Text = "the name " + host + " has no address"
	if q := telling(said, host); q != nil {
		s.Text += ": " + q.text()
		switch c := q.cause(); {
		case c == "":
			s.Text += ", which the system's resolver does not: its cache, or another source of names is before it"
		case cause != "dns_timeout":
			cause = c // the system's resolver calls SERVFAIL and REFUSED by one name, and some NXDOMAIN as well
		}
		if n := len(said); n > 1 {
			s.Text += fmt.Sprintf("; %d names were tried, with search domains", n)
		}
	}
	s.Failure = &request.Failure{Phase: request.PhaseResolve, Cause: cause, Text: s.Text, Err: err}
	return s
}

// telling is the answer that counts: one with an address or a failure, else the one for the name as it was given.
func telling(said []*inquest, host string) *inquest {
	for _, q := range said {
		if c := q.cause(); c != "dns_name_not_found" {
			return q
		}
	}
	for _, q := range said {
		if q.name == strings.TrimSuffix(host, ".") {
			return q
		}
	}
	return nil
}

// aside is what is worth knowing of a name that has an address: where it comes from, when that is not DNS.
func aside(said []*inquest, hosts, system []string) string {
	last := (*inquest)(nil)
	if len(said) > 0 {
		last = said[len(said)-1]
	}
	switch {
	case len(hosts) > 0 && last != nil && last.cause() == "" && !slices.ContainsFunc(last.addrs, func(a string) bool { return slices.Contains(system, a) }):
		return "that is from the hosts file; " + last.text()
	case len(hosts) > 0:
		return "that is from the hosts file"
	case last != nil && last.cause() == "" && last.search:
		return "that is " + last.name + ", with a search domain"
	case last != nil && last.cause() != "":
		return last.text()
	}
	return ""
}
