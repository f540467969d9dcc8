package auth

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"culprit/request"
)

// apikey puts a key into a header or the query.
type apikey struct {
	key, value string
	query      bool
}

func newAPIKey(a request.Auth) (request.Signer, error) {
	k := apikey{key: a.Param("key"), value: a.Param("value"), query: a.InQuery()}
	if k.key == "" {
		return nil, errors.New("auth apikey has no key name")
	}
	if p := a.Param("placement"); !k.query && p != "" && !strings.EqualFold(p, "header") {
		return nil, fmt.Errorf("auth apikey placement %q is neither header nor query", p)
	}
	return k, nil
}

// Sign sets the header, or appends to the query unless exactly this pair is there already (a server that
// redirects within its origin often repeats the query).
func (k apikey) Sign(r *http.Request) error {
	if !k.query {
		if strings.ContainsAny(k.value, "\r\n\x00") {
			return fmt.Errorf("the value of API key %s has a line break or NUL", k.key)
		}
		if strings.ContainsAny(k.key, " \t\r\n\x00:") {
			return fmt.Errorf("the API key's name %q cannot be a header name", k.key)
		}
		set(r.Header, k.key, k.value)
		return nil
	}
	pair := url.QueryEscape(k.key) + "=" + url.QueryEscape(k.value)
	for p := range strings.SplitSeq(r.URL.RawQuery, "&") {
		if p == pair {
			return nil
		}
	}
	if r.URL.RawQuery != "" {
		r.URL.RawQuery += "&"
	}
	r.URL.RawQuery += pair
	return nil
}
