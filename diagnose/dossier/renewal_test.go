package dossier

import (
	"strings"
	"testing"
	"time"

	"culprit/request"
	"culprit/request/auth"
	"culprit/request/cookie"
)

const loginPage = `info: {name: login, type: http}
http:
  method: POST
  url: "{{base}}/login"
  body: {type: json, data: '{"password":"{{token}}"}'}
runtime:
  scripts:
    - type: after-response
      code: |-
        const data = res.getBody();
        bru.setEnvVar("jwt", data.session.token);
        bru.setEnvVar("user", data.user.id);
`

// A request whose credentials come from a variable that the answer of another one sets.
func TestARequestThatLogsInIsAWayToNewCredentials(t *testing.T) {
	w := build(t, map[string]string{
		"login.yml": loginPage,
		"mine.yml":  "info: {name: mine, type: http}\nhttp:\n  method: GET\n  url: \"{{base}}/users/{{user}}/orders\"\n  auth: {type: bearer, token: \"{{jwt}}\"}\n",
		"open.yml":  "info: {name: open, type: http}\nhttp:\n  method: GET\n  url: \"{{base}}/users/{{user}}\"\n",
		"other.yml": "info: {name: other, type: http}\nhttp:\n  method: GET\n  url: \"{{base}}/x\"\n  auth: {type: bearer, token: \"{{token}}\"}\n",
		"environments/local.yml": "name: local\nvariables:\n  - {name: base, value: \"https://api.test\"}\n  - {name: jwt, value: old-token-0011}\n" +
			"  - {name: user, value: \"7\"}\n  - {name: token, secret: true}\n",
	})
	c := gather(t, w.subject("mine", "local"))
	if len(c.Renewals) != 1 || c.Renewals[0].Label != "the saved request login" || c.Renewals[0].Request.URL != "https://api.test/login" {
		t.Fatalf("renewals %+v", c.Renewals)
	}
	renewed := func(status int, body string) (request.Request, error) {
		return c.Renewals[0].Renewed(&request.Exchange{Hops: []request.Hop{{Response: &request.Response{Status: status, Body: request.NewContent([]byte(body))}}}})
	}
	got, err := renewed(200, `{"session":{"token":"new-token-2233"},"user":{"id":8}}`)
	if err != nil || got.Auth.Param("token") != "new-token-2233" || got.URL != "https://api.test/users/7/orders" {
		t.Errorf("%+v, %v: only the credential is new", got, err)
	}
	hidden := false
	for _, s := range got.Secrets {
		hidden = hidden || s.Value == "new-token-2233"
	}
	if !hidden {
		t.Error("the new token is no secret of the request")
	}
	for _, no := range []string{`{"session":{}}`, `<html>`, `{"session":{"token":""}}`} {
		if _, err := renewed(200, no); err == nil || strings.Contains(err.Error(), "old-token") {
			t.Errorf("%s: %v", no, err)
		}
	}
	for _, none := range []string{"open", "other", "login"} {
		if c := gather(t, w.subject(none, "local")); len(c.Renewals) != 0 {
			t.Errorf("%s: %+v", none, c.Renewals)
		}
	}
}

// The auth oauth2 of a folder: the subject goes with its token, and so do its neighbours.
func TestAGrantIsAWayToNewCredentials(t *testing.T) {
	block := "  auth: {type: oauth2, flow: client_credentials, accessTokenUrl: \"https://id.test/token\", credentials: {clientId: a, clientSecret: s3cret-of-client}}\n"
	w := build(t, map[string]string{
		"mine.yml": "info: {name: mine, type: http}\nhttp:\n  method: GET\n  url: \"https://api.test/a\"\n" + block,
		"near.yml": "info: {name: near, type: http}\nhttp:\n  method: GET\n  url: \"https://api.test/b\"\n" + block,
		"far.yml":  "info: {name: far, type: http}\nhttp:\n  method: GET\n  url: \"https://api.test/c\"\n" + strings.Replace(block, "clientId: a", "clientId: b", 1),
	})
	s := w.subject("mine", "")
	s.Granted = s.Resolved.Request.Auth
	s.Resolved.Request = auth.Token{Value: "old-token-0011"}.With(s.Granted, s.Resolved.Request)
	c := gather(t, s)
	if len(c.Siblings) != 1 || c.Siblings[0].URL != "https://api.test/b" || c.Siblings[0].Auth.Param("token") != "old-token-0011" {
		t.Errorf("siblings %+v", c.Siblings)
	}
	if len(c.Renewals) != 1 || c.Renewals[0].Request.URL != "https://id.test/token" || request.Get(c.Renewals[0].Request.Body.Fields, "grant_type") != "client_credentials" {
		t.Fatalf("renewals %+v", c.Renewals)
	}
	x := &request.Exchange{Hops: []request.Hop{{Response: &request.Response{Status: 200, Body: request.NewContent([]byte(`{"access_token":"new-token-2233"}`))}}}}
	if r, err := c.Renewals[0].Renewed(x); err != nil || r.Auth.Param("token") != "new-token-2233" || r.URL != "https://api.test/a" {
		t.Errorf("%+v, %v", r, err)
	}
}

// A login is known by its path, and where that leaves it open by its password: a checkout has sessions, too.
func TestWhatSignsInIsKnownByItsPath(t *testing.T) {
	secret := request.Body{Kind: request.RawBody, Type: "application/json", Text: `{"user":{"email":"a@b.test","password":"hunter22"}}`}
	for path, want := range map[string][2]bool{ // without a password, and with one
		"/login": {true, true}, "/users/sign_in": {true, true}, "/api/auth": {true, true}, "/login.php": {true, true},
		"/sessions": {false, true}, "/auth/local": {false, true}, "/oauth/token": {false, true},
		"/orders": {}, "/users": {}, "/payments/authorize": {}, "/logout": {}, "/blog/in": {}, "/": {},
	} {
		r := request.Request{Method: "POST", URL: "https://shop.test" + path}
		bare := signsIn(r)
		r.Body = secret
		if got := [2]bool{bare, signsIn(r)}; got != want {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
	}
}

// The jar that the request is made with may be that of an exchange which is shown: what a probe's answer sets is not put into it.
func TestASessionThatIsProbedIsNotPutIntoTheJar(t *testing.T) {
	w := build(t, map[string]string{"a.yml": saved("GET", "https://shop.test/a", "")})
	s, jar := w.subject("a", ""), cookie.New(nil)
	s.Options.Jar = held{jar}
	x := &request.Exchange{Start: time.Now(), Hops: []request.Hop{{Sent: request.Sent{Method: "POST", URL: "https://shop.test/login"},
		Response: &request.Response{Status: 200, Header: []request.Field{{Name: "Set-Cookie", Value: "sid=5f3a9c77d1; Path=/"}}}}}}
	r, err := s.session([]string{"sid"})(x)
	if err != nil || request.Get(r.Header, "Cookie") != "sid=5f3a9c77d1" {
		t.Errorf("%v %+v", err, r.Header)
	}
	if left := jar.All(time.Now()); len(left) != 0 {
		t.Errorf("in the jar: %+v", left)
	}
}
