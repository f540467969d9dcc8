package client

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"slices"
	"strings"
	"sync"
	"testing"

	"culprit/request"
)

// A witness is a server that keeps every byte of the requests it gets.
type witness struct {
	url  string
	mu   sync.Mutex
	seen []string
}

func newWitness(t testing.TB, h http.HandlerFunc) *witness {
	w := &witness{}
	s := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		b, err := httputil.DumpRequest(r, true)
		if err != nil {
			t.Error(err)
		}
		w.mu.Lock()
		w.seen = append(w.seen, string(b))
		w.mu.Unlock()
		h(rw, r)
	}))
	t.Cleanup(s.Close)
	w.url = s.URL
	return w
}

func (w *witness) all() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.seen)
}

func fine(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "ok") }

// TestNoSecretCrossesOrigins sends every kind of credential to a server that redirects to another port of the
// same host, with every status, and looks at each byte that arrives there.
func TestNoSecretCrossesOrigins(t *testing.T) {
	const secret = "S3cr3t"
	auths := []request.Auth{
		{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: secret}}},
		{Scheme: "basic", Params: []request.Field{{Name: "username", Value: "u"}, {Name: "password", Value: secret}}},
		{Scheme: "apikey", Params: []request.Field{{Name: "key", Value: "X-Mine"}, {Name: "value", Value: secret}}},
		{Scheme: "apikey", Params: []request.Field{{Name: "key", Value: "k"}, {Name: "value", Value: secret}, {Name: "placement", Value: "query"}}},
	}
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, method := range []string{"GET", "POST", "DELETE"} {
			for _, a := range auths {
				other := newWitness(t, fine)
				first := newWitness(t, func(w http.ResponseWriter, r *http.Request) {
					to := other.url + "/there"
					if r.URL.Path == "/echo" {
						to += "?" + r.URL.RawQuery
					}
					w.Header().Set("Location", strings.Replace(to, "http://", "http://a:b@", 1))
					w.WriteHeader(status)
				})
				for _, path := range []string{"/", "/echo"} {
					r := request.Request{
						Method: method, URL: first.url + path, Auth: a, Settings: request.Settings{Follow: 5},
						Header: []request.Field{
							{Name: "cookie", Value: "sid=" + secret}, {Name: "X-Api-Key", Value: secret}, {Name: "Proxy-Authorization", Value: secret},
							{Name: "X-Plain", Value: "has " + secret + " inside"}, {Name: "X-Kept", Value: "harmless"},
						},
						Secrets: []request.Secret{{Ref: "test", Value: secret}},
					}
					if method == "POST" {
						r.Body = request.Body{Kind: request.RawBody, Text: secret}
					}
					if a.Scheme == "" {
						r.Header = append(r.Header, request.Field{Name: "Authorization", Value: "Bearer " + secret})
					}
					x, err := engine(t, Config{}).Do(t.Context(), r, nil)
					if err != nil {
						t.Fatal(err)
					}
					if h := x.Hops[0]; h.Followed == nil || !h.Followed.Cross || len(h.Followed.Dropped) < 4 {
						t.Errorf("%d %s %s: the hop does not tell: %+v", status, method, a.Scheme, h.Followed)
					}
					stopped := x.Hops[0].Followed.Stopped != ""
					if stopped != (len(x.Hops) == 1) {
						t.Errorf("%d %s: stopped %q after %d hops", status, method, x.Hops[0].Followed.Stopped, len(x.Hops))
					}
				}
				for _, seen := range other.all() {
					if strings.Contains(seen, secret) || strings.Contains(seen, "dTpTM2NyM3Q") || strings.Contains(seen, "Authorization") {
						t.Errorf("%d %s %s: leaked: %s", status, method, a.Scheme, seen)
					}
					if !strings.Contains(seen, "X-Kept: harmless") || strings.Contains(seen, "Referer") {
						t.Errorf("%d: got %s", status, seen)
					}
				}
			}
		}
	}
}

