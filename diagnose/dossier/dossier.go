// Package dossier gathers what is known about a saved request before it is diagnosed: its past, its neighbours, its
// documents.
//
// It is where the collections meet the diagnosis, once for both faces: neither core knows the other. It sends
// nothing and decides nothing; a request that it finds is used only after it was seen to pass. No credential of one
// environment ever gets into a request for the host of another.
package dossier

import (
	"context"
	"slices"
	"strings"

	"culprit/collections"
	"culprit/collections/file"
	"culprit/collections/history"
	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// A Subject is a saved request and where it lives. Collection, History and Store may be nil: then they tell nothing.
type Subject struct {
	Entry      *collections.Entry
	Saved      collections.Saved // the entry as edited
	Resolved   collections.Resolved
	Options    collections.ResolveOptions
	Collection *collections.Collection
	History    *history.History
	Store      *file.Store
	// Granted is the auth oauth2 that the credentials of Resolved were got with; the zero value for other requests.
	Granted request.Auth
}

// most is how many known-good requests are gathered of each kind: the hunt compares with few.
const most = 3

// Gather adds to c what is known of s: known-good requests, most trusted first (§7.2), how long passes took, siblings,
// and the OpenAPI document that the collection names. What c holds already stays in front. The notes say what could
// not be read, and why; that is no reason not to diagnose. What those requests keep secret is secret in c's too, for a
// probe may try it. It blocks on the disk and on git, for about two seconds at most.
func Gather(ctx context.Context, s Subject, c *diagnose.Case) (notes []string) {
	past, earlier, took, lost, notes := s.past(ctx)
	if c.Lost = s.lost(lost); len(c.Lost) > 0 {
		notes = append(notes, "it passed with the cookies "+strings.Join(c.Lost, ", ")+", which the jar does not have any more: a login sets them anew")
	}
	c.Past, c.Earlier, c.Endings = took, earlier, s.endings(ctx)
	c.Siblings = s.siblings()
	c.Renewals = s.renewals()
	if logins, note := s.logins(ctx, c.Lost); len(c.Renewals) == 0 {
		c.Renewals = logins
		notes = append(notes, note...)
	}
	if c.Spec == nil {
		doc, note := s.described()
		if doc != nil {
			c.Spec = doc
		}
		if note != "" {
			notes = append(notes, note)
		}
	}
	for _, known := range [][]diagnose.Known{apart(past), s.elsewhere(ctx, c.Production), s.operations(), s.versions(ctx)} {
		for _, k := range known[:min(len(known), most)] {
			if !slices.ContainsFunc(c.Good, func(o diagnose.Known) bool { return same(o.Request, k.Request) }) {
				c.Good = append(c.Good, k)
			}
		}
	}
	c.Request.Secrets = Borrowed(*c)
	return notes
}

// same reports that two requests differ in nothing that a hunt would compare.
func same(a, b request.Request) bool { return len(element.Diff(a, b)) == 0 }

// environment is the name of the environment in use, "" for none.
func (s Subject) environment() string {
	if s.Options.Environment == nil {
		return ""
	}
	return s.Options.Environment.Name
}

// others calls visit for every other saved request of the collection that can be resolved, until it returns false.
func (s Subject) others(visit func(*collections.Entry, request.Request) bool) {
	if s.Collection == nil {
		return
	}
	for e := range s.Collection.Root.All() {
		if e.Kind != collections.HTTP || e.Path == s.Entry.Path {
			continue
		}
		r, err := collections.Resolve(e, s.Options)
		if err != nil {
			continue
		}
		if r, err := s.granted(r.Request); err == nil && !visit(e, r) {
			return
		}
	}
}
