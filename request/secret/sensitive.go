package secret

import "strings"

// Sensitive reports whether a header, query or field of that name usually holds a credential.
func Sensitive(name string) bool {
	n := strings.ToLower(name)
	for _, w := range []string{"authorization", "cookie", "token", "secret", "passw", "api-key", "api_key", "apikey", "session"} {
		if strings.Contains(n, w) {
			return true
		}
	}
	return false
}
