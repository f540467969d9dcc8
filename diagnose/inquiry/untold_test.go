package inquiry_test

import (
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// A refusal that says no more than its status does not say that credentials are what it misses. A challenge, a word about
// them, or the other requests to the host do.
func TestABareRefusalDoesNotNameMissingCredentials(t *testing.T) {
	other := withToken("/orders").Request
	for _, c := range []struct {
		name     string
		status   int
		body     string
		header   []string
		siblings []request.Request
		want     diagnose.Standing
	}{
		{"403", 403, `{"message":"Forbidden"}`, nil, nil, diagnose.Suspected},
		{"403 and a page", 403, `<html><body>Forbidden</body></html>`, nil, nil, diagnose.Suspected},
		{"401", 401, `{"error":"Unauthorized"}`, nil, nil, diagnose.Suspected},
		{"401 and a challenge", 401, `{"error":"Unauthorized"}`, []string{"WWW-Authenticate", `Bearer realm="shop"`}, nil, diagnose.Named},
		{"403 about a token of its own", 403, `{"error":"this token was used already"}`, nil, nil, diagnose.Suspected},
		{"403 about a rule", 403, `{"error":"the password is too short"}`, nil, nil, diagnose.Suspected},
		{"401 without a token", 401, `{"error":"no token was given"}`, nil, nil, diagnose.Named},
		{"401 in words", 401, `{"error":"please log in"}`, nil, nil, diagnose.Named},
		{"403 in words", 403, `{"error":"No API key found in request"}`, nil, nil, diagnose.Named},
		{"the others have them", 401, `{"error":"Unauthorized"}`, nil, []request.Request{other, other}, diagnose.Named},
	} {
		report, _ := asked(t, diagnose.Case{Request: get("/log"), Siblings: c.siblings}, func(q diagnose.Question) (int, string, []string) {
			return c.status, c.body, c.header
		})
		if got := report.Verdict.Culprits; len(got) != 1 || got[0].Element != "auth" || got[0].Standing != c.want {
			t.Errorf("%s: %s", c.name, shown(got))
		}
	}
}

// The key is fine and the signature is missing, which the answer names: that is the culprit, and the key is not moved about.
func TestTheSignatureIsMissingNotTheKeyMisplaced(t *testing.T) {
	r := get("/payouts")
	r.Header = append(r.Header, request.Field{Name: "X-Merchant-Key", Value: "live_7d1f2c9a40be"})
	r.Secrets = append(r.Secrets, request.Secret{Ref: "header X-Merchant-Key", Value: "live_7d1f2c9a40be"})
	report, all := asked(t, diagnose.Case{Request: r}, always(401, `{"error":"missing X-Signature header"}`))
	if got := report.Verdict.Culprits; len(got) != 1 || got[0].Element != "header:X-Signature" || got[0].Cause != "missing_request_header" {
		t.Errorf("%s", shown(got))
	}
	for _, q := range all {
		if q.Request != nil && request.Get(q.Request.Header, "X-Signature") == "live_7d1f2c9a40be" {
			t.Error("the key was sent as the signature")
		}
	}
}

// A write is answered with 404, and with yes everywhere else: that it passes below another version says nothing.
func TestAHostThatSaysYesToEverythingHasNoRightPath(t *testing.T) {
	for _, yes := range []bool{true, false} {
		c := write("/api/v1/orders", `{"sku":"TEA-7"}`)
		c.Siblings = []request.Request{get("/api/v2/orders"), get("/api/v2/stock"), get("/api/v2/me")}
		report, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
			path := element.SplitURL(q.Request.URL).Path
			if strings.HasPrefix(path, "/api/v1/") || !yes && path != "/api/v2/orders" {
				return 404, `{"error":"not found"}`, nil
			}
			return 200, `{"ok":true}`, nil
		})
		proved := false
		for _, k := range report.Verdict.Culprits {
			proved = proved || k.Standing == diagnose.Confirmed || k.Standing == diagnose.Isolated
		}
		if proved == yes {
			t.Errorf("yes to everything %v: %s", yes, shown(report.Verdict.Culprits))
		}
	}
}

