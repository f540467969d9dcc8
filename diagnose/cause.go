package diagnose

import (
	_ "embed"
	"strings"
	"sync"
)

// A CauseID is an id of causes.tsv, the vocabulary of all causes.
type CauseID string

// A Cause is one entry of the vocabulary.
type Cause struct {
	ID      CauseID
	Layer   string // local, dns, tcp, proxy, tls, http, edge, routing, auth, negotiation, parse, schema, business, upstream, response, webhook, client
	Side    string // client, network, server, unknown
	Meaning string // a name for it, as in a list
	Says    string // a sentence without its capital and full stop; {it} stands for what is accused
	Fix     string // what to do, a whole sentence
}

//go:embed causes.tsv
var causesTSV string

var causes = sync.OnceValue(func() map[CauseID]Cause {
	m := map[CauseID]Cause{}
	for i, line := range strings.Split(strings.TrimSpace(causesTSV), "\n") {
		f := strings.Split(line, "\t")
		if i == 0 || len(f) != 6 {
			continue
		}
		m[CauseID(f[0])] = Cause{CauseID(f[0]), f[1], f[2], f[3], f[4], f[5]}
	}
	return m
})

// Cause returns the entry of id; an unknown id gives one that has only the id and side "unknown".
func (id CauseID) Cause() Cause {
	if c, ok := causes()[id]; ok {
		return c
	}
	return Cause{ID: id, Side: "unknown"}
}

// Whose says on whose side the verdict's cause lies, as far as that is known.
func (v Verdict) Whose() string {
	switch c := v.Cause.Cause(); {
	case v.Side == "server":
		return "the server's"
	case v.Side == "network":
		return "the network between"
	case v.Side != "client":
		return "not known"
	case c.ID == "connection_refused":
		return "the client's if the address is wrong, else the server's"
	case c.ID == "response_timeout":
		return "the client's if it waits too short a time, else the server's"
	case c.Layer == "webhook":
		return "the receiver's"
	case c.ID == "scheme_mismatch":
		return "the client's: this request"
	case c.Layer == "dns", c.Layer == "tcp":
		return "the client's: the address, or this machine's network"
	case c.Layer == "proxy":
		return "the client's: the proxy of this machine"
	case c.Layer == "tls":
		return "the client's: the address, or what this machine trusts and shows"
	default:
		return "the client's: this request"
	}
}
