package inquiry

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"culprit/diagnose/chance"
	"culprit/diagnose/element"
	"culprit/request"
)

// A circumstance is something about an exchange that the request does not decide.
type circumstance string

// The circumstances that a failure is compared with (§10).
const (
	address circumstance = "the address"
	node    circumstance = "the node"
	reused  circumstance = "the connection"
	version circumstance = "the HTTP version"
	minute  circumstance = "the minute"
)

// of returns the circumstance's value in x, "" when x does not show it.
func (c circumstance) of(x *request.Exchange) string {
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
	case reused:
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

// A link is a circumstance with which a failure comes.
type link struct {
	circumstance circumstance
	value, text  string
	p            float64 // of Fisher's test
}

// linked finds the circumstance that goes best with failing. ok is true when it does: at least six observations on each
// side and Fisher's p below one in a hundred (§10), for all the circumstances together that could have shown something.
func (a *asker) linked(passes, fails []int) (best link, ok bool) {
	best.p = 1
	type seen struct {
		of    circumstance
		value string
		chance.Table
	}
	var all []seen
	looks := 0
	for _, c := range []circumstance{address, node, reused, version, minute} {
		bad, good := a.counted(c, fails), a.counted(c, passes)
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
			if p := t.P(); with > t.WithoutFailed*(t.WithFailed+t.WithPassed) && (t.LinkedAmong(looks) && (!ok || p < best.p) || !ok && p < best.p) {
				ok = t.LinkedAmong(looks)
				best = link{c, value, fmt.Sprintf("It goes with %s: with %s %d of %d failed, otherwise %d of %d (p = %.4f).", c, value,
					t.WithFailed, t.WithFailed+t.WithPassed, t.WithoutFailed, t.WithoutFailed+t.WithoutPassed, p), p}
			}
		}
	}
	return best, ok
}

// counted counts the values of c in the exchanges of some probes.
func (a *asker) counted(c circumstance, probes []int) map[string]int {
	out := map[string]int{}
	for _, n := range probes {
		if n < 1 || n > len(a.ladder.Records) {
			continue
		}
		if got := a.ladder.Records[n-1].Answer; got != nil && got.Exchange != nil {
			if v := c.of(got.Exchange); v != "" {
				out[v]++
			}
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

// addresses are overrides that lead to each of the addresses of the request's host, nil when it has only one or the
// way there is chosen already.
func (f *failure) addresses() []request.Override {
	x := f.oracle.exchange
	if x == nil || x.Last() == nil || len(f.base.Settings.Resolve) > 0 || f.base.Settings.UnixSocket != "" || x.Last().Conn.Proxy != "" {
		return nil
	}
	var out []request.Override
	host := element.SplitURL(f.base.URL).Host
	for _, a := range x.Last().Conn.Resolved {
		if strings.Contains(a, ":") {
			a = "[" + a + "]"
		}
		out = append(out, request.Override{Host: strings.Trim(host, "[]"), To: a})
	}
	if len(out) < 2 {
		return nil
	}
	return out
}
