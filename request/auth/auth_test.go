package auth

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"culprit/request"
)

func TestSigners(t *testing.T) {
	of := func(scheme string, pairs ...string) request.Auth {
		a := request.Auth{Scheme: scheme}
		for i := 0; i < len(pairs); i += 2 {
			a = a.With(pairs[i], pairs[i+1])
		}
		return a
	}
	for _, w := range []struct {
		auth        request.Auth
		name, value string
		query       string
	}{
		{of("basic", "username", "Aladdin", "password", "open sesame"), "Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "a=b"},
		{of("Bearer", "token", "x"), "Authorization", "Bearer x", "a=b"},
		{of("apikey", "key", "X-Key", "value", "v"), "X-Key", "v", "a=b"},
		{of("apikey", "key", "a", "value", "b", "placement", "query"), "", "", "a=b"},
		{of("apikey", "key", "k 1", "value", "v&", "placement", "query"), "", "", "a=b&k+1=v%26"},
		{of("apikey", "key", "a", "value", "c", "placement", "queryparams"), "", "", "a=b&a=c"},
		{of("none"), "authorization", "mine", "a=b"},
	} {
		s, err := Signer(w.auth)
		if err != nil {
			t.Fatal(err)
		}
		r := &http.Request{URL: &url.URL{RawQuery: "a=b"}, Header: http.Header{"authorization": {"mine"}, "x-key": {"old"}}}
		if err := s.Sign(r); err != nil {
			t.Fatal(err)
		}
		if w.name != "" && (len(r.Header[w.name]) != 1 || r.Header[w.name][0] != w.value) || r.URL.RawQuery != w.query || len(r.Header) != 2 {
			t.Errorf("%+v: got %v, %s", w.auth, r.Header, r.URL.RawQuery)
		}
	}
	_, err := Signer(of("hawk", "key", "S3cr3t"))
	var unknown *SchemeError
	if !errors.As(err, &unknown) || !strings.Contains(err.Error(), "hawk") || strings.Contains(err.Error(), "S3cr3t") {
		t.Errorf("got %v", err)
	}
	for _, bad := range []request.Auth{of("apikey"), of("apikey", "key", "k", "placement", "cookie")} {
		if _, err := Signer(bad); err == nil {
			t.Errorf("%+v: no error", bad)
		}
	}
	for _, bad := range []request.Auth{of("bearer", "token", "a\nb"), of("apikey", "key", "k", "value", "a\rb"), of("apikey", "key", "k:", "value", "a")} {
		s, err := Signer(bad)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Sign(&http.Request{URL: &url.URL{}, Header: http.Header{}}); err == nil || strings.Contains(err.Error(), "a\n") {
			t.Errorf("%+v: got %v", bad, err)
		}
	}
}
