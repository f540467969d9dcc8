package inquiry_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/inquiry"
	"culprit/request"
)

// login is a way to the token fresh, at login.test.
func login(c diagnose.Case, fresh string) diagnose.Renewal {
	return diagnose.Renewal{Label: "the saved request auth/login",
		Request: request.Request{Method: "POST", URL: "https://login.test/token", Settings: request.Settings{Follow: 5},
			Body: request.Body{Kind: request.FormBody, Fields: []request.Field{{Name: "password", Value: "hunter2-and-more"}}}},
		Renewed: func(x *request.Exchange) (request.Request, error) {
			if x.Status() != 200 {
				return request.Request{}, errors.New("it answers 401 and nothing for token")
			}
			r := c.Request.Clone()
			r.Auth = r.Auth.With("token", fresh)
			r.Secrets = append(r.Secrets, request.Secret{Ref: "token", Value: fresh})
			return r, nil
		}}
}

// The same API refuses every token but one. What the login answers, and who may be asked, makes the difference.
func TestNewCredentialsProveThatTheOldOnesAreBad(t *testing.T) {
	const good, old = "77aa0cc1d9e34b20", "3f9c2d71aa0b4e55"
	expired := []string{"WWW-Authenticate", `Bearer error="invalid_token", error_description="The access token expired"`}
	for _, tt := range []struct {
		name, fresh string
		header      []string
		refuses     bool // the login
		denied      bool // no consent
		outcome     string
		cause       diagnose.CauseID
		logins      int
	}{
		{"expired", good, expired, false, false, diagnose.OutcomeIsolated, "expired_token", 1},
		{"revoked, and the server does not say so", good, nil, false, false, diagnose.OutcomeIsolated, "invalid_credentials", 1},
		{"the login refuses", good, expired, true, false, diagnose.OutcomeExplained, "expired_token", 1},
		{"the same again", old, expired, false, false, diagnose.OutcomeExplained, "expired_token", 1},
		{"refused too", "0011223344556677", nil, false, false, diagnose.OutcomeExplained, "", 1},
		{"no consent", good, expired, false, true, diagnose.OutcomeExplained, "expired_token", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := withToken("/orders")
			c.Renewals = []diagnose.Renewal{login(c, tt.fresh)}
			logins := 0
			answer := func(q diagnose.Question) (int, string, []string) {
				if strings.HasPrefix(q.Request.URL, "https://login.test/") {
					logins++
					if q.Safety != diagnose.S5 || q.Kind != diagnose.Renew || q.Request.Settings.Follow != 0 {
						t.Errorf("asked as %s %s, redirects %d", q.Safety, q.Kind, q.Request.Settings.Follow)
					}
					for _, e := range element.Of(*q.Request).Elements {
						if strings.Contains(e.Text, old) {
							t.Errorf("%s goes to the login", e.ID)
						}
					}
					if tt.refuses {
						return 401, `{"error":"invalid_client"}`, nil
					}
					return 200, `{"access_token":"` + tt.fresh + `"}`, nil
				}
				if strings.Contains(q.Request.Auth.Param("token"), good) {
					return 200, `{"orders":[]}`, nil
				}
				return 401, `{"error":"unauthorized"}`, tt.header
			}
			var r diagnose.Report
			if tt.denied {
				r = denied(t, c, answer, func(q diagnose.Question) bool { return q.Kind == diagnose.Renew })
				logins = 1
			} else {
				r, _ = asked(t, c, answer)
			}
			v := r.Verdict
			if v.Outcome != tt.outcome || tt.cause != "" && v.Cause != tt.cause || logins != tt.logins || len(v.Culprits) == 0 || v.Culprits[0].Element != "auth" {
				t.Fatalf("%s %s: %s; %d logins", v.Outcome, v.Cause, v.Summary, logins)
			}
			if strings.Contains(v.Summary, good) {
				t.Errorf("the new token is in the sentence: %s", v.Summary)
			}
			if hint := strings.Contains(fmt.Sprint(r.Hints), "--allow-login"); hint != tt.denied {
				t.Errorf("hints %q", r.Hints)
			}
			if v.Outcome == diagnose.OutcomeIsolated && !strings.Contains(v.Culprits[0].Fix, "auth/login") {
				t.Errorf("fix %q", v.Culprits[0].Fix)
			}
		})
	}
}

// Credentials that nobody refused are not renewed, whatever else is wrong.
func TestCredentialsThatAreAcceptedAreNotRenewed(t *testing.T) {
	for _, status := range []int{400, 403, 404, 409, 422, 500} {
		c := withToken("/orders")
		c.Renewals = []diagnose.Renewal{login(c, "77aa0cc1d9e34b20")}
		_, all := asked(t, c, func(diagnose.Question) (int, string, []string) { return status, `{"error":"no"}`, nil })
		for _, q := range all {
			if q.Kind == diagnose.Renew {
				t.Errorf("%d: asked for new credentials", status)
			}
		}
	}
}

// denied runs a case without consent to what without picks.
func denied(t *testing.T, c diagnose.Case, f answers, without func(diagnose.Question) bool) diagnose.Report {
	t.Helper()
	c.Now = time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	r, err := diagnose.Run(t.Context(), inquiry.New(c), func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
		switch {
		case q.Request == nil:
			return diagnose.Answer{}, nil
		case without(q):
			return diagnose.Answer{Refused: "no consent"}, nil
		}
		return diagnose.Answer{Exchange: exchange(*q.Request, f, q)}, nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestTheTokenIsAnotherThanWhenItPassed: the history has a pass of the same request with another token. That is said, and the
// place where the token stands is not to blame; which token is right is not known. A token that passed there before stands
// right, too.
func TestTheTokenIsAnotherThanWhenItPassed(t *testing.T) {
	for _, changed := range []bool{true, false} {
		c := withToken("/me")
		c.Good = []diagnose.Known{{Label: "the pass of 2030-01-01 12:00 UTC", Request: c.Request, From: diagnose.FromVersion}}
		if changed {
			c.Good[0].Otherwise = []string{"api_token"}
		}
		r, _ := asked(t, c, always(401, `{"error":"invalid token"}`))
		said := strings.Contains(fmt.Sprint(r.Hints), "the pass of 2030-01-01 12:00 UTC had another value of api_token")
		if said != changed || r.Verdict.Cause != "invalid_credentials" || r.Verdict.Culprits[0].Standing == diagnose.Confirmed {
			t.Errorf("changed %v: %s %v", changed, r.Verdict.Summary, r.Hints)
		}
	}
}
