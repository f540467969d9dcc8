package send

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"culprit/request"
	"culprit/request/auth"
)

// Tokens gets the access tokens of requests whose auth is oauth2 and keeps them in memory while they last, so that a
// run asks once. The zero value is ready; a nil Tokens keeps nothing. The methods may be called from any goroutine.
type Tokens struct {
	mu   sync.Mutex
	kept map[string]kept // by the request that got it
}

// kept is a token and when it ends; the zero time when that is not known. One that a server refused has no value any more.
type kept struct {
	token auth.Token
	until time.Time
	anew  bool // it was refreshed because a server refused the one before it
}

// ErrNoToken is wrapped by the errors of Ready that come from the token endpoint.
var ErrNoToken = errors.New("there is no token for it")

// leeway is how long before its end a token is no longer used: it has to arrive, and clocks differ.
const leeway = 10 * time.Second

// A Doer performs an exchange: the method of a request.Engine.
type Doer = func(ctx context.Context, r request.Request, emit func(request.Event)) (*request.Exchange, error)

// Ready returns r as it goes out: where its auth is oauth2, with a token in its place, got through do unless one is
// kept that lasts. Other requests come back as they are. show gives a person the address of a sign-in to open in a
// browser, where the token takes one; nil says that nobody is there. The error says why there is no token, and holds no
// credential.
func (t *Tokens) Ready(ctx context.Context, do Doer, r request.Request, show func(address string)) (request.Request, error) {
	if r.Auth.Scheme != auth.OAuth2 {
		return r, nil
	}
	key := fmt.Sprint(r.Auth.Params)
	have := t.get(key)
	if have.token.Value != "" && (have.until.IsZero() || time.Now().Before(have.until)) {
		return have.token.With(r.Auth, r), nil
	}
	if have.token.Refresh != "" {
		if again, err := auth.TokenRequest(r.Auth, have.token.Refresh, r); err == nil {
			if token, err := got(ctx, do, r.Auth, again); err == nil {
				if token.Refresh == "" { // it goes on to be good (RFC 6749 §6)
					token.Refresh = have.token.Refresh
				}
				t.put(key, token, have.token.Value == "")
				return token.With(r.Auth, r), nil
			}
		}
	}
	q, err := auth.TokenRequest(r.Auth, "", r)
	if errors.Is(err, auth.ErrInteractive) && show != nil {
		q, err = signIn(ctx, r, show)
	}
	if err != nil {
		return r, err
	}
	token, err := got(ctx, do, r.Auth, q)
	if err != nil {
		return r, fmt.Errorf("%w: %w", ErrNoToken, err)
	}
	t.put(key, token, false)
	return token.With(r.Auth, r), nil
}

func got(ctx context.Context, do Doer, a request.Auth, q request.Request) (auth.Token, error) {
	x, err := do(ctx, q, nil)
	defer x.Close()
	if err != nil {
		return auth.Token{}, err
	}
	return auth.TokenOf(a, x)
}

// Drop forgets the token that r goes out with: a server refused it, so that the next send gets another, by the refresh token
// where there is one (RFC 6749 §6). Where the one that this brought is refused, too, the refresh token goes with it.
func (t *Tokens) Drop(r request.Request) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for key, k := range t.kept {
		switch value := k.token.Value; {
		case value == "" || value != r.Auth.Param("token") && !strings.HasSuffix(r.Auth.Param("value"), value):
		case k.anew || k.token.Refresh == "":
			delete(t.kept, key)
		default:
			t.kept[key] = kept{token: auth.Token{Refresh: k.token.Refresh}}
		}
	}
}

func (t *Tokens) get(key string) kept {
	if t == nil {
		return kept{}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.kept[key]
}

func (t *Tokens) put(key string, token auth.Token, anew bool) {
	if t == nil {
		return
	}
	k := kept{token: token, anew: anew}
	if token.Lasts > 0 {
		k.until = time.Now().Add(token.Lasts - leeway)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.kept == nil {
		t.kept = map[string]kept{}
	}
	t.kept[key] = k
}
