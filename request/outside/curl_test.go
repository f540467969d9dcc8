package outside_test

import (
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"culprit/request"
	"culprit/request/outside"
)

func needCurl(t *testing.T) {
	t.Helper()
	if len(outside.Clients()) == 0 {
		t.Skip("no curl here")
	}
}

// byCurl sends r with curl through the engine, as everything else does.
func byCurl(t *testing.T, r request.Request) *request.Exchange {
	t.Helper()
	r.Settings.Client = "curl"
	x, _ := engine(t).Do(t.Context(), r, nil)
	return x
}

// Both clients send the same request: the server cannot tell them apart by what HTTP says.
func TestTheSameRequestThroughCurl(t *testing.T) {
	needCurl(t)
	type seen struct{ method, uri, body, header string }
	var all []seen
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		var names strings.Builder
		_ = r.Header.Write(&names) // sorted
		all = append(all, seen{r.Method, r.RequestURI, string(b), names.String()})
		w.Header().Set("Content-Encoding", "gzip")
		w.WriteHeader(http.StatusTeapot)
		z := gzip.NewWriter(w)
		_, _ = io.WriteString(z, "short and stout")
		z.Close()
	}))
	t.Cleanup(s.Close)
	bearer := request.Auth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: "hush"}}}
	for name, r := range map[string]request.Request{
		"a GET":     {URL: "/a?b=c%20d", Auth: bearer},
		"JSON":      {Method: "POST", URL: "/a", Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: "{\"a\": \"\\n\u00e9\"}\n"}},
		"bytes":     {Method: "PUT", URL: "/a", Body: request.Body{Kind: request.RawBody, Type: "x/y", Text: "\x00@\xff\r\n"}},
		"a form":    {Method: "POST", URL: "/a", Body: request.Body{Kind: request.FormBody, Fields: []request.Field{{Name: "a b", Value: "&="}}}},
		"no body":   {Method: "DELETE", URL: "/a/../b", Header: []request.Field{{Name: "X-Odd", Value: `say "hi" \n`}}},
		"long body": {Method: "POST", URL: "/a", Body: request.Body{Kind: request.RawBody, Type: "text/plain", Text: strings.Repeat("x", 200<<10)}},
	} {
		t.Run(name, func(t *testing.T) {
			all = nil
			r.URL = s.URL + r.URL
			r = r.WithDefaults("culprit/test")
			x := byCurl(t, r)
			if x.Status() != http.StatusTeapot || string(x.Response().Body.Head(99)) != "short and stout" || x.Last().Conn.Remote != s.Listener.Addr().String() {
				t.Fatalf("%v %+v", x.Failure, x.Hops)
			}
			if _, err := engine(t).Do(t.Context(), r, nil); err != nil {
				t.Fatal(err)
			}
			if len(all) != 2 || all[0] != all[1] {
				t.Errorf("curl and the engine differ:\n%.300q", all)
			}
		})
	}
}

// While curl runs, its command line, which every user of the machine can read, holds no secret.
func TestNoSecretOnTheCommandLine(t *testing.T) {
	needCurl(t)
	if _, err := os.Stat("/proc/self/cmdline"); err != nil {
		t.Skip(err)
	}
	lines := make(chan string, 1)
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		names, _ := filepath.Glob("/proc/[0-9]*/cmdline")
		var all strings.Builder
		for _, n := range names {
			b, _ := os.ReadFile(n)
			all.Write(b)
		}
		lines <- all.String()
	}))
	t.Cleanup(s.Close)
	byCurl(t, request.Request{Method: "POST", URL: s.URL + "/?key=q-7yfw2", Body: request.Body{Kind: request.RawBody, Text: "b-7yfw2"},
		Auth: request.Auth{Scheme: "basic", Params: []request.Field{{Name: "username", Value: "ada"}, {Name: "password", Value: "p-7yfw2"}}}})
	got := <-lines
	if !strings.Contains(got, "--config") || strings.Contains(got, "-7yfw2") {
		t.Errorf("command lines: %q", got)
	}
}

func TestFailuresOfCurlHaveCauses(t *testing.T) {
	needCurl(t)
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	t.Cleanup(silent.Close)
	closed := httptest.NewServer(nil)
	closed.Close()
	s, _ := server(t)
	for _, c := range []struct{ name, url, cause string }{
		{"nothing listens", closed.URL, "connection_refused"},
		{"no byte comes", silent.URL, "empty_response"},
		{"an unknown authority", s.URL, "tls_unknown_authority"},
	} {
		if x := byCurl(t, request.Request{URL: c.url, Settings: request.Settings{Proxy: request.Proxy{URL: "direct"}}}); x.Failure == nil || x.Failure.Cause != c.cause {
			t.Errorf("%s: %v", c.name, x.Failure)
		}
	}
}

