package send

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"culprit/collections"
	"culprit/request"
	"culprit/request/auth"
)

// A run asks for a token once, refreshes it when it has run out, asks anew when that fails, and asks again after a
// server refused it.
func TestTokensAreKeptWhileTheyLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked []string
		do := func(_ context.Context, r request.Request, _ func(request.Event)) (*request.Exchange, error) {
			grant := request.Get(r.Body.Fields, "grant_type")
			asked = append(asked, grant)
			status, body := 200, `{"access_token":"token-`+strings.Repeat("x", len(asked))+`","expires_in":60,"refresh_token":"again"}`
			if grant == "refresh_token" && len(asked) > 2 {
				status, body = 400, `{"error":"invalid_grant"}`
			}
			return &request.Exchange{Request: r, Hops: []request.Hop{{Response: &request.Response{Status: status, Body: request.NewContent([]byte(body))}}}}, nil
		}
		a := request.Auth{Scheme: auth.OAuth2, Params: []request.Field{{Name: "flow", Value: "client_credentials"}, {Name: "accessTokenUrl", Value: "https://id.test/token"}}}
		var tokens Tokens
		ready := func() request.Request {
			t.Helper()
			r, err := tokens.Ready(t.Context(), do, request.Request{URL: "https://api.test/", Auth: a}, nil)
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		for _, step := range []struct {
			wait  time.Duration
			token string
			asked string
		}{
			{0, "token-x", "client_credentials"},
			{45 * time.Second, "token-x", "client_credentials"},
			{6 * time.Second, "token-xx", "client_credentials refresh_token"}, // ten seconds before its end
			{time.Minute, "token-xxxx", "client_credentials refresh_token refresh_token client_credentials"},
		} {
			time.Sleep(step.wait)
			if got := ready().Auth.Param("token"); got != step.token || strings.Join(asked, " ") != step.asked {
				t.Errorf("after %v: %s, asked for %v", step.wait, got, asked)
			}
		}
		tokens.Drop(ready())
		if got := ready().Auth.Param("token"); got != "token-xxxxxx" {
			t.Errorf("a token that was refused is used again: %s", got)
		}
	})
}

// A token that a server refuses before its time is refreshed once, which takes no person at a browser; what that brings is
// refused, too, when the refresh token is worth nothing, and then all is asked for anew. A token of another is left alone.
func TestARefusedTokenIsRefreshedOnce(t *testing.T) {
	var asked []string
	refreshes := true
	do := func(_ context.Context, r request.Request, _ func(request.Event)) (*request.Exchange, error) {
		grant := request.Get(r.Body.Fields, "grant_type")
		asked = append(asked, grant)
		status, body := 200, `{"access_token":"`+request.Get(r.Body.Fields, "scope")+strings.Repeat("x", len(asked))+`","expires_in":3600,"refresh_token":"again"}`
		if grant == "refresh_token" && !refreshes {
			status, body = 400, `{"error":"invalid_grant"}`
		}
		return &request.Exchange{Request: r, Hops: []request.Hop{{Response: &request.Response{Status: status, Body: request.NewContent([]byte(body))}}}}, nil
	}
	a := request.Auth{Scheme: auth.OAuth2, Params: []request.Field{{Name: "flow", Value: "client_credentials"}, {Name: "accessTokenUrl", Value: "https://id.test/token"}}}
	var tokens Tokens
	ready := func(scope string) request.Request {
		t.Helper()
		r, err := tokens.Ready(t.Context(), do, request.Request{URL: "https://api.test/", Auth: a.With("scope", scope)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	first, other := ready("a"), ready("b")
	tokens.Drop(request.Request{Auth: request.Auth{Scheme: "basic"}}) // refused without a token of ours
	tokens.Drop(first)
	tokens.Drop(first) // by a second request that was under way
	second := ready("a")
	tokens.Drop(request.Request{Auth: request.Auth{Scheme: "basic"}})
	if got := strings.Join(asked, " "); got != "client_credentials client_credentials refresh_token" || second.Auth.Param("token") == first.Auth.Param("token") {
		t.Errorf("asked for %s", got)
	}
	tokens.Drop(second)
	third := ready("a")
	if got := asked[len(asked)-1]; len(asked) != 4 || got != "client_credentials" {
		t.Errorf("after the refreshed one was refused: %v", asked)
	}
	refreshes = false
	tokens.Drop(third)
	ready("a")
	if got := strings.Join(asked[4:], " "); got != "refresh_token client_credentials" {
		t.Errorf("after a refresh that is refused: %s", got)
	}
	if got := ready("b"); got.Auth.Param("token") != other.Auth.Param("token") {
		t.Error("the token of another request is another now")
	}
}

// Another origin, where a redirect ended, was not shown the token: what it refuses is no reason to get another.
func TestATokenThatWasNotShownIsKept(t *testing.T) {
	for _, cross := range []bool{true, false} {
		asked := 0
		var tokens Tokens
		s := Sender{Tokens: &tokens, Do: func(_ context.Context, r request.Request, _ func(request.Event)) (*request.Exchange, error) {
			if r.Method == "POST" {
				asked++
				return &request.Exchange{Request: r, Hops: []request.Hop{{Response: &request.Response{Status: 200, Body: request.NewContent([]byte(`{"access_token":"t"}`))}}}}, nil
			}
			return &request.Exchange{Request: r, Hops: []request.Hop{{Followed: &request.Redirect{Status: 302, Cross: cross}}, {Response: &request.Response{Status: 401, Body: request.NewContent(nil)}}}}, nil
		}}
		e := &collections.Entry{Kind: collections.HTTP, Path: "a"}
		saved := collections.Saved{Method: "GET", URL: "https://api.test/", Auth: collections.SavedAuth{Scheme: auth.OAuth2, Params: []request.Field{{Name: "flow", Value: "client_credentials"}, {Name: "accessTokenUrl", Value: "https://id.test/token"}}}}
		for range 2 {
			if _, err := s.Send(t.Context(), e, saved, collections.ResolveOptions{Dir: "/c"}, nil); err != nil {
				t.Fatal(err)
			}
		}
		if (asked == 1) != cross {
			t.Errorf("cross %v: asked for a token %d times", cross, asked)
		}
	}
}
