package auth

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"culprit/request"
)

func toSign(t *testing.T, method, address, form string) *http.Request {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	r := &http.Request{Method: method, URL: u, Host: u.Host, Header: http.Header{}}
	if form != "" {
		r.Header["content-type"] = []string{"application/x-www-form-urlencoded; charset=utf-8"}
		r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(form)), nil }
	}
	return r
}

// The vectors are RFC 5849 §1.2 (its three requests), and §3.4.1.1, whose base string shows a form, a query with a name that
// is there twice, and a value with an escaped plus.
func TestOAuth1SignsAsTheRFC(t *testing.T) {
	photos := request.Auth{Scheme: "oauth1"}.With("consumerKey", "dpf43f3p2l4k3l03").With("consumerSecret", "kd94hf93k423kf44").With("realm", "Photos")
	s, err := Signer(photos.With("accessToken", "nnch734d00sl2jdk").With("accessTokenSecret", "pfkkdhi9sl3r4s00").With("timestamp", "137131202").With("nonce", "chapoH"))
	if err != nil {
		t.Fatal(err)
	}
	o := s.(oauth1)
	// the RFC's own requests carry no oauth_version
	own := []request.Field{{Name: "oauth_consumer_key", Value: "dpf43f3p2l4k3l03"}, {Name: "oauth_token", Value: "nnch734d00sl2jdk"},
		{Name: "oauth_signature_method", Value: "HMAC-SHA1"}, {Name: "oauth_timestamp", Value: "137131202"}, {Name: "oauth_nonce", Value: "chapoH"}}
	r := toSign(t, "GET", "http://photos.example.net/photos?file=vacation.jpg&size=original", "")
	if got, err := o.signature(base(r, append(own, pairs(r.URL.RawQuery)...))); got != "MdpQcU8iPSUjWoN/UDMsK2sui9I=" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	r = toSign(t, "post", "http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b", "c2&a3=2+q")
	form, _, err := o.body(r)
	got := base(r, append(append([]request.Field{{Name: "oauth_consumer_key", Value: "9djdj82h48djs9d2"}, {Name: "oauth_token", Value: "kkk9d7dh3k39sjv7"},
		{Name: "oauth_signature_method", Value: "HMAC-SHA1"}, {Name: "oauth_timestamp", Value: "137131201"}, {Name: "oauth_nonce", Value: "7d8f3e4a"}}, pairs(r.URL.RawQuery)...), pairs(form)...))
	want := "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7"
	if got != want || err != nil {
		t.Errorf("got  %s\nwant %s, %v", got, want, err)
	}
	plain, err := Signer(photos.With("signatureMethod", "PLAINTEXT"))
	if err != nil {
		t.Fatal(err)
	}
	r = toSign(t, "POST", "https://photos.example.net/initiate", "")
	if err := plain.Sign(r); err != nil || !strings.HasSuffix(r.Header.Get("Authorization"), `oauth_signature="kd94hf93k423kf44%26"`) || !strings.HasPrefix(r.Header.Get("Authorization"), `OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", `) {
		t.Errorf("got %q, %v", r.Header, err)
	}
}

func TestOAuth1InTheQueryIsSignedOnce(t *testing.T) {
	s, err := Signer(request.Auth{Scheme: "oauth1"}.With("consumerKey", "k").With("consumerSecret", "s3cret").With("placement", "query").With("signatureMethod", "HMAC-SHA256"))
	if err != nil {
		t.Fatal(err)
	}
	r := toSign(t, "GET", "http://h/a?page=2", "")
	for range 2 { // a redirect within the origin repeats the query
		if err := s.Sign(r); err != nil {
			t.Fatal(err)
		}
	}
	q := r.URL.Query()
	if len(q["oauth_signature"]) != 1 || len(q["oauth_nonce"]) != 1 || q.Get("page") != "2" || r.Header.Get("Authorization") != "" || strings.Contains(r.URL.RawQuery, "s3cret") {
		t.Errorf("got %q", r.URL.RawQuery)
	}
}

