package auth

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"

	"culprit/request"
)

// A request to S3 goes out signed for the moment it is sent (synctest's clock begins with the year 2000), in the order
// of its query as written. The signature is made here once more, step by step of AWS's "Create a signed request".
func TestAWSv4SignsWhatIsSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := request.Auth{Scheme: "awsv4"}.With("accessKeyId", "AKID").With("secretAccessKey", "s3cr3t").With("region", "eu-west-1").With("service", "s3")
		s, err := Signer(a)
		if err != nil {
			t.Fatal(err)
		}
		body := func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("hello")), nil }
		u := &url.URL{Scheme: "https", Host: "shop.example", Path: "/bucket/a b", RawPath: "/bucket/a%20b", RawQuery: "prefix=x&max-keys=5"}
		r := &http.Request{Method: "PUT", URL: u, Host: u.Host, Header: http.Header{"x-plain": {"v"}}, GetBody: body}
		if err := s.Sign(r); err != nil {
			t.Fatal(err)
		}
		sum := func(s string) string { h := sha256.Sum256([]byte(s)); return hex.EncodeToString(h[:]) }
		mac := func(k []byte, s string) []byte { h := hmac.New(sha256.New, k); h.Write([]byte(s)); return h.Sum(nil) }
		canonical := "PUT\n/bucket/a%20b\nmax-keys=5&prefix=x\nhost:shop.example\nx-amz-content-sha256:" + sum("hello") +
			"\nx-amz-date:20000101T000000Z\nx-plain:v\n\nhost;x-amz-content-sha256;x-amz-date;x-plain\n" + sum("hello")
		key := []byte("AWS4s3cr3t")
		for _, part := range []string{"20000101", "eu-west-1", "s3", "aws4_request"} {
			key = mac(key, part)
		}
		want := hex.EncodeToString(mac(key, "AWS4-HMAC-SHA256\n20000101T000000Z\n20000101/eu-west-1/s3/aws4_request\n"+sum(canonical)))
		if got := r.Header["Authorization"]; len(got) != 1 || !strings.HasSuffix(got[0], "Signature="+want) {
			t.Errorf("got %v, want the signature %s", got, want)
		}
		if u.RawQuery != "prefix=x&max-keys=5" {
			t.Errorf("the query was rewritten: %s", u.RawQuery)
		}
	})
}

func TestAWSv4ReadsItsScopeFromTheHost(t *testing.T) {
	for host, want := range map[string]string{
		"sqs.eu-west-1.amazonaws.com": "sqs eu-west-1", "b.s3.us-east-2.amazonaws.com": "s3 us-east-2", "shop.example": " ", "amazonaws.com": " ",
	} {
		if service, region := scopeOf(host); service+" "+region != want {
			t.Errorf("%s: got %q", host, service+" "+region)
		}
	}
	s, err := Signer(request.Auth{Scheme: "awsv4"}.With("accessKeyId", "AKID").With("secretAccessKey", "s3cr3t"))
	if err != nil {
		t.Fatal(err)
	}
	err = s.Sign(&http.Request{Method: "GET", URL: &url.URL{Scheme: "http", Host: "shop.example"}, Header: http.Header{}})
	if err == nil || strings.Contains(err.Error(), "s3cr3t") {
		t.Errorf("a host that names no region was signed for, or the key is in the error: %v", err)
	}
	if _, err := Signer(request.Auth{Scheme: "awsv4"}); err == nil {
		t.Error("no key id, no error")
	}
}
