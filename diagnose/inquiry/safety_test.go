package inquiry_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/request"
)

// TestMoneyIsNotMovedInProduction: what cannot be undone is not done there, with any consent; elsewhere it is a write like
// others, and what keeps its body back or only reads is no write.
func TestMoneyIsNotMovedInProduction(t *testing.T) {
	for _, c := range []struct {
		method, path string
		production   bool
		want         int // POSTs, PUTs and DELETEs that are sent with their body
	}{
		{"POST", "/v1/payments", true, 0},
		{"POST", "/users/7/sendSms", true, 0},
		{"DELETE", "/payouts/7", true, 0},
		{"POST", "/v1/payments", false, 1},
		{"POST", "/v1/orders", true, 1},
		{"POST", "/emailing-lists-archive-of-mailmen", true, 1},
	} {
		r := request.Request{Method: c.method, URL: "https://api.test" + c.path, Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: `{"amount":"5"}`}}
		s := inquiry.New(diagnose.Case{Request: r, Writes: true, Production: c.production, Budget: diagnose.Budget{Probes: 1}})
		n := 0
		report, err := diagnose.Run(t.Context(), s, func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
			if q.Request != nil && !q.Request.Safe() && !q.Request.Settings.WithholdBody {
				n++
			}
			return diagnose.Answer{Refused: "no consent"}, nil
		}, nil)
		if err != nil || min(n, 1) != c.want {
			t.Errorf("%s %s, production %v: %d sent, %v", c.method, c.path, c.production, n, err)
		}
		if told := strings.Contains(fmt.Sprint(report.Hints), "diagnose it on a test system"); told != (c.want == 0) {
			t.Errorf("%s %s: %v", c.method, c.path, report.Hints)
		}
	}
}
