package inquiry_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/request"
)

// TestItPassesElsewhere: what passes with curl, or from another machine, and not from here, is proved by sending both
// again; the report says which client or place it was. What is not refused by somebody before the server is not tried.
func TestItPassesElsewhere(t *testing.T) {
	page := edge(nil)
	for _, c := range []struct {
		name, element, cause, says string
		passes                     func(request.Settings) bool
		refuses                    answers
	}{
		{"curl", "client", "blocked_by_waf", "passes with curl", func(s request.Settings) bool { return s.Client == "curl" }, page},
		{"a place", "place", "ip_not_allowed", "passes from ssh://far.test", func(s request.Settings) bool { return s.From != "" }, page},
		{"a place that reaches it", "place", "connection_timeout", "passes from ssh://far.test", func(s request.Settings) bool { return s.From != "" }, always(2, "connection_timeout")},
		{"neither", "", "", "K17: does curl get another answer? -> same", func(request.Settings) bool { return false }, page},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := withToken("/me")
			k.Clients, k.Places = []string{"curl"}, []string{"ssh://far.test"}
			r, _ := asked(t, k, func(q diagnose.Question) (int, string, []string) {
				if c.passes(q.Request.Settings) {
					return 200, `{}`, nil
				}
				return c.refuses(q)
			})
			if !strings.Contains(words(r), c.says) {
				t.Errorf("not said: %q\n%s", c.says, words(r))
			}
			if c.element == "" {
				return
			}
			got := r.Verdict.Culprits
			if len(got) != 1 || string(got[0].Element) != c.element || string(got[0].Cause) != c.cause || got[0].Standing != diagnose.Confirmed || got[0].Without.Seen < 2 {
				t.Errorf("%+v", got)
			}
		})
	}
	k := withToken("/me")
	k.Clients, k.Places = []string{"curl"}, []string{"ssh://far.test"}
	_, all := asked(t, k, always(400, `{"error":"no"}`))
	for _, q := range all {
		if q.Request != nil && q.Request.Settings.Client+q.Request.Settings.From != "" {
			t.Errorf("the application refuses, and yet: %s", q.Why)
		}
	}
}

// TestAMachineThatCannotBeUsed is said, and accuses nobody.
func TestAMachineThatCannotBeUsed(t *testing.T) {
	k := withToken("/me")
	k.Places, k.Now = []string{"ssh://far.test"}, time.Now()
	r, err := diagnose.Run(t.Context(), inquiry.New(k), func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
		if q.Request == nil {
			return diagnose.Answer{Refused: "not here"}, nil
		}
		x := exchange(*q.Request, edge(nil), q)
		if q.Request.Settings.From != "" {
			f := &request.FarError{From: "ssh://far.test", Text: "Permission denied (publickey)."}
			x.Hops, x.Failure = x.Hops[:1], &request.Failure{Phase: request.PhaseProxy, Text: "There is no way over ssh://far.test.", Err: f}
			x.Hops[0].Response = nil
		}
		return diagnose.Answer{Exchange: x}, nil
	}, nil)
	if err != nil || !strings.Contains(fmt.Sprint(r.Hints), "ssh://far.test could not be used: Permission denied") {
		t.Errorf("%q, %v", r.Hints, err)
	}
	for _, c := range r.Verdict.Culprits {
		if c.Element == "place" {
			t.Errorf("%+v", c)
		}
	}
}
