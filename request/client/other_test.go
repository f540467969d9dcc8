package client

import (
	"context"
	"strings"
	"testing"

	"culprit/request"
)

// Another program makes no signature: it gets all the fields of ours, and makes those of the body itself.
func TestAnotherClientGetsEveryFieldOfASignature(t *testing.T) {
	for scheme, want := range map[string]string{"awsv4": "Authorization X-Amz-Content-Sha256 X-Amz-Date X-Amz-Security-Token", "wsse": "X-WSSE", "oauth1": "Authorization", "apikey": "X-Key"} {
		a := request.Auth{Scheme: scheme}
		for _, p := range []string{"accessKeyId", "secretAccessKey", "sessionToken", "region", "username", "password", "consumerKey", "value"} {
			a = a.With(p, "x")
		}
		r := request.Request{Method: "POST", URL: "http://h.test/", Auth: a.With("service", "s3").With("key", "X-Key"), Header: []request.Field{{Name: "Accept", Value: "*/*"}},
			Body: request.Body{Kind: request.MultipartBody, Parts: []request.Part{{Name: "a", Value: "b"}}}}
		r.Settings.Client = "curl"
		e := engine(t, Config{})
		var got []string
		e.Other = func(_ context.Context, r request.Request) *request.Exchange {
			for _, name := range []string{"Accept", "Authorization", "Content-Type", "X-Amz-Content-Sha256", "X-Amz-Date", "X-Amz-Security-Token", "X-Key", "X-WSSE"} {
				if request.Has(r.Header, name) {
					got = append(got, name)
				}
			}
			return &request.Exchange{}
		}
		if _, err := e.Do(t.Context(), r, nil); err != nil || strings.Join(got, " ") != "Accept "+want {
			t.Errorf("%s: got %q, %v", scheme, got, err)
		}
	}
}
