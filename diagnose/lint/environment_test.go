package lint

import (
	"fmt"
	"net/netip"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// A surrounded is one request in two surroundings: in the first a rule must speak, in the second it must not.
type surrounded struct {
	rule      string
	r         request.Request
	bad, good Facts
	element   diagnose.ElementID
	cause     diagnose.CauseID
	fixed     string // as in sample
}

func around(s diagnose.Surroundings) Facts { return Facts{Around: s} }

// passed are the facts that r passed before and took so long.
func passed(r request.Request, took time.Duration) Facts {
	return Facts{Good: []diagnose.Known{{Label: "the last passing exchange", Request: r, From: diagnose.FromHistory, Exchange: &request.Exchange{Took: took}}}}
}

func (f Facts) with(status int) Facts { f.Status = status; return f }

func surroundedSamples() []surrounded {
	public, inside := get("https://api.shop.test/v1/me"), get("http://10.1.2.3:8080/v1/me")
	lan := []netip.Prefix{netip.MustParsePrefix("192.168.1.0/24")}
	vpn := []netip.Prefix{netip.MustParsePrefix("192.168.1.0/24"), netip.MustParsePrefix("10.0.0.0/8")}
	proxy := diagnose.Surroundings{Proxy: "proxy.corp:3128", ProxyFrom: "HTTPS_PROXY"}
	quick := public.Clone()
	quick.Settings.Timeouts.Total = 2 * time.Second
	follow := public.Clone()
	follow.Settings.Follow = 5
	cookie := get("https://api.shop.test/v1/me", "Cookie: sid=1; theme=dark")
	keyed := post("application/json", `{"a":2}`, "Idempotency-Key: k1")
	return []surrounded{
		{"E1", inside, around(proxy), Facts{}, "proxy", "proxy_misrouted", "direct"},
		{"E1", public, around(proxy).with(502), around(proxy).with(400), "proxy", "proxy_misrouted", "direct"},
		{"E3", public, around(diagnose.Surroundings{From: noon.Add(-48 * time.Hour), Until: noon.Add(-24 * time.Hour)}), around(diagnose.Surroundings{From: noon.Add(-48 * time.Hour), Until: noon.Add(24 * time.Hour)}), "tls.client_certificate", "mtls_certificate_rejected", ""},
		{"E3", public, around(diagnose.Surroundings{From: noon.Add(time.Hour), Until: noon.Add(24 * time.Hour)}), Facts{}, "tls.client_certificate", "mtls_certificate_rejected", ""},
		{"E3", public, around(diagnose.Surroundings{Roots: "SSL_CERT_FILE"}), around(diagnose.Surroundings{Roots: "SSL_CERT_FILE"}).with(401), "tls.ca", "tls_unknown_authority", ""},
		{"E4", get("https://api.staging.shop.test/"), around(in("production")), around(in("staging")), "url.host", "wrong_host_or_environment", ""},
		{"E5", public, around(diagnose.Surroundings{Environment: "dev", Shadowed: []diagnose.Shadowed{{Name: "base", Scope: "folder orders", Element: "url"}}}), around(in("dev")), "url", "wrong_host_or_environment", ""},
		{"E6", quick, passed(public, 3*time.Second), passed(public, time.Second), "timeout", "response_timeout", "9 s"},
		{"E6", quick, passed(public, 3*time.Second), passed(public, 3*time.Second).with(400), "timeout", "response_timeout", "9 s"},
		{"E8", public, around(diagnose.Surroundings{Offline: true, Networks: []netip.Prefix{}}), around(diagnose.Surroundings{Networks: lan}), "tcp", "host_unreachable", ""},
		{"E9", public, passed(follow, 0).with(302), passed(public, 0).with(302), "redirect", "redirect_changed_method", "5"},
		{"E9", follow, passed(public, 0), passed(follow, 0), "redirect", "redirect_changed_method", "0"},
		{"E10", public, passed(cookie, 0).with(401), passed(public, 0).with(401), "cookie:sid", "session_cookie_invalid", "1"},
		{"U20", inside, around(diagnose.Surroundings{Networks: lan}), around(diagnose.Surroundings{Networks: vpn}), "url.host", "connection_timeout", ""},
		{"U20", get("https://git.corp/x"), around(diagnose.Surroundings{Networks: lan}), around(diagnose.Surroundings{Networks: lan}).with(404), "url.host", "dns_name_not_found", ""},
		{"M8", keyed, passed(post("application/json", `{"a":1}`, "Idempotency-Key: k1"), 0), passed(keyed, 0), "header:Idempotency-Key", "idempotency_key_reused", ""},
	}
}

func TestEnvironmentRules(t *testing.T) {
	for i, c := range surroundedSamples() {
		t.Run(fmt.Sprintf("%s %d", c.rule, i), func(t *testing.T) {
			h, ok := find(check(c.r, c.bad), c.rule, c.element)
			if !ok || h.Cause != c.cause {
				t.Fatalf("not found: got %+v of %s", h, brief(check(c.r, c.bad)))
			}
			if got := edited(h); c.fixed != "" && got != c.fixed {
				t.Errorf("got edit %q, want %q", got, c.fixed)
			}
			if h, ok := find(check(c.r, c.good), c.rule, ""); ok && h.Odds > 5 {
				t.Errorf("the look-alike is accused: %.0f %s", h.Odds, h.Text)
			}
			applies(t, c.r, check(c.r, c.bad))
		})
	}
	run(t, []sample{{"E3", func() request.Request {
		r := get("https://h.test/")
		r.Settings.TLS.MaxVersion = "1.1"
		return r
	}(), Facts{}, "tls.max_version", "tls_version_or_cipher", "", get("https://h.test/")}})
}

// E7: what was edited is said first, without values.
func TestEditedNamesWhatChanged(t *testing.T) {
	old := data(`{"a":1,"b":"secret-value"}`)
	now := post("application/json", `{"a":2,"b":"other-value"}`, "Accept: text/csv")
	for _, c := range []struct {
		good []diagnose.Known
		want string
	}{
		{passed(old, 0).Good, "changed since the last passing exchange: header:Accept, body:/a, body:/b"},
		{passed(now, 0).Good, ""},
		{nil, ""},
		{[]diagnose.Known{{Label: "the request of --good", Request: old}}, ""},
	} {
		if got := Edited(element.Of(now), c.good); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
