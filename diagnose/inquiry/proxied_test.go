package inquiry_test

import (
	"context"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/request"
)

// A host that is reached through the company's proxy alone.
func TestAHostMayBeReachedThroughTheProxyOfTheEnvironment(t *testing.T) {
	const proxy = "http://proxy.corp:3128"
	token := request.Auth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: "3f9c2d71aa0b4e55"}}}
	for _, tt := range []struct {
		name   string
		url    string
		auth   request.Auth
		set    request.Settings
		spared string
		status int // through the proxy
		phase  request.Phase
		sent   bool
		found  bool
	}{
		{"it passes", "https://api.test/x", token, request.Settings{}, proxy, 200, request.PhaseConnect, true, true},
		{"the name is known there", "http://api.test/x", request.Auth{}, request.Settings{}, proxy, 200, request.PhaseResolve, true, true},
		{"the proxy refuses", "https://api.test/x", token, request.Settings{}, proxy, 407, request.PhaseConnect, true, false},
		{"the proxy finds nothing", "https://api.test/x", token, request.Settings{}, proxy, 503, request.PhaseConnect, true, false},
		{"the environment names none", "https://api.test/x", token, request.Settings{}, "", 200, request.PhaseConnect, false, false},
		{"loopback", "http://127.0.0.1:8080/x", request.Auth{}, request.Settings{}, proxy, 200, request.PhaseConnect, false, false},
		{"the proxy would read the token", "http://api.test/x", token, request.Settings{}, proxy, 200, request.PhaseConnect, false, false},
		{"the request says direct", "https://api.test/x", token, request.Settings{Proxy: request.Proxy{URL: "direct"}}, proxy, 200, request.PhaseConnect, false, false},
		{"the server was reached", "https://api.test/x", token, request.Settings{}, proxy, 200, request.PhaseTLS, false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sent := false
			c := diagnose.Case{Request: request.Request{Method: "GET", URL: tt.url, Auth: tt.auth, Settings: tt.set}, Now: time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)}
			c.Around.Spared, c.Around.SparedWhy = tt.spared, "HTTPS_PROXY names it, and NO_PROXY entry .test keeps this host from it"
			r, err := diagnose.Run(t.Context(), inquiry.New(c), func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
				if q.Request == nil {
					return diagnose.Answer{}, nil
				}
				x := &request.Exchange{Request: *q.Request, Took: time.Millisecond, Hops: []request.Hop{{Sent: request.Sent{Method: "GET", URL: q.Request.URL}}}}
				if q.Request.Settings.Proxy.URL != proxy {
					x.Failure = &request.Failure{Phase: tt.phase, Cause: "host_unreachable", Text: "no way there", Err: net.ErrClosed}
					return diagnose.Answer{Exchange: x}, nil
				}
				sent = true
				x.Hops[0].Conn.Proxy = proxy
				x.Hops[0].Response = &request.Response{Status: tt.status, Header: []request.Field{{Name: "Content-Type", Value: "application/json"}}, Body: request.NewContent([]byte(`{}`))}
				return diagnose.Answer{Exchange: x}, nil
			}, nil)
			if err != nil {
				t.Fatal(err)
			}
			fix := r.Verdict.Repair
			if found := fix != nil && fix.Verified && fix.Request.Settings.Proxy.URL == proxy; sent != tt.sent || found != tt.found {
				t.Errorf("sent %v, found %v: %s", sent, found, r.Verdict.Summary)
			}
			if len(r.Verdict.Culprits) == 0 || r.Verdict.Cause != "host_unreachable" {
				t.Errorf("%s: %+v", r.Verdict.Summary, r.Verdict.Culprits)
			}
			if told := strings.Contains(fmt.Sprint(r.Hints), "an answer comes"); told != (tt.sent && !tt.found) {
				t.Errorf("hints %q", r.Hints)
			}
			t.Log(r.Verdict.Summary)
		})
	}
}
