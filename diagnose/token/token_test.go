package token

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"
)

// make builds an unsigned token; the signature is filler of the length n.
func jwt(header, claims string, n int) string {
	e := base64.RawURLEncoding
	return e.EncodeToString([]byte(header)) + "." + e.EncodeToString([]byte(claims)) + "." + strings.Repeat("a", n)
}

func TestDecodeReadsClaims(t *testing.T) {
	j, err := Decode(jwt(`{"alg":"HS256"}`, `{"exp":1790000000,"aud":"api","scope":"a b","roles":["c"],"iss":"https://id.test"}`, 43))
	if err != nil || !j.Expires.Equal(time.Unix(1790000000, 0)) || len(j.Audience) != 1 || len(j.Scopes) != 3 || j.Issuer != "https://id.test" || j.Cut() {
		t.Fatalf("got %+v, %v", j, err)
	}
}

func TestDecodeSaysWhatIsBroken(t *testing.T) {
	good := jwt(`{"alg":"HS256"}`, `{"a":"ÿÿÿ>>>???"}`, 43)
	for _, c := range []struct {
		s    string
		want error
	}{
		{good, nil}, {"eyJ.x", ErrParts}, {"a.b.c", ErrHeader}, {jwt(`{}`, `[`, 3), ErrClaims}, {good + "=", ErrAlphabet}, {"a.b.c.d.e", nil},
	} {
		if _, err := Decode(c.s); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.s, err, c.want)
		}
	}
	if j, _ := Decode(jwt(`{"alg":"HS256"}`, `{}`, 20)); !j.Cut() {
		t.Error("a short signature is not seen")
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(jwt(`{"alg":"none"}`, `{"exp":1e300}`, 0))
	f.Fuzz(func(t *testing.T, s string) {
		j, _ := Decode(s)
		j.Cut()
		Issuer(s)
		Pair(s)
	})
}
