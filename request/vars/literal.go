package vars

import (
	"encoding/base64"
	"net/url"
	"strings"

	"culprit/request"
	"culprit/request/secret"
)

// Literals returns the credentials that stand in a request as plain text: by the place they stand in (passwords,
// Authorization, cookies, the user in a URL), by the name of a field, or by their looks.
func Literals(r request.Request) []request.Secret {
	var found []request.Secret
	add := func(ref, value string) {
		if value != "" && len(Find(value)) == 0 {
			found = append(found, request.Secret{Ref: ref, Value: value})
		}
	}
	if u, err := url.Parse(r.URL); err == nil {
		if password, ok := u.User.Password(); ok {
			add("URL password", password)
		}
		for pair := range strings.SplitSeq(u.RawQuery, "&") {
			name, value, _ := strings.Cut(pair, "=")
			if plain, err := url.QueryUnescape(value); err == nil && secret.Guess(name, plain) {
				add("query "+name, plain)
			}
		}
	}
	for _, h := range r.Header {
		inHeader(h, add)
	}
	for _, p := range r.Auth.Params {
		switch {
		case r.Auth.Scheme == "oauth2": // its other parameters say where a token comes from and goes
			if strings.HasSuffix(p.Name, ".clientSecret") || strings.HasSuffix(p.Name, ".password") {
				add("auth "+p.Name, p.Value)
			}
		case p.Name == "password", p.Name == "token", p.Name == "value", secret.Sensitive(p.Name) && p.Name != "key":
			add("auth "+p.Name, p.Value)
		}
	}
	for _, f := range r.Body.Fields {
		if secret.Guess(f.Name, f.Value) {
			add("form field "+f.Name, f.Value)
		}
	}
	for _, p := range r.Body.Parts {
		if p.Path == "" && secret.Guess(p.Name, p.Value) {
			add("part "+p.Name, p.Value)
		}
	}
	if u, err := url.Parse(r.Settings.Proxy.URL); err == nil {
		if password, ok := u.User.Password(); ok {
			add("proxy password", password)
		}
	}
	return found
}

// inHeader adds the credentials of one field: the values of cookies, what stands after the scheme of an
// Authorization and, for Basic, the password in it.
func inHeader(h request.Field, add func(ref, value string)) {
	if !secret.Guess(h.Name, h.Value) {
		return
	}
	if strings.EqualFold(h.Name, "Cookie") {
		for pair := range strings.SplitSeq(h.Value, ";") {
			name, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
			add("cookie "+name, value)
		}
		return
	}
	scheme, rest, ok := strings.Cut(h.Value, " ")
	if !ok || !strings.HasSuffix(strings.ToLower(h.Name), "authorization") || len(scheme) > 16 {
		add("header "+h.Name, h.Value)
		return
	}
	rest = strings.TrimSpace(rest)
	add("header "+h.Name, rest)
	if plain, err := base64.StdEncoding.DecodeString(rest); err == nil && strings.EqualFold(scheme, "basic") {
		_, password, _ := strings.Cut(string(plain), ":")
		add("header "+h.Name+" password", password)
	}
}
