package inquiry

import (
	"errors"
	"net/netip"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/evidence"
	"culprit/diagnose/ladder"
	"culprit/request"
)

// elsewhere sends the same request on another way: as another HTTP version, to the other address family, without the
// proxy, with a browser's header, with the system's curl, from another machine (§6, K14-K17). It is for failures that
// may be about who asks and from where, and not about what is asked.
func (d *detective) elsewhere() progress {
	if !d.aboutTheSender() {
		return nothing
	}
	if p := d.anotherWay(); p != nothing || d.ladder.Stopped != "" {
		return p
	}
	if p := d.profile(); p != nothing || d.ladder.Stopped != "" {
		return p
	}
	return d.others()
}

// anotherWay tries what the connection of the failure leaves to vary.
func (d *detective) anotherWay() progress {
	for _, e := range d.ways() {
		if p := d.try([]diagnose.Edit{e}, diagnose.Transport, e.Why); p != nothing || d.ladder.Stopped != "" {
			return p
		}
	}
	return nothing
}

// wayRound is anotherWay where nothing explains a refusal, before what is left of the data is varied at length.
func (d *detective) wayRound() progress {
	if !d.unexplained() {
		return nothing
	}
	return d.anotherWay()
}

// unexplained reports a refusal without a word of why, of a request that can be sent over another kind of
// connection without harm.
func (f *failure) unexplained() bool {
	s := f.oracle.exchange.Status()
	return (s == 400 || s == 500) && f.base.Safe() && len(f.accused()) == 0
}

// aboutTheSender reports a refusal that nothing in the request explains: by somebody before the server, or without a
// word of the application.
func (f *failure) aboutTheSender() bool {
	if len(f.accused()) > 0 || f.byProxy() {
		return false
	}
	_, origin, _ := evidence.Responder(f.oracle.exchange)
	switch s := f.oracle.exchange.Status(); s {
	case 403, 421, 426, 505:
		return !origin || !f.explained()
	case 401, 404, 405, 411, 413, 414, 415, 429, 431:
		return false
	default:
		return s >= 400 && !origin && f.oracle.exchange.Response() != nil
	}
}

// ways are what the connection of the failure leaves to vary: K16, K14, K15.
func (f *failure) ways() []diagnose.Edit {
	h := f.oracle.exchange.Last()
	if h == nil {
		return nil
	}
	var edits []diagnose.Edit
	add := func(id diagnose.ElementID, to string, cause diagnose.CauseID, why string) {
		edits = append(edits, diagnose.Edit{Element: id, Op: diagnose.Set, To: to, Source: "transport", Cause: cause, Why: why, Weight: 2})
	}
	secure := strings.EqualFold(element.SplitURL(f.base.URL).Scheme, "https")
	switch {
	case h.Sent.Proto == "HTTP/2.0":
		add("http_version", "1.1", "http_version_mismatch", "K16: HTTP/1.1 instead of HTTP/2")
	case secure && f.base.Settings.HTTPVersion == "1.1":
		add("http_version", "2", "http_version_mismatch", "K16: HTTP/2 instead of HTTP/1.1")
	}
	if to := otherFamily(h.Conn); to != "" && f.base.Settings.IPFamily == 0 {
		add("ip_family", to, "ip_family_mismatch", "K14: IPv"+to+" instead of the other")
	}
	if h.Conn.Proxy != "" && f.base.Settings.Proxy.URL != "direct" {
		add("proxy", "direct", "proxy_misrouted", "K15: without the proxy")
	}
	return edits
}

// otherFamily returns the family of addresses that the name has and the connection did not use; "" when there is none.
func otherFamily(c request.Conn) string {
	used, err := netip.ParseAddrPort(c.Remote)
	if err != nil {
		return ""
	}
	for _, s := range c.Resolved {
		a, err := netip.ParseAddr(s)
		if err != nil || a.Unmap().Is4() == used.Addr().Unmap().Is4() {
			continue
		}
		if a.Unmap().Is4() {
			return "4"
		}
		return "6"
	}
	return ""
}