func TestMethodAfterRedirect(t *testing.T) {
	for _, w := range []struct {
		status       int
		method, want string
		keep, body   bool
	}{
		{301, "POST", "GET", false, false}, {302, "POST", "GET", false, false}, {303, "POST", "GET", false, false},
		{307, "POST", "POST", false, true}, {308, "POST", "POST", false, true}, {301, "POST", "POST", true, true},
		{301, "PUT", "PUT", false, true}, {302, "PATCH", "PATCH", false, true}, {303, "PUT", "GET", false, false},
		{303, "HEAD", "HEAD", false, false}, {302, "GET", "GET", false, false},
	} {
		s := newWitness(t, func(rw http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/" {
				http.Redirect(rw, r, "/there#new", w.status)
			}
		})
		r := request.Request{URL: s.url + "#old", Method: w.method, Settings: request.Settings{Follow: 1, KeepMethod: w.keep}}
		r.Auth = request.Auth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: "token"}}}
		if w.method[0] == 'P' {
			r.Body = request.Body{Kind: request.RawBody, Text: "payload", Type: "text/plain"}
		}
		x, err := engine(t, Config{}).Do(t.Context(), r, nil)
		if err != nil || len(x.Hops) != 2 {
			t.Fatalf("%d %s: %d hops, %v", w.status, w.method, len(x.Hops), err)
		}
		got, f := x.Last().Sent, x.Hops[0].Followed
		if got.Method != w.want || (got.Body.Size() > 0) != w.body || f.Method != [2]string{w.method, w.want} || f.Cross || f.Stopped != "" {
			t.Errorf("%d %s: got %s with %d bytes, %+v", w.status, w.method, got.Method, got.Body.Size(), f)
		}
		if !strings.HasSuffix(f.To, "#new") || request.Get(got.Header, "Authorization") != "Bearer token" {
			t.Errorf("%d %s: to %s with %v", w.status, w.method, f.To, got.Header)
		}
	}
}

// The expectations were seen with curl 8.5: "-X PUT -d a=1 -L" sends PUT without a body after 301.
func TestTheVerbOfCurlStaysAndTheBodyGoes(t *testing.T) {
	for _, w := range []struct {
		status       int
		method, body string
	}{
		{301, "POST", ""}, {302, "PUT", ""}, {303, "PATCH", ""}, {307, "PUT", "payload"}, {308, "POST", "payload"},
	} {
		s := newWitness(t, func(rw http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/" {
				http.Redirect(rw, r, "/there", w.status)
			}
		})
		r := request.Request{URL: s.url, Method: w.method, Settings: request.Settings{Follow: 1, KeepVerb: true}}
		r.Body = request.Body{Kind: request.RawBody, Text: "payload", Type: "text/plain"}
		x, err := engine(t, Config{}).Do(t.Context(), r, nil)
		if err != nil || len(x.Hops) != 2 {
			t.Fatalf("%d %s: %d hops, %v", w.status, w.method, len(x.Hops), err)
		}
		if got := x.Last().Sent; got.Method != w.method || got.Size != int64(len(w.body)) {
			t.Errorf("%d %s: got %s with %d bytes", w.status, w.method, got.Method, got.Size)
		}
	}
}

func TestCredentialsOfTheURLStayWithinTheOrigin(t *testing.T) {
	other := newWitness(t, fine)
	first := newWitness(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			http.Redirect(w, r, "/second", 302)
		} else {
			http.Redirect(w, r, other.url, 302)
		}
	})
	url := strings.Replace(first.url, "http://", "http://user:password@", 1)
	x, err := engine(t, Config{}).Do(t.Context(), request.Request{URL: url, Settings: request.Settings{Follow: 5}}, nil)
	if err != nil || len(x.Hops) != 3 {
		t.Fatal(err)
	}
	for i, want := range []bool{true, true, false} {
		if got := request.Has(x.Hops[i].Sent.Header, "Authorization"); got != want || strings.Contains(x.Hops[i].Sent.URL, "password") {
			t.Errorf("hop %d: %+v", i, x.Hops[i].Sent)
		}
	}
}

