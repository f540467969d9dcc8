package auth

import (
	"encoding/base64"
	"net/http"
)

// basic is RFC 7617. Name and password go out as the UTF-8 bytes they were written in.
type basic struct{ username, password string }

// Sign sets Authorization.
func (b basic) Sign(r *http.Request) error {
	set(r.Header, "Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(b.username+":"+b.password)))
	return nil
}
