package secret

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"log/slog"
	"net/url"
	"strings"
	"testing"
)

func TestSensitiveKnowsNames(t *testing.T) {
	yes := []string{"Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "X-Api-Key", "api_key", "apikey",
		"apiKey", "APIKey", "X-Auth-Token", "access_token", "accessToken", "token", "tokens", "token2", "PASSWORD",
		"passwd", "db.password", "client_secret", "clientSecret", "sessionid", "JSESSIONID", "sid", "X-Amz-Signature",
		"sig", "X-CSRF-Token", "private-key", "Ocp-Apim-Subscription-Key", "key", "pass", "X-Amz-Security-Token",
		"AWS_SECRET_ACCESS_KEY", "refresh_token", "X-Vault-Token", "pwd", "auth", "session"}
	no := []string{"", "monkey", "Access-Control-Allow-Credentials", "Author", "author", "keyword", "Accept", "Accept-Language", "tokenizer", "design",
		"passenger", "Content-Type", "assign", "authority", "Host", "token_type", "tokenType", "Idempotency-Key",
		"Sec-WebSocket-Key", "max-keys", "sort_key", "Access-Control-Allow-Origin", "access-control-request-headers",
		"WWW-Authenticate", "key_name", "session_timeout_policy", "bypass", "keyboard", "hockey", "signal", "compass",
		"max_tokens_count", "KeyConditionExpression", "KeySchema", "id", "name", "user", "username", "publicKey", "résumé", "access", "pas"}
	for _, n := range yes {
		if !Sensitive(n) {
			t.Errorf("%q is not sensitive, split %q", n, split(n))
		}
	}
	for _, n := range no {
		if Sensitive(n) {
			t.Errorf("%q is sensitive, split %q", n, split(n))
		}
	}
}

