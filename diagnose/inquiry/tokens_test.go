package inquiry_test

import (
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// An API that refuses a token and says where it is written who gives them.
func TestAChallengeMayNameWhoGivesTokens(t *testing.T) {
	const good = `{"resource":"https://api.test/","authorization_servers":["https://login.test/realm"],"scopes_supported":["orders.read","orders.write"]}`
	for _, tt := range []struct {
		name, metadata, document string
		anonymous                bool
		fetched, told            bool
	}{
		{"here", "https://api.test/.well-known/oauth-protected-resource", good, false, true, true},
		{"here, and the request has no token", "https://api.test/.well-known/oauth-protected-resource", good, true, true, true},
		{"another host", "https://evil.test/.well-known/oauth-protected-resource", good, false, false, false},
		{"another port", "https://api.test:8443/.well-known/oauth-protected-resource", good, false, false, false},
		{"in clear", "http://api.test/.well-known/oauth-protected-resource", good, false, false, false},
		{"somebody's name", "https://u:p@api.test/.well-known/oauth-protected-resource", good, false, false, false},
		{"about another resource", "https://api.test/.well-known/oauth-protected-resource", strings.Replace(good, "api.test", "evil.test", 1), false, true, false},
		{"about none", "https://api.test/.well-known/oauth-protected-resource", `{"authorization_servers":["https://login.test/realm"]}`, false, true, false},
		{"no JSON", "https://api.test/.well-known/oauth-protected-resource", `hello`, false, true, false},
		{"no servers", "https://api.test/.well-known/oauth-protected-resource", `{"resource":"https://api.test","authorization_servers":["javascript:x","https://u:p@login.test/"]}`, false, true, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := withToken("/orders")
			if tt.anonymous {
				c.Request.Auth = request.Auth{}
			}
			fetched := 0
			r, all := asked(t, c, func(q diagnose.Question) (int, string, []string) {
				if strings.Contains(q.Request.URL, "/.well-known/") {
					fetched++
					return 200, tt.document, nil
				}
				return 401, `{"error":"no"}`, []string{"WWW-Authenticate", `Bearer resource_metadata="` + tt.metadata + `"`}
			})
			for _, q := range all {
				if q.Request == nil || !strings.Contains(q.Request.URL, "/.well-known/") {
					continue
				}
				for _, e := range element.Of(*q.Request).Elements {
					if e.Secret || strings.Contains(e.Text, "3f9c2d71aa0b4e55") {
						t.Errorf("%s goes with it", e.ID)
					}
				}
			}
			text := ""
			for _, s := range r.Steps {
				if s.Step == "credentials" {
					text = s.Text
				}
			}
			told := strings.Contains(text, "https://login.test/realm") && strings.Contains(text, "orders.read, orders.write")
			if fetched != map[bool]int{true: 1}[tt.fetched] || told != tt.told || !tt.told && strings.Contains(text, "login.test") {
				t.Errorf("fetched %d times, step 4 says %q", fetched, text)
			}
			if v := r.Verdict; len(v.Culprits) == 0 || v.Culprits[0].Element != "auth" {
				t.Errorf("%s %+v", v.Summary, v.Culprits)
			}
		})
	}
}
