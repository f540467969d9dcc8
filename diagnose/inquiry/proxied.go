package inquiry

import (
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/safety"
	"culprit/request"
)

// throughProxy is K15 from the other side: a host that is not reached directly may be reached through a proxy that the
// person's own environment names, for the other scheme or with this host left out. No credentials are given to the
// proxy, and it never reads those of the request: without TLS, a request that has some is not sent that way. An answer
// that is no pass may be the proxy's own, so it is only told.
func (d *detective) throughProxy(cause diagnose.CauseID) {
	f, u := d.oracle.exchange.Failure, element.SplitURL(d.base.URL)
	host, s := strings.Trim(u.Host, "[]"), d.base.Settings
	switch {
	case d.Around.Spared == "" || f == nil || f.Phase != request.PhaseResolve && f.Phase != request.PhaseConnect:
		return
	case d.detoured() || s.Proxy.URL != "" || s.Overridden(host, u.Reached()) != "":
		return // its way is what the person wants
	case element.Loopback(u.Host):
		return
	case !strings.EqualFold(u.Scheme, "https") && safety.Credentials(d.base):
		return
	}
	e := diagnose.Edit{Element: "proxy", Op: diagnose.Set, To: d.Around.Spared, Source: "transport", Cause: cause, Weight: 2, Why: "K15: through the proxy of the environment: " + d.Around.SparedWhy}
	x, out, n := d.vary([]diagnose.Edit{e}, diagnose.Transport, e.Why)
	switch {
	case out == diagnose.Pass:
		d.prove([]diagnose.Edit{e}, x, n, nil)
	case x == nil:
	case x.Response() != nil:
		d.hint("through the proxy " + d.Around.Spared + " an answer comes (" + outcomeText(x) + "), of the server or of the proxy: " + d.Around.SparedWhy)
	default:
		d.notes.ok(diagnose.Connectivity, "through the proxy "+d.Around.Spared+" no answer comes either")
	}
}

// otherProxyScheme reports a proxy that was sent a name and a password and asks for them in another scheme than Basic, the only one
// that is sent to proxies here (RFC 9110 §11.7.1): they may be right, and what refuses them is no fault of the request.
func (d *detective) otherProxyScheme() bool {
	r := d.oracle.exchange.Response()
	if r == nil || r.Status != 407 || !strings.Contains(d.base.Settings.Proxy.URL, "@") {
		return false
	}
	scheme := ""
	for _, h := range r.Header {
		if !strings.EqualFold(h.Name, "Proxy-Authenticate") {
			continue
		}
		asked, _, _ := strings.Cut(strings.TrimSpace(h.Value), " ")
		if strings.EqualFold(asked, "Basic") {
			return false
		}
		scheme = asked
	}
	if scheme == "" {
		return false
	}
	text := "the proxy asks for its credentials as " + scheme + ", and only Basic was sent"
	d.explain("proxy_auth_required", "proxy", text, anyEvidence)
	d.onlySuspected()
	d.hint(text + ": curl may pass where this does not (--proxy-" + strings.ToLower(scheme) + ")")
	return true
}
