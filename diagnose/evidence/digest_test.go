package evidence

import (
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// TestDigestSaysWhatDoesNotFit goes through the parts of an answer to a Digest challenge that can be compared, and the
// answers of which nothing can be said.
func TestDigestSaysWhatDoesNotFit(t *testing.T) {
	const challenge = `Digest realm="vault", nonce="n2", qop="auth", algorithm=SHA-256`
	copied := func(change ...string) string {
		return strings.NewReplacer(change...).Replace(`Digest username="ada", realm="vault", nonce="n2", uri="/a?b=1,2", algorithm=SHA-256, response="00ff"`)
	}
	for _, c := range []struct {
		name, scheme, sent, challenge string
		cause                         diagnose.CauseID
		text                          string
	}{
		{"wrong password", "digest", copied(), challenge, "invalid_credentials", "does not say which"},
		{"forgetful server", "digest", copied(), challenge + ", stale=true", "signature_mismatch", "does not remember"},
		{"unknown algorithm", "digest", "", strings.Replace(challenge, "SHA-256", "WHIRLPOOL", 1), "missing_credentials", "algorithm WHIRLPOOL"},
		{"unknown protection", "digest", "", strings.Replace(challenge, `qop="auth"`, `qop="conf"`, 1), "missing_credentials", "protection conf"},
		{"another realm", "", copied("vault", "cellar"), challenge, "signature_mismatch", `realm "cellar", the server's is "vault"`},
		{"another algorithm", "", copied("SHA-256", "MD5"), challenge, "signature_mismatch", "with MD5, the server asks for SHA-256"},
		{"another target", "", copied("b=1,2", "b=2"), challenge, "signature_mismatch", "computed for /a?b=2, the request goes to /a?b=1,2"},
		{"stale nonce", "", copied("n2", "n1"), challenge + `, stale="true"`, "signature_mismatch", "does not take any more"},
		{"another nonce", "", copied("n2", "n1"), challenge, "signature_mismatch", "another nonce"},
		{"all fits", "", copied(), challenge, "invalid_credentials", ""},
		{"another scheme", "", "Bearer abc", challenge, "invalid_credentials", ""},
	} {
		x := &request.Exchange{Request: request.Request{URL: "http://h/a?b=1,2", Auth: request.Auth{Scheme: c.scheme}.With("username", "ada").With("password", "pw")}}
		hop := request.Hop{Response: &request.Response{Status: 401, Header: []request.Field{{Name: "WWW-Authenticate", Value: c.challenge}}, Body: request.NewContent(nil)}}
		hop.Sent.Method, hop.Sent.URL = "GET", x.Request.URL
		if c.sent != "" {
			hop.Sent.Header = []request.Field{{Name: "Authorization", Value: c.sent}}
			if c.scheme == "" {
				x.Request.Auth, x.Request.Header = request.Auth{}, hop.Sent.Header
			}
		}
		x.Hops = []request.Hop{hop}
		found := false
		for _, e := range Read(x, nil) {
			found = found || e.Kind == "challenge" && e.Element == "auth" && e.Cause == c.cause && strings.Contains(e.Text, c.text)
			if c.text == "" && strings.Contains(e.Text, "computed") {
				t.Errorf("%s: %q says more than is known", c.name, e.Text)
			}
		}
		if !found {
			t.Errorf("%s: %+v", c.name, Read(x, nil))
		}
	}
}

// TestDigestTellsNoSecret of either target, the one in the copied header and the one that is escaped in the URL.
func TestDigestTellsNoSecret(t *testing.T) {
	r := ask("GET", "https://h.test/a?api_key=s3cr%2Fet99", "Authorization", `Digest username="ada", realm="v", nonce="n2", uri="/b?api_key=0ldsecret77", response="00ff"`)
	told := false
	for _, e := range read(answered(r, 401, "", "WWW-Authenticate", `Digest realm="v", nonce="n2"`)) {
		told = told || strings.Contains(e.Text, "computed for /b?api_key=")
		if strings.Contains(e.Text, "0ldsecret") || strings.Contains(e.Text, "s3cr") {
			t.Error(e.Text)
		}
	}
	if !told {
		t.Error("the targets are not told")
	}
}
