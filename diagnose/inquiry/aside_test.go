package inquiry_test

import (
	"math/rand/v2"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// A server that wants credentials says 401 and nothing else. A secret that by its name says who asks stands in the
// wrong place; one that by its name is for something else is not accused: there are no credentials.
func TestASecretForSomethingElseIsNoCredential(t *testing.T) {
	for header, want := range map[string]diagnose.ElementID{
		"X-Previous-Token": "auth", "X-Csrf-Token": "auth", "X-Continuation-Token": "auth", "X-Auth-Token": "header:X-Auth-Token",
	} {
		r := request.Request{Method: "GET", URL: "https://api.test/list", Header: []request.Field{{Name: header, Value: "abcdef0123456789"}}}
		report, _ := under(t, 1, diagnose.Case{Request: r}, func(_ *rand.Rand, q diagnose.Question) (int, []request.Field, request.Conn) {
			if request.Get(q.Request.Header, "Authorization") == "Bearer right" {
				return 200, nil, request.Conn{}
			}
			return 401, nil, request.Conn{}
		})
		cause := diagnose.CauseID("missing_credentials")
		if want != "auth" {
			cause = "credentials_in_wrong_place"
		}
		if got := report.Verdict.Culprits; len(got) != 1 || got[0].Element != want || got[0].Cause != cause {
			t.Errorf("%s: %s", header, shown(got))
		}
	}
}
