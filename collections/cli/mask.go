package cli

import (
	"culprit/request"
	"culprit/request/secret"
)

// masker hides the secrets of r in a text.
func masker(r request.Request) func(string) string {
	var values []secret.Value
	for _, s := range r.Secrets {
		values = append(values, secret.New(s.Ref, s.Value))
	}
	for _, p := range r.Auth.Params {
		if secret.Sensitive(p.Name) || p.Name == "value" {
			values = append(values, secret.New("auth "+p.Name, p.Value))
		}
	}
	return secret.NewSet(values...).Mask
}
