package auth

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"culprit/request"
)

func oauth(pairs ...string) request.Auth {
	a := request.Auth{Scheme: OAuth2}
	for i := 0; i < len(pairs); i += 2 {
		a.Params = append(a.Params, request.Field{Name: pairs[i], Value: pairs[i+1]})
	}
	return a
}

// The requests of RFC 6749 §4.4.2, §4.3.2 and §6, and what OpenCollection adds to them.
func TestTokenRequests(t *testing.T) {
	const url = "accessTokenUrl"
	for _, tt := range []struct {
		name    string
		auth    request.Auth
		refresh string
		want    string // URL, credentials, form
	}{
		{"client credentials", oauth("flow", "client_credentials", url, "https://id.test/token", "credentials.clientId", "s6BhdRkqt3", "credentials.clientSecret", "gX1fBat3bV", "scope", "a b"), "",
			"https://id.test/token s6BhdRkqt3:gX1fBat3bV grant_type=client_credentials scope=a b"},
		{"credentials are a form's first", oauth("flow", "client_credentials", url, "https://id.test/token", "credentials.clientId", "a:b", "credentials.clientSecret", "c d%", "credentials.placement", "basic_auth_header"), "",
			"https://id.test/token a%3Ab:c+d%25 grant_type=client_credentials"},
		{"in the body", oauth("flow", "client_credentials", url, "https://id.test/token", "credentials.clientId", "a", "credentials.clientSecret", "b", "credentials.placement", "body"), "",
			"https://id.test/token : grant_type=client_credentials client_id=a client_secret=b"},
		{"password, public client", oauth("flow", "resource_owner_password_credentials", url, "https://id.test/token", "credentials.clientId", "a", "resourceOwner.username", "johndoe", "resourceOwner.password", "A3ddj3w"), "",
			"https://id.test/token : grant_type=password username=johndoe password=A3ddj3w client_id=a"},
		{"refresh, at its own place", oauth("flow", "resource_owner_password_credentials", url, "https://id.test/token", "refreshTokenUrl", "https://id.test/refresh", "credentials.clientId", "a", "additionalParameters.refreshTokenRequest.0.name", "x", "additionalParameters.refreshTokenRequest.0.value", "y"), "tGzv3JOkF0XG5Qx2TlKWIA",
			"https://id.test/refresh : grant_type=refresh_token refresh_token=tGzv3JOkF0XG5Qx2TlKWIA client_id=a x=y"},
		{"additional", oauth("flow", "client_credentials", url, "https://id.test/token?v=1", "credentials.clientId", "a",
			"additionalParameters.accessTokenRequest.0.name", "audience", "additionalParameters.accessTokenRequest.0.value", "https://api", "additionalParameters.accessTokenRequest.0.placement", "body",
			"additionalParameters.accessTokenRequest.1.name", "t", "additionalParameters.accessTokenRequest.1.value", "a b", "additionalParameters.accessTokenRequest.1.placement", "query",
			"additionalParameters.accessTokenRequest.2.name", "off", "additionalParameters.accessTokenRequest.2.value", "1", "additionalParameters.accessTokenRequest.2.disabled", "true"), "",
			"https://id.test/token?v=1&t=a+b : grant_type=client_credentials client_id=a audience=https://api"},
	} {
		like := request.Request{URL: "https://api.test/"}
		like.Settings.Follow, like.Settings.TLS.CertFile = 5, "mine.pem"
		r, err := TokenRequest(tt.auth, tt.refresh, like)
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		got := fmt.Sprintf("%s %s:%s", r.URL, r.Auth.Param("username"), r.Auth.Param("password"))
		for _, f := range r.Body.Fields {
			got += " " + f.Name + "=" + f.Value
		}
		if got != tt.want || r.Method != "POST" {
			t.Errorf("%s: got\n%s, want\n%s", tt.name, got, tt.want)
		}
		if r.Settings.Follow != 0 || r.Settings.TLS.CertFile != "" {
			t.Errorf("%s: it follows redirects or shows the certificate of another server: %+v", tt.name, r.Settings)
		}
	}
	for _, bad := range []request.Auth{oauth("flow", "implicit", url, "https://id.test"), oauth("flow", "client_credentials")} {
		if _, err := TokenRequest(bad, "", request.Request{}); err == nil {
			t.Errorf("%+v: no error", bad)
		}
	}
}

