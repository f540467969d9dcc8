package inquiry_test

import (
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// TestARefusalWithoutCredentialsSpeaksOfNoAccount: a page that refuses a request without credentials knows nobody.
func TestARefusalWithoutCredentialsSpeaksOfNoAccount(t *testing.T) {
	page := "<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center><hr><center>nginx</center></body></html>"
	c := diagnose.Case{Request: request.Request{Method: "GET", URL: "http://shop.test/v2/export"}}
	r, _ := asked(t, c, func(diagnose.Question) (int, string, []string) {
		return 403, page, []string{"Content-Type", "text/html"}
	})
	if s := r.Verdict.Summary; strings.Contains(s, "account") || !strings.Contains(s, "no credentials") {
		t.Errorf("it says %q", s)
	}
}
