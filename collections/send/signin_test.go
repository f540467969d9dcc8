package send

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"culprit/collections"
	"culprit/request"
	"culprit/request/auth"
	"culprit/request/client"
)

// An authority is an authorization server: it gives a code to whoever comes with a browser, and a token for it to whoever
// began (RFC 6749 §4.1, RFC 7636 §4.6).
type authority struct {
	refuse            bool
	challenge, back   string
	codes, tokenCalls int
}

func (a *authority) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if r.URL.Path == "/authorize" {
		a.codes++
		a.challenge, a.back = q.Get("code_challenge"), q.Get("redirect_uri")
		to := url.Values{"state": {q.Get("state")}, "code": {"code-1"}}
		if a.refuse {
			to = url.Values{"state": {q.Get("state")}, "error": {"access_denied"}, "error_description": {"not today"}}
		}
		http.Redirect(w, r, a.back+"?"+to.Encode(), http.StatusFound)
		return
	}
	a.tokenCalls++
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	ok := r.PostFormValue("grant_type") == "authorization_code" && r.PostFormValue("code") == "code-1" && r.PostFormValue("redirect_uri") == a.back &&
		base64.RawURLEncoding.EncodeToString(sum[:]) == a.challenge && r.PostFormValue("client_id") == "shopctl"
	if r.PostFormValue("grant_type") == "refresh_token" && r.PostFormValue("refresh_token") == "again" {
		ok = true
	}
	w.Header().Set("Content-Type", "application/json")
	if !ok {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprint(w, `{"error": "invalid_grant"}`)
		return
	}
	fmt.Fprint(w, `{"access_token": "the-token", "refresh_token": "again", "expires_in": 3600}`)
}

// world is an authority, an API behind it, and a request with the flow of the code.
func signInWorld(t *testing.T, a *authority, more ...request.Field) (*request.Engine, request.Request) {
	t.Helper()
	id := httptest.NewServer(a)
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer the-token" {
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	e := client.New(client.Config{})
	t.Cleanup(func() { e.Close(); id.Close(); api.Close() })
	return e, request.Request{Method: "GET", URL: api.URL, Auth: request.Auth{Scheme: auth.OAuth2, Params: append([]request.Field{
		{Name: "flow", Value: "authorization_code"}, {Name: "authorizationUrl", Value: id.URL + "/authorize?audience=shop"}, {Name: "accessTokenUrl", Value: id.URL + "/token"},
		{Name: "credentials.clientId", Value: "shopctl"}, {Name: "scope", Value: "orders:read"}}, more...)}}
}

// browser follows an address and its redirects, after a stray request of another page.
func browser(t *testing.T, address string) {
	u, err := url.Parse(address)
	if err != nil {
		t.Error(err)
		return
	}
	for _, at := range []string{u.Query().Get("redirect_uri") + "?state=guessed&code=stolen", u.Query().Get("redirect_uri") + "/favicon.ico", address} {
		res, err := http.Get(at)
		if err != nil {
			t.Error(err)
			return
		}
		res.Body.Close()
	}
}

func TestAPersonSignsInWithABrowserOnceAndTheTokenIsKept(t *testing.T) {
	a := &authority{}
	e, r := signInWorld(t, a)
	var tokens Tokens
	var seen []request.Event
	s := Sender{Do: e.Do, Tokens: &tokens, Values: &Values{}, Browse: func(address string) { go browser(t, address) }}
	entry := &collections.Entry{Kind: collections.HTTP, Saved: collections.Saved{Method: "GET", URL: r.URL, Auth: collections.SavedAuth{Scheme: "oauth2", Params: r.Auth.Params}}}
	for range 2 {
		sent, err := s.Send(t.Context(), entry, entry.Saved, collections.ResolveOptions{}, func(e request.Event) { seen = append(seen, e) })
		if err != nil || sent.Exchange.Status() != 200 {
			t.Fatalf("status %d, %v", sent.Exchange.Status(), err)
		}
	}
	if a.codes != 1 || a.tokenCalls != 1 {
		t.Errorf("%d sign-ins and %d calls for a token, want one of each", a.codes, a.tokenCalls)
	}
	u, _ := url.Parse(seen[0].Text)
	if q := u.Query(); seen[0].Kind != request.SignIn || q.Get("code_challenge_method") != "S256" || q.Get("audience") != "shop" || q.Get("scope") != "orders:read" || !strings.HasPrefix(q.Get("redirect_uri"), "http://127.0.0.1:") {
		t.Errorf("the address: %s", seen[0].Text)
	}
}

func TestASignInThatDoesNotSucceedSaysWhy(t *testing.T) {
	for name, c := range map[string]struct {
		authority authority
		nobody    bool
		more      []request.Field
		want      string
	}{
		"refused":               {authority: authority{refuse: true}, want: "access_denied: not today"},
		"nobody there":          {nobody: true, want: "takes a person at a browser"},
		"a callback elsewhere":  {more: []request.Field{{Name: "callbackUrl", Value: "https://oauth.example.com/done"}}, want: "not of this machine"},
		"no page to sign in at": {more: []request.Field{{Name: "authorizationUrl", Value: "javascript:alert(1)"}}, want: "authorizationUrl"},
	} {
		e, r := signInWorld(t, &c.authority)
		for _, f := range c.more {
			r.Auth = r.Auth.With(f.Name, f.Value)
		}
		show := func(address string) { go browser(t, address) }
		if c.nobody {
			show = nil
		}
		if _, err := (&Tokens{}).Ready(t.Context(), e.Do, r, show); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, r := signInWorld(t, &authority{})
	ctx, stop := context.WithCancel(t.Context())
	if _, err := (&Tokens{}).Ready(ctx, nil, r, func(string) { stop() }); ctx.Err() == nil || err == nil {
		t.Errorf("given up: %v", err)
	}
}

func TestASignInEndsAlthoughAConnectionOfTheBrowserStaysUnused(t *testing.T) {
	e, r := signInWorld(t, &authority{})
	begin := time.Now()
	_, err := (&Tokens{}).Ready(t.Context(), e.Do, r, func(address string) {
		u, _ := url.Parse(address)
		back, _ := url.Parse(u.Query().Get("redirect_uri"))
		c, err := net.Dial("tcp", back.Host)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		go browser(t, address)
	})
	if took := time.Since(begin); err != nil || took > 3*farewell {
		t.Errorf("it took %s, %v", took, err)
	}
}

func TestNoWindowOpensForWhoHasGivenUp(t *testing.T) {
	_, r := signInWorld(t, &authority{})
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := (&Tokens{}).Ready(ctx, nil, r, func(string) { t.Error("it opened") }); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// A callback that says which port and path is listened on there: that is what was registered.
func TestTheCallbackIsWhereItWasRegistered(t *testing.T) {
	l, u, err := listen(t.Context(), "http://localhost/oauth/done")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if u.Hostname() != "localhost" || u.Path != "/oauth/done" || u.Port() == "" || u.Port() == "0" {
		t.Errorf("got %s", u)
	}
	if again, _, err := listen(t.Context(), "http://127.0.0.1:"+u.Port()+"/"); err == nil {
		again.Close()
		t.Error("another port than the registered one was taken")
	}
}
