package dossier

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"

	"culprit/collections"
	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
	"culprit/request/secret"
)

// elsewhere is the request as other environments have it, sent to the host of this one with the credentials of this
// one: only what is no secret is carried over.
//
// Three walls keep the credentials apart. The secrets of the other environment are never read: a marker stands in
// their place, and whatever it touched stays as it is here. What is called or looks like a credential stays as it is
// here, for not every secret is marked as one. And where the request goes (scheme, host, port, user, proxy) stays as
// it is here, so that nothing of this environment gets to the other host. A request that changes data is not made with what
// a test environment has for a guarded host.
func (s Subject) elsewhere(ctx context.Context, guarded bool) (known []diagnose.Known) {
	if s.Collection == nil || guarded && !s.Resolved.Request.Safe() {
		return nil
	}
	var all []*collections.Environment
	for i := range s.Collection.Environments {
		all = append(all, &s.Collection.Environments[i])
	}
	for _, env := range append(all, &collections.Environment{}) { // the last: without any, as before there was one
		if env.Name == s.environment() {
			continue
		}
		marker := "culprit-secret-" + rand.Text()
		other, label, ok := s.in(ctx, env, marker)
		if !ok {
			continue
		}
		carried, err := element.Apply(s.Resolved.Request, carry(s.Resolved.Request, other, env, marker))
		if err != nil || same(s.Resolved.Request, carried) {
			continue
		}
		known = append(known, diagnose.Known{Label: label + ", with the host and credentials of this one", Request: carried, From: diagnose.FromEnvironment})
	}
	return known
}

// in returns the request as env has it: as it passed there last, else as it is saved now.
func (s Subject) in(ctx context.Context, env *collections.Environment, marker string) (r request.Request, label string, ok bool) {
	hidden := func(string) (string, bool) { return marker, true }
	if s.History != nil {
		if passes, err := s.History.Passes(ctx, s.Options.Dir, s.Entry.Path, env.Name, 1, hidden); err == nil && len(passes) > 0 {
			where := "in the environment " + env.Name
			if env.Name == "" {
				where = "without an environment"
			}
			return passes[0].Request, fmt.Sprintf("what passed %s on %s", where, stamp(passes[0].At)), true
		}
	}
	if env.Name == "" {
		return r, "", false
	}
	o := s.Options
	o.Environment, o.Jar = env, nil
	o.Secrets = func(string, string) (string, bool) { return marker, true }
	r, err := resolve(s, s.Saved, o)
	return r, "the request in the environment " + env.Name, err == nil
}

func resolve(s Subject, saved collections.Saved, o collections.ResolveOptions) (request.Request, error) {
	r, err := collections.ResolveSaved(s.Entry, saved, o)
	if err != nil {
		return r.Request, err
	}
	return s.granted(r.Request)
}

// carry returns the edits that make of here what may be taken of there, a request of env.
func carry(here, there request.Request, env *collections.Environment, marker string) []diagnose.Edit {
	private := map[diagnose.ElementID]bool{}
	for _, r := range []request.Request{here, there} {
		for _, e := range element.Of(r).Elements {
			if credential(e) {
				private[e.ID] = true
				if e.ID.IsSegment() {
					private["url.path"] = true
				}
			}
		}
	}
	not := forbidden{marker: marker, request: there}
	for _, v := range env.Variables {
		if v.Secret || secret.Sensitive(v.Name) || secret.Guess(v.Name, v.Value) {
			not.values = append(not.values, secret.New("other", v.Value))
		}
	}
	for _, s := range there.Secrets {
		not.values = append(not.values, secret.New("other", s.Value))
	}
	return slices.DeleteFunc(element.Diff(here, there), func(e diagnose.Edit) bool {
		return private[e.Element] || !portable(e.Element) || not.in(e)
	})
}

// credential reports that an element is, is called, or looks like one.
func credential(e diagnose.Element) bool {
	name := string(e.ID)
	if _, n, ok := strings.Cut(name, ":"); ok {
		name = n
	}
	name, _, _ = strings.Cut(name, "#")
	name = name[strings.LastIndexByte(name, '/')+1:]
	value := e.Text
	if s, ok := e.Value.(string); ok {
		value = s
	}
	return e.Secret || secret.Sensitive(name) || secret.Guess(name, value)
}

// portable reports that an element says what is asked for, and not where, by whom or how.
func portable(id diagnose.ElementID) bool {
	kind, name, named := id.Cut()
	switch kind {
	case "header":
		return !slices.Contains([]string{"host", "forwarded", "x-forwarded-host"}, strings.ToLower(name))
	case "query", "form", "multipart":
		return named
	case "url.path", "body":
		return true
	}
	return false
}

// forbidden is what must not be carried over.
type forbidden struct {
	marker  string
	values  []secret.Value
	request request.Request // that the edits come from
}

// in reports that the new value of an edit holds a credential, in whatever form.
func (f forbidden) in(e diagnose.Edit) bool {
	text := element.Shown(e)
	b, whole := e.To.(request.Body)
	if whole {
		text = fmt.Sprintf("%+v", b)
	}
	if strings.Contains(text, f.marker) || secret.NewSet(f.values...).Has(text) {
		return true
	}
	for _, v := range f.values { // also short ones, which a set does not look for
		if v.Open() != "" && strings.Contains(text, v.Open()) {
			return true
		}
	}
	if e.Element.Kind() != "body" {
		return false
	}
	// A body, or an object in it, may hold a member that is a credential.
	return slices.ContainsFunc(element.Of(f.request).Elements, func(x diagnose.Element) bool {
		return (x.ID.Within(e.Element) || e.Element == "body" && x.ID.InBody()) && credential(x)
	})
}
