package inquiry_test

import (
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