// The vector is that of "Atom Authentication" (2003).
func TestWSSE(t *testing.T) {
	a := request.Auth{Scheme: "wsse"}.With("username", "bob").With("password", "taadtaadpstcsm")
	for encoding, digest := range map[string]string{"raw": "quR/EWLAV4xLf9Zqyw4pDmfV9OY=", "": "YWFlNDdmMTE2MmMwNTc4YzRiN2ZkNjZhY2IwZTI5MGU2N2Q1ZjRlNg=="} {
		s, err := Signer(a.With("encoding", encoding))
		if err != nil {
			t.Fatal(err)
		}
		want := `UsernameToken Username="bob", PasswordDigest="` + digest + `", Nonce="d36e316282959a9ed4c89851497a717f", Created="2003-12-15T14:43:07Z"`
		if got := s.(wsse).token("d36e316282959a9ed4c89851497a717f", "2003-12-15T14:43:07Z"); got != want {
			t.Errorf("%q: got  %s\nwant %s", encoding, got, want)
		}
		r := toSign(t, "GET", "http://h/", "")
		if err := s.Sign(r); err != nil || !strings.HasPrefix(r.Header["X-WSSE"][0], `UsernameToken Username="bob", `) || strings.Contains(r.Header["X-WSSE"][0], "taad") {
			t.Errorf("got %v, %v", r.Header, err)
		}
	}
	for _, bad := range []request.Auth{a.With("username", ""), a.With("username", "a\"b"), a.With("encoding", "hex"), {Scheme: "oauth1"},
		request.Auth{Scheme: "oauth1"}.With("consumerKey", "k").With("signatureMethod", "RSA-SHA1"), request.Auth{Scheme: "oauth1"}.With("consumerKey", "k").With("placement", "body")} {
		if _, err := Signer(bad); err == nil {
			t.Errorf("%+v: no error", bad)
		}
	}
}

// A hash is of what is no form; the one here is that of the example in "OAuth Request Body Hash". What the query calls
// oauth_ is the person's own where the signature is in the header.
func TestOAuth1HashesABody(t *testing.T) {
	a := request.Auth{Scheme: "oauth1"}.With("consumerKey", "k").With("includeBodyHash", "true").With("realm", `http://h/ "a"`)
	for kind, want := range map[string]string{"text/plain": `oauth_body_hash="Lve95gjOVATpfV8EL5X4nxwjKHE%3D"`, "application/x-www-form-urlencoded": ""} {
		s, err := Signer(a)
		if err != nil {
			t.Fatal(err)
		}
		r := toSign(t, "PUT", "http://h/a?oauth_problem=x", "Hello World!")
		r.Header["content-type"] = []string{kind}
		err = s.Sign(r)
		got := r.Header.Get("Authorization")
		if err != nil || !strings.Contains(got, want) || want == "" && strings.Contains(got, "body_hash") {
			t.Errorf("%s: got %q, %v", kind, got, err)
		}
		if !strings.HasPrefix(got, `OAuth realm="http://h/ \"a\"", oauth_consumer_key=`) || r.URL.RawQuery != "oauth_problem=x" {
			t.Errorf("got %q, query %q", got, r.URL.RawQuery)
		}
	}
}

// A server checks a signature of RSA with the public key alone (RFC 5849 §3.4.3); a key that cannot be used is told of before
// anything is sent, and not shown.
func TestOAuth1SignsWithAKeyOfRSA(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	eight, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	text := func(kind string, der []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
	}
	a := request.Auth{Scheme: "oauth1"}.With("consumerKey", "shop").With("privateKey.type", "text")
	for method, pemText := range map[string]string{"RSA-SHA1": text("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key)), "RSA-SHA256": text("PRIVATE KEY", eight), "RSA-SHA512": text("PRIVATE KEY", eight)} {
		s, err := Signer(a.With("signatureMethod", method).With("privateKey.value", pemText))
		if err != nil {
			t.Fatal(err)
		}
		o := s.(oauth1)
		got, err := o.signature("GET&base")
		if err != nil {
			t.Fatal(err)
		}
		sum, err := base64.StdEncoding.DecodeString(got)
		h := o.digest()()
		io.WriteString(h, "GET&base")
		if err != nil || rsa.VerifyPKCS1v15(&key.PublicKey, rsaHashes[method], h.Sum(nil), sum) != nil {
			t.Errorf("%s: %q does not verify", method, got)
		}
		r := toSign(t, "GET", "https://api.example.net/a?b=1", "")
		if err := s.Sign(r); err != nil || !strings.Contains(r.Header.Get("Authorization"), `oauth_signature_method="`+method+`"`) {
			t.Errorf("%s: %q, %v", method, r.Header, err)
		}
	}
	for _, bad := range []request.Auth{a, a.With("privateKey.value", "MIIEsecret"), a.With("privateKey.type", "file").With("privateKey.value", "key.pem")} {
		if _, err := Signer(bad.With("signatureMethod", "RSA-SHA1")); err == nil || strings.Contains(err.Error(), "MIIEsecret") {
			t.Errorf("%v: %v", bad.Params, err)
		}
	}
}
