package inquiry_test

import (
	"context"
	"net"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/request"
)

// The system's resolver says only that there is no such host; the look says what the name servers say.
func TestTheVerdictQuotesTheNameServer(t *testing.T) {
	r := request.Request{Method: "GET", URL: "http://api.lab.test/"}
	notFound := &net.DNSError{Err: "no such host", Name: "api.lab.test", IsNotFound: true}
	ask := func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
		if q.Look != nil {
			text := "the name api.lab.test has no address: the name server 10.0.0.1:53 says REFUSED"
			return diagnose.Answer{Sight: &diagnose.Sight{Text: text, Failure: &request.Failure{Phase: request.PhaseResolve, Cause: "dns_server_failure", Text: text, Err: notFound}}}, nil
		}
		return diagnose.Answer{Exchange: &request.Exchange{Request: *q.Request, Failure: &request.Failure{Phase: request.PhaseResolve, Cause: "dns_name_not_found", Text: "The name has no address.", Err: notFound}}}, nil
	}
	got, err := diagnose.Run(t.Context(), inquiry.New(diagnose.Case{Request: r, Now: time.Unix(0, 0)}), ask, nil)
	if err != nil {
		t.Fatal(err)
	}
	if v := got.Verdict; v.Cause != "dns_server_failure" || !strings.Contains(v.Summary, "10.0.0.1:53 says REFUSED") {
		t.Errorf("got %+v", v)
	}
}

// A name server that was late once and answers a look is not accused: what the request fails for when it is sent again is,
// be that behind it, nothing at all, or the same.
func TestANameServerThatWasLateOnce(t *testing.T) {
	r := request.Request{Method: "GET", URL: "http://api.lab.test/"}
	late := &request.Failure{Phase: request.PhaseResolve, Cause: "dns_timeout", Text: "The name server did not answer in time.", Err: context.DeadlineExceeded}
	for name, c := range map[string]struct {
		then    *request.Failure // nil for the status
		status  int
		outcome string
		cause   diagnose.CauseID
	}{
		"no way there":    {&request.Failure{Phase: request.PhaseConnect, Cause: "host_unreachable", Text: "There is no way to the host."}, 0, diagnose.OutcomeIsolated, "host_unreachable"},
		"a refusal":       {nil, 429, diagnose.OutcomeExplained, "rate_limit_exceeded"},
		"it passes":       {nil, 200, diagnose.OutcomeFlaky, "intermittent_failure"},
		"late every time": {late, 0, diagnose.OutcomeIsolated, "dns_timeout"},
	} {
		sent := 0
		got, err := diagnose.Run(t.Context(), inquiry.New(diagnose.Case{Request: r, Now: time.Unix(0, 0)}), func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
			if q.Look != nil {
				return diagnose.Answer{Sight: &diagnose.Sight{OK: q.Look.Layer == "dns", Text: q.Look.Layer}}, nil
			}
			if q.Request == nil {
				return diagnose.Answer{}, nil
			}
			x := &request.Exchange{Request: *q.Request, Failure: late}
			if sent++; sent > 1 {
				if x.Failure = c.then; c.then == nil {
					x.Hops = []request.Hop{{Response: &request.Response{Status: c.status, Body: request.NewContent([]byte("{}"))}}}
				}
			}
			return diagnose.Answer{Exchange: x}, nil
		}, nil)
		if v := got.Verdict; err != nil || v.Outcome != c.outcome || v.Cause != c.cause {
			t.Errorf("%s: %v, %s %q after %d, want %s %s: %s", name, err, v.Outcome, v.Cause, sent, c.outcome, c.cause, words(got))
		}
	}
}