// TestAPublicServerCannotLeadInside: names and addresses are those of a network in which 203.0.113.0/24 is
// public (RFC 5737); everything is dialled on loopback.
func TestAPublicServerCannotLeadInside(t *testing.T) {
	inside := newWitness(t, fine)
	outside := newWitness(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", "http://"+strings.TrimPrefix(r.URL.Path, "/"))
		w.WriteHeader(302)
	})
	network := request.Net{
		Lookup: func(_ context.Context, host string) ([]net.IPAddr, error) {
			address := map[string]string{"public.test": "203.0.113.1", "inside.test": "10.0.0.1"}[host]
			return []net.IPAddr{{IP: net.ParseIP(address)}}, nil
		},
		Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
			to := inside.url
			if strings.HasPrefix(address, "203.") {
				to = outside.url
			}
			return (&net.Dialer{}).DialContext(ctx, network, strings.TrimPrefix(to, "http://"))
		},
	}
	e := engine(t, Config{Net: network})
	for _, w := range []struct {
		from, to string
		ok       bool
	}{
		{"inside.test", "", true}, // leaves a connection that could be used again
		{"public.test", "inside.test", false}, {"public.test", "127.0.0.1:1", false}, {"public.test", "169.254.169.254", false},
		{"public.test", "[::1]:1", false},
	} {
		before := len(inside.all())
		r := request.Request{URL: "http://" + w.from + "/" + w.to, Settings: request.Settings{Follow: 1}}
		x, err := e.Do(t.Context(), r, nil)
		if (err == nil) != w.ok || !w.ok && (x.Failure.Phase != request.PhaseRedirect || len(inside.all()) != before) {
			t.Errorf("%s to %s: %v", w.from, w.to, err)
		}
	}
}

func TestRedirectsEnd(t *testing.T) {
	s := newWitness(t, func(w http.ResponseWriter, r *http.Request) {
		to := "/"
		if r.URL.Path == "/file" {
			to = "file:///etc/passwd"
		}
		w.Header().Set("Location", to)
		w.WriteHeader(302)
	})
	e := engine(t, Config{})
	for _, w := range []struct {
		path    string
		follow  int
		hops    int
		cause   string
		stopped bool
	}{
		{"/", 0, 1, "", false}, {"/", 3, 4, "redirect_loop", true}, {"/file", 3, 1, "", true},
	} {
		x, _ := e.Do(t.Context(), request.Request{URL: s.url + w.path, Settings: request.Settings{Follow: w.follow}}, nil)
		cause := ""
		if x.Failure != nil {
			cause = x.Failure.Cause
		}
		f := x.Last().Followed
		if len(x.Hops) != w.hops || cause != w.cause || x.Status() != 302 || (f != nil && f.Stopped != "") != w.stopped {
			t.Errorf("%s %d: got %d hops, cause %q, status %d, %+v", w.path, w.follow, len(x.Hops), cause, x.Status(), f)
		}
	}
}

func TestHTTPSToHTTPStops(t *testing.T) {
	ca := newAuthority(t)
	plain := newWitness(t, fine)
	s := httptest.NewUnstartedServer(http.RedirectHandler(plain.url, 302))
	s.TLS = tlsWith(ca.leaf(t, nil))
	s.StartTLS()
	defer s.Close()
	r := request.Request{URL: s.URL, Settings: request.Settings{Follow: 3, TLS: request.TLS{CAFile: ca.file}}}
	x, err := engine(t, Config{}).Do(t.Context(), r, nil)
	if err != nil || len(x.Hops) != 1 || x.Hops[0].Followed.Stopped == "" || len(plain.all()) != 0 {
		t.Errorf("got %d hops, %+v, %v", len(x.Hops), x.Hops[0].Followed, err)
	}
}

// TestASessionDoesNotLeaveInTheURL: a server that puts a cookie of the request into Location is not followed to another origin
// with what may be a credential, and is with what is none.
func TestASessionDoesNotLeaveInTheURL(t *testing.T) {
	other := newWitness(t, fine)
	shop := newWitness(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.url+r.URL.Path, http.StatusFound)
	})
	const session = "7f3a9c21d04e5b68"
	for path, want := range map[string]int{"/" + session: 1, "/weak": 1, "/lang=en": 2, "/me": 2} {
		r := request.Request{Method: "GET", URL: shop.url + path, Header: []request.Field{{Name: "Cookie", Value: "sid=" + session + "; token=weak; theme=dark; lang=en"}}}
		r.Settings.Follow = 1
		engine := New(Config{})
		x, err := engine.Do(t.Context(), r, nil)
		if err != nil || len(x.Hops) != want {
			t.Errorf("%s: %d hops, want %d: %v", path, len(x.Hops), want, err)
		}
		engine.Close()
	}
}
