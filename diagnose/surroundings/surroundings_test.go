package surroundings

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"math/big"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/vars"
)

func getenv(pairs ...string) func(string) string {
	return func(name string) string {
		if i := slices.Index(pairs, name); i >= 0 && i%2 == 0 {
			return pairs[i+1]
		}
		return ""
	}
}

func TestProxyAndRootsComeFromVariables(t *testing.T) {
	env := getenv("HTTPS_PROXY", "http://user:pw@proxy.corp:3128", "NO_PROXY", "inside.test", "SSL_CERT_FILE", "/etc/own.pem")
	for _, c := range []struct {
		url                string
		settings           request.Settings
		proxy, from, roots string
	}{
		{"https://api.test/x", request.Settings{}, "proxy.corp:3128", "HTTPS_PROXY", "SSL_CERT_FILE"},
		{"https://inside.test/x", request.Settings{}, "", "", "SSL_CERT_FILE"},
		{"https://localhost/x", request.Settings{}, "", "", "SSL_CERT_FILE"},
		{"http://api.test/x", request.Settings{}, "", "", "SSL_CERT_FILE"},
		{"https://api.test/x", request.Settings{Proxy: request.Proxy{URL: "direct"}, TLS: request.TLS{CAFile: "own.pem"}}, "", "", ""},
		{"::nonsense", request.Settings{}, "", "", "SSL_CERT_FILE"},
	} {
		s := Machine{Getenv: env}.Of(request.Request{URL: c.url, Settings: c.settings}, "", nil)
		if s.Proxy != c.proxy || s.ProxyFrom != c.from || s.Roots != c.roots {
			t.Errorf("%s: got %+v", c.url, s)
		}
	}
}

func TestASparedProxyIsOneThatTheEnvironmentNames(t *testing.T) {
	env := getenv("HTTPS_PROXY", "http://user:pw@proxy.corp:3128", "NO_PROXY", "inside.test")
	for _, c := range []struct {
		url      string
		settings request.Settings
		env      func(string) string
		want     string
		why      string
	}{
		{"https://inside.test/x", request.Settings{}, env, "http://proxy.corp:3128", "HTTPS_PROXY names it, and NO_PROXY entry inside.test keeps this host from it"},
		{"http://api.test/x", request.Settings{}, env, "http://proxy.corp:3128", "HTTPS_PROXY names it, for the other scheme"},
		{"https://api.test/x", request.Settings{}, env, "", ""}, // it goes through it
		{"https://localhost/x", request.Settings{}, env, "", ""},
		{"http://127.0.0.1/x", request.Settings{}, env, "", ""},
		{"http://[::1]/x", request.Settings{}, env, "", ""},
		{"https://inside.test/x", request.Settings{Proxy: request.Proxy{URL: "direct"}}, env, "", ""},
		{"https://inside.test/x", request.Settings{UnixSocket: "/run/x"}, env, "", ""},
		{"https://inside.test/x", request.Settings{}, getenv("ALL_PROXY", "http://proxy.corp:3128"), "", ""},
		{"https://inside.test/x", request.Settings{}, getenv(), "", ""},
	} {
		s := Machine{Getenv: c.env}.Of(request.Request{URL: c.url, Settings: c.settings}, "", nil)
		if s.Spared != c.want || s.SparedWhy != c.why {
			t.Errorf("%s: got %q, %q", c.url, s.Spared, s.SparedWhy)
		}
	}
}

func TestAMachineWithLoopbackAloneIsOffline(t *testing.T) {
	loop, lan := netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("192.168.1.0/24")
	for _, c := range []struct {
		found   []netip.Prefix
		err     error
		offline bool
		n       int
	}{{[]netip.Prefix{loop, netip.MustParsePrefix("fe80::/64")}, nil, true, 0}, {[]netip.Prefix{loop, lan}, nil, false, 1}, {nil, errors.New("no"), false, 0}} {
		s := Machine{Interfaces: func() ([]netip.Prefix, error) { return slices.Clone(c.found), c.err }}.Of(request.Request{}, "", nil)
		if s.Offline != c.offline || len(s.Networks) != c.n || c.err != nil && s.Networks != nil {
			t.Errorf("%v: got %+v", c.found, s)
		}
	}
	if s := (Machine{}).Of(request.Request{}, "", nil); s.Offline || s.Networks != nil {
		t.Errorf("nothing asked: got %+v", s)
	}
}

func TestInterfacesOfThisMachineHoldLoopback(t *testing.T) {
	all, err := Up()
	if err != nil || !slices.ContainsFunc(all, func(p netip.Prefix) bool { return p.Addr().IsLoopback() }) {
		t.Errorf("got %v, %v", all, err)
	}
}

func TestOnlyTheEnvironmentsVariablesAreShadowed(t *testing.T) {
	uses := []vars.Use{
		{Name: "base", Scope: "folder orders", Shadows: []string{"environment prod", "collection"}, Where: "URL"},
		{Name: "base", Scope: "folder orders", Shadows: []string{"environment prod"}, Where: "URL"},
		{Name: "token", Scope: "request orders/get", Shadows: []string{"environment prod"}, Where: "header authorization"},
		{Name: "limit", Scope: "environment prod", Shadows: []string{"collection"}, Where: "URL"},
		{Name: "id", Scope: "--var", Shadows: []string{"environment prod"}, Where: "body"},
		{Name: "x", Scope: "folder orders", Shadows: []string{"collection"}, Where: "body"},
	}
	got := Machine{}.Of(request.Request{}, "prod", uses).Shadowed
	want := []diagnose.Shadowed{{Name: "base", Scope: "folder orders", Element: "url"}, {Name: "token", Scope: "request orders/get", Element: "auth"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for where, id := range map[string]diagnose.ElementID{"form field a": "form:a", "part f": "multipart:f", "auth token": "auth", "content type": "header:Content-Type", "method": "method", "header X-A": "header:X-A"} {
		if got := elementOf(where); got != id {
			t.Errorf("%s: got %s, want %s", where, got, id)
		}
	}
}

func TestTheClientCertificateIsRead(t *testing.T) {
	from, until := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	plan := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: from, NotAfter: until}
	cert, err := x509.CreateCertificate(rand.Reader, plan, plan, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "me.pem")
	both := append(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})...)
	if err := os.WriteFile(file, both, 0o600); err != nil {
		t.Fatal(err)
	}
	s := Machine{}.Of(request.Request{Settings: request.Settings{TLS: request.TLS{CertFile: file}}}, "", nil)
	if !s.From.Equal(from) || !s.Until.Equal(until) {
		t.Errorf("got %+v", s)
	}
	if s := (Machine{}).Of(request.Request{Settings: request.Settings{TLS: request.TLS{CertFile: file + "x"}}}, "", nil); !s.Until.IsZero() {
		t.Errorf("a file that is not there: got %+v", s)
	}
}
