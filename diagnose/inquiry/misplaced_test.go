package inquiry_test

import (
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// A token that stands elsewhere is only then in the wrong place when it is not refused in the right one.
func TestATokenElsewhereIsNotAlwaysMisplaced(t *testing.T) {
	for _, c := range []struct {
		name    string
		header  string
		moved   string // what the challenge says to the token in Authorization
		element diagnose.ElementID
		cause   diagnose.CauseID
	}{
		{"read and refused there", "X-Previous-Token", `Bearer realm="shop", error="invalid_token", error_description="expired"`, "auth", "missing_credentials"},
		{"not read there either", "X-Session-Token", `Bearer realm="shop"`, "header:X-Session-Token", "credentials_in_wrong_place"},
	} {
		r := get("/me")
		r.Auth = request.Auth{}
		r.Header = append(r.Header, request.Field{Name: c.header, Value: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"})
		r.Secrets = append(r.Secrets, request.Secret{Ref: "header " + c.header, Value: r.Header[len(r.Header)-1].Value})
		report, all := asked(t, diagnose.Case{Request: r}, func(q diagnose.Question) (int, string, []string) {
			if q.Request.Auth.Scheme != "" || request.Has(q.Request.Header, "Authorization") {
				return 401, `{"error":"unauthorized"}`, []string{"WWW-Authenticate", c.moved}
			}
			return 401, `{"error":"unauthorized"}`, []string{"WWW-Authenticate", `Bearer realm="shop"`}
		})
		if got := report.Verdict.Culprits; len(got) != 1 || got[0].Element != c.element || got[0].Cause != c.cause {
			t.Errorf("%s: got %s after %d probes", c.name, shown(got), len(all))
		}
	}
}

// A key in a header of its own, and a challenge for something else: whether the key is not looked for there or is not valid
// is known only where the answer is another without it, or says so in words; else it is suspected.
func TestAKeyUnderAnotherChallenge(t *testing.T) {
	for _, c := range []struct {
		name     string
		body     string
		without  string // what is answered without the key
		cause    diagnose.CauseID
		standing diagnose.Standing
	}{
		{"the same without it", `{"error":"Unauthorized"}`, `{"error":"Unauthorized"}`, "invalid_credentials", diagnose.Suspected},
		{"a demand to everybody", `{"message":"Full authentication is required to access this resource"}`, `{"message":"Full authentication is required to access this resource"}`, "invalid_credentials", diagnose.Suspected},
		{"another one without it", `{"error":"Unauthorized","code":7}`, `{"error":"no key"}`, "invalid_credentials", diagnose.Named},
		{"none was found", `{"error":"No credentials were found in the request"}`, `{"error":"No credentials were found in the request"}`, "credentials_in_wrong_place", diagnose.Named},
	} {
		r := get("/duties")
		r.Header = append(r.Header, request.Field{Name: "X-Api-Key", Value: "live_7d1f2c9a40be"})
		r.Secrets = append(r.Secrets, request.Secret{Ref: "header X-Api-Key", Value: "live_7d1f2c9a40be"})
		report, _ := asked(t, diagnose.Case{Request: r}, func(q diagnose.Question) (int, string, []string) {
			if request.Has(q.Request.Header, "X-Api-Key") {
				return 401, c.body, []string{"WWW-Authenticate", `Basic realm="shop"`}
			}
			return 401, c.without, []string{"WWW-Authenticate", `Basic realm="shop"`}
		})
		if got := report.Verdict.Culprits; len(got) != 1 || got[0].Cause != c.cause || got[0].Standing != c.standing {
			t.Errorf("%s: %s", c.name, shown(got))
		}
	}
}

// A token under a scheme that has its place in Authorization (RFC 6750 §2.1), and the same answer without it: that it is not
// valid is likelier than that it is looked for elsewhere. Neither is more than suspected.
func TestATokenInItsPlaceIsRatherNotValid(t *testing.T) {
	report, _ := asked(t, withToken("/duties"), func(diagnose.Question) (int, string, []string) {
		return 401, `{"message":"Unauthorized"}`, nil
	})
	if got := report.Verdict.Culprits; len(got) != 1 || got[0].Element != "auth" || got[0].Cause != "invalid_credentials" || got[0].Standing != diagnose.Suspected {
		t.Errorf("got %s", shown(got))
	}
}

// A validator that finds a parameter of the query absent says of it what it says of an empty or wrong one. The words of the
// route are not meant by that; where there is no query, and a segment looks like a value, it is.
func TestAnAbsentParameterIsNoWordOfTheRoute(t *testing.T) {
	for says, want := range map[string]diagnose.ElementID{
		"/api/v1/flats?guests=2 city should not be empty": "query:city",
		"/api/v1/flats?guests=2 city must be a string":    "query:city",
		"/api/v1/flats/a7 city must be a number":          "url.path[3]",
	} {
		path, text, _ := strings.Cut(says, " ")
		report, _ := asked(t, diagnose.Case{Request: get(path)}, func(diagnose.Question) (int, string, []string) {
			return 400, `{"statusCode":400,"message":"Validation failed","errors":{"city":["` + text + `"]}}`, nil
		})
		if got := report.Verdict.Culprits; len(got) != 1 || got[0].Element != want {
			t.Errorf("%s: got %s", says, shown(got))
		}
	}
}
