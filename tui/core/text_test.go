package core

import (
	"strings"
	"testing"
)

// TestACredentialOfACurlCommandIsAnnounced: what is imported as it is gets into the file, so the person is told.
func TestACredentialOfACurlCommandIsAnnounced(t *testing.T) {
	for command, want := range map[string]bool{
		`curl http://shop.test/a -H 'Authorization: Bearer abcdef0123456789abcdef'`: true,
		`curl http://shop.test/a -u me:secret`:                                      true,
		`curl http://shop.test/a -H 'Accept: application/json'`:                     false,
	} {
		_, warnings, err := parseCurl(command)
		if got := strings.Contains(strings.Join(warnings, "\n"), "credentials"); err != nil || got != want {
			t.Errorf("%s: %q, %v", command, warnings, err)
		}
	}
}
