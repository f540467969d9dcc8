package core

import (
	"strings"
	"testing"

	"culprit/collections"
	"culprit/collections/file"
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

func TestSecretsOfVariablesAreShownOnDemand(t *testing.T) {
	e := &collections.Entry{Kind: collections.HTTP, Saved: collections.Saved{Method: "GET", URL: "http://shop.test/a?api_key={{api_key}}",
		Vars: []collections.Variable{{Name: "api_key", Value: "sk_live_0123456789abcdef"}}}}
	store, err := file.OpenOrBegin(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	c := New(Parts{Store: store})
	for _, revealed := range []bool{false, true} {
		r := c.resolve(e, e.Saved, "", revealed)
		if got := strings.Contains(r.URL, "sk_live_0123456789abcdef"); got != revealed {
			t.Errorf("revealed %v: the URL is %s", revealed, r.URL)
		}
		if len(r.Variables) != 1 || (r.Variables[0].Value == "sk_live_0123456789abcdef") != revealed {
			t.Errorf("revealed %v: %+v", revealed, r.Variables)
		}
	}
}