// profile is K17: the header of a browser. A pass is bisected over its few fields. Where the fields that servers ask
// for silently were added before, it has nothing to add.
func (d *detective) profile() progress {
	var edits []diagnose.Edit
	for _, f := range []request.Field{
		{Name: "User-Agent", Value: browser}, {Name: "Accept", Value: "text/html,application/json;q=0.9,*/*;q=0.8"},
		{Name: "Accept-Language", Value: "en-US,en;q=0.5"}, {Name: "Accept-Encoding", Value: "gzip, deflate, br"},
	} {
		id, op := diagnose.ID("header", f.Name), diagnose.Add
		now, ok := d.scene.index.Get(id)
		switch {
		case ok && !now.Default && f.Name != "User-Agent":
			continue // a person wrote it
		case ok:
			op = diagnose.Set
		}
		edits = append(edits, diagnose.Edit{Element: id, Op: op, To: f.Value, Source: "transform", Cause: "blocked_by_waf", Weight: 2, Why: "as a browser sends it"})
	}
	if len(edits) == 0 {
		return nothing
	}
	x, out, n := d.vary(edits, diagnose.Contrast, "K17: is it the client, by what it says of itself?")
	switch {
	case out == diagnose.Same:
		d.notes.ok(diagnose.Endpoints, "with a browser's header the answer is the same")
	case out == diagnose.Pass:
		return d.bisect(edits, x, n)
	}
	return nothing
}

// others sends the request as it is with another client of this machine, and from other machines.
func (d *detective) others() progress {
	f := d.oracle.exchange.Failure
	if f == nil || f.Phase != request.PhaseResolve && f.Phase != request.PhaseConnect && f.Phase != request.PhasePrepare {
		for _, c := range d.Clients {
			if d.sent("client", c, "K17: does "+c+" get another answer?") {
				return solved
			}
		}
	}
	for _, p := range d.Places {
		if d.sent("place", p, "does it work from "+p+"?") {
			return solved
		}
	}
	return nothing
}

// unvisited are the machines that the person offered and from which nothing was sent.
func (a *asker) unvisited() []string {
	return slices.DeleteFunc(slices.Clone(a.Places), func(p string) bool {
		return slices.ContainsFunc(a.ladder.Records, func(r diagnose.ProbeRecord) bool {
			return r.Question != nil && slices.ContainsFunc(r.Question.Edits, func(e diagnose.Edit) bool { return e.Element == "place" && e.To == p })
		})
	})
}

// sent tries one other client or place, and proves a pass by repeating both halves.
func (d *detective) sent(id diagnose.ElementID, to, why string) bool {
	edits := []diagnose.Edit{{Element: id, Op: diagnose.Set, To: to, Source: "transport", Why: why}}
	r, err := element.Apply(d.base, edits)
	if err != nil {
		return false
	}
	name := map[diagnose.ElementID]string{"client": "with " + to, "place": "from " + to}[id]
	p := ladder.Probe{Kind: diagnose.Contrast, Step: diagnose.Endpoints, Edits: edits, Why: why, Pass: "the request takes effect, " + name}
	x, out, n := d.send(r, p)
	var far *request.FarError
	switch {
	case x != nil && x.Failure != nil && errors.As(x.Failure, &far) && far.Cause == "":
		d.hint(to + " could not be used: " + far.Text)
		return false
	case out == diagnose.Same:
		d.notes.ok(diagnose.Endpoints, name+" the answer is the same")
		return false
	case out == diagnose.Other && x.Response() == nil && d.oracle.exchange.Response() == nil:
		d.notes.ok(diagnose.Endpoints, name+" no answer comes either")
		return false
	case out != diagnose.Pass:
		if n > 0 && out == diagnose.Other {
			d.notes.finding(diagnose.Endpoints, name+" the answer is another: "+outcomeText(x))
			d.hint(name + " the same request gets another answer: " + outcomeText(x))
		}
		return false
	}
	seen := &proof{fails: append([]int(nil), d.oracle.fails...), passes: []int{n}, passed: true, accused: edits}
	if d.oracle.exchange == d.Recorded {
		seen.recorded = 1
	}
	if !d.repeat(seen, edits) {
		return true // it comes and goes
	}
	d.blameSender(id, name, seen)
	return true
}

// blameSender concludes that the same request passes elsewhere.
func (d *detective) blameSender(id diagnose.ElementID, name string, p *proof) {
	cause := diagnose.CauseID("blocked_by_waf")
	f := d.oracle.exchange.Failure
	switch {
	case f != nil && f.Cause != "":
		cause = diagnose.CauseID(f.Cause)
	case id == "place":
		cause = "ip_not_allowed"
	}
	text := "the same request passes " + name + ", and not from here"
	if id == "client" {
		text = "the same request passes " + name + ", and not with this program"
	}
	fails := len(p.fails) + p.recorded
	d.notes.finding(diagnose.Endpoints, text)
	d.conclude(diagnose.OutcomeIsolated, sentence(cause, id, text), diagnose.Culprit{
		Element: id, Cause: cause, Standing: d.standing(p, p.failedAfter()), Confidence: 0.9, Explanation: text, Fix: cause.Cause().Fix,
		Evidence: append(append([]int(nil), p.fails...), p.passes...),
		With:     diagnose.Tally{Seen: fails, Tried: fails}, Without: diagnose.Tally{Seen: len(p.passes), Tried: len(p.passes)},
	})
}
