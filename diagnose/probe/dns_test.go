package probe

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/miekg/dns"

	"culprit/diagnose"
	"culprit/request"
)

// nameServer is a DNS server on loopback.
func nameServer(t *testing.T, answer func(q dns.Question, m *dns.Msg)) string {
	t.Helper()
	pc, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	handler := dns.HandlerFunc(func(w dns.ResponseWriter, r *dns.Msg) {
		m := new(dns.Msg)
		m.SetReply(r)
		if r.IsEdns0() != nil {
			m.SetEdns0(dns.DefaultMsgSize, false)
		}
		if answer(r.Question[0], m); m.Response {
			_ = w.WriteMsg(m) // a client that is gone asks no more
		}
	})
	started := make(chan struct{})
	s := &dns.Server{PacketConn: pc, Handler: handler, NotifyStartedFunc: func() { close(started) }}
	done := make(chan struct{})
	go func() { defer close(done); _ = s.ActivateAndServe() }()
	<-started
	t.Cleanup(func() { _ = s.Shutdown(); <-done })
	return pc.LocalAddr().String()
}

func record(t *testing.T, m *dns.Msg, line string) {
	t.Helper()
	rr, err := dns.NewRR(line)
	if err != nil {
		t.Fatal(err)
	}
	m.Answer = append(m.Answer, rr)
}

func extended(m *dns.Msg, code uint16, text string) {
	m.IsEdns0().Option = append(m.IsEdns0().Option, &dns.EDNS0_EDE{InfoCode: code, ExtraText: text})
}

// lookedUp is a look at a name with the system's resolver set to a server.
func lookedUp(t *testing.T, server, host string, o Resolver) diagnose.Sight {
	t.Helper()
	o.Servers = []string{server}
	if o.Hosts == "" {
		o.Hosts = filepath.Join(t.TempDir(), "none")
	}
	system := &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, network, server)
	}}
	a := &asker{o: Options{Net: request.Net{Lookup: system.LookupIPAddr}, Resolver: o}}
	return a.look(t.Context(), diagnose.Look{Layer: "dns", Host: host})
}

// What a name server says is told as it is, and the cause follows it.
func TestWhatTheNameServerSays(t *testing.T) {
	server := nameServer(t, func(q dns.Question, m *dns.Msg) {
		switch q.Name {
		case "api.lab.test.":
			record(t, m, "api.lab.test. 1 IN CNAME edge.lab.test.")
			if q.Qtype == dns.TypeA {
				record(t, m, "edge.lab.test. 1 IN A 127.0.0.7")
			} else {
				record(t, m, "edge.lab.test. 1 IN AAAA ::1")
			}
		case "mail.lab.test.": // exists, without an address
		case "half.lab.test.":
			if q.Qtype == dns.TypeA {
				record(t, m, "half.lab.test. 1 IN A 127.0.0.8")
			} else {
				m.Rcode = dns.RcodeServerFailure
			}
		case "bogus.lab.test.":
			m.Rcode = dns.RcodeServerFailure
			extended(m, dns.ExtendedErrorCodeDNSBogus, "signature expired")
		case "foreign.lab.test.":
			m.Rcode = dns.RcodeRefused
		default:
			m.Rcode = dns.RcodeNameError
		}
	})
	for _, c := range []struct {
		host, cause string
		says        []string
	}{
		{"api.lab.test", "", []string{"127.0.0.7", "::1", "an alias of edge.lab.test"}},
		{"half.lab.test", "", []string{"127.0.0.8", "SERVFAIL for an IPv6 address"}},
		{"mail.lab.test", "dns_name_not_found", []string{"NODATA: the name exists and has no address"}},
		{"typo.lab.test", "dns_name_not_found", []string{"NXDOMAIN: there is no such name"}},
		{"bogus.lab.test", "dns_server_failure", []string{"SERVFAIL", "DNSSEC Bogus, “signature expired”"}},
		{"foreign.lab.test", "dns_server_failure", []string{"REFUSED"}},
	} {
		s := lookedUp(t, server, c.host, Resolver{})
		got := ""
		if s.Failure != nil {
			got = s.Failure.Cause
		}
		all := s.Text + "\n" + strings.Join(s.Found, "\n")
		for _, w := range c.says {
			if !strings.Contains(all, w) {
				t.Errorf("%s: no %q in %s", c.host, w, all)
			}
		}
		if got != c.cause || s.OK != (c.cause == "") {
			t.Errorf("%s: cause %q, want %q: %s", c.host, got, c.cause, all)
		}
	}
}