func TestGuessKnowsShapes(t *testing.T) {
	for _, c := range []struct {
		name, value string
		want        bool
	}{
		{"Authorization", "Bearer abc", true},
		{"Authorization", "Bearer {{token}}", false},
		{"X-Anything", "Basic dXNlcjpwYXNz", true},
		{"q", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", true},
		{"q", "ghp_16C7e42F292c6912E7710c838347Ae178B4a", true},
		{"q", "9f86d081884c7d659a2feaa0c55ad015", true},
		{"q", "dGhpc2lzYXNlY3JldDEyMzQ1Njc4OTA", true},
		{"api_key", "short", true},
		{"api_key", "{{key}}", false},
		{"q", "the quick brown fox jumps over", false},
		{"id", "8c1f0f5e-7d6a-4c3b-9a55-2f1f6f1d9f11", false},
		{"Accept", "application/json;charset=utf-8", false},
		{"page", "12345678901234567890123", false},
		{"path", "/v1/customers/orders/items", false},
		{"date", "2026-11-21T10:11:12Z", false},
		{"q", "", false},
	} {
		if got := Guess(c.name, c.value); got != c.want {
			t.Errorf("Guess(%q, %q) = %v", c.name, c.value, got)
		}
	}
}

func TestMaskShowsOnlyEnds(t *testing.T) {
	for in, want := range map[string]string{
		"":                                  "",
		"x":                                 "••••••",
		"nineteen-characters":               "••••••",
		"abcdefghijklmnopqrstuvwxyz":        "abcd…wxyz(26)",
		"Bearer abcdefghijklmnopqrstuvwxyz": "Bearer abcd…wxyz(26)",
		"Bearer abcdefghijklm":              "Bearer ••••••",
	} {
		if got := Mask(in); got != want {
			t.Errorf("Mask(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestValueNeverPrintsItself(t *testing.T) {
	v := New("prod.token", "hunter2!")
	var logged bytes.Buffer
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("x", "v", v, "in", struct{ V Value }{v})
	js, err := json.Marshal(map[string]any{"v": v, "p": &v})
	if err != nil {
		t.Fatal(err)
	}
	all := fmt.Sprint(v, &v, []Value{v}, struct{ V Value }{v}) + fmt.Sprintf("%v %+v %#v %s %q %x %d %T", v, v, v, v, v, v, v, v) +
		string(js) + logged.String() + fmt.Sprintf("%#v", map[string]Value{"k": v})
	if strings.Contains(all, "hunter2") || strings.Contains(all, hex.EncodeToString([]byte("hunter2!"))) {
		t.Errorf("it is in %s", all)
	}
	if !strings.Contains(string(js), "‹secret:prod.token›") || v.Open() != "hunter2!" {
		t.Errorf("got %s", js)
	}
}

func TestSetFindsEveryForm(t *testing.T) {
	const value = "p@ss/w\"ö<rd> & 7'x+\\y"
	s := NewSet(New("prod.pw", value), New("short", "abc"))
	js, _ := json.Marshal(value)
	texts := map[string]string{
		"literal":      value,
		"query":        url.QueryEscape(value),
		"query lower":  lowerHex(url.QueryEscape(value)),
		"path":         url.PathEscape(value),
		"path lower":   lowerHex(url.PathEscape(value)),
		"form in url":  url.Values{"q": {value}}.Encode(),
		"json":         string(js),
		"json slashes": strings.ReplaceAll(`"`+jsonASCII(value)+`"`, "/", `\/`),
		"html":         html.EscapeString(value),
		"basic":        base64.StdEncoding.EncodeToString([]byte("user:" + value)),
		"base64+1":     base64.StdEncoding.EncodeToString([]byte("u" + value + "tail")),
		"base64+2":     base64.StdEncoding.EncodeToString([]byte("uu" + value + "t")),
		"base64url":    base64.URLEncoding.EncodeToString([]byte(value)),
		"hex":          hex.EncodeToString([]byte(value)),
		"quoted":       fmt.Sprintf("%q", value),
		"quoted ascii": fmt.Sprintf("%+q", value),
	}
	for name, text := range texts {
		got := s.Mask("before " + text + " after abc")
		if !strings.Contains(got, "‹secret:prod.pw›") || !strings.HasPrefix(got, "before ") || !strings.HasSuffix(got, " after abc") {
			t.Errorf("%s: %q became %q", name, text, got)
		}
	}
}

// A text that was cut to a line may end within a secret: what is left of it is hidden, too.
func TestSetFindsASecretThatWasCut(t *testing.T) {
	long := "eyJhbGciOiJIUzI1NiJ9." + strings.Repeat("Abc9Xyz/", 40)
	set := NewSet(New("token", long))
	for text, want := range map[string]string{
		`it is "Bearer ` + long[:90] + "…, expected 1":                         `it is "Bearer ‹secret:token›…, expected 1`,
		base64.StdEncoding.EncodeToString([]byte("Bearer " + long))[:80] + "…": "QmVhcmVyIG‹secret:token›…",
		"a " + url.QueryEscape(long)[:60] + "… b " + long:                      "a ‹secret:token›… b ‹secret:token›",
		Mask(long) + " and eyJh… and …":                                        Mask(long) + " and eyJh… and …",
		"Bearer " + Mask(long):                                                 "Bearer " + Mask(long),
		long[:30] + "…" + "wxyz(9)":                                            "‹secret:token›…wxyz(9)",
	} {
		if got := set.Mask(text); got != want {
			t.Errorf("%q became\n%q, want\n%q", text, got, want)
		}
	}
}

func TestSetHidesOverlapsTogether(t *testing.T) {
	s := NewSet(New("a", "secret-one"), New("b", "one-and-more"), New("c", "secret-one-and-more!"))
	if got := s.Mask("x secret-one-and-more! y"); got != "x ‹secret:c› y" {
		t.Errorf("got %q", got)
	}
	if got := s.Mask("secret-one-and-more, secret-onesecret-one"); strings.Contains(got, "one") {
		t.Errorf("got %q", got)
	}
	var none *Set
	if none.Mask("x") != "x" || NewSet().Has("x") {
		t.Error("a set without secrets found one")
	}
}

// FuzzSetMask plants a secret in a text in each of its forms and looks for it after.
func FuzzSetMask(f *testing.F) {
	f.Add("hunter2-hunter2", "a", "b")
	f.Add("p@ss/w\"ö<rd>&", "user:", "\x00")
	f.Fuzz(func(t *testing.T, value, before, after string) {
		if len(value) < minSearch || len(value) > 200 {
			return
		}
		s := NewSet(New("r", value))
		texts := append(forms(value), base64.StdEncoding.EncodeToString([]byte(before+value+after)),
			base64.URLEncoding.EncodeToString([]byte(before+value+after)), url.QueryEscape(before+value+after))
		for i, text := range texts {
			if len(text) < minSearch {
				continue
			}
			got := s.Mask(before + text + after)
			rest := strings.ReplaceAll(got, Hidden("r"), "\x00\xff\x00")
			if strings.Contains(rest, text) || got == before+text+after {
				t.Errorf("form %d %q of %q survives in %q", i, text, value, got)
			}
		}
	})
}

func FuzzSensitive(f *testing.F) {
	f.Add("X-Api-Key", "v")
	f.Add("\xffK\xf0", "eyJ")
	f.Fuzz(func(_ *testing.T, name, value string) {
		Guess(name, value)
		Mask(value)
	})
}

func BenchmarkSetMask(b *testing.B) {
	s := NewSet(New("a", "hunter2-hunter2-hunter2"), New("b", "abcdefghijklmnop"), New("c", "0123456789"))
	text := strings.Repeat(`{"id": 1234567, "name": "a plain line of text", "ok": true}`, 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		s.Mask(text)
	}
}

// A token of 400 bytes is searched for in some 20 forms. The Set is made when a request is looked at, before the first frame
// too.
func BenchmarkNewSet(b *testing.B) {
	token := New("token", strings.Repeat("eyJhbGciOiJIUzI1NiJ9", 20))
	b.ReportAllocs()
	for b.Loop() {
		NewSet(token)
	}
}

// What a long secret takes: about 40 bytes for each byte of a form, nothing of it made one by one.
func TestASetOfALongSecretIsSmall(t *testing.T) {
	token := New("token", strings.Repeat("eyJhbGciOiJIUzI1NiJ9", 20))
	if got := testing.AllocsPerRun(5, func() { NewSet(token) }); got > 150 {
		t.Errorf("%.0f allocations, want at most 150", got)
	}
}
