package dossier

import (
	"context"
	"slices"
	"strings"
	"time"

	"culprit/collections/history"
	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/evidence"
	"culprit/request"
)

// remembered is of how many passes it is known how long they took.
const remembered = 20

// past are the exchanges of this request in this environment that passed, and how long they took, newest first: known
// are the different requests among them, earlier all of them. lost are the cookies of the jar that they had and the jar has
// no more.
func (s Subject) past(ctx context.Context) (known, earlier []diagnose.Known, took []time.Duration, lost, notes []string) {
	if s.History == nil {
		return nil, nil, nil, nil, nil
	}
	current := func(ref string) (string, bool) {
		value, ok := s.Resolved.Secret(ref)
		if name, is := strings.CutPrefix(ref, "cookie "); is && !ok && !slices.Contains(lost, name) {
			lost = append(lost, name)
		}
		return value, ok
	}
	passes, err := s.History.Passes(ctx, s.Options.Dir, s.Entry.Path, s.environment(), 2*most, current)
	if err != nil {
		return nil, nil, nil, nil, []string{"the history cannot be read: " + err.Error()}
	}
	if took, err = s.History.Took(ctx, s.Options.Dir, s.Entry.Path, s.environment(), remembered); err != nil {
		notes = append(notes, "the history cannot be read: "+err.Error())
	}
	known, earlier, more := compare(passes)
	return known, earlier, took, lost, append(notes, more...)
}

// compare makes of passes, newest first, what a failure is compared with: known are the different requests among them,
// earlier all of them.
func compare(passes []history.Pass) (known, earlier []diagnose.Known, notes []string) {
	for _, p := range passes {
		x := p.Whole()
		x.Request = p.Request
		// A success with an error inside was recorded as a pass; it is no proof that the request works.
		if ok, _ := evidence.Passed(x, evidence.Expect{Redirect: true}); !ok {
			continue
		}
		earlier = append(earlier, diagnose.Known{Label: "the pass of " + stamp(p.At), Request: p.Request, From: diagnose.FromHistory, Exchange: x})
		if slices.ContainsFunc(known, func(k diagnose.Known) bool { return same(k.Request, p.Request) }) {
			continue
		}
		k := diagnose.Known{Label: "the passing exchange of " + stamp(p.At), Request: p.Request, From: diagnose.FromHistory, Exchange: x}
		if len(known) == 0 {
			k.Label = "the last passing exchange of " + stamp(p.At)
		}
		if p.Changed != nil {
			// With other credentials it is another request: that it fails says nothing.
			k.From, k.Otherwise = diagnose.FromVersion, p.Changed.Refs
			notes = append(notes, p.Changed.Error())
		}
		known = append(known, k)
	}
	return known, earlier, slices.Compact(notes)
}

// Commands adds to c what is known of a request that is in no collection, a curl command: earlier ones of its method, host and
// path that passed. A credential in them is the one that stands in the same place of the request now, so none is sent that
// is not in it. The note says what could not be read.
func Commands(ctx context.Context, h *history.History, c *diagnose.Case) (notes []string) {
	if h == nil {
		return nil
	}
	u := element.SplitURL(c.Request.URL)
	at := element.URL{Scheme: u.Scheme, User: u.User, Host: u.Host, Port: u.Port, Path: u.Path}.String()
	passes, err := h.Unsaved(ctx, c.Request.Method, at, remembered, request.Valued(c.Request.Secrets))
	if err != nil {
		return []string{"the history cannot be read: " + err.Error()}
	}
	for _, p := range passes {
		c.Past = append(c.Past, p.Took)
	}
	known, earlier, notes := compare(passes)
	c.Earlier, c.Good = append(c.Earlier, earlier...), append(c.Good, apart(known)...)
	return notes
}

// compared is how many exchanges the time of a failure is compared with: a year of one a day, a week of two an hour.
const compared = 400

// endings are how the exchanges of this request in this environment ended, newest first.
func (s Subject) endings(ctx context.Context) (out []diagnose.Ending) {
	if s.History == nil {
		return nil
	}
	all, err := s.History.Endings(ctx, s.Options.Dir, s.Entry.Path, s.environment(), compared)
	if err != nil {
		return nil // past says why
	}
	for _, e := range all {
		out = append(out, diagnose.Ending{At: e.At, Passed: e.Passed})
	}
	return out
}

// apart returns the newest of the passes that can be compared with, and the oldest: what no longer works since long ago
// worked then.
func apart(known []diagnose.Known) []diagnose.Known {
	if len(known) <= most {
		return known
	}
	return append(slices.Clone(known[:most-1]), known[len(known)-1])
}

// versions are earlier versions of the file, as git has them, with the values of today.
func (s Subject) versions(ctx context.Context) (known []diagnose.Known) {
	if s.Store == nil {
		return nil
	}
	for _, v := range s.Store.Versions(ctx, s.Entry) {
		r, err := resolve(s, v.Saved, s.Options)
		if err != nil || same(s.Resolved.Request, r) || slices.ContainsFunc(known, func(k diagnose.Known) bool { return same(k.Request, r) }) {
			continue
		}
		known = append(known, diagnose.Known{Label: "its version of " + stamp(v.At) + " (commit " + v.Commit + ")", Request: r, From: diagnose.FromVersion})
	}
	return known
}

// stamp is a time as labels have it, to the minute.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }
