package client

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/crypto/md4"

	"culprit/request"
)

// A digestServer guards a path with Digest (RFC 7616 §3.4), and remembers the rounds it saw.
type digestServer struct {
	algorithm, qop string
	stale          int  // answers that are called stale before one is looked at
	plain          bool // it offers nothing else beside, which curl 7.88 does not read
	bodies         []string
	seen           []string // Authorization of each round
}

func (d *digestServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b, _ := io.ReadAll(r.Body)
	d.bodies, d.seen = append(d.bodies, string(b)), append(d.seen, r.Header.Get("Authorization"))
	var p map[string]string
	if sent, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Digest "); ok {
		p = params(sent)
	}
	stale := ""
	switch {
	case p != nil && d.stale > 0:
		d.stale--
		stale = ", stale=true"
	case p != nil && p["response"] == d.want(r.Method, p, b):
		fmt.Fprintf(w, "hello %s", p["username"])
		return
	}
	beside := `Basic realm="a, b", `
	if d.plain {
		beside = ""
	} else {
		w.Header().Add("WWW-Authenticate", `Digest realm="x", nonce="n0", algorithm=WHIRLPOOL`)
	}
	w.Header().Add("WWW-Authenticate", fmt.Sprintf(beside+`Digest realm="the shop", nonce="n%d", opaque="o", qop="%s", algorithm=%s%s`, len(d.seen), d.qop, d.algorithm, stale))
	w.WriteHeader(http.StatusUnauthorized)
}

func params(s string) map[string]string {
	out := map[string]string{}
	for part := range strings.SplitSeq(s, ", ") {
		name, value, _ := strings.Cut(part, "=")
		out[name] = strings.Trim(value, `"`)
	}
	return out
}

func (d *digestServer) want(method string, p map[string]string, body []byte) string {
	h := func(parts ...string) string {
		var sum hash.Hash = md5.New()
		if strings.HasPrefix(d.algorithm, "SHA-256") {
			sum = sha256.New()
		}
		io.WriteString(sum, strings.Join(parts, ":"))
		return hex.EncodeToString(sum.Sum(nil))
	}
	a1 := h("ann", "the shop", "s3cret")
	if strings.HasSuffix(d.algorithm, "-sess") {
		a1 = h(a1, p["nonce"], p["cnonce"])
	}
	a2 := []string{method, p["uri"]}
	if p["qop"] == "auth-int" {
		a2 = append(a2, h(string(body)))
	}
	if p["qop"] == "" {
		return h(a1, p["nonce"], h(a2...))
	}
	return h(a1, p["nonce"], p["nc"], p["cnonce"], p["qop"], h(a2...))
}

func secured(scheme, url string) request.Request {
	return request.Request{Method: "POST", URL: url, Body: request.Body{Kind: request.RawBody, Text: "the order"},
		Auth: request.Auth{Scheme: scheme}.With("username", "ann").With("password", "s3cret")}
}

func TestDigestProvesThePasswordAndSendsTheBodyOnce(t *testing.T) {
	for _, s := range []*digestServer{
		{algorithm: "MD5", qop: "auth"}, {algorithm: "SHA-256", qop: "auth, auth-int"}, {algorithm: "MD5", qop: "auth-int"},
		{algorithm: "MD5-sess", qop: "auth"}, {algorithm: "SHA-256-sess", qop: "auth"}, {algorithm: "MD5", qop: "auth", stale: 1},
	} {
		for _, scheme := range []string{"digest", "anyauth"} {
			*s = digestServer{algorithm: s.algorithm, qop: s.qop, stale: s.stale}
			stale := s.stale
			server := httptest.NewServer(s)
			e := New(Config{})
			x, err := e.Do(context.Background(), secured(scheme, server.URL+"/a?b=c,d"), nil)
			if err != nil || x.Status() != 200 || string(x.Response().Body.Head(99)) != "hello ann" {
				t.Fatalf("%s %+v: status %d, %v", scheme, *s, x.Status(), err)
			}
			if len(x.Hops) != 1 || len(x.Hops[0].Rounds) != 1+stale || x.Hops[0].Rounds[0].Response.Status != 401 || s.seen[0] != "" {
				t.Errorf("%s: hops %d, rounds before it %d, want 1 and %d; first credentials %q", scheme, len(x.Hops), len(x.Hops[0].Rounds), 1+stale, s.seen[0])
			}
			if first := s.bodies[0]; scheme == "digest" && first != "" || s.bodies[len(s.bodies)-1] != "the order" {
				t.Errorf("%s: bodies %q", scheme, s.bodies)
			}
			if all := strings.Join(s.seen, " "); strings.Contains(all, "s3cret") || strings.Contains(all, "Basic") {
				t.Errorf("the password went out: %s", all)
			}
			x.Close()
			e.Close()
			server.Close()
			s.stale = stale
		}
	}
}

func TestDigestThatIsRefusedIsAnsweredOnce(t *testing.T) {
	s := &digestServer{algorithm: "MD5", qop: "auth"}
	server := httptest.NewServer(s)
	defer server.Close()
	e := New(Config{})
	defer e.Close()
	r := secured("digest", server.URL)
	r.Auth = r.Auth.With("password", "wrong")
	x, _ := e.Do(context.Background(), r, nil)
	if x.Status() != 401 || len(s.seen) != 2 {
		t.Errorf("status %d after %d rounds, want 401 after 2: a wrong password is tried once", x.Status(), len(s.seen))
	}
}

