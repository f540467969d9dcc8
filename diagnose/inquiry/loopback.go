package inquiry

import (
	"fmt"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
)

// otherLoopback is K14 on this machine: a server that listens at one of its two own addresses refuses the other, and
// "localhost" may mean either.
func (d *detective) otherLoopback(cause diagnose.CauseID, tcp *diagnose.Sight) progress {
	u := element.SplitURL(d.base.URL)
	host := strings.Trim(u.Host, "[]")
	if cause != "connection_refused" || tcp == nil || d.base.Settings.Overridden(host, u.Reached()) != "" {
		return nothing
	}
	for _, other := range map[string][]string{"127.0.0.1": {"::1"}, "::1": {"127.0.0.1"}, "localhost": {"::1", "127.0.0.1"}}[host] {
		to := other
		if strings.Contains(other, ":") {
			to = "[" + other + "]"
		}
		at := to + ":" + u.Reached()
		if slices.ContainsFunc(tcp.Found, func(f string) bool { return strings.HasPrefix(f, at) }) || strings.Contains(tcp.Text, at) {
			continue // it was looked at already
		}
		k := d.lookOf("tcp")
		k.Host, k.Address = other, ""
		if s, _ := d.ladder.Look(k, "K14: does the other address of this machine take a connection?"); s == nil || !s.OK {
			continue
		}
		e := diagnose.Edit{Element: "url.host", Op: diagnose.Set, To: to, Source: "transport", Cause: "ip_family_mismatch", Why: "the other address of this machine takes connections", Weight: 10}
		x, out, n := d.vary([]diagnose.Edit{e}, diagnose.Transport, "K14: "+e.Why)
		switch {
		case out == diagnose.Pass:
			d.board.narrow([]diagnose.Edit{e})
			d.prove([]diagnose.Edit{e}, x, n, nil)
			return solved
		case x != nil && x.Response() != nil:
			text := fmt.Sprintf("nothing listens at this address; at %s the answer is %d", at, x.Status())
			d.notes.finding(diagnose.Connectivity, text)
			d.result.fix = []diagnose.Edit{e}
			d.conclude(diagnose.OutcomeIsolated, sentence("ip_family_mismatch", "url.host", text), diagnose.Culprit{
				Element: "url.host", Cause: "ip_family_mismatch", Standing: diagnose.Isolated, Confidence: 0.9, Explanation: text, Fix: element.Phrase(e),
				Evidence: append(slices.Clone(d.oracle.fails), n), With: diagnose.Tally{Seen: 1, Tried: 1}, Without: diagnose.Tally{Seen: 1, Tried: 1},
			})
			return nothing
		}
		d.hint("something listens at " + at + ": use that address, or have the server listen at both")
	}
	return nothing
}
