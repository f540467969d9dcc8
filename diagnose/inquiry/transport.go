package inquiry

import (
	"net/netip"
	"slices"
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// transport explains a failure without a response, layer by layer from below, and tries what would get
// through (§2, stage 4).
func (d *detective) transport() {
	d.notes.begin(diagnose.Connectivity)
	d.survey()
	f := d.oracle.exchange.Failure
	if f == nil {
		d.suspectsOnly("No response came and no error says why.")
		return
	}
	if f.Phase == request.PhasePrepare {
		for _, h := range d.scene.hits {
			if h.Odds >= strong {
				d.unsendable(h)
				return
			}
		}
		d.suspectsOnly("This client cannot prepare the request, so nothing was sent: " + f.Text)
		return
	}
	if cancelled(d.oracle.exchange) {
		d.suspectsOnly("The request was stopped before it was answered, so there is no failure to explain.")
		return
	}
	cause := diagnose.CauseID(f.Cause)
	looked := d.lookAt(f.Phase)
	if d.late(f, looked) {
		return
	}
	cause = d.resolved(cause, looked["dns"])
	if d.incompleteChain(cause, looked["tls"]) {
		return
	}
	moves := []func() progress{
		func() progress { return d.otherLoopback(cause, looked["tcp"]) },
		func() progress { return d.detour(cause, looked) },
	}
	if len(d.log.named) > 0 { // the log says of what the server fell over
		moves = append(moves, d.named)
	}
	moves = append(moves, d.suspicious)
	if f.Cause == "empty_response" && d.base.Safe() { // a server may hang up on what it does not like
		moves = append(moves, d.control)
	}
	moves = append(moves, d.baselineFirst, func() progress { d.throughProxy(cause); return nothing }, d.others)
	if _, over := d.inTurn(moves...); over {
		return
	}
	if (f.Phase == request.PhaseWait || f.Phase == request.PhaseRead) && !d.unsent() {
		d.root()
		d.another()
	}
	if _, over := d.inTurn(d.question); over {
		return
	}
	if d.said.outside {
		d.hint("you say that you are outside of the host's network: join it, or its VPN, and send the request again")
	}
	d.blameTransport(cause, f)
}

// detour tries the ways round a transport failure, one by one.
func (d *detective) detour(cause diagnose.CauseID, looked map[string]*diagnose.Sight) progress {
	for _, e := range d.detours(cause, looked) {
		if p := d.try([]diagnose.Edit{e}, diagnose.Transport, e.Why); p != nothing || d.result.done() || d.encrypted(e) {
			return p
		}
	}
	return nothing
}

// late sends the request again where a layer did not answer it in time and answers a look: it may have been slow that once,
// here or there. It reports that there is nothing left to explain: it comes and goes, or another failure stood behind this
// one, which is then the one at hand.
func (d *detective) late(f *request.Failure, looked map[string]*diagnose.Sight) bool {
	seen := looked[map[request.Phase]string{request.PhaseResolve: "dns", request.PhaseConnect: "tcp", request.PhaseTLS: "tls"}[f.Phase]]
	if seen == nil || !seen.OK || f.Cause != "dns_timeout" && f.Cause != "connection_timeout" {
		return false
	}
	switch x, out, n := d.replay("it answers now: does it fail again?"); out {
	case diagnose.Same:
		d.oracle.calibrate(x, n)
	case diagnose.Pass:
		d.flaky([]int{n}, d.oracle.fails)
	case diagnose.Other:
		d.oracle.set(x, d.base, n)
		d.first = scene{}
		d.notes.ok(diagnose.Reproduce, "it fails now: "+d.failing(x))
		if x.Failure != nil {
			d.transport()
		}
		return true
	}
	return d.result.done()
}

// unsent reports a failure before a byte of the request was sent, or was read by a server: nothing in it but where it goes
// can be the cause.
func (f *failure) unsent() bool {
	x := f.oracle.exchange
	return x.Failure != nil && (otherProtocol(x) || slices.Contains([]request.Phase{request.PhaseResolve, request.PhaseConnect, request.PhaseProxy, request.PhaseTLS}, x.Failure.Phase))
}

// cancelled reports whether x was stopped by the person.
func cancelled(x *request.Exchange) bool {
	return x != nil && x.Failure != nil && x.Failure.Cause == "cancelled"
}

// blameTransport concludes with the transport error: it is its own proof (§3 of PRODUCT.md).
func (d *detective) blameTransport(cause diagnose.CauseID, f *request.Failure) {
	text := f.Text
	for _, e := range d.scene.evidence {
		if e.Kind == "transport" && e.Cause != "" {
			cause = e.Cause
			if e.Text != "" {
				text = e.Text
			}
			break
		}
	}
	if waited := d.waited(); cause == "response_timeout" && waited != "" {
		text = "No answer came within " + waited + "."
	}
	id := elementOf(cause, "server")
	if cause == "not_http_service" && d.detoured() {
		id = "proxy" // it is the proxy that was connected to
	}
	for _, h := range d.scene.hits {
		if h.Cause == cause {
			id = h.Element // a check that looks for just this knows where it is
			break
		}
	}
	n := max(1, len(d.oracle.fails))
	d.notes.finding(diagnose.Connectivity, text)
	d.conclude(diagnose.OutcomeIsolated, sentence(cause, id, text), diagnose.Culprit{
		Element: id, Cause: cause, Standing: diagnose.Isolated, Confidence: 0.95, Explanation: text, Fix: cause.Cause().Fix,
		Evidence: d.oracle.fails, With: diagnose.Tally{Seen: n, Tried: n},
	})
	minimal := d.base
	d.result.minimal = &minimal
}

// timeLimit is how long an answer is waited for; 0 without a limit.
func timeLimit(s request.Settings) time.Duration {
	limit := s.Timeouts.FirstByte
	if s.Timeouts.Total > 0 && (limit <= 0 || s.Timeouts.Total < limit) {
		limit = s.Timeouts.Total
	}
	return limit
}

// waited is how long answers were waited for, as it is and with a longer limit; "" when there is no limit.
func (a *asker) waited() string {
	limit := timeLimit(a.base.Settings)
	if limit <= 0 {
		return ""
	}
	for _, r := range a.ladder.Records {
		if r.Outcome == diagnose.Same && r.Question != nil && r.Question.Request != nil {
			limit = max(limit, timeLimit(r.Question.Request.Settings))
		}
	}
	return request.Lapse(limit)
}

// belowHTTP are the layers that carry HTTP, from below: what fails in one fails in those above it.
var belowHTTP = []string{"dns", "tcp", "tls"}

// lookAt examines the layers up to the one that failed. It returns what was seen, by layer.
func (d *detective) lookAt(p request.Phase) map[string]*diagnose.Sight {
	u := element.SplitURL(d.base.URL)
	host, port := strings.Trim(u.Host, "[]"), u.Reached()
	seen := map[string]*diagnose.Sight{}
	if d.detoured() {
		return seen // the request never goes to the host itself: what a look at it shows says nothing
	}
	address := d.base.Settings.Overridden(host, port)
	look := func(layer, why string) {
		if s, _ := d.ladder.Look(d.lookOf(layer), why); s != nil {
			seen[layer] = s
			if s.OK && layer == "tcp" && slices.ContainsFunc(s.Found, func(f string) bool { return strings.Contains(f, "does not answer") }) {
				d.hint("not every address takes a connection, so it may fail now and then: " + s.Text)
			}
			if s.OK {
				d.notes.ok(diagnose.Connectivity, s.Text)
			} else {
				d.notes.finding(diagnose.Connectivity, s.Text)
			}
		}
	}
	if p == request.PhasePrepare || p == request.PhaseProxy {
		return seen
	}
	if !isAddress(host) && address == "" {
		look("dns", "which addresses does the name have?")
	}
	if p == request.PhaseResolve {
		return seen
	}
	look("tcp", "K13: does each address take a connection?")
	if u.Scheme == "https" && p != request.PhaseConnect {
		look("tls", "K13: what does the TLS handshake show?")
	}
	return seen
}

// detoured reports whether the request goes through a proxy, its own or the environment's, or into a socket file.
func (f *failure) detoured() bool {
	s := f.base.Settings
	if x := f.oracle.exchange; x != nil && len(x.Hops) > 0 && x.Hops[len(x.Hops)-1].Conn.Proxy != "" {
		return true
	}
	return s.UnixSocket != "" || s.Proxy.URL != "" && s.Proxy.URL != "direct"
}

// connectivity looks at the layers below HTTP when the request itself may not be sent.
func (d *detective) connectivity() {
	d.notes.begin(diagnose.Connectivity)
	looked := d.lookAt(request.PhaseWait)
	for _, layer := range belowHTTP {
		s := looked[layer]
		if s == nil || s.OK || s.Failure == nil {
			continue
		}
		d.scene.exchange = &request.Exchange{Request: d.base, Failure: s.Failure}
		d.oracle.set(d.scene.exchange, d.base, 0)
		d.blameTransport(diagnose.CauseID(s.Failure.Cause), s.Failure)
		return
	}
}

// below looks at the layers below HTTP although the server answers: the person wants it, and may learn who answers.
func (d *detective) below() {
	d.notes.begin(diagnose.Connectivity)
	looked := d.lookAt(request.PhaseWait)
	for _, layer := range belowHTTP {
		if s := looked[layer]; s != nil && !s.OK {
			d.notes.finding(diagnose.Connectivity, s.Text)
			return
		}
	}
	if len(looked) > 0 {
		d.notes.ok(diagnose.Connectivity, "every layer below HTTP is fine")
	}
}

// detours are the ways round a transport failure that are worth one probe each.
func (f *failure) detours(cause diagnose.CauseID, looked map[string]*diagnose.Sight) []diagnose.Edit {
	edit := func(id diagnose.ElementID, to string, c diagnose.CauseID, why string) diagnose.Edit {
		return diagnose.Edit{Element: id, Op: diagnose.Set, To: to, Source: "transport", Cause: c, Why: why, Weight: 10}
	}
	s := f.base.Settings
	if via := s.Proxy.URL; via != "" && via != "direct" && f.byOtherMeans(cause) {
		return []diagnose.Edit{edit("proxy", "direct", "proxy_misrouted", "K15: without the proxy")}
	}
	plain := element.SplitURL(f.base.URL).Scheme == "http" && s.HTTPVersion == ""
	clear := edit("http_version", "2-prior-knowledge", "http_version_mismatch", "K16: HTTP/2 without TLS, as some servers speak nothing else (RFC 9113 §3.3)")
	switch cause {
	case "scheme_mismatch", "malformed_response":
		switch element.SplitURL(f.base.URL).Scheme {
		case "https":
			return []diagnose.Edit{edit("url.scheme", "http", "scheme_mismatch", "the port answers in clear text")}
		case "http":
			out := []diagnose.Edit{edit("url.scheme", "https", "scheme_mismatch", "the port may speak TLS")}
			if plain && cause == "malformed_response" {
				out = append(out, clear)
			}
			return out
		}
	case "connection_reset", "empty_response", "tls_version_or_cipher":
		var out []diagnose.Edit
		if f.oracle.exchange.Failure.Phase == request.PhaseTLS {
			if s.TLS.MaxVersion == "1.0" || s.TLS.MaxVersion == "1.1" {
				out = append(out, edit("tls.max_version", "1.3", "tls_version_or_cipher", "newer TLS versions"))
			}
			if s.TLS.MinVersion != "1.0" {
				out = append(out, edit("tls.min_version", "1.0", "tls_version_or_cipher", "older TLS versions"))
			}
			return out
		}
		if element.SplitURL(f.base.URL).Scheme == "http" {
			out = append(out, edit("url.scheme", "https", "scheme_mismatch", "the port may speak TLS"))
		}
		if plain {
			out = append(out, clear)
		}
		if s.HTTPVersion == "1.1" && element.SplitURL(f.base.URL).Scheme == "https" {
			out = append(out, edit("http_version", "2", "http_version_mismatch", "K16: HTTP/2 instead of HTTP/1.1"))
		}
		if s.HTTPVersion != "1.1" && f.oracle.exchange.Last() != nil && f.oracle.exchange.Last().Sent.Proto == "HTTP/2.0" {
			out = append(out, edit("http_version", "1.1", "http_version_mismatch", "K16: HTTP/1.1 instead of HTTP/2"))
		}
		return out
	case "http_version_mismatch":
		return []diagnose.Edit{edit("http_version", "1.1", "http_version_mismatch", "K16: HTTP/1.1 instead of HTTP/2")}
	case "response_timeout":
		limit := timeLimit(s)
		if limit > 0 && limit < longest {
			return []diagnose.Edit{edit("timeout", request.Lapse(4*limit), "response_timeout", "K18: wait four times as long")}
		}
	case "connection_refused", "host_unreachable", "connection_timeout":
		if t := looked["tcp"]; s.IPFamily != 0 && t != nil && t.OK {
			return []diagnose.Edit{edit("ip_family", "0", "ip_family_mismatch", "K14: the other address family")}
		}
	case "proxy_unreachable", "proxy_misrouted", "proxy_auth_required":
		return []diagnose.Edit{edit("proxy", "direct", cause, "K15: without the proxy")}
	case "content_coding_error", "truncated_response":
		return []diagnose.Edit{{Element: "header:Accept-Encoding", Op: diagnose.Set, To: "identity", Source: "transport", Cause: cause, Why: "K22: without compression", Weight: 10}}
	}
	return nil
}

// byOtherMeans reports a failure on the way through a proxy that no server behind it can have caused alone: what was
// connected to, and did not speak as a proxy does, is the proxy.
func (f *failure) byOtherMeans(cause diagnose.CauseID) bool {
	switch cause {
	case "not_http_service", "malformed_response", "http_version_mismatch":
		return true
	case "connection_reset", "empty_response", "response_timeout", "connection_timeout":
		return f.oracle.exchange.Failure.Phase != request.PhaseRead
	}
	return false
}

// longest is the timeout that is not made any longer: nobody waits four times that (K18).
const longest = 30e9

func isAddress(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}