func TestTokenAnswers(t *testing.T) {
	for _, tt := range []struct {
		status     int
		body       string
		token      Token
		wantsError string
	}{
		{200, `{"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"example","expires_in":3600,"refresh_token":"tGzv3JOkF0XG5Qx2TlKWIA","example_parameter":"example_value"}`, // RFC 6749 §5.1
			Token{"2YotnFZFEjr1zCsicMWpAA", "tGzv3JOkF0XG5Qx2TlKWIA", time.Hour}, ""},
		{200, `{"access_token":"a","expires_in":"3599"}`, Token{"a", "", 3599 * time.Second}, ""}, // a number in quotes, as Azure AD v1 sends it
		{200, `access_token=gho_16C7e42F292c6912E7710c838347Ae178B4a&scope=repo&token_type=bearer`, Token{"gho_16C7e42F292c6912E7710c838347Ae178B4a", "", 0}, ""},
		{400, `{"error":"invalid_grant","error_description":"Bad credentials"}`, Token{}, "answers 400 invalid_grant: Bad credentials"}, // §5.2
		{200, `{"error":"bad_verification_code"}`, Token{}, "bad_verification_code"},                                                    // GitHub says it with 200
		{302, ``, Token{}, "answers 302"},
		{200, `<html>Sign in</html>`, Token{}, "without access_token"},
		{200, `{"access_token":"a","expires_in":1e300}`, Token{"a", "", 0}, ""},
		{200, `{"access_token":["a"]}`, Token{}, "without access_token"},
	} {
		x := &request.Exchange{Hops: []request.Hop{{Response: &request.Response{Status: tt.status, Body: request.NewContent([]byte(tt.body))}}}}
		got, err := TokenOf(oauth(), x)
		if got != tt.token || (err != nil) != (tt.wantsError != "") || err != nil && !strings.Contains(err.Error(), tt.wantsError) {
			t.Errorf("%d %s: got %+v, %v", tt.status, tt.body, got, err)
		}
	}
	if _, err := TokenOf(oauth(), &request.Exchange{}); err == nil {
		t.Error("no answer, and no error")
	}
}

// What an endpoint repeats of the credentials that it refuses is not in the error.
func TestARefusalHoldsNoCredential(t *testing.T) {
	a := oauth("flow", "resource_owner_password_credentials", "accessTokenUrl", "https://id.test/", "credentials.clientId", "shop",
		"credentials.clientSecret", "gX1fBat3bV", "resourceOwner.password", "A3ddj3w!nine", "credentials.placement", "body")
	for _, refresh := range []string{"", "tGzv3JOkF0XG5Qx2TlKWIA"} {
		q, err := TokenRequest(a, refresh, request.Request{})
		if err != nil {
			t.Fatal(err)
		}
		body := `{"error":"invalid_client","error_description":"shop with gX1fBat3bV and ` + request.Get(q.Body.Fields, "password") + refresh + ` is not known"}`
		x := &request.Exchange{Request: q, Hops: []request.Hop{{Response: &request.Response{Status: 401, Body: request.NewContent([]byte(body))}}}}
		_, err = TokenOf(a, x)
		if err == nil || !strings.Contains(err.Error(), "shop with") {
			t.Fatalf("%s: %v", body, err)
		}
		for _, secret := range []string{"gX1fBat3bV", "A3ddj3w!nine", "tGzv3JOkF0XG5Qx2TlKWIA"} {
			if strings.Contains(err.Error(), secret) {
				t.Errorf("%s is in %v", secret, err)
			}
		}
	}
}

func TestWhereATokenGoes(t *testing.T) {
	for _, tt := range []struct {
		auth request.Auth
		want string
	}{
		{oauth(), "bearer token=t0ken"},
		{oauth("tokenConfig.placement.header", "Bearer"), "bearer token=t0ken"},
		{oauth("tokenConfig.placement.header", "token"), "apikey key=Authorization value=token t0ken"},
		{oauth("tokenConfig.placement.header", ""), "apikey key=Authorization value=t0ken"},
		{oauth("tokenConfig.placement.query", "access_token"), "apikey key=access_token value=t0ken placement=query"},
	} {
		r := Token{Value: "t0ken"}.With(tt.auth, request.Request{Auth: tt.auth})
		got := r.Auth.Scheme
		for _, p := range r.Auth.Params {
			got += " " + p.Name + "=" + p.Value
		}
		if got != tt.want || len(r.Secrets) != 1 || r.Secrets[0].Value != "t0ken" {
			t.Errorf("got %s, secrets %v, want %s", got, r.Secrets, tt.want)
		}
	}
}

// FuzzTokenOf: whatever a token endpoint answers, an error never holds a token, and a token is one it gave.
func FuzzTokenOf(f *testing.F) {
	f.Add([]byte(`{"access_token":"secret-value"}`))
	f.Add([]byte(`access_token=secret-value&expires_in=9`))
	f.Add([]byte(`{"error":1}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		x := &request.Exchange{Hops: []request.Hop{{Response: &request.Response{Status: 200, Body: request.NewContent(body)}}}}
		got, err := TokenOf(oauth(), x)
		if err == nil && got.Value == "" || err != nil && got.Value != "" || got.Lasts < 0 {
			t.Errorf("%q: %+v, %v", body, got, err)
		}
	})
}
