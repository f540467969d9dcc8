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

// A cookie whose name does not say that it stands for a person may be one of taste: that it is the session that ended is a
// suspicion where the server does not say so.
func TestACookieOfTasteIsNoSessionForSure(t *testing.T) {
	for cookie, want := range map[string]diagnose.Standing{"lang=de; theme=dark": diagnose.Suspected, "lang=de; sessionid=0f9c2d71aa0b4e55": diagnose.Named} {
		r := request.Request{Method: "GET", URL: "https://api.test/list", Header: []request.Field{{Name: "Cookie", Value: cookie}}}
		report, _ := under(t, 1, diagnose.Case{Request: r}, func(*rand.Rand, diagnose.Question) (int, []request.Field, request.Conn) {
			return 401, nil, request.Conn{}
		})
		if got := report.Verdict.Culprits; len(got) != 1 || got[0].Standing != want {
			t.Errorf("%s: %s, %s", cookie, shown(got), got[0].Standing)
		}
	}
}