// What the engine cannot decode is no success by curl either, which hands it over as it came.
func TestACodingThatIsNotThereIsAFailureByCurlToo(t *testing.T) {
	needCurl(t)
	for coding, cause := range map[string]string{"gzip": "content_coding_error", "br": "content_coding_error", "x-odd": "", "identity": ""} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", coding)
			_, _ = io.WriteString(w, `{"id": 1}`)
		}))
		t.Cleanup(s.Close)
		x := byCurl(t, request.Request{URL: s.URL})
		got := ""
		if x.Failure != nil {
			got = x.Failure.Cause
		}
		if got != cause || string(x.Response().Body.Head(99)) != `{"id": 1}` {
			t.Errorf("%s: %v", coding, x.Failure)
		}
	}
}

func TestCurlEndsWithItsContext(t *testing.T) {
	needCurl(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	}))
	t.Cleanup(s.Close)
	x := outside.Send(ctx, request.Request{URL: s.URL, Settings: request.Settings{Client: "curl"}})
	if x.Failure == nil || x.Failure.Cause != "cancelled" {
		t.Errorf("%v", x.Failure)
	}
}

// What the engine refuses to send, curl does not send either: no field, no credential and no method writes another
// line, and nothing but HTTP is read.
func TestWhatCannotBeSentIsNotSentWithCurlEither(t *testing.T) {
	needCurl(t)
	asked := 0
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	t.Cleanup(s.Close)
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("hush"), 0o600); err != nil {
		t.Fatal(err)
	}
	bearer := request.Auth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: "a\r\nX-Evil: 1"}}}
	for name, r := range map[string]request.Request{
		"a line break in a value":      {URL: s.URL, Header: []request.Field{{Name: "X-A", Value: "a\r\nX-Evil: 1"}}},
		"a line break in a name":       {URL: s.URL, Header: []request.Field{{Name: "X-A: 1\r\nX-Evil", Value: "1"}}},
		"a line break in a token":      {URL: s.URL, Auth: bearer},
		"a line break in the method":   {URL: s.URL, Method: "GET / HTTP/1.1\r\nX-Evil: 1\r\nX-B:"},
		"a file as the fields":         {URL: s.URL, Header: []request.Field{{Name: "@" + file}}},
		"a file as the URL":            {URL: "file://" + file},
		"an option as the URL":         {URL: "-o" + file},
		"another protocol":             {URL: "gopher" + strings.TrimPrefix(s.URL, "http") + "/_GET"},
		"a variable that has no value": {URL: s.URL + "/{{x}}"},
	} {
		x := byCurl(t, r)
		if x.Failure == nil || x.Failure.Phase != request.PhasePrepare || len(x.Hops) > 0 || asked > 0 {
			t.Errorf("%s: %v, %d hops, the server was asked %d times", name, x.Failure, len(x.Hops), asked)
		}
	}
}

// curl has rules of its own for the proxy of the environment (ALL_PROXY, loopback addresses) and for two credentials
// at once; it follows the engine's.
func TestCurlTakesTheProxyAndTheCredentialsOfTheEngine(t *testing.T) {
	needCurl(t)
	var heard []string
	proxy := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { heard = append(heard, "proxy "+r.URL.Path) }))
	t.Cleanup(proxy.Close)
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		heard = append(heard, r.URL.RequestURI()+" "+strings.Join(r.Header["Authorization"], ","))
	}))
	t.Cleanup(s.Close)
	for _, v := range []string{"ALL_PROXY", "all_proxy", "http_proxy"} {
		t.Setenv(v, proxy.URL)
	}
	byCurl(t, request.Request{URL: s.URL + "/a", Header: []request.Field{{Name: "authorization", Value: "Bearer old"}},
		Auth: request.Auth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: "new"}}}})
	byCurl(t, request.Request{URL: s.URL + "/b?c=%7e#d", Auth: request.Auth{Scheme: "apikey", Params: []request.Field{
		{Name: "key", Value: "k y"}, {Name: "value", Value: "&"}, {Name: "placement", Value: "queryparams"}}}})
	if got := strings.Join(heard, "; "); got != "/a Bearer new; /b?c=%7e&k+y=%26 " {
		t.Errorf("heard %q", got)
	}
}