// Past the proxy stands another server, with a page for people: it is no answer to a request to an application.
func TestAPagePastTheProxyIsNoPass(t *testing.T) {
	for media, want := range map[string]bool{"text/html": false, "application/json": true} {
		c := withToken("/me")
		c.Request.URL = "http://shop.test/me"
		c.Request.Settings.Proxy.URL = "http://proxy.test:3128"
		report, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
			if q.Request.Settings.Proxy.URL == "direct" {
				return 200, map[string]string{"text/html": "<html><body>Welcome</body></html>", "application/json": `{"id":1}`}[media], []string{"Content-Type", media}
			}
			return 403, `{"error":"forbidden"}`, []string{"Content-Type", "application/json"}
		})
		accused := len(report.Verdict.Culprits) > 0 && report.Verdict.Culprits[0].Cause == "proxy_misrouted"
		if accused != want {
			t.Errorf("%s: %s", media, shown(report.Verdict.Culprits))
		}
	}
}

// Where no connection comes about nobody has read the header: that is not said to be accepted.
func TestAFailedConnectionAcceptsNoHeader(t *testing.T) {
	for _, cause := range []string{"connection_refused", "connection_reset"} {
		c := withToken("/orders")
		c.Request.Method, c.Request.Body = "POST", request.Body{Kind: request.RawBody, Type: "application/json", Text: `{"sku":"TEA-0007","quantity":2}`}
		r, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
			switch {
			case q.Safety > diagnose.S3:
				return refusedHere, "", nil
			case q.Request.Auth.Scheme == "" && q.Request.Method == "POST":
				return 2, cause, nil
			}
			return 403, `{"error":"no"}`, nil
		})
		for _, p := range r.Probes {
			if p.Why != "" && strings.HasPrefix(p.Why, "K1") && p.Outcome == diagnose.Other {
				t.Errorf("%s: the probe without credentials got another answer", cause)
			}
		}
	}
}

// A proxy that asks for another scheme than the one that is sent to it has not said that the credentials are wrong.
func TestAProxyOfAnotherSchemeHasNotRefusedTheCredentials(t *testing.T) {
	for scheme, want := range map[string]diagnose.Standing{`Digest realm="p", nonce="1"`: diagnose.Suspected, `Basic realm="p"`: diagnose.Named} {
		c := diagnose.Case{Request: get("/orders")}
		c.Request.Settings.Proxy.URL = "http://ada:secret@proxy.test:3128"
		report, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
			return 407, "", []string{"Proxy-Authenticate", scheme}
		})
		if got := report.Verdict.Culprits; len(got) != 1 || got[0].Element != "proxy" || got[0].Standing != want {
			t.Errorf("%s: %s", scheme, shown(got))
		}
	}
}

// Of the cookies that the jar has no more only one whose name says that it stands for a person is called the session: that of
// a balancer is none, and the server asks for a token in so many words.
func TestALostCookieIsASessionByItsName(t *testing.T) {
	for name, want := range map[string]diagnose.ElementID{"shop_session": "cookie:shop_session", "balancer": "auth"} {
		report, _ := asked(t, diagnose.Case{Request: get("/me"), Lost: []string{name}}, func(diagnose.Question) (int, string, []string) {
			return 401, `{"error":"missing bearer token"}`, []string{"WWW-Authenticate", `Bearer realm="shop"`}
		})
		if got := report.Verdict.Culprits; len(got) != 1 || got[0].Element != want {
			t.Errorf("%s: %s", name, shown(got))
		}
	}
}

// Who asks for a page past the proxy, and gets one, got what was asked for.
func TestAPageThatIsWantedPastTheProxyIsAPass(t *testing.T) {
	c := withToken("/me")
	c.Request.URL = "http://shop.test/me"
	c.Request.Header = append(request.Del(c.Request.Header, "Accept"), request.Field{Name: "Accept", Value: "text/html"})
	c.Request.Settings.Proxy.URL = "http://proxy.test:3128"
	report, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
		if q.Request.Settings.Proxy.URL == "direct" {
			return 200, "<html><body>Welcome</body></html>", []string{"Content-Type", "text/html"}
		}
		return 403, `{"error":"forbidden"}`, []string{"Content-Type", "application/json"}
	})
	if got := report.Verdict.Culprits; len(got) != 1 || got[0].Cause != "proxy_misrouted" {
		t.Errorf("%s", shown(got))
	}
}

// A field that is no credential and is missing beside a good token is that field, whatever the status.
func TestAFieldThatIsMissingBesideATokenIsNoMissingCredential(t *testing.T) {
	report, _ := asked(t, withToken("/orders"), always(401, `{"error":"X-Request-Id header is missing"}`))
	if got := report.Verdict.Culprits; len(got) != 1 || got[0].Element != "header:X-Request-Id" || got[0].Cause != "missing_request_header" {
		t.Errorf("%s", shown(got))
	}
}
