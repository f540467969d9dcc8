package core

import (
	"fmt"
	"strings"
	"testing"

	"culprit/collections"
	"culprit/collections/file"
)

// What is imported is written into a file, so the credentials of a command have variables in their places, which the
// session gives their values: it sends what the command sends.
func TestTheCredentialsOfACurlCommandHaveVariables(t *testing.T) {
	store, err := file.OpenOrBegin(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	c := New(Parts{Store: store})
	c.collection = &collections.Collection{Root: &collections.Entry{Kind: collections.Folder, Saved: collections.Saved{Vars: []collections.Variable{{Name: "token"}}}}}
	for command, want := range map[string]string{
		`curl http://shop.test/a -H 'Authorization: Bearer abcdef0123456789abcdef'`: "token_2", // token is something else here
		`curl http://shop.test/a -u me:hunter22`:                                    "password",
		`curl http://shop.test/a -H 'Accept: application/json'`:                     "",
	} {
		p, err := c.parseCurl(command)
		if got := strings.Join(p.Adopted.Secrets, " "); err != nil || got != want || len(p.Adopted.Values) != len(p.Adopted.Secrets) {
			t.Fatalf("%s: %+v, %v", command, p.Adopted, err)
		}
		for i, name := range p.Adopted.Secrets {
			if strings.Contains(fmt.Sprintf("%+v", p.Adopted.Saved), p.Adopted.Values[i]) {
				t.Errorf("%s: the credential is in what is saved: %+v", command, p.Adopted.Saved)
			}
			c.values.Keep("", name, p.Adopted.Values[i])
		}
		literal, _, _ := c.toCurl(&collections.Entry{Kind: collections.HTTP}, p.Saved, "", true)
		if got, _, err := c.toCurl(&collections.Entry{Kind: collections.HTTP}, p.Adopted.Saved, "", true); err != nil || got != literal {
			t.Errorf("it sends %s\nwant      %s (%v)", got, literal, err)
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
