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
