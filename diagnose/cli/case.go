package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"culprit/collections"
	collcli "culprit/collections/cli"
	"culprit/collections/history"
	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// caseOf gathers what is known before the first probe.
func caseOf(ctx context.Context, d collcli.Deps, f *flags, t collcli.Target, p progress) (diagnose.Case, error) {
	c := diagnose.Case{
		Request: f.Limit(t.Request), Writes: f.writes, Interactive: prompts(d, f), Now: time.Now(),
		Production: collections.Guarded(t.Request.URL, t.Options.Environment), Budget: diagnose.Budget{Probes: f.probes},
	}
	for _, g := range []struct {
		flag string
		src  collcli.Source
		set  bool
	}{
		{"--good-curl", collcli.Source{Curl: f.goodCurl}, f.goodCurl != ""},
		{"--good", collcli.Source{Args: []string{f.good}}, f.good != ""},
	} {
		if !g.set {
			continue
		}
		good, err := collcli.Find(ctx, d, &f.Common, g.src)
		if err != nil {
			return c, fmt.Errorf("%s: %w", g.flag, err)
		}
		good.Close()
		c.Good = append(c.Good, diagnose.Known{Label: "the request of " + g.flag, Request: f.Limit(good.Request)})
	}
	if f.spec != "" {
		s, err := document(ctx, d, f.spec)
		if err != nil {
			return c, err
		}
		c.Spec = s
	}
	if t.Entry == nil {
		return c, nil
	}
	c.Siblings = siblings(t)
	if last, ok := lastPass(ctx, d, t, p); ok {
		last.Request = f.Limit(last.Request)
		c.Good = append(c.Good, last)
	}
	return c, nil
}

// lastPass returns the last exchange of a saved request that passed. That there is none, or that it cannot be
// read, is no reason not to diagnose; the second is said.
func lastPass(ctx context.Context, d collcli.Deps, t collcli.Target, p progress) (diagnose.Known, bool) {
	if d.History == nil {
		return diagnose.Known{}, false
	}
	environment := ""
	if t.Options.Environment != nil {
		environment = t.Options.Environment.Name
	}
	r, at, err := d.History.LastPass(ctx, t.Store.Dir(), t.Entry.Path, environment, t.Resolved.Secret)
	var changed *history.Changed
	switch {
	case errors.Is(err, history.ErrNone), errors.Is(err, history.ErrNoSecret):
		return diagnose.Known{}, false
	case errors.As(err, &changed):
		p.say("note: " + changed.Error())
	case err != nil:
		p.say("note: the history cannot be read: " + err.Error())
		return diagnose.Known{}, false
	}
	return diagnose.Known{Label: "the last passing exchange of " + at.UTC().Format("2006-01-02 15:04 UTC"), Request: r}, true
}

// maxSiblings bounds how many requests are compared with: majorities do not change beyond it.
const maxSiblings = 50

// siblings returns other saved requests of the same host that can be resolved.
func siblings(t collcli.Target) []request.Request {
	var out []request.Request
	host := element.SplitURL(t.Request.URL)
	var walk func(*collections.Entry)
	walk = func(e *collections.Entry) {
		for _, c := range e.Children {
			if len(out) >= maxSiblings {
				return
			}
			walk(c)
			if c.Kind != collections.HTTP || c == t.Entry {
				continue
			}
			r, err := collections.Resolve(c, t.Options)
			if err != nil {
				continue // it lacks a value: no one to compare with
			}
			if u := element.SplitURL(r.Request.URL); strings.EqualFold(u.Host, host.Host) && u.Port == host.Port {
				out = append(out, r.Request)
			}
		}
	}
	walk(t.Collection.Root)
	return out
}
