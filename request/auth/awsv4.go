package auth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"culprit/request"
)

// awsv4 is AWS Signature Version 4. The signature is made for each hop, of what that hop sends.
type awsv4 struct {
	keys            aws.Credentials
	region, service string // "" is read from the host
}

func newAWSv4(a request.Auth) (request.Signer, error) {
	s := awsv4{
		keys:   aws.Credentials{AccessKeyID: a.Param("accessKeyId"), SecretAccessKey: a.Param("secretAccessKey"), SessionToken: a.Param("sessionToken")},
		region: a.Param("region"), service: a.Param("service"),
	}
	if s.keys.AccessKeyID == "" {
		return nil, errors.New("auth awsv4 has no access key id")
	}
	return s, nil
}

// Sign sets Authorization and X-Amz-Date, X-Amz-Security-Token for a session, and for S3 X-Amz-Content-Sha256, unless
// the request has one: it is signed as it stands. The library sorts the query of what it signs; r keeps its own order.
func (s awsv4) Sign(r *http.Request) error {
	service, region := scopeOf(r.URL.Hostname())
	if s.service != "" {
		service = s.service
	}
	if s.region != "" {
		region = s.region
	}
	if service == "" || region == "" {
		return fmt.Errorf("auth awsv4 has no service and region, and the host %s names none", r.URL.Hostname())
	}
	sum, err := bodySum(r)
	if err != nil {
		return err
	}
	if service == "s3" {
		set(r.Header, "X-Amz-Content-Sha256", sum)
	}
	signed := &http.Request{Method: r.Method, Host: r.Host, Header: r.Header.Clone(), ContentLength: r.ContentLength}
	own := *r.URL
	signed.URL = &url.URL{Scheme: own.Scheme, Host: own.Host, Path: own.Path, RawPath: own.RawPath, RawQuery: own.RawQuery}
	err = v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = service == "s3" }).
		SignHTTP(context.Background(), s.keys, signed, sum, service, region, time.Now())
	if err != nil {
		return fmt.Errorf("sign for AWS: %w", err)
	}
	for _, name := range []string{"X-Amz-Date", "X-Amz-Security-Token", "Authorization"} {
		if v := signed.Header.Get(name); v != "" {
			set(r.Header, name, v)
		}
	}
	return nil
}

// bodySum is what the signature says of the body: the request's own X-Amz-Content-Sha256, or the digest of the body.
func bodySum(r *http.Request) (string, error) {
	for name, values := range r.Header {
		if strings.EqualFold(name, "X-Amz-Content-Sha256") && len(values) > 0 && values[0] != "" {
			return values[0], nil
		}
	}
	h := sha256.New()
	if r.GetBody != nil {
		body, err := r.GetBody()
		if err != nil {
			return "", fmt.Errorf("read the body to sign it: %w", err)
		}
		defer body.Close()
		if _, err := io.Copy(h, body); err != nil {
			return "", fmt.Errorf("read the body to sign it: %w", err)
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// scopeOf reads service and region from the names that AWS gives its hosts: "sqs.eu-west-1.amazonaws.com",
// "bucket.s3.eu-west-1.amazonaws.com"; "" where they have none.
func scopeOf(host string) (service, region string) {
	labels := strings.Split(strings.ToLower(host), ".")
	for i, l := range labels {
		if l == "amazonaws" && i >= 2 {
			return labels[i-2], labels[i-1]
		}
	}
	return "", ""
}
