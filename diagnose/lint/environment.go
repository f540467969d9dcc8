package lint

import (
	"fmt"
	"net/netip"
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// environmentRules compare the request with what is around it. Each speaks only of facts that somebody read, and those
// about the way to the server only while no server has answered. E2, the clock, is read from the answer's Date by
// package evidence; E7, what was edited since the last pass, is no suspicion but a sentence: Edited.
func environmentRules() []rule {
	return []rule{{"E1", 20, checkProxy}, {"E3", 40, checkTLSChoices}, {"E4", 30, checkEnvironment}, {"E5", 12, checkShadowed}, {"E6", 50, checkTimeout},
		{"E8", 60, checkOffline}, {"E9", 15, checkFollow}, {"E10", 15, checkLastCookies}, {"U20", 25, checkPrivateNetwork}}
}

// answered reports that a response is known: the way to the server is then no question.
func (s *scan) answered() bool { return s.f.Status != 0 }

// checkProxy is E1. An answer of a gateway may be one of the proxy.
func checkProxy(s *scan, r rule) {
	if s.f.Around.Proxy == "" {
		return
	}
	direct := set("proxy", "direct", .3)
	switch {
	case s.private():
		s.hit(r, "proxy", "proxy_misrouted", s.f.Around.ProxyFrom+" sends this request through a proxy although its host is private; NO_PROXY does not name it.", direct)
	case s.f.Status == 407 || s.f.Status >= 502 && s.f.Status <= 504:
		s.hit(r.at(15), "proxy", "proxy_misrouted", s.f.Around.ProxyFrom+" sends this request through a proxy, which may be the one that answered.", direct)
	case !s.answered():
		s.hit(r.at(5), "proxy", "proxy_misrouted", s.f.Around.ProxyFrom+" sends this request through a proxy.", direct)
	}
}

// checkTLSChoices is E3.
func checkTLSChoices(s *scan, r rule) {
	t, around := s.r.Settings.TLS, s.f.Around
	if t.ServerName != "" && !strings.EqualFold(t.ServerName, s.u.Host) {
		s.hit(r.at(5), "tls.server_name", "sni_mismatch", "The server name for TLS is not the host of the URL.", set("tls.server_name", "", .1))
	}
	if t.MaxVersion == "1.0" || t.MaxVersion == "1.1" {
		s.hit(r, "tls.max_version", "tls_version_or_cipher", "TLS is held below 1.2, which servers refuse.", set("tls.max_version", "", .05))
	}
	if around.Roots != "" && !s.answered() && !strings.EqualFold(s.u.Scheme, "http") {
		s.hit(r.at(10), "tls.ca", "tls_unknown_authority", around.Roots+" replaces the certificate authorities of the system.")
	}
	switch now := s.f.Now; {
	case now.IsZero() || around.Until.IsZero():
	case now.After(around.Until):
		s.hit(r.at(95), "tls.client_certificate", "mtls_certificate_rejected", "The client certificate expired "+ago(now.Sub(around.Until))+" ago.")
	case now.Before(around.From):
		s.hit(r.at(95), "tls.client_certificate", "mtls_certificate_rejected", "The client certificate is valid only in "+ago(around.From.Sub(now))+".")
	}
}

// checkEnvironment is E4: the name of the environment against that of the host.
func checkEnvironment(s *scan, r rule) {
	env := strings.ToLower(s.f.Around.Environment)
	if env == "" || s.private() {
		return
	}
	at := environmentOf(s.u.Host)
	prod := strings.HasPrefix(env, "prod") || env == "live"
	switch {
	case prod && at != "":
		s.hit(r, "url.host", "wrong_host_or_environment", "The environment is one of production, the host is one of "+at+".")
	case !prod && at != "" && environmentOf(env) != "" && !alike(at, environmentOf(env)):
		s.hit(r, "url.host", "wrong_host_or_environment", "The environment and the host have different names.")
	}
}

func alike(a, b string) bool {
	return a == b || strings.HasPrefix(a, "stag") && strings.HasPrefix(b, "stag")
}

// checkShadowed is E5. It weighs less than the 20 of §5: an override is a means as often as a mistake.
func checkShadowed(s *scan, r rule) {
	for _, v := range s.f.Around.Shadowed {
		s.hit(r, v.Element, "wrong_host_or_environment", fmt.Sprintf("The variable %s comes from the %s, not from the environment %s, which defines it too.", v.Name, v.Scope, s.f.Around.Environment))
	}
}

// checkTimeout is E6.
func checkTimeout(s *scan, r rule) {
	took := time.Duration(0)
	if x := s.last().Exchange; x != nil {
		took = x.Took
	}
	limit := time.Duration(0)
	for _, d := range []time.Duration{s.r.Settings.Timeouts.FirstByte, s.r.Settings.Timeouts.Total} {
		if d > 0 && (limit == 0 || d < limit) {
			limit = d
		}
	}
	if s.answered() || took <= 0 || limit == 0 || limit >= took*3/2 {
		return
	}
	s.hit(r, "timeout", "response_timeout", fmt.Sprintf("The request gives up after %s; when it last passed it took %s.", request.Lapse(limit), request.Lapse(took)), set("timeout", request.Lapse(3*took), .02))
}

// checkOffline is E8.
func checkOffline(s *scan, r rule) {
	if s.f.Around.Offline && !s.answered() && !s.local() {
		s.hit(r, "tcp", "host_unreachable", "This machine has no network: no interface but loopback is up.")
	}
}

// checkFollow is E9.
func checkFollow(s *scan, r rule) {
	last, ok := s.lastPass()
	if !ok || (last.Settings.Follow > 0) == (s.r.Settings.Follow > 0) {
		return
	}
	odds := r.odds
	if s.f.Status >= 300 && s.f.Status < 400 {
		odds = 60
	}
	text := "Redirects are followed now; when it last passed they were not."
	if last.Settings.Follow > 0 {
		text = "Redirects are not followed now; when it last passed they were."
	}
	s.hit(r.at(odds), "redirect", "redirect_changed_method", text, set("redirect", itoa(last.Settings.Follow), .05))
}

// checkLastCookies is E10. The program keeps no jar of cookies: what it can tell is which cookie the last passing
// request had.
func checkLastCookies(s *scan, r rule) {
	last, ok := s.lastPass()
	if !ok || s.f.Status != 401 && s.f.Status != 403 && s.f.Status/100 != 3 {
		return
	}
	for _, e := range element.Of(last).Elements {
		if e.Group != "cookie" || !sameOrigin(element.Of(last), s.x) {
			continue
		}
		if _, here := s.x.Get(e.ID); !here {
			s.hit(r, e.ID, "session_cookie_invalid", "When it last passed, the request had this cookie.", add(e.ID, e.Text, .02))
		}
	}
}

// checkPrivateNetwork is U20: a private address that is in no network of this machine, or a name that only a company's
// resolver knows.
func checkPrivateNetwork(s *scan, r rule) {
	if s.answered() || s.local() || s.f.Around.Networks == nil {
		return
	}
	if a, err := netip.ParseAddr(strings.Trim(s.u.Host, "[]")); err == nil {
		if !a.IsPrivate() {
			return
		}
		for _, n := range s.f.Around.Networks {
			if n.Contains(a) {
				return
			}
		}
		s.hit(r, "url.host", "connection_timeout", "The address is private, and this machine is in no network that holds it: a VPN may be off.")
		return
	}
	if privateHost.MatchString(s.u.Host) {
		s.hit(r.at(8), "url.host", "dns_name_not_found", "The name is one that only a network of its own knows: a VPN may be off.")
	}
}

// last is the last time that this request passed, the zero value when that is not known.
func (s *scan) last() diagnose.Known {
	for _, g := range s.f.Good {
		if g.From == diagnose.FromHistory {
			return g
		}
	}
	return diagnose.Known{}
}

func (s *scan) lastPass() (request.Request, bool) {
	k := s.last()
	return k.Request, k.From == diagnose.FromHistory
}

// maxEdited is how many changes Edited names.
const maxEdited = 5

// Edited is E7: what is different from the last time that this request passed, as one sentence without values; "" when
// nothing is, or when it never passed.
func Edited(x *element.Index, good []diagnose.Known) string {
	last := (&scan{f: Facts{Good: good}}).last()
	if last.From != diagnose.FromHistory {
		return ""
	}
	var names []string
	edits := element.Diff(x.Request, last.Request)
	for _, e := range edits[:min(len(edits), maxEdited)] {
		names = append(names, string(e.Element))
	}
	switch n := len(edits) - len(names); {
	case len(edits) == 0:
		return ""
	case n > 0:
		names = append(names, fmt.Sprintf("%d more", n))
	}
	return "changed since " + last.Label + ": " + strings.Join(names, ", ")
}
