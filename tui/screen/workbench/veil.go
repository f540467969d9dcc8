package workbench

import (
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
	for _, s := range x.Request.Secrets {
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

// value hides a value that stands under a name.
func (v *veil) value(name, value string) string {
	if v == nil {
		return value
	}
	if masked := v.set.Mask(value); masked != value || !secret.Guess(name, value) {
		return masked
	}
	return secret.Mask(value)
}
