// Package circumstance finds with what a failure comes that the request does not decide: an address, a node, a used
// connection, a version, a minute; in the history, an hour of the day or a day of the week (DIAGNOSIS.md §10).
//
// It looks at what was seen and asks for nothing; how much is enough is for package chance to say.
package circumstance

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"

	"culprit/diagnose/chance"
	"culprit/request"
)

// A Circumstance is something about an exchange that the request does not decide.
type Circumstance string

// The circumstances that a failure is compared with (§10).
const (
	address Circumstance = "the address"
	node    Circumstance = "the node"
	Reused  Circumstance = "the connection"
	version Circumstance = "the HTTP version"
	minute  Circumstance = "the minute"
)

// of returns the circumstance's value in x, "" when x does not show it.
func (c Circumstance) of(x *request.Exchange) string {
	hop := x.Last()
	if hop == nil {
		return ""
	}
	switch c {
	case address:
		if a, err := netip.ParseAddrPort(hop.Conn.Remote); err == nil {
			return a.Addr().String()
		}
	case node:
		return responderNode(x)
	case Reused:
		switch {
		case hop.Conn.Remote == "":
			return ""
		case hop.Conn.Reused:
			return "used before"
		}
		return "new"
	case version:
		if x.Response() != nil {
			return x.Response().Proto
		}
	case minute:
		if !x.Start.IsZero() {
			return x.Start.Format("15:04")
		}
	}
	return ""
}

// nodeFields are the header fields by which servers behind a balancer say which of them answered, lower case.
var nodeFields = []string{
	"x-served-by", "x-backend", "x-backend-server", "x-backend-host", "x-upstream", "x-upstream-server", "x-node", "x-node-id", "x-server", "x-server-id",
	"x-server-name", "x-instance", "x-instance-id", "x-pod", "x-pod-name", "x-hostname", "x-host", "x-worker", "x-machine", "x-amz-cf-pop", "fly-region",
}

// responderNode is the first field of a response that names the node that wrote it: "x-served-by web-3".
func responderNode(x *request.Exchange) string {
	if x.Response() == nil {
		return ""
	}
	for _, name := range nodeFields {
		if v := request.Get(x.Response().Header, name); v != "" {
			return name + " " + v
		}
	}
	return ""
}

// A Link is a circumstance with which a failure comes.
type Link struct {
	Circumstance Circumstance
	Value        string
	Text         string  // in a sentence, with the counts
	P            float64 // of Fisher's test
}

// Linked finds the circumstance that goes best with failing. ok is true when it does: at least six observations on each
// side and Fisher's p below one in a hundred (§10), for all the circumstances together that could have shown something.
func Linked(passes, fails []*request.Exchange) (best Link, ok bool) {
	best.P = 1
	type seen struct {
		of    Circumstance
		value string
		chance.Table
	}
	var all []seen
	looks := 0
	for _, c := range []Circumstance{address, node, Reused, version, minute} {
		bad, good := c.counted(fails), c.counted(passes)
		values := maps.Clone(bad)
		maps.Copy(values, good)
		for i, value := range slices.Sorted(maps.Keys(values)) {
			t := chance.Table{WithFailed: bad[value], WithPassed: good[value], WithoutFailed: sum(bad) - bad[value], WithoutPassed: sum(good) - good[value]}
			all = append(all, seen{c, value, t})
			if t.Telling() && (len(values) > 2 || i == 0) { // of two values, one says what the other does
				looks++
			}
		}
	}
	for _, t := range all {
		c, value := t.of, t.value
		if t.WithFailed > 0 {
			with := t.WithFailed * (t.WithoutFailed + t.WithoutPassed)
			if p := t.P(); with > t.WithoutFailed*(t.WithFailed+t.WithPassed) && (t.LinkedAmong(looks) && (!ok || p < best.P) || !ok && p < best.P) {
				ok = t.LinkedAmong(looks)
				best = Link{c, value, fmt.Sprintf("It goes with %s: with %s %d of %d failed, otherwise %d of %d (p = %.4f).", c, value,
					t.WithFailed, t.WithFailed+t.WithPassed, t.WithoutFailed, t.WithoutFailed+t.WithoutPassed, p), p}
			}
		}
	}
	return best, ok
}

// counted counts the values of c in some exchanges.
func (c Circumstance) counted(in []*request.Exchange) map[string]int {
	out := map[string]int{}
	for _, x := range in {
		if v := c.of(x); v != "" {
			out[v]++
		}
	}
	return out
}

func sum(m map[string]int) int {
	n := 0
	for _, v := range m {
		n += v
	}
	return n
}