func TestABodyKeptBackForAChallengeGoesOutWhenNoneComes(t *testing.T) {
	var bodies []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		if bodies = append(bodies, string(b)); len(b) == 0 {
			w.WriteHeader(http.StatusBadRequest)
		}
	}))
	defer server.Close()
	e := New(Config{})
	defer e.Close()
	if x, err := e.Do(context.Background(), secured("digest", server.URL), nil); err != nil || x.Status() != 200 || len(bodies) != 2 {
		t.Errorf("status %d, %v, bodies %q", x.Status(), err, bodies)
	}
}

// ntlmServer is the server's side of MS-NTHT, with the check of MS-NLMP §3.3.2. What it knows of a client it knows of its
// connection.
func ntlmServer(w http.ResponseWriter, r *http.Request, greeted map[string]bool, word string) {
	refuse := func(value string) {
		w.Header().Set("WWW-Authenticate", value)
		w.WriteHeader(http.StatusUnauthorized)
	}
	nonce := []byte("01234567")
	sent, ok := strings.CutPrefix(r.Header.Get("Authorization"), word+" ")
	m, _ := base64.StdEncoding.DecodeString(sent)
	b, _ := io.ReadAll(r.Body)
	switch {
	case !ok || len(m) < 12:
		refuse(word)
	case m[8] == 1:
		greeted[r.RemoteAddr] = true
		info := []byte{2, 0, 2, 0, 'D', 0, 0, 0, 0, 0}
		c := append([]byte("NTLMSSP\x00\x02\x00\x00\x00"), 0, 0, 0, 0, 56, 0, 0, 0)
		c = append(c, 0x01, 0x02, 0x8a, 0xa2)
		c = append(append(c, nonce...), make([]byte, 8)...)
		c = append(c, byte(len(info)), 0, byte(len(info)), 0, 56, 0, 0, 0, 6, 1, 0, 0, 0, 0, 0, 15)
		refuse(word + " " + base64.StdEncoding.EncodeToString(append(c, info...)))
	case !greeted[r.RemoteAddr]:
		refuse(word)
	default:
		field := func(at int) []byte {
			n, from := binary.LittleEndian.Uint16(m[at:]), binary.LittleEndian.Uint32(m[at+4:])
			return m[from : from+uint32(n)]
		}
		response, domain, user := field(20), field(28), field(36)
		sum := md4.New()
		sum.Write(wide("s3cret"))
		mac := func(key []byte, parts ...[]byte) []byte {
			h := hmac.New(md5.New, key)
			h.Write(bytes.Join(parts, nil))
			return h.Sum(nil)
		}
		key := mac(sum.Sum(nil), wide("ANN"), domain)
		if len(response) < 16 || !bytes.Equal(user, wide("ann")) || !bytes.Equal(mac(key, nonce, response[16:]), response[:16]) {
			refuse(word)
			return
		}
		fmt.Fprintf(w, "hello %s", b)
	}
}

func wide(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

func TestNTLMAnswersOnOneConnection(t *testing.T) {
	for _, c := range []struct{ scheme, word, password, want string }{
		{"ntlm", "NTLM", "s3cret", "hello the order"}, {"ntlm", "Negotiate", "s3cret", "hello the order"},
		{"negotiate", "Negotiate", "s3cret", "hello the order"}, {"anyauth", "NTLM", "s3cret", "hello the order"}, {"ntlm", "NTLM", "wrong", ""},
	} {
		greeted := map[string]bool{}
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { ntlmServer(w, r, greeted, c.word) }))
		e := New(Config{})
		r := secured(c.scheme, server.URL)
		r.Auth = r.Auth.With("password", c.password)
		x, err := e.Do(context.Background(), r, nil)
		if got := string(x.Response().Body.Head(99)); err != nil || got != c.want {
			t.Errorf("%s by %s, password %s: %d %q, %v", c.scheme, c.word, c.password, x.Status(), got, err)
		}
		e.Close()
		server.Close()
	}
}

func TestAChallengeThatCannotBeAnsweredIsKept(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("WWW-Authenticate", "NTLM bm90IE5UTE0=")
		w.WriteHeader(http.StatusUnauthorized)
	}))
	defer server.Close()
	e := New(Config{})
	defer e.Close()
	x, err := e.Do(context.Background(), secured("ntlm", server.URL), nil)
	defer x.Close()
	if err == nil || x.Failure == nil || x.Failure.Phase != request.PhasePrepare || x.Status() != http.StatusUnauthorized || len(x.Wire()) != 1 {
		t.Errorf("%v, status %d, %d went out", err, x.Status(), len(x.Wire()))
	}
}

func TestCurlAgreesWithOurServersOfChallenges(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("no curl here")
	}
	greeted := map[string]bool{}
	ntlm := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { ntlmServer(w, r, greeted, "NTLM") }))
	defer ntlm.Close()
	digest := httptest.NewServer(&digestServer{algorithm: "SHA-256", qop: "auth", plain: true})
	defer digest.Close()
	for flag, url := range map[string]string{"--ntlm": ntlm.URL, "--digest": digest.URL} {
		out, err := exec.Command("curl", "-sS", flag, "-u", "ann:s3cret", "-d", "the order", url).CombinedOutput()
		if err != nil || !strings.HasPrefix(string(out), "hello ") {
			t.Errorf("curl %s: %q, %v", flag, out, err)
		}
	}
	e := New(Config{})
	defer e.Close()
	r := secured("digest", digest.URL)
	r.Settings.Client = "curl"
	if x, err := e.Do(context.Background(), r, nil); err != nil || x.Status() != 200 {
		t.Errorf("through the system's curl: %d, %v", x.Status(), err)
	}
}
