package dossier

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
	"culprit/request/secret"
	"culprit/request/vars"
)

// Borrowed are the secrets of a case and of the requests that it is compared with, each value once: those that are known
// to be some, and of a request that a person gave what stands in it as plain text and is one by its place, by its looks,
// or because the request of the case has a secret there.
func Borrowed(c diagnose.Case) []request.Secret {
	out := slices.Clone(c.Request.Secrets)
	take := func(all []request.Secret) {
		for _, s := range all {
			if s.Value != "" && !holds(out, s.Value) {
				out = append(out, s)
			}
		}
	}
	for _, q := range c.Siblings {
		take(q.Secrets)
	}
	own := element.Of(c.Request)
	for _, k := range c.Good {
		take(k.Request.Secrets)
		take(plain(own, k))
	}
	return out
}

// plain are the credentials that stand in a request as they are: by their place, by their looks, and because the request
// of the case has a secret there. What that one has itself in the same place is none of them.
func plain(own *element.Index, k diagnose.Known) []request.Secret {
	mine := vars.Literals(own.Request)
	found := slices.DeleteFunc(vars.Literals(k.Request), func(s request.Secret) bool { return holds(mine, s.Value) })
	for _, e := range element.Of(k.Request).Elements {
		text, ok := e.Value.(string)
		if n, number := e.Value.(json.Number); number {
			text, ok = n.String(), true
		}
		here, both := own.Get(e.ID)
		if !ok || text == "" || e.Default || e.ID == "auth" || e.ID == "body" || both && here.Text == e.Text {
			continue
		}
		if _, _, named := e.ID.Cut(); both && here.Secret || named && secret.Guess(e.ID.Last(), text) {
			found = append(found, request.Secret{Ref: string(e.ID) + " of " + k.Label, Value: text})
		}
	}
	return found
}

// Writable returns an error for a fix that has a secret in it which the saved request, resolved to own, does not have:
// one that another request of the collection sends. nil when it may be written into a file.
func Writable(fix diagnose.Fix, own request.Request) error {
	for _, e := range fix.Edits {
		text := element.Shown(e)
		for _, s := range fix.Request.Secrets {
			if s.Value != "" && hasSecret(text, s.Value) && !holds(own.Secrets, s.Value) {
				return fmt.Errorf("what belongs at %s is a secret of another request, and no secret is written into a file; write its variable there", e.Element)
			}
		}
	}
	return nil
}

// hasSecret reports a secret in a text; one that is so short that it is in many is looked for as all of it.
func hasSecret(text, value string) bool {
	const searched = 6 // as package secret searches
	return strings.Trim(text, `"`) == value || len(value) >= searched && strings.Contains(text, value)
}

func holds(all []request.Secret, value string) bool {
	return slices.ContainsFunc(all, func(s request.Secret) bool { return s.Value == value })
}
