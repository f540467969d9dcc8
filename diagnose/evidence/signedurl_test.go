package evidence

import (
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// A signed link that is over by the server's own clock is refused for that, in whatever words.
func TestALinkThatIsOver(t *testing.T) {
	const date = "Sun, 22 Nov 2026 03:00:00 GMT"
	for _, c := range []struct {
		url    string
		status int
		want   diagnose.ElementID
	}{
		{"https://cdn.test/a.zip?md5=x&expires=1600000000", 410, "query:expires"},
		{"https://b.s3.test/k?X-Amz-Date=20261121T000000Z&X-Amz-Expires=900&X-Amz-Signature=x", 403, "query:X-Amz-Expires"},
		{"https://a.blob.test/c/b?se=2024-05-01T00:00:00Z&sig=x", 403, "query:se"},
		{"https://b.s3.test/k?X-Amz-Date=20261122T025959Z&X-Amz-Expires=9300000000&X-Amz-Signature=x", 403, ""}, // no time: more than a duration holds
		{"https://b.s3.test/k?X-Amz-Date=20261122T025959Z&X-Amz-Expires=-900&X-Amz-Signature=x", 403, ""},
		{"https://cdn.test/a.zip?md5=x&expires=1900000000", 403, ""},                                     // it still holds
		{"https://cdn.test/a.zip?expires=1600000000", 403, ""},                                           // nothing is signed
		{"https://cdn.test/a.zip?md5=x&expires=1600000000", 404, ""},                                     // another refusal
		{"https://b.s3.test/k?X-Amz-Date=20261122T025959Z&X-Amz-Expires=900&X-Amz-Signature=x", 403, ""}, // it still holds
	} {
		got := diagnose.ElementID("")
		for _, e := range read(answered(request.Request{Method: "GET", URL: c.url}, c.status, "", "Date", date)) {
			if e.Cause == "expired_token" {
				got = e.Element
			}
		}
		if got != c.want {
			t.Errorf("%s, %d: got %q, want %q", c.url, c.status, got, c.want)
		}
	}
}
