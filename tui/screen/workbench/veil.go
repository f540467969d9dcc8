package workbench

import (
	"strings"

	"culprit/request"
	"culprit/request/secret"
)

// A veil hides secrets on the screen: those an exchange was sent with, in every form in which they may come
// back, and values that look like credentials where they stand. A nil veil hides nothing.
type veil struct{ set *secret.Set }

// veilOf returns the veil of an exchange, nil when the person wants to see.
func veilOf(x *request.Exchange, revealed bool) *veil {
	if revealed {
		return nil
	}
	values := make([]secret.Value, 0, len(x.Request.Secrets))
	for _, s := range request.Strict(x.Request.Secrets) {
		values = append(values, secret.New(s.Ref, s.Value))
	}
	return &veil{secret.NewSet(values...)}
}

// text hides the known secrets in a text.
func (v *veil) text(s string) string {
	if v == nil {
		return s
	}
	return v.set.Mask(s)
}

// value hides a value that stands under a name; of cookies it leaves their names and traits.
func (v *veil) value(name, value string) string {
	if v == nil {
		return value
	}
	switch masked := v.set.Mask(value); {
	case masked != value || !secret.Guess(name, value):
		return masked
	case strings.EqualFold(name, "Set-Cookie"):
		pair, traits, _ := strings.Cut(value, ";")
		return strings.TrimSuffix(v.pair(pair)+";"+traits, ";")
	case strings.EqualFold(name, "Cookie"):
		pairs := strings.Split(value, ";")
		for i, p := range pairs {
			pairs[i] = v.pair(p)
		}
		return strings.Join(pairs, ";")
	}
	return secret.Mask(value)
}

// pair hides the value of name=value; without a name all of it.
func (v *veil) pair(text string) string {
	name, value, ok := strings.Cut(text, "=")
	if !ok {
		return secret.Mask(text)
	}
	return name + "=" + secret.Mask(value)
}

// cookie hides the value of a cookie.
func (v *veil) cookie(value string) string {
	if v == nil {
		return value
	}
	if masked := v.set.Mask(value); masked != value {
		return masked
	}
	return secret.Mask(value)
}
