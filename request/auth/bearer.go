package auth

import (
	"errors"
	"net/http"
	"strings"
)

// bearer is RFC 6750 §2.1. The token goes out as written: a token that already starts with "Bearer " yields
// the doubled scheme that a diagnosis is to find.
type bearer struct{ token string }

// Sign sets Authorization.
func (b bearer) Sign(r *http.Request) error {
	if strings.ContainsAny(b.token, "\r\n\x00") {
		return errors.New("the bearer token has a line break or NUL")
	}
	set(r.Header, "Authorization", "Bearer "+b.token)
	return nil
}
