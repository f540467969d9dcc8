package outside_test

import (
	"encoding/pem"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"culprit/request"
	"culprit/request/client"
	"culprit/request/outside"
)

// server answers over TLS with what it was asked by; its certificate is in the file that is returned.
func server(t *testing.T) (s *httptest.Server, ca string) {
	t.Helper()
	s = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		_, _ = io.WriteString(w, r.TLS.ServerName+" "+r.Header.Get("Authorization")+" "+string(body))
	}))
	t.Cleanup(s.Close)
	ca = filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	return s, ca
}

func engine(t *testing.T) *request.Engine {
	t.Helper()
	e := client.New(client.Config{SpoolDir: t.TempDir()})
	t.Cleanup(e.Close)
	return e
}

// The name is only known over there, TLS is between here and the server, and ssh learns the name and the port.
func TestRequestFromAnotherMachine(t *testing.T) {
	s, ca := server(t)
	log := filepath.Join(t.TempDir(), "log")
	onPath(t, "ssh")
	t.Setenv("FAKE_SSH", s.Listener.Addr().String())
	t.Setenv("FAKE_SSH_LOG", log)
	r := request.Request{Method: "POST", URL: "https://example.com/orders", Body: request.Body{Kind: request.RawBody, Text: "tea"},
		Auth:     request.Auth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: "hush"}}},
		Settings: request.Settings{From: "ssh://ada@build.test:2222", TLS: request.TLS{CAFile: ca}, Fresh: true}}
	x, err := engine(t).Do(t.Context(), r, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(x.Response().Body.Head(100)); got != "example.com Bearer hush tea" {
		t.Errorf("answer %q", got)
	}
	if to := x.Last().Conn; to.Remote != "example.com:443" || len(to.Resolved) > 0 || to.Proxy != "" {
		t.Errorf("connection %+v", to)
	}
	args, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	if _, got, _ := strings.Cut(string(args), "\n"); got != "-o\nBatchMode=yes\n-W\nexample.com:443\n-p\n2222\n--\nada@build.test" {
		t.Errorf("ssh was called with %q", got)
	}
}

func TestFailuresOfTheOtherMachineAreNotTheServers(t *testing.T) {
	onPath(t, "ssh")
	for _, c := range []struct {
		name, said string
		phase      request.Phase
		cause      string
	}{
		{"it refuses us", "ada@build.test: Permission denied (publickey).", request.PhaseProxy, ""},
		{"its key is unknown", "Host key verification failed.", request.PhaseProxy, ""},
		{"it does not forward", "channel 0: open failed: administratively prohibited: open failed\nstdio forwarding failed", request.PhaseProxy, ""},
		{"nothing listens there", "channel 0: open failed: connect failed: Connection refused\nstdio forwarding failed", request.PhaseConnect, "connection_refused"},
		{"it does not know the name", "channel 0: open failed: connect failed: Name or service not known\nstdio forwarding failed", request.PhaseResolve, "dns_name_not_found"},
		{"it waits in vain", "channel 0: open failed: connect failed: Connection timed out\nstdio forwarding failed", request.PhaseConnect, "connection_timeout"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("FAKE_SSH", c.said)
			for _, u := range []string{"http://shop.test/", "https://shop.test/"} {
				x, err := engine(t).Do(t.Context(), request.Request{URL: u, Settings: request.Settings{From: "ssh://build.test", Fresh: true}}, nil)
				if err == nil || x.Failure.Phase != c.phase || x.Failure.Cause != c.cause {
					t.Fatalf("%s: %+v", u, x.Failure)
				}
				var far *request.FarError
				if first, _, _ := strings.Cut(c.said, "\n"); !errors.As(err, &far) || !strings.Contains(far.Text, first) {
					t.Errorf("%s: %v", u, x.Failure.Err)
				}
			}
		})
	}
}

func TestAnEmptyAnswerThroughAnotherMachineIsTheServers(t *testing.T) {
	l := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) }))
	t.Cleanup(l.Close)
	onPath(t, "ssh")
	t.Setenv("FAKE_SSH", l.Listener.Addr().String())
	x, _ := engine(t).Do(t.Context(), request.Request{URL: "http://shop.test/", Settings: request.Settings{From: "ssh://build.test", Fresh: true}}, nil)
	if x.Failure == nil || x.Failure.Cause != "empty_response" {
		t.Errorf("%+v", x.Failure)
	}
}

func TestPlace(t *testing.T) {
	for s, ok := range map[string]bool{
		"ssh://build": true, "ssh://ada@build.test:2222": true, "ssh://[::1]:22": true,
		"build": false, "http://build": false, "ssh://": false, "ssh://ada:secret@build": false, "ssh://build/x": false,
		"ssh://-oProxyCommand=x": false, "ssh://-l@build": false, "ssh://a%20b": false,
	} {
		if err := outside.Place(s); (err == nil) != ok {
			t.Errorf("%s: %v", s, err)
		}
	}
}
