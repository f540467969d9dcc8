package mask_test

import (
	"strings"
	"testing"

	"culprit/request"
	"culprit/request/mask"
)

func TestNoSecretIsShown(t *testing.T) {
	r := request.Request{
		URL:     "https://api.example.com/?api_key=query-secret-1",
		Header:  []request.Field{{Name: "X-Api-Key", Value: "header-secret-1"}, {Name: "Accept", Value: "*/*"}},
		Auth:    request.Auth{Scheme: "basic", Params: []request.Field{{Name: "username", Value: "ada"}, {Name: "password", Value: "auth-secret-1"}}},
		Secrets: []request.Secret{{Ref: "prod.token", Value: "variable-secret-1"}},
	}
	m := mask.Of(r, request.Secret{Ref: "more", Value: "further-secret-1"})
	text := m.Text("query-secret-1 header-secret-1 auth-secret-1 variable-secret-1 further-secret-1 ada")
	if strings.Contains(text, "secret-1") || !strings.Contains(text, "ada") || !strings.Contains(text, "‹secret:prod.token›") {
		t.Errorf("got %q", text)
	}
	for _, c := range []struct{ name, value, want string }{
		{"Authorization", "Bearer abcdef", "Bearer ‹secret:header Authorization›"},
		{"Set-Cookie", "sid=1", "‹secret:header Set-Cookie›"},
		{"WWW-Authenticate", `Bearer realm="shop"`, `Bearer realm="shop"`},
		{"X-Echo", "it was variable-secret-1", "it was ‹secret:prod.token›"},
	} {
		if got := m.Field(request.Field{Name: c.name, Value: c.value}).Value; got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	body := m.Body(`{"access_token" : "fresh\"one", "expires_in":1,"token_type":"Bearer","name":"auth-secret-1"}`)
	if want := `{"access_token" : "‹secret:access_token›", "expires_in":1,"token_type":"Bearer","name":"‹secret:auth password›"}`; body != want {
		t.Errorf("got %s, want %s", body, want)
	}
}

func TestANilMaskHidesNothing(t *testing.T) {
	var m *mask.Mask
	f := request.Field{Name: "Authorization", Value: "Bearer abcdef"}
	if m.Text("x") != "x" || m.Body(`{"token":"x"}`) != `{"token":"x"}` || m.Field(f) != f || m.Fields([]request.Field{f})[0] != f {
		t.Error("something is hidden")
	}
}

func TestSecretsInXMLAreHidden(t *testing.T) {
	m := mask.Of(request.Request{})
	got := m.Body(`<s:login xmlns:s="urn:x"><s:user>ada</s:user><s:password type="text">hunter22</s:password></s:login>`)
	if want := `<s:login xmlns:s="urn:x"><s:user>ada</s:user><s:password type="text">‹secret:password›</s:password></s:login>`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