func TestANameServerThatIsNotThere(t *testing.T) {
	pc, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone := pc.LocalAddr().String()
	pc.Close()
	// The port is closed: the kernel says so at once.
	if s := lookedUp(t, gone, "api.lab.test", Resolver{}); s.OK || s.Failure.Cause != "dns_server_failure" || !strings.Contains(s.Text, "cannot be asked: ") {
		t.Errorf("got %+v", s)
	}
	silent := nameServer(t, func(_ dns.Question, m *dns.Msg) { m.Response = false })
	ctx, cancel := context.WithTimeout(t.Context(), 100e6)
	defer cancel()
	said := Resolver{Servers: []string{silent}}.ask(ctx, "api.lab.test")
	if len(said) != 1 || said[0].cause() != "dns_timeout" || !strings.Contains(said[0].text(), "does not answer") {
		t.Errorf("a server that keeps silent: %+v", said)
	}
}

func TestSearchDomainsAndTheHostsFileAreSeen(t *testing.T) {
	server := nameServer(t, func(q dns.Question, m *dns.Msg) {
		if q.Name == "db.corp.test." && q.Qtype == dns.TypeA {
			record(t, m, "db.corp.test. 1 IN A 127.0.0.9")
		} else if q.Name != "db.corp.test." {
			m.Rcode = dns.RcodeNameError
		}
	})
	said := Resolver{Servers: []string{server}, Search: []string{"lab.test", "corp.test"}}.ask(t.Context(), "db")
	if n := len(said); n != 2 || !said[1].search || !strings.Contains(said[1].text(), "127.0.0.9 (for db.corp.test, with a search domain)") {
		t.Errorf("got %+v", said)
	}
	hosts := filepath.Join(t.TempDir(), "hosts")
	if err := os.WriteFile(hosts, []byte("127.0.0.1 localhost\n10.9.8.7 other DB.corp.test # as in staging\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	a := &asker{o: Options{Net: request.Net{Lookup: func(context.Context, string) ([]net.IPAddr, error) {
		return []net.IPAddr{{IP: net.IPv4(10, 9, 8, 7)}}, nil // as the system does, which reads the file first
	}}, Resolver: Resolver{Servers: []string{server}, Hosts: hosts}}}
	s := a.look(t.Context(), diagnose.Look{Layer: "dns", Host: "db.corp.test"})
	if !s.OK || !strings.Contains(s.Text, "db.corp.test is 10.9.8.7; that is from the hosts file; the name server "+server+" says 127.0.0.9") {
		t.Errorf("got %q", s.Text)
	}
}

func TestNobodyIsAskedForLocalhostOrAnAddress(t *testing.T) {
	server := nameServer(t, func(q dns.Question, _ *dns.Msg) { t.Errorf("asked for %s", q.Name) })
	for _, host := range []string{"localhost", "shop.localhost"} {
		if said := (Resolver{Servers: []string{server}}).ask(t.Context(), host); said != nil {
			t.Errorf("%s: %+v", host, said)
		}
	}
	a := &asker{o: Options{Resolver: Resolver{Servers: []string{server}}}}
	if s := a.look(t.Context(), diagnose.Look{Layer: "dns", Host: "127.0.0.1"}); !s.OK || len(s.Found) != 1 {
		t.Errorf("an address: %+v", s)
	}
}
