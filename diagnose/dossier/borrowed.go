package dossier

import (
	"fmt"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// Borrowed are the secrets of a case and of the requests that it is compared with, each value once.
func Borrowed(c diagnose.Case) []request.Secret {
	out := slices.Clone(c.Request.Secrets)
	take := func(q request.Request) {
		for _, s := range q.Secrets {
			if !holds(out, s.Value) {
				out = append(out, s)
			}
		}
	}
	for _, q := range c.Siblings {
		take(q)
	}
	for _, k := range c.Good {
		take(k.Request)
	}
	return out
}

func holds(all []request.Secret, value string) bool {
	return slices.ContainsFunc(all, func(s request.Secret) bool { return s.Value == value })
}

// Writable returns an error for a fix that has a secret in it which the saved request, resolved to own, does not have:
// one that another request of the collection sends. nil when it may be written into a file.
func Writable(fix diagnose.Fix, own request.Request) error {
	for _, e := range fix.Edits {
		text := element.Shown(e)
		for _, s := range fix.Request.Secrets {
			if s.Value != "" && strings.Contains(text, s.Value) && !holds(own.Secrets, s.Value) {
				return fmt.Errorf("what belongs at %s is a secret of another saved request, and no secret is written into a file; write its variable there", e.Element)
			}
		}
	}
	return nil
}
